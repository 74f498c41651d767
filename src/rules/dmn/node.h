// A boxed expression, compiled (DMN 1.5, chapter 7.3 and 10.2.2). Values of names stand in a Frame, in slots
// given while compiling; a node may use slots beyond those that were declared when it was entered.
#pragma once

#include <memory>
#include <string>

#include "rules/dmn/finding.h"
#include "rules/rules.h"

namespace tongban::rules::dmn {

/// A decision, knowledge model … that expressions stand in; lives as long as the program.
struct Owner {
    std::string file, element, id, name;
};

/// Where an expression's text begins.
struct Spot {
    Owner const* owner = nullptr;
    char const* part = "";  ///< `literalExpression`, `inputEntry`
    int line = 0;
    [[nodiscard]] Where where(Place within = {}) const;
};

class Node {
public:
    explicit Node(Spot spot) : spot_(spot) {}
    virtual ~Node() = default;
    Node(Node const&) = delete;
    Node& operator=(Node const&) = delete;
    virtual Value evaluate(Frame& frame, Run& run) const = 0;
    [[nodiscard]] virtual FeelType type() const { return {}; }
    [[nodiscard]] Spot const& spot() const { return spot_; }

private:
    Spot spot_;
};
using NodePtr = std::shared_ptr<Node const>;

/// Whether the declared type leaves this value as it is, told without a conversion; false where that takes
/// more than a look.
inline bool is_plainly(Value const& value, FeelType const& type) {
    return value.type() == type.kind() && value.type() <= Type::months_duration && type.test() == nullptr;
}

/// An undetermined value without origin gets this one; others pass.
Value located(Value value, Spot const& spot, std::string_view detail = {});

}  // namespace tongban::rules::dmn
