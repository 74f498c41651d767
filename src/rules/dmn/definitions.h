// One file's <definitions> as an index over its XML: what is declared, where, and what requires what. Nothing
// is compiled here. DMN 1.1 to 1.5 (OMG DMN 1.5, chapters 6 and 7, annex of the schema).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/dmn/finding.h"
#include "rules/dmn/xml.h"

namespace tongban::rules::dmn {

/// Namespaces of the standard: `model` of 1.1 … 1.5.
bool is_model_space(std::string_view space);
bool is_feel_space(std::string_view space);

/// Elements of the standard's own namespaces, by name; of extensions none.
XmlElement const* child(XmlElement const& parent, std::string_view name);
std::vector<XmlElement const*> children(XmlElement const& parent, std::string_view name);
std::vector<XmlElement const*> children(XmlElement const& parent);
/// The text of a child `<text>`, trimmed of nothing; empty without one.
std::string text_of(XmlElement const* parent);
Where where_of(std::string const& model, XmlElement const& element);

enum class ElementKind { input_data, decision, knowledge_model, service };

struct Reference {
    std::string href;  ///< `#id` or `namespace#id`
    XmlElement const* at = nullptr;
};

struct Declared {
    ElementKind kind = ElementKind::decision;
    std::string id, name;
    std::string variable;  ///< the name by which others read it; the standard wants it to be the same
    std::string type_ref;  ///< of its variable
    XmlElement const* at = nullptr;
    XmlElement const* logic = nullptr;  ///< boxed expression, or a knowledge model's function
    std::vector<Reference> inputs, decisions, knowledge;
    /// Of a service; `inputs` and `decisions` are then what it takes.
    std::vector<Reference> outputs, encapsulated;
};

struct Import {
    std::string name, space, location, type;
    XmlElement const* at = nullptr;
};

struct Definitions {
    std::string file;  ///< as findings name it
    std::string name, space;
    XmlDocument document;
    std::vector<Import> imports;
    std::vector<XmlElement const*> types;  ///< itemDefinition
    std::vector<Declared> elements;

    /// What a typeRef names: an alias of the import (empty: this model) and the name there.
    struct TypeName {
        std::string space;  ///< of another model; empty here; "feel" for the language's own
        std::string name;
    };
    [[nodiscard]] TypeName type_name(std::string_view written) const;
};

/// Boxed expressions are recognised by their names (DMN 1.5, 10.2.2 and chapter 7).
bool is_expression(XmlElement const& element);
XmlElement const* expression_in(XmlElement const& parent);

/// Refuses, besides what read_xml does: model_is_not_dmn. Everything smaller becomes a finding.
Result<Definitions> read_definitions(std::string_view file, std::string_view text, XmlLimits const& limits,
                                     std::vector<Finding>& findings);

}  // namespace tongban::rules::dmn
