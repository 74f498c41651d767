// Sums and averages of lists of numbers (DMN 1.5, table 75).
#include <algorithm>

#include "rules/builtins.h"

namespace tongban::rules::detail {

namespace {

/// The row as numbers; the trouble instead where something else is among them.
struct Numbers {
    std::vector<Decimal> all;
    std::optional<Value> trouble;
};

Numbers numbers_of(Call& call) {
    Numbers out;
    auto const* list = call.row();
    if (list == nullptr) return {{}, call.wrong()};
    if (!call.run.spend(static_cast<std::int64_t>(list->size()))) return {{}, call.run.spent()};
    for (auto const& item : *list) {
        if (item.number() == nullptr)
            return {{}, call.trouble(item.is_null() ? "datum_is_missing" : "types_do_not_fit")};
        out.all.push_back(*item.number());
    }
    return out;
}

std::optional<Decimal> sum_of(std::vector<Decimal> const& all) {
    std::optional<Decimal> out = Decimal{};
    for (auto const& one : all) {
        if (out) out = out->plus(one);
    }
    return out;
}

std::optional<Decimal> mean_of(std::vector<Decimal> const& all) {
    auto const total = sum_of(all);
    return total ? total->over(Decimal::of(static_cast<std::int64_t>(all.size()))) : std::nullopt;
}

Value number_or_trouble(Call& call, std::optional<Decimal> const& out) {
    return out ? Value(*out) : call.trouble("number_is_out_of_range");
}

/// Durations add up too.
Value sum(Call& call) {
    auto const* list = call.row();
    if (list != nullptr && !list->empty() &&
        (list->front().days_duration() != nullptr || list->front().months_duration() != nullptr))
        return call.trouble("types_do_not_fit");
    auto const numbers = numbers_of(call);
    if (numbers.trouble) return *numbers.trouble;
    if (numbers.all.empty()) return {};
    return number_or_trouble(call, sum_of(numbers.all));
}

Value product(Call& call) {
    auto const numbers = numbers_of(call);
    if (numbers.trouble) return *numbers.trouble;
    if (numbers.all.empty()) return {};
    std::optional<Decimal> out = Decimal::of(1);
    for (auto const& one : numbers.all) {
        if (out) out = out->times(one);
    }
    return number_or_trouble(call, out);
}

Value mean(Call& call) {
    auto const numbers = numbers_of(call);
    if (numbers.trouble) return *numbers.trouble;
    if (numbers.all.empty()) return {};
    return number_or_trouble(call, mean_of(numbers.all));
}

Value median(Call& call) {
    auto numbers = numbers_of(call);
    if (numbers.trouble) return *numbers.trouble;
    auto& all = numbers.all;
    if (all.empty()) return {};
    std::sort(all.begin(), all.end());
    std::size_t const middle = all.size() / 2;
    if (all.size() % 2 == 1) return Value(all[middle]);
    auto const total = all[middle - 1].plus(all[middle]);
    return number_or_trouble(call, total ? total->over(Decimal::of(2)) : std::nullopt);
}

/// Of a sample: divided by one less than there are.
Value stddev(Call& call) {
    auto const numbers = numbers_of(call);
    if (numbers.trouble) return *numbers.trouble;
    if (numbers.all.size() < 2) return numbers.all.empty() ? Value() : call.trouble("list_is_too_short");
    auto const middle = mean_of(numbers.all);
    std::optional<Decimal> squares = Decimal{};
    for (auto const& one : numbers.all) {
        auto const off = middle ? one.minus(*middle) : std::nullopt;
        auto const square = off ? off->times(*off) : std::nullopt;
        squares = squares && square ? squares->plus(*square) : std::nullopt;
    }
    if (!squares) return call.trouble("number_is_out_of_range");
    auto const variance = squares->over(Decimal::of(static_cast<std::int64_t>(numbers.all.size()) - 1));
    return number_or_trouble(call, variance ? variance->square_root() : std::nullopt);
}

/// The most frequent, ascending.
Value mode(Call& call) {
    auto numbers = numbers_of(call);
    if (numbers.trouble) return *numbers.trouble;
    auto& all = numbers.all;
    std::sort(all.begin(), all.end());
    std::size_t most = 0;
    List out;
    for (std::size_t i = 0; i < all.size();) {
        std::size_t next = i;
        while (next < all.size() && all[next] == all[i]) ++next;
        if (next - i > most) {
            most = next - i;
            out.clear();
        }
        if (next - i == most) out.emplace_back(all[i]);
        i = next;
    }
    return Value(std::move(out));
}

constexpr BuiltinRow rows[] = {
    {"mean", "list: any | list...: any", "number", mean},
    {"median", "list: any | list...: any", "number", median},
    {"mode", "list: any | list...: any", "list", mode},
    {"product", "list: any | list...: any", "number", product},
    {"stddev", "list: any | list...: any", "number", stddev},
    {"sum", "list: any | list...: any", "number", sum},
};

}  // namespace

std::span<BuiltinRow const> statistics_builtins() {
    return rows;
}

}  // namespace tongban::rules::detail
