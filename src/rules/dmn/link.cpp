// From definitions to a program: requirements become indexes, then everything is compiled in an order in
// which what is required goes first, so that its type is known.
#include <algorithm>
#include <set>

#include "rules/dmn/compile.h"
#include "rules/dmn/program.h"

namespace tongban::rules::dmn {

namespace {

class Linker {
public:
    Linker(std::vector<std::unique_ptr<Definitions>> const& models, LoadOptions const& options,
           std::vector<Finding>& findings)
        : models_(models),
          options_(options),
          findings_(findings),
          types_(models, options.budget, options.profile, findings) {}

    std::shared_ptr<Program const> link() {
        program_ = std::make_shared<Program>();
        program_->profile = options_.profile;
        for (std::uint32_t home = 0; home < models_.size(); ++home) index(home);
        connect_homes();
        for (std::uint32_t i = 0; i < declared_.size(); ++i) resolve(i);
        for (std::uint32_t home = 0; home < models_.size(); ++home) base_.push_back(base_names(home));
        for (auto const i : order()) compile(i);
        for (auto& element : program_->elements)
            if (element.kind == ElementKind::service)
                element.steps = program_->steps_to(element.outputs, element.takes);
        fill_functions();
        program_->kept_types = types_.kept();
        return program_;
    }

private:
    void index(std::uint32_t home) {
        auto const& model = *models_[home];
        program_->homes.push_back({model.file, model.name, model.space, {}});
        compilers_.emplace_back(model, types_, options_, findings_);
        ids_.emplace_back();
        for (auto const& declared : model.elements) {
            auto const number = static_cast<std::uint32_t>(program_->elements.size());
            program_->owners.push_back({model.file, declared.at->name, declared.id, declared.name});
            Element element;
            element.kind = declared.kind;
            element.home = home;
            element.name = normal_name(declared.name);
            element.id = declared.id;
            element.variable = normal_name(declared.variable);
            element.owner = &program_->owners.back();
            element.line = declared.at->line;
            program_->elements.push_back(std::move(element));
            declared_.push_back(&declared);
            if (!declared.id.empty()) ids_.back().emplace(declared.id, number);
        }
    }

    void connect_homes() {
        for (std::uint32_t home = 0; home < models_.size(); ++home)
            for (auto const& import : models_[home]->imports)
                for (std::uint32_t other = 0; other < models_.size(); ++other)
                    if (other != home && models_[other]->space == import.space)
                        program_->homes[home].imports.emplace_back(normal_name(import.name), other);
    }

    Names base_names(std::uint32_t home) {
        Names names;
        types_.declare(*models_[home], names);
        return names;
    }

    /// `#id`, `namespace#id`.
    std::optional<std::uint32_t> target(std::uint32_t home, std::string const& href) const {
        auto const hash = href.find('#');
        auto const space = hash == std::string::npos ? std::string() : href.substr(0, hash);
        auto const id = hash == std::string::npos ? href : href.substr(hash + 1);
        for (std::uint32_t other = 0; other < models_.size(); ++other) {
            if (space.empty() ? other != home : models_[other]->space != space) continue;
            auto const found = ids_[other].find(id);
            if (found != ids_[other].end()) return found->second;
        }
        return std::nullopt;
    }

    /// The elements that references lead to; what leads nowhere, or to another kind, is a finding.
    std::vector<std::uint32_t> targets(std::uint32_t from, std::vector<Reference> const& references,
                                       std::initializer_list<ElementKind> kinds) {
        std::vector<std::uint32_t> found;
        auto const& element = program_->elements[from];
        for (auto const& reference : references) {
            auto const to = target(element.home, reference.href);
            auto where = within(*element.owner, *reference.at);
            if (!to) {
                findings_.push_back(
                    {Severity::error, "requirement_leads_nowhere", where,
                     "「" + element.name + "」引用的 " + reference.href + " 不存在。",
                     "What \"" + element.name + "\" requires is not there: " + reference.href});
            } else if (std::find(kinds.begin(), kinds.end(), program_->elements[*to].kind) == kinds.end()) {
                findings_.push_back(
                    {Severity::error, "requirement_is_of_another_kind", where,
                     "「" + element.name + "」引用的 " + reference.href + " 不是这里要的种类。",
                     "What \"" + element.name + "\" requires is of another kind."});
            } else {
                found.push_back(*to);
            }
        }
        return found;
    }

    void resolve(std::uint32_t i) {
        auto const& declared = *declared_[i];
        auto inputs = targets(i, declared.inputs, {ElementKind::input_data});
        auto decisions = targets(i, declared.decisions, {ElementKind::decision});
        auto knowledge = targets(i, declared.knowledge, {ElementKind::knowledge_model, ElementKind::service});
        auto& element = program_->elements[i];
        if (declared.kind == ElementKind::service) {
            // Parameters: input data first, then input decisions (DMN 1.5, 10.4).
            element.takes = inputs;
            element.takes.insert(element.takes.end(), decisions.begin(), decisions.end());
            element.outputs = targets(i, declared.outputs, {ElementKind::decision});
            targets(i, declared.encapsulated, {ElementKind::decision});
            if (element.outputs.empty())
                findings_.push_back({Severity::error, "service_has_no_output",
                                     within(*element.owner, *declared.at), "决策服务没有输出决策。",
                                     "The decision service has no output decision."});
            return;
        }
        for (auto const* group : {&inputs, &decisions, &knowledge})
            for (auto const to : *group) element.needs.push_back({to, 0, {}});
    }

    [[nodiscard]] std::vector<std::uint32_t> required(std::uint32_t i) const {
        auto const& element = program_->elements[i];
        std::vector<std::uint32_t> all;
        for (auto const& need : element.needs) all.push_back(need.element);
        all.insert(all.end(), element.takes.begin(), element.takes.end());
        all.insert(all.end(), element.outputs.begin(), element.outputs.end());
        return all;
    }

    /// Depth first with a stack of its own: a chain may have as many decisions as a file can hold.
    std::vector<std::uint32_t> order() {
        enum class Mark { fresh, open, done };
        std::vector<Mark> marks(program_->elements.size(), Mark::fresh);
        std::vector<std::uint32_t> ordered;
        struct At {
            std::uint32_t element;
            std::vector<std::uint32_t> required;
            std::size_t next = 0;
        };
        for (std::uint32_t start = 0; start < marks.size(); ++start) {
            if (marks[start] != Mark::fresh) continue;
            std::vector<At> path;
            path.push_back({start, required(start)});
            marks[start] = Mark::open;
            while (!path.empty()) {
                auto& at = path.back();
                if (at.next == at.required.size()) {
                    marks[at.element] = Mark::done;
                    ordered.push_back(at.element);
                    path.pop_back();
                    continue;
                }
                auto const to = at.required[at.next++];
                if (marks[to] == Mark::open) {
                    std::vector<std::uint32_t> circle;
                    for (auto step = path.rbegin(); step != path.rend(); ++step) {
                        circle.push_back(step->element);
                        if (step->element == to) break;
                    }
                    refuse_circle(circle);
                } else if (marks[to] == Mark::fresh) {
                    marks[to] = Mark::open;
                    path.push_back({to, required(to)});
                }
            }
        }
        return ordered;
    }

    /// Decisions that require each other have no answer (6.2.2). Functions may call each other.
    void refuse_circle(std::vector<std::uint32_t> const& circle) {
        std::string names;
        for (auto step = circle.rbegin(); step != circle.rend(); ++step) {
            auto const& element = program_->elements[*step];
            if (element.kind != ElementKind::decision) return;
            names += "「" + element.name + "」→";
        }
        names += "「" + program_->elements[circle.back()].name + "」";
        for (auto const step : circle) program_->elements[step].is_circular = true;
        auto const& first = program_->elements[circle.back()];
        findings_.push_back({Severity::error, "decisions_require_each_other",
                             within(*first.owner, *declared_[circle.back()]->at),
                             "决策互相依赖，成了一个圈：" + names,
                             "Decisions require each other in a circle: " + names});
    }

    /// Puts what is required into scope: by its name, or below the name of the import it comes through.
    Names scope(std::uint32_t i) {
        auto& element = program_->elements[i];
        Names names = base_[element.home];
        std::map<std::string, std::vector<FeelType::Entry>> bundles;
        for (auto& need : element.needs) {
            auto const& other = program_->elements[need.element];
            auto const alias = alias_of(element, other);
            if (alias && !alias->empty()) {
                need.member = *alias;
                bundles[*alias].emplace_back(other.variable, other.type);
            } else {
                need.slot = names.declare(other.variable, other.type);
            }
        }
        for (auto const& [alias, entries] : bundles) {
            auto const slot = names.declare(alias, FeelType::context(entries));
            for (auto& need : element.needs) {
                if (need.member != alias) continue;
                need.slot = slot;
                need.member = program_->elements[need.element].variable;
            }
        }
        return names;
    }

    std::optional<std::string> alias_of(Element const& element, Element const& other) {
        if (element.home == other.home) return std::nullopt;
        for (auto const& [alias, home] : program_->homes[element.home].imports)
            if (home == other.home) return alias;
        findings_.push_back(
            {Severity::error, "import_is_missing", within(*element.owner, *declared_[index_of(element)]->at),
             "「" + element.name + "」引用了没有引入的模型里的「" + other.name + "」。",
             "\"" + element.name + "\" requires \"" + other.name + "\" of a model that is not imported."});
        return std::nullopt;
    }

    std::size_t index_of(Element const& element) const {
        return static_cast<std::size_t>(&element - program_->elements.data());
    }

    void compile(std::uint32_t i) {
        auto& element = program_->elements[i];
        auto const& declared = *declared_[i];
        auto& compiler = compilers_[element.home];
        element.declared = compiler.type(declared.type_ref, *declared.at, *element.owner);
        if (element.kind == ElementKind::input_data) element.type = element.declared;
        if (element.kind == ElementKind::decision) compile_decision(element, declared, compiler, i);
        if (element.kind == ElementKind::knowledge_model) compile_knowledge(element, declared, compiler, i);
        if (element.kind == ElementKind::service) shape_service(element, i);
    }

    void compile_decision(Element& element, Declared const& declared, Compiler& compiler, std::uint32_t i) {
        auto const names = scope(i);
        if (declared.logic != nullptr && !element.is_circular)
            element.logic = compiler.expression(*declared.logic, names, *element.owner);
        if (element.logic) compiler.expect(*element.logic, element.declared);
        element.blank = Frame(names);
        element.type = element.declared;
        if (element.declared == Type::any && element.logic) element.type = element.logic->type();
    }

    void compile_knowledge(Element& element, Declared const& declared, Compiler& compiler, std::uint32_t i) {
        // A function's own type says what it returns; older models wrote the result's type.
        if (element.declared == Type::function) element.declared = element.declared.result();
        auto names = scope(i);
        if (declared.logic != nullptr)
            element.parameters = compiler.parameters(*declared.logic, *element.owner);
        std::vector<FeelType> takes;
        for (auto const& parameter : element.parameters) takes.push_back(parameter.type);
        // It may call itself.
        auto const self = names.declare(element.variable, FeelType::function(takes, element.declared));
        element.needs.push_back({i, self, {}});
        for (std::size_t k = 0; k < element.parameters.size(); ++k) {
            auto const slot = names.declare(element.parameters[k].name, element.parameters[k].type);
            if (k == 0) element.first = slot;
        }
        if (declared.logic != nullptr) {
            auto const kind = declared.logic->attribute("kind");
            element.is_host = !kind.empty() && kind != "FEEL" && kind != "F";
            element.logic = element.is_host ? compiler.expression(*declared.logic, names, *element.owner)
                                            : compiler.body(*declared.logic, names, *element.owner);
        }
        if (element.logic && !element.is_host) compiler.expect(*element.logic, element.declared);
        element.blank = Frame(names);
        auto result = element.declared;
        if (result == Type::any && element.logic && !element.is_host) result = element.logic->type();
        element.type = FeelType::function(std::move(takes), std::move(result));
        make_function(element, i);
    }

    void shape_service(Element& element, std::uint32_t i) {
        if (element.declared == Type::function) element.declared = element.declared.result();
        std::vector<FeelType> takes;
        for (auto const to : element.takes) {
            auto const& taken = program_->elements[to];
            element.parameters.push_back({taken.variable, taken.declared});
            takes.push_back(taken.type);
        }
        auto result = element.declared;
        if (result == Type::any && element.outputs.size() == 1)
            result = program_->elements[element.outputs[0]].type;
        if (result == Type::any && element.outputs.size() > 1) {
            std::vector<FeelType::Entry> entries;
            for (auto const to : element.outputs)
                entries.emplace_back(program_->elements[to].name, program_->elements[to].type);
            result = FeelType::context(std::move(entries));
        }
        element.type = FeelType::function(std::move(takes), std::move(result));
        make_function(element, i);
    }

    /// The function knows its program weakly: the program holds it.
    void make_function(Element& element, std::uint32_t i) {
        std::weak_ptr<Program const> const held = program_;
        element.function = native_function(element.name, element.parameters, element.declared,
                                           [held, i](std::span<Value const> arguments, Run& run) {
                                               auto const program = held.lock();
                                               return program ? program->apply(i, arguments, run)
                                                              : run.trouble("model_is_gone", {});
                                           });
    }

    void fill_functions() {
        for (auto& element : program_->elements) {
            std::map<Slot, Context> below;
            for (auto const& need : element.needs) {
                auto const& function = program_->elements[need.element].function;
                if (function.function() == nullptr) continue;
                if (need.member.empty())
                    element.blank.put(need.slot, function);
                else
                    below[need.slot].put(need.member, function);
            }
            for (auto& [slot, functions] : below) element.blank.put(slot, std::move(functions));
        }
    }

    std::vector<std::unique_ptr<Definitions>> const& models_;
    LoadOptions const& options_;
    std::vector<Finding>& findings_;
    TypeBook types_;
    std::shared_ptr<Program> program_;
    std::vector<Declared const*> declared_;
    std::deque<Compiler> compilers_;
    std::vector<std::map<std::string, std::uint32_t>> ids_;
    std::vector<Names> base_;
};

}  // namespace

std::shared_ptr<Program const> link(ModelText const& main, Finder const& finder, LoadOptions const& options,
                                    std::vector<Finding>& findings) {
    auto const models = gather(main, finder, options, findings);
    return models.empty() ? nullptr : Linker(models, options, findings).link();
}

}  // namespace tongban::rules::dmn
