// Reads a pattern by the grammar of XML Schema part 2, appendix F, with the additions of XPath, and writes it
// in ICU's dialect.
#include <unicode/uniset.h>

#include <algorithm>

#include "base/text.h"
#include "rules/regex.h"

namespace tongban::rules {

namespace {

using icu::UnicodeSet;

bool is_blank(char32_t c) {
    return c == 9 || c == 10 || c == 13 || c == 32;
}
bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

/// Flag x: blanks do not count, except in classes.
std::u32string without_blanks(std::u32string const& text) {
    std::u32string out;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char32_t const c = text[i];
        bool const escaped =
            !out.empty() && out.back() == U'\\' && (out.size() < 2 || out[out.size() - 2] != U'\\');
        if (is_blank(c) && depth == 0) continue;
        if (!escaped && c == U'[') ++depth;
        if (!escaped && c == U']') --depth;
        out += c;
    }
    return out;
}

class Reader {
public:
    Reader(std::u32string text, std::string_view flags)
        : text_(std::move(text)),
          dots_all_(flags.find('s') != std::string_view::npos),
          lines_(flags.find('m') != std::string_view::npos),
          folds_(flags.find('i') != std::string_view::npos) {}

    std::optional<IcuPattern> run() {
        alternatives();
        if (wrong_ || at_ != text_.size()) return std::nullopt;
        return IcuPattern{std::move(out_), groups_};
    }

private:
    [[nodiscard]] bool more() const { return at_ < text_.size() && !wrong_; }
    [[nodiscard]] char32_t peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : U'\0';
    }
    void fail() { wrong_ = true; }

    void alternatives() {
        constexpr int depth_most = 100;
        if (++depth_ > depth_most) return fail();
        while (more() && peek() != U')') {
            if (peek() == U'|') {
                out_ += '|';
                ++at_;
                continue;
            }
            piece();
        }
        --depth_;
    }

    void piece() {
        char32_t const c = peek();
        if (c == U'^' || c == U'$') {
            ++at_;
            anchor(c);
        } else {
            atom();
        }
        if (more()) quantifier();
    }

    void anchor(char32_t c) {
        if (c == U'^')
            out_ += lines_ ? "(?:\\A|(?<=\\n)(?!\\z))" : "\\A";
        else
            out_ += lines_ ? "(?=\\n|\\z)" : "\\z";
    }

    void atom() {
        char32_t const c = peek();
        switch (c) {
            case U'(':
                return group();
            case U'[': {
                UnicodeSet set;
                ++at_;
                set_of_class(set);
                return put(set);
            }
            case U'\\':
                return escape();
            case U'.':
                ++at_;
                out_ += dots_all_ ? "[\\u0000-\\U0010FFFF]" : "[^\\n\\r]";
                return;
            case U'?':
            case U'*':
            case U'+':
            case U'{':
            case U'}':
            case U']':
                return fail();
            default:
                ++at_;
                put_letter(c);
        }
    }

    void group() {
        ++at_;
        bool const captures = !(peek() == U'?' && peek(1) == U':');
        if (!captures) at_ += 2;
        if (captures && peek() == U'?') return fail();
        int const number = captures ? ++groups_ : 0;
        out_ += captures ? "(" : "(?:";
        alternatives();
        if (peek() != U')') return fail();
        ++at_;
        out_ += ')';
        if (captures) closed_.push_back(number);
    }

    void quantifier() {
        char32_t const c = peek();
        if (c == U'?' || c == U'*' || c == U'+') {
            out_ += static_cast<char>(c);
            ++at_;
        } else if (c == U'{') {
            ++at_;
            counts();
        } else {
            return;
        }
        if (peek() == U'?') {
            out_ += '?';
            ++at_;
        }
        // Nothing is said of a quantity twice, and `+` behind one is ICU's, not XPath's.
        char32_t const next = peek();
        if (more() && (next == U'?' || next == U'*' || next == U'+' || next == U'{')) fail();
    }

    std::optional<int> count() {
        constexpr int count_most = 10'000;
        if (!is_digit(peek())) return std::nullopt;
        int out = 0;
        while (is_digit(peek())) {
            out = out * 10 + static_cast<int>(peek() - U'0');
            if (out > count_most) return std::nullopt;
            ++at_;
        }
        return out;
    }

    void counts() {
        auto const least = count();
        if (!least) return fail();
        out_ += "{" + std::to_string(*least);
        if (peek() == U',') {
            ++at_;
            out_ += ',';
            if (peek() != U'}') {
                auto const most = count();
                if (!most || *most < *least) return fail();
                out_ += std::to_string(*most);
            }
        }
        if (peek() != U'}') return fail();
        ++at_;
        out_ += '}';
    }

    void escape() {
        char32_t const c = peek(1);
        if (c >= U'1' && c <= U'9') return back_reference();
        UnicodeSet set;
        auto const single = one_escape(set);
        if (wrong_) return;
        if (single)
            put_letter(*single);
        else
            put(set);
    }

    /// As many digits as name a group that is closed already.
    void back_reference() {
        ++at_;
        int number = 0;
        std::size_t taken = 0;
        for (std::size_t i = 0; is_digit(peek(i)) && i < 4; ++i) {
            int const longer = number * 10 + static_cast<int>(peek(i) - U'0');
            if (i > 0 && longer > groups_) break;
            number = longer;
            taken = i + 1;
        }
        if (std::find(closed_.begin(), closed_.end(), number) == closed_.end()) return fail();
        at_ += taken;
        out_ += (folds_ ? "(?i:\\" : "(?:\\") + std::to_string(number) + ")";
    }

    /// A letter behind a backslash: itself, or a set put into `set`.
    std::optional<char32_t> one_escape(UnicodeSet& set) {
        ++at_;
        char32_t const c = peek();
        ++at_;
        switch (c) {
            case U'n':
                return U'\n';
            case U'r':
                return U'\r';
            case U't':
                return U'\t';
            case U'p':
            case U'P':
                category(set);
                if (c == U'P') set.complement();
                return std::nullopt;
            default:
                break;
        }
        static constexpr std::u32string_view itself = U"\\|.?*+(){}-[]^$";
        if (itself.find(c) != std::u32string_view::npos && c != 0) return c;
        if (!named_set(c, set)) fail();
        return std::nullopt;
    }

    static bool named_set(char32_t c, UnicodeSet& set) {
        char const* pattern = nullptr;
        switch (c | 0x20) {
            case U's':
                pattern = "[\\u0020\\t\\n\\r]";
                break;
            case U'd':
                pattern = "[\\p{Nd}]";
                break;
            case U'w':
                pattern = "[^\\p{P}\\p{Z}\\p{C}]";
                break;
            case U'i':
                pattern =
                    "[_A-Za-z:\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF"
                    "\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF"
                    "\\uFDF0-\\uFFFD\\U00010000-\\U000EFFFF]";
                break;
            case U'c':
                pattern =
                    "[\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040:_A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6"
                    "\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F"
                    "\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\U00010000-\\U000EFFFF]";
                break;
            default:
                return false;
        }
        if (c > 0x7F || c == U'\0') return false;
        UErrorCode error = U_ZERO_ERROR;
        set.applyPattern(icu::UnicodeString(pattern, -1, US_INV), error);
        if (c < U'a') set.complement();
        return U_SUCCESS(error) != 0;
    }

    /// `{Lu}`, `{IsBasicLatin}`.
    void category(UnicodeSet& set) {
        if (peek() != U'{') return fail();
        ++at_;
        std::string name;
        while (more() && peek() != U'}') {
            char32_t const c = peek();
            bool const fits =
                c < 0x80 && (is_digit(c) || c == U'-' || (c | 0x20) >= U'a') && (c | 0x20) <= U'z';
            if (!fits || name.size() > 60) return fail();
            name += static_cast<char>(c);
            ++at_;
        }
        if (peek() != U'}') return fail();
        ++at_;
        UErrorCode error = U_ZERO_ERROR;
        if (name.starts_with("Is") && name.size() > 2) {
            set.applyPropertyAlias("Block", icu::UnicodeString::fromUTF8(name.substr(2)), error);
        } else {
            static constexpr std::string_view known[] = {
                "L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc", "Me", "N",  "Nd",
                "Nl", "No", "P",  "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z",  "Zs",
                "Zl", "Zp", "S",  "Sm", "Sc", "Sk", "So", "C",  "Cc", "Cf", "Co", "Cn"};
            if (std::find(std::begin(known), std::end(known), name) == std::end(known)) return fail();
            set.applyPropertyAlias("General_Category", icu::UnicodeString::fromUTF8(name), error);
        }
        if (U_FAILURE(error)) fail();
    }

    void add_folded(UnicodeSet& set, char32_t from, char32_t to) const {
        UnicodeSet some(static_cast<UChar32>(from), static_cast<UChar32>(to));
        if (folds_) {
            some.closeOver(USET_CASE_INSENSITIVE);
            some.removeAllStrings();
        }
        set.addAll(some);
    }

    /// Behind the opening bracket, up to and with the closing one.
    void set_of_class(UnicodeSet& set) {
        constexpr int depth_most = 20;
        if (++depth_ > depth_most + 100) return fail();
        bool const negative = peek() == U'^';
        if (negative) ++at_;
        bool first = true;
        for (;; first = false) {
            if (!more()) return fail();
            char32_t const c = peek();
            if (c == U']') {
                if (first) return fail();
                ++at_;
                break;
            }
            if (c == U'-' && peek(1) == U'[' && !first) {
                ++at_;
                ++at_;
                UnicodeSet without;
                set_of_class(without);
                if (wrong_ || peek() != U']') return fail();
                ++at_;
                if (negative) set.complement();
                set.removeAll(without);
                --depth_;
                return;
            }
            class_part(set, first);
            if (wrong_) return;
        }
        if (negative) set.complement();
        --depth_;
    }

    /// A letter of a class, when it is one; a set is added to `set`.
    std::optional<char32_t> class_letter(UnicodeSet& set) {
        char32_t const c = peek();
        if (c == U'[' || c == U']') {
            fail();
            return std::nullopt;
        }
        if (c != U'\\') {
            ++at_;
            return c;
        }
        UnicodeSet some;
        auto const single = one_escape(some);
        if (!single && !wrong_) set.addAll(some);
        return single;
    }

    void class_part(UnicodeSet& set, bool first) {
        // A hyphen for itself stands first or last.
        if (peek() == U'-' && !first && peek(1) != U']' && !(peek(1) == U'-' && peek(2) == U'['))
            return fail();
        auto const from = class_letter(set);
        if (wrong_ || !from) return;
        bool const range = peek() == U'-' && peek(1) != U']' && peek(1) != U'[' && more();
        if (!range || (*from == U'-' && first)) return add_folded(set, *from, *from);
        ++at_;
        UnicodeSet none;
        auto const to = class_letter(none);
        if (wrong_ || !to || *to < *from) return fail();
        add_folded(set, *from, *to);
    }

    void put(UnicodeSet const& set) {
        if (wrong_) return;
        if (set.isEmpty()) {
            out_ += "(?!)";
            return;
        }
        icu::UnicodeString pattern;
        set.toPattern(pattern, 1);
        std::string text;
        pattern.toUTF8String(text);
        out_ += text;
    }

    void put_letter(char32_t c) {
        UnicodeSet set;
        add_folded(set, c, c);
        put(set);
    }

    std::u32string text_;
    bool dots_all_, lines_, folds_;
    std::size_t at_ = 0;
    std::string out_;
    int groups_ = 0, depth_ = 0;
    std::vector<int> closed_;
    bool wrong_ = false;
};

}  // namespace

std::optional<IcuPattern> to_icu(std::string_view pattern, std::string_view flags) {
    if (flags.find_first_not_of("smixq") != std::string_view::npos) return std::nullopt;
    auto text = to_code_points(pattern);
    if (flags.find('q') != std::string_view::npos) {
        // Every letter for itself.
        std::u32string quoted;
        for (char32_t const c : text) {
            if (c < 0x80 && std::u32string_view(U"\\|.?*+(){}-[]^$").find(c) != std::u32string_view::npos)
                quoted += U'\\';
            quoted += c;
        }
        text = std::move(quoted);
    } else if (flags.find('x') != std::string_view::npos) {
        text = without_blanks(text);
    }
    return Reader(std::move(text), flags).run();
}

}  // namespace tongban::rules
