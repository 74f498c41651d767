// What a table answers when it is known which rules hold (DMN 1.5, 8.2.10 to 8.2.12).
#include <algorithm>

#include "rules/compare.h"
#include "rules/dmn/table.h"

namespace tongban::rules::dmn {

Value TableNode::entry(Table::Entry const& entry, Table::Output const& output, Frame const& frame,
                       Run& run) const {
    Spot const at{spot().owner, "outputEntry", entry.line};
    if (entry.constant) return *entry.constant;
    if (!entry.expression) return located(run.trouble(entry.broken, {}, output.name), at);
    auto value = rules::evaluate(*entry.expression, frame, run);
    if (value.is_undetermined()) return located(std::move(value), at);
    if (output.type == Type::any && output.type.test() == nullptr) return value;
    return located(coerce(value, output.type, run), at);
}

Value TableNode::result_of(std::size_t rule, Frame const& frame, Run& run) const {
    if (table_.outputs.size() == 1) return entry(table_.entry_of(rule, 0), table_.outputs[0], frame, run);
    Context whole;
    for (std::size_t i = 0; i < table_.outputs.size(); ++i) {
        auto value = entry(table_.entry_of(rule, i), table_.outputs[i], frame, run);
        if (value.is_undetermined()) return value;
        whole.put(table_.outputs[i].name, std::move(value));
    }
    return whole;
}

/// No rule holds: the default outputs, where there is one (8.2.11). Without one the standard says null; in
/// the strict profile a table that has no answer says so.
Value TableNode::nothing(Frame const& frame, Run& run) const {
    auto const has = [](Table::Output const& output) { return output.otherwise.has_value(); };
    if (std::none_of(table_.outputs.begin(), table_.outputs.end(), has))
        return trouble("no_rule_matches", run);
    if (table_.outputs.size() == 1) return entry(*table_.outputs[0].otherwise, table_.outputs[0], frame, run);
    Context whole;
    for (auto const& output : table_.outputs) {
        auto value = output.otherwise ? entry(*output.otherwise, output, frame, run) : Value();
        if (value.is_undetermined()) return value;
        whole.put(output.name, std::move(value));
    }
    return whole;
}

/// Places in the lists of output values, one per output that has such a list; smaller goes first.
std::vector<std::size_t> TableNode::ranks(Value const& result, Run& run) const {
    std::vector<std::size_t> ranks;
    for (auto const& output : table_.outputs) {
        if (output.values.empty()) continue;
        auto const* whole = table_.outputs.size() == 1 ? nullptr : result.context();
        auto const* part = whole == nullptr ? &result : whole->find(output.name);
        std::size_t rank = 0;
        for (; rank < output.values.size(); ++rank) {
            auto const& value = output.values[rank];
            if (part == nullptr) continue;
            if (compare_equal(value, *part, run) == Equality::equal) break;
            auto const* range = value.range();
            if (range != nullptr && includes(*range, *part, run).is_true()) break;
        }
        ranks.push_back(rank);
    }
    return ranks;
}

Value TableNode::single(Match const& match, Frame const& frame, Run& run) const {
    if (table_.policy == HitPolicy::unique && match.held.size() > 1)
        return trouble(
            "unique_table_has_two_matches", run,
            "第 " + std::to_string(match.held[0] + 1) + "、" + std::to_string(match.held[1] + 1) + " 条规则");
    if (!match.open.empty() && (table_.policy == HitPolicy::unique || table_.policy == HitPolicy::first))
        return match.because;
    std::vector<Value> results;
    for (auto const rule : match.held) {
        results.push_back(result_of(rule, frame, run));
        if (results.back().is_undetermined()) return results.back();
    }
    if (table_.policy == HitPolicy::any) {
        // What cannot be told does not matter if it would say the same.
        for (auto const rule : match.open) results.push_back(result_of(rule, frame, run));
        for (auto const& other : results)
            if (compare_equal(results[0], other, run) != Equality::equal)
                return match.open.empty() ? trouble("any_table_has_different_outputs", run) : match.because;
        return match.held.empty() ? match.because : results[0];
    }
    if (table_.policy != HitPolicy::priority) return results[0];
    auto const before = [&](Value const& a, Value const& b) { return ranks(a, run) < ranks(b, run); };
    auto best = results.empty() ? Value() : *std::min_element(results.begin(), results.end(), before);
    for (auto const rule : match.open)
        if (results.empty() || ranks(result_of(rule, frame, run), run) < ranks(best, run))
            return match.because;
    return best;
}

Value TableNode::aggregate_one(List list, Run& run) const {
    static Names const names = [] {
        Names made;
        made.declare("outputs", FeelType::list({}));
        return made;
    }();
    static auto const of = [](char const* text) {
        return *read(text, names, {}, Profile::standard).expression;
    };
    static Expression const sums = of("sum(outputs)"), least = of("min(outputs)"), most = of("max(outputs)");
    Frame frame(names);
    frame.put(0, std::move(list));
    auto const& asked = table_.aggregator == Aggregator::sum   ? sums
                        : table_.aggregator == Aggregator::min ? least
                                                               : most;
    return located(rules::evaluate(asked, frame, run), spot());
}

/// Of several outputs each is aggregated by itself.
Value TableNode::aggregate(std::vector<Value> const& results, Run& run) const {
    if (table_.aggregator == Aggregator::count) return Decimal::of(static_cast<std::int64_t>(results.size()));
    if (table_.outputs.size() == 1) return aggregate_one(results, run);
    Context whole;
    for (auto const& output : table_.outputs) {
        List column;
        for (auto const& result : results) column.push_back(*result.context()->find(output.name));
        auto value = aggregate_one(std::move(column), run);
        if (value.is_undetermined()) return value;
        whole.put(output.name, std::move(value));
    }
    return whole;
}

Value TableNode::many(Match const& match, Frame const& frame, Run& run) const {
    if (!match.open.empty()) return match.because;
    std::vector<Value> results;
    for (auto const rule : match.held) {
        if (!run.spend(1)) return run.spent();
        results.push_back(result_of(rule, frame, run));
        if (results.back().is_undetermined()) return results.back();
    }
    if (table_.aggregator != Aggregator::none) return aggregate(results, run);
    if (table_.policy != HitPolicy::output_order) return results;
    std::vector<std::pair<std::vector<std::size_t>, Value>> ranked;
    for (auto& result : results) ranked.emplace_back(ranks(result, run), std::move(result));
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](auto const& a, auto const& b) { return a.first < b.first; });
    results.clear();
    for (auto& [rank, result] : ranked) results.push_back(std::move(result));
    return results;
}

Value TableNode::conclude(Match const& match, Frame const& frame, Run& run) const {
    if (run.exhausted()) return run.spent();
    if (match.held.empty() && match.open.empty()) return nothing(frame, run);
    switch (table_.policy) {
        case HitPolicy::unique:
        case HitPolicy::any:
        case HitPolicy::priority:
        case HitPolicy::first:
            return single(match, frame, run);
        default:
            return many(match, frame, run);
    }
}

}  // namespace tongban::rules::dmn
