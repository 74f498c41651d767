#include "rules/dmn/program.h"

#include <algorithm>

namespace tongban::rules::dmn {

std::optional<std::uint32_t> Program::find(std::string_view name,
                                           std::initializer_list<ElementKind> kinds) const {
    auto const wanted = [&](Element const& element) {
        return std::find(kinds.begin(), kinds.end(), element.kind) != kinds.end();
    };
    for (std::uint32_t i = 0; i < elements.size(); ++i)
        if (elements[i].home == 0 && elements[i].name == name && wanted(elements[i])) return i;
    for (auto const& [alias, home] : homes[0].imports)
        for (std::uint32_t i = 0; i < elements.size(); ++i)
            if (elements[i].home == home && wanted(elements[i]) &&
                (alias.empty() ? elements[i].name : alias + "." + elements[i].name) == name)
                return i;
    return std::nullopt;
}

namespace {

/// Decisions in an order in which what is required goes first; input data and what is given end the search.
class Planner {
public:
    Planner(Program const& program, std::vector<std::uint32_t> const& given) : program_(program) {
        for (auto const element : given) place(element, true);
    }

    Steps plan(std::vector<std::uint32_t> const& wanted) {
        for (auto const element : wanted) visit(element);
        for (auto const element : wanted) steps_.results.push_back(places_.at(element));
        steps_.places = places_.size();
        return std::move(steps_);
    }

private:
    void place(std::uint32_t element, std::same_as<bool> auto is_given) {
        auto const fresh = static_cast<std::uint32_t>(places_.size());
        if (!places_.emplace(element, fresh).second) return;
        if (is_given) steps_.given.emplace_back(element, fresh);
    }

    void visit(std::uint32_t wanted) {
        std::vector<std::pair<std::uint32_t, std::size_t>> path{{wanted, 0}};
        while (!path.empty()) {
            auto& [at, next] = path.back();
            auto const& element = program_.elements[at];
            // What is in a circle has no answer; what nobody modelled may be given.
            bool const is_leaf = element.kind == ElementKind::input_data || !element.logic;
            if (places_.contains(at)) {
                path.pop_back();
            } else if (is_leaf) {
                place(at, true);
                path.pop_back();
            } else if (next < element.needs.size()) {
                auto const to = element.needs[next++].element;
                auto const kind = program_.elements[to].kind;
                if (kind == ElementKind::input_data || kind == ElementKind::decision)
                    path.emplace_back(to, 0);
            } else {
                make_step(at);
                path.pop_back();
            }
        }
    }

    void make_step(std::uint32_t number) {
        place(number, false);
        auto const& element = program_.elements[number];
        Steps::Step step{number, places_.at(number), {}, {}};
        for (auto const& need : element.needs) {
            auto const& other = program_.elements[need.element];
            bool const is_function = other.function.function() != nullptr;
            if (need.member.empty()) {
                if (!is_function) step.sources.push_back({need.slot, places_.at(need.element)});
                continue;
            }
            auto found = std::find_if(step.bundles.begin(), step.bundles.end(),
                                      [&](Steps::Bundle const& bundle) { return bundle.slot == need.slot; });
            if (found == step.bundles.end()) found = step.bundles.insert(found, {need.slot, {}});
            if (is_function)
                found->members.push_back({need.member, std::nullopt, other.function});
            else
                found->members.push_back({need.member, places_.at(need.element), {}});
        }
        steps_.steps.push_back(std::move(step));
    }

    Program const& program_;
    Steps steps_;
    std::map<std::uint32_t, std::uint32_t> places_;
};

}  // namespace

Steps Program::steps_to(std::vector<std::uint32_t> const& wanted,
                        std::vector<std::uint32_t> const& given) const {
    return Planner(*this, given).plan(wanted);
}

Spot Program::spot_of(Element const& element) const {
    return {element.owner, element.owner->element.c_str(), element.line};
}

Value Program::received(Element const& element, Value const& value, Run& run) const {
    if (value.is_unset() || value.is_undetermined()) return value;
    if (is_plainly(value, element.declared)) return value;
    if (element.declared == Type::any && element.declared.test() == nullptr) return value;
    auto taken = coerce(value, element.declared, run);
    auto const* reason = taken.reason();
    if (reason == nullptr || !reason->name.empty()) return located(std::move(taken), spot_of(element));
    auto said = *reason;
    said.name = element.name;
    return located(Value::undetermined(std::move(said)), spot_of(element));
}

Value Program::decide(Steps::Step const& step, std::vector<Value> const& values, Run& run) const {
    auto const& element = elements[step.element];
    if (!run.spend(1)) return run.spent();
    Frame frame = element.blank;
    for (auto const& source : step.sources) frame.put(source.slot, values[source.place]);
    for (auto const& bundle : step.bundles) {
        Context made;
        for (auto const& member : bundle.members)
            made.put(member.name, member.place ? values[*member.place] : member.function);
        frame.put(bundle.slot, std::move(made));
    }
    auto value = element.logic->evaluate(frame, run);
    if (run.exhausted()) return run.spent();
    if (value.is_undetermined() || is_plainly(value, element.declared)) return value;
    if (element.declared == Type::any && element.declared.test() == nullptr) return value;
    return located(coerce(value, element.declared, run), spot_of(element));
}

void Program::carry_out(Steps const& steps, std::vector<Value>& values, Run& run, After const& after) const {
    for (auto const& [number, place] : steps.given) {
        auto const& element = elements[number];
        bool const was_modelled = element.kind == ElementKind::input_data || element.logic;
        if (was_modelled || !values[place].is_unset()) continue;
        // A decision nobody modelled and nobody gave.
        auto const* code = element.is_circular ? "decisions_require_each_other" : "decision_has_no_logic";
        values[place] = located(run.trouble(code, {}, element.name), spot_of(element));
    }
    for (auto const& step : steps.steps) {
        values[step.place] = decide(step, values, run);
        if (after) after(step, values[step.place]);
    }
}

Value Program::apply_service(Element const& service, std::span<Value const> arguments, Run& run) const {
    std::vector<Value> values(service.steps.places, Value::unset());
    for (std::size_t i = 0; i < service.takes.size() && i < arguments.size(); ++i)
        for (auto const& [number, place] : service.steps.given)
            if (number == service.takes[i]) values[place] = arguments[i];
    carry_out(service.steps, values, run);
    if (service.outputs.size() == 1) return values[service.steps.results[0]];
    Context whole;
    for (std::size_t i = 0; i < service.outputs.size(); ++i) {
        auto const& value = values[service.steps.results[i]];
        if (value.is_undetermined()) return value;
        whole.put(elements[service.outputs[i]].name, value);
    }
    return whole;
}

Value Program::apply(std::uint32_t number, std::span<Value const> arguments, Run& run) const {
    auto const& element = elements[number];
    if (element.kind == ElementKind::service) return apply_service(element, arguments, run);
    if (!element.logic)
        return located(run.trouble("decision_has_no_logic", {}, element.name), spot_of(element));
    Frame frame = element.blank;
    for (std::size_t i = arguments.size(); i-- > 0;)
        frame.put(element.first + static_cast<Slot>(i), arguments[i]);
    auto value = element.logic->evaluate(frame, run);
    if (!element.is_host || value.function() == nullptr) return value;
    auto const held = value.function_held();
    return located(call(*held, std::vector<Value>(arguments.begin(), arguments.end()), run),
                   spot_of(element));
}

}  // namespace tongban::rules::dmn
