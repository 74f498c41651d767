#include "rules/dmn/finding.h"

namespace tongban::rules::dmn {

std::string Where::text() const {
    auto said = file;
    if (line > 0) said += ":" + std::to_string(line);
    if (column > 0) said += ":" + std::to_string(column);
    if (!element.empty()) said += " " + element;
    if (!name.empty())
        said += "「" + name + "」";
    else if (!id.empty())
        said += " #" + id;
    if (!owner.empty() && owner != name) said += "（在「" + owner + "」中）";
    return said;
}

Json to_json(Where const& where) {
    json::object object{{"file", where.file}, {"line", where.line}, {"column", where.column}};
    if (!where.element.empty()) object["element"] = where.element;
    if (!where.id.empty()) object["id"] = where.id;
    if (!where.name.empty()) object["name"] = where.name;
    if (!where.owner.empty()) object["owner"] = where.owner;
    return object;
}

Json to_json(Finding const& finding) {
    return json::object{{"severity", finding.severity == Severity::error ? "error" : "warning"},
                        {"code", finding.code},
                        {"where", to_json(finding.where)},
                        {"zh", finding.zh},
                        {"en", finding.en}};
}

}  // namespace tongban::rules::dmn
