// Boxed contexts, invocations, functions, relations, lists and conditionals (DMN 1.5, 7.3 and 10.2.2).
#include "rules/compare.h"
#include "rules/dmn/compile.h"

namespace tongban::rules::dmn {

namespace {

class ContextNode : public Node {
public:
    struct Entry {
        std::string name;
        Slot slot = 0;
        NodePtr value;
    };
    using Node::Node;
    std::vector<Entry> entries;
    NodePtr result;  ///< of the last entry, when it has no name
    FeelType whole;

    Value evaluate(Frame& frame, Run& run) const override {
        Context made;
        for (auto const& entry : entries) {
            if (!run.spend(1)) return run.spent();
            auto value = entry.value->evaluate(frame, run);
            frame.put(entry.slot, value);
            if (!result) made.put(entry.name, std::move(value));
        }
        return result ? result->evaluate(frame, run) : Value(std::move(made));
    }
    [[nodiscard]] FeelType type() const override { return result ? result->type() : whole; }
};

class InvocationNode : public Node {
public:
    using Node::Node;
    NodePtr called;
    std::vector<std::pair<std::string, NodePtr>> bindings;

    Value evaluate(Frame& frame, Run& run) const override {
        auto function = called->evaluate(frame, run);
        if (function.is_undetermined()) return function;
        std::vector<std::pair<std::string, Value>> arguments;
        for (auto const& [name, node] : bindings) arguments.emplace_back(name, node->evaluate(frame, run));
        if (function.function() == nullptr)
            return located(run.trouble("invoked_thing_is_not_a_function", {}), spot());
        auto const held = function.function_held();
        return located(call_named(*held, std::move(arguments), run), spot());
    }
    [[nodiscard]] FeelType type() const override {
        auto function = called->type();
        return function == Type::function ? function.result() : FeelType();
    }
};

class FunctionNode : public Node {
public:
    FunctionNode(Spot spot, std::vector<Parameter> parameters, Slot first, NodePtr body)
        : Node(spot), parameters_(std::move(parameters)), first_(first), body_(std::move(body)) {}
    Value evaluate(Frame& frame, Run&) const override {
        // The closure keeps what stood in scope when it was made.
        return native_function(
            {}, parameters_, {},
            [frame, first = first_, body = body_](std::span<Value const> arguments, Run& run) {
                Frame inner = frame;
                for (std::size_t i = arguments.size(); i-- > 0;)
                    inner.put(first + static_cast<Slot>(i), arguments[i]);
                return body->evaluate(inner, run);
            });
    }
    [[nodiscard]] FeelType type() const override {
        std::vector<FeelType> types;
        for (auto const& parameter : parameters_) types.push_back(parameter.type);
        return FeelType::function(std::move(types), body_->type());
    }

private:
    std::vector<Parameter> parameters_;
    Slot first_;
    NodePtr body_;
};

/// `kind="Java"` or `"PMML"`: the body is a context that says which function of the host it is.
class HostNode : public Node {
public:
    HostNode(Spot spot, std::vector<Parameter> parameters, std::string kind, NodePtr mapping)
        : Node(spot),
          parameters_(std::move(parameters)),
          kind_(std::move(kind)),
          mapping_(std::move(mapping)) {}
    Value evaluate(Frame& frame, Run& run) const override {
        auto told = mapping_->evaluate(frame, run);
        if (told.is_undetermined()) return told;
        if (told.context() == nullptr) return located(run.trouble("host_function_is_not_known", {}), spot());
        Context mapping;
        mapping.put(kind_, told);
        return located(external_function(parameters_, mapping, run), spot());
    }

private:
    std::vector<Parameter> parameters_;
    std::string kind_;
    NodePtr mapping_;
};

class ListNode : public Node {
public:
    using Node::Node;
    std::vector<NodePtr> items;
    Value evaluate(Frame& frame, Run& run) const override {
        List made;
        made.reserve(items.size());
        for (auto const& item : items) {
            if (!run.spend(1)) return run.spent();
            made.push_back(item->evaluate(frame, run));
        }
        return made;
    }
    [[nodiscard]] FeelType type() const override { return whole; }
    FeelType whole = FeelType::list({});  ///< kept: lists in lists would ask each other over and over
};

class RelationNode : public Node {
public:
    using Node::Node;
    std::vector<Parameter> columns;
    std::vector<std::vector<NodePtr>> rows;
    Value evaluate(Frame& frame, Run& run) const override {
        List made;
        for (auto const& row : rows) {
            Context line;
            for (std::size_t i = 0; i < columns.size(); ++i) {
                if (!run.spend(1)) return run.spent();
                auto value = row[i]->evaluate(frame, run);
                line.put(columns[i].name, located(coerce(value, columns[i].type, run), row[i]->spot()));
            }
            made.emplace_back(std::move(line));
        }
        return made;
    }
    [[nodiscard]] FeelType type() const override {
        std::vector<FeelType::Entry> entries;
        for (auto const& column : columns) entries.emplace_back(column.name, column.type);
        return FeelType::list(FeelType::context(std::move(entries)));
    }
};

class ConditionalNode : public Node {
public:
    using Node::Node;
    NodePtr condition, then, otherwise;
    Value evaluate(Frame& frame, Run& run) const override {
        if (!run.spend(1)) return run.spent();
        auto held = condition->evaluate(frame, run);
        if (held.is_undetermined()) return held;
        // A boxed one is stricter than FEEL's `if` (7.3.6): only a boolean, or nothing, can be answered.
        if (held.boolean() == nullptr && (run.strict() || !held.is_null()))
            return located(
                run.trouble(held.is_null() ? "datum_is_missing" : "types_do_not_fit", {}, "if", {held}),
                condition->spot());
        return (held.is_true() ? then : otherwise)->evaluate(frame, run);
    }
    [[nodiscard]] FeelType type() const override { return whole; }
    FeelType whole;
};

Spot spot_of(XmlElement const& element, char const* part, Owner const& owner) {
    return {&owner, part, element.line};
}

}  // namespace

NodePtr Compiler::context(XmlElement const& element, Names const& names, Owner const& owner) {
    auto made = std::make_shared<ContextNode>(spot_of(element, "context", owner));
    Names inner = names;
    std::vector<FeelType::Entry> types;
    for (auto const* entry : children(element, "contextEntry")) {
        auto const* variable = child(*entry, "variable");
        auto const* value = expression_in(*entry);
        if (value == nullptr) {
            missing(*entry, "contextEntry", owner);
            continue;
        }
        auto node = expression(*value, inner, owner);
        if (variable == nullptr || variable->attribute("name").empty()) {
            made->result = node;
            continue;
        }
        auto const name = normal_name(variable->attribute("name"));
        auto declared = type(variable->attribute("typeRef"), *variable, owner);
        if (!(declared == Type::function)) node = coerced(node, declared);
        types.emplace_back(name, node->type());
        made->entries.push_back({name, inner.declare(name, node->type()), node});
    }
    made->whole = FeelType::context(std::move(types));
    return made;
}

NodePtr Compiler::invocation(XmlElement const& element, Names const& names, Owner const& owner) {
    auto made = std::make_shared<InvocationNode>(spot_of(element, "invocation", owner));
    auto const* called = expression_in(element);
    made->called =
        called == nullptr ? missing(element, "invocation", owner) : expression(*called, names, owner);
    for (auto const* binding : children(element, "binding")) {
        auto const* parameter = child(*binding, "parameter");
        auto const* value = expression_in(*binding);
        if (parameter == nullptr) {
            missing(*binding, "parameter", owner);
            continue;
        }
        auto node = value == nullptr ? missing(*binding, "binding", owner) : expression(*value, names, owner);
        auto declared = type(parameter->attribute("typeRef"), *parameter, owner);
        made->bindings.emplace_back(parameter->attribute("name"), coerced(node, declared));
    }
    return made;
}

NodePtr Compiler::function(XmlElement const& element, Names const& names, Owner const& owner) {
    auto taken = parameters(element, owner);
    auto const kind = element.attribute("kind");
    auto const spot = spot_of(element, "functionDefinition", owner);
    if (kind == "Java" || kind == "PMML" || kind == "J" || kind == "P") {
        auto mapping = body(element, names, owner);
        if (!mapping) mapping = missing(element, "functionDefinition", owner);
        auto const lower = kind.starts_with('J') ? "java" : "pmml";
        return std::make_shared<HostNode>(spot, std::move(taken), lower, std::move(mapping));
    }
    Names inner = names;
    Slot first = 0;
    for (std::size_t i = 0; i < taken.size(); ++i) {
        auto const slot = inner.declare(taken[i].name, taken[i].type);
        if (i == 0) first = slot;
    }
    auto inside = body(element, inner, owner);
    if (!inside) inside = missing(element, "functionDefinition", owner);
    return std::make_shared<FunctionNode>(spot, std::move(taken), first, std::move(inside));
}

NodePtr Compiler::relation(XmlElement const& element, Names const& names, Owner const& owner) {
    auto made = std::make_shared<RelationNode>(spot_of(element, "relation", owner));
    for (auto const* column : children(element, "column"))
        made->columns.push_back(
            {std::string(column->attribute("name")), type(column->attribute("typeRef"), *column, owner)});
    for (auto const* row : children(element, "row")) {
        std::vector<NodePtr> cells;
        for (auto const* cell : children(*row))
            if (is_expression(*cell)) cells.push_back(expression(*cell, names, owner));
        if (cells.size() > made->columns.size())
            find(Severity::error, "row_has_too_many_cells", within(owner, *row), "这一行比列多。",
                 "This row has more cells than the relation has columns.");
        while (cells.size() < made->columns.size()) cells.push_back(missing(*row, "row", owner));
        made->rows.push_back(std::move(cells));
    }
    return made;
}

NodePtr Compiler::list(XmlElement const& element, Names const& names, Owner const& owner) {
    auto made = std::make_shared<ListNode>(spot_of(element, "list", owner));
    std::optional<FeelType> item_type;
    for (auto const* item : children(element)) {
        if (!is_expression(*item)) continue;
        made->items.push_back(expression(*item, names, owner));
        auto const type = made->items.back()->type();
        item_type = item_type ? common(*item_type, type) : type;
    }
    made->whole = FeelType::list(item_type.value_or(FeelType()));
    return made;
}

NodePtr Compiler::conditional(XmlElement const& element, Names const& names, Owner const& owner) {
    auto made = std::make_shared<ConditionalNode>(spot_of(element, "conditional", owner));
    made->condition = part(element, "if", names, owner);
    made->then = part(element, "then", names, owner);
    made->otherwise = part(element, "else", names, owner);
    made->whole = common(made->then->type(), made->otherwise->type());
    return made;
}

}  // namespace tongban::rules::dmn
