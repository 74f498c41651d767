// Small models for tests, in the words of the trade: ids are the names.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules/compare.h"
#include "rules/dmn.h"

namespace tongban::rules::dmn {

using Strings = std::vector<std::string>;

inline std::string escaped(std::string const& text) {
    std::string out;
    for (char const c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

inline std::string tag(std::string const& name, std::string const& attributes, std::string const& inside) {
    return "<" + name + (attributes.empty() ? "" : " " + attributes) + ">" + inside + "</" + name + ">\n";
}

inline std::string text(std::string const& of) {
    return tag("text", "", escaped(of));
}

inline std::string type_attribute(std::string const& type) {
    return type.empty() ? "" : " typeRef=\"" + type + "\"";
}

inline std::string definitions(std::string const& body, std::string const& space = "urn:test") {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"测试\" namespace=\"" +
           space + "\">\n" + body + "</definitions>\n";
}

inline std::string variable(std::string const& name, std::string const& type) {
    return tag("variable", "name=\"" + escaped(name) + "\"" + type_attribute(type), "");
}

inline std::string named(std::string const& name) {
    return "id=\"" + escaped(name) + "\" name=\"" + escaped(name) + "\"";
}

inline std::string input(std::string const& name, std::string const& type = "") {
    return tag("inputData", named(name), variable(name, type));
}

/// What is required: inputs, decisions, functions.
struct Needs {
    Strings inputs{}, decisions{}, knowledge{};
    [[nodiscard]] std::string xml() const {
        std::string out;
        auto const href = [](std::string const& to) {
            return "href=\"" + escaped(to.find('#') == std::string::npos ? "#" + to : to) + "\"";
        };
        for (auto const& to : inputs)
            out += tag("informationRequirement", "", tag("requiredInput", href(to), ""));
        for (auto const& to : decisions)
            out += tag("informationRequirement", "", tag("requiredDecision", href(to), ""));
        for (auto const& to : knowledge)
            out += tag("knowledgeRequirement", "", tag("requiredKnowledge", href(to), ""));
        return out;
    }
};

inline std::string literal(std::string const& of, std::string const& type = "") {
    return tag("literalExpression", type_attribute(type), text(of));
}

inline std::string decision(std::string const& name, Needs const& needs, std::string const& logic,
                            std::string const& type = "") {
    return tag("decision", named(name), variable(name, type) + needs.xml() + logic);
}

inline std::string parameters(Strings const& all) {
    std::string out;
    for (auto const& one : all) {
        auto const colon = one.find(':');
        out += tag("formalParameter",
                   "name=\"" + escaped(one.substr(0, colon)) + "\"" +
                       type_attribute(colon == std::string::npos ? "" : one.substr(colon + 1)),
                   "");
    }
    return out;
}

/// Parameters as `名称:类型`.
inline std::string knowledge(std::string const& name, Strings const& taken, std::string const& logic,
                             Needs const& needs = {}, std::string const& type = "") {
    return tag("businessKnowledgeModel", named(name),
               variable(name, type) + tag("encapsulatedLogic", "", parameters(taken) + logic) + needs.xml());
}

inline std::string service(std::string const& name, Strings const& outputs, Strings const& inputs,
                           Strings const& decisions) {
    std::string inside = variable(name, "");
    auto const add = [&](char const* what, Strings const& all) {
        for (auto const& to : all) inside += tag(what, "href=\"#" + escaped(to) + "\"", "");
    };
    add("outputDecision", outputs);
    add("inputDecision", decisions);
    add("inputData", inputs);
    return tag("decisionService", named(name), inside);
}

inline Strings split(std::string const& of, std::string const& at) {
    Strings parts;
    std::size_t from = 0;
    for (auto next = of.find(at); next != std::string::npos; next = of.find(at, from)) {
        parts.push_back(of.substr(from, next - from));
        from = next + at.size();
    }
    parts.push_back(of.substr(from));
    return parts;
}

/// Columns as `表达式:类型`, outputs as `名称:类型:优先值:默认`, rows as `格 | 格 => 结果 | 结果`.
struct TableText {
    std::string attributes;
    Strings inputs, outputs, rows;
    [[nodiscard]] std::string xml() const {
        std::string out;
        for (auto const& one : inputs) {
            auto const parts = split(one, ":");
            out +=
                tag("input", "label=\"" + escaped(parts[0]) + "\"",
                    tag("inputExpression", type_attribute(parts.size() > 1 ? parts[1] : ""), text(parts[0])) +
                        (parts.size() > 2 ? tag("inputValues", "", text(parts[2])) : ""));
        }
        for (auto const& one : outputs) {
            auto const parts = split(one, ":");
            auto const has = [&](std::size_t i) { return parts.size() > i && !parts[i].empty(); };
            out +=
                tag("output", "name=\"" + escaped(parts[0]) + "\"" + type_attribute(has(1) ? parts[1] : ""),
                    (has(2) ? tag("outputValues", "", text(parts[2])) : "") +
                        (has(3) ? tag("defaultOutputEntry", "", text(parts[3])) : ""));
        }
        for (auto const& row : rows) {
            auto const sides = split(row, " => ");
            std::string inside;
            for (auto const& cell : split(sides.at(0), " | ")) inside += tag("inputEntry", "", text(cell));
            for (auto const& cell : split(sides.at(1), " | ")) inside += tag("outputEntry", "", text(cell));
            out += tag("rule", "", inside);
        }
        return tag("decisionTable", attributes, out);
    }
};

inline Loaded loaded(std::string const& model, Profile profile = Profile::strict, Finder const& finder = {}) {
    LoadOptions options;
    options.profile = profile;
    return load({"试.dmn", model}, finder, options);
}

/// Findings as `code:line`.
inline Strings codes(Loaded const& of) {
    Strings out;
    for (auto const& finding : of.findings)
        out.push_back(finding.code + ":" + std::to_string(finding.where.line));
    return out;
}

/// A value as FEEL writes it, or why there is none.
inline std::string said(Value const& value) {
    return value.is_undetermined() ? "undetermined: " + value.reason()->code : feel_text(value);
}

inline Settings settings_of(Profile profile) {
    Settings settings;
    settings.profile = profile;
    settings.hosts = &HostFunctions::java_lang();
    return settings;
}

inline std::string decided(std::string const& model, std::string const& decision, Context const& inputs,
                           Profile profile = Profile::strict, Finder const& finder = {}) {
    auto const made = loaded(model, profile, finder);
    if (!made.model) return "no model";
    return said(made.model->decide(decision, inputs, settings_of(profile)).value);
}

inline Value number(std::string const& text) {
    return *Decimal::read(text);
}

}  // namespace tongban::rules::dmn
