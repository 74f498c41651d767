#include "sim/records.h"

#include "base/text.h"
#include "base/xml_text.h"

namespace tongban::sim {

namespace {

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    if (auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
    return text;
}

std::string as_day(std::string_view day, std::string_view pattern) {
    auto text = replaced(std::string(pattern), "yyyy", day.substr(0, 4));
    return replaced(replaced(std::move(text), "MM", day.substr(5, 2)), "dd", day.substr(8, 2));
}

std::string plain(Json const& value) {
    return value.is_string() ? std::string(value.as_string()) : to_text(value);
}

std::string coded(std::string const& ours, Codes const& codes) {
    for (auto const& [word, code] : codes) {
        if (word == ours) return std::string(code);
    }
    return ours;
}

}  // namespace

std::string cell_text(json::object const& record, Cell const& cell) {
    auto const* value = record.if_contains(cell.ours);
    if (value == nullptr) return "";
    auto text = plain(*value);
    if (!cell.date.empty() && text.size() == 10) return as_day(text, cell.date);
    return coded(text, cell.codes);
}

std::string json_record(json::object const& record, std::vector<Cell> const& cells) {
    json::object out;
    for (auto const& cell : cells) {
        auto const* value = record.if_contains(cell.ours);
        if (value == nullptr) continue;
        bool as_it_is = cell.date.empty() && cell.codes.empty();
        out[cell.theirs] = as_it_is ? *value : Json(cell_text(record, cell));
    }
    return to_text(out);
}

std::string xml_cells(json::object const& record, std::vector<Cell> const& cells) {
    std::string out;
    for (auto const& cell : cells) {
        if (!record.contains(cell.ours)) continue;
        out.append("<").append(cell.theirs).append(">");
        out += xml_text(cell_text(record, cell), XmlPlace::element);
        out.append("</").append(cell.theirs).append(">");
    }
    return out;
}

std::string csv_line(json::object const& record, std::vector<Cell> const& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        auto text = cell_text(record, cells[i]);
        bool quoted = text.find_first_of(",\"\r\n") != std::string::npos;
        std::string safe;
        for (char c : text) safe += c == '"' ? std::string("\"\"") : std::string(1, c);
        out += (i == 0 ? "" : ",") + (quoted ? "\"" + safe + "\"" : safe);
    }
    return out + "\r\n";
}

}  // namespace tongban::sim
