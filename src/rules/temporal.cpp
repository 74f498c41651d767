// Reading and writing of dates, times and durations.
#include "rules/temporal.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tongban::rules {

namespace {

// Days from 1970-01-01 in the proleptic Gregorian calendar, by eras of 400 years (146,097 days), years from
// March.
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    std::int64_t const era = (year >= 0 ? year : year - 399) / 400;
    std::int64_t const year_of_era = year - era * 400;
    std::int64_t const day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    std::int64_t const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

int days_in(std::int64_t year, int month) {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::optional<std::int64_t> read_digits(std::string_view text) {
    std::int64_t out = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    bool const digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (error != std::errc{} || end != text.data() + text.size() || !digits) return std::nullopt;
    return out;
}

std::string padded(std::int64_t number, std::size_t width) {
    std::string out = std::to_string(number);
    return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

/// Digits behind the point as nanoseconds; what lies below is cut off.
std::optional<std::int64_t> read_fraction(std::string_view text) {
    if (text.empty() || !read_digits(text.substr(0, 18))) return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    std::string nine(text.substr(0, 9));
    nine.resize(9, '0');
    return read_digits(nine);
}

std::string fraction_text(std::int64_t nanos) {
    if (nanos == 0) return "";
    std::string out = "." + padded(nanos, 9);
    while (out.back() == '0') out.pop_back();
    return out;
}

struct Part {
    char unit = 0;
    std::int64_t count = 0;
    std::int64_t nanos = 0;
};

/// The next number with its unit, taken off the text.
std::optional<Part> next_part(std::string_view& text) {
    auto const stop = text.find_first_not_of("0123456789");
    if (stop == std::string_view::npos || stop == 0) return std::nullopt;
    auto const count = read_digits(text.substr(0, stop));
    if (!count) return std::nullopt;
    Part part{text[stop], *count, 0};
    text.remove_prefix(stop + 1);
    if (part.unit != '.') return part;
    auto const end = text.find_first_not_of("0123456789");
    if (end == std::string_view::npos || text[end] != 'S') return std::nullopt;
    // `PT0.S` is taken too.
    auto const nanos = read_fraction(end == 0 ? "0" : text.substr(0, end));
    if (!nanos) return std::nullopt;
    part.unit = 'S';
    part.nanos = *nanos;
    text.remove_prefix(end + 1);
    return part;
}

bool add_scaled(std::int64_t& sum, std::int64_t count, std::int64_t scale) {
    std::int64_t product = 0;
    return !__builtin_mul_overflow(count, scale, &product) && !__builtin_add_overflow(sum, product, &sum);
}

}  // namespace

std::optional<Date> Date::of(std::int64_t year, int month, int day) {
    if (year < -year_most || year > year_most || month < 1 || month > 12) return std::nullopt;
    if (day < 1 || day > days_in(year, month)) return std::nullopt;
    return Date{days_from_civil(year, month, day)};
}

std::optional<Date> Date::read(std::string_view text) {
    bool const before = text.starts_with('-');
    if (before) text.remove_prefix(1);
    if (text.size() < 10 || text.size() > 15) return std::nullopt;
    auto const split = text.size() - 6;
    if (text[split] != '-' || text[split + 3] != '-') return std::nullopt;
    auto const year = read_digits(text.substr(0, split));
    auto const month = read_digits(text.substr(split + 1, 2));
    auto const day = read_digits(text.substr(split + 4));
    if (!year || !month || !day || (split > 4 && text[0] == '0')) return std::nullopt;
    return of(before ? -*year : *year, static_cast<int>(*month), static_cast<int>(*day));
}

YearMonthDay Date::civil() const {
    std::int64_t const shifted = days + 719'468;
    std::int64_t const era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    std::int64_t const day_of_era = shifted - era * 146'097;
    std::int64_t const year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    std::int64_t const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    std::int64_t const from_march = (5 * day_of_year + 2) / 153;
    auto const day = static_cast<int>(day_of_year - (153 * from_march + 2) / 5 + 1);
    auto const month = static_cast<int>(from_march < 10 ? from_march + 3 : from_march - 9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

int Date::weekday() const {
    return static_cast<int>(((days + 3) % 7 + 7) % 7) + 1;  // 1970-01-01 was a Thursday
}

int Date::day_of_year() const {
    return static_cast<int>(days - days_from_civil(civil().year, 1, 1)) + 1;
}

int Date::week_of_year() const {
    // The week belongs to the year of its Thursday.
    Date const thursday{days - weekday() + 4};
    return (thursday.day_of_year() - 1) / 7 + 1;
}

std::optional<Date> Date::plus_months(std::int64_t months) const {
    auto const now = civil();
    std::int64_t count = now.year * 12 + now.month - 1;
    if (__builtin_add_overflow(count, months, &count)) return std::nullopt;
    std::int64_t const year = count >= 0 ? count / 12 : -((-count + 11) / 12);
    auto const month = static_cast<int>(count - year * 12) + 1;
    if (year < -year_most || year > year_most) return std::nullopt;
    return of(year, month, std::min(now.day, days_in(year, month)));
}

bool Date::in_range() const {
    static Date const first = *of(-year_most, 1, 1), last = *of(year_most, 12, 31);
    return *this >= first && *this <= last;
}

std::string Date::text() const {
    auto const now = civil();
    return (now.year < 0 ? "-" : "") + padded(now.year < 0 ? -now.year : now.year, 4) + "-" +
           padded(now.month, 2) + "-" + padded(now.day, 2);
}

std::optional<Time> Time::of(int hour, int minute, int second, std::int64_t nanos, Zone zone) {
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
    if (nanos < 0 || nanos >= nanos_a_second) return std::nullopt;
    return Time{((hour * 60LL + minute) * 60 + second) * nanos_a_second + nanos, zone};
}

std::optional<Time> Time::read(std::string_view text) {
    if (text.size() < 8 || text[2] != ':' || text[5] != ':') return std::nullopt;
    auto const hour = read_digits(text.substr(0, 2)), minute = read_digits(text.substr(3, 2)),
               second = read_digits(text.substr(6, 2));
    if (!hour || !minute || !second) return std::nullopt;
    text.remove_prefix(8);
    std::int64_t nanos = 0;
    if (text.starts_with('.')) {
        auto const end = std::min(text.find_first_not_of("0123456789", 1), text.size());
        auto const fraction = read_fraction(text.substr(1, end - 1));
        if (!fraction) return std::nullopt;
        nanos = *fraction;
        text.remove_prefix(end);
    }
    Zone zone;
    if (!text.empty()) {
        auto const read = Zone::read(text);
        if (!read) return std::nullopt;
        zone = *read;
    }
    bool const midnight = *hour == 24 && *minute == 0 && *second == 0 && nanos == 0;
    return of(midnight ? 0 : static_cast<int>(*hour), static_cast<int>(*minute), static_cast<int>(*second),
              nanos, zone);
}

std::string Time::text() const {
    return padded(hour(), 2) + ":" + padded(minute(), 2) + ":" + padded(second(), 2) +
           fraction_text(nanos % nanos_a_second) + zone.text();
}

std::optional<DateTime> DateTime::read(std::string_view text) {
    auto const split = text.find('T');
    if (split == std::string_view::npos) {
        auto const day = Date::read(text);
        return day ? std::optional(DateTime{*day, {}}) : std::nullopt;
    }
    auto day = Date::read(text.substr(0, split));
    auto const time = Time::read(text.substr(split + 1));
    if (!day || !time) return std::nullopt;
    if (text.substr(split + 1).starts_with("24")) ++day->days;  // the midnight at the end of the day
    if (!day->in_range()) return std::nullopt;
    return DateTime{*day, *time};
}

std::string DateTime::text() const {
    return day.text() + "T" + time.text();
}

std::optional<DaysDuration> DaysDuration::read(std::string_view text) {
    bool const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (!text.starts_with('P')) return std::nullopt;
    text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    DaysDuration out;
    if (!text.starts_with('T')) {
        auto const days = next_part(text);
        if (!days || days->unit != 'D' || !add_scaled(out.seconds, days->count, seconds_a_day))
            return std::nullopt;
        if (text.empty()) return negative ? out.negated() : out;
    }
    if (!text.starts_with('T') || text.size() == 1) return std::nullopt;
    text.remove_prefix(1);
    static constexpr std::pair<char, std::int64_t> units[] = {{'H', 3600}, {'M', 60}, {'S', 1}};
    auto const* unit = std::begin(units);  // in this order, each at most once
    while (!text.empty()) {
        auto const part = next_part(text);
        if (!part) return std::nullopt;
        unit = std::find_if(unit, std::end(units), [&](auto const& one) { return one.first == part->unit; });
        if (unit == std::end(units) || !add_scaled(out.seconds, part->count, unit->second))
            return std::nullopt;
        out.nanos = static_cast<std::int32_t>(part->nanos);
        ++unit;
    }
    return negative ? out.negated() : out;
}

std::string DaysDuration::text() const {
    if (seconds == 0 && nanos == 0) return "PT0S";
    std::string out = seconds < 0 || nanos < 0 ? "-P" : "P";
    auto rest = seconds < 0 ? ~static_cast<std::uint64_t>(seconds) + 1 : static_cast<std::uint64_t>(seconds);
    auto put = [&](std::uint64_t unit, char letter) {
        if (rest / unit > 0) out += std::to_string(rest / unit) + letter;
        rest %= unit;
    };
    put(static_cast<std::uint64_t>(seconds_a_day), 'D');
    if (rest == 0 && nanos == 0) return out;
    out += 'T';
    put(3600, 'H');
    put(60, 'M');
    if (rest > 0 || nanos != 0) out += std::to_string(rest) + fraction_text(nanos < 0 ? -nanos : nanos) + "S";
    return out;
}

std::optional<MonthsDuration> MonthsDuration::read(std::string_view text) {
    bool const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (!text.starts_with('P')) return std::nullopt;
    text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    MonthsDuration out;
    bool months = false;
    while (!text.empty()) {
        auto const part = next_part(text);
        if (!part || months || (part->unit != 'Y' && part->unit != 'M')) return std::nullopt;
        months = part->unit == 'M';
        bool const second = out.months != 0;
        if (second && !months) return std::nullopt;
        if (!add_scaled(out.months, part->count, months ? 1 : 12)) return std::nullopt;
    }
    if (negative) out.months = -out.months;
    return out;
}

std::string MonthsDuration::text() const {
    if (months == 0) return "P0M";
    std::int64_t const size = months < 0 ? -months : months;
    std::string out = months < 0 ? "-P" : "P";
    if (size / 12 > 0) out += std::to_string(size / 12) + "Y";
    if (size % 12 > 0) out += std::to_string(size % 12) + "M";
    return out;
}

}  // namespace tongban::rules
