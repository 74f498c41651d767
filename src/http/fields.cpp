#include "http/fields.h"

#include <algorithm>
#include <cmath>

namespace tongban::http {

namespace {

constexpr std::size_t wrong_fields_most = 100;

std::string escaped(std::string_view name) {  // RFC 6901, 3
    std::string out;
    for (char c : name) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

bool digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// 2026-10-15T09:24:05+08:00, with a fraction or Z allowed (RFC 3339, 5.6).
bool is_date_time(std::string_view text) {
    if (text.size() < 20 || text[10] != 'T' || !read_day(text.substr(0, 10)).ok()) return false;
    auto two = [&](std::size_t at, int most) {
        auto part = text.substr(at, 2);
        return part.size() == 2 && digits(part) && (part[0] - '0') * 10 + (part[1] - '0') <= most;
    };
    if (!two(11, 23) || text[13] != ':' || !two(14, 59) || text[16] != ':' || !two(17, 60)) return false;
    std::size_t at = 19;
    if (text[at] == '.') {
        auto end = text.find_first_not_of("0123456789", at + 1);
        if (end == std::string_view::npos || end == at + 1 || end > at + 10) return false;
        at = end;
    }
    if (text.substr(at) == "Z") return true;
    return text.size() == at + 6 && (text[at] == '+' || text[at] == '-') && two(at + 1, 23) &&
           text[at + 3] == ':' && two(at + 4, 59);
}

/// An exact decimal as text: -?digits[.digits], at most 34 digits, no needless zero in front.
bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    auto dot = text.find('.');
    auto whole = text.substr(0, dot);
    if (!digits(whole) || (whole.size() > 1 && whole[0] == '0') || text.size() > 35) return false;
    return dot == std::string_view::npos || digits(text.substr(dot + 1));
}

template <class T>
std::string number_text(T value) {
    if constexpr (std::is_floating_point_v<T>)
        return to_text(Json(value));
    else
        return std::to_string(value);
}

template <class T>
bool in_range(T value, Range<T> const& range, Place const& place, WrongFields& wrong) {
    if (range.least && value < *range.least) {
        wrong.add(place, "field_is_too_small", "不能小于 " + number_text(*range.least));
        return false;
    }
    if (range.most && value > *range.most) {
        wrong.add(place, "field_is_too_large", "不能大于 " + number_text(*range.most));
        return false;
    }
    return true;
}

bool has_form(std::string_view text, TextForm form, Place const& place, WrongFields& wrong) {
    switch (form) {
        case TextForm::any:
            return true;
        case TextForm::date:
            if (read_day(text).ok()) return true;
            wrong.add(place, "field_is_not_a_date", "日期请写成 2026-10-15 的样子");
            return false;
        case TextForm::date_time:
            if (is_date_time(text)) return true;
            wrong.add(place, "field_is_not_a_time", "时间请写成 2026-10-15T09:24:05+08:00 的样子");
            return false;
        case TextForm::decimal:
            if (is_decimal(text)) return true;
            wrong.add(place, "field_is_not_a_decimal", "请填数字，如 1234.50");
            return false;
    }
    return false;
}

}  // namespace

std::string Place::pointer() const {
    if (above == nullptr) return "";
    return above->pointer() + "/" + (index ? std::to_string(*index) : escaped(name));
}

void WrongFields::add(Place const& place, std::string code, std::string detail) {
    if (fields_.size() < wrong_fields_most)
        fields_.push_back({place.pointer(), std::move(code), std::move(detail)});
}

Result<void> WrongFields::verdict() && {
    if (fields_.empty()) return {};
    return Error{ErrorKind::invalid, "request_has_wrong_fields", "有几处填写不对，请按提示修改后再提交。",
                 std::move(fields_)};
}

Error not_one_of() {
    return {ErrorKind::invalid, "field_is_not_one_of", "不在可选范围内"};
}

json::object const* take_object(Json const& value, Place const& place, WrongFields& wrong) {
    auto const* object = value.if_object();
    if (object == nullptr) wrong.add(place, "field_has_wrong_type", "应为对象");
    return object;
}

void refuse_unknown(json::object const& object, std::initializer_list<std::string_view> known,
                    Place const& place, WrongFields& wrong) {
    for (auto const& entry : object) {
        std::string_view name = entry.key();
        // The name is the client's own text: a long one is not worth sending back whole.
        if (std::ranges::find(known, name) == known.end()) {
            auto shown = name.size() > 80 ? std::string_view("…") : name;
            wrong.add(Place{&place, shown}, "field_is_unknown", "没有这一项");
        }
    }
}

Json const* required(json::object const& object, std::string_view name, Place const& place,
                     WrongFields& wrong) {
    auto const* found = object.if_contains(name);
    if (found == nullptr) wrong.add(Place{&place, name}, "field_is_missing", "请填写");
    return found;
}

bool take_text(std::string& out, Json const& value, TextRule const& rule, Place const& place,
               WrongFields& wrong) {
    auto const* text = value.if_string();
    if (text == nullptr) {
        wrong.add(place, "field_has_wrong_type", "应为文字");
        return false;
    }
    auto length = code_points(*text);
    if (length < rule.least) {
        auto detail =
            rule.least == 1 ? std::string("请填写") : "至少 " + std::to_string(rule.least) + " 个字";
        wrong.add(place, "field_is_too_short", detail);
        return false;
    }
    if (length > rule.most) {
        wrong.add(place, "field_is_too_long", "最多 " + std::to_string(rule.most) + " 个字");
        return false;
    }
    if (!has_form(*text, rule.form, place, wrong)) return false;
    if (!rule.pattern.empty() && !fits(*text, rule.pattern)) {
        wrong.add(place, "field_has_wrong_form", "格式不对");
        return false;
    }
    out.assign(text->data(), text->size());
    return true;
}

void take_integer(std::int64_t& out, Json const& value, Range<std::int64_t> range, Place const& place,
                  WrongFields& wrong) {
    if (value.is_uint64()) {  // Boost.JSON keeps only what exceeds int64 so
        wrong.add(place, "field_is_too_large", "数字太大");
    } else if (!value.is_int64()) {
        wrong.add(place, "field_has_wrong_type", "应为整数");
    } else if (in_range(value.get_int64(), range, place, wrong)) {
        out = value.get_int64();
    }
}

void take_number(double& out, Json const& value, Range<double> range, Place const& place,
                 WrongFields& wrong) {
    if (!value.is_number()) {
        wrong.add(place, "field_has_wrong_type", "应为数字");
        return;
    }
    auto number = value.to_number<double>();
    if (in_range(number, range, place, wrong)) out = number;
}

void take_boolean(bool& out, Json const& value, Place const& place, WrongFields& wrong) {
    if (value.is_bool())
        out = value.get_bool();
    else
        wrong.add(place, "field_has_wrong_type", "应为是或否");
}

json::array const* take_array(Json const& value, Range<std::size_t> range, Place const& place,
                              WrongFields& wrong) {
    auto const* items = value.if_array();
    if (items == nullptr) {
        wrong.add(place, "field_has_wrong_type", "应为列表");
        return nullptr;
    }
    if (range.least && items->size() < *range.least) {
        wrong.add(place, "field_has_too_few_items", "至少 " + std::to_string(*range.least) + " 项");
        return nullptr;
    }
    if (range.most && items->size() > *range.most) {
        wrong.add(place, "field_has_too_many_items", "最多 " + std::to_string(*range.most) + " 项");
        return nullptr;
    }
    return items;
}

// The set of places reached after each atom: no backtracking, so no text takes long.
bool fits(std::string_view text, std::span<Atom const> pattern) {
    std::vector<char> reached(text.size() + 1, 0);
    reached[0] = 1;
    for (auto const& atom : pattern) {
        std::vector<char> next(text.size() + 1, 0);
        for (std::size_t from = 0; from <= text.size(); ++from) {
            if (!reached[from]) continue;
            for (std::size_t count = 0; count <= atom.most; ++count) {
                if (count >= atom.least) next[from + count] = 1;
                auto at = from + count;
                if (at == text.size() || atom.chars.find(text[at]) == std::string_view::npos) break;
            }
        }
        reached = std::move(next);
    }
    return reached[text.size()] != 0;
}

}  // namespace tongban::http
