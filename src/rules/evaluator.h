// The reference evaluator. In the strict profile what has no value carries the reason why upwards; in the
// standard one it is null.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/compare.h"
#include "rules/tree.h"

namespace tongban::rules::detail {

Range range_of(std::string_view word, Value bound);                ///< `<`, `5`
Range range_of(std::string_view brackets, Value low, Value high);  ///< `[)`, `1`, `5`

/// A sum, product … of two values (DMN 1.5, tables 56 – 60).
Value calculate(Op op, Value const& a, Value const& b, Run& run, Place at);
/// A member of a context, or of each in a list; a property of a moment, a duration, a range.
Value member_of(Value const& holder, std::string const& name, Run& run, Place at);
/// Whether it is equal to, one of, or within.
Value among(Value const& sought, Value const& holder, Run& run, Place at);

class Evaluator {
public:
    /// `frame` may be null inside functions. The activation's locals begin at `base` of Run::locals.
    Evaluator(std::shared_ptr<Tree const> const& held, Frame const* frame, Run& run, std::size_t base)
        : held_(held), tree_(*held), frame_(frame), run_(run), base_(base) {}
    Value of(Index index);
    Value& local(Slot slot) { return run_.locals()[base_ + slot]; }

private:
    class Dive;
    // evaluate.cpp
    Value inner(Node const& node);
    Value calculated(Node const& node);
    Value part(Node const& node);
    Value range(Node const& node);
    Value instance(Node const& node);
    /// Without a copy where it stands somewhere.
    Value const& seen(Index index, Value& room);
    Value const* standing(Node const& node);
    Value const& needed(Index index, Value& room);
    Value const& needed(Index index, Type type, Value& room);
    Value list(Node const& node);
    Value named(Node const& node);
    Value members(Value value, Node const& node, std::size_t from);
    Value late(Node const& node);
    Value joined(Node const& node);
    Value negation(Node const& node);
    [[nodiscard]] bool is_null_literal(Index index) const;
    Value equality(Index left, Index right, Place at);
    Value ordering(Node const& node);
    Value compare(Value const& a, std::string_view by, Value const& b, Place at);
    Value within(Value const& what, std::string_view low, std::string_view high, Node const& node,
                 std::size_t first);
    Value membership(Node const& node);
    Value test(Index what, Node const& node);
    Value choice(Node const& node);
    Value call(Node const& node);

    // evaluate_parts.cpp
    Value context(Node const& node);
    Value filter(Node const& node);
    Value filtered(List const& list, Node const& node, Index by);
    Value indexed(List const& list, Value const& index, Node const& node);
    Value loop(Node const& node);
    Value quantified(Node const& node);
    /// Calls `body` for every combination; false stops.
    template <class Body>
    std::optional<Value> iterate(Loop const& loop, std::size_t depth, Node const& node, Body&& body);
    template <class Body>
    std::optional<Value> steps(Value const& first, Value const& last, Place at, Body&& body);
    template <class Body>
    std::optional<Value> steps_of(Range const& range, Place at, Body&& body);
    Value function(Node const& node);
    Value invoke(Node const& node);

    std::shared_ptr<Tree const> const& held_;
    Tree const& tree_;
    Frame const* frame_;
    Run& run_;
    std::size_t base_;
};

}  // namespace tongban::rules::detail
