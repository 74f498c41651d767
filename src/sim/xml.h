// Reading the XML of a question. The only file that knows libxml2 is xml.cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tongban::sim {

class XmlText {
public:
    /// Refuses with xml_is_malformed: not well-formed, or with a DOCTYPE. Nothing is fetched.
    static Result<XmlText> read(std::string_view text);
    /// Text of the first node, nullopt when there is none.
    [[nodiscard]] std::optional<std::string> at(std::string_view xpath) const;
    [[nodiscard]] int count(std::string_view xpath) const;

private:
    struct Document;
    std::shared_ptr<Document> document_;
};

}  // namespace tongban::sim
