// Contexts, filters, iterations and functions.
#include <algorithm>

#include "rules/builtins.h"
#include "rules/evaluator.h"

namespace tongban::rules::detail {

namespace {

constexpr auto value_bytes = static_cast<std::int64_t>(sizeof(Value));

/// A function written in FEEL, with what it took from around it.
class FeelFunction final : public Function {
public:
    FeelFunction(std::shared_ptr<Tree const> tree, std::uint32_t literal, std::vector<Value> captured)
        : Function("", tree->functions[literal].parameters, tree->functions[literal].result),
          tree_(std::move(tree)),
          literal_(literal),
          captured_(std::move(captured)) {
        for (auto const& one : captured_) height_ = std::max(height_, one.height());
        ++height_;
    }
    Value apply(std::span<Value const> arguments, Run& run, Place /*at*/) const override {
        auto const& literal = tree_->functions[literal_];
        auto& locals = run.locals();
        std::size_t const base = locals.size();
        locals.resize(base + literal.slots, Value::unset());
        std::copy(arguments.begin(), arguments.end(), locals.begin() + static_cast<std::ptrdiff_t>(base));
        for (std::size_t i = 0; i < captured_.size(); ++i)
            locals[base + literal.captures[i].target] = captured_[i];
        auto out = Evaluator(tree_, nullptr, run, base).of(literal.body);
        run.locals().resize(base);
        return out;
    }
    [[nodiscard]] bool converts_result() const override { return false; }
    [[nodiscard]] std::uint32_t height() const override { return height_; }

private:
    std::shared_ptr<Tree const> tree_;
    std::uint32_t literal_;
    std::vector<Value> captured_;
    std::uint32_t height_ = 0;
};

}  // namespace

Value Evaluator::context(Node const& node) {
    std::vector<std::pair<std::string, Value>> entries;
    entries.reserve(node.args.count);
    for (std::size_t i = 0; i < node.args.count; ++i) {
        auto value = of(tree_.arg(node, i));
        if (value.is_undetermined()) return value;
        local(tree_.indexes[node.extra + i]) = value;
        entries.emplace_back(tree_.key(node, i), std::move(value));
    }
    if (!run_.hold(static_cast<std::int64_t>(entries.size()) * 2 * value_bytes)) return run_.spent();
    return Value(Context(std::move(entries)));
}

Value Evaluator::indexed(List const& list, Value const& index, Node const& node) {
    auto const whole = index.number()->truncated();
    auto const size = static_cast<std::int64_t>(list.size());
    (void)node;
    if (!whole) return {};
    if (*whole > 0 && *whole <= size) return list[static_cast<std::size_t>(*whole - 1)];
    if (*whole < 0 && -*whole <= size) return list[static_cast<std::size_t>(size + *whole)];
    return {};  // there is no such item, and that is known
}

Value Evaluator::filter(Node const& node) {
    auto const holder = of(tree_.arg(node, 0));
    if (holder.is_undetermined()) return holder;
    if (holder.is_null())
        return run_.trouble("datum_is_missing", node.at, tree_.nodes[tree_.arg(node, 0)].word);
    Index const by = tree_.arg(node, 1);
    List const single{holder};
    List const& list = holder.list() == nullptr ? single : *holder.list();
    if (tree_.nodes[by].type.kind() == Type::number) {
        local(node.slot) = Value();
        auto const index = of(by);
        if (index.is_undetermined()) return index;
        if (index.number() == nullptr) return run_.trouble("types_do_not_fit", node.at, {}, {index});
        return indexed(list, index, node);
    }
    return filtered(list, node, by);
}

Value Evaluator::filtered(List const& list, Node const& node, Index by) {
    List out;
    for (auto const& item : list) {
        local(node.slot) = item;
        auto const holds = of(by);
        if (holds.is_undetermined()) return holds;
        if (holds.number() != nullptr) return indexed(list, holds, node);
        if (holds.is_true()) {
            if (!run_.hold(value_bytes)) return run_.spent();
            out.push_back(item);
        } else if (run_.strict() && !holds.is_false()) {
            return run_.trouble(holds.is_null() ? "datum_is_missing" : "types_do_not_fit", node.at, {},
                                {item});
        }
    }
    local(node.slot) = Value::unset();
    return Value(std::move(out));
}

/// From one number or day to the other, upwards or downwards. `body` yields a value to stop with.
template <class Body>
std::optional<Value> Evaluator::steps(Value const& first, Value const& last, Place at, Body&& body) {
    auto const found = order(first, last);
    bool const counts = first.number() != nullptr || first.date() != nullptr;
    if (!found || !counts) {
        bool const missing = first.is_null() || last.is_null();
        return run_.trouble(missing ? "datum_is_missing" : "types_do_not_fit", at, {}, {first, last});
    }
    bool const up = *found <= 0;
    Value now = first;
    for (;;) {
        if (!run_.spend(1)) return run_.spent();
        auto const rest = order(now, last);
        if (up ? *rest > 0 : *rest < 0) return std::nullopt;
        if (auto stop = body(now)) return stop;
        if (auto const* day = now.date()) {
            now = Value(Date{day->days + (up ? 1 : -1)});
            continue;
        }
        auto const next = now.number()->plus(Decimal::of(up ? 1 : -1));
        // Beyond 34 digits a number and the next are the same.
        if (!next || *next == *now.number()) return run_.trouble("number_is_out_of_range", at);
        now = Value(*next);
    }
}

template <class Body>
std::optional<Value> Evaluator::steps_of(Range const& range, Place at, Body&& body) {
    return steps(range.low, range.high, at, [&](Value const& now) -> std::optional<Value> {
        bool const open_low = range.low_end == Range::End::open && now == range.low;
        bool const open_high = range.high_end == Range::End::open && now == range.high;
        if (open_low || open_high) return std::nullopt;
        return body(now);
    });
}

template <class Body>
std::optional<Value> Evaluator::iterate(Loop const& loop, std::size_t depth, Node const& node, Body&& body) {
    if (depth == loop.iterators.size()) return body();
    auto const& iterator = loop.iterators[depth];
    auto each = [&](Value const& item) -> std::optional<Value> {
        if (!run_.spend(1)) return run_.spent();
        local(iterator.slot) = item;
        return iterate(loop, depth + 1, node, body);
    };
    auto const domain = of(iterator.domain);
    if (domain.is_undetermined()) return domain;
    if (iterator.last != iterator.domain) {
        auto const last = of(iterator.last);
        if (last.is_undetermined()) return last;
        return steps(domain, last, node.at, each);
    }
    if (auto const* list = domain.list()) {
        for (auto const& item : *list) {
            if (auto stop = each(item)) return stop;
        }
        return std::nullopt;
    }
    if (auto const* range = domain.range()) return steps_of(*range, node.at, each);
    if (domain.is_null()) return run_.trouble("datum_is_missing", node.at, tree_.nodes[iterator.domain].word);
    return each(domain);
}

Value Evaluator::loop(Node const& node) {
    auto const& loop = tree_.loops[node.extra];
    List results;
    auto const stopped = iterate(loop, 0, node, [&]() -> std::optional<Value> {
        if (loop.uses_partial) {
            auto const size = static_cast<std::int64_t>(results.size());
            if (!run_.spend(1 + size / 8) || !run_.hold(size * value_bytes)) return run_.spent();
            local(loop.partial) = Value(results);
        }
        auto result = of(loop.body);
        if (result.is_undetermined()) return result;
        if (result.height() > Run::value_height_most) {
            run_.exhaust("evaluation_is_too_deep", node.at);
            return run_.spent();
        }
        if (!run_.hold(value_bytes)) return run_.spent();
        results.push_back(std::move(result));
        return std::nullopt;
    });
    if (stopped) return *stopped;
    return Value(std::move(results));
}

Value Evaluator::quantified(Node const& node) {
    bool const decisive = node.op == Op::some;
    Value out(!decisive);
    auto const& loop = tree_.loops[node.extra];
    auto const stopped = iterate(loop, 0, node, [&]() -> std::optional<Value> {
        auto holds = of(loop.body);
        if (run_.exhausted()) return run_.spent();
        if (holds.boolean() != nullptr && *holds.boolean() == decisive) return holds;
        if (holds.boolean() != nullptr || out.boolean() == nullptr) return std::nullopt;
        if (holds.is_null()) holds = run_.trouble("datum_is_missing", node.at);
        out = holds.is_undetermined() || holds.is_null()
                  ? holds
                  : run_.trouble("types_do_not_fit", node.at, {}, {holds});
        return std::nullopt;
    });
    return stopped ? *stopped : out;
}

Value Evaluator::function(Node const& node) {
    if (node.op == Op::external) {
        auto const mapping = of(tree_.arg(node, 0));
        if (mapping.is_undetermined()) return mapping;
        if (mapping.context() == nullptr) return run_.trouble("types_do_not_fit", node.at, {}, {mapping});
        return external_function(tree_.functions[node.extra].parameters, *mapping.context(), run_, node.at);
    }
    std::vector<Value> captured;
    for (auto const& one : tree_.functions[node.extra].captures) {
        bool const framed = one.from == FunctionLiteral::Capture::From::frame;
        captured.push_back(!framed             ? local(one.source)
                           : frame_ != nullptr ? frame_->at(one.source)
                                               : Value::unset());
    }
    if (!run_.hold(static_cast<std::int64_t>(captured.size() + 4) * value_bytes)) return run_.spent();
    auto made = std::make_shared<FeelFunction const>(held_, node.extra, std::move(captured));
    return Value(std::shared_ptr<Function const>(std::move(made)));
}

Value Evaluator::invoke(Node const& node) {
    auto const callee = of(tree_.arg(node, 0));
    if (callee.is_undetermined()) return callee;
    auto held = callee.function_held();
    // A name that hides a built-in function without being one.
    auto const* hidden = held == nullptr && !node.word.empty() ? find_builtin(node.word) : nullptr;
    if (hidden != nullptr) held = builtin_value(*hidden).function_held();
    if (held == nullptr)
        return run_.trouble(callee.is_null() ? "datum_is_missing" : "types_do_not_fit", node.at, node.word);
    std::vector<Value> arguments;
    for (std::size_t i = 1; i < node.args.count; ++i) {
        arguments.push_back(of(tree_.arg(node, i)));
        if (arguments.back().is_undetermined()) return arguments.back();
    }
    if (node.op == Op::invoke) return rules::call(*held, std::move(arguments), run_, node.at);
    std::vector<std::pair<std::string, Value>> named;
    for (std::size_t i = 0; i < arguments.size(); ++i)
        named.emplace_back(tree_.key(node, i), std::move(arguments[i]));
    return call_named(*held, std::move(named), run_, node.at);
}

}  // namespace tongban::rules::detail
