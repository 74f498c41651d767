#include "forms/lint.h"

#include <algorithm>

namespace tongban::forms {

namespace {

/// Texts of a schema are shown as they are: nothing invisible, nothing that turns the direction of writing.
bool is_showable(std::string_view text) {
    if (!is_utf8(text)) return false;
    auto const letters = to_code_points(text);
    return std::none_of(letters.begin(), letters.end(), [](char32_t c) {
        return (c < 0x20 && c != U'\n') || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
               (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0xFFFD;
    });
}

}  // namespace

Member::Member(Json const& value, std::string path, Lint& lint)
    : object_(value.if_object()), path_(std::move(path)), lint_(&lint) {
    if (object_ == nullptr) lint_->note(path_, "member_has_wrong_type", "这里应是一个对象 {…}。");
}

Json const* Member::find(std::string_view name) const {
    return object_ == nullptr ? nullptr : object_->if_contains(name);
}

void Member::note(std::string_view name, std::string code, std::string detail) const {
    lint_->note(path(name), std::move(code), std::move(detail));
}

void Member::only(std::initializer_list<std::string_view> names) const {
    if (object_ == nullptr) return;
    for (auto const& entry : *object_) {
        if (std::find(names.begin(), names.end(), std::string_view(entry.key())) == names.end())
            note(entry.key(), "member_is_not_known", "表单格式里没有“" + std::string(entry.key()) + "”。");
    }
}

void Member::misfit(std::string_view name) const {
    if (has(name)) note(name, "member_does_not_fit_kind", "这一类字段不用“" + std::string(name) + "”。");
}

std::string Member::optional_text(std::string_view name, std::size_t most) const {
    Json const* found = find(name);
    if (found == nullptr) return "";
    if (!found->is_string()) {
        note(name, "member_has_wrong_type", "这里应是文字。");
        return "";
    }
    std::string text(found->as_string());
    if (!is_showable(text)) {
        note(name, "text_has_control_characters", "文字里有看不见的控制字符。");
        return "";
    }
    if (trimmed(text).empty()) note(name, "text_is_empty", "这里不能是空的；不需要就不写。");
    if (code_points(text) > most) note(name, "text_is_too_long", "最多 " + std::to_string(most) + " 个字。");
    return text;
}

std::string Member::text(std::string_view name, std::size_t most) const {
    if (object_ != nullptr && !has(name))
        note(name, "member_is_missing", "缺少“" + std::string(name) + "”。");
    return optional_text(name, most);
}

Words Member::optional_words(std::string_view name) const {
    Words out{optional_text(name), ""};
    if (Json const* english = find("x-en"); english != nullptr && english->is_object()) {
        Member const inner(*english, path("x-en"), *lint_);
        out.en = inner.optional_text(name);
    }
    return out;
}

Words Member::words(std::string_view name) const {
    if (object_ != nullptr && !has(name))
        note(name, "member_is_missing", "缺少“" + std::string(name) + "”。");
    return optional_words(name);
}

std::int64_t Member::whole(std::string_view name, std::int64_t least, std::int64_t most,
                           std::int64_t otherwise) const {
    Json const* found = find(name);
    if (found == nullptr) return otherwise;
    if (!found->is_int64()) {
        note(name, "member_has_wrong_type", "这里应是一个整数。");
        return otherwise;
    }
    std::int64_t const value = found->as_int64();
    if (value >= least && value <= most) return value;
    note(name, "number_is_out_of_range",
         "应在 " + std::to_string(least) + " 和 " + std::to_string(most) + " 之间。");
    return otherwise;
}

std::optional<rules::Decimal> Member::decimal(std::string_view name) const {
    Json const* found = find(name);
    if (found == nullptr) return std::nullopt;
    if (found->is_int64()) return rules::Decimal::of(found->as_int64());
    if (found->is_string()) {
        if (auto number = rules::Decimal::read(found->as_string())) return number;
    }
    note(name, "member_has_wrong_type", "这里应是整数，或写成文字的小数 \"0.5\"。");
    return std::nullopt;
}

bool Member::truth(std::string_view name) const {
    Json const* found = find(name);
    if (found == nullptr) return false;
    if (!found->is_bool()) note(name, "member_has_wrong_type", "这里应是 true 或 false。");
    return found->is_bool() && found->as_bool();
}

std::vector<Member> Member::list(std::string_view name, std::size_t most) const {
    std::vector<Member> out;
    Json const* found = find(name);
    if (object_ == nullptr) return out;
    if (found == nullptr) {
        note(name, "member_is_missing", "缺少“" + std::string(name) + "”。");
    } else if (!found->is_array()) {
        note(name, "member_has_wrong_type", "这里应是一个列表 […]。");
    } else if (found->as_array().empty()) {
        note(name, "list_is_empty", "这里至少要有一项。");
    } else if (found->as_array().size() > most) {
        note(name, "list_is_too_long", "最多 " + std::to_string(most) + " 项。");
    } else {
        for (std::size_t i = 0; i < found->as_array().size(); ++i)
            out.emplace_back(found->as_array()[i], path(name) + "/" + std::to_string(i), *lint_);
    }
    return out;
}

}  // namespace tongban::forms
