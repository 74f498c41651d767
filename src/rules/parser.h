// Tokens to tree. Recursive descent; the first trouble moves the parser to the end of its tokens, where every
// rule stops by itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/lexer.h"
#include "rules/tree.h"

namespace tongban::rules::detail {

class Parser {
public:
    Parser(std::vector<Token> tokens, Names const& names, int depth_max)
        : tokens_(std::move(tokens)), names_(names), depth_max_(depth_max) {}
    /// The whole text. Check `trouble` first.
    Index run();
    std::vector<Trouble> trouble;
    std::vector<Node> nodes;
    std::vector<std::string> used;  ///< names, as declared

private:
    class Deeper;  ///< counts one more nested part while it lives

    [[nodiscard]] Token const& now() const { return tokens_[at_]; }
    [[nodiscard]] Token const& ahead(std::size_t count) const {
        return tokens_[std::min(at_ + count, tokens_.size() - 1)];
    }
    [[nodiscard]] bool is_symbol(std::string_view text) const {
        return now().kind == TokenKind::symbol && now().text == text;
    }
    [[nodiscard]] bool is_word(std::string_view text) const {
        return now().kind == TokenKind::name && now().text == text;
    }
    bool take_symbol(std::string_view text);
    bool take_word(std::string_view text);
    void expect_symbol(std::string_view text);
    void expect_word(std::string_view text);
    Token next();
    Index fail(std::string code, Token const& found, std::string fits = "", std::string fix = "");

    Index add(Node node);
    Index operation(Op op, Place at, Type type, std::vector<Index> args);
    void needs(Index part, Type type, Token const& by);
    void same(Index left, Index right, Token const& by);

    Index expression();
    Index choice();
    Index disjunction();
    Index conjunction();
    Index comparison();
    Index between(Index what, Token const& word);
    Index membership(Index what, Token const& word);
    Index test(Index what);
    Index range_test(Index what);
    [[nodiscard]] bool at_range() const;
    [[nodiscard]] bool closes_range() const;
    Index sum();
    Index product();
    Index unary();
    Index postfix();
    Index primary();
    Index number(Token const& token);
    Index word();
    Index list();
    Index call(Token const& begun, std::string const& name, std::size_t words);
    Index date_literal(Token const& token, Index argument);
    Index path();

    std::vector<Token> tokens_;
    Names const& names_;
    int depth_max_;
    int depth_ = 0;
    bool in_range_ = false;  ///< reading the upper bound of a range
    std::size_t at_ = 0;
};

}  // namespace tongban::rules::detail
