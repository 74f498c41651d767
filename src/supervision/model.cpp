#include "supervision/model.h"

namespace tongban::supervision {

namespace {
constexpr std::array<std::string_view, 5> stuck_words = {"source_down", "licence_trouble", "letter_failed",
                                                         "past_step", "no_reviewer"};
/// Digits that are no padding: province, city, county, town, village (GB/T 2260 and the statistical code).
constexpr std::array<std::size_t, 5> level_digits = {2, 4, 6, 9, 12};

std::string text_of(std::optional<Day> const& day) {
    return day ? tongban::to_text(*day) : std::string{};
}

template <class Map>
void erase_zeros(Map& map) {
    std::erase_if(map, [](auto const& each) { return each.second == typename Map::mapped_type{}; });
}
}  // namespace

std::string_view to_text(StuckCode code) {
    return stuck_words[static_cast<std::size_t>(code)];
}

Result<StuckCode> read_stuck_code(std::string_view text) {
    for (std::size_t i = 0; i < stuck_words.size(); ++i)
        if (stuck_words[i] == text) return static_cast<StuckCode>(i);
    return Error{ErrorKind::internal, "stuck_code_is_unknown", std::string(text)};
}

std::vector<RegionCode> scopes_of(RegionCode const& region) {
    std::vector<RegionCode> scopes;
    for (auto level = level_digits.rbegin(); level != level_digits.rend(); ++level) {
        auto code = region.text.substr(0, *level);
        code.resize(12, '0');
        if (scopes.empty() || scopes.back().text != code) scopes.push_back(RegionCode{code});
    }
    return scopes;
}

std::string last_below(RegionCode const& region) {
    for (auto digits : level_digits)
        if (region.text.find_first_not_of('0', digits) == std::string::npos) {
            auto code = region.text.substr(0, digits);
            code.resize(12, '9');
            return code;
        }
    return region.text;
}

void Sums::add(Watched const& watched, int times) {
    if (watched.is_open) {
        auto due = watched.due ? tongban::to_text(watched.due->day) : std::string{};
        open[{watched.region.text, watched.body.text, watched.item.text, due, watched.stuck.has_value()}] +=
            times;
    }
    auto received = text_of(watched.received_on), answered = text_of(watched.answered_on);
    if (!received.empty()) body_days[{received, watched.region.text, watched.body.text}].received += times;
    if (!answered.empty()) body_days[{answered, watched.region.text, watched.body.text}].answered += times;
    for (auto const& scope : scopes_of(watched.region)) {
        if (!received.empty()) {
            auto& counts = item_days[{scope.text, received, watched.item.text}];
            counts.received += times;
            counts.fields_saved += times * watched.fields_saved;
            counts.papers_saved += times * watched.papers_saved;
        }
        if (answered.empty()) continue;
        auto& counts = item_days[{scope.text, answered, watched.item.text}];
        counts.answered += times;
        if (watched.at_once) counts.at_once += times;
        spans[{scope.text, answered, watched.item.text, watched.took_days}] += times;
    }
}

void Sums::drop_zeros() {
    erase_zeros(open);
    erase_zeros(body_days);
    erase_zeros(item_days);
    erase_zeros(spans);
}

std::optional<std::int64_t> median(std::vector<std::pair<std::int64_t, std::int64_t>> const& counts) {
    std::int64_t all = 0;
    for (auto const& [value, count] : counts) all += count;
    auto before = all;
    for (auto const& [value, count] : counts) {
        before -= count;
        if (count > 0 && before <= all / 2) return value;
    }
    return std::nullopt;
}

}  // namespace tongban::supervision
