// An expression as the parser leaves it and the evaluator walks it: nodes in one vector, children by index.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rules.h"

namespace tongban::rules::detail {

enum class Op : std::uint8_t {
    literal,  // value
    list,
    name,  // slot of the frame, then members
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
    test,    // test of `in`, or a range as a value: `< 5`
    range,   // test of `in`, or a range as a value: `[1..5)`
    call,    // a built-in function
    // From here on the browser has no means.
    power,
    local,    // slot of the activation, then members
    late,     // a member of one of the items that are filtered now, else the only arg
    nothing,  // word is the code: what the standard profile reads as null
    context,  // keys, args
    path,     // members of arg
    filter,   // list, test; slot holds the item
    loop,     // for: `loops`
    some,
    every,
    function,      // `functions`
    external,      // `functions`; arg is the mapping
    invoke,        // callee, args
    invoke_named,  // callee, args with keys
    instance_of
};
std::string_view to_text(Op op);

using Index = std::uint32_t;

/// A run of indexes in Tree::indexes.
struct Args {
    std::uint32_t first = 0, count = 0;
};

struct Builtin;

struct Node {
    Value value{};       ///< of literal
    FeelType type{};     ///< what it yields, as far as that is known; of instance_of: boolean
    std::string word{};  ///< of test, range, call; of names: the whole path; of nothing: the code
    Builtin const* builtin = nullptr;  ///< of call
    Place at{};
    Args args{};
    Args keys{};  ///< in Tree::keys: members of names, names of entries and arguments
    Slot slot = 0;
    std::uint32_t extra = 0;  ///< index into loops, functions, types
    int height = 1;
    Op op = Op::literal;
    bool constant = false;  ///< `value` is what it yields, whatever the names mean
};

struct Loop {
    struct Iterator {
        Slot slot = 0;
        Index domain = 0;
        Index last = 0;  ///< of `1..5`; the same as domain where it is no range
    };
    std::vector<Iterator> iterators;
    Slot partial = 0;
    bool uses_partial = false;
    Index body = 0;
};

struct FunctionLiteral {
    /// A name from outside: copied into the function's own slots when it is made.
    struct Capture {
        enum class From : std::uint8_t { frame, local } from = From::frame;
        Slot source = 0, target = 0;
    };
    std::vector<Parameter> parameters;  ///< slots 0 …
    std::vector<Capture> captures;
    FeelType result{};
    Index body = 0;
    Slot slots = 0;
};

/// One test of a cell, as far as it could be made ready.
struct CellTest {
    enum class Kind : std::uint8_t {
        equal_constant,  ///< `value`
        list_constant,
        range_constant,
        null_constant,
        expression  ///< yields the answer, or what to compare with
    };
    Value value{};
    Place at{};
    std::uint32_t begin = 0, end = 0;  ///< in the text, bytes
    Index node = 0;
    Kind kind = Kind::expression;
    bool asks_input = false;  ///< it says `?`
};

struct Cell {
    std::vector<CellTest> tests;
    bool negated = false;
    bool any = false;
    Slot input = 0;  ///< of `?`, a local one
};

struct Tree {
    std::string text;
    std::vector<Node> nodes;
    std::vector<Index> indexes;
    std::vector<std::string> keys;
    std::vector<Loop> loops;
    std::vector<FunctionLiteral> functions;
    std::vector<FeelType> types;
    Cell cell;
    Index root = 0;
    Slot locals = 0;  ///< of the outermost activation
    std::vector<std::string> names;
    std::vector<std::pair<Slot, std::string>> roots;  ///< slots of the frame that it reads

    [[nodiscard]] Index arg(Node const& node, std::size_t i) const { return indexes[node.args.first + i]; }
    [[nodiscard]] std::string const& key(Node const& node, std::size_t i) const {
        return keys[node.keys.first + i];
    }
};

}  // namespace tongban::rules::detail
