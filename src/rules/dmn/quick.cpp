#include "rules/dmn/quick.h"

#include <algorithm>
#include <charconv>

#include "rules/dmn/explain.h"

namespace tongban::rules::dmn {

namespace {

/// Up to eighteen digits, so that neither it nor its neighbours leave the range.
std::optional<std::int64_t> whole(std::string_view text) {
    text = trim(text);
    auto const digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || digits.size() > 18 ||
        digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

QuickTest::Input QuickTest::Input::of(Value const& value) {
    Input input;
    if (auto const* number = value.number()) input.whole = number->whole();
    input.text = value.string();
    input.truth = value.boolean();
    return input;
}

bool QuickTest::is_one_of(std::string const& text) const {
    return (std::find(texts_.begin(), texts_.end(), text) != texts_.end()) != is_negated_;
}

/// Between whole numbers a fraction cannot lie outside what a whole number of the input decides: inputs with
/// a fraction go to the reference.
bool QuickTest::read_range(std::string_view text) {
    if (auto const same = whole(text)) {
        low_ = high_ = *same;
        return true;
    }
    for (std::string_view const symbol : {"<=", ">=", "<", ">"}) {
        if (!text.starts_with(symbol)) continue;
        auto const limit = whole(text.substr(symbol.size()));
        if (!limit) return false;
        if (symbol == "<") high_ = *limit - 1;
        if (symbol == "<=") high_ = *limit;
        if (symbol == ">") low_ = *limit + 1;
        if (symbol == ">=") low_ = *limit;
        return true;
    }
    auto const dots = text.find("..");
    if (text.size() < 6 || dots == std::string_view::npos) return false;
    char const left = text.front(), right = text.back();
    if (std::string_view("[](").find(left) == std::string_view::npos ||
        std::string_view("[])").find(right) == std::string_view::npos)
        return false;
    auto const low = whole(text.substr(1, dots - 1)),
               high = whole(text.substr(dots + 2, text.size() - dots - 3));
    if (!low || !high || *low > *high) return false;  // the reference says what a range turned around means
    low_ = left == '[' ? *low : *low + 1;
    high_ = right == ']' ? *high : *high - 1;
    return true;
}

bool QuickTest::read_texts(std::string_view text) {
    while (true) {
        text = trim(text);
        if (text.size() < 2 || text.front() != '"') return false;
        auto const end = text.find_first_of("\"\\", 1);
        if (end == std::string_view::npos || text[end] == '\\') return false;
        texts_.emplace_back(text.substr(1, end - 1));
        text = trim(text.substr(end + 1));
        if (text.empty()) return true;
        if (text.front() != ',') return false;
        text.remove_prefix(1);
    }
}

QuickTest QuickTest::of(std::string_view text) {
    text = trim(text);
    QuickTest made;
    if (text == "true" || text == "false") {
        made.form_ = Form::truth;
        made.low_ = text == "true" ? 1 : 0;
        return made;
    }
    if (made.read_range(text)) {
        made.form_ = Form::range;
        return made;
    }
    if (text.starts_with("not(") && text.ends_with(')')) {
        made.is_negated_ = true;
        text = text.substr(4, text.size() - 5);
    }
    if (made.read_texts(text)) made.form_ = Form::texts;
    return made;
}

}  // namespace tongban::rules::dmn
