// The inner words of `supervision`: what is watched of a case, and the sums it adds to. No I/O, no clock.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/base.h"

namespace tongban::supervision {

enum class StuckCode { source_down, licence_trouble, letter_failed, past_step, no_reviewer };
std::string_view to_text(StuckCode code);
Result<StuckCode> read_stuck_code(std::string_view text);

struct Stuck {
    StuckCode code = StuckCode::source_down;
    std::string about;  ///< who is silent, which step is late, or the code of the trouble; never a person
    Instant since{};
    std::string about_en{};  ///< the same in English, where it is a name; empty in rows of before
    bool operator==(Stuck const&) const = default;
};

/// One row of supervision_case.
struct Watched {
    CaseId id;
    std::string case_no, short_no;
    ItemId item;
    std::string item_name;
    BodyId body;
    RegionCode region;  ///< of the body
    std::string state;
    bool is_open = true;
    std::optional<Due> due;  ///< of the office's running clock
    LimitUnit due_unit = LimitUnit::working_day;
    std::optional<Day> statutory;
    std::optional<Day> received_on, answered_on;
    int took_days = 0;  ///< working days from receipt to the answer
    bool at_once = false;
    int fields_saved = 0, papers_saved = 0;
    std::optional<Stuck> stuck;
    bool operator==(Watched const&) const = default;
};

/// The region itself and all above it by its code, from near to far: 990102001000, 990102000000, 990100000000
/// …
std::vector<RegionCode> scopes_of(RegionCode const& region);
/// The last code that lies below the region, as texts sort.
std::string last_below(RegionCode const& region);

struct OpenKey {
    std::string region, body, item, due;
    bool stuck = false;
    auto operator<=>(OpenKey const&) const = default;
};
struct BodyDayKey {
    std::string day, region, body;
    auto operator<=>(BodyDayKey const&) const = default;
};
struct ItemDayKey {
    std::string scope, day, item;
    auto operator<=>(ItemDayKey const&) const = default;
};
struct SpanKey {
    std::string scope, day, item;
    int took_days = 0;
    auto operator<=>(SpanKey const&) const = default;
};
struct DayCounts {
    std::int64_t received = 0, answered = 0;
    bool operator==(DayCounts const&) const = default;
};
struct ItemCounts {
    std::int64_t received = 0, answered = 0, at_once = 0, fields_saved = 0, papers_saved = 0;
    bool operator==(ItemCounts const&) const = default;
};

/// Differences to the sums, sorted so that two processes change rows in one order.
struct Sums {
    std::map<OpenKey, std::int64_t> open;
    std::map<BodyDayKey, DayCounts> body_days;
    std::map<ItemDayKey, ItemCounts> item_days;
    std::map<SpanKey, std::int64_t> spans;
    /// Adds what the case contributes, `times` 1 or -1.
    void add(Watched const& watched, int times);
    void drop_zeros();
};

/// The middle one of `counts` (value, how many), sorted by value; nullopt when there are none.
std::optional<std::int64_t> median(std::vector<std::pair<std::int64_t, std::int64_t>> const& counts);

}  // namespace tongban::supervision
