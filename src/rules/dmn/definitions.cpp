#include "rules/dmn/definitions.h"

#include <array>
#include <set>

namespace tongban::rules::dmn {

namespace {

// The five versions, as their schemas name themselves.
constexpr std::array<std::string_view, 5> model_spaces = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/"};
constexpr std::array<std::string_view, 5> feel_spaces = {
    "http://www.omg.org/spec/FEEL/20140401", "http://www.omg.org/spec/DMN/20180521/FEEL/",
    "https://www.omg.org/spec/DMN/20191111/FEEL/", "https://www.omg.org/spec/DMN/20211108/FEEL/",
    "https://www.omg.org/spec/DMN/20230324/FEEL/"};
constexpr std::array<std::string_view, 13> expressions = {"literalExpression",
                                                          "context",
                                                          "invocation",
                                                          "functionDefinition",
                                                          "relation",
                                                          "list",
                                                          "conditional",
                                                          "filter",
                                                          "for",
                                                          "some",
                                                          "every",
                                                          "decisionTable",
                                                          "encapsulatedLogic"};

class Index {
public:
    Index(Definitions& made, std::vector<Finding>& findings) : made_(made), findings_(findings) {}

    void read() {
        for (auto const* element : children(*made_.document.root)) {
            if (element->name == "import")
                import(*element);
            else if (element->name == "itemDefinition")
                made_.types.push_back(element);
            else if (element->name == "inputData")
                drg(ElementKind::input_data, *element);
            else if (element->name == "decision")
                drg(ElementKind::decision, *element);
            else if (element->name == "businessKnowledgeModel")
                drg(ElementKind::knowledge_model, *element);
            else if (element->name == "decisionService")
                drg(ElementKind::service, *element);
        }
    }

private:
    void import(XmlElement const& element) {
        Import found{std::string(element.attribute("name")), std::string(element.attribute("namespace")),
                     std::string(element.attribute("locationURI")),
                     std::string(element.attribute("importType")), &element};
        made_.imports.push_back(std::move(found));
    }

    void drg(ElementKind kind, XmlElement const& element) {
        Declared declared;
        declared.kind = kind;
        declared.at = &element;
        declared.id = element.attribute("id");
        declared.name = element.attribute("name");
        if (auto const* variable = child(element, "variable")) {
            declared.type_ref = variable->attribute("typeRef");
            declared.variable = variable->attribute("name");
        }
        // Both should be there and alike (DMN 1.5, 6.3.6, 6.3.10).
        if (declared.name.empty()) declared.name = declared.variable;
        if (declared.variable.empty()) declared.variable = declared.name;
        if (declared.name.empty()) return nameless(element);
        if (!names_.insert(declared.name).second) twice("element_name_is_taken", element, declared.name);
        if (!declared.id.empty() && !ids_.insert(declared.id).second)
            twice("element_id_is_taken", element, declared.id);
        requirements(element, declared);
        if (kind == ElementKind::decision) declared.logic = expression_in(element);
        if (kind == ElementKind::knowledge_model) declared.logic = child(element, "encapsulatedLogic");
        if (kind == ElementKind::service) service(element, declared);
        made_.elements.push_back(std::move(declared));
    }

    static void requirements(XmlElement const& element, Declared& declared) {
        for (auto const* need : children(element)) {
            if (need->name != "informationRequirement" && need->name != "knowledgeRequirement") continue;
            for (auto const* required : children(*need)) {
                Reference to{std::string(required->attribute("href")), required};
                if (required->name == "requiredInput")
                    declared.inputs.push_back(std::move(to));
                else if (required->name == "requiredDecision")
                    declared.decisions.push_back(std::move(to));
                else if (required->name == "requiredKnowledge")
                    declared.knowledge.push_back(std::move(to));
            }
        }
    }

    static void service(XmlElement const& element, Declared& declared) {
        for (auto const* part : children(element)) {
            Reference to{std::string(part->attribute("href")), part};
            if (part->name == "outputDecision")
                declared.outputs.push_back(std::move(to));
            else if (part->name == "encapsulatedDecision")
                declared.encapsulated.push_back(std::move(to));
            else if (part->name == "inputDecision")
                declared.decisions.push_back(std::move(to));
            else if (part->name == "inputData")
                declared.inputs.push_back(std::move(to));
        }
    }

    void nameless(XmlElement const& element) {
        findings_.push_back({Severity::error, "element_has_no_name", where_of(made_.file, element),
                             "这个元素没有名称，别处无法引用它。", "This element has no name."});
    }

    void twice(char const* code, XmlElement const& element, std::string const& what) {
        findings_.push_back({Severity::error, code, where_of(made_.file, element),
                             "「" + what + "」在同一个模型里用了两次。",
                             "\"" + what + "\" is used twice in one model."});
    }

    Definitions& made_;
    std::vector<Finding>& findings_;
    std::set<std::string, std::less<>> names_, ids_;
};

}  // namespace

bool is_model_space(std::string_view space) {
    return std::find(model_spaces.begin(), model_spaces.end(), space) != model_spaces.end();
}

bool is_feel_space(std::string_view space) {
    return std::find(feel_spaces.begin(), feel_spaces.end(), space) != feel_spaces.end();
}

std::vector<XmlElement const*> children(XmlElement const& parent) {
    std::vector<XmlElement const*> found;
    for (auto const& part : parent.parts)
        if (auto const* element = std::get_if<std::unique_ptr<XmlElement>>(&part))
            if (is_model_space((*element)->space)) found.push_back(element->get());
    return found;
}

std::vector<XmlElement const*> children(XmlElement const& parent, std::string_view name) {
    auto found = children(parent);
    std::erase_if(found, [&](XmlElement const* element) { return element->name != name; });
    return found;
}

XmlElement const* child(XmlElement const& parent, std::string_view name) {
    for (auto const& part : parent.parts)
        if (auto const* element = std::get_if<std::unique_ptr<XmlElement>>(&part))
            if ((*element)->name == name && is_model_space((*element)->space)) return element->get();
    return nullptr;
}

std::string text_of(XmlElement const* parent) {
    auto const* text = parent == nullptr ? nullptr : child(*parent, "text");
    return text == nullptr ? std::string() : text->text();
}

Where where_of(std::string const& model, XmlElement const& element) {
    return {model,
            element.line,
            0,
            element.name,
            std::string(element.attribute("id")),
            std::string(element.attribute("name")),
            {}};
}

bool is_expression(XmlElement const& element) {
    return std::find(expressions.begin(), expressions.end(), element.name) != expressions.end();
}

XmlElement const* expression_in(XmlElement const& parent) {
    for (auto const* element : children(parent))
        if (is_expression(*element)) return element;
    return nullptr;
}

Definitions::TypeName Definitions::type_name(std::string_view written) const {
    // 1.1 wrote a QName (`feel:string`), later versions an import's name and a dot (`公共.人员`).
    if (auto colon = written.find(':'); colon != std::string_view::npos) {
        auto prefix = written.substr(0, colon);
        for (auto const& [declared, space] : document.root->declared) {
            if (declared != prefix) continue;
            auto name = std::string(written.substr(colon + 1));
            if (is_feel_space(space)) return {"feel", name};
            return {space == this->space ? "" : space, name};
        }
        if (prefix == "feel") return {"feel", std::string(written.substr(colon + 1))};
    }
    // A type of this model may have a dot in its name: it goes before an import's.
    for (auto const* type : types)
        if (type->attribute("name") == written) return {"", std::string(written)};
    for (auto const& import : imports)
        if (!import.name.empty() && written.size() > import.name.size() + 1 &&
            written.starts_with(import.name) && written[import.name.size()] == '.')
            return {import.space, std::string(written.substr(import.name.size() + 1))};
    return {"", std::string(written)};
}

Result<Definitions> read_definitions(std::string_view file, std::string_view text, XmlLimits const& limits,
                                     std::vector<Finding>& findings) {
    Definitions made;
    made.file = file;
    made.document = TRY(read_xml(text, limits));
    auto const& root = *made.document.root;
    if (root.name != "definitions" || !is_model_space(root.space))
        return Error{ErrorKind::invalid, "model_is_not_dmn",
                     "第 " + std::to_string(root.line) + " 行：根元素不是 DMN 1.1 至 1.5 的 definitions。"};
    made.name = root.attribute("name");
    made.space = root.attribute("namespace");
    Index(made, findings).read();
    return made;
}

}  // namespace tongban::rules::dmn
