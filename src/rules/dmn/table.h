// Decision tables (DMN 1.5, chapter 8). Rows are tried one at a time here; what a column tests is kept apart
// from the rules that share it, so that a matcher by columns can be put beside it.
#pragma once

#include <boost/container/small_vector.hpp>
#include <optional>
#include <string>
#include <vector>

#include "rules/dmn/node.h"
#include "rules/dmn/quick.h"

namespace tongban::rules::dmn {

enum class HitPolicy : std::uint8_t { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregator : std::uint8_t { none, sum, min, max, count };
std::string_view to_text(HitPolicy policy);  ///< as the standard writes it
std::string_view to_text(Aggregator aggregator);

enum class Held : std::uint8_t { yes, no, open };  ///< open: cannot be told

struct Table {
    struct Input {
        std::string label;  ///< the clause's label, or its expression's text
        Expression expression;
        FeelType type{};                   ///< of the expression's typeRef
        std::optional<UnaryTests> values;  ///< allowed ones
        std::vector<UnaryTests> tests;     ///< the cells of this column, each text once
        std::vector<QuickTest> quick;      ///< the same cells
    };
    struct Entry {
        std::optional<Expression> expression;  ///< none: broken
        std::optional<Value> constant;
        std::string broken;  ///< why there is no expression
        int line = 0;
    };
    struct Output {
        std::string name, label;
        FeelType type{};
        std::vector<Value> values;       ///< in falling priority; ranges among them mean what they include
        std::vector<Entry> entries;      ///< of this column, each text once
        std::optional<Entry> otherwise;  ///< the default
    };
    struct Rule {
        std::string id;
        std::vector<std::string> notes;  ///< annotations, one a column; may be fewer
        int line = 0;
    };

    std::string name;  ///< what it decides
    HitPolicy policy = HitPolicy::unique;
    Aggregator aggregator = Aggregator::none;
    std::vector<Input> inputs;
    std::vector<Output> outputs;
    std::vector<std::string> note_names;
    std::vector<Rule> rules;
    /// Rules × inputs: which of the column's tests, or any.
    std::vector<std::uint32_t> cells;
    static constexpr std::uint32_t any = UINT32_MAX;
    std::vector<std::uint32_t> results;  ///< rules × outputs: which of the column's entries

    /// Null where the cell asks nothing.
    [[nodiscard]] UnaryTests const* test_of(std::size_t rule, std::size_t input) const {
        auto const cell = cells[rule * inputs.size() + input];
        return cell == any ? nullptr : &inputs[input].tests[cell];
    }
    /// Of a cell that asks something.
    [[nodiscard]] QuickTest const& quick_of(std::size_t rule, std::size_t input) const {
        return inputs[input].quick[cells[rule * inputs.size() + input]];
    }
    [[nodiscard]] std::string test_text(std::size_t rule, std::size_t input) const {
        auto const* tests = test_of(rule, input);
        return tests == nullptr ? "-" : tests->text();
    }
    [[nodiscard]] Entry const& entry_of(std::size_t rule, std::size_t output) const {
        return outputs[output].entries[results[rule * outputs.size() + output]];
    }
};

/// Which rules hold for one row.
struct Match {
    using Numbers = boost::container::small_vector<std::uint32_t, 8>;
    Numbers held;     ///< in the order of the table
    Numbers open;     ///< those that cannot be told, strict profile only
    Value because{};  ///< of the first of them
};

class TableNode : public Node {
public:
    TableNode(Spot spot, Table table) : Node(spot), table_(std::move(table)) {}
    Value evaluate(Frame& frame, Run& run) const override;
    [[nodiscard]] FeelType type() const override;
    [[nodiscard]] Table const& table() const { return table_; }

private:
    struct Row;
    Value column(std::size_t input, Frame const& frame, Run& run) const;
    Held rule_holds(std::size_t rule, Row& row, Frame const& frame, Run& run) const;
    Match match(Row& row, Frame const& frame, Run& run) const;
    Value watched(Row& row, Frame const& frame, Run& run) const;
    Value conclude(Match const& match, Frame const& frame, Run& run) const;
    Value single(Match const& match, Frame const& frame, Run& run) const;
    Value many(Match const& match, Frame const& frame, Run& run) const;
    Value nothing(Frame const& frame, Run& run) const;
    Value result_of(std::size_t rule, Frame const& frame, Run& run) const;
    Value entry(Table::Entry const& entry, Table::Output const& output, Frame const& frame, Run& run) const;
    Value aggregate(std::vector<Value> const& results, Run& run) const;
    Value aggregate_one(List list, Run& run) const;
    [[nodiscard]] std::vector<std::size_t> ranks(Value const& result, Run& run) const;
    Value trouble(std::string_view code, Run& run, std::string_view detail = {}) const;
    [[nodiscard]] std::string cell_name(std::size_t rule, std::size_t input) const;

    Table table_;
};

}  // namespace tongban::rules::dmn
