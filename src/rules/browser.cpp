// The tree that the browser interprets: a part of the language, refused by name where an expression goes
// beyond.
#include <algorithm>

#include "rules/tree.h"

namespace tongban::rules {

namespace {

using detail::Index;
using detail::Node;
using detail::Op;

/// What web/packages/forms has means for.
constexpr std::string_view functions[] = {"contains", "count", "date", "starts with", "string length"};

bool is_known_literal(Value const& value) {
    switch (value.type()) {
        case Type::null:
        case Type::boolean:
        case Type::number:
        case Type::string:
        case Type::date:
            return true;
        default:
            return false;
    }
}

bool is_within(Node const& node) {
    if (node.op == Op::literal) return is_known_literal(node.value);
    if (node.op == Op::call)
        return std::find(std::begin(functions), std::end(functions), node.word) != std::end(functions);
    return node.op <= Op::call;
}

/// Ranges only as tests of `in`.
Node const* beyond(detail::Tree const& tree, Index index, bool tests) {
    Node const& node = tree.nodes[index];
    bool const is_test = node.op == Op::member || node.op == Op::test || node.op == Op::range;
    if (!is_within(node) || is_test != tests) return &node;
    for (std::size_t i = 0; i < node.args.count; ++i) {
        auto const* found = beyond(tree, tree.arg(node, i), node.op == Op::in && i > 0);
        if (found != nullptr) return found;
    }
    return nullptr;
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

std::string_view literal_op(Value const& value) {
    return to_text(value.type());
}

Json node_tree(detail::Tree const& tree, Index index) {
    Node const& node = tree.nodes[index];
    json::object out;
    bool const literal = node.op == Op::literal;
    out["op"] = literal ? literal_op(node.value) : detail::to_text(node.op);
    out["at"] = json::array{node.at.line, node.at.column};
    if (literal && !node.value.is_null()) out["value"] = literal_value(node.value);
    if (node.op == Op::name) {
        json::array path;
        auto const root = std::find_if(tree.roots.begin(), tree.roots.end(),
                                       [&](auto const& one) { return one.first == node.slot; });
        path.emplace_back(root->second);
        for (std::size_t i = 0; i < node.keys.count; ++i) path.emplace_back(tree.key(node, i));
        out["path"] = std::move(path);
    } else if (!node.word.empty()) {
        out["value"] = node.word;
    }
    if (!literal && node.op != Op::name) {
        json::array args;
        for (std::size_t i = 0; i < node.args.count; ++i) args.push_back(node_tree(tree, tree.arg(node, i)));
        out["args"] = std::move(args);
    }
    return out;
}

}  // namespace

namespace detail {

std::string_view to_text(Op op) {
    static constexpr std::string_view words[] = {
        "literal", "list",  "name",     "and",      "or",      "not",    "=",          "!=",
        "<",       "<=",    ">",        ">=",       "+",       "-",      "*",          "/",
        "negate",  "if",    "between",  "in",       "member",  "test",   "range",      "call",
        "**",      "local", "late",     "nothing",  "context", "path",   "filter",     "for",
        "some",    "every", "function", "external", "invoke",  "invoke", "instance of"};
    return words[static_cast<std::size_t>(op)];
}

}  // namespace detail

Result<Json> browser_tree(Expression const& expression) {
    auto const& tree = expression.tree();
    if (auto const* found = beyond(tree, tree.root, false)) {
        bool const test = found->op == Op::member || found->op == Op::test || found->op == Op::range;
        std::string const shown = found->op == Op::literal ? std::string(literal_op(found->value))
                                  : test                   ? "区间"
                                  : !found->word.empty()   ? found->word
                                                           : std::string(detail::to_text(found->op));
        Trouble const trouble{"expression_is_beyond_the_browser", found->at, shown,
                              "比较、and、or、四则运算、in、between、count、contains 等", ""};
        return Error{ErrorKind::invalid, trouble.code, trouble.text()};
    }
    return node_tree(tree, tree.root);
}

Json to_tree(Expression const& expression) {
    return node_tree(expression.tree(), expression.tree().root);
}

}  // namespace tongban::rules
