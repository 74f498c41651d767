// Dates, times and durations of FEEL (DMN 1.5, 10.3.2.3.4 – 10.3.2.3.8). Proleptic Gregorian calendar, years
// ±999,999,999, nanoseconds, no leap seconds. A zone is kept as it was written: an offset and the name of a
// place are two things, although they may show the same clock.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tongban::rules {

constexpr std::int64_t year_most = 999'999'999;
constexpr std::int64_t seconds_a_day = 86'400;
constexpr std::int64_t nanos_a_second = 1'000'000'000;
constexpr std::int64_t nanos_a_day = seconds_a_day * nanos_a_second;

struct YearMonthDay {
    std::int64_t year = 1970;
    int month = 1, day = 1;
};

/// A day, counted from 1970-01-01. Years reach beyond what <chrono> can hold.
struct Date {
    std::int64_t days = 0;
    static std::optional<Date> of(std::int64_t year, int month, int day);
    /// `2026-10-15`; years of 4 to 9 digits, `-` before them.
    static std::optional<Date> read(std::string_view text);
    static Date of(Day day) { return {day.time_since_epoch().count()}; }
    [[nodiscard]] YearMonthDay civil() const;
    [[nodiscard]] int weekday() const;       ///< Monday is 1, Sunday 7
    [[nodiscard]] int day_of_year() const;   ///< from 1
    [[nodiscard]] int week_of_year() const;  ///< ISO 8601
    /// The same day of another month, or that month's last; nothing beyond the years.
    [[nodiscard]] std::optional<Date> plus_months(std::int64_t months) const;
    [[nodiscard]] bool in_range() const;
    [[nodiscard]] std::string text() const;
    auto operator<=>(Date const&) const = default;
};

/// None (local time), an offset from UTC, or a place of the IANA tables.
struct Zone {
    enum class Kind : std::uint8_t { none, offset, place };
    Kind kind = Kind::none;
    std::uint16_t place = 0;   ///< index of the place's name
    std::int32_t seconds = 0;  ///< of offset
    static Zone offset(std::int32_t seconds) { return {Kind::offset, 0, seconds}; }
    /// `Z`, `+08:00`, `+08:00:30`, `@Asia/Shanghai`; nothing for other text and places that nobody knows.
    static std::optional<Zone> read(std::string_view text);
    [[nodiscard]] std::string text() const;        ///< as it is written behind a time
    [[nodiscard]] std::string place_name() const;  ///< empty unless a place
    /// Seconds that local clocks are ahead of UTC when they show this; nothing for none.
    [[nodiscard]] std::optional<std::int64_t> ahead(Date day, std::int64_t nanos) const;
    /// The same when the clock of UTC shows this.
    [[nodiscard]] std::optional<std::int64_t> ahead_of_utc(Date day, std::int64_t nanos) const;
    bool operator==(Zone const&) const = default;

private:
    enum class Clock : std::uint8_t { local, utc };
    [[nodiscard]] std::optional<std::int64_t> ahead_by(Clock clock, Date day, std::int64_t nanos) const;
};

struct Time {
    std::int64_t nanos = 0;  ///< since midnight
    Zone zone{};
    /// `10:30:00`, `10:30:00.5Z`, `10:30:00@Asia/Shanghai`.
    static std::optional<Time> read(std::string_view text);
    static std::optional<Time> of(int hour, int minute, int second, std::int64_t nanos, Zone zone);
    [[nodiscard]] int hour() const { return static_cast<int>(nanos / nanos_a_second / 3600); }
    [[nodiscard]] int minute() const { return static_cast<int>(nanos / nanos_a_second / 60 % 60); }
    [[nodiscard]] int second() const { return static_cast<int>(nanos / nanos_a_second % 60); }
    [[nodiscard]] std::string text() const;
    /// The same value, zone and all. Equality of FEEL (the same moment) is `same_moment`.
    bool operator==(Time const&) const = default;
};

struct DateTime {
    Date day{};
    Time time{};
    /// `2026-10-15T10:30:00+08:00`; a date alone is its midnight.
    static std::optional<DateTime> read(std::string_view text);
    [[nodiscard]] std::string text() const;
    bool operator==(DateTime const&) const = default;
};

/// Days, hours, minutes, seconds: a length of time. `nanos` has the sign of `seconds`.
struct DaysDuration {
    std::int64_t seconds = 0;
    std::int32_t nanos = 0;
    static std::optional<DaysDuration> read(std::string_view text);  ///< `P1DT2H`, `-PT0.5S`
    [[nodiscard]] std::string text() const;
    [[nodiscard]] DaysDuration negated() const { return {-seconds, -nanos}; }
    auto operator<=>(DaysDuration const&) const = default;
};

/// Years and months.
struct MonthsDuration {
    std::int64_t months = 0;
    static std::optional<MonthsDuration> read(std::string_view text);  ///< `P1Y2M`
    [[nodiscard]] std::string text() const;
    auto operator<=>(MonthsDuration const&) const = default;
};

// Arithmetic and order (10.3.2.3.6, table 57). Nothing where it leaves the range, or where one side has a
// zone and the other has none.
std::optional<DateTime> plus(DateTime const& moment, DaysDuration const& length);
std::optional<DateTime> plus(DateTime const& moment, MonthsDuration const& length);
Time plus(Time const& time, DaysDuration const& length);  ///< around the clock
std::optional<DaysDuration> minus(DateTime const& later, DateTime const& earlier);
std::optional<DaysDuration> minus(Time const& later, Time const& earlier);
std::optional<DaysDuration> plus(DaysDuration const& a, DaysDuration const& b);
std::optional<std::strong_ordering> order(DateTime const& a, DateTime const& b);
std::optional<std::strong_ordering> order(Time const& a, Time const& b);
/// Whole months from one day to the other; the last is whole when its day has come.
std::int64_t months_between(DateTime const& from, DateTime const& to);

}  // namespace tongban::rules
