#include "org/pack_reader.h"

#include <algorithm>

namespace tongban::org {

namespace {
std::string as_text(json::string const& text) {
    return {text.data(), text.size()};
}

/// One token of a JSON pointer (RFC 6901, 3).
std::string token(std::string_view key) {
    std::string out;
    for (char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

json::object const& nothing() {
    static json::object const empty;
    return empty;
}
}  // namespace

void Troubles::add(std::string place, std::string code, std::string detail) {
    found_.push_back({std::move(place), std::move(code), std::move(detail)});
}

void Troubles::add(std::string const& place, Error const& error) {
    if (error.fields.empty()) add(place, error.code, error.detail);
    for (auto const& field : error.fields) add(place + field.path, field.code, field.detail);
}

Result<void> Troubles::verdict() const {
    if (found_.empty()) return {};
    auto const& first = found_.front();
    return Error{ErrorKind::invalid, "pack_has_errors",
                 "地区包有 " + std::to_string(found_.size()) + " 处错误，没有导入。第一处在 " + first.path +
                     "：" + first.detail,
                 found_};
}

PackNode::PackNode(Json const& value, std::string place, Troubles& troubles)
    : object_(value.is_object() ? &value.get_object() : &nothing()),
      place_(std::move(place)),
      troubles_(&troubles) {
    if (!value.is_object()) troubles.add(place_, "pack_value_has_wrong_type", "这里应当是一个对象。");
}

std::string PackNode::place(std::string_view key) const {
    return place_ + "/" + token(key);
}

void PackNode::wrong(std::string_view key, std::string code, std::string detail) const {
    troubles_->add(place(key), std::move(code), std::move(detail));
}

Json const* PackNode::find(std::string_view key) const {
    return object_->if_contains(json::string_view(key.data(), key.size()));
}

Json const* PackNode::required(std::string_view key) const {
    auto const* found = find(key);
    if (found == nullptr) wrong(key, "pack_value_is_missing", "缺少 " + std::string(key) + "。");
    return found;
}

bool PackNode::has(std::string_view key) const {
    return find(key) != nullptr;
}

void PackNode::only(std::initializer_list<std::string_view> keys) const {
    for (auto const& pair : *object_) {
        std::string_view key(pair.key().data(), pair.key().size());
        if (key != "$schema" && std::find(keys.begin(), keys.end(), key) == keys.end())
            wrong(key, "pack_key_is_unknown", "不认识 " + std::string(key) + "。");
    }
}

std::string PackNode::clean(std::string_view key, std::string_view at, Json const& value,
                            std::size_t longest) const {
    std::string where = std::string(key) + std::string(at);
    auto note = [&](std::string code, std::string detail) {
        troubles_->add(place_ + "/" + where, std::move(code), std::move(detail));
        return std::string{};
    };
    if (!value.is_string()) return note("pack_value_has_wrong_type", "这里应当是文字。");
    auto text = as_text(value.get_string());
    if (text.empty() || trimmed(text) != text)
        return note("pack_text_is_not_clean", "文字为空，或首尾有空白。");
    if (has_control(text)) return note("pack_text_is_not_clean", "文字里有控制字符。");
    if (code_points(text) > longest)
        return note("pack_text_is_too_long", "文字超过 " + std::to_string(longest) + " 个字。");
    return text;
}

std::string PackNode::text(std::string_view key, std::size_t longest) const {
    auto const* found = required(key);
    return found == nullptr ? std::string{} : clean(key, "", *found, longest);
}

std::string PackNode::text_or(std::string_view key, std::string fallback, std::size_t longest) const {
    auto const* found = find(key);
    return found == nullptr ? std::move(fallback) : clean(key, "", *found, longest);
}

std::int64_t PackNode::number(std::string_view key, std::int64_t least, std::int64_t most) const {
    auto const* found = required(key);
    if (found == nullptr) return least;
    if (found->is_int64() && found->get_int64() >= least && found->get_int64() <= most)
        return found->get_int64();
    wrong(key, "pack_number_is_out_of_range",
          "这里应当是 " + std::to_string(least) + " 到 " + std::to_string(most) + " 的整数。");
    return least;
}

std::int64_t PackNode::number_or(std::string_view key, std::int64_t fallback, std::int64_t least,
                                 std::int64_t most) const {
    return has(key) ? number(key, least, most) : fallback;
}

bool PackNode::flag(std::string_view key) const {
    auto const* found = required(key);
    if (found == nullptr) return false;
    if (found->is_bool()) return found->get_bool();
    wrong(key, "pack_value_has_wrong_type", "这里应当是 true 或 false。");
    return false;
}

bool PackNode::flag_or_no(std::string_view key) const {
    return has(key) && flag(key);
}
bool PackNode::flag_or_yes(std::string_view key) const {
    return !has(key) || flag(key);
}

std::string PackNode::one_of(std::string_view key, std::initializer_list<std::string_view> words) const {
    auto found = text(key);
    if (found.empty() || std::find(words.begin(), words.end(), found) != words.end()) return found;
    std::string list;
    for (auto word : words) list += (list.empty() ? "" : "、") + std::string(word);
    wrong(key, "pack_value_is_not_one_of", "这里只能是 " + list + "。");
    return {};
}

std::vector<std::string> PackNode::texts_or_none(std::string_view key, std::size_t longest) const {
    std::vector<std::string> out;
    auto const* found = find(key);
    if (found == nullptr) return out;
    if (!found->is_array()) {
        wrong(key, "pack_value_has_wrong_type", "这里应当是文字的列表。");
        return out;
    }
    for (std::size_t i = 0; i < found->get_array().size(); ++i)
        out.push_back(clean(key, "/" + std::to_string(i), found->get_array()[i], longest));
    return out;
}

std::vector<std::string> PackNode::texts(std::string_view key, std::size_t longest) const {
    if (required(key) == nullptr) return {};
    auto out = texts_or_none(key, longest);
    if (find(key)->is_array() && out.empty()) wrong(key, "pack_list_is_empty", "至少要有一项。");
    return out;
}

std::vector<PackNode> PackNode::list_or_none(std::string_view key) const {
    std::vector<PackNode> out;
    auto const* found = find(key);
    if (found == nullptr) return out;
    if (!found->is_array()) {
        wrong(key, "pack_value_has_wrong_type", "这里应当是列表。");
        return out;
    }
    for (std::size_t i = 0; i < found->get_array().size(); ++i)
        out.emplace_back(found->get_array()[i], place(key) + "/" + std::to_string(i), *troubles_);
    return out;
}

std::vector<PackNode> PackNode::list(std::string_view key) const {
    if (required(key) == nullptr) return {};
    auto out = list_or_none(key);
    if (find(key)->is_array() && out.empty()) wrong(key, "pack_list_is_empty", "至少要有一项。");
    return out;
}

std::optional<PackNode> PackNode::maybe(std::string_view key) const {
    auto const* found = find(key);
    if (found == nullptr) return std::nullopt;
    return PackNode(*found, place(key), *troubles_);
}

PackNode PackNode::object(std::string_view key) const {
    static Json const empty = json::object{};
    auto const* found = required(key);
    return {found == nullptr ? empty : *found, place(key), *troubles_};
}

std::optional<Json> read_pack_json(Pack const& pack, std::string const& path, Troubles& troubles) {
    auto bytes = pack.read(path);
    if (!bytes.ok()) {
        troubles.add(path, bytes.error());
        return std::nullopt;
    }
    auto value = read_json(*bytes);
    if (!value.ok()) {
        troubles.add(path, "pack_file_is_not_json", value.error().detail);
        return std::nullopt;
    }
    if (!value->is_object()) {
        troubles.add(path, "pack_value_has_wrong_type", "文件应当是一个对象。");
        return std::nullopt;
    }
    return std::move(*value);
}

namespace {
std::vector<std::string> split(std::string_view line, char at) {
    std::vector<std::string> out;
    while (true) {
        auto end = line.find(at);
        out.emplace_back(line.substr(0, end));
        if (end == std::string_view::npos) return out;
        line.remove_prefix(end + 1);
    }
}
}  // namespace

std::vector<CsvLine> read_pack_csv(Pack const& pack, std::string const& path, std::string_view header,
                                   std::string_view last, Troubles& troubles) {
    std::vector<CsvLine> out;
    auto bytes = pack.read(path);
    if (!bytes.ok()) {
        troubles.add(path, bytes.error());
        return out;
    }
    if (!is_utf8(*bytes)) {
        troubles.add(path, "pack_file_is_not_utf8", "文件不是 UTF-8。");
        return out;
    }
    auto wanted = split(header, ',').size();
    int number = 0;
    for (auto& line : split(*bytes, '\n')) {
        ++number;
        if (line.ends_with('\r')) line.pop_back();
        auto place = path + ":" + std::to_string(number);
        if (number == 1) {
            if (line == std::string(header) + "," + std::string(last))
                ++wanted;
            else if (line != header)
                troubles.add(place, "csv_header_is_wrong", "第一行应当是 " + std::string(header) + "。");
        } else if (!line.empty()) {
            auto cells = split(line, ',');
            if (cells.size() == wanted && line.find('"') == std::string::npos && !has_control(line))
                out.push_back({place, std::move(cells)});
            else
                troubles.add(place, "csv_line_is_malformed",
                             "这一行应当有 " + std::to_string(wanted) + " 格，不用引号。");
        }
    }
    return out;
}

}  // namespace tongban::org
