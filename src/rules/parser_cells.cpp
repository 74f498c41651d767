// The tests of a table's cell, and constants made ready.
#include <algorithm>

#include "rules/parser.h"

namespace tongban::rules::detail {

namespace {

/// `not(` whose bracket closes at the end.
bool is_negated(std::vector<Token> const& tokens) {
    if (tokens.size() < 4 || tokens[0].text != "not" || tokens[1].text != "(") return false;
    int depth = 0;
    for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
        if (tokens[i].kind != TokenKind::symbol) continue;
        if (tokens[i].text == "(") ++depth;
        if (tokens[i].text == ")" && --depth == 0) return i + 2 == tokens.size();
    }
    return false;
}

bool is_constant(Node const& node) {
    return node.op == Op::literal || node.constant;
}

}  // namespace

Range range_of(std::string_view word, Value bound) {
    Range out;
    bool const closed = word.ends_with('=');
    if (word == "=" || word == "!=") {
        out.form = word == "=" ? Range::Form::equal : Range::Form::not_equal;
        out.low_end = out.high_end = Range::End::closed;
        out.low = bound;
        out.high = std::move(bound);
    } else if (word[0] == '<') {
        out.form = Range::Form::below;
        out.high_end = closed ? Range::End::closed : Range::End::open;
        out.high = std::move(bound);
    } else {
        out.form = Range::Form::above;
        out.low_end = closed ? Range::End::closed : Range::End::open;
        out.low = std::move(bound);
    }
    return out;
}

Range range_of(std::string_view brackets, Value low, Value high) {
    Range out;
    out.low_end = brackets[0] == '[' ? Range::End::closed : Range::End::open;
    out.high_end = brackets[1] == ']' ? Range::End::closed : Range::End::open;
    out.low = std::move(low);
    out.high = std::move(high);
    return out;
}

void Parser::fold() {
    for (auto& node : tree.nodes) {
        bool const folds =
            node.op == Op::list || node.op == Op::range || node.op == Op::test || node.op == Op::minus;
        if (!folds) continue;
        bool all = true;
        for (std::size_t i = 0; i < node.args.count && all; ++i)
            all = is_constant(tree.nodes[tree.arg(node, i)]);
        if (!all) continue;
        auto value_of = [&](std::size_t i) -> Value const& { return tree.nodes[tree.arg(node, i)].value; };
        if (node.op == Op::list) {
            List items;
            for (std::size_t i = 0; i < node.args.count; ++i) items.push_back(value_of(i));
            node.value = Value(std::move(items));
        } else if (node.op == Op::minus) {
            if (value_of(0).number() == nullptr) continue;
            node.value = Value(value_of(0).number()->negated());
        } else if (node.op == Op::test) {
            node.value = Value(range_of(node.word, value_of(0)));
        } else {
            node.value = Value(range_of(node.word, value_of(0), value_of(1)));
        }
        node.constant = true;
    }
}

void Parser::run_tests(FeelType const& input) {
    scopes_.open();
    tree.cell.input = scopes_.put("?", input);
    bool const dash = tokens().size() == 2 && is_symbol("-");
    if (dash) {
        tree.cell.any = true;
    } else if (now().kind == TokenKind::end) {
        fail("expression_is_empty", now(), "- 或一个条件");
    } else {
        Node node;
        node.op = Op::local;
        node.at = now().at;
        node.type = input;
        node.word = "?";
        node.slot = tree.cell.input;
        Index const asked = add(std::move(node), {});
        tree.cell.negated = is_negated(tokens());
        if (tree.cell.negated) skip(2);
        cell_tests(asked);
        if (tree.cell.negated) expect_symbol(")");
        if (now().kind != TokenKind::end) fail("expression_goes_on", now(), "逗号或结尾");
    }
    tree.locals = scopes_.outer_slots();
    if (!trouble.empty()) return;
    fold();
    bool reads = false;
    for (auto& test : tree.cell.tests) {
        make_ready(test);
        reads = reads || test.kind == CellTest::Kind::expression;
    }
    if (reads) return;
    tree.nodes.clear();
    tree.nodes.shrink_to_fit();
    tree.indexes.clear();
    tree.indexes.shrink_to_fit();
}

void Parser::cell_tests(Index input) {
    do tree.cell.tests.push_back(cell_test(input));
    while (trouble.empty() && take_symbol(","));
    tree.cell.tests.shrink_to_fit();
}

CellTest Parser::cell_test(Index input) {
    CellTest out;
    Token const begun = now();
    out.at = begun.at;
    out.begin = static_cast<std::uint32_t>(begun.text.data() - text_.data());
    asks_input_ = false;
    static constexpr std::string_view signs[] = {"<", "<=", ">", ">=", "=", "!="};
    bool const bound = begun.kind == TokenKind::symbol &&
                       std::find(std::begin(signs), std::end(signs), begun.text) != std::end(signs);
    if (bound) {
        out.node = range_unary(input);
    } else {
        out.node = expression();
        bool const holder =
            kind(out.node) == Type::list || kind(out.node) == Type::range || kind(out.node) == Type::boolean;
        if (!asks_input_ && !holder) same(input, out.node, begun);
        if (!asks_input_ && kind(out.node) == Type::range && type_at(out.node).item().kind() != Type::any &&
            type_at(input).kind() != Type::range && type_at(input).kind() != Type::any && strict() &&
            trouble.empty() && type_at(out.node).item().kind() != Type::null &&
            type_at(out.node).item().kind() != type_at(input).kind())
            fail_shown("types_never_fit", begun.at, type_at(input).text() + " in " + type_at(out.node).text(),
                       "两边同一种类型");
    }
    out.asks_input = asks_input_;
    if (!trouble.empty()) return out;
    auto const& last = tokens()[at_ - 1].text;
    out.end = static_cast<std::uint32_t>(last.data() + last.size() - text_.data());
    return out;
}

void Parser::make_ready(CellTest& test) const {
    Node const& node = tree.nodes[test.node];
    if (!is_constant(node)) return;
    test.value = node.value;
    switch (node.value.type()) {
        case Type::null:
            test.kind = CellTest::Kind::null_constant;
            break;
        case Type::list:
            test.kind = CellTest::Kind::list_constant;
            break;
        case Type::range:
            test.kind = CellTest::Kind::range_constant;
            break;
        default:
            test.kind = CellTest::Kind::equal_constant;
    }
}

}  // namespace tongban::rules::detail
