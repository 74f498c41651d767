// Functions of texts (DMN 1.5, table 73), counted in code points.
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "rules/builtins.h"
#include "rules/regex.h"

namespace tongban::rules::detail {

namespace {

Value number(std::size_t count) {
    return Value(Decimal::of(static_cast<std::int64_t>(count)));
}

bool weigh(Call& call, std::string const& text) {
    auto const size = static_cast<std::int64_t>(text.size());
    return call.run.spend(size / 256) && call.run.hold(size);
}

/// The byte where the code point of this number begins, from 0.
std::size_t byte_of(std::string const& text, std::int64_t index) {
    std::size_t at = 0;
    for (; index > 0 && at < text.size(); --index) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    }
    return at;
}

Value substring(Call& call) {
    auto const* text = call.string(0);
    auto const from = text == nullptr ? std::nullopt : call.whole(1);
    if (!from) return call.wrong();
    if (!weigh(call, *text)) return call.run.spent();
    auto const size = static_cast<std::int64_t>(code_points(*text));
    if (*from == 0 || *from > size || *from < -size) return call.trouble("position_is_outside");
    std::int64_t const first = *from > 0 ? *from - 1 : size + *from;
    std::int64_t length = size - first;
    if (call.given(2)) {
        auto const wanted = call.whole(2);
        if (!wanted) return call.wrong();
        if (*wanted < 1) return call.trouble("position_is_outside");
        length = std::min(length, *wanted);
    }
    auto const begin = byte_of(*text, first);
    return Value(text->substr(begin, byte_of(text->substr(begin), length)));
}

Value string_length(Call& call) {
    auto const* text = call.string(0);
    if (text == nullptr) return call.wrong();
    return weigh(call, *text) ? number(code_points(*text)) : call.run.spent();
}

Value cased(Call& call, bool upper) {
    auto const* text = call.string(0);
    if (text == nullptr) return call.wrong();
    if (!weigh(call, *text)) return call.run.spent();
    auto wide = icu::UnicodeString::fromUTF8(*text);
    if (upper)
        wide.toUpper(icu::Locale::getRoot());
    else
        wide.toLower(icu::Locale::getRoot());
    std::string out;
    wide.toUTF8String(out);
    return Value(std::move(out));
}
Value upper_case(Call& call) {
    return cased(call, true);
}
Value lower_case(Call& call) {
    return cased(call, false);
}

struct Two {
    std::string const* text = nullptr;
    std::string const* match = nullptr;
};
Two two_texts(Call& call) {
    Two out;
    out.text = call.string(0);
    out.match = out.text == nullptr ? nullptr : call.string(1);
    if (out.match != nullptr) (void)call.run.spend(static_cast<std::int64_t>(out.text->size()) / 256);
    return out;
}

Value substring_before(Call& call) {
    auto const [text, match] = two_texts(call);
    if (match == nullptr) return call.wrong();
    auto const found = text->find(*match);
    return found == std::string::npos ? Value("") : Value(text->substr(0, found));
}

Value substring_after(Call& call) {
    auto const [text, match] = two_texts(call);
    if (match == nullptr) return call.wrong();
    auto const found = text->find(*match);
    return found == std::string::npos ? Value("") : Value(text->substr(found + match->size()));
}

Value contains(Call& call) {
    auto const [text, match] = two_texts(call);
    return match == nullptr ? call.wrong() : Value(text->find(*match) != std::string::npos);
}
Value starts_with(Call& call) {
    auto const [text, match] = two_texts(call);
    return match == nullptr ? call.wrong() : Value(text->starts_with(*match));
}
Value ends_with(Call& call) {
    auto const [text, match] = two_texts(call);
    return match == nullptr ? call.wrong() : Value(text->ends_with(*match));
}

Value regex_trouble(Call& call, Regex::Failure failure) {
    if (failure == Regex::Failure::too_long) {
        call.run.exhaust("pattern_takes_too_long", call.at);
        return call.run.spent();
    }
    return call.trouble("pattern_is_malformed");
}

/// Flags may be left out or null.
std::string const* flags_of(Call& call, std::size_t i) {
    static std::string const none;
    return call.given(i) ? call.string(i) : &none;
}

Value matches(Call& call) {
    auto const [text, pattern] = two_texts(call);
    auto const* flags = pattern == nullptr ? nullptr : flags_of(call, 2);
    if (flags == nullptr) return call.wrong();
    auto const regex = Regex::open(*pattern, *flags);
    if (!regex) return call.trouble("pattern_is_malformed");
    auto const found = regex->finds(*text, call.run);
    return found.failure == Regex::Failure::none ? Value(found.truth) : regex_trouble(call, found.failure);
}

Value replace(Call& call) {
    auto const [text, pattern] = two_texts(call);
    auto const* by = pattern == nullptr ? nullptr : call.string(2);
    auto const* flags = by == nullptr ? nullptr : flags_of(call, 3);
    if (flags == nullptr) return call.wrong();
    auto const regex = Regex::open(*pattern, *flags);
    if (!regex) return call.trouble("pattern_is_malformed");
    auto found = regex->replaced(*text, *by, call.run);
    return found.failure == Regex::Failure::none ? Value(std::move(found.text))
                                                 : regex_trouble(call, found.failure);
}

Value split(Call& call) {
    auto const [text, pattern] = two_texts(call);
    if (pattern == nullptr) return call.wrong();
    auto const regex = Regex::open(*pattern, "");
    if (!regex) return call.trouble("pattern_is_malformed");
    auto found = regex->split(*text, call.run);
    if (found.failure != Regex::Failure::none) return regex_trouble(call, found.failure);
    return Value(List(found.texts.begin(), found.texts.end()));
}

Value string_join(Call& call) {
    static std::string const none;
    auto const* list = call.list(0);
    auto const* delimiter = list == nullptr ? nullptr : call.given(1) ? call.string(1) : &none;
    if (delimiter == nullptr) return call.wrong();
    std::string out;
    bool first = true;
    for (auto const& item : *list) {
        if (item.is_null()) continue;
        auto const* text = item.string();
        if (text == nullptr) return call.trouble("types_do_not_fit");
        auto const size = static_cast<std::int64_t>(text->size() + delimiter->size());
        if (!call.run.spend(1 + size / 256) || !call.run.hold(size)) return call.run.spent();
        if (!first) out += *delimiter;
        first = false;
        out += *text;
    }
    return Value(std::move(out));
}

constexpr BuiltinRow rows[] = {
    {"contains", "string: string, match: string", "boolean", contains},
    {"ends with", "string: string, match: string", "boolean", ends_with},
    {"lower case", "string: string", "string", lower_case},
    {"matches", "input: string, pattern: string, [flags]: string", "boolean", matches},
    {"replace", "input: string, pattern: string, replacement: string, [flags]: string", "string", replace},
    {"split", "string: string, delimiter: string", "list", split},
    {"starts with", "string: string, match: string", "boolean", starts_with},
    {"string join", "list: list, [delimiter]: string", "string", string_join},
    {"string length", "string: string", "number", string_length},
    {"substring", "string: string, start position: number, [length]: number", "string", substring},
    {"substring after", "string: string, match: string", "string", substring_after},
    {"substring before", "string: string, match: string", "string", substring_before},
    {"upper case", "string: string", "string", upper_case},
};

}  // namespace

std::span<BuiltinRow const> string_builtins() {
    return rows;
}

}  // namespace tongban::rules::detail
