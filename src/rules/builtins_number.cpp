// Functions of numbers (DMN 1.5, table 76) and booleans.
#include "rules/builtins.h"

namespace tongban::rules::detail {

namespace {

Value number_or_trouble(Call& call, std::optional<Decimal> const& out) {
    return out ? Value(*out) : call.trouble("number_is_out_of_range");
}

/// Scales are exponents of decimal128, turned round.
Value rounded(Call& call, Rounding mode) {
    auto const* number = call.number(0);
    if (number == nullptr) return call.wrong();
    if (call.count() < 2) return number_or_trouble(call, number->rounded_to(0, mode));
    auto const scale = call.whole(1);
    if (!scale) return call.wrong();
    if (*scale < -6111 || *scale > 6176) return call.trouble("number_is_out_of_range");
    return number_or_trouble(call, number->rounded_to(static_cast<int>(*scale), mode));
}

Value decimal(Call& call) {
    return rounded(call, Rounding::half_even);
}
Value floor(Call& call) {
    return rounded(call, Rounding::floor);
}
Value ceiling(Call& call) {
    return rounded(call, Rounding::ceiling);
}
Value round_up(Call& call) {
    return rounded(call, Rounding::up);
}
Value round_down(Call& call) {
    return rounded(call, Rounding::down);
}
Value round_half_up(Call& call) {
    return rounded(call, Rounding::half_up);
}
Value round_half_down(Call& call) {
    return rounded(call, Rounding::half_down);
}

Value abs(Call& call) {
    if (auto const* days = call.value(0).days_duration())
        return Value(days->seconds < 0 || days->nanos < 0 ? days->negated() : *days);
    if (auto const* months = call.value(0).months_duration())
        return Value(MonthsDuration{months->months < 0 ? -months->months : months->months});
    auto const* number = call.number(0);
    return number == nullptr ? call.wrong() : Value(number->magnitude());
}

Value modulo(Call& call) {
    auto const *dividend = call.number(0), *divisor = dividend == nullptr ? nullptr : call.number(1);
    if (divisor == nullptr) return call.wrong();
    if (divisor->is_zero()) return call.trouble("division_by_zero");
    if (!call.run.spend(50)) return call.run.spent();
    return number_or_trouble(call, dividend->modulo(*divisor));
}

Value reckoned(Call& call, std::optional<Decimal> (Decimal::*function)() const) {
    auto const* number = call.number(0);
    if (number == nullptr) return call.wrong();
    if (!call.run.spend(50)) return call.run.spent();  // with many digits
    return number_or_trouble(call, (number->*function)());
}

Value sqrt(Call& call) {
    return reckoned(call, &Decimal::square_root);
}
Value log(Call& call) {
    return reckoned(call, &Decimal::logarithm);
}
Value exp(Call& call) {
    return reckoned(call, &Decimal::exponential);
}

Value parity(Call& call, bool odd) {
    auto const* number = call.number(0);
    if (number == nullptr) return call.wrong();
    if (!number->is_whole()) return call.trouble("types_do_not_fit");
    auto const rest = number->modulo(Decimal::of(2));
    return Value(rest->is_zero() != odd);
}
Value odd(Call& call) {
    return parity(call, true);
}
Value even(Call& call) {
    return parity(call, false);
}

/// Only as a value: the parser makes an operation of `not(…)`.
Value negation(Call& call) {
    auto const* truth = call.boolean(0);
    return truth == nullptr ? call.wrong() : Value(!*truth);
}

constexpr BuiltinRow rows[] = {
    {"abs", "n: any", "Any", abs},
    {"ceiling", "n: number, [scale]: number", "number", ceiling},
    {"decimal", "n: number, scale: number", "number", decimal},
    {"even", "number: number", "boolean", even},
    {"exp", "number: number", "number", exp},
    {"floor", "n: number, [scale]: number", "number", floor},
    {"log", "number: number", "number", log},
    {"modulo", "dividend: number, divisor: number", "number", modulo},
    {"not", "negand: boolean", "boolean", negation},
    {"odd", "number: number", "boolean", odd},
    {"round down", "n: number, scale: number", "number", round_down},
    {"round half down", "n: number, scale: number", "number", round_half_down},
    {"round half up", "n: number, scale: number", "number", round_half_up},
    {"round up", "n: number, scale: number", "number", round_up},
    {"sqrt", "number: number", "number", sqrt},
};

}  // namespace

std::span<BuiltinRow const> number_builtins() {
    return rows;
}

}  // namespace tongban::rules::detail
