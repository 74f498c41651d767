// From XML to a table (DMN 1.5, 8.3). A cell's text is compiled once for each column it stands in.
#include <map>

#include "rules/dmn/compile.h"
#include "rules/dmn/table.h"

namespace tongban::rules::dmn {

namespace {

std::string trimmed(std::string const& text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

class TableCompiler {
public:
    TableCompiler(Compiler& compiler, XmlElement const& element, Names const& names, Owner const& owner)
        : compiler_(compiler), element_(element), names_(names), owner_(owner) {}

    NodePtr compile() {
        table_.name = owner_.name;
        policy();
        for (auto const* clause : children(element_, "input")) input(*clause);
        for (auto const* clause : children(element_, "output")) output(*clause);
        for (auto const* clause : children(element_, "annotation"))
            table_.note_names.emplace_back(clause->attribute("name"));
        if (table_.outputs.empty())
            fault("table_has_no_output", element_, "这张表没有结果列。", "This table has no output column.");
        bool const is_ordered =
            table_.policy == HitPolicy::priority || table_.policy == HitPolicy::output_order;
        if (is_ordered && std::none_of(table_.outputs.begin(), table_.outputs.end(),
                                       [](Table::Output const& output) { return !output.values.empty(); }))
            compiler_.find(Severity::warning, "output_values_are_missing", within(owner_, element_),
                           "按优先级取结果，但结果列没有写取值的顺序。",
                           "The hit policy goes by priority, but no output column lists its values.");
        if (table_.inputs.size() == children(element_, "input").size())
            for (auto const* row : children(element_, "rule")) rule(*row);
        Spot const spot{&owner_, "decisionTable", element_.line};
        // With a fault in it a table must not decide about anybody; the standard would read on.
        if (!fatal_.empty() && (compiler_.strict() || table_.outputs.empty() || unread_input_))
            return broken(fatal_, spot);
        return std::make_shared<TableNode>(spot, std::move(table_));
    }

private:
    void fault(char const* code, XmlElement const& at, std::string zh, std::string en) {
        compiler_.find(Severity::error, code, within(owner_, at), std::move(zh), std::move(en));
        if (fatal_.empty()) fatal_ = code;
    }

    void policy() {
        auto const said = element_.attribute("hitPolicy");
        static std::map<std::string_view, HitPolicy> const policies = {
            {"", HitPolicy::unique},
            {"UNIQUE", HitPolicy::unique},
            {"ANY", HitPolicy::any},
            {"PRIORITY", HitPolicy::priority},
            {"FIRST", HitPolicy::first},
            {"RULE ORDER", HitPolicy::rule_order},
            {"OUTPUT ORDER", HitPolicy::output_order},
            {"COLLECT", HitPolicy::collect}};
        static std::map<std::string_view, Aggregator> const aggregators = {{"", Aggregator::none},
                                                                           {"SUM", Aggregator::sum},
                                                                           {"MIN", Aggregator::min},
                                                                           {"MAX", Aggregator::max},
                                                                           {"COUNT", Aggregator::count}};
        auto const found = policies.find(said);
        if (found == policies.end())
            return fault("hit_policy_is_not_known", element_, "不认得命中策略「" + std::string(said) + "」。",
                         "The hit policy \"" + std::string(said) + "\" is not known.");
        table_.policy = found->second;
        auto const summed = element_.attribute("aggregation");
        auto const how = aggregators.find(summed);
        if (how == aggregators.end())
            return fault("aggregator_is_not_known", element_,
                         "不认得汇总方式「" + std::string(summed) + "」。",
                         "The aggregator \"" + std::string(summed) + "\" is not known.");
        if (table_.policy == HitPolicy::collect) table_.aggregator = how->second;
    }

    void input(XmlElement const& clause) {
        auto const* asked = child(clause, "inputExpression");
        auto text = compiler_.text_in(asked, "inputExpression", owner_);
        auto expression = compiler_.read(text, names_);
        if (!expression) {
            unread_input_ = true;
            if (fatal_.empty()) fatal_ = "input_expression_is_not_readable";
            return;
        }
        Table::Input made{std::string(clause.attribute("label")), *expression, {}, {}, {}, {}};
        if (made.label.empty()) made.label = trimmed(text.text);
        if (asked != nullptr) made.type = compiler_.type(asked->attribute("typeRef"), *asked, owner_);
        tested_.push_back(made.type == Type::any ? expression->feel_type() : made.type);
        if (auto const* allowed = child(clause, "inputValues")) {
            auto values = compiler_.text_in(allowed, "inputValues", owner_);
            if (!trimmed(values.text).empty()) made.values = tests(values, tested_.back());
        }
        table_.inputs.push_back(std::move(made));
        known_tests_.emplace_back();
    }

    std::optional<UnaryTests> tests(Compiler::Text const& text, FeelType const& of) {
        auto const& options = compiler_.options();
        auto parsed = read_tests(text.text, names_, of, options.budget, options.profile);
        if (!parsed.tests) {
            compiler_.say(parsed.trouble, text);
            if (fatal_.empty()) fatal_ = parsed.trouble.code;
        }
        return parsed.tests;
    }

    void output(XmlElement const& clause) {
        Table::Output made;
        made.name = normal_name(clause.attribute("name"));
        made.label = clause.attribute("label");
        if (made.label.empty()) made.label = made.name;
        auto type_ref = clause.attribute("typeRef");
        made.type = compiler_.type(type_ref, clause, owner_);
        auto const* values = child(clause, "outputValues");
        auto text = compiler_.text_in(values, "outputValues", owner_);
        if (trimmed(text.text).empty()) {
            // 8.2.10: the order may come from the type's allowed values.
            if (type_ref.empty()) type_ref = element_.attribute("typeRef");
            text.text = type_ref.empty() ? "" : compiler_.types().allowed_values(compiler_.model(), type_ref);
            text.spot.line = clause.line;
        }
        bool const ordered = table_.policy == HitPolicy::priority || table_.policy == HitPolicy::output_order;
        if (ordered && !trimmed(text.text).empty()) made.values = listed(text);
        if (auto const* otherwise = child(clause, "defaultOutputEntry")) {
            auto entry_text = compiler_.text_in(otherwise, "defaultOutputEntry", owner_);
            if (!trimmed(entry_text.text).empty()) made.otherwise = entry(entry_text, made);
        }
        table_.outputs.push_back(std::move(made));
        known_entries_.emplace_back();
    }

    /// Output values in the order of their priority.
    std::vector<Value> listed(Compiler::Text const& text) {
        auto const& options = compiler_.options();
        auto parsed = rules::read("[" + text.text + "\n]", Names(), options.budget, options.profile);
        if (!parsed.expression) {
            compiler_.say(parsed.trouble, text, 1);
            if (fatal_.empty()) fatal_ = parsed.trouble.code;
            return {};
        }
        Run run(Settings{options.budget, options.profile});
        auto value = rules::evaluate(*parsed.expression, Frame(), run);
        return value.list() == nullptr ? std::vector<Value>() : *value.list();
    }

    Table::Entry entry(Compiler::Text const& text, Table::Output const& output) {
        Table::Entry made;
        made.line = text.spot.line;
        auto const& options = compiler_.options();
        auto parsed = rules::read(text.text, names_, options.budget, options.profile);
        if (!parsed.expression) {
            compiler_.say(parsed.trouble, text);
            if (fatal_.empty()) fatal_ = parsed.trouble.code;
            made.broken = parsed.trouble.code;
            return made;
        }
        made.expression = parsed.expression;
        if (constant(trimmed(text.text))) settle(made, output, text);
        return made;
    }

    /// A text or a number by itself needs no evaluation, and its fit to the type is known now.
    static bool constant(std::string const& text) {
        if (text == "true" || text == "false") return true;
        if (Decimal::read(text)) return true;
        return text.size() >= 2 && text.front() == '"' && text.find('"', 1) == text.size() - 1;
    }

    void settle(Table::Entry& made, Table::Output const& output, Compiler::Text const& text) {
        Run run(Settings{compiler_.options().budget, compiler_.options().profile});
        auto value = rules::evaluate(*made.expression, Frame(), run);
        auto const fits = coerce(value, output.type, run);
        if (fits.is_undetermined()) {
            compiler_.find(Severity::error, fits.reason()->code, text.spot.where({1, 1}),
                           "结果「" + trimmed(text.text) + "」不是结果列声明的类型或取值。",
                           "This output does not fit its column's type or allowed values.");
            return;
        }
        made.constant = fits;
        made.expression.reset();
    }

    void rule(XmlElement const& row) {
        Table::Rule made;
        made.id = row.attribute("id");
        made.line = row.line;
        for (auto const* note : children(row, "annotationEntry"))
            made.notes.push_back(trimmed(text_of(note)));
        if (auto const* told = child(row, "description"); told != nullptr && made.notes.empty())
            made.notes.push_back(trimmed(told->text()));
        auto const tests_here = children(row, "inputEntry");
        auto const outputs_here = children(row, "outputEntry");
        if (tests_here.size() != table_.inputs.size() || outputs_here.size() != table_.outputs.size())
            fault("rule_has_wrong_number_of_cells", row,
                  "这条规则有 " + std::to_string(tests_here.size()) + " 个条件、" +
                      std::to_string(outputs_here.size()) + " 个结果，与表头不符。",
                  "This rule has more or fewer cells than the table has columns.");
        for (std::size_t i = 0; i < table_.inputs.size(); ++i)
            table_.cells.push_back(cell(i, i < tests_here.size() ? tests_here[i] : nullptr));
        for (std::size_t i = 0; i < table_.outputs.size(); ++i)
            table_.results.push_back(result(i, i < outputs_here.size() ? outputs_here[i] : nullptr, row));
        table_.rules.push_back(std::move(made));
    }

    std::uint32_t cell(std::size_t column, XmlElement const* element) {
        auto text = compiler_.text_in(element, "inputEntry", owner_);
        // An empty cell asks nothing (8.3.3).
        if (trimmed(text.text).empty() || trimmed(text.text) == "-") return Table::any;
        auto& known = known_tests_[column];
        auto& tests_there = table_.inputs[column].tests;
        auto const [at, fresh] =
            known.emplace(trimmed(text.text), static_cast<std::uint32_t>(tests_there.size()));
        if (!fresh) return at->second;
        auto const made = tests(text, tested_[column]);
        tests_there.push_back(made ? *made : never());
        table_.inputs[column].quick.push_back(made ? QuickTest::of(text.text) : QuickTest());
        return at->second;
    }

    /// What cannot be read holds for nothing (standard profile).
    static UnaryTests never() {
        return *read_tests("? = null and ? != null", Names(), {}, {}, Profile::standard).tests;
    }

    std::uint32_t result(std::size_t column, XmlElement const* element, XmlElement const& row) {
        auto text = compiler_.text_in(element == nullptr ? &row : element, "outputEntry", owner_);
        auto& known = known_entries_[column];
        auto& output = table_.outputs[column];
        // An output left empty says nothing: null.
        if (trimmed(text.text).empty()) text.text = "null";
        auto const [at, fresh] = known.emplace(text.text, static_cast<std::uint32_t>(output.entries.size()));
        if (fresh) output.entries.push_back(entry(text, output));
        return at->second;
    }

    Compiler& compiler_;
    XmlElement const& element_;
    Names const& names_;
    Owner const& owner_;
    Table table_;
    std::vector<FeelType> tested_;
    std::vector<std::map<std::string, std::uint32_t>> known_tests_, known_entries_;
    std::string fatal_;
    bool unread_input_ = false;
};

}  // namespace

NodePtr compile_table(Compiler& compiler, XmlElement const& element, Names const& names, Owner const& owner) {
    return TableCompiler(compiler, element, names, owner).compile();
}

}  // namespace tongban::rules::dmn
