#include "rules/parser.h"

#include <algorithm>
#include <utility>

#include "rules/parser_depth.h"

namespace tongban::rules::detail {

namespace {

bool known(Type type) {
    return type != Type::any && type != Type::null;
}
bool orders(Type type) {
    switch (type) {
        case Type::boolean:
        case Type::list:
        case Type::context:
        case Type::range:
        case Type::function:
            return false;
        default:
            return true;
    }
}

struct Comparison {
    std::string_view text;
    Op op;
};
constexpr Comparison comparisons[] = {{"=", Op::equal},    {"!=", Op::not_equal}, {"<", Op::less},
                                      {"<=", Op::at_most}, {">", Op::greater},    {">=", Op::at_least}};

Comparison const* comparison_of(Token const& token) {
    if (token.kind != TokenKind::symbol) return nullptr;
    auto const found = std::find_if(std::begin(comparisons), std::end(comparisons),
                                    [&](Comparison const& one) { return one.text == token.text; });
    return found == std::end(comparisons) ? nullptr : found;
}

}  // namespace

void Parser::run() {
    scopes_.open();
    if (now().kind == TokenKind::end) {
        fail("expression_is_empty", now(), "一个表达式");
        return;
    }
    tree.root = expression();
    if (now().kind != TokenKind::end) fail("expression_goes_on", now(), "and、or、比较或结尾");
    tree.locals = scopes_.outer_slots();
    if (trouble.empty()) fold();
}

Index Parser::expression() {
    Deeper const deeper(*this);
    if (is_word("if")) return choice();
    if (is_word("for")) return loop();
    if (is_word("some") || is_word("every")) return quantified(is_word("some") ? Op::some : Op::every);
    return disjunction();
}

Index Parser::choice() {
    Token const begun = next();
    Index const condition = expression();
    needs(condition, Type::boolean, begun);
    expect_word("then");
    Index const yes = expression();
    expect_word("else");
    Index const no = expression();
    return operation(Op::choose, begun.at, common(type_at(yes), type_at(no)), {condition, yes, no});
}

Index Parser::disjunction() {
    std::vector<Index> parts{conjunction()};
    Place const at = now().at;
    while (is_word("or")) {
        Token const word = next();
        if (parts.size() == 1) needs(parts[0], Type::boolean, word);
        parts.push_back(conjunction());
        needs(parts.back(), Type::boolean, word);
    }
    return parts.size() == 1 ? parts[0] : operation(Op::any_of, at, Type::boolean, parts);
}

Index Parser::conjunction() {
    std::vector<Index> parts{comparison()};
    Place const at = now().at;
    while (is_word("and")) {
        Token const word = next();
        if (parts.size() == 1) needs(parts[0], Type::boolean, word);
        parts.push_back(comparison());
        needs(parts.back(), Type::boolean, word);
    }
    return parts.size() == 1 ? parts[0] : operation(Op::all_of, at, Type::boolean, parts);
}

Index Parser::comparison() {
    Index left = sum();
    for (;;) {
        std::size_t const before = at_;
        Index const out = compared(left);
        if (at_ == before || !trouble.empty()) return out;
        left = out;
        bool const goes_on = comparison_of(now()) != nullptr || is_word("between") || is_word("in");
        if (!goes_on) return out;
        // The grammar takes `a = b = c`; whoever writes it means something else.
        if (strict()) return fail("comparison_is_chained", now(), "用 and 连接的两个比较");
    }
}

Index Parser::compared(Index left) {
    Token const by = now();
    if (auto const* found = comparison_of(by)) {
        (void)next();
        Index const right = sum();
        same(left, right, by);
        bool const ordering = found->op != Op::equal && found->op != Op::not_equal;
        if (ordering && strict() && trouble.empty() && (!orders(kind(left)) || !orders(kind(right))))
            return fail("types_never_fit", by, "数、文字或日期");
        return operation(found->op, by.at, Type::boolean, {left, right});
    }
    if (take_word("between")) return between(left, by);
    if (take_word("in")) return membership(left, by);
    return left;
}

Index Parser::between(Index what, Token const& word) {
    Index const low = sum();
    same(what, low, word);
    expect_word("and");
    Index const high = sum();
    same(what, high, word);
    return operation(Op::between, word.at, Type::boolean, {what, low, high});
}

Index Parser::membership(Index what, Token const& word) {
    std::vector<Index> args{what};
    if (is_symbol("(") && !at_range()) {
        (void)next();
        do args.push_back(test(what));
        while (take_symbol(","));
        expect_symbol(")");
    } else {
        args.push_back(test(what));
    }
    return operation(Op::in, word.at, Type::boolean, args);
}

Index Parser::test(Index what) {
    Deeper const deeper(*this);
    Token const begun = now();
    if (comparison_of(begun) != nullptr) return range_unary(what);
    if (at_range()) return range_between(what);
    Index const one = sum();
    bool const holder = kind(one) == Type::list || kind(one) == Type::range;
    if (!holder) same(what, one, begun);
    return operation(Op::member, begun.at, Type::boolean, {one});
}

/// `< 5`, as a test of `what` or as a value.
Index Parser::range_unary(std::optional<Index> what) {
    Token const by = next();
    Index const bound = sum();
    if (what) same(*what, bound, by);
    Node node;
    node.op = Op::test;
    node.at = by.at;
    node.type = what ? FeelType(Type::boolean) : FeelType::range(type_at(bound));
    node.word = by.text;
    return add(std::move(node), {bound});
}

Index Parser::range_between(std::optional<Index> what) {
    Token const open = next();
    Index const low = sum();
    if (what) same(*what, low, open);
    expect_symbol("..");
    bool const outer = std::exchange(in_range_, true);
    Index const high = sum();
    in_range_ = outer;
    if (what) same(*what, high, open);
    if (!what) same(low, high, open);
    Token const close = now();
    if (!take_symbol("]") && !take_symbol(")") && !take_symbol("["))
        return fail("something_else_is_expected", close, "] 或 )");
    Node node;
    node.op = Op::range;
    node.at = open.at;
    node.type = what ? FeelType(Type::boolean) : FeelType::range(common(type_at(low), type_at(high)));
    node.word = std::string(open.text == "[" ? "[" : "(") + (close.text == "]" ? "]" : ")");
    return add(std::move(node), {low, high});
}

namespace {

bool is_duration(Type type) {
    return type == Type::days_duration || type == Type::months_duration;
}
bool is_temporal(Type type) {
    return type == Type::date || type == Type::time || type == Type::date_time;
}

/// What a sum or difference of these yields; nothing where they never fit (DMN 1.5, tables 56 – 58).
std::optional<Type> sum_type(Op op, Type a, Type b) {
    if (!known(a) || !known(b)) return Type::any;
    if (a == b && (a == Type::number || is_duration(a))) return a;
    if (op == Op::add && a == Type::string && b == a) return a;
    if (op == Op::subtract && is_temporal(a) && is_temporal(b) && (a == Type::time) == (b == Type::time))
        return Type::days_duration;
    if (is_temporal(a) && is_duration(b) && (a != Type::time || b == Type::days_duration)) return a;
    if (op == Op::add && is_temporal(b) && is_duration(a) && (b != Type::time || a == Type::days_duration))
        return b;
    return std::nullopt;
}

std::optional<Type> product_type(Op op, Type a, Type b) {
    if (!known(a) || !known(b)) return Type::any;
    if (a == Type::number && b == Type::number) return a;
    if (op != Op::power && is_duration(a) && b == Type::number) return a;
    if (op == Op::multiply && is_duration(b) && a == Type::number) return b;
    if (op == Op::divide && is_duration(a) && a == b) return Type::number;
    return std::nullopt;
}

}  // namespace

FeelType Parser::arithmetic(Op op, Index left, Index right, Token const& by) {
    Type const a = kind(left), b = kind(right);
    bool const sums = op == Op::add || op == Op::subtract;
    auto const found = sums ? sum_type(op, a, b) : product_type(op, a, b);
    if (found) {
        // What is not known of one side is mostly a number, and then the whole is one.
        bool const numbers = (a == Type::number || b == Type::number) && *found == Type::any && sums;
        return numbers ? FeelType(Type::number) : FeelType(*found);
    }
    if (strict() && trouble.empty())
        fail_shown("types_never_fit", by.at,
                   type_at(left).text() + " " + std::string(by.text) + " " + type_at(right).text(),
                   sums ? "两边能相加减的类型" : "number");
    return Type::null;
}

Index Parser::chain(Index (Parser::*next_level)(),
                    std::initializer_list<std::pair<char const*, Op>> symbols) {
    Index out = (this->*next_level)();
    for (;;) {
        auto const* const by = std::find_if(symbols.begin(), symbols.end(),
                                            [&](auto const& one) { return is_symbol(one.first); });
        if (by == symbols.end()) return out;
        Token const at = next();
        Index const right = (this->*next_level)();
        auto const type = arithmetic(by->second, out, right, at);
        out = operation(by->second, at.at, type, {out, right});
    }
}

Index Parser::sum() {
    return chain(&Parser::product, {{"+", Op::add}, {"-", Op::subtract}});
}

Index Parser::product() {
    return chain(&Parser::power, {{"*", Op::multiply}, {"/", Op::divide}});
}

Index Parser::power() {
    return chain(&Parser::unary, {{"**", Op::power}});
}

Index Parser::unary() {
    if (!is_symbol("-")) return instance(postfix());
    Deeper const deeper(*this);
    Token const by = next();
    Index const part = unary();
    Type const type = kind(part);
    if (known(type) && !is_duration(type)) needs(part, Type::number, by);
    return operation(Op::minus, by.at, known(type) ? FeelType(type) : FeelType(), {part});
}

Index Parser::instance(Index what) {
    while (is_word("instance")) {
        Token const by = next();
        expect_word("of");
        auto found = type();
        Node node;
        node.op = Op::instance_of;
        node.at = by.at;
        node.type = Type::boolean;
        tree.types.push_back(std::move(found));
        node.extra = static_cast<std::uint32_t>(tree.types.size() - 1);
        what = add(std::move(node), {what});
    }
    return what;
}

}  // namespace tongban::rules::detail
