// The runner of the DMN TCK's layout: folders by level, in each a model and files of cases in XML.
#include <algorithm>
#include <filesystem>
#include <map>

#include "app/rules.h"
#include "rules/compare.h"
#include "rules/dmn/xml.h"

namespace tongban::app {

namespace fs = std::filesystem;
using rules::Context;
using rules::Decimal;
using rules::List;
using rules::Type;
using rules::Value;
using rules::dmn::XmlElement;

namespace {

constexpr std::string_view xsi = "http://www.w3.org/2001/XMLSchema-instance";

std::vector<XmlElement const*> elements(XmlElement const& parent) {
    std::vector<XmlElement const*> found;
    for (auto const& part : parent.parts)
        if (auto const* element = std::get_if<std::unique_ptr<XmlElement>>(&part))
            found.push_back(element->get());
    return found;
}

XmlElement const* first(XmlElement const& parent, std::string_view name) {
    for (auto const* element : elements(parent))
        if (element->name == name) return element;
    return nullptr;
}

std::string xsi_attribute(XmlElement const& element, std::string_view name) {
    for (auto const& attribute : element.attributes)
        if (attribute.space == xsi && attribute.name == name) return attribute.value;
    return {};
}

std::string trimmed(std::string const& text) {
    auto const from = text.find_first_not_of(" \t\r\n");
    if (from == std::string::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

/// `<value xsi:type="xsd:decimal">1</value>`; without a type what the text looks like.
Value simple(XmlElement const& element) {
    auto const text = element.text();
    auto type = xsi_attribute(element, "type");
    type = type.substr(type.find(':') == std::string::npos ? 0 : type.find(':') + 1);
    static std::map<std::string_view, Type> const kinds = {{"decimal", Type::number},
                                                           {"double", Type::number},
                                                           {"float", Type::number},
                                                           {"integer", Type::number},
                                                           {"int", Type::number},
                                                           {"long", Type::number},
                                                           {"boolean", Type::boolean},
                                                           {"date", Type::date},
                                                           {"time", Type::time},
                                                           {"dateTime", Type::date_time},
                                                           {"duration", Type::days_duration}};
    if (type == "string") return text;
    if (auto const kind = kinds.find(type); kind != kinds.end())
        return rules::read_value(kind->second, trimmed(text)).value_or(Value(text));
    if (trimmed(text).empty()) return {};
    for (auto const kind : {Type::boolean, Type::number, Type::date_time})
        if (auto value = rules::read_value(kind, trimmed(text))) return *value;
    return text;
}

/// What stands in `inputNode`, `expected`, `component` and `item`.
Value value_in(XmlElement const& holder) {
    if (xsi_attribute(holder, "nil") == "true") return {};
    Context context;
    bool is_context = false;
    for (auto const* element : elements(holder)) {
        if (element->name == "component") {
            is_context = true;
            context.put(element->attribute("name"), value_in(*element));
        } else if (element->name == "list") {
            if (xsi_attribute(*element, "nil") == "true") return {};
            List items;
            for (auto const* item : elements(*element)) items.push_back(value_in(*item));
            return items;
        } else if (element->name == "value") {
            return xsi_attribute(*element, "nil") == "true" ? Value() : simple(*element);
        }
    }
    return is_context ? Value(std::move(context)) : Value();
}

/// Numbers within 1e-8, as every runner of this suite compares; how many needed that is counted.
class Comparison {
public:
    bool same(Value const& expected, Value const& got) {
        if (auto const* a = expected.number(); a != nullptr && got.number() != nullptr)
            return near(*a, *got.number());
        if (auto const* list = expected.list()) {
            auto const* other = got.list();
            return other != nullptr && std::equal(list->begin(), list->end(), other->begin(), other->end(),
                                                  [&](auto const& a, auto const& b) { return same(a, b); });
        }
        if (auto const* context = expected.context()) {
            auto const* other = got.context();
            if (other == nullptr || other->entries().size() != context->entries().size()) return false;
            return std::all_of(context->entries().begin(), context->entries().end(), [&](auto const& entry) {
                auto const* found = other->find(entry.first);
                return found != nullptr && same(entry.second, *found);
            });
        }
        if (expected.is_null() || got.is_null()) return expected.is_null() && got.is_null();
        rules::Run run(rules::Settings{{}, rules::Profile::standard});
        return rules::compare_equal(expected, got, run) == rules::Equality::equal;
    }
    bool was_exact = true;

private:
    bool near(Decimal const& expected, Decimal const& got) {
        if (expected == got) return true;
        was_exact = false;
        auto difference = got.minus(expected);
        if (difference && difference->is_negative()) difference = difference->negated();
        return difference && *difference <= *Decimal::read("1e-8");
    }
};

struct Count {
    int passed = 0, failed = 0, of_value_passed = 0, of_value = 0, inexact = 0;
};

class Tck {
public:
    Tck(fs::path folder, std::ostream& out) : folder_(std::move(folder)), out_(out) {
        settings_.profile = rules::Profile::standard;
        settings_.budget.steps = 20'000'000;
        settings_.budget.depth = 256;
        settings_.now = rules::DateTime::read(to_text(SystemClock().now()));
        settings_.hosts = &rules::HostFunctions::java_lang();
    }

    int run() {
        std::error_code failed;
        std::vector<fs::path> files;
        for (auto const& entry : fs::recursive_directory_iterator(folder_, failed))
            if (entry.path().extension() == ".xml") files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        for (auto const& file : files) test_file(file);
        return totals();
    }

private:
    static std::string level_of(fs::path const& file) {
        std::string level = "other";
        for (auto const& part : fs::absolute(file))
            if (part.string().starts_with("compliance-level-") || part == "non-compliant")
                level = part.string();
        return level;
    }

    void test_file(fs::path const& file) {
        auto text = file_text(file.string());
        if (!text.ok()) return;
        auto document = rules::dmn::read_xml(*text);
        if (!document.ok() || document->root->name != "testCases") return;
        auto const* name = first(*document->root, "modelName");
        auto const model_file = file.parent_path() / (name == nullptr ? "" : trimmed(name->text()));
        auto model_text = file_text(model_file.string());
        rules::dmn::LoadOptions options;
        options.profile = rules::Profile::standard;
        options.budget = settings_.budget;
        rules::dmn::Loaded loaded;
        if (model_text.ok())
            loaded = rules::dmn::load({model_file.filename().string(), *model_text},
                                      finder_beside(model_file.string()), options);
        for (auto const* element : elements(*document->root))
            if (element->name == "testCase") test_case(file, *element, loaded);
    }

    void test_case(fs::path const& file, XmlElement const& test, rules::dmn::Loaded const& loaded) {
        auto& count = counts_[level_of(file)];
        Context inputs;
        for (auto const* node : elements(test)) {
            if (node->name != "inputNode") continue;
            auto const space = std::string(node->attribute("namespace"));
            auto const name = std::string(node->attribute("name"));
            inputs.put(space.empty() ? name : "{" + space + "}" + name, value_in(*node));
        }
        bool wants_value = false;
        Comparison comparison;
        std::string wrong;
        for (auto const* node : elements(test)) {
            if (node->name != "resultNode") continue;
            auto const* expected = first(*node, "expected");
            auto const wanted = expected == nullptr ? Value() : value_in(*expected);
            wants_value = wants_value || !wanted.is_null();
            auto said = answer(test, *node, inputs, loaded, comparison, wanted);
            if (wrong.empty()) wrong = std::move(said);
        }
        ++(wrong.empty() ? count.passed : count.failed);
        if (wants_value) ++count.of_value;
        if (wants_value && wrong.empty()) ++count.of_value_passed;
        if (!comparison.was_exact && wrong.empty()) ++count.inexact;
        if (!wrong.empty())
            out_ << "FAIL " << fs::relative(file, folder_).string() << " " << test.attribute("id") << ": "
                 << wrong << "\n";
    }

    /// Empty when it is as expected.
    std::string answer(XmlElement const& test, XmlElement const& node, Context const& inputs,
                       rules::dmn::Loaded const& loaded, Comparison& comparison, Value const& wanted) const {
        if (!loaded.model)
            return "no model" + (loaded.findings.empty() ? std::string() : ": " + loaded.findings[0].code);
        auto const name = std::string(node.attribute("name"));
        auto const type = test.attribute("type");
        auto const callable = test.attribute("invocableName");
        bool const is_call = (type == "decisionService" || type == "bkm") && !callable.empty();
        auto decided = is_call ? loaded.model->invoke(callable, inputs, settings_)
                               : loaded.model->decide(name, inputs, settings_);
        // A service of several outputs answers with a context of them; the node names one.
        if (is_call && decided.value.context() != nullptr)
            if (auto const* part = decided.value.context()->find(name)) decided.value = Value(*part);
        if (decided.value.is_undetermined()) {
            auto const code = decided.value.reason()->code;
            return name + " is undetermined: " + code;
        }
        if (comparison.same(wanted, decided.value)) return {};
        auto said =
            name + " should be " + rules::feel_text(wanted) + " but is " + rules::feel_text(decided.value);
        for (auto const& note : decided.notes) said += "; " + note.code + " " + note.origin;
        for (auto const& finding : loaded.findings)
            if (finding.where.owner == name) said += "; " + finding.code + " " + finding.where.text();
        return said;
    }

    int totals() {
        Count scored;
        for (auto const& [level, count] : counts_) {
            bool const is_scored = level == "compliance-level-2" || level == "compliance-level-3";
            out_ << level << ": " << count.passed << " of " << count.passed + count.failed << " cases, "
                 << count.of_value_passed << " of " << count.of_value << " with a value expected, "
                 << count.inexact << " needed the tolerance of 1e-8"
                 << (is_scored ? "" : " (not counted below)") << "\n";
            if (!is_scored) continue;
            scored.passed += count.passed;
            scored.failed += count.failed;
        }
        out_ << scored.passed << " passed, " << scored.failed << " failed, 0 skipped\n";
        return scored.failed == 0 && scored.passed > 0 ? 0 : 1;
    }

    fs::path folder_;
    std::ostream& out_;
    rules::Settings settings_;
    std::map<std::string, Count> counts_;
};

}  // namespace

int run_tck(std::string const& folder, std::ostream& out) {
    return Tck(folder, out).run();
}

}  // namespace tongban::app
