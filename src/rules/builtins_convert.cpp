// Conversions (DMN 1.5, table 71).
#include <algorithm>

#include "rules/builtins.h"
#include "rules/rules.h"
#include "rules/tree.h"

namespace tongban::rules::detail {

namespace {

template <class T>
Value read_or_trouble(Call& call, std::optional<T> const& out, std::string_view code) {
    return out ? Value(*out) : call.trouble(code);
}

Value date(Call& call) {
    if (call.count() == 1) {
        if (auto const moment = call.moment(0)) return Value(moment->day);
        auto const* text = call.string(0);
        return text == nullptr ? call.wrong()
                               : read_or_trouble(call, Date::read(*text), "date_does_not_exist");
    }
    std::int64_t parts[3];
    for (std::size_t i = 0; i < 3; ++i) {
        auto const part = call.whole(i);
        if (!part) return call.wrong();
        parts[i] = *part;
    }
    bool const sane = parts[1] >= 1 && parts[1] <= 12 && parts[2] >= 1 && parts[2] <= 31;
    auto const out =
        sane ? Date::of(parts[0], static_cast<int>(parts[1]), static_cast<int>(parts[2])) : std::nullopt;
    return read_or_trouble(call, out, "date_does_not_exist");
}

/// Hour, minute and second (with a fraction) as arguments from `first` on.
std::optional<Time> clock(Call& call, std::size_t first, Zone zone) {
    auto const hour = call.whole(first);
    auto const minute = hour ? call.whole(first + 1) : std::nullopt;
    auto const* second = minute ? call.number(first + 2) : nullptr;
    auto const whole = second == nullptr ? std::nullopt : second->truncated();
    if (!whole || second->is_negative()) return std::nullopt;
    auto const nanos = second->minus(Decimal::of(*whole))->times(Decimal::of(nanos_a_second))->truncated();
    bool const sane = *hour >= 0 && *hour < 24 && *minute >= 0 && *minute < 60 && *whole < 60;
    if (!sane) return std::nullopt;
    return Time::of(static_cast<int>(*hour), static_cast<int>(*minute), static_cast<int>(*whole),
                    nanos.value_or(0), zone);
}

/// An offset as a duration, or the name of a place; none for null.
std::optional<Zone> zone_of(Value const& value) {
    if (value.is_null()) return Zone{};
    if (auto const* name = value.string()) return Zone::read("@" + *name);
    auto const* ahead = value.days_duration();
    constexpr std::int64_t most = 14 * 3600;
    if (ahead == nullptr || ahead->nanos != 0 || ahead->seconds > most || ahead->seconds < -most)
        return std::nullopt;
    return Zone::offset(static_cast<std::int32_t>(ahead->seconds));
}

Value time(Call& call) {
    if (call.count() == 1) {
        auto const& from = call.value(0);
        if (auto const* same = from.time()) return Value(*same);
        if (auto const* moment = from.date_time()) return Value(moment->time);
        if (from.date() != nullptr) return Value(Time{0, Zone::offset(0)});
        auto const* text = call.string(0);
        return text == nullptr ? call.wrong()
                               : read_or_trouble(call, Time::read(*text), "time_does_not_exist");
    }
    auto const zone = zone_of(call.value(3));
    if (!zone) return call.trouble("types_do_not_fit");
    for (std::size_t i = 0; i < 3; ++i) {
        if (call.number(i) == nullptr) return call.wrong();
    }
    return read_or_trouble(call, clock(call, 0, *zone), "time_does_not_exist");
}

Value date_and_time_of_parts(Call& call) {
    for (std::size_t i = 0; i < 6; ++i) {
        if (call.number(i) == nullptr) return call.wrong();
    }
    auto const zone = zone_of(call.value(6));
    if (!zone) return call.trouble("types_do_not_fit");
    auto const year = call.whole(0), month = call.whole(1), day = call.whole(2);
    bool const sane = year && month && day && *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31;
    auto const date = sane ? Date::of(*year, static_cast<int>(*month), static_cast<int>(*day)) : std::nullopt;
    auto const time = clock(call, 3, *zone);
    if (!date || !time) return call.trouble("date_does_not_exist");
    return Value(DateTime{*date, *time});
}

Value date_and_time(Call& call) {
    if (call.count() > 2) return date_and_time_of_parts(call);
    if (call.count() == 2) {
        auto const day = call.moment(0);
        if (!day) return call.wrong();
        auto const* time = call.value(1).time();
        if (time == nullptr) return call.trouble(call.given(1) ? "types_do_not_fit" : "datum_is_missing");
        return Value(DateTime{day->day, *time});
    }
    if (auto const moment = call.moment(0)) return Value(*moment);
    auto const* text = call.string(0);
    return text == nullptr ? call.wrong()
                           : read_or_trouble(call, DateTime::read(*text), "date_does_not_exist");
}

Value duration(Call& call) {
    auto const& from = call.value(0);
    if (from.days_duration() != nullptr || from.months_duration() != nullptr) return from;
    auto const* text = call.string(0);
    if (text == nullptr) return call.wrong();
    return read_or_trouble(call, read_value(Type::days_duration, *text), "duration_is_malformed");
}

Value number(Call& call) {
    if (call.count() == 1 && call.value(0).number() != nullptr) return call.value(0);
    auto const* from = call.string(0);
    if (from == nullptr) return call.wrong();
    std::string marks[2];  // grouping, decimal
    for (std::size_t i = 1; i <= 2; ++i) {
        if (!call.given(i)) continue;
        auto const* mark = call.string(i);
        if (mark == nullptr) return call.wrong();
        bool const known = *mark == "." || *mark == "," || (i == 1 && *mark == " ");
        if (!known) return call.trouble("separator_is_not_known");
        marks[i - 1] = *mark;
    }
    if (!marks[0].empty() && marks[0] == (marks[1].empty() ? "." : marks[1]))
        return call.trouble("separator_is_not_known");
    std::string plain;
    for (char const c : *from) {
        if (!marks[0].empty() && c == marks[0][0]) continue;
        plain += !marks[1].empty() && c == marks[1][0] ? '.' : c == '.' && marks[1] == "," ? '!' : c;
    }
    if (plain.starts_with('+')) plain.erase(0, 1);
    return read_or_trouble(call, Decimal::read(plain), "number_is_malformed");
}

Value string(Call& call) {
    if (call.value(0).is_null()) return call.run.strict() ? call.trouble("datum_is_missing") : Value();
    auto out = feel_text(call.value(0));
    auto const size = static_cast<std::int64_t>(out.size());
    return call.run.spend(size / 64) && call.run.hold(size) ? Value(std::move(out)) : call.run.spent();
}

/// A literal end of a range; null where nothing is written.
std::optional<Value> end_of(std::string_view text, Budget const& budget) {
    auto const plain = trimmed(text);
    if (plain.empty()) return Value();
    auto const parsed = read(plain, Names(), budget);
    if (!parsed.expression) return std::nullopt;
    auto const& tree = parsed.expression->tree();
    auto const& root = tree.nodes[tree.root];
    bool const literal = root.op == Op::literal || root.op == Op::minus;
    if (!literal || (root.op == Op::minus && !root.constant)) return std::nullopt;
    return root.value;
}

std::optional<Range> range_from(std::string_view text, Budget const& budget) {
    if (text.size() < 4) return std::nullopt;
    char const open = text.front(), close = text.back();
    if ((open != '[' && open != '(' && open != ']') || (close != ']' && close != ')' && close != '['))
        return std::nullopt;
    text = text.substr(1, text.size() - 2);
    auto const dots = text.find("..");
    if (dots == std::string_view::npos) return std::nullopt;
    auto low = end_of(text.substr(0, dots), budget), high = end_of(text.substr(dots + 2), budget);
    if (!low || !high || (low->is_null() && high->is_null())) return std::nullopt;
    Range out;
    out.low_end = open == '[' ? Range::End::closed : Range::End::open;
    out.high_end = close == ']' ? Range::End::closed : Range::End::open;
    bool const bounded = !low->is_null() && !high->is_null();
    auto const found =
        bounded ? order(*low, *high) : order(low->is_null() ? *high : *low, low->is_null() ? *high : *low);
    // An end that is not there is open; both are of one kind and in this order.
    bool const closed_nothing = (low->is_null() && out.low_end == Range::End::closed) ||
                                (high->is_null() && out.high_end == Range::End::closed);
    if (!found || *found > 0 || closed_nothing) return std::nullopt;
    out.low = std::move(*low);
    out.high = std::move(*high);
    return out;
}

Value range(Call& call) {
    auto const* text = call.string(0);
    if (text == nullptr) return call.wrong();
    if (!call.run.spend(static_cast<std::int64_t>(text->size()))) return call.run.spent();
    return read_or_trouble(call, range_from(trimmed(*text), call.run.settings().budget),
                           "range_is_malformed");
}

constexpr BuiltinRow rows[] = {
    {"date", "from: any | year: number, month: number, day: number", "date", date},
    {"date and time",
     "from: any | date: any, time: any | year: number, month: number, day: number, hour: number, minute: "
     "number, "
     "second: number | year: number, month: number, day: number, hour: number, minute: number, second: "
     "number, "
     "offset: any | year: number, month: number, day: number, hour: number, minute: number, second: number, "
     "timezone: any",
     "date and time", date_and_time},
    {"duration", "from: any", "Any", duration},
    {"number", "from: any, [grouping separator]: string, [decimal separator]: string", "number", number},
    {"range", "from: string", "range", range},
    {"string", "from: any", "string", string},
    {"time", "from: any | hour: number, minute: number, second: number, [offset]: any", "time", time},
};

}  // namespace

std::span<BuiltinRow const> conversion_builtins() {
    return rows;
}

}  // namespace tongban::rules::detail
