// The built-in functions of DMN 1.5, 10.3.4: one table, and how each gets at its arguments.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/compare.h"
#include "rules/run.h"

namespace tongban::rules::detail {

/// The arguments of one call. Each accessor returns nothing for an argument that does not serve and remembers
/// which; then `wrong()` is the answer.
class Call {
public:
    Call(std::span<Value const> arguments, Run& run_of, Place at_place, std::string_view name)
        : run(run_of), at(at_place), arguments_(arguments), name_(name) {}
    Run& run;
    Place at;

    [[nodiscard]] std::size_t count() const { return arguments_.size(); }
    [[nodiscard]] std::span<Value const> all() const { return arguments_; }
    /// An argument that was not given is null.
    [[nodiscard]] Value const& value(std::size_t i) const;
    [[nodiscard]] bool given(std::size_t i) const {
        return i < arguments_.size() && !arguments_[i].is_null();
    }
    Decimal const* number(std::size_t i);
    std::string const* string(std::size_t i);
    bool const* boolean(std::size_t i);
    Context const* context(std::size_t i);
    Range const* range(std::size_t i);
    Function const* function(std::size_t i);
    std::optional<DateTime> moment(std::size_t i);     ///< of a date its midnight
    std::optional<std::int64_t> whole(std::size_t i);  ///< of a number the part before the point
    /// In the standard profile what is no list counts as a list of one (10.3.2.9.4), and a list of one as its
    /// item where no list is wanted; null does not. The strict profile takes both for slips.
    List const* list(std::size_t i);
    /// All arguments as one list, or the only one where it is a list: `sum(1, 2)` and `sum([1, 2])`.
    List const* row();

    Value trouble(std::string_view code) const;
    [[nodiscard]] Value wrong() const;

private:
    template <class T>
    T const* take(std::size_t i, T const* (Value::*as)() const);
    Value const* single(std::size_t i);
    std::span<Value const> arguments_;
    std::string_view name_;
    std::size_t wrong_ = 0;
    std::deque<List> made_;
};

using BuiltinBody = Value (*)(Call& call);

struct BuiltinParameter {
    std::string name;
    FeelType type{};  ///< for the parser, to find what never fits
    bool optional = false;
};

/// One way of calling it. A variadic last parameter takes any number.
struct Signature {
    std::vector<BuiltinParameter> parameters;
    bool variadic = false;
    [[nodiscard]] std::size_t least() const;
    [[nodiscard]] bool takes(std::size_t count) const {
        return count >= least() && (variadic || count <= parameters.size());
    }
};

struct Builtin {
    std::string name;
    std::vector<std::string> words;
    std::vector<Signature> signatures;
    FeelType yields{};
    BuiltinBody body = nullptr;
    [[nodiscard]] Signature const* by_count(std::size_t count) const;
    /// Where each parameter's argument stands among the names given; nothing if no signature takes them.
    struct Order {
        Signature const* signature = nullptr;
        std::vector<std::optional<std::size_t>> places;
    };
    [[nodiscard]] std::optional<Order> by_names(std::vector<std::string> const& names) const;
};

Builtin const* find_builtin(std::string_view name);
/// Those that begin with this word, longest first.
std::vector<Builtin const*> const& builtins_starting_with(std::string_view word);
/// The function as a value.
Value builtin_value(Builtin const& builtin);

/// Rows of the table: `name`, `list: any, start position: number, [length]: number | …`, result, body.
struct BuiltinRow {
    std::string_view name, signatures, yields;
    BuiltinBody body;
};
std::span<BuiltinRow const> number_builtins();
std::span<BuiltinRow const> string_builtins();
std::span<BuiltinRow const> list_builtins();
std::span<BuiltinRow const> statistics_builtins();
std::span<BuiltinRow const> context_builtins();
std::span<BuiltinRow const> temporal_builtins();
std::span<BuiltinRow const> conversion_builtins();
std::span<BuiltinRow const> range_builtins();

}  // namespace tongban::rules::detail
