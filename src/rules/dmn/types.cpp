#include "rules/dmn/types.h"

namespace tongban::rules::dmn {

namespace {

constexpr int depth_most = 60;

Definitions const* model_of(std::vector<std::unique_ptr<Definitions>> const& models, std::string_view space) {
    for (auto const& model : models)
        if (model->space == space) return model.get();
    return nullptr;
}

XmlElement const* type_in(Definitions const& model, std::string_view name) {
    for (auto const* element : model.types)
        if (element->attribute("name") == name) return element;
    return nullptr;
}

/// 1.1 has typeRef as a child, and as an attribute of information items.
std::string written_in(XmlElement const& element) {
    if (auto const* reference = child(element, "typeRef")) {
        auto text = reference->text();
        auto const first = text.find_first_not_of(" \t\r\n");
        auto const last = text.find_last_not_of(" \t\r\n");
        return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
    }
    return std::string(element.attribute("typeRef"));
}

}  // namespace

TypeBook::Defined TypeBook::locate(Definitions const& model, std::string_view written) const {
    auto const name = model.type_name(written);
    if (name.space == "feel") return {};
    auto const* home = name.space.empty() ? &model : model_of(models_, name.space);
    if (home == nullptr) return {};
    auto const* element = type_in(*home, name.name);
    return element == nullptr ? Defined{} : Defined{home, element};
}

std::optional<FeelType> TypeBook::find(Definitions const& model, std::string_view written) {
    // A model's own name hides a built-in one only when it is the model's: both are looked up as written.
    if (auto defined = locate(model, written); defined.element != nullptr) return made(defined);
    return FeelType::named(model.type_name(written).name);
}

FeelType TypeBook::made(Defined const& defined) {
    auto found = made_.find(defined.element);
    if (found != made_.end()) return found->second ? *found->second : later(*defined.element);
    made_.emplace(defined.element, nullptr);
    ++depth_;
    auto type = depth_ > depth_most ? FeelType() : make(*defined.model, *defined.element);
    if (depth_ > depth_most)
        findings_.push_back({Severity::error, "type_is_too_deep",
                             where_of(defined.model->file, *defined.element), "数据类型嵌套太深。",
                             "This type is nested too deeply."});
    --depth_;
    made_[defined.element] = std::make_shared<FeelType>(type);
    if (auto promise = promised_.find(defined.element); promise != promised_.end()) *promise->second = type;
    return type;
}

/// A type that contains itself: inside, it is a context (or anything) whose members are looked at only when a
/// value is there.
FeelType TypeBook::later(XmlElement const& element) {
    auto& promise = promised_[&element];
    if (!promise) promise = std::make_shared<FeelType>();
    bool const structured = child(element, "itemComponent") != nullptr;
    bool const many = element.attribute("isCollection") == "true";
    FeelType shape = many || !structured ? FeelType() : FeelType::context({}, FeelType::Extent::open);
    // Held weakly: the type that is promised holds this one.
    std::weak_ptr<FeelType> const held = promise;
    keep_.push_back(promise);
    return shape.tested(std::string(element.attribute("name")), [held](Value const& value, Run& run) {
        auto const type = held.lock();
        if (!type || value.is_null()) return Value(true);
        auto const fits = coerce(value, *type, run);
        return Value(!fits.is_null() && !fits.is_undetermined());
    });
}

FeelType TypeBook::make(Definitions const& model, XmlElement const& element) {
    auto type = with_tests(base_of(model, element), model, element, "allowedValues");
    if (element.attribute("isCollection") == "true") type = FeelType::list(type);
    return with_tests(type, model, element, "typeConstraint");
}

FeelType TypeBook::base_of(Definitions const& model, XmlElement const& element) {
    auto const components = children(element, "itemComponent");
    if (!components.empty()) {
        std::vector<FeelType::Entry> entries;
        for (auto const* component : components) {
            // Components may nest to any depth the XML allows; each is a definition of its own.
            entries.emplace_back(component->attribute("name"), make(model, *component));
        }
        return FeelType::context(std::move(entries));
    }
    if (auto const* item = child(element, "functionItem")) return function_of(model, *item);
    auto const written = written_in(element);
    if (written.empty()) return {};
    if (auto found = find(model, written)) return *found;
    unknown(model, element, written);
    return {};
}

FeelType TypeBook::function_of(Definitions const& model, XmlElement const& item) {
    std::vector<FeelType> parameters;
    for (auto const* parameter : children(item, "parameters")) {
        auto const written = written_in(*parameter);
        auto found = written.empty() ? FeelType() : find(model, written);
        if (!found) unknown(model, *parameter, written);
        parameters.push_back(found.value_or(FeelType()));
    }
    auto const written = std::string(item.attribute("outputTypeRef"));
    auto result = written.empty() ? FeelType() : find(model, written);
    if (!result) unknown(model, item, written);
    return FeelType::function(std::move(parameters), result.value_or(FeelType()));
}

FeelType TypeBook::with_tests(FeelType type, Definitions const& model, XmlElement const& element,
                              char const* constraint) {
    auto const* allowed = child(element, constraint);
    auto const text = text_of(allowed);
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) return type;
    auto parsed = read_tests(text, Names(), type, budget_, profile_);
    if (!parsed.tests) {
        auto where = where_of(model.file, *allowed);
        where.owner = element.attribute("name");
        where.line = child(*allowed, "text")->line + parsed.trouble.place.line - 1;
        where.column = parsed.trouble.place.column;
        findings_.push_back({Severity::error, parsed.trouble.code, where, parsed.trouble.text(),
                             "The allowed values cannot be read: " + parsed.trouble.code + "."});
        return type;
    }
    return type.tested(std::string(element.attribute("name")),
                       [tests = *parsed.tests](Value const& value, Run& run) {
                           static Frame const nothing;
                           return test(tests, value, nothing, run);
                       });
}

std::string TypeBook::allowed_values(Definitions const& model, std::string_view written) {
    auto const* home = &model;
    std::string name(written);
    for (int i = 0; i < depth_most && !name.empty(); ++i) {
        auto const defined = locate(*home, name);
        if (defined.element == nullptr) return {};
        if (auto text = text_of(child(*defined.element, "allowedValues")); !text.empty()) return text;
        home = defined.model;
        name = written_in(*defined.element);
    }
    return {};
}

void TypeBook::declare(Definitions const& model, Names& names) {
    for (auto const& import : model.imports) {
        auto const* home = model_of(models_, import.space);
        if (home == nullptr || home == &model) continue;
        auto const lead = import.name.empty() ? "" : import.name + ".";
        for (auto const* element : home->types)
            names.add_type(lead + std::string(element->attribute("name")), made({home, element}));
    }
    for (auto const* element : model.types)
        names.add_type(element->attribute("name"), made({&model, element}));
}

void TypeBook::unknown(Definitions const& model, XmlElement const& element, std::string const& written) {
    findings_.push_back({Severity::error, "type_is_not_known", where_of(model.file, element),
                         "没有叫「" + written + "」的数据类型。", "There is no type \"" + written + "\"."});
}

}  // namespace tongban::rules::dmn
