// Functions of contexts (DMN 1.5, table 81).
#include <algorithm>

#include "rules/builtins.h"

namespace tongban::rules::detail {

namespace {

/// Names are sought one after the other, so large contexts cost accordingly.
bool weigh(Call& call, std::size_t entries) {
    auto const size = static_cast<std::int64_t>(entries);
    return call.run.spend(1 + size / 16) &&
           call.run.hold(size * 2 * static_cast<std::int64_t>(sizeof(Value)));
}

Value get_value(Call& call) {
    auto const* context = call.context(0);
    if (context == nullptr) return call.wrong();
    Value const* found = nullptr;
    if (auto const* keys = call.value(1).list()) {
        Value at = call.value(0);
        for (auto const& key : *keys) {
            auto const* inner = at.context();
            if (inner == nullptr || key.string() == nullptr) return call.trouble("types_do_not_fit");
            found = inner->find(*key.string());
            if (found == nullptr) return {};
            at = Value(*found);
        }
        return keys->empty() ? Value() : at;
    }
    auto const* key = call.string(1);
    if (key == nullptr) return call.wrong();
    found = context->find(*key);
    return found == nullptr ? Value() : *found;
}

Value get_entries(Call& call) {
    auto const* context = call.context(0);
    if (context == nullptr) return call.wrong();
    if (!weigh(call, context->entries().size() * 3)) return call.run.spent();
    List out;
    for (auto const& [name, value] : context->entries())
        out.emplace_back(Context().put("key", Value(name)).put("value", value));
    return Value(std::move(out));
}

Value context_of(Call& call) {
    auto const* entries = call.list(0);
    if (entries == nullptr) return call.wrong();
    Context out;
    for (auto const& entry : *entries) {
        auto const* pair = entry.context();
        auto const* key = pair == nullptr ? nullptr : pair->find("key");
        auto const* value = pair == nullptr ? nullptr : pair->find("value");
        if (key == nullptr || value == nullptr || key->string() == nullptr)
            return call.trouble("types_do_not_fit");
        if (!weigh(call, out.entries().size())) return call.run.spent();
        if (out.find(*key->string()) != nullptr) return call.trouble("name_is_there_twice");
        out.put(*key->string(), *value);
    }
    return Value(std::move(out));
}

/// Along the keys; each but the last must lead to a context.
std::optional<Context> put_along(Call& call, Context const& into, std::span<Value const> keys,
                                 Value const& value) {
    auto const* key = keys.front().string();
    if (key == nullptr || !weigh(call, into.entries().size())) return std::nullopt;
    Context out = into;
    if (keys.size() == 1) {
        out.put(*key, value);
        return out;
    }
    auto const* found = into.find(*key);
    if (found == nullptr || found->context() == nullptr) return std::nullopt;
    auto inner = put_along(call, *found->context(), keys.subspan(1), value);
    if (!inner) return std::nullopt;
    out.put(*key, Value(std::move(*inner)));
    return out;
}

Value context_put(Call& call) {
    auto const* context = call.context(0);
    if (context == nullptr) return call.wrong();
    std::span<Value const> keys(&call.value(1), 1);
    constexpr std::size_t keys_most = 64;
    if (auto const* list = call.value(1).list()) keys = *list;
    if (call.value(1).is_null() || keys.empty()) return call.trouble("datum_is_missing");
    if (keys.size() > keys_most) return call.trouble("types_do_not_fit");
    auto out = put_along(call, *context, keys, call.value(2));
    if (call.run.exhausted()) return call.run.spent();
    return out ? Value(std::move(*out)) : call.trouble("types_do_not_fit");
}

Value context_merge(Call& call) {
    auto const* contexts = call.list(0);
    if (contexts == nullptr) return call.wrong();
    Context out;
    for (auto const& one : *contexts) {
        if (one.context() == nullptr) return call.trouble("types_do_not_fit");
        for (auto const& [name, value] : one.context()->entries()) {
            if (!weigh(call, out.entries().size())) return call.run.spent();
            out.put(name, value);
        }
    }
    return Value(std::move(out));
}

constexpr BuiltinRow rows[] = {
    {"context", "entries: any", "context", context_of},
    {"context merge", "contexts: any", "context", context_merge},
    {"context put", "context: context, key: any, value: any | context: context, keys: any, value: any",
     "context", context_put},
    {"get entries", "m: context", "list", get_entries},
    {"get value", "m: context, key: any | context: context, keys: any", "Any", get_value},
};

}  // namespace

std::span<BuiltinRow const> context_builtins() {
    return rows;
}

}  // namespace tongban::rules::detail
