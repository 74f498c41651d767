// Reading a text into an expression or the tests of a cell, and evaluating them.
#include <algorithm>

#include "rules/evaluator.h"
#include "rules/parser.h"

namespace tongban::rules {

namespace {

Trouble refused(std::string code, std::string found, std::string fits) {
    return Trouble{std::move(code), Place{}, std::move(found), std::move(fits), ""};
}

std::optional<Trouble> refuse(std::string_view text, Budget const& budget) {
    if (text.size() > budget.source_bytes || text.size() > UINT32_MAX)
        return refused("expression_is_too_long", std::to_string(text.size()) + " 字节",
                       "不超过 " + std::to_string(budget.source_bytes) + " 字节");
    if (!is_utf8(text)) return refused("text_is_not_utf8", "不是 UTF-8 的字节", "UTF-8 文字");
    return std::nullopt;
}

void sort_once(auto& all) {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    all.shrink_to_fit();
}

std::shared_ptr<detail::Tree const> finished(detail::Parser& parser, std::string_view text) {
    auto tree = std::make_shared<detail::Tree>(std::move(parser.tree));
    tree->text = text;
    sort_once(tree->names);
    sort_once(tree->roots);
    tree->nodes.shrink_to_fit();
    tree->indexes.shrink_to_fit();
    tree->keys.shrink_to_fit();
    return tree;
}

/// Local places for one evaluation, given back at its end.
class Activation {
public:
    Activation(Run& run, Slot count) : run_(run), base(run.locals().size()) {
        if (count > 0) run.locals().resize(base + count, Value::unset());
    }
    ~Activation() { run_.locals().resize(base); }
    Activation(Activation const&) = delete;
    Activation& operator=(Activation const&) = delete;

private:
    Run& run_;

public:
    std::size_t base;
};

/// The frame that this tree reads, filled from a context.
Frame frame_for(detail::Tree const& tree, Context const& context) {
    Frame frame;
    for (auto const& [slot, name] : tree.roots) {
        if (auto const* found = context.find(name)) frame.put(slot, *found);
    }
    return frame;
}

Evaluated evaluated(Value value) {
    if (!value.is_undetermined()) return {std::move(value), {}};
    return {std::nullopt, value.reason() != nullptr ? *value.reason() : Reason{"name_has_no_value"}};
}

}  // namespace

std::vector<std::string> const& Expression::names() const {
    return tree_->names;
}
std::string const& Expression::text() const {
    return tree_->text;
}
Type Expression::type() const {
    return feel_type().kind();
}
FeelType Expression::feel_type() const {
    return tree_->nodes[tree_->root].type;
}
std::string const& UnaryTests::text() const {
    return tree_->text;
}
bool UnaryTests::is_any() const {
    return tree_->cell.any;
}
std::vector<std::string> const& UnaryTests::names() const {
    return tree_->names;
}

Parsed read(std::string_view text, Names const& names, Budget const& budget, Profile profile) {
    if (auto trouble = refuse(text, budget)) return {std::nullopt, std::move(*trouble)};
    detail::Parser parser(text, names, budget.depth, profile);
    parser.run();
    if (!parser.trouble.empty()) return {std::nullopt, std::move(parser.trouble.front())};
    return {Expression(finished(parser, text)), {}};
}

ParsedTests read_tests(std::string_view text, Names const& names, FeelType const& input, Budget const& budget,
                       Profile profile) {
    if (auto trouble = refuse(text, budget)) return {std::nullopt, std::move(*trouble)};
    detail::Parser parser(text, names, budget.depth, profile);
    parser.run_tests(input);
    if (!parser.trouble.empty()) return {std::nullopt, std::move(parser.trouble.front())};
    return {UnaryTests(finished(parser, text)), {}};
}

Result<Expression> parse(std::string_view text, Names const& names, Budget const& budget) {
    auto parsed = read(text, names, budget);
    if (parsed.expression) return std::move(*parsed.expression);
    return Error{ErrorKind::invalid, parsed.trouble.code, parsed.trouble.text()};
}

Result<Expression> parse_condition(std::string_view text, Names const& names, Budget const& budget) {
    auto out = TRY(parse(text, names, budget));
    if (out.type() == Type::any || out.type() == Type::boolean) return out;
    return Error{ErrorKind::invalid, "condition_is_not_a_boolean",
                 "条件的结果必须是“是”或“否”，这里得到的是 " + out.feel_type().text() + "。"};
}

Value evaluate(Expression const& expression, Frame const& frame, Run& run) {
    auto const& tree = expression.tree();
    Activation const activation(run, tree.locals);
    auto out = detail::Evaluator(expression.held(), &frame, run, activation.base).of(tree.root);
    return run.exhausted() ? run.spent() : out;
}

Evaluated evaluate(Expression const& expression, Context const& context, Settings const& settings) {
    Run run(settings);
    return evaluated(evaluate(expression, frame_for(expression.tree(), context), run));
}

Evaluated evaluate(Expression const& expression, Context const& context, Budget const& budget) {
    Settings settings;
    settings.budget = budget;
    return evaluate(expression, context, settings);
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
