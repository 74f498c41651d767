// The parser's hold on its tokens, and how nodes are made.
#include <algorithm>

#include "rules/parser.h"

namespace tongban::rules::detail {

namespace {

bool known(Type type) {
    return type != Type::any && type != Type::null;
}

}  // namespace

bool is_keyword(std::string_view word) {
    static constexpr std::string_view keywords[] = {"and",  "or",      "if",       "then",      "else",
                                                    "in",   "between", "return",   "satisfies", "for",
                                                    "some", "every",   "function", "instance",  "external"};
    return std::find(std::begin(keywords), std::end(keywords), word) != std::end(keywords);
}

Token Parser::next() {
    Token const out = now();
    if (at_ + 1 < tokens().size()) ++at_;
    return out;
}

void Parser::skip(std::size_t count) {
    for (; count > 0; --count) (void)next();
}

bool Parser::take_symbol(std::string_view text) {
    if (!is_symbol(text)) return false;
    (void)next();
    return true;
}

bool Parser::take_word(std::string_view text) {
    if (!is_word(text)) return false;
    (void)next();
    return true;
}

void Parser::expect_symbol(std::string_view text) {
    if (!take_symbol(text)) fail("something_else_is_expected", now(), std::string(text));
}

void Parser::expect_word(std::string_view text) {
    if (!take_word(text)) fail("something_else_is_expected", now(), std::string(text));
}

std::string Parser::shown(Token const& token) const {
    if (token.kind == TokenKind::end) return "结尾";
    if (token.kind != TokenKind::string) return from_code_points(to_code_points(token.text).substr(0, 40));
    auto const& text = to_code_points(lexed_.strings[token.extra]);
    return "\"" + from_code_points(text.substr(0, 20)) + (text.size() > 20 ? "…\"" : "\"");
}

std::string Parser::source(std::size_t first, std::size_t last) const {
    if (first >= last || last >= tokens().size()) return {};
    auto const* begin = tokens()[first].text.data();
    auto const& end = tokens()[last - 1].text;
    return normal_name(std::string_view(begin, static_cast<std::size_t>(end.data() + end.size() - begin)));
}

Index Parser::fail(std::string code, Token const& found, std::string fits, std::string fix) {
    if (!trouble.empty()) return 0;
    // What no rule takes is the first thing to mend, wherever it stands behind here.
    for (std::size_t i = at_; i < tokens().size(); ++i) {
        if (tokens()[i].kind != TokenKind::wrong) continue;
        trouble.push_back(lexed_.troubles[tokens()[i].extra]);
        break;
    }
    if (trouble.empty())
        trouble.push_back({std::move(code), found.at, shown(found), std::move(fits), std::move(fix)});
    at_ = tokens().size() - 1;
    if (tree.nodes.empty()) tree.nodes.emplace_back();
    return 0;
}

Index Parser::fail_shown(std::string code, Place at, std::string found, std::string fits) {
    bool const first = trouble.empty();
    Token place;
    place.at = at;
    Index const out = fail(code, place, std::move(fits));
    if (first && trouble.back().code == code && trouble.back().place == at)
        trouble.back().found = from_code_points(to_code_points(found).substr(0, 80));
    return out;
}

bool Parser::spells(std::vector<std::string> const& parts) const {
    if (at_ + parts.size() >= tokens().size()) return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Token const& token = tokens()[at_ + i];
        if (token.text != parts[i] || token.kind == TokenKind::string) return false;
    }
    return true;
}

Index Parser::add(Node node, std::vector<Index> const& args) {
    if (!trouble.empty()) return 0;
    for (Index const arg : args) node.height = std::max(node.height, tree.nodes[arg].height + 1);
    if (node.height > depth_max_) return fail("expression_is_too_deep", now());
    node.args = {static_cast<std::uint32_t>(tree.indexes.size()), static_cast<std::uint32_t>(args.size())};
    tree.indexes.insert(tree.indexes.end(), args.begin(), args.end());
    tree.nodes.push_back(std::move(node));
    return static_cast<Index>(tree.nodes.size() - 1);
}

Index Parser::operation(Op op, Place at, FeelType type, std::vector<Index> const& args) {
    Node node;
    node.op = op;
    node.at = at;
    node.type = std::move(type);
    return add(std::move(node), args);
}

Index Parser::literal(Place at, Value value) {
    Node node;
    node.at = at;
    node.type = type_of(value);
    node.value = std::move(value);
    return add(std::move(node), {});
}

Index Parser::nothing(Place at, std::string code, std::string word) {
    Node node;
    node.op = Op::nothing;
    node.at = at;
    node.word = std::move(code);
    node.keys = keep({std::move(word)});
    return add(std::move(node), {});
}

Args Parser::keep(Strings const& keys) {
    Args const out{static_cast<std::uint32_t>(tree.keys.size()), static_cast<std::uint32_t>(keys.size())};
    tree.keys.insert(tree.keys.end(), keys.begin(), keys.end());
    return out;
}

void Parser::needs(Index part, Type type, Token const& by) {
    if (!strict() || !trouble.empty()) return;
    Type const found = kind(part);
    if (!known(found) || found == type) return;
    fail_shown("types_never_fit", by.at, shown(by) + " （" + type_at(part).text() + "）",
               std::string(to_text(type)));
}

void Parser::same(Index left, Index right, Token const& by) {
    if (!strict() || !trouble.empty()) return;
    Type const a = kind(left), b = kind(right);
    if (!known(a) || !known(b) || a == b) return;
    fail_shown("types_never_fit", by.at,
               type_at(left).text() + " " + std::string(by.text) + " " + type_at(right).text(),
               "两边同一种类型");
}

// `(1..5)` and `]1..5]` are ranges, `(1, 2)` lists tests, `[1, 2]` is a list: two dots at this level tell
// them apart.
bool Parser::at_range() const {
    if (!is_symbol("(") && !is_symbol("[") && !is_symbol("]")) return false;
    int depth = 0;
    for (std::size_t i = at_ + 1; i < tokens().size(); ++i) {
        Token const& token = tokens()[i];
        if (token.kind == TokenKind::name && depth == 0 && token.text == "for") return false;
        if (token.kind != TokenKind::symbol) continue;
        if (depth == 0 && token.text == "..") return true;
        if (token.text == "(" || token.text == "[" || token.text == "{") ++depth;
        if (token.text == ")" || token.text == "]" || token.text == "}") --depth;
        if (depth < 0 || (depth == 0 && token.text == ",")) return false;
    }
    return false;
}

// `[` may close a range, as in `]1..5[`: then nothing follows that could be inside a filter.
bool Parser::closes_range() const {
    if (!in_range_) return false;
    Token const& after = ahead(1);
    if (after.kind == TokenKind::end) return true;
    if (after.kind == TokenKind::symbol) {
        static constexpr std::string_view inside[] = {"(", "-", "[", "@", "{", "?", "<", ">", "<=", ">="};
        return std::find(std::begin(inside), std::end(inside), after.text) == std::end(inside);
    }
    return after.kind == TokenKind::name && is_keyword(after.text);
}

}  // namespace tongban::rules::detail
