#include "rules/parser.h"

#include <algorithm>
#include <utility>

namespace tongban::rules::detail {

namespace {

bool known(Type type) {
    return type != Type::any && type != Type::null;
}
bool orders(Type type) {
    return !known(type) || type == Type::number || type == Type::string || type == Type::date;
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

bool is_keyword(std::string_view word) {
    static constexpr std::string_view keywords[] = {"and",  "or",      "if",       "then",      "else",
                                                    "in",   "between", "return",   "satisfies", "for",
                                                    "some", "every",   "function", "instance",  "external"};
    return std::find(std::begin(keywords), std::end(keywords), word) != std::end(keywords);
}

std::string type_pair(Type left, std::string_view by, Type right) {
    return std::string(to_text(left)) + " " + std::string(by) + " " + std::string(to_text(right));
}

}  // namespace

class Parser::Deeper {
public:
    explicit Deeper(Parser& parser) : parser_(parser) {
        if (++parser_.depth_ > parser_.depth_max_) parser_.fail("expression_is_too_deep", parser_.now());
    }
    ~Deeper() { --parser_.depth_; }
    Deeper(Deeper const&) = delete;
    Deeper& operator=(Deeper const&) = delete;

private:
    Parser& parser_;
};

Token Parser::next() {
    Token const out = now();
    if (at_ + 1 < tokens_.size()) ++at_;
    return out;
}

Index Parser::fail(std::string code, Token const& found, std::string fits, std::string fix) {
    if (trouble.empty()) {
        std::string const written = found.kind == TokenKind::end ? "结尾" : found.written;
        trouble.push_back({std::move(code), found.at, written, std::move(fits), std::move(fix)});
    }
    at_ = tokens_.size() - 1;
    if (nodes.empty()) nodes.emplace_back();
    return 0;
}

bool Parser::take_symbol(std::string_view text) {
    if (!is_symbol(text)) return false;
    next();
    return true;
}

bool Parser::take_word(std::string_view text) {
    if (!is_word(text)) return false;
    next();
    return true;
}

void Parser::expect_symbol(std::string_view text) {
    if (!take_symbol(text)) fail("something_else_is_expected", now(), std::string(text));
}

void Parser::expect_word(std::string_view text) {
    if (!take_word(text)) fail("something_else_is_expected", now(), std::string(text));
}

Index Parser::add(Node node) {
    for (Index const arg : node.args) node.height = std::max(node.height, nodes[arg].height + 1);
    if (node.height > depth_max_) return fail("expression_is_too_deep", now());
    nodes.push_back(std::move(node));
    return static_cast<Index>(nodes.size() - 1);
}

Index Parser::operation(Op op, Place at, Type type, std::vector<Index> args) {
    return add(Node{.op = op, .at = at, .type = type, .args = std::move(args)});
}

void Parser::needs(Index part, Type type, Token const& by) {
    Type const found = nodes[part].type;
    if (!known(found) || found == type || !trouble.empty()) return;
    fail("types_never_fit", by, std::string(to_text(type)));
    trouble.back().found += " （" + std::string(to_text(found)) + "）";
}

void Parser::same(Index left, Index right, Token const& by) {
    Type const a = nodes[left].type, b = nodes[right].type;
    if (!known(a) || !known(b) || a == b || !trouble.empty()) return;
    fail("types_never_fit", by, "两边同一种类型");
    trouble.back().found = type_pair(a, by.written, b);
}

Index Parser::run() {
    if (now().kind == TokenKind::end) return fail("expression_is_empty", now(), "一个表达式");
    Index const root = expression();
    if (now().kind != TokenKind::end) {
        if (is_symbol("[")) return fail("feel_filter_is_not_supported_yet", now());
        if (is_symbol("**")) return fail("feel_exponentiation_is_not_supported_yet", now());
        return fail("expression_goes_on", now(), "and、or、比较或结尾");
    }
    return root;
}

Index Parser::expression() {
    Deeper const deeper(*this);
    for (auto const* word : {"for", "some", "every", "function"}) {
        if (is_word(word)) return fail("feel_" + std::string(word) + "_is_not_supported_yet", now());
    }
    return is_word("if") ? choice() : disjunction();
}

Index Parser::choice() {
    Token const begun = next();
    Index const condition = expression();
    needs(condition, Type::boolean, begun);
    expect_word("then");
    Index const yes = expression();
    expect_word("else");
    Index const no = expression();
    Type const a = nodes[yes].type, b = nodes[no].type;
    return operation(Op::choose, begun.at, a == b ? a : Type::any, {condition, yes, no});
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
    return parts.size() == 1 ? parts[0] : operation(Op::any_of, at, Type::boolean, std::move(parts));
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
    return parts.size() == 1 ? parts[0] : operation(Op::all_of, at, Type::boolean, std::move(parts));
}

Index Parser::comparison() {
    Index const left = sum();
    Token const by = now();
    if (is_word("instance")) return fail("feel_instance_of_is_not_supported_yet", by);
    Index out = left;
    if (auto const* found = comparison_of(by)) {
        next();
        Index const right = sum();
        same(left, right, by);
        bool const ordering = found->op != Op::equal && found->op != Op::not_equal;
        if (ordering && trouble.empty() && (!orders(nodes[left].type) || !orders(nodes[right].type)))
            return fail("types_never_fit", by, "数、文字或日期");
        out = operation(found->op, by.at, Type::boolean, {left, right});
    } else if (take_word("between")) {
        out = between(left, by);
    } else if (take_word("in")) {
        out = membership(left, by);
    } else {
        return left;
    }
    if (comparison_of(now()) != nullptr || is_word("between") || is_word("in"))
        return fail("comparison_is_chained", now(), "用 and 连接的两个比较");
    return out;
}

Index Parser::between(Index what, Token const& word) {
    Index const low = sum();
    same(what, low, word);
    expect_word("and");
    Index const high = sum();
    same(what, high, word);
    return operation(Op::between, word.at, Type::boolean, {what, low, high});
}

// `(1..5)` and `]1..5]` are ranges, `(1, 2)` lists tests, `[1, 2]` is a list: two dots at this level tell
// them apart.
bool Parser::at_range() const {
    if (!is_symbol("(") && !is_symbol("[") && !is_symbol("]")) return false;
    int depth = 0;
    for (std::size_t i = at_ + 1; i < tokens_.size(); ++i) {
        Token const& token = tokens_[i];
        if (token.kind != TokenKind::symbol) continue;
        if (depth == 0 && token.text == "..") return true;
        if (token.text == "(" || token.text == "[") ++depth;
        if (token.text == ")" || token.text == "]") --depth;
        if (depth < 0 || (depth == 0 && token.text == ",")) return false;
    }
    return false;
}

Index Parser::membership(Index what, Token const& word) {
    std::vector<Index> args{what};
    if (is_symbol("(") && !at_range()) {
        next();
        do args.push_back(test(what));
        while (take_symbol(","));
        expect_symbol(")");
    } else {
        args.push_back(test(what));
    }
    return operation(Op::in, word.at, Type::boolean, std::move(args));
}

Index Parser::test(Index what) {
    Deeper const deeper(*this);
    Token const begun = now();
    if (auto const* found = comparison_of(begun)) {
        next();
        Index const bound = sum();
        same(what, bound, begun);
        return add(Node{.op = Op::test,
                        .at = begun.at,
                        .type = Type::boolean,
                        .word = std::string(found->text),
                        .args = {bound}});
    }
    if (at_range()) return range_test(what);
    Index const one = sum();
    if (nodes[one].type != Type::list) same(what, one, begun);
    return operation(Op::member, begun.at, Type::boolean, {one});
}

Index Parser::range_test(Index what) {
    Token const open = next();
    Index const low = sum();
    same(what, low, open);
    expect_symbol("..");
    bool const outer = std::exchange(in_range_, true);
    Index const high = sum();
    in_range_ = outer;
    same(what, high, open);
    Token const close = next();
    bool const closes =
        close.kind == TokenKind::symbol && (close.text == "]" || close.text == ")" || close.text == "[");
    if (!closes) return fail("something_else_is_expected", close, "] 或 )");
    std::string const brackets = std::string(open.text == "[" ? "[" : "(") + (close.text == "]" ? "]" : ")");
    return add(
        Node{.op = Op::range, .at = open.at, .type = Type::boolean, .word = brackets, .args = {low, high}});
}

Index Parser::sum() {
    Index out = product();
    while (is_symbol("+") || is_symbol("-")) {
        Token const by = next();
        Index const right = product();
        same(out, right, by);
        Type const type = known(nodes[out].type) ? nodes[out].type : nodes[right].type;
        bool const joins = by.text == "+" && type == Type::string;
        if (!joins && trouble.empty()) {
            needs(out, Type::number, by);
            needs(right, Type::number, by);
        }
        bool const counts = type == Type::number || by.text == "-";
        Type const yields = joins ? Type::string : counts ? Type::number : Type::any;
        out = operation(by.text == "+" ? Op::add : Op::subtract, by.at, yields, {out, right});
    }
    return out;
}

Index Parser::product() {
    Index out = unary();
    while (is_symbol("*") || is_symbol("/")) {
        Token const by = next();
        Index const right = unary();
        needs(out, Type::number, by);
        needs(right, Type::number, by);
        out = operation(by.text == "*" ? Op::multiply : Op::divide, by.at, Type::number, {out, right});
    }
    if (is_symbol("**")) return fail("feel_exponentiation_is_not_supported_yet", now());
    return out;
}

Index Parser::unary() {
    if (!is_symbol("-")) return postfix();
    Deeper const deeper(*this);
    Token const by = next();
    Index const part = unary();
    needs(part, Type::number, by);
    return operation(Op::minus, by.at, Type::number, {part});
}

// `[` may close a range, as in `]1..5[`: then nothing follows that could be inside a filter.
bool Parser::closes_range() const {
    if (!in_range_) return false;
    Token const& after = ahead(1);
    if (after.kind == TokenKind::end) return true;
    if (after.kind == TokenKind::symbol) return after.text != "(" && after.text != "-" && after.text != "[";
    return after.kind == TokenKind::name && is_keyword(after.text);
}

Index Parser::postfix() {
    Index const out = primary();
    if (is_symbol("[") && !closes_range()) return fail("feel_filter_is_not_supported_yet", now());
    if (is_symbol(".")) return fail("feel_path_on_expression_is_not_supported_yet", now());
    if (is_symbol("(")) return fail("feel_function_value_is_not_supported_yet", now());
    return out;
}

Index Parser::primary() {
    Token const token = now();
    if (token.kind == TokenKind::number) return number(next());
    if (token.kind == TokenKind::string)
        return add(Node{.at = token.at, .type = Type::string, .value = Value(next().text)});
    if (token.kind == TokenKind::name) return word();
    if (is_symbol("{")) return fail("feel_context_is_not_supported_yet", token);
    if (is_symbol("]") || ((is_symbol("[") || is_symbol("(")) && at_range()))
        return fail(
            is_symbol("]") && !at_range() ? "something_else_is_expected" : "feel_range_is_not_supported_yet",
            token, "名称、数、文字或 (");
    if (is_symbol("[")) return list();
    if (take_symbol("(")) {
        if (comparison_of(now()) != nullptr) return fail("feel_range_is_not_supported_yet", now());
        Index const inner = expression();
        expect_symbol(")");
        return inner;
    }
    return fail("something_else_is_expected", token, "名称、数、文字或 (");
}

Index Parser::number(Token const& token) {
    auto const value = Decimal::read(token.text);
    if (!value) return fail("number_is_out_of_range", token, "小于 10^6145 的数");
    return add(Node{.at = token.at, .type = Type::number, .value = Value(*value)});
}

Index Parser::list() {
    Deeper const deeper(*this);
    Place const at = next().at;
    std::vector<Index> items;
    if (!is_symbol("]")) {
        do items.push_back(expression());
        while (take_symbol(","));
    }
    expect_symbol("]");
    return operation(Op::list, at, Type::list, std::move(items));
}

Index Parser::word() {
    Token const token = now();
    if (take_word("true")) return add(Node{.at = token.at, .type = Type::boolean, .value = Value(true)});
    if (take_word("false")) return add(Node{.at = token.at, .type = Type::boolean, .value = Value(false)});
    if (take_word("null")) return add(Node{.at = token.at, .type = Type::null});
    // Names of functions hold spaces, and words such as `and`: the longest that a parenthesis follows.
    for (std::size_t words = 5; words > 0; --words) {
        std::string name;
        bool all = true;
        for (std::size_t i = 0; i < words && all; ++i) {
            all = ahead(i).kind == TokenKind::name;
            name += (i > 0 ? " " : "") + ahead(i).text;
        }
        Token const& after = ahead(words);
        if (!all || after.kind != TokenKind::symbol || after.text != "(") continue;
        if (find_function(name) != nullptr || is_later_function(name) || words == 1) {
            if (!is_keyword(name)) return call(token, name, words);
        }
    }
    if (is_keyword(token.text)) return fail("something_else_is_expected", token, "名称、数、文字或 (");
    return path();
}

Index Parser::call(Token const& begun, std::string const& name, std::size_t words) {
    Deeper const deeper(*this);
    Function const* function = find_function(name);
    Token whole = begun;
    whole.written = name + "(";
    if (function == nullptr && is_later_function(name)) {
        std::string code = "feel_" + name + "_is_not_supported_yet";
        std::replace(code.begin(), code.end(), ' ', '_');
        return fail(code, whole, name == "today" ? "today" : "");
    }
    if (function == nullptr)
        return fail("function_is_not_known", whole, "count、contains、starts with、string length、not、date");
    for (std::size_t i = 0; i <= words; ++i) next();
    std::vector<Index> args;
    if (!is_symbol(")")) {
        do {
            if (now().kind == TokenKind::name && ahead(1).kind == TokenKind::symbol && ahead(1).text == ":")
                return fail("feel_named_argument_is_not_supported_yet", now());
            args.push_back(expression());
        } while (take_symbol(","));
    }
    expect_symbol(")");
    if (trouble.empty() && args.size() != function->arguments)
        return fail("function_has_wrong_arguments", whole, std::to_string(function->arguments) + " 个参数");
    for (Index const arg : args) needs(arg, function->takes, whole);
    if (!trouble.empty()) return 0;
    if (name == "not") return operation(Op::negation, begun.at, Type::boolean, std::move(args));
    if (name == "date" && nodes[args[0]].op == Op::literal) return date_literal(begun, args[0]);
    return add(Node{
        .op = Op::call, .at = begun.at, .type = function->yields, .word = name, .args = std::move(args)});
}

Index Parser::date_literal(Token const& token, Index argument) {
    std::string const* text = nodes[argument].value.string();
    auto const date = text == nullptr ? std::nullopt : Date::read(*text);
    Token shown = token;
    shown.written = "date(\"" + (text == nullptr ? std::string("null") : *text) + "\")";
    if (!date) return fail("date_does_not_exist", shown, "date(\"2026-10-15\")");
    return add(Node{.at = token.at, .type = Type::date, .value = Value(*date)});
}

Index Parser::path() {
    Token const begun = now();
    std::vector<std::string> parts{next().text};
    while (is_symbol(".")) {
        next();
        if (now().kind != TokenKind::name) return fail("something_else_is_expected", now(), "名称");
        parts.push_back(next().text);
    }
    std::string spelt = parts[0];
    for (std::size_t i = 1; i < parts.size(); ++i) spelt += "." + parts[i];
    std::string prefix = spelt;
    for (std::size_t used_parts = parts.size(); used_parts > 0; --used_parts) {
        auto const found = names_.find(prefix);
        bool const whole = used_parts == parts.size();
        if (found && (whole || found->type == Type::context || found->type == Type::any)) {
            used.push_back(found->path);
            std::string const rest = spelt.substr(prefix.size());
            Node node{.op = Op::name, .at = begun.at, .type = whole ? found->type : Type::any};
            node.word = found->path + rest;
            for (std::size_t from = 0; from <= node.word.size();) {
                auto const dot = std::min(node.word.find('.', from), node.word.size());
                node.path.push_back(node.word.substr(from, dot - from));
                from = dot + 1;
            }
            return add(std::move(node));
        }
        prefix.resize(std::min(prefix.rfind('.'), prefix.size()));
    }
    std::string fits;
    for (auto const& name : names_.nearest(spelt)) fits += (fits.empty() ? "" : "、") + name;
    if (parts.size() == 1)
        fits += (fits.empty() ? "" : "；") + std::string("若是文字，写作 \"") + spelt + "\"";
    Token shown = begun;
    shown.written = spelt;
    return fail("name_is_not_known", shown, fits);
}

}  // namespace tongban::rules::detail
