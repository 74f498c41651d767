// Tokens to tree. Recursive descent; the first trouble moves the parser to the end of its tokens, where every
// rule stops by itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/builtins.h"
#include "rules/lexer.h"
#include "rules/scopes.h"
#include "rules/tree.h"

namespace tongban::rules::detail {

class Parser {
public:
    Parser(std::string_view text, Names const& names, int depth_max, Profile profile)
        : text_(text),
          lexed_(tokens_of(text)),
          names_(names),
          scopes_(tree.functions),
          depth_max_(depth_max),
          profile_(profile) {}
    /// The whole text. Check `trouble` first.
    void run();
    /// The whole text as the tests of a cell.
    void run_tests(FeelType const& input);
    std::vector<Trouble> trouble;
    Tree tree;

private:
    class Deeper;  ///< counts one more nested part while it lives
    using Strings = std::vector<std::string>;

    // parser_tokens.cpp
    [[nodiscard]] std::vector<Token> const& tokens() const { return lexed_.tokens; }
    [[nodiscard]] Token const& now() const { return tokens()[at_]; }
    [[nodiscard]] Token const& ahead(std::size_t count) const {
        return tokens()[std::min(at_ + count, tokens().size() - 1)];
    }
    [[nodiscard]] bool is_symbol(std::string_view text) const {
        return now().kind == TokenKind::symbol && now().text == text;
    }
    [[nodiscard]] bool is_word(std::string_view text) const {
        return now().kind == TokenKind::name && now().text == text;
    }
    [[nodiscard]] bool is_symbol_ahead(std::size_t count, std::string_view text) const {
        return ahead(count).kind == TokenKind::symbol && ahead(count).text == text;
    }
    bool take_symbol(std::string_view text);
    bool take_word(std::string_view text);
    void expect_symbol(std::string_view text);
    void expect_word(std::string_view text);
    Token next();
    void skip(std::size_t count);
    [[nodiscard]] bool strict() const { return profile_ == Profile::strict; }
    [[nodiscard]] std::string shown(Token const& token) const;
    /// The source from one token to just before another, blanks normalised.
    [[nodiscard]] std::string source(std::size_t first, std::size_t last) const;
    Index fail(std::string code, Token const& found, std::string fits = "", std::string fix = "");
    Index fail_shown(std::string code, Place at, std::string found, std::string fits = "");
    [[nodiscard]] bool spells(std::vector<std::string> const& parts) const;
    [[nodiscard]] bool at_range() const;
    [[nodiscard]] bool closes_range() const;

    Index add(Node node, std::vector<Index> const& args);
    Index operation(Op op, Place at, FeelType type, std::vector<Index> const& args);
    Index literal(Place at, Value value);
    Index nothing(Place at, std::string code, std::string word);
    Args keep(Strings const& keys);
    [[nodiscard]] FeelType const& type_at(Index part) const { return tree.nodes[part].type; }
    [[nodiscard]] Type kind(Index part) const { return type_at(part).kind(); }
    void needs(Index part, Type type, Token const& by);
    void same(Index left, Index right, Token const& by);

    // parser.cpp: operators
    Index expression();
    Index choice();
    Index disjunction();
    Index conjunction();
    Index comparison();
    Index compared(Index left);
    Index between(Index what, Token const& word);
    Index membership(Index what, Token const& word);
    Index test(Index what);
    Index range_between(std::optional<Index> what);
    Index range_unary(std::optional<Index> what);
    /// Operators of one rank, from the left.
    Index chain(Index (Parser::*next_level)(), std::initializer_list<std::pair<char const*, Op>> symbols);
    Index sum();
    Index product();
    Index power();
    Index unary();
    Index instance(Index what);
    FeelType arithmetic(Op op, Index left, Index right, Token const& by);

    // parser_primary.cpp: literals, lists, contexts, postfix parts
    Index postfix();
    Index primary();
    Index parenthesised();
    Index number(Token const& token);
    Index at_literal();
    Index list();
    Index context();
    bool context_key(std::string& key);
    Index member(Index of);
    Index filter(Index of);
    void open_item(FeelType const& item, Slot slot);
    std::string member_name(FeelType const& of, FeelType& type);

    // parser_names.cpp: names and calls
    Index word();
    Index name(Match const& match, Token const& begun);
    Index late(Match const& match, Token const& begun, std::optional<Index> fallback);
    Index unknown_name(Token const& begun);
    [[nodiscard]] Builtin const* builtin_here(std::size_t& words) const;
    Index call(Token const& begun, Builtin const& builtin);
    Index call_of(Token const& begun, Builtin const& builtin, std::vector<Index> args);
    Index constant_call(Token const& begun, Builtin const& builtin, Index argument);
    Index unknown_call(Token const& begun, std::string const& name);
    Index invocation(Index callee);
    /// `(a, b)` or `(x: a, y: b)`; names stay empty for the first.
    std::vector<Index> arguments(Strings& names);

    // parser_loops.cpp: for, some, every, function, types
    Index loop();
    Index quantified(Op op);
    Loop::Iterator iterator(Token const& by);
    std::vector<Loop::Iterator> iterators(Token const& by);
    Index add_loop(Op op, FeelType type, Token const& by, Loop made, std::vector<Index> const& args);
    std::string iterator_name();
    Index function();
    FeelType type();
    FeelType type_inner(std::string_view word);
    std::optional<FeelType> declared_type();

    // parser_cells.cpp
    void cell_tests(Index input);
    CellTest cell_test(Index input);
    void make_ready(CellTest& test) const;
    /// Lists, ranges and negative numbers of literals become values.
    void fold();

    std::string_view text_;
    Tokens lexed_;
    Names const& names_;
    Scopes scopes_;
    int depth_max_;
    Profile profile_;
    std::size_t at_ = 0;
    int depth_ = 0;
    bool in_range_ = false;
    bool asks_input_ = false;
};

bool is_keyword(std::string_view word);

}  // namespace tongban::rules::detail
