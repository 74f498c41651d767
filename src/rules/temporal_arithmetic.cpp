// Sums, differences and order of moments and durations (DMN 1.5, tables 53 – 58).
#include <algorithm>

#include "rules/temporal.h"

namespace tongban::rules {

namespace {

__extension__ using Big = __int128;  // nanoseconds over two thousand million years

std::int64_t floor_div(Big value, std::int64_t by) {
    Big const quotient = value / by;
    return static_cast<std::int64_t>(value % by < 0 ? quotient - 1 : quotient);
}

Big nanos_of(DaysDuration const& length) {
    return static_cast<Big>(length.seconds) * nanos_a_second + length.nanos;
}

std::optional<DaysDuration> duration_of(Big nanos) {
    Big const seconds = nanos / nanos_a_second;
    if (seconds > INT64_MAX || seconds < -static_cast<Big>(INT64_MAX)) return std::nullopt;
    return DaysDuration{static_cast<std::int64_t>(seconds),
                        static_cast<std::int32_t>(nanos % nanos_a_second)};
}

Big local_nanos(DateTime const& moment) {
    return static_cast<Big>(moment.day.days) * nanos_a_day + moment.time.nanos;
}

/// Nanoseconds on the clock of UTC; of a moment without a zone, on its own.
Big utc_nanos(DateTime const& moment) {
    auto const ahead = moment.time.zone.ahead(moment.day, moment.time.nanos).value_or(0);
    return local_nanos(moment) - static_cast<Big>(ahead) * nanos_a_second;
}

std::optional<DateTime> moment_of(Big nanos, Zone zone) {
    Big const days = nanos >= 0 ? nanos / nanos_a_day : -((-nanos + nanos_a_day - 1) / nanos_a_day);
    if (days > 1'000'000'000'000 || days < -1'000'000'000'000) return std::nullopt;
    Date const day{static_cast<std::int64_t>(days)};
    if (!day.in_range()) return std::nullopt;
    return DateTime{day, Time{static_cast<std::int64_t>(nanos - days * nanos_a_day), zone}};
}

bool fit(Zone const& a, Zone const& b) {
    return (a.kind == Zone::Kind::none) == (b.kind == Zone::Kind::none);
}

/// On the clock of UTC, of the first of January 1970 where the offset depends on the day.
std::int64_t utc_nanos(Time const& time) {
    return time.nanos - time.zone.ahead(Date{}, time.nanos).value_or(0) * nanos_a_second;
}

}  // namespace

std::optional<DateTime> plus(DateTime const& moment, DaysDuration const& length) {
    Zone const zone = moment.time.zone;
    if (zone.kind != Zone::Kind::place) return moment_of(local_nanos(moment) + nanos_of(length), zone);
    // So much time passes on the clock of UTC; the local one may be put forward or back meanwhile.
    auto const utc = moment_of(utc_nanos(moment) + nanos_of(length), {});
    if (!utc) return std::nullopt;
    auto const ahead = zone.ahead_of_utc(utc->day, utc->time.nanos).value_or(0);
    return moment_of(local_nanos(*utc) + static_cast<Big>(ahead) * nanos_a_second, zone);
}

std::optional<DateTime> plus(DateTime const& moment, MonthsDuration const& length) {
    auto const day = moment.day.plus_months(length.months);
    return day ? std::optional(DateTime{*day, moment.time}) : std::nullopt;
}

Time plus(Time const& time, DaysDuration const& length) {
    Big const nanos = time.nanos + nanos_of(length);
    return Time{
        static_cast<std::int64_t>(nanos - static_cast<Big>(floor_div(nanos, nanos_a_day)) * nanos_a_day),
        time.zone};
}

std::optional<DaysDuration> minus(DateTime const& later, DateTime const& earlier) {
    if (!fit(later.time.zone, earlier.time.zone)) return std::nullopt;
    return duration_of(utc_nanos(later) - utc_nanos(earlier));
}

std::optional<DaysDuration> minus(Time const& later, Time const& earlier) {
    if (!fit(later.zone, earlier.zone)) return std::nullopt;
    return duration_of(static_cast<Big>(utc_nanos(later)) - utc_nanos(earlier));
}

std::optional<DaysDuration> plus(DaysDuration const& a, DaysDuration const& b) {
    return duration_of(nanos_of(a) + nanos_of(b));
}

// Moments are compared by whole seconds: the properties that the specification compares have no fractions.
std::optional<std::strong_ordering> order(DateTime const& a, DateTime const& b) {
    if (!fit(a.time.zone, b.time.zone)) return std::nullopt;
    return floor_div(utc_nanos(a), nanos_a_second) <=> floor_div(utc_nanos(b), nanos_a_second);
}

std::optional<std::strong_ordering> order(Time const& a, Time const& b) {
    if (!fit(a.zone, b.zone)) return std::nullopt;
    if (a.zone == b.zone) return a.nanos / nanos_a_second <=> b.nanos / nanos_a_second;
    return floor_div(utc_nanos(a), nanos_a_second) <=> floor_div(utc_nanos(b), nanos_a_second);
}

std::int64_t months_between(DateTime const& from, DateTime const& to) {
    auto const a = from.day.civil(), b = to.day.civil();
    std::int64_t months = (b.year - a.year) * 12 + (b.month - a.month);
    // The last month counts when its day has come; the hour does not matter.
    if (months > 0 && b.day < a.day) --months;
    if (months < 0 && b.day > a.day) ++months;
    return months;
}

}  // namespace tongban::rules
