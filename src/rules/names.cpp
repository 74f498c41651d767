#include <algorithm>

#include "rules/rules.h"

namespace tongban::rules {

namespace {

/// Levenshtein distance in code points, for names of sane length.
std::size_t distance(std::u32string const& a, std::u32string const& b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

}  // namespace

Names& Names::add(std::string_view path, Type type) {
    known_.emplace_back(std::string(path), Known{std::string(path), type});
    return *this;
}

Names& Names::alias(std::string_view name, std::string_view path) {
    auto const known = find(path);
    ensure(known.has_value(), "an alias names a declared name");
    known_.emplace_back(std::string(name), *known);
    return *this;
}

std::optional<Names::Known> Names::find(std::string_view path) const {
    auto const found =
        std::find_if(known_.rbegin(), known_.rend(), [&](auto const& entry) { return entry.first == path; });
    if (found == known_.rend()) return std::nullopt;
    return found->second;
}

std::vector<std::string> Names::nearest(std::string_view path) const {
    auto const wanted = to_code_points(path);
    std::vector<std::pair<std::size_t, std::string>> ranked;
    if (wanted.size() > 100) return {};
    for (auto const& [name, known] : known_) {
        auto const letters = to_code_points(name);
        std::size_t const far = distance(wanted, letters);
        if (far <= std::max<std::size_t>(1, std::max(wanted.size(), letters.size()) / 2))
            ranked.emplace_back(far, name);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> out;
    for (auto const& [far, name] : ranked) {
        if (out.size() < 3 && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    }
    return out;
}

}  // namespace tongban::rules
