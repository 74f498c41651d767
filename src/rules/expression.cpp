// Reading a text into an expression, and an expression out as the browser's tree.
#include <algorithm>

#include "rules/parser.h"

namespace tongban::rules {

namespace {

Parsed refused(std::string code, std::string found, std::string fits) {
    return {std::nullopt, Trouble{std::move(code), Place{}, std::move(found), std::move(fits), ""}};
}

Json literal_value(Value const& value) {
    switch (value.type()) {
        case Type::boolean:
            return *value.boolean();
        case Type::number:
            return json::string(value.number()->text());
        case Type::string:
            return json::string(*value.string());
        case Type::date:
            return json::string(value.date()->text());
        default:
            return nullptr;
    }
}

Json node_tree(detail::Tree const& tree, detail::Index index) {
    detail::Node const& node = tree.nodes[index];
    json::object out;
    bool const literal = node.op == detail::Op::literal;
    out["op"] = literal ? to_text(node.value.type()) : detail::to_text(node.op);
    out["at"] = json::array{node.at.line, node.at.column};
    if (literal && !node.value.is_null()) out["value"] = literal_value(node.value);
    if (node.op == detail::Op::name) {
        json::array path;
        for (auto const& part : node.path) path.emplace_back(part);
        out["path"] = std::move(path);
    } else if (!node.word.empty()) {
        out["value"] = node.word;
    }
    if (!literal && node.op != detail::Op::name) {
        json::array args;
        for (auto const arg : node.args) args.push_back(node_tree(tree, arg));
        out["args"] = std::move(args);
    }
    return out;
}

}  // namespace

namespace detail {

std::string_view to_text(Op op) {
    static constexpr std::string_view words[] = {"literal", "list", "name",   "and",  "or",     "not",
                                                 "=",       "!=",   "<",      "<=",   ">",      ">=",
                                                 "+",       "-",    "*",      "/",    "negate", "if",
                                                 "between", "in",   "member", "test", "range",  "call"};
    return words[static_cast<std::size_t>(op)];
}

}  // namespace detail

std::vector<std::string> const& Expression::names() const {
    return tree_->names;
}
std::string const& Expression::text() const {
    return tree_->text;
}
Type Expression::type() const {
    return tree_->nodes[tree_->root].type;
}

Parsed read(std::string_view text, Names const& names, Budget const& budget) {
    if (text.size() > budget.source_bytes)
        return refused("expression_is_too_long", std::to_string(text.size()) + " 字节",
                       "不超过 " + std::to_string(budget.source_bytes) + " 字节");
    if (!is_utf8(text)) return refused("text_is_not_utf8", "不是 UTF-8 的字节", "UTF-8 文字");
    auto lexed = detail::tokens_of(text);
    if (!lexed.trouble.empty()) return {std::nullopt, std::move(lexed.trouble.front())};
    detail::Parser parser(std::move(lexed.tokens), names, budget.depth);
    auto const root = parser.run();
    if (!parser.trouble.empty()) return {std::nullopt, std::move(parser.trouble.front())};
    auto tree = std::make_shared<detail::Tree>();
    tree->text = text;
    tree->nodes = std::move(parser.nodes);
    tree->root = root;
    tree->names = std::move(parser.used);
    std::sort(tree->names.begin(), tree->names.end());
    tree->names.erase(std::unique(tree->names.begin(), tree->names.end()), tree->names.end());
    return {Expression(std::move(tree)), {}};
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
                 "条件的结果必须是“是”或“否”，这里得到的是 " + std::string(to_text(out.type())) + "。"};
}

Json to_tree(Expression const& expression) {
    return node_tree(expression.tree(), expression.tree().root);
}

}  // namespace tongban::rules
