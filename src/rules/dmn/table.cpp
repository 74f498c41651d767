#include "rules/dmn/table.h"

#include <algorithm>

#include "rules/compare.h"
#include "rules/dmn/witness.h"

namespace tongban::rules::dmn {

std::string_view to_text(HitPolicy policy) {
    static constexpr std::string_view names[] = {"UNIQUE",     "ANY",          "PRIORITY", "FIRST",
                                                 "RULE ORDER", "OUTPUT ORDER", "COLLECT"};
    return names[static_cast<std::size_t>(policy)];
}

std::string_view to_text(Aggregator aggregator) {
    static constexpr std::string_view names[] = {"", "SUM", "MIN", "MAX", "COUNT"};
    return names[static_cast<std::size_t>(aggregator)];
}

/// The values of the columns, and why a rule is open. On the stack for tables of usual width.
struct TableNode::Row {
    boost::container::small_vector<Value, 8> values;
    boost::container::small_vector<QuickTest::Input, 8> quick;
    Value because{};
};

std::string TableNode::cell_name(std::size_t rule, std::size_t input) const {
    return "第 " + std::to_string(rule + 1) + " 条规则「" + table_.inputs[input].label + "」";
}

Value TableNode::trouble(std::string_view code, Run& run, std::string_view detail) const {
    return located(run.trouble(code, {}, table_.name), spot(), detail);
}

/// An input's value as its column declares it. One that is not allowed counts as none (8.3.2).
Value TableNode::column(std::size_t number, Frame const& frame, Run& run) const {
    auto const& input = table_.inputs[number];
    auto value = rules::evaluate(input.expression, frame, run);
    if (!value.is_undetermined() && !is_plainly(value, input.type) &&
        (!(input.type == Type::any) || input.type.test() != nullptr))
        value = coerce(value, input.type, run);
    if (input.values && !value.is_undetermined() && !value.is_null()) {
        auto const allowed = test(*input.values, value, frame, run);
        if (allowed.is_undetermined())
            value = allowed;
        else if (!allowed.is_true())
            value = run.trouble("value_is_not_allowed", {}, input.label, {value});
    }
    return value.is_undetermined() ? located(value, spot(), "「" + input.label + "」") : value;
}

/// Kleene's conjunction of the cells: one that fails decides, whatever cannot be told of the others.
Held TableNode::rule_holds(std::size_t rule, Row& row, Frame const& frame, Run& run) const {
    auto held = Held::yes;
    for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
        auto const* tests = table_.test_of(rule, i);
        if (tests == nullptr) continue;
        if (auto const told = table_.quick_of(rule, i).holds(row.quick[i])) {
            if (*told) continue;
            return Held::no;
        }
        auto outcome = test(*tests, row.values[i], frame, run);
        if (outcome.is_true()) continue;
        if (!outcome.is_undetermined()) return Held::no;
        if (held == Held::yes) row.because = located(std::move(outcome), spot(), cell_name(rule, i));
        held = Held::open;
    }
    return held;
}

Match TableNode::match(Row& row, Frame const& frame, Run& run) const {
    Match match;
    for (std::size_t rule = 0; rule < table_.rules.size(); ++rule) {
        if (!run.spend(1)) break;
        auto const held = rule_holds(rule, row, frame, run);
        if (held == Held::no) continue;
        if (held == Held::yes)
            match.held.push_back(static_cast<std::uint32_t>(rule));
        else
            match.open.push_back(static_cast<std::uint32_t>(rule));
        if (held == Held::open && match.open.size() == 1) match.because = row.because;
        if (table_.policy == HitPolicy::first) break;
    }
    return match;
}

namespace {

Held held_of(Value const& outcome) {
    return outcome.is_true() ? Held::yes : outcome.is_undetermined() ? Held::open : Held::no;
}

}  // namespace

/// The same, looking at every cell of every rule, for somebody who wants to know why.
Value TableNode::watched(Row& row, Frame const& frame, Run& run) const {
    TableTrace trace{&table_, spot(), {row.values.begin(), row.values.end()}, {}, {}, {}};
    Match match;
    for (std::size_t rule = 0; rule < table_.rules.size() && run.spend(1); ++rule) {
        RuleTrace seen{Held::yes, {}};
        for (std::size_t i = 0; i < table_.inputs.size(); ++i) {
            CellTrace cell{Held::yes, {}};
            if (auto const* tests = table_.test_of(rule, i)) {
                cell.test = explain(*tests, row.values[i], frame, run);
                cell.held = held_of(cell.test.outcome);
            }
            if (cell.held == Held::no || (cell.held == Held::open && seen.held == Held::yes))
                seen.held = cell.held;
            if (cell.held == Held::open && match.open.empty() && match.because.is_null())
                row.because = located(cell.test.outcome, spot(), cell_name(rule, i));
            seen.cells.push_back(std::move(cell));
        }
        auto const number = static_cast<std::uint32_t>(rule);
        if (seen.held == Held::open && match.open.empty()) match.because = row.because;
        bool const late = table_.policy == HitPolicy::first && (!match.held.empty() || !match.open.empty());
        if (!late && seen.held == Held::yes) match.held.push_back(number);
        if (!late && seen.held == Held::open) match.open.push_back(number);
        trace.rules.push_back(std::move(seen));
    }
    auto result = conclude(match, frame, run);
    trace.chosen = match.held;
    trace.result = result;
    auto& recorder = static_cast<Recorder&>(*run.witness);
    if (recorder.tables.size() < recorder.tables_most) recorder.tables.push_back(std::move(trace));
    return result;
}

Value TableNode::evaluate(Frame& frame, Run& run) const {
    Row row;
    row.values.reserve(table_.inputs.size());
    for (std::size_t i = 0; i < table_.inputs.size(); ++i) row.values.push_back(column(i, frame, run));
    if (run.witness != nullptr) return watched(row, frame, run);
    for (auto const& value : row.values) row.quick.push_back(QuickTest::Input::of(value));
    auto const found = match(row, frame, run);
    return conclude(found, frame, run);
}

FeelType TableNode::type() const {
    FeelType one;
    if (table_.outputs.size() == 1) {
        one = table_.outputs[0].type;
    } else {
        std::vector<FeelType::Entry> entries;
        for (auto const& output : table_.outputs) entries.emplace_back(output.name, output.type);
        one = FeelType::context(std::move(entries));
    }
    if (table_.policy == HitPolicy::rule_order || table_.policy == HitPolicy::output_order)
        return FeelType::list(one);
    if (table_.policy != HitPolicy::collect) return one;
    if (table_.aggregator == Aggregator::none) return FeelType::list(one);
    return table_.aggregator == Aggregator::count ? FeelType(Type::number) : one;
}

}  // namespace tongban::rules::dmn
