// Literals, lists, contexts, and what follows them: members, filters, calls.
#include <algorithm>

#include "rules/parser_depth.h"

namespace tongban::rules::detail {

namespace {

bool starts_test(Token const& token) {
    static constexpr std::string_view signs[] = {"<", "<=", ">", ">=", "=", "!="};
    return token.kind == TokenKind::symbol &&
           std::find(std::begin(signs), std::end(signs), token.text) != std::end(signs);
}

struct Property {
    std::string_view name;
    Type of, type;
};
// DMN 1.5, table 65, and the properties of ranges (10.3.2.7).
constexpr Property properties[] = {{"year", Type::date, Type::number},
                                   {"month", Type::date, Type::number},
                                   {"day", Type::date, Type::number},
                                   {"weekday", Type::date, Type::number},
                                   {"year", Type::date_time, Type::number},
                                   {"month", Type::date_time, Type::number},
                                   {"day", Type::date_time, Type::number},
                                   {"weekday", Type::date_time, Type::number},
                                   {"hour", Type::date_time, Type::number},
                                   {"minute", Type::date_time, Type::number},
                                   {"second", Type::date_time, Type::number},
                                   {"time offset", Type::date_time, Type::days_duration},
                                   {"timezone", Type::date_time, Type::string},
                                   {"hour", Type::time, Type::number},
                                   {"minute", Type::time, Type::number},
                                   {"second", Type::time, Type::number},
                                   {"time offset", Type::time, Type::days_duration},
                                   {"timezone", Type::time, Type::string},
                                   {"years", Type::months_duration, Type::number},
                                   {"months", Type::months_duration, Type::number},
                                   {"days", Type::days_duration, Type::number},
                                   {"hours", Type::days_duration, Type::number},
                                   {"minutes", Type::days_duration, Type::number},
                                   {"seconds", Type::days_duration, Type::number},
                                   {"start", Type::range, Type::any},
                                   {"end", Type::range, Type::any},
                                   {"start included", Type::range, Type::boolean},
                                   {"end included", Type::range, Type::boolean}};

}  // namespace

Index Parser::postfix() {
    Index out = primary();
    while (trouble.empty()) {
        if (is_symbol("[") && !closes_range())
            out = filter(out);
        else if (is_symbol("."))
            out = member(out);
        else if (is_symbol("("))
            out = invocation(out);
        else
            break;
    }
    return out;
}

Index Parser::primary() {
    Token const token = now();
    switch (token.kind) {
        case TokenKind::number:
            return number(next());
        case TokenKind::string:
            (void)next();
            return literal(token.at, Value(lexed_.strings[token.extra]));
        case TokenKind::name:
            return is_word("function") ? function() : word();
        case TokenKind::wrong:
            // A declared name may begin with what is wrong elsewhere.
            return word();
        default:
            break;
    }
    if (is_symbol("?")) return word();
    if (is_symbol("@")) return at_literal();
    if (is_symbol("{")) return context();
    if (at_range()) return range_between(std::nullopt);
    if (is_symbol("[")) return list();
    if (is_symbol("(")) return parenthesised();
    return fail("something_else_is_expected", token, "名称、数、文字或 (");
}

Index Parser::parenthesised() {
    (void)next();
    Index const inner = starts_test(now()) ? range_unary(std::nullopt) : expression();
    expect_symbol(")");
    return inner;
}

Index Parser::number(Token const& token) {
    auto const value = Decimal::read(token.text);
    if (!value) return fail("number_is_out_of_range", token, "小于 10^6145 的数");
    return literal(token.at, Value(*value));
}

Index Parser::at_literal() {
    Token const begun = next();
    Token const token = now();
    if (token.kind != TokenKind::string) return fail("something_else_is_expected", token, "@\"2026-10-15\"");
    (void)next();
    auto const& text = lexed_.strings[token.extra];
    for (Type const type : {Type::date, Type::date_time, Type::time, Type::days_duration}) {
        if (auto value = read_value(type, text)) return literal(begun.at, std::move(*value));
    }
    if (!strict()) return nothing(begun.at, "literal_is_malformed", text);
    return fail_shown("literal_is_malformed", begun.at, "@" + shown(token),
                      "@\"2026-10-15\"、@\"08:30:00\"、@\"P1Y\" 等");
}

Index Parser::list() {
    Deeper const deeper(*this);
    Place const at = next().at;
    std::vector<Index> items;
    FeelType item(Type::null);
    if (!is_symbol("]")) {
        do {
            items.push_back(starts_test(now()) ? range_unary(std::nullopt) : expression());
            item = common(item, type_at(items.back()));
        } while (trouble.empty() && take_symbol(","));
    }
    expect_symbol("]");
    return operation(Op::list, at, FeelType::list(items.empty() ? FeelType() : item), items);
}

bool Parser::context_key(std::string& key) {
    if (now().kind == TokenKind::string) {
        key = lexed_.strings[next().extra];
        return true;
    }
    std::size_t const first = at_;
    while (now().kind != TokenKind::end && !is_symbol(":") && !is_symbol(",") && !is_symbol("}") &&
           !is_symbol("{") && !is_symbol("(") && now().kind != TokenKind::string)
        (void)next();
    key = source(first, at_);
    return at_ > first;
}

Index Parser::context() {
    Deeper const deeper(*this);
    Place const at = next().at;
    Strings keys;
    std::vector<Index> args;
    std::vector<Slot> slots;
    std::vector<FeelType::Entry> entries;
    std::string twice;
    scopes_.open();
    if (!is_symbol("}")) {
        do {
            Token const begun = now();
            std::string key;
            if (!context_key(key)) fail("something_else_is_expected", begun, "名称");
            expect_symbol(":");
            args.push_back(expression());
            if (!trouble.empty()) break;
            if (std::find(keys.begin(), keys.end(), key) != keys.end()) {
                if (strict()) fail_shown("name_is_there_twice", begun.at, key, "另一个名称");
                twice = key;
            }
            keys.push_back(key);
            entries.emplace_back(key, type_at(args.back()));
            slots.push_back(scopes_.put(key, type_at(args.back())));
        } while (trouble.empty() && take_symbol(","));
    }
    scopes_.close();
    expect_symbol("}");
    if (!twice.empty()) return nothing(at, "name_is_there_twice", twice);
    Node node;
    node.op = Op::context;
    node.at = at;
    node.type = FeelType::context(std::move(entries));
    node.keys = keep(keys);
    node.slot = slots.empty() ? 0 : slots[0];
    Index const out = add(std::move(node), args);
    // Slots of entries need not follow each other: nested contexts take some in between.
    if (trouble.empty()) {
        tree.nodes[out].extra = static_cast<std::uint32_t>(tree.indexes.size());
        tree.indexes.insert(tree.indexes.end(), slots.begin(), slots.end());
    }
    return out;
}

/// The longest member of this type that is spelt here, else the longest row of words.
std::string Parser::member_name(FeelType const& of, FeelType& type) {
    FeelType const holder = of.kind() == Type::list ? of.item() : of;
    std::string found;
    std::size_t length = 0;
    auto consider = [&](std::string_view name, FeelType const& yields) {
        auto const parts = name_parts(name);
        if (parts.size() <= length || !spells(parts)) return;
        length = parts.size();
        found = name;
        type = yields;
    };
    for (auto const& [name, yields] : holder.entries()) consider(name, yields);
    bool const open = holder.kind() == Type::any || holder.kind() == Type::null ||
                      (holder.kind() == Type::context && holder.extent() == FeelType::Extent::open);
    for (auto const& one : properties) {
        bool const two_words = one.name.find(' ') != std::string_view::npos;
        if (one.of == holder.kind()) consider(one.name, one.of == Type::range ? holder.item() : one.type);
        if (one.of == holder.kind() && one.type == Type::boolean && found == one.name) type = one.type;
        if (open && two_words) consider(one.name, FeelType());
    }
    if (length == 0 && now().kind == TokenKind::name && (open || !strict())) {
        while (ahead(length).kind == TokenKind::name && (length == 0 || !is_keyword(ahead(length).text)))
            ++length;
        found = source(at_, at_ + length);
        type = FeelType();
    }
    skip(length);
    if (of.kind() == Type::list) type = FeelType::list(type);
    return found;
}

Index Parser::member(Index of) {
    (void)next();
    Token const begun = now();
    FeelType type;
    std::size_t const first = at_;
    auto const name = member_name(type_at(of), type);
    if (!trouble.empty()) return 0;
    if (name.empty() && at_ == first) {
        if (begun.kind != TokenKind::name) return fail("something_else_is_expected", begun, "名称");
        std::string const base = tree.nodes[of].word;
        return fail_shown("name_is_not_known", tree.nodes[of].at, base + "." + std::string(begun.text));
    }
    Node& base = tree.nodes[of];
    bool const named = base.op == Op::name || base.op == Op::local || base.op == Op::late;
    bool const last = base.keys.first + base.keys.count == tree.keys.size();
    if (named && last && base.type.kind() != Type::list) {
        tree.keys.push_back(name);
        ++base.keys.count;
        base.word += "." + name;
        base.type = std::move(type);
        return of;
    }
    Node node;
    node.op = Op::path;
    node.at = begun.at;
    node.type = std::move(type);
    node.word = name;
    return add(std::move(node), {of});
}

void Parser::open_item(FeelType const& item, Slot slot) {
    Scopes::Name whole{{"item"}, "item", item, slot, false};
    scopes_.put(whole);
    bool const closed = item.kind() == Type::context && item.extent() == FeelType::Extent::closed;
    for (auto const& [name, type] : item.entries()) scopes_.put({name_parts(name), name, type, slot, true});
    if (!closed && (item.kind() == Type::any || item.kind() == Type::context || item.kind() == Type::null))
        scopes_.open_item(slot);
}

Index Parser::filter(Index of) {
    Deeper const deeper(*this);
    Token const open = next();
    FeelType const list = type_at(of);
    FeelType const item = list.kind() == Type::list ? list.item() : list;
    scopes_.open();
    Slot const slot = scopes_.new_slot();
    open_item(item, slot);
    bool const outer = in_range_;
    in_range_ = false;
    Index const by = starts_test(now()) ? range_unary(std::nullopt) : expression();
    in_range_ = outer;
    scopes_.close();
    expect_symbol("]");
    if (!trouble.empty()) return 0;
    bool const indexes = kind(by) == Type::number;
    bool const known =
        kind(by) == Type::boolean || indexes || kind(by) == Type::any || kind(by) == Type::null;
    if (strict() && !known) return fail("types_never_fit", open, "boolean 或 number");
    Node node;
    node.op = Op::filter;
    node.at = open.at;
    node.slot = slot;
    node.type = indexes ? item : kind(by) == Type::boolean ? FeelType::list(item) : FeelType();
    return add(std::move(node), {of, by});
}

}  // namespace tongban::rules::detail
