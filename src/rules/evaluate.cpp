// The reference evaluator, strict: whatever has no value carries the reason why upwards.
#include <algorithm>

#include "rules/tree.h"

namespace tongban::rules {

namespace {

using detail::Index;
using detail::Node;
using detail::Op;

Evaluated unknown(std::string code, Place at, std::string name = "") {
    return {std::nullopt, Reason{std::move(code), at, std::move(name)}};
}

Evaluated truth(bool value) {
    return {Value(value), {}};
}

class Evaluator {
public:
    Evaluator(detail::Tree const& tree, Context const& context, std::int64_t steps)
        : tree_(tree), context_(context), steps_(steps) {}

    Evaluated run() { return of(tree_.root); }

private:
    Evaluated of(Index index) {
        Node const& node = tree_.nodes[index];
        if (--steps_ < 0) return unknown("evaluation_is_too_long", node.at);
        switch (node.op) {
            case Op::literal:
                return {node.value, {}};
            case Op::list:
                return list(node);
            case Op::name:
                return name(node);
            case Op::all_of:
                return joined(node, false);
            case Op::any_of:
                return joined(node, true);
            case Op::negation:
                return negation(node);
            case Op::equal:
            case Op::not_equal:
                return equality(node);
            case Op::less:
            case Op::at_most:
            case Op::greater:
            case Op::at_least:
                return ordering(node);
            case Op::add:
            case Op::subtract:
            case Op::multiply:
            case Op::divide:
            case Op::minus:
                return arithmetic(node);
            case Op::choose:
                return choice(node);
            case Op::between:
                return between(node);
            case Op::in:
                return membership(node);
            case Op::call:
                return call(node);
            case Op::member:
            case Op::test:
            case Op::range:
                break;  // only inside `in`
        }
        return unknown("types_do_not_fit", node.at);
    }

    Evaluated name(Node const& node) {
        Value const* found = context_.find(node.path[0]);
        if (found == nullptr) return unknown("name_has_no_value", node.at, node.word);
        for (std::size_t i = 1; i < node.path.size() && !found->is_null(); ++i) {
            if (found->context() == nullptr) return unknown("types_do_not_fit", node.at, node.word);
            found = found->context()->find(node.path[i]);
            if (found == nullptr) return unknown("name_has_no_value", node.at, node.word);
        }
        return {*found, {}};
    }

    /// The value of a part; null is a missing datum here.
    Evaluated needed(Index index) {
        auto out = of(index);
        Node const& node = tree_.nodes[index];
        if (out.value && out.value->is_null()) return unknown("datum_is_missing", node.at, node.word);
        return out;
    }

    Evaluated needed(Index index, Type type) {
        auto out = needed(index);
        Node const& node = tree_.nodes[index];
        if (out.value && out.value->type() != type) return unknown("types_do_not_fit", node.at, node.word);
        return out;
    }

    Evaluated list(Node const& node) {
        List out;
        for (Index const arg : node.args) {
            auto item = of(arg);
            if (!item.value) return item;
            out.push_back(std::move(*item.value));
        }
        return {Value(std::move(out)), {}};
    }

    /// Kleene's and (`decisive` false) and or (true): one decisive part decides whatever the others are.
    Evaluated joined(Node const& node, bool decisive) {
        Evaluated out = truth(!decisive);
        for (Index const arg : node.args) {
            auto part = needed(arg, Type::boolean);
            if (part.value && *part.value->boolean() == decisive) return part;
            if (!part.value && out.value) out = std::move(part);
        }
        return out;
    }

    Evaluated negation(Node const& node) {
        auto part = needed(node.args[0], Type::boolean);
        return part.value ? truth(!*part.value->boolean()) : part;
    }

    [[nodiscard]] bool is_null_literal(Index index) const {
        Node const& node = tree_.nodes[index];
        return node.op == Op::literal && node.value.is_null();
    }

    /// Comparing with the word `null` asks whether there is a value; otherwise null is a missing datum.
    Evaluated equal(Index left, Index right, Place at) {
        if (is_null_literal(left) || is_null_literal(right)) {
            auto const other = of(is_null_literal(right) ? left : right);
            return other.value ? truth(other.value->is_null()) : other;
        }
        auto a = needed(left);
        if (!a.value) return a;
        auto b = needed(right);
        if (!b.value) return b;
        return equal(*a.value, *b.value, at);
    }

    Evaluated equal(Value const& a, Value const& b, Place at) {
        if (--steps_ < 0) return unknown("evaluation_is_too_long", at);
        if (a.is_null() || b.is_null()) return truth(a.is_null() && b.is_null());
        if (a.type() != b.type()) return unknown("types_do_not_fit", at);
        if (auto const* mine = a.list()) {
            auto const& theirs = *b.list();
            if (mine->size() != theirs.size()) return truth(false);
            for (std::size_t i = 0; i < mine->size(); ++i) {
                auto item = equal((*mine)[i], theirs[i], at);
                if (!item.value || !*item.value->boolean()) return item;
            }
            return truth(true);
        }
        if (a.context() != nullptr) {
            steps_ -= static_cast<std::int64_t>(a.context()->entries().size());
            return truth(a == b);
        }
        return truth(a == b);
    }

    Evaluated equality(Node const& node) {
        auto out = equal(node.args[0], node.args[1], node.at);
        if (out.value && node.op == Op::not_equal) return truth(!*out.value->boolean());
        return out;
    }

    Evaluated compare(Value const& a, std::string_view by, Value const& b, Place at) {
        if (a.type() != b.type()) return unknown("types_do_not_fit", at);
        std::strong_ordering order = std::strong_ordering::equal;
        if (a.number() != nullptr)
            order = *a.number() <=> *b.number();
        else if (a.date() != nullptr)
            order = *a.date() <=> *b.date();
        else if (a.string() != nullptr)
            order = a.string()->compare(*b.string()) <=> 0;  // UTF-8 sorts by code point
        else
            return unknown("types_do_not_fit", at);
        if (by == "<") return truth(order < 0);
        if (by == "<=") return truth(order <= 0);
        return truth(by == ">" ? order > 0 : order >= 0);
    }

    Evaluated compare(Evaluated const& a, std::string_view by, Index right, Place at) {
        if (!a.value) return a;
        auto b = needed(right);
        return b.value ? compare(*a.value, by, *b.value, at) : b;
    }

    Evaluated ordering(Node const& node) {
        return compare(needed(node.args[0]), detail::to_text(node.op), node.args[1], node.at);
    }

    /// Both must hold; one that does not decides even if the other is not known.
    static Evaluated both(Evaluated a, Evaluated b) {
        if (a.value && !*a.value->boolean()) return a;
        if (b.value && !*b.value->boolean()) return b;
        return a.value ? b : a;
    }

    Evaluated within(Evaluated const& what, std::string_view low, std::string_view high, Node const& node,
                     std::size_t first) {
        return both(compare(what, low, node.args[first], node.at),
                    compare(what, high, node.args[first + 1], node.at));
    }

    Evaluated between(Node const& node) { return within(needed(node.args[0]), ">=", "<=", node, 1); }

    Evaluated membership(Node const& node) {
        Evaluated out = truth(false);
        for (std::size_t i = 1; i < node.args.size(); ++i) {
            auto held = test(node.args[0], tree_.nodes[node.args[i]]);
            if (held.value && *held.value->boolean()) return held;
            if (!held.value && out.value) out = std::move(held);
        }
        return out;
    }

    Evaluated test(Index what, Node const& node) {
        if (--steps_ < 0) return unknown("evaluation_is_too_long", node.at);
        if (node.op == Op::range) {
            return within(needed(what), node.word[0] == '[' ? ">=" : ">", node.word[1] == ']' ? "<=" : "<",
                          node, 0);
        }
        if (node.op == Op::test) {
            if (node.word != "=" && node.word != "!=")
                return compare(needed(what), node.word, node.args[0], node.at);
            auto out = equal(what, node.args[0], node.at);
            return out.value && node.word == "!=" ? truth(!*out.value->boolean()) : out;
        }
        if (is_null_literal(node.args[0])) return equal(what, node.args[0], node.at);
        auto sought = needed(what);
        if (!sought.value) return sought;
        auto among = needed(node.args[0]);
        if (!among.value) return among;
        bool const in_list = among.value->list() != nullptr && sought.value->list() == nullptr;
        if (!in_list) return equal(*sought.value, *among.value, node.at);
        Evaluated out = truth(false);
        for (auto const& item : *among.value->list()) {
            auto same = equal(*sought.value, item, node.at);
            if (same.value && *same.value->boolean()) return same;
            if (!same.value && out.value) out = std::move(same);
        }
        return out;
    }

    Evaluated arithmetic(Node const& node) {
        auto a = needed(node.args[0]);
        if (!a.value) return a;
        if (node.op == Op::minus) {
            if (a.value->number() == nullptr) return unknown("types_do_not_fit", node.at);
            return {Value(a.value->number()->negated()), {}};
        }
        auto b = needed(node.args[1]);
        if (!b.value) return b;
        if (node.op == Op::add && a.value->string() != nullptr && b.value->string() != nullptr) {
            steps_ -=
                static_cast<std::int64_t>((a.value->string()->size() + b.value->string()->size()) / 256);
            return {Value(*a.value->string() + *b.value->string()), {}};
        }
        auto const* x = a.value->number();
        auto const* y = b.value->number();
        if (x == nullptr || y == nullptr) return unknown("types_do_not_fit", node.at);
        if (node.op == Op::divide && y->is_zero()) return unknown("division_by_zero", node.at);
        auto const out = node.op == Op::add        ? x->plus(*y)
                         : node.op == Op::subtract ? x->minus(*y)
                         : node.op == Op::multiply ? x->times(*y)
                                                   : x->over(*y);
        if (!out) return unknown("number_is_out_of_range", node.at);
        return {Value(*out), {}};
    }

    Evaluated choice(Node const& node) {
        auto condition = needed(node.args[0], Type::boolean);
        if (!condition.value) return condition;
        return of(node.args[*condition.value->boolean() ? 1 : 2]);
    }

    Evaluated call(Node const& node) {
        auto const* function = detail::find_function(node.word);
        std::vector<Value> args;
        for (Index const arg : node.args) {
            auto value = needed(arg, function->takes);
            if (!value.value) return value;
            args.push_back(std::move(*value.value));
        }
        if (node.word == "count")
            return {Value(Decimal::of(static_cast<std::int64_t>(args[0].list()->size()))), {}};
        std::string const& text = *args[0].string();
        steps_ -= static_cast<std::int64_t>(text.size() / 256);
        if (node.word == "string length")
            return {Value(Decimal::of(static_cast<std::int64_t>(code_points(text)))), {}};
        if (node.word == "contains") return truth(text.find(*args[1].string()) != std::string::npos);
        if (node.word == "starts with") return truth(text.starts_with(*args[1].string()));
        auto const date = Date::read(text);  // the one left: date
        if (!date) return unknown("date_does_not_exist", node.at);
        return {Value(*date), {}};
    }

    detail::Tree const& tree_;
    Context const& context_;
    std::int64_t steps_;
};

}  // namespace

Evaluated evaluate(Expression const& expression, Context const& context, Budget const& budget) {
    return Evaluator(expression.tree(), context, budget.steps).run();
}

Outcome decide(Expression const& expression, Context const& context, Budget const& budget) {
    auto const out = evaluate(expression, context, budget);
    auto const& root = expression.tree().nodes[expression.tree().root];
    if (!out.value) return {Verdict::undetermined, out.because};
    if (out.value->is_null()) return {Verdict::undetermined, Reason{"datum_is_missing", root.at, root.word}};
    if (out.value->boolean() == nullptr)
        return {Verdict::undetermined, Reason{"answer_is_not_a_boolean", root.at, root.word}};
    return {*out.value->boolean() ? Verdict::yes : Verdict::no, {}};
}

}  // namespace tongban::rules
