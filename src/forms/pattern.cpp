// Patterns run in RE2 on the server and in the browser's own engine, which backtracks. So only what both read
// alike is taken, and only shapes on which a backtracking engine stays cheap: no quantified group that can
// split a text in several ways, few quantifiers that can give way.
#include <algorithm>

#include "forms/lint.h"

namespace tongban::forms {

namespace {

constexpr std::size_t length_most = 200;
constexpr int depth_most = 10;
constexpr int repeat_most = 200;
constexpr int elastic_most = 3;  // quantifiers such as * + {2,9}
constexpr int skips_most = 6;    // ?
constexpr int group_repeats_most = 10;

struct Repeat {
    int least = 1, most = 1;  // -1: without end
    bool written = false;
    [[nodiscard]] bool exact() const { return least == most; }
};

class PatternReader {
public:
    explicit PatternReader(std::string_view text) : text_(to_code_points(text)) {}

    std::string run() {
        if (text_.empty()) return "pattern_is_malformed";
        alternatives(0);
        if (trouble_.empty() && more()) fail("pattern_is_malformed");  // a closing parenthesis too many
        if (trouble_.empty() && (elastic_ > elastic_most || skips_ > skips_most))
            fail("pattern_may_run_away");
        return trouble_;
    }

private:
    [[nodiscard]] bool more() const { return trouble_.empty() && at_ < text_.size(); }
    [[nodiscard]] char32_t peek() const { return at_ < text_.size() ? text_[at_] : U'\0'; }
    void fail(char const* code) {
        if (trouble_.empty()) trouble_ = code;
    }

    /// Number of alternatives; groups nest at most ten deep.
    int alternatives(int depth) {
        if (depth > depth_most) fail("pattern_may_run_away");
        int count = 1;
        while (more() && peek() != U')') {
            if (peek() == U'|') {
                ++at_;
                ++count;
            } else {
                item(depth);
            }
        }
        return count;
    }

    void item(int depth) {
        char32_t const c = text_[at_++];
        int const elastic_before = elastic_ + skips_ + quantified_groups_;
        int branches = 0;
        if (c == U'(')
            branches = group(depth);
        else if (c == U'[')
            set();
        else if (c == U'\\')
            escape(U"^$\\.*+?()[]{}|/");
        else if (c == U'^' || c == U'$')
            fail("pattern_is_not_portable");
        else if (std::u32string_view(U"*+?{}]").find(c) != std::u32string_view::npos)
            fail("pattern_is_malformed");
        Repeat const repeat = quantifier();
        if (!repeat.written || !trouble_.empty()) return;
        bool const gave_way = elastic_ + skips_ + quantified_groups_ != elastic_before;
        if (branches > 0)
            group_repeats(repeat, branches, gave_way);
        else if (repeat.least == 0 && repeat.most == 1)
            ++skips_;
        else if (!repeat.exact())
            ++elastic_;
    }

    void group_repeats(Repeat const& repeat, int branches, bool gave_way) {
        ++quantified_groups_;
        int const most = branches > 1 ? 4 : group_repeats_most;
        if (gave_way || repeat.most < 0 || repeat.most > most || branches > 4) fail("pattern_may_run_away");
    }

    int group(int depth) {
        if (peek() == U'?') {
            ++at_;
            if (peek() != U':') fail("pattern_is_not_portable");
            ++at_;
        }
        int const branches = alternatives(depth + 1);
        if (peek() != U')') fail("pattern_is_malformed");
        ++at_;
        return branches;
    }

    /// The character an escape stands for, or 0 for \d.
    char32_t escape(std::u32string_view allowed) {
        if (!more()) {
            fail("pattern_is_malformed");
            return 0;
        }
        char32_t const c = text_[at_++];
        if (c == U'd') return 0;
        if (allowed.find(c) == std::u32string_view::npos) fail("pattern_is_not_portable");
        return c;
    }

    void set() {
        if (peek() == U'^') ++at_;
        bool any = false;
        while (more() && peek() != U']') {
            char32_t const low = set_member();
            any = true;
            if (peek() != U'-' || at_ + 1 >= text_.size() || text_[at_ + 1] == U']') continue;
            ++at_;
            char32_t const high = set_member();
            if (low == 0 || high == 0 || low > high) fail("pattern_is_malformed");
        }
        if (!any || peek() != U']') fail("pattern_is_malformed");
        ++at_;
    }

    char32_t set_member() {
        if (!more()) {
            fail("pattern_is_malformed");
            return 0;
        }
        char32_t const c = text_[at_++];
        if (c == U'\\') return escape(U"^$\\.*+?()[]{}|/-");
        if (c == U'[') fail("pattern_is_not_portable");  // RE2 takes [[:alpha:]], the browser does not
        return c;
    }

    int bound() {
        int out = 0;
        bool any = false;
        for (; more() && peek() >= U'0' && peek() <= U'9'; any = true)
            out = std::min(out * 10 + static_cast<int>(text_[at_++] - U'0'), repeat_most + 1);
        if (!any) fail("pattern_is_malformed");
        if (out > repeat_most) fail("pattern_may_run_away");
        return out;
    }

    Repeat quantifier() {
        Repeat out;
        char32_t const c = peek();
        if (!more() || std::u32string_view(U"*+?{").find(c) == std::u32string_view::npos) return out;
        ++at_;
        out.written = true;
        if (c == U'{') {
            out.least = out.most = bound();
            if (peek() == U',') {
                ++at_;
                out.most = peek() == U'}' ? -1 : bound();
            }
            if (peek() != U'}' || (out.most >= 0 && out.most < out.least)) fail("pattern_is_malformed");
            ++at_;
        } else {
            out.least = c == U'+' ? 1 : 0;
            out.most = c == U'?' ? 1 : -1;
        }
        if (peek() == U'?' || peek() == U'+') fail("pattern_is_not_portable");  // lazy, possessive
        if (peek() == U'*' || peek() == U'{') fail("pattern_is_malformed");
        return out;
    }

    std::u32string text_;
    std::size_t at_ = 0;
    int elastic_ = 0, skips_ = 0, quantified_groups_ = 0;
    std::string trouble_;
};

}  // namespace

std::string pattern_trouble(std::string_view pattern) {
    if (code_points(pattern) > length_most) return "pattern_is_too_long";
    return PatternReader(pattern).run();
}

}  // namespace tongban::forms
