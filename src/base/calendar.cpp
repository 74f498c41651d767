#include "base/base.h"
#include "base/data.h"

namespace tongban {

namespace {
bool is_weekend(Day day) {
    auto weekday = std::chrono::weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

Error malformed(std::string const& why) {
    return {ErrorKind::invalid, "calendar_is_malformed", "日历数据有误：" + why + "。"};
}

std::string text_of(json::string const& text) {
    return {text.data(), text.size()};
}

Result<std::map<Day, std::string>> read_days(json::object const& year, std::string_view name, int number) {
    std::map<Day, std::string> days;
    auto const* found = year.if_contains(json::string_view(name.data(), name.size()));
    if (found == nullptr || !found->is_object()) return malformed("缺少 " + std::string(name));
    for (auto const& pair : found->get_object()) {
        std::string key(pair.key());
        auto day = TRY(read_day(key));
        if (year_of(day) != number) return malformed(key + " 不在该年");
        if (!pair.value().is_string()) return malformed(key + " 没有名称");
        if (name == "make_up" && !is_weekend(day)) return malformed(key + " 不是周末，无须调休");
        days.emplace(day, text_of(pair.value().get_string()));
    }
    return days;
}

/// The day of the month `months` later; the last of that month where it has no such day (民法典 art. 202).
Day months_later(Day from, int months) {
    std::chrono::year_month_day date{from};
    auto later = date + std::chrono::months{months};
    if (!later.ok()) return Day{later.year() / later.month() / std::chrono::last};
    return Day{later};
}

constexpr int hours_of_a_day = 24;

Day natural_end(Day from, Limit limit) {
    switch (limit.unit) {
        case LimitUnit::month:
            return months_later(from, limit.value);
        case LimitUnit::hour:
            return from + std::chrono::days{(limit.value + hours_of_a_day - 1) / hours_of_a_day};
        default:
            return from + std::chrono::days{limit.value};
    }
}
}  // namespace

Calendar Calendar::embedded() {
    Calendar calendar;
    auto years = MUST(read_json(base::data::calendar));
    for (auto const& year : years.as_array()) MUST(calendar.add_year(to_text(year)));
    return calendar;
}

Result<void> Calendar::add_year(std::string_view json_text) {
    auto value = TRY(read_json(json_text));
    if (!value.is_object()) return malformed("不是一个对象");
    auto const& object = value.get_object();
    auto const* number = object.if_contains("year");
    if (number == nullptr || !number->is_int64() || number->get_int64() < 1949 || number->get_int64() > 2999)
        return malformed("缺少 year");
    auto year = static_cast<int>(number->get_int64());
    Year read;
    read.holidays = TRY(read_days(object, "holidays", year));
    read.make_up = TRY(read_days(object, "make_up", year));
    if (read.holidays.empty()) return malformed("没有一天假日");
    for (auto const& [day, name] : read.make_up)
        if (read.holidays.contains(day)) return malformed(to_text(day) + " 既放假又上班");
    years_[year] = std::move(read);
    return {};
}

bool Calendar::has_year(int year) const {
    return years_.contains(year);
}

DayKind Calendar::kind(Day day) const {
    if (auto year = years_.find(year_of(day)); year != years_.end()) {
        if (year->second.holidays.contains(day)) return DayKind::holiday;
        if (year->second.make_up.contains(day)) return DayKind::make_up;
    }
    return is_weekend(day) ? DayKind::weekend : DayKind::working;
}

std::string Calendar::holiday_name(Day day) const {
    auto year = years_.find(year_of(day));
    if (year == years_.end()) return "";
    auto found = year->second.holidays.find(day);
    return found == year->second.holidays.end() ? "" : found->second;
}

bool Calendar::works(Day day) const {
    auto is = kind(day);
    return is == DayKind::working || is == DayKind::make_up;
}

Due due_after(Calendar const& calendar, Day from, Limit limit) {
    ensure(limit.value >= 0, "a limit is not negative");
    constexpr std::chrono::days one{1};
    Due due{from, false};
    if (limit.unit == LimitUnit::working_day) {
        for (int left = limit.value; left > 0;) {
            due.day += one;
            due.provisional = due.provisional || !calendar.has_year(year_of(due.day));
            if (calendar.works(due.day)) --left;
        }
        return due;
    }
    due.day = natural_end(from, limit);
    due.provisional = !calendar.has_year(year_of(due.day));
    while (limit.value > 0 && !calendar.works(due.day)) {
        due.day += one;
        due.provisional = due.provisional || !calendar.has_year(year_of(due.day));
    }
    return due;
}

int working_days_between(Calendar const& calendar, Day after, Day until) {
    if (until < after) return -working_days_between(calendar, until, after);
    int count = 0;
    for (auto day = after + std::chrono::days{1}; day <= until; day += std::chrono::days{1})
        if (calendar.works(day)) ++count;
    return count;
}

std::vector<RulerDay> day_ruler(Calendar const& calendar, Day from, Day due, LimitUnit unit) {
    auto last = std::max(from, due);
    auto day = from - (std::chrono::weekday{from} - std::chrono::Monday);
    auto end = last + (std::chrono::Sunday - std::chrono::weekday{last});
    std::vector<RulerDay> days;
    for (int count = 0; day <= end; day += std::chrono::days{1}) {
        auto in_limit = day > from && day <= due;
        auto counted = in_limit && (unit != LimitUnit::working_day || calendar.works(day));
        if (counted) ++count;
        days.push_back({day, calendar.kind(day), counted ? count : 0, calendar.holiday_name(day)});
    }
    return days;
}

}  // namespace tongban
