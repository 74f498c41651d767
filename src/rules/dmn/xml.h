// XML as a tree that loses nothing a model's author wrote: what we do not know is written back as it stood.
// Hostile files end in a named refusal before they cost memory: no document types (so no entities beyond the
// five of XML itself), nothing fetched, limits on bytes, depth, elements and a single text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/base.h"

namespace tongban::rules::dmn {

struct XmlLimits {
    std::size_t bytes = 8U << 20U;         ///< xml_is_too_large
    std::size_t text_bytes = 256U << 10U;  ///< xml_text_is_too_long: one text, one attribute
    std::size_t elements = 200'000;        ///< xml_has_too_many_elements
    int depth = 120;                       ///< xml_is_too_deep
};

struct XmlAttribute {
    std::string name;   ///< without prefix
    std::string space;  ///< the namespace's name; empty without prefix
    std::string prefix;
    std::string value;
};

struct XmlElement;
struct XmlComment {
    std::string text;
};
struct XmlInstruction {
    std::string target, text;
};
/// In the order of the source: text, elements, comments, processing instructions.
using XmlPart = std::variant<std::string, std::unique_ptr<XmlElement>, XmlComment, XmlInstruction>;

struct XmlElement {
    std::string name;   ///< without prefix
    std::string space;  ///< the namespace's name
    std::string prefix;
    std::vector<std::pair<std::string, std::string>> declared;  ///< xmlns:prefix="…"; empty prefix: xmlns
    std::vector<XmlAttribute> attributes;
    std::vector<XmlPart> parts;
    int line = 0, column = 0;  ///< where its start tag ends, from 1: there its text begins

    [[nodiscard]] std::string_view attribute(std::string_view wanted) const;  ///< of no namespace; or empty
    [[nodiscard]] bool has_attribute(std::string_view wanted) const;
    [[nodiscard]] std::string text() const;  ///< all its own text, as it stands
};

struct XmlDocument {
    std::vector<XmlPart> before, after;  ///< comments and instructions around the root
    std::unique_ptr<XmlElement> root;    ///< never null
};

/// Refuses, kind invalid: the limits above, xml_has_a_document_type, xml_is_malformed; `detail` says the
/// line.
Result<XmlDocument> read_xml(std::string_view text, XmlLimits const& limits = {});
/// UTF-8 with declaration; reading it again gives the same tree.
std::string write_xml(XmlDocument const& document);

}  // namespace tongban::rules::dmn
