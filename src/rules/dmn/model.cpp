// The door: questions to a program.
#include <set>

#include "rules/dmn/explain.h"
#include "rules/dmn/program.h"

namespace tongban::rules::dmn {

struct Question::Plan {
    std::shared_ptr<Program const> program;
    Steps steps;
    struct Taken {
        std::uint32_t element = 0, place = 0;
        std::size_t input = 0;
    };
    std::vector<Taken> taken;
};

namespace {

/// Through names of imports, as `甲.乙.年龄`; circles of imports end by the count.
Value const* below(Program const& program, std::uint32_t from, Element const& wanted, Context const& given,
                   int levels = 8) {
    for (auto const& [alias, home] : program.homes[from].imports) {
        auto const* inner = given.find(alias);
        if (inner == nullptr || inner->context() == nullptr) continue;
        if (home == wanted.home)
            if (auto const* found = inner->context()->find(wanted.name)) return found;
        if (levels > 0)
            if (auto const* found = below(program, home, wanted, *inner->context(), levels - 1)) return found;
    }
    return nullptr;
}

Value const* given_for(Program const& program, Element const& element, Context const& given) {
    if (element.home != 0) {
        if (auto const* found = given.find("{" + program.homes[element.home].space + "}" + element.name))
            return found;
        if (auto const* found = below(program, 0, element, given)) return found;
    }
    return given.find(element.name);
}

std::vector<Model::Named> named(Program const& program, ElementKind kind) {
    std::vector<Model::Named> all;
    for (auto const& element : program.elements)
        if (element.home == 0 && element.kind == kind) all.push_back({element.name, element.type});
    return all;
}

/// Texts as values of the declared type, all the way down.
Value typed_value(Value const& value, FeelType const& type) {
    if (auto const* text = value.string()) {
        static std::set<Type> const by_text = {Type::date, Type::time, Type::date_time, Type::days_duration,
                                               Type::months_duration};
        if (!by_text.contains(type.kind())) return value;
        return read_value(type.kind(), *text).value_or(value);
    }
    if (auto const* list = value.list(); list != nullptr && type == Type::list) {
        List made;
        for (auto const& item : *list) made.push_back(typed_value(item, type.item()));
        return made;
    }
    auto const* context = value.context();
    if (context == nullptr || !(type == Type::context)) return value;
    Context made;
    for (auto const& [name, held] : context->entries()) {
        auto const* entry = type.entry(name);
        made.put(name, entry == nullptr ? held : typed_value(held, *entry));
    }
    return made;
}

}  // namespace

std::string const& Model::name() const {
    return program_->homes[0].name;
}

std::vector<Model::Named> Model::inputs() const {
    return named(*program_, ElementKind::input_data);
}

std::vector<Model::Named> Model::decisions() const {
    return named(*program_, ElementKind::decision);
}

std::vector<Model::Named> Model::services() const {
    return named(*program_, ElementKind::service);
}

std::vector<Model::Named> Model::knowledge_models() const {
    return named(*program_, ElementKind::knowledge_model);
}

Context Model::typed(Context const& inputs) const {
    Context made;
    for (auto const& [name, value] : inputs.entries()) {
        auto const found = program_->find(name, {ElementKind::input_data, ElementKind::decision});
        made.put(name, found ? typed_value(value, program_->elements[*found].declared) : value);
    }
    return made;
}

Decided Model::decide(std::string_view decision, Context const& inputs, Settings const& settings,
                      Explaining explaining) const {
    auto const& program = *program_;
    auto own = settings;
    own.profile = program.profile;
    Run run(std::move(own));
    Account account;
    if (explaining == Explaining::yes) run.witness = &account.recorder;
    Decided decided;
    auto const wanted = program.find(normal_name(decision), {ElementKind::decision});
    if (!wanted) {
        decided.value = run.trouble("decision_is_not_known", {}, decision);
        decided.notes = run.notes();
        return decided;
    }
    auto const steps = program.steps_to({*wanted}, {});
    std::vector<Value> values(steps.places, Value::unset());
    for (auto const& [number, place] : steps.given) {
        auto const& element = program.elements[number];
        if (auto const* given = given_for(program, element, inputs))
            values[place] = program.received(element, *given, run);
    }
    std::size_t before = 0;
    auto const after = [&](Steps::Step const& step, Value const& value) {
        account.made.push_back({step.element, value, before, account.recorder.tables.size()});
        before = account.recorder.tables.size();
    };
    program.carry_out(steps, values, run, explaining == Explaining::yes ? Program::After(after) : nullptr);
    decided.value = values[steps.results[0]];
    decided.notes = run.notes();
    if (explaining == Explaining::yes) decided.explanation = explanation_of(program, account, decided.value);
    return decided;
}

Decided Model::invoke(std::string_view callable, Context const& arguments, Settings const& settings,
                      Explaining explaining) const {
    auto own = settings;
    own.profile = program_->profile;
    Run run(std::move(own));
    Account account;
    if (explaining == Explaining::yes) run.witness = &account.recorder;
    Decided decided;
    auto const wanted =
        program_->find(normal_name(callable), {ElementKind::service, ElementKind::knowledge_model});
    if (!wanted) {
        decided.value = run.trouble("decision_is_not_known", {}, callable);
    } else {
        auto const& element = program_->elements[*wanted];
        std::vector<std::pair<std::string, Value>> given;
        for (auto const& parameter : element.parameters)
            if (auto const* value = arguments.find(parameter.name))
                given.emplace_back(parameter.name, *value);
        decided.value = call_named(*element.function.function(), std::move(given), run);
        account.made.push_back({*wanted, decided.value, 0, account.recorder.tables.size()});
    }
    decided.notes = run.notes();
    if (explaining == Explaining::yes)
        decided.explanation = explanation_of(*program_, account, decided.value);
    return decided;
}

Result<Question> Model::question(std::string_view decision, std::span<std::string const> inputs) const {
    auto const wanted = program_->find(normal_name(decision), {ElementKind::decision});
    if (!wanted)
        return Error{ErrorKind::not_found, "decision_is_not_known",
                     "模型里没有决策「" + std::string(decision) + "」。"};
    auto plan = std::make_shared<Question::Plan>();
    plan->program = program_;
    plan->steps = program_->steps_to({*wanted}, {});
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        auto const element =
            program_->find(normal_name(inputs[i]), {ElementKind::input_data, ElementKind::decision});
        if (!element)
            return Error{ErrorKind::not_found, "input_is_not_known", "模型里没有输入「" + inputs[i] + "」。"};
        for (auto const& [number, place] : plan->steps.given)
            if (number == *element) plan->taken.push_back({number, place, i});
    }
    return Question(std::move(plan));
}

Value Question::ask(std::span<Value const> inputs, Run& run) const {
    auto const& plan = *plan_;
    std::vector<Value> values(plan.steps.places, Value::unset());
    for (auto const& taken : plan.taken)
        if (taken.input < inputs.size())
            values[taken.place] =
                plan.program->received(plan.program->elements[taken.element], inputs[taken.input], run);
    plan.program->carry_out(plan.steps, values, run);
    return values[plan.steps.results[0]];
}

bool Loaded::sound() const {
    return model && std::none_of(findings.begin(), findings.end(),
                                 [](Finding const& finding) { return finding.severity == Severity::error; });
}

Loaded load(ModelText const& main, Finder const& finder, LoadOptions const& options) {
    Loaded loaded;
    if (auto program = link(main, finder, options, loaded.findings)) loaded.model = Model(std::move(program));
    return loaded;
}

Result<XmlDocument> open_document(std::string_view text, XmlLimits const& limits) {
    std::vector<Finding> findings;
    auto read = read_definitions("", text, limits, findings);
    if (!read.ok()) return read.error();
    return std::move(read->document);
}

std::string save(XmlDocument const& document) {
    return write_xml(document);
}

}  // namespace tongban::rules::dmn
