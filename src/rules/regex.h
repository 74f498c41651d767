// Regular expressions of XPath 3.1 (XQuery and XPath Functions, 5.6), which FEEL's matches, replace and split
// speak. They are read by a parser of our own and handed to ICU with every class spelt out: ICU's own
// dialect takes other escapes, subtracts classes otherwise and folds case otherwise (docs/adr).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/run.h"

namespace tongban::rules {

class Regex {
public:
    /// Flags s, m, i, x, q. Nothing for malformed patterns and other flags.
    static std::optional<Regex> open(std::string_view pattern, std::string_view flags);

    enum class Failure : std::uint8_t { none, malformed, too_long };
    struct Found {
        Failure failure = Failure::none;
        bool truth = false;
        std::string text;
        std::vector<std::string> texts;
    };
    [[nodiscard]] Found finds(std::string_view text, Run& run) const;
    /// `$1` … `$0`, `\$` and `\\` in the replacement; malformed also where the pattern matches nothing at
    /// all.
    [[nodiscard]] Found replaced(std::string_view text, std::string_view replacement, Run& run) const;
    [[nodiscard]] Found split(std::string_view text, Run& run) const;

private:
    struct Compiled;
    explicit Regex(std::shared_ptr<Compiled const> compiled) : compiled_(std::move(compiled)) {}
    std::shared_ptr<Compiled const> compiled_;
};

/// The same pattern in ICU's dialect; nothing where it is malformed.
struct IcuPattern {
    std::string text;
    int groups = 0;
};
std::optional<IcuPattern> to_icu(std::string_view pattern, std::string_view flags);

}  // namespace tongban::rules
