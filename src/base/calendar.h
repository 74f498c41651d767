// The State Council's working-day calendar and the arithmetic of limits (期限).
// Law: 行政许可法 art. 82 (limits in working days, holidays not counted); 民法典 arts. 201–203 (the first day
// is not counted; a natural-day period that ends on a holiday ends on the next working day).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace tongban {

enum class DayKind { working, weekend, holiday, make_up };  ///< make_up: a weekend day worked in lieu (调休)

/// Years 2004–2026 come embedded (data/calendar.json, from the State Council's yearly notices); others are
/// imported.
class Calendar {
public:
    static Calendar embedded();
    /// `{"year":2027,"holidays":{"2027-01-01":"元旦",…},"make_up":{"2027-02-06":"春节",…}}`. Replaces that
    /// year.
    Result<void> add_year(std::string_view json_text);
    [[nodiscard]] bool has_year(int year) const;
    /// Of a year without data: weekends rest, all else works, and `provisional` answers say so.
    [[nodiscard]] DayKind kind(Day day) const;
    [[nodiscard]] std::string holiday_name(Day day) const;  ///< 国庆节; empty where there is none
    [[nodiscard]] bool works(Day day) const;

private:
    struct Year {
        std::map<Day, std::string> holidays, make_up;
    };
    std::map<int, Year> years_;
};

enum class LimitUnit { working_day, natural_day, hour, month };
struct Limit {
    int value = 0;
    LimitUnit unit = LimitUnit::working_day;
    bool operator==(Limit const&) const = default;
};

/// A due day. Provisional when it depends on a year whose calendar is not loaded; it is recomputed on import.
struct Due {
    Day day{};
    bool provisional = false;
    bool operator==(Due const&) const = default;
};

/// The last day of a limit that starts on `from` (not counted). Working days skip rest days; natural days
/// that end on a rest day move to the next working day. `hour` limits are handled by their callers and count
/// here as whole days.
Due due_after(Calendar const& calendar, Day from, Limit limit);

/// Working days d with after < d <= until; negative when until lies before after.
int working_days_between(Calendar const& calendar, Day after, Day until);

/// What stands between a citizen and the due day, day by day (the day ruler of the screens).
struct RulerDay {
    Day day{};
    DayKind kind = DayKind::working;
    int count = 0;     ///< the running number of a counted day, 0 if not counted
    std::string name;  ///< holiday's name, if any
};
/// From the Monday on or before `from` to the Sunday on or after `due`.
std::vector<RulerDay> day_ruler(Calendar const& calendar, Day from, Day due, LimitUnit unit);

}  // namespace tongban
