// for, some, every, function definitions, and types.
#include <algorithm>

#include "rules/parser_depth.h"

namespace tongban::rules::detail {

namespace {

/// What the items of a domain are.
FeelType item_of(FeelType const& domain) {
    if (domain.kind() == Type::list || domain.kind() == Type::range) return domain.item();
    return domain.kind() == Type::null ? FeelType() : domain;
}

}  // namespace

std::string Parser::iterator_name() {
    std::size_t const first = at_;
    while (now().kind != TokenKind::end && !is_word("in") && now().kind != TokenKind::string) (void)next();
    auto out = source(first, at_);
    if (out.empty()) fail("something_else_is_expected", now(), "名称");
    return out;
}

Loop::Iterator Parser::iterator(Token const& by) {
    Loop::Iterator out;
    auto const name = iterator_name();
    expect_word("in");
    if (!trouble.empty()) return out;
    out.domain = sum();
    out.last = out.domain;
    FeelType item = item_of(type_at(out.domain));
    if (take_symbol("..")) {
        out.last = sum();
        same(out.domain, out.last, by);
        item = type_at(out.domain);
    }
    if (trouble.empty()) out.slot = scopes_.put(name, item);
    return out;
}

std::vector<Loop::Iterator> Parser::iterators(Token const& by) {
    std::vector<Loop::Iterator> out;
    do out.push_back(iterator(by));
    while (trouble.empty() && take_symbol(","));
    return out;
}

Index Parser::add_loop(Op op, FeelType type, Token const& by, Loop made, std::vector<Index> const& args) {
    Node node;
    node.op = op;
    node.at = by.at;
    node.type = std::move(type);
    tree.loops.push_back(std::move(made));
    node.extra = static_cast<std::uint32_t>(tree.loops.size() - 1);
    return add(std::move(node), args);
}

Index Parser::loop() {
    Deeper const deeper(*this);
    Token const begun = next();
    Loop made;
    scopes_.open();
    made.iterators = iterators(begun);
    made.partial = scopes_.put("partial", Type::list);
    expect_word("return");
    std::size_t const before = tree.nodes.size();
    made.body = expression();
    scopes_.close();
    if (!trouble.empty()) return 0;
    for (std::size_t i = before; i < tree.nodes.size(); ++i)
        made.uses_partial = made.uses_partial || tree.nodes[i].word.starts_with("partial");
    std::vector<Index> args;
    for (auto const& one : made.iterators) {
        args.push_back(one.domain);
        args.push_back(one.last);
    }
    args.push_back(made.body);
    auto type = FeelType::list(type_at(made.body));
    return add_loop(Op::loop, std::move(type), begun, std::move(made), args);
}

Index Parser::quantified(Op op) {
    Deeper const deeper(*this);
    Token const begun = next();
    Loop made;
    scopes_.open();
    made.iterators = iterators(begun);
    expect_word("satisfies");
    made.body = expression();
    scopes_.close();
    needs(made.body, Type::boolean, begun);
    if (!trouble.empty()) return 0;
    std::vector<Index> args;
    for (auto const& one : made.iterators) args.push_back(one.domain);
    args.push_back(made.body);
    return add_loop(op, Type::boolean, begun, std::move(made), args);
}

Index Parser::function() {
    Deeper const deeper(*this);
    Token const begun = next();
    expect_symbol("(");
    std::vector<Parameter> parameters;
    if (!take_symbol(")")) {
        do {
            std::size_t const first = at_;
            while (now().kind != TokenKind::end && !is_symbol(":") && !is_symbol(",") && !is_symbol(")") &&
                   now().kind != TokenKind::string)
                (void)next();
            Parameter one{source(first, at_), {}};
            if (one.name.empty()) fail("something_else_is_expected", now(), "参数名");
            if (take_symbol(":")) one.type = type();
            parameters.push_back(std::move(one));
        } while (trouble.empty() && take_symbol(","));
        expect_symbol(")");
    }
    if (!trouble.empty()) return 0;
    auto const number = static_cast<std::uint32_t>(tree.functions.size());
    tree.functions.emplace_back();
    tree.functions[number].parameters = parameters;
    Node node;
    node.at = begun.at;
    node.extra = number;
    std::vector<FeelType> types;
    for (auto const& one : parameters) types.push_back(one.type);
    if (take_word("external")) {
        node.op = Op::external;
        node.type = FeelType::function(std::move(types), {});
        Index const mapping = expression();
        return add(std::move(node), {mapping});
    }
    scopes_.enter_function(number);
    scopes_.open();
    for (auto const& one : parameters) scopes_.put(one.name, one.type);
    Index const body = expression();
    scopes_.close();
    scopes_.leave_function();
    if (!trouble.empty()) return 0;
    tree.functions[number].body = body;
    tree.functions[number].result = type_at(body);
    node.op = Op::function;
    node.type = FeelType::function(std::move(types), type_at(body));
    return add(std::move(node), {body});
}

std::optional<FeelType> Parser::declared_type() {
    std::size_t length = 0;
    std::optional<FeelType> out;
    for (auto const& [parts, type] : names_.types()) {
        if (parts.size() < length || !spells(parts)) continue;
        length = parts.size();
        out = type;
    }
    static constexpr std::string_view built_in[] = {"Any",
                                                    "Null",
                                                    "boolean",
                                                    "number",
                                                    "string",
                                                    "date",
                                                    "time",
                                                    "date and time",
                                                    "days and time duration",
                                                    "years and months duration",
                                                    "list",
                                                    "context",
                                                    "range",
                                                    "function"};
    for (auto const word : built_in) {
        auto const parts = name_parts(word);
        if (parts.size() <= length || !spells(parts)) continue;
        length = parts.size();
        out = FeelType::named(word);
    }
    skip(length);
    return out;
}

FeelType Parser::type() {
    Deeper const deeper(*this);
    Token const begun = now();
    if (!trouble.empty()) return {};
    // `<>` of `function<> -> Any` is a symbol of other languages elsewhere.
    bool const holds = ahead(1).text == "<" || ahead(1).text == "<>";
    static constexpr std::string_view holders[] = {"list", "range", "context", "function"};
    if (holds && std::find(std::begin(holders), std::end(holders), begun.text) != std::end(holders)) {
        (void)next();
        return type_inner(begun.text);
    }
    if (auto const found = declared_type()) return *found;
    if (begun.kind != TokenKind::name) {
        fail("something_else_is_expected", begun, "类型名");
        return {};
    }
    std::size_t words = 1;
    while (is_symbol_ahead(words, ".") && ahead(words + 1).kind == TokenKind::name) words += 2;
    auto const spelt = source(at_, at_ + words);
    fail_shown("type_is_not_known", begun.at, spelt, "number、string、boolean、date、list<…> 等");
    return {};
}

FeelType Parser::type_inner(std::string_view word) {
    std::vector<FeelType> inner;
    std::vector<FeelType::Entry> entries;
    if (now().text == "<>") {
        (void)next();
    } else {
        expect_symbol("<");
        while (trouble.empty() && !is_symbol(">")) {
            if (word == "context") {
                std::string key;
                if (!context_key(key)) fail("something_else_is_expected", now(), "名称");
                expect_symbol(":");
                entries.emplace_back(key, type());
            } else {
                inner.push_back(type());
            }
            if (!is_symbol(">")) expect_symbol(",");
        }
        expect_symbol(">");
    }
    if (word == "context") return FeelType::context(std::move(entries));
    if (word == "function") {
        expect_symbol("->");
        auto result = type();
        return FeelType::function(std::move(inner), std::move(result));
    }
    auto item = inner.size() == 1 ? inner[0] : FeelType();
    return word == "list" ? FeelType::list(std::move(item)) : FeelType::range(std::move(item));
}

}  // namespace tongban::rules::detail
