#include "rules/lexer.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tongban::rules::detail {

namespace {

struct FullWidth {
    char32_t found;
    std::string_view fix;
};
// What a Chinese keyboard gives where FEEL wants ASCII.
constexpr FullWidth full_width[] = {
    {U'≥', ">="}, {U'≤', "<="}, {U'≠', "!="}, {U'＝', "="},  {U'＞', ">"},  {U'＜', "<"},  {U'（', "("},
    {U'）', ")"}, {U'，', ","}, {U'、', ","}, {U'。', "."},  {U'；', ","},  {U'：', ":"},  {U'“', "\""},
    {U'”', "\""}, {U'‘', "\""}, {U'’', "\""}, {U'＂', "\""}, {U'「', "\""}, {U'」', "\""}, {U'［', "["},
    {U'］', "]"}, {U'【', "["}, {U'】', "]"}, {U'＋', "+"},  {U'－', "-"},  {U'—', "-"},   {U'×', "*"},
    {U'＊', "*"}, {U'÷', "/"},  {U'／', "/"}, {U'．', "."},  {U'！', "!="}, {U'｛', "{"},  {U'｝', "}"}};

// Symbols of other languages, and what FEEL says instead.
constexpr std::pair<std::string_view, std::string_view> foreign[] = {
    {"==", "="}, {"<>", "!="}, {"&&", "and"}, {"||", "or"}, {"=<", "<="}, {"=>", ">="}};

constexpr std::string_view symbols[] = {"<=", ">=", "!=", "..", "**", "->", "<", ">", "=", "+", "-",
                                        "*",  "/",  "(",  ")",  "[",  "]",  "{", "}", ",", ".", ":"};

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

bool is_space(char32_t c) {
    return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0 || c == 0x3000 || c == 0xFEFF;
}

// DMN 1.5, 10.3.1.2 rule 28, less the punctuation and full-width forms that its ranges sweep in.
bool starts_name(char32_t c) {
    static constexpr std::pair<char32_t, char32_t> ranges[] = {
        {U'A', U'Z'},     {U'_', U'_'},     {U'a', U'z'},     {0xC0, 0xD6},
        {0xD8, 0xF6},     {0xF8, 0x1FFF},   {0x2070, 0x218F}, {0x2C00, 0x2FDF},
        {0x3005, 0x3007}, {0x3040, 0xD7FF}, {0xF900, 0xFDCF}, {0x10000, 0xEFFFF}};
    return std::any_of(std::begin(ranges), std::end(ranges),
                       [c](auto const& range) { return c >= range.first && c <= range.second; });
}

bool continues_name(char32_t c) {
    return starts_name(c) || is_digit(c) || c == 0xB7;
}

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(to_code_points(text)) {}

    Tokens run() {
        while (out_.trouble.empty() && skip_space() && more()) {
            begun_ = place_;
            char32_t const c = peek();
            if (is_digit(c) || (c == U'.' && is_digit(peek(1))))
                number();
            else if (c == U'"')
                string();
            else if (starts_name(c))
                name();
            else
                symbol();
        }
        begun_ = place_;
        push(TokenKind::end, "", "");
        return std::move(out_);
    }

private:
    [[nodiscard]] bool more() const { return at_ < text_.size(); }
    [[nodiscard]] char32_t peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : U'\0';
    }
    char32_t take() {
        char32_t const c = text_[at_++];
        if (c == U'\n')
            place_ = {place_.line + 1, 1};
        else
            ++place_.column;
        return c;
    }
    void push(TokenKind kind, std::string text, std::string written) {
        out_.tokens.push_back({kind, std::move(text), std::move(written), begun_});
    }
    void fail(std::string code, std::string found, std::string fits, std::string fix = "") {
        if (!out_.trouble.empty()) return;
        out_.trouble.push_back({std::move(code), begun_, std::move(found), std::move(fits), std::move(fix)});
        at_ = text_.size();
    }

    /// White space and comments. False after trouble.
    bool skip_space() {
        for (;;) {
            while (more() && is_space(peek())) take();
            if (peek() == U'/' && peek(1) == U'/') {
                while (more() && peek() != U'\n') take();
            } else if (peek() == U'/' && peek(1) == U'*') {
                begun_ = place_;
                take();
                take();
                while (more() && !(peek() == U'*' && peek(1) == U'/')) take();
                if (!more()) {
                    fail("comment_is_not_closed", "/*", "*/");
                    return false;
                }
                take();
                take();
            } else {
                return true;
            }
        }
    }

    void number() {
        std::string text;
        while (is_digit(peek())) text += static_cast<char>(take());
        if (peek() == U'.' && is_digit(peek(1))) {
            text += static_cast<char>(take());
            while (is_digit(peek())) text += static_cast<char>(take());
        }
        bool const signed_power = (peek(1) == U'+' || peek(1) == U'-') && is_digit(peek(2));
        if ((peek() == U'e' || peek() == U'E') && (is_digit(peek(1)) || signed_power)) {
            text += static_cast<char>(take());
            text += static_cast<char>(take());
            while (is_digit(peek())) text += static_cast<char>(take());
        }
        if (continues_name(peek())) {
            std::u32string tail;
            while (continues_name(peek()) && tail.size() < 20) tail += take();
            return fail("number_is_malformed", text + from_code_points(tail), "数字，或以文字开头的名称");
        }
        push(TokenKind::number, text, text);
    }

    void name() {
        std::u32string text;
        while (continues_name(peek())) text += take();
        std::string const written = from_code_points(text);
        push(TokenKind::name, written, written);
    }

    void string() {
        std::u32string text;
        take();
        for (;;) {
            if (!more() || peek() == U'\n' || peek() == U'\r')
                return fail("string_is_not_closed", "\"" + from_code_points(text.substr(0, 10)), "\"");
            char32_t const c = take();
            if (c == U'"') break;
            if (c != U'\\')
                text += c;
            else if (!escape(text))
                return;
        }
        std::string written = "\"" + from_code_points(text.substr(0, 20)) + (text.size() > 20 ? "…\"" : "\"");
        push(TokenKind::string, from_code_points(text), std::move(written));
    }

    bool escape(std::u32string& text) {
        char32_t const c = more() ? take() : U'\0';
        switch (c) {
            case U'n':
                text += U'\n';
                return true;
            case U'r':
                text += U'\r';
                return true;
            case U't':
                text += U'\t';
                return true;
            case U'"':
            case U'\\':
            case U'\'':
                text += c;
                return true;
            case U'u':
            case U'U':
                return code_point(c == U'u' ? 4 : 6, text);
            default:
                break;
        }
        fail("string_escape_is_wrong", "\\" + from_code_points(std::u32string(c == 0 ? 0 : 1, c)),
             R"(\n \r \t \" \\ \uXXXX \UXXXXXX)");
        return false;
    }

    bool code_point(int digits, std::u32string& text) {
        char32_t value = 0;
        bool right = true;
        for (int i = 0; i < digits && right; ++i) {
            char32_t const c = more() ? take() : U'\0';
            char32_t const lower = c | 0x20;
            if (is_digit(c))
                value = value * 16 + (c - U'0');
            else if (lower >= U'a' && lower <= U'f')
                value = value * 16 + (lower - U'a' + 10);
            else
                right = false;
        }
        // \uD83D\uDC0E is how Java and JavaScript write one character beyond U+FFFF.
        bool const low = value >= 0xDC00 && value <= 0xDFFF;
        if (right && low && !text.empty() && text.back() >= 0xD800 && text.back() <= 0xDBFF) {
            text.back() = 0x10000 + ((text.back() - 0xD800) << 10) + (value - 0xDC00);
            return true;
        }
        bool const high = value >= 0xD800 && value <= 0xDBFF && peek() == U'\\' && peek(1) == U'u';
        if (!right || low || value == 0 || value > 0x10FFFF ||
            (value >= 0xD800 && value <= 0xDBFF && !high)) {
            fail("string_escape_is_wrong", "\\u", "一个字符的十六进制编码");
            return false;
        }
        if (!text.empty() && text.back() >= 0xD800 && text.back() <= 0xDBFF) {
            fail("string_escape_is_wrong", "\\u", "一个字符的十六进制编码");
            return false;
        }
        text += value;
        return true;
    }

    void symbol() {
        char32_t const c = peek();
        for (auto const& [found, fix] : full_width) {
            if (c == found)
                return fail("punctuation_is_full_width", from_code_points({&c, 1}), std::string(fix),
                            std::string(fix));
        }
        if (c > 0xFF00 && c < 0xFF5F) {
            std::string const half(1, static_cast<char>(c - 0xFEE0));
            return fail("punctuation_is_full_width", from_code_points({&c, 1}), half, half);
        }
        std::string ahead;
        for (std::size_t i = 0; i < 2 && peek(i) > 0 && peek(i) < 0x80; ++i)
            ahead += static_cast<char>(peek(i));
        for (auto const& [found, fix] : foreign) {
            if (ahead == found) return fail("symbol_is_not_feel", ahead, std::string(fix), std::string(fix));
        }
        for (auto const& known : symbols) {
            if (!ahead.starts_with(known)) continue;
            for (std::size_t i = 0; i < known.size(); ++i) take();
            return push(TokenKind::symbol, std::string(known), std::string(known));
        }
        if (c == U'!') return fail("symbol_is_not_feel", "!", "not(…)");
        if (c == U'\'') return fail("symbol_is_not_feel", "'", "\"", "\"");
        if (c == U'@') return fail("feel_at_literal_is_not_supported_yet", "@", "date(\"2026-10-15\")");
        fail("character_is_not_known", c < 0x20 || c == 0x7F ? "控制字符" : from_code_points({&c, 1}),
             "名称、数、文字或运算符");
    }

    std::u32string text_;
    std::size_t at_ = 0;
    Place place_{}, begun_{};
    Tokens out_;
};

}  // namespace

Tokens tokens_of(std::string_view text) {
    return Lexer(text).run();
}

}  // namespace tongban::rules::detail
