#include "exchange/model.h"

#include <algorithm>
#include <array>

namespace tongban::exchange {

namespace {
constexpr std::array<std::string_view, 9> outcomes{"asking", "found", "none",    "several",  "late",
                                                   "down",   "wrong", "refused", "not_asked"};
constexpr std::array<std::string_view, 5> types{"string", "number", "date", "boolean", "list"};
constexpr std::array<std::string_view, 5> states{"open", "sent", "answered", "mended", "rejected"};

/// The parts of a moment as a pattern names them, by letter: y M d H m s.
struct Parts {
    std::map<char, int> found{};
    [[nodiscard]] int of(char letter) const {
        auto at = found.find(letter);
        return at == found.end() ? 0 : at->second;
    }
};

constexpr std::string_view letters = "yMdHms";

/// Takes as many digits as the pattern has letters.
std::optional<int> digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int number = 0;
    for (char c : text.substr(0, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return number;
}

/// Walks through the pattern; `take(letter, count)` and `literal(text)` say whether it goes on.
template <class Take, class Literal>
bool walk(std::string_view pattern, Take&& take, Literal&& literal) {
    while (!pattern.empty()) {
        char c = pattern.front();
        if (c == '\'') {
            auto end = pattern.find('\'', 1);
            if (end == std::string_view::npos || !literal(pattern.substr(1, end - 1))) return false;
            pattern.remove_prefix(end + 1);
            continue;
        }
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        auto count = letter ? std::min(pattern.find_first_not_of(c), pattern.size()) : 1;
        if (letter ? !take(c, count) : !literal(pattern.substr(0, 1))) return false;
        pattern.remove_prefix(count);
    }
    return true;
}
}  // namespace

std::string_view to_text(Outcome outcome) {
    return outcomes[static_cast<std::size_t>(outcome)];
}

std::optional<Outcome> read_outcome(std::string_view text) {
    auto found = std::find(outcomes.begin(), outcomes.end(), text);
    if (found == outcomes.end()) return std::nullopt;
    return static_cast<Outcome>(found - outcomes.begin());
}

std::string_view to_text(FieldType type) {
    return types[static_cast<std::size_t>(type)];
}

std::string_view to_text(CorrectionState state) {
    return states[static_cast<std::size_t>(state)];
}

Field const* Resource::field(std::string_view key) const {
    for (auto const& each : fields)
        if (each.key == key) return &each;
    return nullptr;
}

Resource const* Catalogue::resource(std::string_view code) const {
    auto found = resources.find(code);
    return found == resources.end() ? nullptr : found->second.get();
}

Connector const* Catalogue::connector(std::string_view source) const {
    auto found = connectors.find(source);
    return found == connectors.end() ? nullptr : found->second.get();
}

Endpoint const* Catalogue::endpoint(Resource const& resource) const {
    auto const* found = connector(resource.source);
    if (found == nullptr) return nullptr;
    auto at = found->endpoints.find(resource.code);
    return at == found->endpoints.end() ? nullptr : &at->second;
}

bool is_date_pattern(std::string_view pattern) {
    std::string seen;
    auto known = walk(
        pattern,
        [&](char letter, std::size_t count) {
            seen += letter;
            return letters.find(letter) != std::string_view::npos && count == (letter == 'y' ? 4U : 2U);
        },
        [](std::string_view) { return true; });
    return known && std::all_of(letters.begin(), letters.begin() + 3, [&](char letter) {
               return std::count(seen.begin(), seen.end(), letter) == 1;
           });
}

std::optional<Instant> read_moment(std::string_view text, std::string_view pattern) {
    Parts parts;
    auto read = walk(
        pattern,
        [&](char letter, std::size_t count) {
            auto number = digits(text, count);
            if (number) parts.found[letter] = *number;
            return number.has_value();
        },
        [&](std::string_view literal) {
            if (!text.starts_with(literal)) return false;
            text.remove_prefix(literal.size());
            return true;
        });
    if (!read || parts.of('H') > 23 || parts.of('m') > 59 || parts.of('s') > 60) return std::nullopt;
    std::chrono::year_month_day date{std::chrono::year{parts.of('y')},
                                     std::chrono::month{static_cast<unsigned>(parts.of('M'))},
                                     std::chrono::day{static_cast<unsigned>(parts.of('d'))}};
    if (!date.ok()) return std::nullopt;
    return start_of(Day{date}) + std::chrono::hours{parts.of('H')} + std::chrono::minutes{parts.of('m')} +
           std::chrono::seconds{parts.of('s')};
}

}  // namespace tongban::exchange
