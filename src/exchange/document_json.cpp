#include "exchange/document.h"

namespace tongban::exchange {

namespace {
Json const* find(Json const& value, std::string const& pointer) {
    boost::system::error_code failed;
    return value.find_pointer(pointer, failed);
}

class JsonDocument final : public Document {
public:
    explicit JsonDocument(Json whole) : whole_(std::move(whole)) {}

    [[nodiscard]] Found at(std::string const& place) const override { return found(whole_, place, ""); }

    std::size_t open_records(std::string const& place) override {
        records_.clear();
        auto const* there = find(whole_, place);
        if (there == nullptr || there->is_null()) return 0;
        if (!there->is_array()) {
            records_.push_back(there);
            return 1;
        }
        for (auto const& each : there->get_array()) records_.push_back(&each);
        return records_.size();
    }

    [[nodiscard]] Found in_record(std::size_t record, std::string const& place,
                                  std::string const& each) const override {
        return found(*records_.at(record), place, each);
    }

private:
    static Found found(Json const& from, std::string const& place, std::string const& each) {
        auto const* there = find(from, place);
        if (there == nullptr || there->is_null()) return {};
        if (!there->is_array()) return {*there};
        Found all;
        for (auto const& element : there->get_array()) {
            auto const* value = each.empty() ? &element : find(element, each);
            if (value != nullptr && !value->is_null()) all.push_back(*value);
        }
        return all;
    }

    Json whole_;
    std::vector<Json const*> records_{};
};
}  // namespace

Result<std::unique_ptr<Document>> read_json_document(std::string_view bytes) {
    auto whole = read_json(bytes);
    if (!whole.ok()) return Error{ErrorKind::invalid, "answer_cannot_be_read", "答复不是 JSON。"};
    return std::unique_ptr<Document>(std::make_unique<JsonDocument>(std::move(*whole)));
}

bool is_json_pointer(std::string_view text) {
    if (!text.empty() && text.front() != '/') return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')))
            return false;
    return true;
}

std::vector<std::vector<std::string>> read_csv(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    std::vector<std::vector<std::string>> lines;
    std::vector<std::string> cells;
    std::string cell;
    bool quoted = false, begun = false;
    auto end_line = [&] {
        cells.push_back(std::move(cell));
        cell.clear();
        bool const empty = cells.size() == 1 && cells[0].empty();
        if (!empty && !lines.empty() && cells.size() != lines.front().size()) cells.clear();
        if (!empty) lines.push_back(std::move(cells));
        cells.clear();
        begun = false;
    };
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        char c = bytes[i];
        if (quoted) {
            if (c != '"')
                cell += c;
            else if (i + 1 < bytes.size() && bytes[i + 1] == '"')
                cell += bytes[++i];
            else
                quoted = false;
            continue;
        }
        if (c == '"' && cell.empty()) {
            quoted = begun = true;
        } else if (c == ',') {
            cells.push_back(std::move(cell));
            cell.clear();
            begun = true;
        } else if (c == '\n') {
            end_line();
        } else if (c != '\r') {
            cell += c;
            begun = true;
        }
    }
    if (begun) end_line();
    return lines;
}

}  // namespace tongban::exchange
