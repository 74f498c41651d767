#include "forms/values.h"

#include <re2/re2.h>

#include <algorithm>

namespace tongban::forms {

namespace {

constexpr std::size_t typed_most = 100;  // what is typed into a field that is not free text

Taken wrong(std::string code, std::vector<std::pair<std::string, std::string>> facts = {},
            std::string detail = "") {
    return {nullptr, Wrong{std::move(code), std::move(facts), std::move(detail)}};
}

Taken taken(std::string text) {
    return {Json(json::string(text)), std::nullopt};
}

bool within(char32_t c, char32_t low, char32_t high) {
    return c >= low && c <= high;
}

bool turns_direction(char32_t c) {
    return c == 0x200E || c == 0x200F || c == 0x061C || within(c, 0x202A, 0x202E) ||
           within(c, 0x2066, 0x2069);
}
bool is_invisible(char32_t c) {
    return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x00AD;
}
bool is_control(char32_t c) {
    return c < 0x20 || within(c, 0x7F, 0x9F) || within(c, 0xE0000, 0xE007F);
}
bool is_broken(char32_t c) {
    return within(c, 0xFDD0, 0xFDEF) || within(c, 0xFFF9, 0xFFFD) || (c & 0xFFFE) == 0xFFFE;
}

/// Digits and signs of a Chinese keyboard as ASCII, without white space.
std::string half_width(std::string_view text) {
    std::u32string out;
    for (char32_t c : to_code_points(text)) {
        if (within(c, 0xFF01, 0xFF5E)) c -= 0xFEE0;
        if (c != U' ' && c != 0x3000 && c != 0xA0) out += c;
    }
    return from_code_points(out);
}

bool in_name(char32_t c) {
    bool const letter = within(c, U'A', U'Z') || within(c, U'a', U'z');
    if (c < 0x80) return letter || std::u32string_view(U" -'.").find(c) != std::u32string_view::npos;
    if (c == 0xB7 || c == 0x3005 || c == 0x3007) return true;
    return !(c < 0xC0 || c == 0xD7 || c == 0xF7 || within(c, 0x2000, 0x2BFF) || within(c, 0x3000, 0x303F) ||
             within(c, 0xFE10, 0xFE6F) || within(c, 0xFF00, 0xFFEF) || within(c, 0x1F000, 0x1FAFF));
}

/// Middle dots of all keyboards become the one of the standard (阿依古丽·买买提); spaces beside Han go.
Taken take_name(std::string const& text) {
    std::u32string out;
    bool space = false;
    for (char32_t c : to_code_points(text)) {
        if (c == U' ' || c == 0x3000 || c == 0xA0) {
            space = true;
            continue;
        }
        if (c == 0x2022 || c == 0x30FB || c == 0x2027 || c == 0xFF0E || c == 0xFF65) c = 0xB7;
        if (space && !out.empty() && out.back() < 0x80 && c < 0x80) out += U' ';
        space = false;
        out += c;
    }
    if (out.size() < 2) return wrong("name_is_too_short");
    if (!std::all_of(out.begin(), out.end(), in_name)) return wrong("name_has_wrong_character");
    return taken(from_code_points(out));
}

/// 2026-10-15, and what people write instead: 2026/1/5, 2026.1.5, 2026年1月5日.
Taken take_date(std::string const& text) {
    auto const letters = to_code_points(half_width(text));
    std::vector<std::string> parts(1);
    for (char32_t const c : letters) {
        if (within(c, U'0', U'9'))
            parts.back() += static_cast<char>(c);
        else if (std::u32string_view(U"-/.年月日").find(c) != std::u32string_view::npos)
            parts.emplace_back();
        else
            return wrong("date_is_malformed");
    }
    if (parts.size() == 4 && letters.back() == U'日') parts.pop_back();
    bool const shaped = parts.size() == 3 && parts[0].size() == 4 && !parts[1].empty() &&
                        parts[1].size() <= 2 && !parts[2].empty() && parts[2].size() <= 2;
    if (!shaped) return wrong("date_is_malformed");
    for (auto& part : parts) part = part.size() == 1 ? "0" + part : part;
    std::string const day = parts[0] + "-" + parts[1] + "-" + parts[2];
    if (parts[0] == "0000" || !rules::Date::read(day)) return wrong("date_does_not_exist");
    return taken(day);
}

/// A number is kept as text, so that it stays exact: "12.5"; money in yuan with two decimals: "1250.00".
Taken take_number(Field const& field, std::string const& typed) {
    std::string const text = half_width(typed);
    bool const plain = text.find_first_not_of("-0123456789.") == std::string::npos && text.size() <= 40;
    auto const number = plain ? rules::Decimal::read(text) : std::nullopt;
    if (!number) return wrong("number_is_malformed");
    if (number->decimals() > field.decimals)
        return wrong("number_has_too_many_decimals", {{"max", std::to_string(field.decimals)}});
    if (field.least && *number < *field.least)
        return wrong("number_is_too_small", {{"min", field.least->text()}});
    if (field.most && *number > *field.most)
        return wrong("number_is_too_large", {{"max", field.most->text()}});
    std::string out = number->text();
    if (field.kind == FieldKind::money) {
        if (number->decimals() == 0) out += ".";
        out += std::string(static_cast<std::size_t>(2 - number->decimals()), '0');
    }
    return taken(out);
}

template <class R>
Taken identifier(R result) {
    if (!result.ok()) return wrong(result.error().code, {}, result.error().detail);
    if constexpr (std::is_same_v<typename R::value_type, IdNumber>)
        return taken(result->text);
    else
        return taken(*result);
}

Taken take_free_text(Field const& field, std::string const& text) {
    if (field.compiled != nullptr && !re2::RE2::FullMatch(text, *field.compiled))
        return wrong("text_does_not_fit_pattern", {}, field.pattern_message.zh);
    return taken(text);
}

Taken take_text(Field const& field, Json const& raw, Asked const& asked) {
    bool const counts = field.kind == FieldKind::number || field.kind == FieldKind::money;
    std::string typed;
    if (raw.is_string())
        typed = raw.as_string();
    else if (counts && raw.is_int64())
        typed = std::to_string(raw.as_int64());
    else if (counts && raw.is_uint64())
        typed = std::to_string(raw.as_uint64());
    else
        return wrong("answer_has_wrong_type");
    auto const most = field.max_length > 0 ? field.max_length : typed_most;
    auto cleaned = clean_text(typed, field.kind == FieldKind::long_text ? Lines::many : Lines::one, most);
    if (cleaned.wrong || cleaned.value.is_null() || asked.stage == Stage::draft) return cleaned;
    std::string const text(cleaned.value.as_string());
    switch (field.kind) {
        case FieldKind::name:
            return take_name(text);
        case FieldKind::date:
            return take_date(text);
        case FieldKind::id_number:
            return identifier(read_id_number(text, asked.today));
        case FieldKind::credit_code:
            return identifier(read_credit_code(text));
        case FieldKind::phone:
            return identifier(read_phone(text));
        case FieldKind::number:
        case FieldKind::money:
            return take_number(field, text);
        case FieldKind::choice:
            if (field.choice(text) == nullptr) return wrong("choice_is_not_offered");
            return taken(text);
        default:
            return take_free_text(field, text);
    }
}

Taken take_several(Field const& field, Json const& raw, Asked const& asked) {
    if (!raw.is_array()) return wrong("answer_has_wrong_type");
    auto const& items = raw.as_array();
    if (items.size() > field.choices.size()) return wrong("choice_is_repeated");
    std::vector<std::string> chosen;
    for (auto const& item : items) {
        if (!item.is_string()) return wrong("answer_has_wrong_type");
        auto cleaned = clean_text(item.as_string(), Lines::one, typed_most);
        if (cleaned.wrong) return cleaned;
        std::string const value = cleaned.value.is_string() ? std::string(cleaned.value.as_string()) : "";
        if (asked.stage == Stage::submission && field.choice(value) == nullptr)
            return wrong("choice_is_not_offered");
        if (std::find(chosen.begin(), chosen.end(), value) != chosen.end())
            return wrong("choice_is_repeated");
        chosen.push_back(value);
    }
    if (chosen.empty()) return {};
    json::array out;
    for (auto const& choice : field.choices) {  // in the order of the form
        if (std::find(chosen.begin(), chosen.end(), choice.value) != chosen.end())
            out.emplace_back(choice.value);
    }
    if (asked.stage == Stage::submission) return {std::move(out), std::nullopt};
    json::array as_sent;
    for (auto const& value : chosen) as_sent.emplace_back(value);
    return {std::move(as_sent), std::nullopt};
}

}  // namespace

Taken clean_text(std::string_view text, Lines lines, std::size_t most) {
    if (text.size() > 4 * most + 1000) return wrong("text_is_too_long", {{"max", std::to_string(most)}});
    if (text.find('\0') != std::string_view::npos) return wrong("text_has_control_characters");
    if (!is_utf8(text)) return wrong("text_has_broken_characters");
    std::u32string out;
    bool after_return = false;
    for (char32_t c : to_code_points(text)) {
        bool const second = after_return && c == U'\n';
        after_return = c == U'\r';
        if (second || is_invisible(c)) continue;
        if (c == U'\r' || c == U'\n' || c == 0x2028 || c == 0x2029)
            c = lines == Lines::many ? U'\n' : U' ';
        else if (c == U'\t')
            c = U' ';
        else if (is_control(c))
            return wrong("text_has_control_characters");
        else if (turns_direction(c))
            return wrong("text_has_direction_marks");
        else if (is_broken(c))
            return wrong("text_has_broken_characters");
        out += c;
    }
    std::string kept = trimmed(from_code_points(out));
    if (kept.empty()) return {};
    if (code_points(kept) > most) return wrong("text_is_too_long", {{"max", std::to_string(most)}});
    return taken(std::move(kept));
}

Taken take_value(Field const& field, Json const& raw, Asked const& asked) {
    if (raw.is_null()) return {};
    if (field.kind == FieldKind::multi_choice) return take_several(field, raw, asked);
    if (field.kind == FieldKind::boolean)
        return raw.is_bool() ? Taken{raw, std::nullopt} : wrong("answer_has_wrong_type");
    return take_text(field, raw, asked);
}

rules::Value rules_value(Field const& field, Json const& taken) {
    if (taken.is_bool()) return taken.as_bool();
    if (taken.is_string()) {
        std::string text(taken.as_string());
        if (field.kind == FieldKind::number || field.kind == FieldKind::money) {
            auto const number = rules::Decimal::read(text);
            return number ? rules::Value(*number) : rules::Value();
        }
        if (field.kind == FieldKind::date) {
            auto const date = rules::Date::read(text);
            return date ? rules::Value(*date) : rules::Value();
        }
        return text;
    }
    if (!taken.is_array()) return {};
    rules::List out;
    for (auto const& item : taken.as_array()) {
        if (item.is_string()) out.emplace_back(std::string(item.as_string()));
        if (!item.is_object()) continue;
        rules::Context entry;
        for (auto const& inner : field.fields) {
            auto const* value = item.as_object().if_contains(inner.key);
            entry.put(inner.key, value == nullptr ? rules::Value() : rules_value(inner, *value));
        }
        out.emplace_back(std::move(entry));
    }
    return out;
}

}  // namespace tongban::forms
