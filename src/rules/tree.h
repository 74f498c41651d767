// An expression as the parser leaves it and the evaluator walks it: nodes in one vector, children by index.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rules.h"

namespace tongban::rules::detail {

enum class Op {
    literal,  // value
    list,
    name,  // path
    all_of,
    any_of,
    negation,  // and, or, not()
    equal,
    not_equal,
    less,
    at_most,
    greater,
    at_least,
    add,
    subtract,
    multiply,
    divide,
    minus,
    choose,  // if then else
    between,
    in,      // args: what, then tests
    member,  // test of `in`: equal to, or in the list
    test,    // test of `in`: word is the comparison
    range,   // test of `in`: word is its brackets, `[]` `(]` `[)` `()`
    call     // word is the function
};
std::string_view to_text(Op op);

using Index = std::uint32_t;

struct Node {
    Op op = Op::literal;
    Place at{};
    Type type = Type::any;            ///< what it yields, as far as that is known
    Value value{};                    ///< of literal
    std::string word{};               ///< of test, range, call; of name: the whole path
    std::vector<std::string> path{};  ///< of name
    std::vector<Index> args{};
    int height = 1;
};

struct Tree {
    std::string text;
    std::vector<Node> nodes;
    Index root = 0;
    std::vector<std::string> names;
};

/// A built-in function we have.
struct Function {
    std::string_view name;
    std::size_t arguments;
    Type takes, yields;
};
Function const* find_function(std::string_view name);
/// A function of FEEL that we do not have yet.
bool is_later_function(std::string_view name);

}  // namespace tongban::rules::detail
