// Sums and products of all kinds of values, and their members.
#include <algorithm>

#include "rules/evaluator.h"

namespace tongban::rules::detail {

namespace {

template <class T>
Value value_or_trouble(std::optional<T> const& out, Run& run, Place at) {
    if (out) return Value(*out);
    return run.trouble("number_is_out_of_range", at);
}

Value numbers(Op op, Decimal const& x, Decimal const& y, Run& run, Place at) {
    switch (op) {
        case Op::add:
            return value_or_trouble(x.plus(y), run, at);
        case Op::subtract:
            return value_or_trouble(x.minus(y), run, at);
        case Op::multiply:
            return value_or_trouble(x.times(y), run, at);
        case Op::divide:
            if (y.is_zero()) return run.trouble("division_by_zero", at);
            return value_or_trouble(x.over(y), run, at);
        default:
            if (!run.spend(50)) return run.spent();  // reckoned with many digits
            return value_or_trouble(x.power(y), run, at);
    }
}

DateTime midnight(Date day) {
    return DateTime{day, Time{0, Zone::offset(0)}};
}

Value texts(std::string const& a, std::string const& b, Run& run) {
    auto const size = static_cast<std::int64_t>(a.size() + b.size());
    if (!run.spend(size / 256) || !run.hold(size)) return run.spent();
    return Value(a + b);
}

/// A day plus or minus a length: the length counts from its midnight, and the day is what comes out.
Value moved(Value const& moment, Value const& length, Run& run, Place at) {
    if (auto const* day = moment.date()) {
        if (auto const* months = length.months_duration())
            return value_or_trouble(day->plus_months(months->months), run, at);
        auto const out = plus(DateTime{*day, {}}, *length.days_duration());
        return value_or_trouble(out ? std::optional(out->day) : std::nullopt, run, at);
    }
    if (auto const* time = moment.time()) return Value(plus(*time, *length.days_duration()));
    auto const& now = *moment.date_time();
    if (auto const* months = length.months_duration()) return value_or_trouble(plus(now, *months), run, at);
    return value_or_trouble(plus(now, *length.days_duration()), run, at);
}

bool is_moment(Value const& value) {
    return value.date() != nullptr || value.date_time() != nullptr;
}
bool is_length(Value const& value) {
    return value.days_duration() != nullptr || value.months_duration() != nullptr;
}
bool moves(Value const& moment, Value const& length) {
    return (is_moment(moment) && is_length(length)) ||
           (moment.time() != nullptr && length.days_duration() != nullptr);
}

Value negated(Value const& value) {
    if (auto const* months = value.months_duration()) return Value(MonthsDuration{-months->months});
    return Value(value.days_duration()->negated());
}

Value difference(Value const& a, Value const& b, Run& run, Place at) {
    std::optional<DaysDuration> out;
    if (a.time() != nullptr) {
        out = minus(*a.time(), *b.time());
    } else if (a.date() != nullptr && b.date() != nullptr) {
        out = DaysDuration{(a.date()->days - b.date()->days) * seconds_a_day, 0};
    } else {
        out = minus(a.date() != nullptr ? midnight(*a.date()) : *a.date_time(),
                    b.date() != nullptr ? midnight(*b.date()) : *b.date_time());
    }
    if (out) return Value(*out);
    return run.trouble("zone_is_missing", at, {}, {a, b});
}

Value lengths(Value const& a, Value const& b, Run& run, Place at) {
    if (auto const* months = a.months_duration()) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(months->months, b.months_duration()->months, &sum))
            return run.trouble("number_is_out_of_range", at);
        return Value(MonthsDuration{sum});
    }
    return value_or_trouble(plus(*a.days_duration(), *b.days_duration()), run, at);
}

Value sum(Op op, Value const& a, Value const& b, Run& run, Place at) {
    if (op == Op::add && a.string() != nullptr && b.string() != nullptr)
        return texts(*a.string(), *b.string(), run);
    if (a.type() == b.type() && is_length(a)) return lengths(a, op == Op::add ? b : negated(b), run, at);
    if (moves(a, b)) return moved(a, op == Op::add ? b : negated(b), run, at);
    if (op == Op::add && moves(b, a)) return moved(b, a, run, at);
    bool const apart = (is_moment(a) && is_moment(b)) || (a.time() != nullptr && b.time() != nullptr);
    if (op == Op::subtract && apart) return difference(a, b, run, at);
    return run.trouble("types_do_not_fit", at, {}, {a, b});
}

/// Seconds with their fraction, or months.
Decimal size_of(Value const& length) {
    if (auto const* months = length.months_duration()) return Decimal::of(months->months);
    auto const* days = length.days_duration();
    auto const nanos = Decimal::of(days->nanos).over(Decimal::of(nanos_a_second));
    return *Decimal::of(days->seconds).plus(*nanos);
}

/// Whole months, or seconds down to nanoseconds; what is below is cut off.
Value length_of(Decimal const& size, Value const& like, Run& run, Place at) {
    auto const whole = size.truncated();
    if (!whole) return run.trouble("number_is_out_of_range", at);
    if (like.months_duration() != nullptr) return Value(MonthsDuration{*whole});
    auto const rest = size.minus(Decimal::of(*whole))->times(Decimal::of(nanos_a_second));
    return Value(DaysDuration{*whole, static_cast<std::int32_t>(rest->truncated().value_or(0))});
}

Value product(Op op, Value const& a, Value const& b, Run& run, Place at) {
    Value const& length = is_length(a) ? a : b;
    Value const& other = is_length(a) ? b : a;
    if (op == Op::power || !is_length(length)) return run.trouble("types_do_not_fit", at, {}, {a, b});
    bool const ratio = op == Op::divide && a.type() == b.type();
    if (ratio) {
        if (size_of(b).is_zero()) return run.trouble("division_by_zero", at);
        return value_or_trouble(size_of(a).over(size_of(b)), run, at);
    }
    bool const fits = other.number() != nullptr && (op == Op::multiply || is_length(a));
    if (!fits) return run.trouble("types_do_not_fit", at, {}, {a, b});
    if (op == Op::divide && other.number()->is_zero()) return run.trouble("division_by_zero", at);
    auto const size =
        op == Op::multiply ? size_of(length).times(*other.number()) : size_of(length).over(*other.number());
    if (!size) return run.trouble("number_is_out_of_range", at);
    return length_of(*size, length, run, at);
}

}  // namespace

Value calculate(Op op, Value const& a, Value const& b, Run& run, Place at) {
    auto const *x = a.number(), *y = b.number();
    if (op == Op::minus) {
        if (x != nullptr) return Value(x->negated());
        if (is_length(a)) return negated(a);
        return run.trouble("types_do_not_fit", at, {}, {a});
    }
    if (x != nullptr && y != nullptr) return numbers(op, *x, *y, run, at);
    return op == Op::add || op == Op::subtract ? sum(op, a, b, run, at) : product(op, a, b, run, at);
}

namespace {

using Found = std::optional<Value>;

Value count(std::int64_t number) {
    return Value(Decimal::of(number));
}

Found day_member(Date day, std::string_view name) {
    auto const civil = day.civil();
    if (name == "year") return count(civil.year);
    if (name == "month") return count(civil.month);
    if (name == "day") return count(civil.day);
    if (name == "weekday") return count(day.weekday());
    return std::nullopt;
}

Found time_member(Time const& time, Date day, std::string_view name) {
    if (name == "hour") return count(time.hour());
    if (name == "minute") return count(time.minute());
    if (name == "second") return count(time.second());
    if (name == "time offset") {
        auto const ahead = time.zone.ahead(day, time.nanos);
        return ahead ? Value(DaysDuration{*ahead, 0}) : Value();
    }
    if (name == "timezone")
        return time.zone.kind == Zone::Kind::place ? Value(time.zone.place_name()) : Value();
    return std::nullopt;
}

Found length_member(Value const& length, std::string_view name) {
    if (auto const* months = length.months_duration()) {
        if (name == "years") return count(months->months / 12);
        if (name == "months") return count(months->months % 12);
        return std::nullopt;
    }
    auto const seconds = length.days_duration()->seconds;
    if (name == "days") return count(seconds / seconds_a_day);
    if (name == "hours") return count(seconds % seconds_a_day / 3600);
    if (name == "minutes") return count(seconds % 3600 / 60);
    if (name == "seconds") return count(seconds % 60);
    return std::nullopt;
}

Found range_member(Range const& range, std::string_view name) {
    if (name == "start") return range.low;
    if (name == "end") return range.high;
    if (name == "start included") return Value(range.low_end == Range::End::closed);
    if (name == "end included") return Value(range.high_end == Range::End::closed);
    return std::nullopt;
}

Found property(Value const& holder, std::string_view name) {
    if (auto const* day = holder.date()) return day_member(*day, name);
    if (auto const* time = holder.time()) return time_member(*time, Date{}, name);
    if (auto const* moment = holder.date_time()) {
        auto found = day_member(moment->day, name);
        return found ? found : time_member(moment->time, moment->day, name);
    }
    if (is_length(holder)) return length_member(holder, name);
    if (auto const* range = holder.range()) return range_member(*range, name);
    return std::nullopt;
}

}  // namespace

Value member_of(Value const& holder, std::string const& name, Run& run, Place at) {
    if (holder.is_null() || holder.is_undetermined()) return holder;
    if (auto const* context = holder.context()) {
        auto const* found = context->find(name);
        return found != nullptr ? *found : run.trouble("name_has_no_value", at, name);
    }
    if (auto const* list = holder.list()) {
        auto const size = static_cast<std::int64_t>(list->size());
        if (!run.spend(size) || !run.hold(size * static_cast<std::int64_t>(sizeof(Value))))
            return run.spent();
        List out;
        out.reserve(list->size());
        for (auto const& item : *list) {
            auto member = member_of(item, name, run, at);
            if (member.is_undetermined()) return member;
            out.push_back(std::move(member));
        }
        return Value(std::move(out));
    }
    auto found = property(holder, name);
    return found ? std::move(*found) : run.trouble("types_do_not_fit", at, name, {holder});
}

}  // namespace tongban::rules::detail
