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

constexpr std::string_view symbols[] = {"<=", ">=", "!=", "..", "**", "->", "<", ">", "=", "+", "-", "*",
                                        "/",  "(",  ")",  "[",  "]",  "{",  "}", ",", ".", ":", "@", "?"};

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
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

/// Bytes that UTF-8 needs for it.
std::size_t width(char32_t c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

class Lexer {
public:
    explicit Lexer(std::string_view source) : source_(source), text_(to_code_points(source)) {}

    Tokens run() {
        while (!stopped_ && skip_space() && more()) {
            begin();
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
        at_ = text_.size();
        begin();
        out_.tokens.push_back({{}, begun_, 0, TokenKind::end});
        return std::move(out_);
    }

private:
    [[nodiscard]] bool more() const { return at_ < text_.size(); }
    [[nodiscard]] char32_t peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : U'\0';
    }
    char32_t take() {
        char32_t const c = text_[at_++];
        byte_ += width(c);
        if (c == U'\n')
            place_ = {place_.line + 1, 1};
        else
            ++place_.column;
        return c;
    }
    void begin() {
        begun_ = place_;
        first_byte_ = byte_;
    }
    [[nodiscard]] std::string_view written() const {
        return source_.substr(first_byte_, byte_ - first_byte_);
    }
    void push(TokenKind kind, std::size_t extra = 0) {
        out_.tokens.push_back({written(), begun_, static_cast<std::uint32_t>(extra), kind});
    }
    void fail(std::string code, std::string found, std::string fits, std::string fix = "") {
        out_.troubles.push_back({std::move(code), begun_, std::move(found), std::move(fits), std::move(fix)});
        push(TokenKind::wrong, out_.troubles.size() - 1);
        constexpr std::size_t troubles_most = 20;
        if (out_.troubles.size() >= troubles_most) stopped_ = true;
    }

    /// White space and comments. False after trouble.
    bool skip_space() {
        for (;;) {
            while (more() && is_space(peek())) take();
            if (peek() == U'/' && peek(1) == U'/') {
                while (more() && peek() != U'\n') take();
            } else if (peek() == U'/' && peek(1) == U'*') {
                begin();
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
        while (is_digit(peek())) take();
        if (peek() == U'.' && is_digit(peek(1))) {
            take();
            while (is_digit(peek())) take();
        }
        bool const signed_power = (peek(1) == U'+' || peek(1) == U'-') && is_digit(peek(2));
        if ((peek() == U'e' || peek() == U'E') && (is_digit(peek(1)) || signed_power)) {
            take();
            take();
            while (is_digit(peek())) take();
        }
        if (!continues_name(peek())) return push(TokenKind::number);
        while (continues_name(peek())) take();
        auto const shown = to_code_points(written());
        fail("number_is_malformed", from_code_points(shown.substr(0, 40)), "数字，或以文字开头的名称");
    }

    void name() {
        while (continues_name(peek())) take();
        push(TokenKind::name);
    }

    void string() {
        std::u32string text;
        take();
        for (;;) {
            if (!more() || peek() == U'\n' || peek() == U'\r') {
                stopped_ = true;
                return fail("string_is_not_closed", "\"" + from_code_points(text.substr(0, 10)), "\"");
            }
            char32_t const c = take();
            if (c == U'"') break;
            if (c != U'\\')
                text += c;
            else if (!escape(text))
                return;
        }
        out_.strings.push_back(from_code_points(text));
        push(TokenKind::string, out_.strings.size() - 1);
    }

    /// A backslash before anything else stands for itself, so that patterns may be written as they are.
    bool escape(std::u32string& text) {
        char32_t const c = peek();
        switch (c) {
            case U'n':
                text += U'\n';
                break;
            case U'r':
                text += U'\r';
                break;
            case U't':
                text += U'\t';
                break;
            case U'"':
            case U'\\':
            case U'\'':
                text += c;
                break;
            case U'u':
            case U'U':
                take();
                return code_point(c == U'u' ? 4 : 6, text);
            default:
                text += U'\\';
                return true;
        }
        take();
        return true;
    }

    bool wrong_code() {
        while (more() && peek() != U'"' && peek() != U'\n') take();
        if (more()) take();
        fail("string_escape_is_wrong", "\\u", "一个字符的十六进制编码");
        return false;
    }

    bool code_point(int digits, std::u32string& text) {
        char32_t value = 0;
        for (int i = 0; i < digits; ++i) {
            char32_t const c = peek(), lower = c | 0x20;
            if (!is_digit(c) && (lower < U'a' || lower > U'f')) return wrong_code();
            value = value * 16 + (is_digit(c) ? c - U'0' : lower - U'a' + 10);
            take();
        }
        bool const low = value >= 0xDC00 && value <= 0xDFFF, high = value >= 0xD800 && value <= 0xDBFF;
        if (low || value == 0 || value > 0x10FFFF) return wrong_code();
        if (!high) {
            text += value;
            return true;
        }
        // \uD83D\uDC0E is how Java and JavaScript write one character beyond U+FFFF.
        if (peek() != U'\\' || peek(1) != U'u') return wrong_code();
        take();
        take();
        char32_t second = 0;
        for (int i = 0; i < 4; ++i) {
            char32_t const c = peek(), lower = c | 0x20;
            if (!is_digit(c) && (lower < U'a' || lower > U'f')) return wrong_code();
            second = second * 16 + (is_digit(c) ? c - U'0' : lower - U'a' + 10);
            take();
        }
        if (second < 0xDC00 || second > 0xDFFF) return wrong_code();
        text += 0x10000 + ((value - 0xD800) << 10) + (second - 0xDC00);
        return true;
    }

    void symbol() {
        char32_t const c = peek();
        std::string ahead;
        for (std::size_t i = 0; i < 2 && peek(i) > 0 && peek(i) < 0x80; ++i)
            ahead += static_cast<char>(peek(i));
        for (auto const& [found, fix] : foreign) {
            if (ahead != found) continue;
            take();
            take();
            return fail("symbol_is_not_feel", ahead, std::string(fix), std::string(fix));
        }
        for (auto const& known : symbols) {
            if (!ahead.starts_with(known)) continue;
            for (std::size_t i = 0; i < known.size(); ++i) take();
            return push(TokenKind::symbol);
        }
        take();
        for (auto const& [found, fix] : full_width) {
            if (c == found)
                return fail("punctuation_is_full_width", from_code_points({&c, 1}), std::string(fix),
                            std::string(fix));
        }
        if (c > 0xFF00 && c < 0xFF5F) {
            std::string const half(1, static_cast<char>(c - 0xFEE0));
            return fail("punctuation_is_full_width", from_code_points({&c, 1}), half, half);
        }
        if (c == U'!') return fail("symbol_is_not_feel", "!", "not(…)");
        if (c == U'\'') return fail("symbol_is_not_feel", "'", "\"", "\"");
        fail("character_is_not_known", c < 0x20 || c == 0x7F ? "控制字符" : from_code_points({&c, 1}),
             "名称、数、文字或运算符");
    }

    std::string_view source_;
    std::u32string text_;
    std::size_t at_ = 0, byte_ = 0, first_byte_ = 0;
    Place place_{}, begun_{};
    bool stopped_ = false;
    Tokens out_;
};

}  // namespace

Tokens tokens_of(std::string_view text) {
    return Lexer(text).run();
}

std::vector<std::string> name_parts(std::string_view name) {
    std::vector<std::string> out;
    for (auto const& token : tokens_of(name).tokens) {
        if (token.kind != TokenKind::end) out.emplace_back(token.text);
    }
    return out;
}

bool is_space(char32_t c) {
    return (c >= 0x09 && c <= 0x0D) || c == U' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000 || c == 0xFEFF;
}

}  // namespace tongban::rules::detail
