#include <algorithm>
#include <array>

#include "rules/builtins.h"
#include "rules/evaluator.h"

namespace tongban::rules::detail {

class Evaluator::Dive {
public:
    explicit Dive(Run& run) : run_(run), deep_(run.dive()) {}
    ~Dive() { run_.rise(); }
    Dive(Dive const&) = delete;
    Dive& operator=(Dive const&) = delete;
    explicit operator bool() const { return deep_; }

private:
    Run& run_;
    bool deep_;
};

/// Where the value lies, if it needs no work.
Value const* Evaluator::standing(Node const& node) {
    if (node.op == Op::literal || node.constant) return &node.value;
    if (node.keys.count != 0) return nullptr;
    Value const* found = nullptr;
    if (node.op == Op::name) found = &frame_->at(node.slot);
    if (node.op == Op::local) found = &local(node.slot);
    return found != nullptr && !found->is_unset() ? found : nullptr;
}

Value const& Evaluator::seen(Index index, Value& room) {
    Node const& node = tree_.nodes[index];
    // What is local may move when locals grow, so it is copied.
    auto const* found = node.op == Op::local ? nullptr : standing(node);
    if (found != nullptr) return run_.spend(1) ? *found : (room = run_.spent());
    return room = of(index);
}

Value Evaluator::of(Index index) {
    Node const& node = tree_.nodes[index];
    if (!run_.spend(1)) return run_.spent();
    if (auto const* found = standing(node)) return *found;
    Dive const dive(run_);
    if (!dive) return run_.spent();
    auto out = inner(node);
    bool const holds = out.type() == Type::list || out.type() == Type::context;
    return holds && !run_.bears(out) ? run_.spent() : out;
}

Value Evaluator::inner(Node const& node) {
    Value room;
    switch (node.op) {
        case Op::literal:
            return node.value;
        case Op::list:
            return list(node);
        case Op::name:
        case Op::local:
            return named(node);
        case Op::all_of:
        case Op::any_of:
            return joined(node);
        case Op::negation:
            return negation(node);
        case Op::equal:
            return equality(tree_.arg(node, 0), tree_.arg(node, 1), node.at);
        case Op::not_equal: {
            auto const out = equality(tree_.arg(node, 0), tree_.arg(node, 1), node.at);
            return out.boolean() == nullptr ? out : Value(!*out.boolean());
        }
        case Op::less:
        case Op::at_most:
        case Op::greater:
        case Op::at_least:
            return ordering(node);
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::power:
        case Op::minus:
            return calculated(node);
        case Op::choose:
            return choice(node);
        case Op::between:
            return within(needed(tree_.arg(node, 0), room), ">=", "<=", node, 1);
        case Op::in:
            return membership(node);
        case Op::call:
            return call(node);
        default:
            return part(node);
    }
}

Value Evaluator::calculated(Node const& node) {
    Value room, other;
    auto const& a = needed(tree_.arg(node, 0), room);
    if (a.is_undetermined() || a.is_null()) return a;
    if (node.op == Op::minus) return calculate(Op::minus, a, a, run_, node.at);
    auto const& b = needed(tree_.arg(node, 1), other);
    if (b.is_undetermined() || b.is_null()) return b;
    return calculate(node.op, a, b, run_, node.at);
}

/// What is made of parts: ranges, contexts, filters, iterations, functions.
Value Evaluator::part(Node const& node) {
    Value room;
    switch (node.op) {
        case Op::late:
            return late(node);
        case Op::nothing:
            return run_.trouble(node.word, node.at, tree_.key(node, 0));
        case Op::member:
            return of(tree_.arg(node, 0));
        case Op::test:
        case Op::range:
            return range(node);
        case Op::context:
            return context(node);
        case Op::path: {
            auto const& holder = seen(tree_.arg(node, 0), room);
            return holder.is_undetermined() ? holder : member_of(holder, node.word, run_, node.at);
        }
        case Op::filter:
            return filter(node);
        case Op::loop:
            return loop(node);
        case Op::some:
        case Op::every:
            return quantified(node);
        case Op::function:
        case Op::external:
            return function(node);
        case Op::invoke:
        case Op::invoke_named:
            return invoke(node);
        case Op::instance_of:
            return instance(node);
        default:
            return run_.trouble("types_do_not_fit", node.at);
    }
}

Value Evaluator::range(Node const& node) {
    auto low = of(tree_.arg(node, 0));
    if (low.is_undetermined()) return low;
    if (node.op == Op::test) return Value(range_of(node.word, std::move(low)));
    auto high = of(tree_.arg(node, 1));
    if (high.is_undetermined()) return high;
    return Value(range_of(node.word, std::move(low), std::move(high)));
}

Value Evaluator::instance(Node const& node) {
    Value room;
    auto const& value = seen(tree_.arg(node, 0), room);
    if (value.is_undetermined()) return value;
    bool const is = is_instance(value, tree_.types[node.extra], run_);
    return run_.exhausted() ? run_.spent() : Value(is);
}

/// The value of a part; null is a missing datum here.
Value const& Evaluator::needed(Index index, Value& room) {
    auto const& out = seen(index, room);
    if (!out.is_null()) return out;
    Node const& node = tree_.nodes[index];
    return room = run_.trouble("datum_is_missing", node.at, node.op == Op::nothing ? "" : node.word);
}

Value const& Evaluator::needed(Index index, Type type, Value& room) {
    auto const& out = needed(index, room);
    if (out.type() == type || out.is_undetermined() || out.is_null()) return out;
    Node const& node = tree_.nodes[index];
    return room = run_.trouble("types_do_not_fit", node.at, node.word, {out});
}

Value Evaluator::list(Node const& node) {
    List out;
    out.reserve(node.args.count);
    for (std::size_t i = 0; i < node.args.count; ++i) {
        auto item = of(tree_.arg(node, i));
        if (item.is_undetermined()) return item;
        out.push_back(std::move(item));
    }
    if (!run_.hold(static_cast<std::int64_t>(out.size() * sizeof(Value)))) return run_.spent();
    return Value(std::move(out));
}

Value Evaluator::named(Node const& node) {
    static Value const unset = Value::unset();
    Value const& root = node.op == Op::local ? local(node.slot)
                        : frame_ != nullptr  ? frame_->at(node.slot)
                                             : unset;
    if (root.is_unset()) return run_.trouble("name_has_no_value", node.at, node.word);
    if (root.is_undetermined()) return root;
    return members(root, node, 0);
}

Value Evaluator::members(Value value, Node const& node, std::size_t from) {
    for (std::size_t i = from; i < node.keys.count; ++i) {
        if (value.is_null()) return value;
        auto const& name = tree_.key(node, i);
        if (auto const* context = value.context()) {
            auto const* found = context->find(name);
            if (found == nullptr) return run_.trouble("name_has_no_value", node.at, node.word);
            value = Value(*found);
            continue;
        }
        value = member_of(value, name, run_, node.at);
        if (value.is_undetermined()) {
            Reason reason = *value.reason();
            reason.name = node.word;
            return Value::undetermined(std::move(reason));
        }
    }
    return value;
}

/// A member of the innermost item that has it, else what the name means outside.
Value Evaluator::late(Node const& node) {
    auto const& name = tree_.key(node, 0);
    for (std::size_t i = 0; i < node.slot; ++i) {
        Value const item = local(tree_.indexes[node.extra + 1 + i]);
        auto const* context = item.context();
        auto const* found = context == nullptr ? nullptr : context->find(name);
        if (found != nullptr) return found->is_undetermined() ? *found : members(*found, node, 1);
        if (context == nullptr && !item.is_null() && !item.is_undetermined() && node.args.count == 0 &&
            item.type() != Type::list) {
            auto const property = member_of(item, name, run_, node.at);
            if (!property.is_null() && !property.is_undetermined()) return property;
        }
    }
    if (node.args.count != 0) {
        auto out = of(tree_.arg(node, 0));
        return out.is_undetermined() ? out : members(std::move(out), node, tree_.indexes[node.extra]);
    }
    return run_.trouble("name_has_no_value", node.at, node.word);
}

/// Kleene's and, and or: one decisive part decides whatever the others are.
Value Evaluator::joined(Node const& node) {
    bool const decisive = node.op == Op::any_of;
    Value out(!decisive), room;
    for (std::size_t i = 0; i < node.args.count; ++i) {
        auto const& part = needed(tree_.arg(node, i), Type::boolean, room);
        if (part.boolean() != nullptr && *part.boolean() == decisive) return part;
        if (part.boolean() == nullptr && out.boolean() != nullptr) out = part;
    }
    return out;
}

Value Evaluator::negation(Node const& node) {
    Value room;
    auto const& part = needed(tree_.arg(node, 0), Type::boolean, room);
    return part.boolean() == nullptr ? part : Value(!*part.boolean());
}

bool Evaluator::is_null_literal(Index index) const {
    Node const& node = tree_.nodes[index];
    return node.op == Op::literal && node.value.is_null();
}

/// Comparing with the word `null` asks whether there is a value; otherwise, in the strict profile, null is a
/// missing datum.
Value Evaluator::equality(Index left, Index right, Place at) {
    Value room, other;
    if (is_null_literal(left) || is_null_literal(right)) {
        auto const& asked = seen(is_null_literal(right) ? left : right, room);
        return asked.is_undetermined() ? asked : Value(asked.is_null());
    }
    auto const& a = run_.strict() ? needed(left, room) : seen(left, room);
    if (a.is_undetermined()) return a;
    auto const& b = run_.strict() ? needed(right, other) : seen(right, other);
    return equal(a, b, run_, at);
}

Value Evaluator::compare(Value const& a, std::string_view by, Value const& b, Place at) {
    if (a.is_undetermined() || a.is_null()) return a;
    if (b.is_undetermined() || b.is_null()) return b;
    auto const found = order(a, b);
    if (!found) return run_.trouble("types_do_not_fit", at, {}, {a, b});
    if (by == "<") return Value(*found < 0);
    if (by == "<=") return Value(*found <= 0);
    return Value(by == ">" ? *found > 0 : *found >= 0);
}

Value Evaluator::ordering(Node const& node) {
    Value room, other;
    auto const& a = needed(tree_.arg(node, 0), room);
    if (a.is_undetermined() || a.is_null()) return a;
    auto const& b = needed(tree_.arg(node, 1), other);
    return compare(a, to_text(node.op), b, node.at);
}

/// Both must hold; one that does not decides even if the other is not known.
Value Evaluator::within(Value const& what, std::string_view low, std::string_view high, Node const& node,
                        std::size_t first) {
    Value room;
    auto above = compare(what, low, needed(tree_.arg(node, first), room), node.at);
    if (above.is_false()) return above;
    auto below = compare(what, high, needed(tree_.arg(node, first + 1), room), node.at);
    if (below.is_false()) return below;
    return above.is_true() ? below : above;
}

Value Evaluator::membership(Node const& node) {
    Value out(false);
    for (std::size_t i = 1; i < node.args.count; ++i) {
        auto held = test(tree_.arg(node, 0), tree_.nodes[tree_.arg(node, i)]);
        if (held.is_true()) return held;
        if (held.boolean() == nullptr && out.boolean() != nullptr) out = std::move(held);
    }
    return out;
}

Value Evaluator::test(Index what, Node const& node) {
    if (!run_.spend(1)) return run_.spent();
    Value room, other;
    if (node.op == Op::range) {
        auto const& value = needed(what, room);
        return within(value, node.word[0] == '[' ? ">=" : ">", node.word[1] == ']' ? "<=" : "<", node, 0);
    }
    Index const arg = tree_.arg(node, 0);
    if (node.op == Op::test) {
        if (node.word != "=" && node.word != "!=")
            return compare(needed(what, room), node.word, needed(arg, other), node.at);
        auto const out = equality(what, arg, node.at);
        return out.boolean() != nullptr && node.word == "!=" ? Value(!*out.boolean()) : out;
    }
    if (is_null_literal(arg)) return equality(what, arg, node.at);
    auto const& sought = needed(what, room);
    if (sought.is_undetermined() || sought.is_null()) return sought;
    auto const& holder = needed(arg, other);
    if (holder.is_undetermined() || holder.is_null()) return holder;
    return among(sought, holder, run_, node.at);
}

Value Evaluator::choice(Node const& node) {
    Value room;
    auto const& condition = needed(tree_.arg(node, 0), Type::boolean, room);
    if (condition.is_undetermined()) return condition;
    return of(tree_.arg(node, condition.is_true() ? 1 : 2));
}

Value Evaluator::call(Node const& node) {
    constexpr std::size_t few = 4;
    std::array<Value, few> room;
    std::vector<Value> more;
    std::span<Value> arguments(room.data(), std::min<std::size_t>(node.args.count, few));
    if (node.args.count > few) {
        more.resize(node.args.count);
        arguments = more;
    }
    for (std::size_t i = 0; i < node.args.count; ++i) {
        arguments[i] = of(tree_.arg(node, i));
        if (arguments[i].is_undetermined()) return arguments[i];
    }
    Call made(arguments, run_, node.at, node.word);
    auto out = node.builtin->body(made);
    return run_.exhausted() ? run_.spent() : out;
}

Value among(Value const& sought, Value const& holder, Run& run, Place at) {
    auto const* list = holder.list();
    if (list == nullptr) {
        auto const* range = holder.range();
        if (range != nullptr && sought.range() == nullptr) return includes(*range, sought, run, at);
        return equal(sought, holder, run, at);
    }
    if (sought.list() != nullptr && compare_equal(sought, holder, run) == Equality::equal) return Value(true);
    Value out(false);
    for (auto const& item : *list) {
        if (!run.spend(1)) return run.spent();
        auto const* range = item.range();
        bool const inside = range != nullptr && sought.range() == nullptr;
        if (!inside && !run.strict()) {
            // Of other kinds is not in it.
            if (compare_equal(sought, item, run) == Equality::equal) return Value(true);
            continue;
        }
        auto held = inside ? includes(*range, sought, run, at) : equal(sought, item, run, at);
        if (held.is_true()) return held;
        if (held.boolean() == nullptr && out.boolean() != nullptr) out = std::move(held);
    }
    return run.exhausted() ? run.spent() : out;
}

}  // namespace tongban::rules::detail
