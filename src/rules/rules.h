// The door of `rules`: the one expression language of the platform, FEEL (DMN 1.5, chapter 10).
// Text is parsed once against the names in scope, on import; what is kept is immutable and shared by all
// threads. Evaluation is strict: where FEEL would yield a silent null, the answer is "undetermined, because
// …". No I/O, no clock (today is a name like others), no doubles.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.h"
#include "rules/value.h"

namespace tongban::rules {

/// What hostile or careless input may spend before it is refused.
struct Budget {
    std::size_t source_bytes = 16 * 1024;  ///< expression_is_too_long
    int depth = 64;                        ///< expression_is_too_deep: nested parts, and height of the tree
    std::int64_t steps = 100'000;          ///< evaluation_is_too_long (undetermined)
};

/// In the source, both from 1; columns are counted in code points.
struct Place {
    int line = 1;
    int column = 1;
    bool operator==(Place const&) const = default;
};

/// The names an expression may use. Dotted paths are declared whole: `applicant.id_number`.
class Names {
public:
    Names& add(std::string_view path, Type type = Type::any);
    /// Another spelling of a declared name: `关系` for `relation`. The tree carries the declared one.
    Names& alias(std::string_view name, std::string_view path);
    struct Known {
        std::string path;
        Type type = Type::any;
    };
    [[nodiscard]] std::optional<Known> find(std::string_view path) const;
    [[nodiscard]] std::vector<std::string> nearest(
        std::string_view path) const;  ///< at most three, best first

private:
    std::vector<std::pair<std::string, Known>> known_;  ///< by spelling; the later of two wins
};

/// Why a text is not an expression we take. `code` is a sentence name: `feel_for_is_not_supported_yet`,
/// `name_is_not_known`, `punctuation_is_full_width` … (all in README.md).
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
    [[nodiscard]] detail::Tree const& tree() const { return *tree_; }
    explicit Expression(std::shared_ptr<detail::Tree const> tree) : tree_(std::move(tree)) {}

private:
    std::shared_ptr<detail::Tree const> tree_;  ///< never null
};

struct Parsed {
    std::optional<Expression> expression;
    Trouble trouble;  ///< when there is no expression
};
Parsed read(std::string_view text, Names const& names, Budget const& budget = {});
/// The same as a Result: kind invalid, the trouble's code, its sentence as detail.
Result<Expression> parse(std::string_view text, Names const& names, Budget const& budget = {});
/// As `parse`, and refuses condition_is_not_a_boolean where the type is known to be another.
Result<Expression> parse_condition(std::string_view text, Names const& names, Budget const& budget = {});

/// Why there is no answer. Codes: name_has_no_value (not in the context), datum_is_missing (null where a
/// value is needed), types_do_not_fit, division_by_zero, number_is_out_of_range, date_does_not_exist,
/// answer_is_not_a_boolean, evaluation_is_too_long.
struct Reason {
    std::string code;
    Place place;
    std::string name;                        ///< the datum concerned, where there is one
    [[nodiscard]] std::string text() const;  ///< one Chinese sentence, no values in it
    bool operator==(Reason const&) const = default;
};

enum class Verdict { yes, no, undetermined };
std::string_view to_text(Verdict verdict);
struct Outcome {
    Verdict verdict = Verdict::undetermined;
    Reason because{};  ///< of undetermined
};
/// Never approves or refuses on a guess: an undetermined outcome goes to a person.
Outcome decide(Expression const& expression, Context const& context, Budget const& budget = {});

struct Evaluated {
    std::optional<Value> value;
    Reason because{};  ///< when there is no value
};
Evaluated evaluate(Expression const& expression, Context const& context, Budget const& budget = {});

/// The tree the browser interprets (web/packages/forms): nodes
/// `{"op":…,"at":[line,column],"value":…,"args":[…]}`.
Json to_tree(Expression const& expression);

}  // namespace tongban::rules
