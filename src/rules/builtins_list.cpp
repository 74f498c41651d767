// Functions of lists (DMN 1.5, table 75) and sort (table 79).
#include <algorithm>
#include <functional>

#include "rules/builtins.h"

namespace tongban::rules::detail {

namespace {

constexpr auto value_bytes = static_cast<std::int64_t>(sizeof(Value));

bool weigh(Call& call, std::size_t items) {
    auto const size = static_cast<std::int64_t>(items);
    return call.run.spend(1 + size / 4) && call.run.hold(size * value_bytes);
}

Value made(Call& call, List list) {
    return weigh(call, list.size()) ? Value(std::move(list)) : call.run.spent();
}

bool same(Call& call, Value const& a, Value const& b) {
    return compare_equal(a, b, call.run) == Equality::equal;
}

bool holds(Call& call, List const& list, Value const& item) {
    return std::any_of(list.begin(), list.end(), [&](Value const& one) { return same(call, one, item); });
}

/// The place a position names: from 1, or from -1 at the end; nothing outside.
std::optional<std::size_t> place(std::int64_t position, std::size_t size) {
    auto const count = static_cast<std::int64_t>(size);
    if (position > 0 && position <= count) return static_cast<std::size_t>(position - 1);
    if (position < 0 && -position <= count) return static_cast<std::size_t>(count + position);
    return std::nullopt;
}

Value list_contains(Call& call) {
    auto const* list = call.list(0);
    return list == nullptr ? call.wrong() : Value(holds(call, *list, call.value(1)));
}

Value count(Call& call) {
    auto const* list = call.list(0);
    return list == nullptr ? call.wrong() : Value(Decimal::of(static_cast<std::int64_t>(list->size())));
}

Value extreme(Call& call, bool greatest) {
    auto const* list = call.row();
    if (list == nullptr) return call.wrong();
    if (list->empty()) return {};
    Value out = list->front();
    if (list->size() == 1 && !order(out, out)) return call.trouble("types_do_not_fit");
    for (auto const& item : *list) {
        if (!call.run.spend(1)) return call.run.spent();
        auto const found = order(item, out);
        if (!found) return call.trouble(item.is_null() ? "datum_is_missing" : "types_do_not_fit");
        if (greatest ? *found > 0 : *found < 0) out = item;
    }
    return out;
}
Value min(Call& call) {
    return extreme(call, false);
}
Value max(Call& call) {
    return extreme(call, true);
}

/// Kleene's: one decisive item decides.
Value truths(Call& call, bool decisive) {
    auto const* list = call.row();
    if (list == nullptr) return call.wrong();
    bool missing = false, unfit = false;
    for (auto const& item : *list) {
        if (item.boolean() == nullptr)
            (item.is_null() ? missing : unfit) = true;
        else if (*item.boolean() == decisive)
            return Value(decisive);
    }
    if (unfit) return call.trouble("types_do_not_fit");
    return missing ? call.trouble("datum_is_missing") : Value(!decisive);
}
Value all(Call& call) {
    return truths(call, false);
}
Value any(Call& call) {
    return truths(call, true);
}

Value sublist(Call& call) {
    auto const* list = call.list(0);
    auto const from = list == nullptr ? std::nullopt : call.whole(1);
    if (!from) return call.wrong();
    auto const first = place(*from, list->size());
    if (!first) return call.trouble("position_is_outside");
    std::size_t length = list->size() - *first;
    if (call.given(2)) {
        auto const wanted = call.whole(2);
        if (!wanted) return call.wrong();
        if (*wanted < 1 || static_cast<std::size_t>(*wanted) > length)
            return call.trouble("position_is_outside");
        length = static_cast<std::size_t>(*wanted);
    }
    auto const begin = list->begin() + static_cast<std::ptrdiff_t>(*first);
    return made(call, List(begin, begin + static_cast<std::ptrdiff_t>(length)));
}

Value append(Call& call) {
    auto const* list = call.list(0);
    if (list == nullptr) return call.wrong();
    if (!weigh(call, list->size())) return call.run.spent();
    List out = *list;
    out.insert(out.end(), call.all().begin() + 1, call.all().end());
    return made(call, std::move(out));
}

Value concatenate(Call& call) {
    List out;
    for (std::size_t i = 0; i < call.count(); ++i) {
        auto const* list = call.list(i);
        if (list == nullptr) return call.wrong();
        if (!weigh(call, list->size())) return call.run.spent();
        out.insert(out.end(), list->begin(), list->end());
    }
    return Value(std::move(out));
}

/// A copy of the list, changed at the place that the second argument names.
template <class Change>
Value changed_at(Call& call, Change const& change) {
    auto const* list = call.list(0);
    auto const position = list == nullptr ? std::nullopt : call.whole(1);
    if (!position) return call.wrong();
    auto const found = place(*position, list->size());
    if (!found) return call.trouble("position_is_outside");
    if (!weigh(call, list->size())) return call.run.spent();
    List out = *list;
    change(out, out.begin() + static_cast<std::ptrdiff_t>(*found));
    return Value(std::move(out));
}

Value insert_before(Call& call) {
    return changed_at(call, [&](List& list, auto at) { list.insert(at, call.value(2)); });
}

Value remove(Call& call) {
    return changed_at(call, [](List& list, auto at) { list.erase(at); });
}

/// Every item for which the function says true.
Value replace_matching(Call& call, List const& list, Function const& matches) {
    if (!matches.checks_arguments() && matches.parameters().size() != 2)
        return call.trouble("function_has_wrong_arguments");
    List out;
    for (auto const& item : list) {
        auto const held = rules::call(matches, {item, call.value(2)}, call.run, call.at);
        if (held.is_undetermined()) return held;
        if (held.boolean() == nullptr) return call.trouble("types_do_not_fit");
        out.push_back(held.is_true() ? call.value(2) : item);
    }
    return made(call, std::move(out));
}

Value list_replace(Call& call) {
    auto const* list = call.list(0);
    if (list == nullptr) return call.wrong();
    if (auto const* matches = call.value(1).function()) return replace_matching(call, *list, *matches);
    return changed_at(call, [&](List&, auto at) { *at = call.value(2); });
}

Value reverse(Call& call) {
    auto const* list = call.list(0);
    return list == nullptr ? call.wrong() : made(call, List(list->rbegin(), list->rend()));
}

Value index_of(Call& call) {
    auto const* list = call.list(0);
    if (list == nullptr) return call.wrong();
    List out;
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (same(call, (*list)[i], call.value(1)))
            out.emplace_back(Decimal::of(static_cast<std::int64_t>(i) + 1));
    }
    return made(call, std::move(out));
}

Value distinct(Call& call, List const& list) {
    List out;
    for (auto const& item : list) {
        if (call.run.exhausted()) return call.run.spent();
        if (!holds(call, out, item)) out.push_back(item);
    }
    return made(call, std::move(out));
}

Value union_of(Call& call) {
    auto const all = concatenate(call);
    return all.list() == nullptr ? all : distinct(call, *all.list());
}

Value distinct_values(Call& call) {
    auto const* list = call.list(0);
    return list == nullptr ? call.wrong() : distinct(call, *list);
}

Value duplicate_values(Call& call) {
    auto const* list = call.list(0);
    if (list == nullptr) return call.wrong();
    List once, twice;
    for (auto const& item : *list) {
        if (call.run.exhausted()) return call.run.spent();
        if (!holds(call, once, item))
            once.push_back(item);
        else if (!holds(call, twice, item))
            twice.push_back(item);
    }
    return made(call, std::move(twice));
}

bool flatten_into(Call& call, List const& from, List& out) {
    for (auto const& item : from) {
        if (!call.run.spend(1) || !call.run.hold(value_bytes)) return false;
        if (item.list() == nullptr)
            out.push_back(item);
        else if (!flatten_into(call, *item.list(), out))
            return false;
    }
    return true;
}

Value flatten(Call& call) {
    auto const* list = call.list(0);
    if (list == nullptr) return call.wrong();
    List out;
    return flatten_into(call, *list, out) ? Value(std::move(out)) : call.run.spent();
}

/// Merges; `precedes` may be any function, so no standard algorithm may trust it.
class Sorting {
public:
    Sorting(Call& call, Function const* precedes) : call_(call), precedes_(precedes) {}

    std::optional<Value> run(List& list) {
        List room(list.size());
        for (std::size_t width = 1; width < list.size() && !trouble_; width *= 2) {
            for (std::size_t low = 0; low < list.size() && !trouble_; low += 2 * width)
                merge(list, room, low, std::min(low + width, list.size()),
                      std::min(low + 2 * width, list.size()));
            std::swap(list, room);
        }
        return trouble_;
    }

private:
    void merge(List const& from, List& to, std::size_t low, std::size_t middle, std::size_t high) {
        std::size_t a = low, b = middle;
        for (std::size_t i = low; i < high && !trouble_; ++i) {
            bool const second = a == middle || (b < high && precedes(from[b], from[a]));
            to[i] = from[second ? b++ : a++];
        }
    }
    bool precedes(Value const& a, Value const& b) {
        if (!call_.run.spend(1)) return fail(call_.run.spent());
        if (precedes_ == nullptr) {
            auto const found = order(a, b);
            return found ? *found < 0 : fail(call_.trouble("types_do_not_fit"));
        }
        auto const held = rules::call(*precedes_, {a, b}, call_.run, call_.at);
        if (held.is_undetermined()) return fail(held);
        return held.boolean() != nullptr ? *held.boolean() : fail(call_.trouble("types_do_not_fit"));
    }
    bool fail(Value trouble) {
        trouble_ = std::move(trouble);
        return false;
    }
    Call& call_;
    Function const* precedes_;
    std::optional<Value> trouble_;
};

Value sort(Call& call) {
    auto const* list = call.list(0);
    if (list == nullptr) return call.wrong();
    auto const* precedes = call.given(1) ? call.function(1) : nullptr;
    if (call.count() > 1 && precedes == nullptr) return call.wrong();
    if (!weigh(call, list->size() * 2)) return call.run.spent();
    List out = *list;
    auto trouble = Sorting(call, precedes).run(out);
    return trouble ? std::move(*trouble) : Value(std::move(out));
}

constexpr BuiltinRow rows[] = {
    {"all", "list: any | list...: any", "boolean", all},
    {"any", "list: any | list...: any", "boolean", any},
    {"append", "list: any, item...: any", "list", append},
    {"concatenate", "list...: any", "list", concatenate},
    {"count", "list: list", "number", count},
    {"distinct values", "list: list", "list", distinct_values},
    {"duplicate values", "list: list", "list", duplicate_values},
    {"flatten", "list: list", "list", flatten},
    {"index of", "list: list, match: any", "list", index_of},
    {"insert before", "list: list, position: number, newItem: any", "list", insert_before},
    {"list contains", "list: list, element: any", "boolean", list_contains},
    {"list replace", "list: list, position: any, newItem: any | list: list, match: any, newItem: any", "list",
     list_replace},
    {"max", "list: any | list...: any", "Any", max},
    {"min", "list: any | list...: any", "Any", min},
    {"remove", "list: list, position: number", "list", remove},
    {"reverse", "list: list", "list", reverse},
    {"sort", "list: list, [precedes]: function", "list", sort},
    {"sublist", "list: list, start position: number, [length]: number", "list", sublist},
    {"union", "list...: any", "list", union_of},
};

}  // namespace

std::span<BuiltinRow const> list_builtins() {
    return rows;
}

}  // namespace tongban::rules::detail
