#include "rules/dmn/compile.h"

namespace tongban::rules::dmn {

namespace {

class Broken : public Node {
public:
    Broken(std::string code, Spot spot, Place place, std::string name)
        : Node(spot), code_(std::move(code)), place_(place), name_(std::move(name)) {}
    Value evaluate(Frame&, Run& run) const override {
        return located(run.trouble(code_, place_, name_), spot());
    }

private:
    std::string code_;
    Place place_;
    std::string name_;
};

class Literal : public Node {
public:
    Literal(Expression expression, Spot spot) : Node(spot), expression_(std::move(expression)) {}
    Value evaluate(Frame& frame, Run& run) const override {
        return located(rules::evaluate(expression_, frame, run), spot());
    }
    [[nodiscard]] FeelType type() const override { return expression_.feel_type(); }

private:
    Expression expression_;
};

/// What a typeRef promises is what comes out (DMN 1.5, 10.3.2.9.4).
class Coerced : public Node {
public:
    Coerced(NodePtr inner, FeelType type)
        : Node(inner->spot()), inner_(std::move(inner)), type_(std::move(type)) {}
    Value evaluate(Frame& frame, Run& run) const override {
        auto value = inner_->evaluate(frame, run);
        if (value.is_undetermined()) return value;
        return located(coerce(value, type_, run), spot());
    }
    [[nodiscard]] FeelType type() const override { return type_; }

private:
    NodePtr inner_;
    FeelType type_;
};

}  // namespace

Where Spot::where(Place within) const {
    Where where;
    where.line = line + (line > 0 ? within.line - 1 : 0);
    where.column = within.column;
    where.element = part;
    if (owner == nullptr) return where;
    where.file = owner->file;
    where.owner = owner->name;
    return where;
}

Value located(Value value, Spot const& spot, std::string_view detail) {
    auto const* reason = value.reason();
    if (reason == nullptr || !reason->origin.empty()) return value;
    auto said = *reason;
    said.origin = spot.where(reason->place).text();
    if (!detail.empty()) said.origin += " " + std::string(detail);
    return Value::undetermined(std::move(said));
}

Where within(Owner const& owner, XmlElement const& element) {
    auto where = where_of(owner.file, element);
    where.owner = owner.name;
    return where;
}

NodePtr broken(std::string code, Spot spot, Place place, std::string name) {
    return std::make_shared<Broken>(std::move(code), spot, place, std::move(name));
}

NodePtr coerced(NodePtr node, FeelType const& type) {
    if (type == Type::any && type.test() == nullptr) return node;
    return std::make_shared<Coerced>(std::move(node), type);
}

void Compiler::find(Severity severity, std::string code, Where where, std::string zh, std::string en) {
    findings_.push_back({severity, std::move(code), std::move(where), std::move(zh), std::move(en)});
}

FeelType Compiler::type(std::string_view written, XmlElement const& at, Owner const& owner) {
    if (written.empty()) return {};
    if (auto found = types_.find(model_, written)) return *found;
    find(Severity::error, "type_is_not_known", within(owner, at),
         "没有叫「" + std::string(written) + "」的数据类型。",
         "There is no type \"" + std::string(written) + "\".");
    return {};
}

Compiler::Text Compiler::text_in(XmlElement const* element, char const* part, Owner const& owner) {
    auto const* text = element == nullptr ? nullptr : child(*element, "text");
    auto const* at = text != nullptr ? text : element;
    return {text == nullptr ? std::string() : text->text(), {&owner, part, at == nullptr ? 0 : at->line}};
}

void Compiler::say(Trouble const& trouble, Text const& text, int columns_before) {
    auto shown = trouble;
    if (shown.place.line == 1) shown.place.column = std::max(1, shown.place.column - columns_before);
    auto en = "The expression cannot be read (" + shown.code + ")" +
              (shown.found.empty() ? "" : ": found `" + shown.found + "`") +
              (shown.fix.empty() ? "." : "; write `" + shown.fix + "`.");
    find(Severity::error, shown.code, text.spot.where(shown.place), shown.text(), std::move(en));
}

namespace {
/// Of two kinds without parts, only a date becomes another: its midnight (10.3.2.9.4).
bool never_fits(FeelType const& made, FeelType const& declared) {
    auto const plain = [](Type kind) { return kind >= Type::boolean && kind <= Type::months_duration; };
    if (!plain(made.kind()) || !plain(declared.kind()) || made.kind() == declared.kind()) return false;
    return !(made.kind() == Type::date && declared.kind() == Type::date_time);
}
}  // namespace

void Compiler::expect(Node const& node, FeelType const& declared) {
    auto const made = node.type();
    if (!never_fits(made, declared)) return;
    // Under the standard's nulls such a model is odd; where a doubt counts it can never answer.
    find(strict() ? Severity::error : Severity::warning, "result_never_fits_its_type", node.spot().where(),
         "这里得出的是 " + made.text() + "，说明的类型却是 " + declared.text() + "，永远不合。",
         "This yields " + made.text() + " where " + declared.text() + " is declared: it never fits.");
}

std::optional<Expression> Compiler::read(Text const& text, Names const& names) {
    auto parsed = rules::read(text.text, names, options_.budget, options_.profile);
    if (!parsed.expression) say(parsed.trouble, text);
    return parsed.expression;
}

NodePtr Compiler::literal(Text const& text, Names const& names) {
    auto parsed = rules::read(text.text, names, options_.budget, options_.profile);
    if (parsed.expression) return std::make_shared<Literal>(*parsed.expression, text.spot);
    say(parsed.trouble, text);
    return broken(parsed.trouble.code, text.spot, parsed.trouble.place, parsed.trouble.found);
}

bool Compiler::speaks_feel(XmlElement const& element, Owner const& owner) {
    auto language = element.attribute("expressionLanguage");
    if (language.empty()) language = model_.document.root->attribute("expressionLanguage");
    if (language.empty() || is_feel_space(language) || language == "feel" || language == "FEEL") return true;
    find(Severity::error, "expression_language_is_not_feel", within(owner, element),
         "这里的表达式语言是「" + std::string(language) + "」，本平台只认 FEEL。",
         "This expression is written in " + std::string(language) + "; only FEEL is taken.");
    return false;
}

NodePtr Compiler::literal_expression(XmlElement const& element, Names const& names, Owner const& owner) {
    auto text = text_in(&element, "literalExpression", owner);
    if (!speaks_feel(element, owner)) return broken("expression_language_is_not_feel", text.spot);
    if (auto const* imported = child(element, "importedValues")) {
        find(Severity::error, "imported_values_are_not_supported", within(owner, *imported),
             "不支持从别的文件引入取值（importedValues）。", "importedValues are not supported.");
        return broken("imported_values_are_not_supported", text.spot);
    }
    return literal(text, names);
}

NodePtr Compiler::missing(XmlElement const& parent, std::string_view name, Owner const& owner) {
    find(Severity::error, "expression_is_missing", within(owner, parent),
         "这里缺少表达式（" + std::string(name) + "）。",
         "An expression is missing here (" + std::string(name) + ").");
    return broken("expression_is_missing", {&owner, "", parent.line});
}

NodePtr Compiler::part(XmlElement const& parent, std::string_view name, Names const& names,
                       Owner const& owner) {
    auto const* holder = child(parent, name);
    auto const* inner = holder == nullptr ? nullptr : expression_in(*holder);
    if (inner == nullptr) return missing(holder == nullptr ? parent : *holder, name, owner);
    return expression(*inner, names, owner);
}

NodePtr Compiler::bare(XmlElement const& element, Names const& names, Owner const& owner) {
    auto const& name = element.name;
    if (name == "literalExpression") return literal_expression(element, names, owner);
    if (name == "decisionTable") return compile_table(*this, element, names, owner);
    if (name == "context") return context(element, names, owner);
    if (name == "invocation") return invocation(element, names, owner);
    if (name == "functionDefinition" || name == "encapsulatedLogic") return function(element, names, owner);
    if (name == "relation") return relation(element, names, owner);
    if (name == "list") return list(element, names, owner);
    if (name == "conditional") return conditional(element, names, owner);
    if (name == "filter") return filter(element, names, owner);
    return iteration(element, names, owner);
}

NodePtr Compiler::expression(XmlElement const& element, Names const& names, Owner const& owner) {
    auto node = bare(element, names, owner);
    auto declared = type(element.attribute("typeRef"), element, owner);
    // A function's typeRef is its own type or, in older models, that of its result: its parts say it better.
    bool const of_function = element.name == "functionDefinition" || element.name == "encapsulatedLogic";
    if (of_function) return node;
    expect(*node, declared);
    return coerced(node, declared);
}

std::vector<Parameter> Compiler::parameters(XmlElement const& function, Owner const& owner) {
    std::vector<Parameter> made;
    for (auto const* parameter : children(function, "formalParameter"))
        made.push_back({std::string(parameter->attribute("name")),
                        type(parameter->attribute("typeRef"), *parameter, owner)});
    return made;
}

NodePtr Compiler::body(XmlElement const& function, Names const& names, Owner const& owner) {
    auto const* inner = expression_in(function);
    return inner == nullptr ? nullptr : expression(*inner, names, owner);
}

}  // namespace tongban::rules::dmn
