// Functions of days and moments (DMN 1.5, tables 77, 82, 83).
#include <algorithm>

#include "rules/builtins.h"

namespace tongban::rules::detail {

namespace {

Value count(std::int64_t number) {
    return Value(Decimal::of(number));
}

Value of_day(Call& call, std::int64_t (*reckon)(Date day)) {
    auto const moment = call.moment(0);
    return moment ? count(reckon(moment->day)) : call.wrong();
}

Value day_of_year(Call& call) {
    return of_day(call, [](Date day) -> std::int64_t { return day.day_of_year(); });
}
Value week_of_year(Call& call) {
    return of_day(call, [](Date day) -> std::int64_t { return day.week_of_year(); });
}

Value day_of_week(Call& call) {
    static constexpr char const* names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday"};
    auto const moment = call.moment(0);
    return moment ? Value(names[moment->day.weekday() - 1]) : call.wrong();
}

Value month_of_year(Call& call) {
    static constexpr char const* names[] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};
    auto const moment = call.moment(0);
    return moment ? Value(names[moment->day.civil().month - 1]) : call.wrong();
}

/// The same value in every respect: 10:00Z is not 10:00@Etc/UTC.
Value is(Call& call) {
    return Value(call.value(0) == call.value(1));
}

Value now(Call& call) {
    auto const& moment = call.run.settings().now;
    return moment ? Value(*moment) : call.trouble("moment_is_not_given");
}

Value today(Call& call) {
    auto const& moment = call.run.settings().now;
    return moment ? Value(moment->day) : call.trouble("moment_is_not_given");
}

Value years_and_months(Call& call) {
    auto const from = call.moment(0);
    auto const to = from ? call.moment(1) : std::nullopt;
    return to ? Value(MonthsDuration{months_between(*from, *to)}) : call.wrong();
}

constexpr BuiltinRow rows[] = {
    {"day of week", "date: any", "string", day_of_week},
    {"day of year", "date: any", "number", day_of_year},
    {"is", "value1: any, value2: any", "boolean", is},
    {"month of year", "date: any", "string", month_of_year},
    {"now", "", "date and time", now},
    {"today", "", "date", today},
    {"week of year", "date: any", "number", week_of_year},
    {"years and months duration", "from: any, to: any", "years and months duration", years_and_months},
};

}  // namespace

std::span<BuiltinRow const> temporal_builtins() {
    return rows;
}

}  // namespace tongban::rules::detail
