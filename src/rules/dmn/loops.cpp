// Boxed filter, for, some and every (DMN 1.5, 7.3.8 to 7.3.11). They mean what the expressions of FEEL of
// the same names mean, so they are those: the boxed parts stand in them as values and functions with names
// that no author can write.
#include "rules/dmn/compile.h"

namespace tongban::rules::dmn {

namespace {

constexpr char const* list_name = "boxed in 7";
constexpr char const* body_name = "boxed body 7";

/// What a condition must be: a boolean. Boxed filters and quantifiers have no answer when one is not
/// (DMN 1.5, 7.3.8 to 7.3.11), where FEEL's own would take it for false.
struct Watch {
    bool is_broken = false;
    Value operator()(Value const& held, Run& run) {
        if (held.boolean() != nullptr || held.is_null() || held.is_undetermined()) return held;
        is_broken = true;
        return run.spend(1) ? Value(false) : run.spent();
    }
};

/// Evaluates `text` over what stands at `in`, with `body` or a check of the condition as a function.
class LoopNode : public Node {
public:
    using Node::Node;
    NodePtr in, body;  ///< no `in`: the text says it; no body: the text has the condition
    std::optional<Expression> text;
    Slot list_slot = 0, body_slot = 0, first = 0;  ///< first: of the body's parameters
    std::vector<Parameter> parameters;
    bool is_condition = true;

    Value evaluate(Frame& frame, Run& run) const override {
        if (!run.spend(1)) return run.spent();
        if (in) {
            auto over = in->evaluate(frame, run);
            if (over.is_undetermined()) return over;
            frame.put(list_slot, std::move(over));
        }
        auto const watch = std::make_shared<Watch>();
        frame.put(body_slot, closure(frame, watch));
        auto value = rules::evaluate(*text, frame, run);
        if (watch->is_broken && !run.exhausted())
            return located(run.trouble("condition_is_not_a_boolean", {}), spot());
        return located(std::move(value), spot());
    }
    [[nodiscard]] FeelType type() const override { return text->feel_type(); }

private:
    Value closure(Frame const& frame, std::shared_ptr<Watch> const& watch) const {
        if (!body)
            return native_function(
                {}, {{"held", {}}}, {},
                [watch](std::span<Value const> arguments, Run& run) { return (*watch)(arguments[0], run); });
        auto const called = [frame, first = first, body = body](std::span<Value const> arguments, Run& run) {
            Frame inner = frame;
            for (std::size_t i = arguments.size(); i-- > 0;)
                inner.put(first + static_cast<Slot>(i), arguments[i]);
            return body->evaluate(inner, run);
        };
        if (!is_condition) return native_function({}, parameters, {}, called);
        return native_function({}, parameters, {},
                               [called, watch](std::span<Value const> arguments, Run& run) {
                                   return (*watch)(called(arguments, run), run);
                               });
    }
};

/// The type of the items that a loop's variable takes.
FeelType item_of(FeelType const& over) {
    if (over == Type::list) return over.item();
    if (over == Type::range) return over.item();
    return over == Type::any ? FeelType() : over;
}

}  // namespace

NodePtr Compiler::filter(XmlElement const& element, Names const& names, Owner const& owner) {
    auto made = std::make_shared<LoopNode>(Spot{&owner, "filter", element.line});
    made->in = part(element, "in", names, owner);
    Names inner = names;
    made->list_slot = inner.declare(list_name, made->in->type());
    auto const* match = child(element, "match");
    auto const* condition = match == nullptr ? nullptr : expression_in(*match);
    if (condition == nullptr) return missing(element, "match", owner);
    auto text = text_in(condition, "match", owner);
    std::string const lead = "boxed in 7[boxed body 7(";
    made->body_slot = inner.declare(body_name, FeelType::function({{}}, {}));
    if (condition->name == "literalExpression") {
        // The closing bracket on a line of its own: the author's text may end with a comment.
        auto parsed = rules::read(lead + text.text + "\n)]", inner, options_.budget, options_.profile);
        if (parsed.expression) {
            made->text = parsed.expression;
            return made;
        }
        say(parsed.trouble, text, static_cast<int>(lead.size()));
        return broken(parsed.trouble.code, text.spot, parsed.trouble.place);
    }
    Names scope = inner;
    made->first = scope.declare("item", item_of(made->in->type()));
    made->parameters = {{"item", {}}};
    made->body = expression(*condition, scope, owner);
    made->text = read({"boxed in 7[boxed body 7(item)]", text.spot}, inner);
    return made->text ? NodePtr(made) : broken("expression_is_missing", text.spot);
}

/// `1..4` is no expression by itself, only behind `in`: then the author's text stands there.
std::optional<std::string> Compiler::bare_range(XmlElement const& element, Names const& names) const {
    auto const* in = child(element, "in");
    auto const* inner = in == nullptr ? nullptr : expression_in(*in);
    if (inner == nullptr || inner->name != "literalExpression") return std::nullopt;
    auto text = text_of(inner);
    if (text.find("..") == std::string::npos) return std::nullopt;
    if (rules::read(text, names, options_.budget, options_.profile).expression) return std::nullopt;
    return text;
}

NodePtr Compiler::iteration(XmlElement const& element, Names const& names, Owner const& owner) {
    auto made = std::make_shared<LoopNode>(Spot{&owner, "for", element.line});
    bool const is_for = element.name == "for";
    made->is_condition = !is_for;
    auto const variable = normal_name(element.attribute("iteratorVariable"));
    if (variable.empty()) return missing(element, "iteratorVariable", owner);
    auto const range = bare_range(element, names);
    if (!range) made->in = part(element, "in", names, owner);
    auto const over_type = range ? FeelType() : made->in->type();
    Names inner = names;
    made->list_slot = inner.declare(list_name, over_type);
    made->body_slot = inner.declare(body_name, FeelType::function(std::vector<FeelType>(is_for ? 2 : 1), {}));
    Names scope = inner;
    made->parameters = {{variable, {}}};
    made->first = scope.declare(variable, item_of(over_type));
    if (is_for) {
        made->parameters.push_back({"partial", {}});
        scope.declare("partial", Type::list);
    }
    made->body = part(element, is_for ? "return" : "satisfies", scope, owner);
    auto const over = " " + variable + " in " + range.value_or(list_name);
    std::string called = "boxed body 7(";
    called.append(variable).append(is_for ? ", partial)" : ")");
    made->text =
        read({element.name + over + (is_for ? "\n return " : "\n satisfies ") + called, made->spot()}, inner);
    return made->text ? NodePtr(made) : broken("expression_is_missing", made->spot());
}

}  // namespace tongban::rules::dmn
