// The door of `rules`: the one expression language of the platform, FEEL (DMN 1.5, chapter 10).
// Text is parsed once against the names in scope, on import; what is kept is immutable and shared by all
// threads. Evaluation is strict unless asked otherwise: where FEEL would yield a silent null, the answer is
// "undetermined, because …". No I/O, no clock (today is a name like others), no doubles.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.h"
#include "rules/names.h"
#include "rules/run.h"
#include "rules/types.h"
#include "rules/value.h"

namespace tongban::rules {

/// Why a text is not an expression we take. `code` is a sentence name: `name_is_not_known`,
/// `punctuation_is_full_width` … (all in README.md).
struct Trouble {
    std::string code;
    Place place;
    std::string found;                       ///< as written
    std::string fits;                        ///< what could stand there
    std::string fix;                         ///< replaces `found`, when we are sure
    [[nodiscard]] std::string text() const;  ///< one Chinese sentence with line and column
};

namespace detail {
struct Tree;
}

class Expression {
public:
    /// Every name it reads, sorted, each once, as declared: `applicant.id_number`.
    [[nodiscard]] std::vector<std::string> const& names() const;
    [[nodiscard]] std::string const& text() const;
    [[nodiscard]] Type type() const;  ///< any, when it depends on values
    [[nodiscard]] FeelType feel_type() const;
    [[nodiscard]] detail::Tree const& tree() const { return *tree_; }
    [[nodiscard]] std::shared_ptr<detail::Tree const> const& held() const { return tree_; }
    explicit Expression(std::shared_ptr<detail::Tree const> tree) : tree_(std::move(tree)) {}

private:
    std::shared_ptr<detail::Tree const> tree_;  ///< never null
};

struct Parsed {
    std::optional<Expression> expression;
    Trouble trouble;  ///< when there is no expression
};
/// The standard profile takes unknown names and types that never fit, which then yield null.
Parsed read(std::string_view text, Names const& names, Budget const& budget = {},
            Profile profile = Profile::strict);
/// The same as a Result: kind invalid, the trouble's code, its sentence as detail.
Result<Expression> parse(std::string_view text, Names const& names, Budget const& budget = {});
/// As `parse`, and refuses condition_is_not_a_boolean where the type is known to be another.
Result<Expression> parse_condition(std::string_view text, Names const& names, Budget const& budget = {});

enum class Verdict { yes, no, undetermined };
std::string_view to_text(Verdict verdict);
struct Outcome {
    Verdict verdict = Verdict::undetermined;
    Reason because{};  ///< of undetermined
};
/// Never approves or refuses on a guess: an undetermined outcome goes to a person. Strict.
Outcome decide(Expression const& expression, Context const& context, Budget const& budget = {});

struct Evaluated {
    std::optional<Value> value;
    Reason because{};  ///< when there is no value
};
Evaluated evaluate(Expression const& expression, Context const& context, Budget const& budget = {});
Evaluated evaluate(Expression const& expression, Context const& context, Settings const& settings);

/// The inner way: values by slot of the Names it was parsed with (or of longer ones that grew from them).
/// Undetermined in the strict profile or when `run` is exhausted; then reason() says why.
Value evaluate(Expression const& expression, Frame const& frame, Run& run);

/// The tests of a table's cell (10.3.1.2 rules 12 – 17): `-`, `"A","B"`, `[1..5]`, `not(< 3)`, `? > limit`.
class UnaryTests {
public:
    [[nodiscard]] std::string const& text() const;
    [[nodiscard]] bool is_any() const;  ///< `-`: no look at the input
    [[nodiscard]] std::vector<std::string> const& names() const;
    explicit UnaryTests(std::shared_ptr<detail::Tree const> tree) : tree_(std::move(tree)) {}
    [[nodiscard]] detail::Tree const& tree() const { return *tree_; }
    [[nodiscard]] std::shared_ptr<detail::Tree const> const& held() const { return tree_; }

private:
    std::shared_ptr<detail::Tree const> tree_;
};
struct ParsedTests {
    std::optional<UnaryTests> tests;
    Trouble trouble;
};
/// `input` is the type of what is tested (`?`); it lets wrong cells be found while reading.
ParsedTests read_tests(std::string_view text, Names const& names, FeelType const& input = {},
                       Budget const& budget = {}, Profile profile = Profile::strict);
/// True, false; null in the standard profile, or undetermined, where it is neither.
Value test(UnaryTests const& tests, Value const& input, Frame const& frame, Run& run);

/// Why a cell failed: each of its tests with its place, what it compared with, and what came out.
struct TestTrace {
    struct Part {
        std::string text;  ///< as written: `>= 60`
        Place place{};
        Value outcome{};             ///< true, false, null, undetermined
        std::vector<Value> against;  ///< the ends of a range, the constant; empty where it is an expression
    };
    Value outcome{};
    Value input{};
    std::vector<Part> parts;
    bool negated = false;  ///< under not(..)
};
TestTrace explain(UnaryTests const& tests, Value const& input, Frame const& frame, Run& run);

/// The tree the browser interprets (web/packages/forms): nodes
/// `{"op":…,"at":[line,column],"value":…,"args":[…]}`. Refuses expression_is_beyond_the_browser with the part
/// that the browser has no means for.
Result<Json> browser_tree(Expression const& expression);
/// The same of an expression that was found to be within.
Json to_tree(Expression const& expression);

}  // namespace tongban::rules
