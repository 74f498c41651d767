// Names in scope, and calls of functions.
#include <algorithm>

#include "rules/parser_depth.h"

namespace tongban::rules::detail {

/// The longest built-in name that is spelt here.
Builtin const* Parser::builtin_here(std::size_t& words) const {
    for (auto const* one : builtins_starting_with(now().text)) {
        if (!spells(one->words)) continue;
        words = one->words.size();
        return one;
    }
    return nullptr;
}

Index Parser::word() {
    Token const token = now();
    if (take_word("true")) return literal(token.at, Value(true));
    if (take_word("false")) return literal(token.at, Value(false));
    if (take_word("null")) {
        Index const out = literal(token.at, Value());
        return out;
    }
    auto match = scopes_.find([&](auto const& parts) { return spells(parts); });
    if (auto const* all = names_.starting_with(token.text)) {
        auto const found =
            std::find_if(all->begin(), all->end(), [&](auto const& one) { return spells(one.parts); });
        if (found != all->end() && found->parts.size() > match.length) {
            match.where = Match::Where::frame;
            match.length = found->parts.size();
            match.slot = found->slot;
            match.members = found->rest;
            match.spelling = found->known.path;
            match.type = found->known.type;
        }
    }
    // A declared name may hold words like `and`, but is never one alone.
    if (match.length == 1 && is_keyword(token.text)) match.where = Match::Where::nowhere;
    std::size_t words = 0;
    auto const* builtin = builtin_here(words);
    bool const called = builtin != nullptr && is_symbol_ahead(words, "(");
    // A name in scope hides the built-in one, unless it is known to be no function.
    Type const type = match.type.kind();
    bool const own = match.where != Match::Where::nowhere && (type == Type::function || type == Type::any);
    if (called && (match.length < words || (match.length == words && !own))) return call(token, *builtin);
    if (match.where != Match::Where::nowhere) return name(match, token);
    if (builtin != nullptr) {
        Index const value = literal(token.at, builtin_value(*builtin));
        skip(words);
        if (match.open_items.empty()) return value;
        match.length = 0;
        match.spelling = builtin->name;
        return late(match, token, value);
    }
    if (token.kind == TokenKind::wrong || is_keyword(token.text) || token.kind != TokenKind::name)
        return fail("something_else_is_expected", token, "名称、数、文字或 (");
    if (!match.open_items.empty()) return late(match, token, std::nullopt);
    return unknown_name(token);
}

Index Parser::name(Match const& match, Token const& begun) {
    if (match.spelling == "?") asks_input_ = true;
    Node node;
    node.at = begun.at;
    node.type = match.type;
    node.word = match.spelling;
    node.slot = match.slot;
    node.op = Op::local;
    if (match.where == Match::Where::frame) {
        tree.names.push_back(match.spelling);
        tree.roots.emplace_back(match.slot, names_.root(match.slot));
        auto const captured = scopes_.reach_frame(match.slot);
        node.op = captured ? Op::local : Op::name;
        if (captured) node.slot = *captured;
    }
    node.keys = keep(match.members);
    bool const called = is_symbol_ahead(match.length, "(");
    Type const type = match.type.kind();
    if (called && strict() && type != Type::function && type != Type::any) {
        skip(match.length);
        return fail_shown("function_is_not_known", begun.at, match.spelling + "(");
    }
    skip(match.length);
    Index const out = add(std::move(node), {});
    if (match.open_items.empty()) return out;
    Match inner = match;
    inner.length = 0;
    return late(inner, begun, out);
}

/// What may be a member of an item: it is looked up there first, when there is an item.
Index Parser::late(Match const& match, Token const& begun, std::optional<Index> fallback) {
    std::string name = match.spelling;
    if (!fallback) {
        std::size_t words = 0;
        while (ahead(words).kind == TokenKind::name && (words == 0 || !is_keyword(ahead(words).text)))
            ++words;
        name = source(at_, at_ + words);
        skip(words);
    }
    Strings keys{name};
    if (match.where == Match::Where::frame && !match.members.empty()) {
        keys = {names_.root(match.slot)};
        keys.insert(keys.end(), match.members.begin(), match.members.end());
    }
    Node node;
    node.op = Op::late;
    node.at = begun.at;
    node.word = name;
    node.keys = keep(keys);
    std::vector<Index> args;
    if (fallback) args.push_back(*fallback);
    Index const out = add(std::move(node), args);
    if (!trouble.empty()) return out;
    auto& made = tree.nodes[out];
    made.extra = static_cast<std::uint32_t>(tree.indexes.size());
    made.slot = static_cast<Slot>(match.open_items.size());
    tree.indexes.push_back(static_cast<Index>(keys.size()));  // members beyond these came later
    tree.indexes.insert(tree.indexes.end(), match.open_items.begin(), match.open_items.end());
    return out;
}

Index Parser::unknown_name(Token const& begun) {
    std::size_t words = 1;
    if (is_symbol_ahead(1, "(") || !strict()) {
        while (ahead(words).kind == TokenKind::name && !is_keyword(ahead(words).text)) ++words;
        auto const spelt = source(at_, at_ + words);
        if (is_symbol_ahead(words, "(")) {
            skip(words);
            return unknown_call(begun, spelt);
        }
        skip(words);
        return nothing(begun.at, "name_is_not_known", spelt);
    }
    for (std::size_t count = 2; count <= 5 && ahead(count - 1).kind == TokenKind::name; ++count) {
        if (!is_symbol_ahead(count, "(")) continue;
        auto const spelt = source(at_, at_ + count);
        return fail_shown("function_is_not_known", begun.at, spelt + "(");
    }
    std::size_t length = 1;
    while (is_symbol_ahead(length, ".") && ahead(length + 1).kind == TokenKind::name) length += 2;
    std::string const spelt = source(at_, at_ + length);
    std::string fits;
    for (auto const& near : names_.nearest(spelt)) fits += (fits.empty() ? "" : "、") + near;
    if (length == 1) fits += (fits.empty() ? "" : "；") + std::string("若是文字，写作 \"") + spelt + "\"";
    return fail_shown("name_is_not_known", begun.at, spelt, fits);
}

Index Parser::unknown_call(Token const& begun, std::string const& name) {
    if (strict()) {
        at_ = std::min(at_, tokens().size() - 1);
        return fail_shown("function_is_not_known", begun.at, name + "(",
                          "FEEL 的函数，例如 count、contains、string length");
    }
    Strings names;
    (void)arguments(names);
    return nothing(begun.at, "function_is_not_known", name);
}

std::vector<Index> Parser::arguments(Strings& names) {
    Deeper const deeper(*this);
    std::vector<Index> out;
    expect_symbol("(");
    if (take_symbol(")")) return out;
    do {
        // A name with a colon behind it: an argument by name.
        std::size_t words = 0;
        while (ahead(words).kind == TokenKind::name || ahead(words).kind == TokenKind::number ||
               (words > 0 && ahead(words).kind == TokenKind::symbol && ahead(words).text != ":" &&
                std::string_view("/-'+*").find(ahead(words).text) != std::string_view::npos))
            ++words;
        bool const named = words > 0 && is_symbol_ahead(words, ":");
        names.push_back(named ? source(at_, at_ + words) : std::string());
        if (named) skip(words + 1);
        static constexpr std::string_view signs[] = {"<", "<=", ">", ">=", "=", "!="};
        bool const bound = now().kind == TokenKind::symbol &&
                           std::find(std::begin(signs), std::end(signs), now().text) != std::end(signs);
        out.push_back(bound ? range_unary(std::nullopt) : expression());
    } while (trouble.empty() && take_symbol(","));
    expect_symbol(")");
    return out;
}

Index Parser::call(Token const& begun, Builtin const& builtin) {
    Deeper const deeper(*this);
    std::string const shown_name = builtin.name + "(";
    skip(builtin.words.size());
    Strings names;
    auto args = arguments(names);
    if (!trouble.empty()) return 0;
    auto wrong = [&](std::string const& fits) {
        if (!strict()) return nothing(begun.at, "function_has_wrong_arguments", builtin.name);
        return fail_shown("function_has_wrong_arguments", begun.at, shown_name, fits);
    };
    bool const named = std::any_of(names.begin(), names.end(), [](auto const& one) { return !one.empty(); });
    Signature const* signature = builtin.by_count(args.size());
    if (named) {
        auto const order = builtin.by_names(names);
        if (!order) return wrong("它的参数名");
        std::vector<Index> ordered;
        for (auto const& place : order->places)
            ordered.push_back(place ? args[*place] : literal(begun.at, Value()));
        args = std::move(ordered);
        signature = order->signature;
    }
    if (signature == nullptr)
        return wrong(std::to_string(builtin.signatures[0].parameters.size()) + " 个参数");
    Token by = begun;
    by.text = builtin.name;
    for (std::size_t i = 0; i < args.size() && !signature->variadic; ++i) {
        Type const wanted = signature->parameters[i].type.kind();
        if (wanted != Type::any) needs(args[i], wanted, by);
    }
    return call_of(begun, builtin, std::move(args));
}

Index Parser::call_of(Token const& begun, Builtin const& builtin, std::vector<Index> args) {
    if (!trouble.empty()) return 0;
    if (builtin.name == "not") return operation(Op::negation, begun.at, Type::boolean, args);
    if (args.size() == 1 && tree.nodes[args[0]].op == Op::literal && kind(args[0]) == Type::string) {
        bool const makes = builtin.name == "date" || builtin.name == "time" ||
                           builtin.name == "date and time" || builtin.name == "duration";
        if (makes) return constant_call(begun, builtin, args[0]);
    }
    Node node;
    node.op = Op::call;
    node.at = begun.at;
    node.type = builtin.yields;
    node.word = builtin.name;
    node.builtin = &builtin;
    return add(std::move(node), args);
}

/// `date("2026-10-15")` is read once and for all.
Index Parser::constant_call(Token const& begun, Builtin const& builtin, Index argument) {
    auto const& text = *tree.nodes[argument].value.string();
    auto const type = builtin.name == "duration" ? Type::days_duration : builtin.yields.kind();
    auto value = read_value(type, text);
    // date("2026-10-15T08:30:00") has its own rule, and is no constant.
    if (value) return literal(begun.at, std::move(*value));
    if (!strict()) return nothing(begun.at, "date_does_not_exist", text);
    static constexpr std::pair<std::string_view, std::string_view> samples[] = {
        {"date", "date(\"2026-10-15\")"},
        {"time", "time(\"08:30:00\")"},
        {"date and time", "date and time(\"2026-10-15T08:30:00\")"},
        {"duration", "duration(\"P1Y2M\") 或 duration(\"P3DT4H\")"}};
    auto const sample = std::find_if(std::begin(samples), std::end(samples),
                                     [&](auto const& one) { return one.first == builtin.name; });
    std::string const code = builtin.name == "duration" ? "duration_is_malformed"
                             : builtin.name == "time"   ? "time_does_not_exist"
                                                        : "date_does_not_exist";
    return fail_shown(code, begun.at, builtin.name + "(\"" + text + "\")", std::string(sample->second));
}

Index Parser::invocation(Index callee) {
    Token const open = now();
    Type const type = kind(callee);
    if (strict() && type != Type::any && type != Type::function)
        return fail_shown("types_never_fit", open.at, type_at(callee).text() + " (", "function");
    Strings names;
    std::vector<Index> args{callee};
    auto const given = arguments(names);
    args.insert(args.end(), given.begin(), given.end());
    if (!trouble.empty()) return 0;
    bool const named = std::any_of(names.begin(), names.end(), [](auto const& one) { return !one.empty(); });
    Node node;
    node.op = named ? Op::invoke_named : Op::invoke;
    node.at = open.at;
    node.type = type_at(callee).result();
    node.word = tree.nodes[callee].word;
    if (named) node.keys = keep(names);
    return add(std::move(node), args);
}

}  // namespace tongban::rules::detail
