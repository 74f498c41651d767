#include "rules/regex.h"

#include <unicode/regex.h>

#include <algorithm>

namespace tongban::rules {

struct Regex::Compiled {
    std::unique_ptr<icu::RegexPattern> pattern;
    int groups = 0;
    bool literal = false;  ///< flag q: the replacement is literal too
};

namespace {

constexpr std::size_t pattern_bytes_most = 8 * 1024;

icu::UnicodeString wide(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string narrow(icu::UnicodeString const& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

/// A matcher that may go back only so often: what is left of the steps bounds it.
class Matching {
public:
    Matching(icu::RegexPattern const& pattern, std::string_view text, Run& run)
        : run_(run), text_(wide(text)), matcher_(pattern.matcher(text_, error_)) {
        auto const size = static_cast<std::int64_t>(text.size());
        if (!run.spend(10 + size / 64) || !run.hold(2 * size) || matcher_ == nullptr) {
            error_ = U_REGEX_TIME_OUT;
            return;
        }
        // ICU counts in units of ten thousand goings-back.
        constexpr std::int64_t steps_a_unit = 1000, units_most = 2000;
        constexpr std::int32_t stack_bytes = 4 * 1024 * 1024;
        auto const units = std::clamp<std::int64_t>(run.steps_left() / steps_a_unit, 1, units_most);
        matcher_->setTimeLimit(static_cast<std::int32_t>(units), error_);
        matcher_->setStackLimit(stack_bytes, error_);
    }
    bool find() {
        if (U_FAILURE(error_) || !run_.spend(1)) return false;
        return matcher_->find(error_) != 0 && U_SUCCESS(error_);
    }
    [[nodiscard]] Regex::Failure failure() const {
        bool const spent = run_.exhausted() || U_FAILURE(error_);
        return spent ? Regex::Failure::too_long : Regex::Failure::none;
    }
    [[nodiscard]] std::int32_t start() { return matcher_->start(error_); }
    [[nodiscard]] std::int32_t end() { return matcher_->end(error_); }
    [[nodiscard]] icu::UnicodeString group(int number) { return matcher_->group(number, error_); }
    [[nodiscard]] icu::UnicodeString const& text() const { return text_; }

private:
    Run& run_;
    UErrorCode error_ = U_ZERO_ERROR;
    icu::UnicodeString text_;
    std::unique_ptr<icu::RegexMatcher> matcher_;
};

/// Texts and groups of a replacement by turns; nothing where it is malformed.
struct Part {
    icu::UnicodeString text;
    int group = -1;
};
std::optional<std::vector<Part>> parts_of(std::string_view replacement, int groups, bool literal) {
    std::vector<Part> out;
    if (literal) return std::vector<Part>{{wide(replacement), -1}};
    std::string plain;
    for (std::size_t i = 0; i < replacement.size(); ++i) {
        char const c = replacement[i];
        char const next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
        if (c == '\\') {
            if (next != '\\' && next != '$') return std::nullopt;
            plain += next;
            ++i;
        } else if (c != '$') {
            plain += c;
        } else {
            if (next < '0' || next > '9') return std::nullopt;
            int number = next - '0';
            ++i;
            while (i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9' &&
                   number * 10 + (replacement[i + 1] - '0') <= groups)
                number = number * 10 + (replacement[++i] - '0');
            out.push_back({wide(plain), number <= groups ? number : -1});
            plain.clear();
        }
    }
    out.push_back({wide(plain), -1});
    return out;
}

}  // namespace

std::optional<Regex> Regex::open(std::string_view pattern, std::string_view flags) {
    if (pattern.size() > pattern_bytes_most || flags.size() > 16) return std::nullopt;
    // Patterns come in loops: the last few are kept ready, each thread its own.
    struct Ready {
        std::string key;
        std::shared_ptr<Compiled const> compiled;
    };
    constexpr std::size_t ready_most = 16;
    thread_local std::vector<Ready> ready;
    std::string key = std::string(flags) + "/" + std::string(pattern);
    for (auto const& one : ready) {
        if (one.key == key) return Regex(one.compiled);
    }
    auto const translated = to_icu(pattern, flags);
    if (!translated) return std::nullopt;
    auto made = std::make_shared<Compiled>();
    UErrorCode error = U_ZERO_ERROR;
    UParseError where{};
    made->pattern.reset(icu::RegexPattern::compile(wide(translated->text), 0, where, error));
    if (U_FAILURE(error) || made->pattern == nullptr) return std::nullopt;
    made->groups = translated->groups;
    made->literal = flags.find('q') != std::string_view::npos;
    if (ready.size() == ready_most) ready.erase(ready.begin());
    ready.push_back({std::move(key), made});
    return Regex(made);
}

Regex::Found Regex::finds(std::string_view text, Run& run) const {
    Matching matching(*compiled_->pattern, text, run);
    bool const found = matching.find();
    return {matching.failure(), found, {}, {}};
}

Regex::Found Regex::replaced(std::string_view text, std::string_view replacement, Run& run) const {
    auto const parts = parts_of(replacement, compiled_->groups, compiled_->literal);
    if (!parts || finds("", run).truth) return {Failure::malformed, false, {}, {}};
    Matching matching(*compiled_->pattern, text, run);
    icu::UnicodeString out;
    std::int32_t last = 0;
    while (matching.find()) {
        auto before = out.length();
        out.append(matching.text(), last, matching.start() - last);
        for (auto const& part : *parts) {
            out.append(part.text);
            if (part.group >= 0) out.append(matching.group(part.group));
            if (!run.hold(2 * (out.length() - before))) return {Failure::too_long, false, {}, {}};
            before = out.length();
        }
        last = matching.end();
    }
    out.append(matching.text(), last, matching.text().length() - last);
    if (!run.hold(out.length())) return {Failure::too_long, false, {}, {}};
    return {matching.failure(), true, narrow(out), {}};
}

Regex::Found Regex::split(std::string_view text, Run& run) const {
    if (finds("", run).truth) return {Failure::malformed, false, {}, {}};
    Matching matching(*compiled_->pattern, text, run);
    Found out;
    std::int32_t last = 0;
    while (matching.find()) {
        out.texts.push_back(narrow(matching.text().tempSubStringBetween(last, matching.start())));
        last = matching.end();
        if (!run.hold(64)) break;
    }
    out.texts.push_back(narrow(matching.text().tempSubString(last)));
    out.failure = matching.failure();
    return out;
}

}  // namespace tongban::rules
