#include "rules/dmn/explain.h"

#include <algorithm>

#include "rules/compare.h"

namespace tongban::rules::dmn {

namespace {

std::string_view to_text(Held held) {
    return held == Held::yes ? "yes" : held == Held::no ? "no" : "undetermined";
}

Json value_json(Value const& value) {
    return value.is_undetermined() ? Json(nullptr) : to_json(value);
}

Json reason_json(Reason const& reason) {
    json::object object{{"code", reason.code}, {"text", reason.text()}};
    if (!reason.name.empty()) object["name"] = reason.name;
    if (!reason.origin.empty()) object["origin"] = reason.origin;
    return object;
}

Json sentence(char const* code, std::string zh, std::string en, json::object values = {}) {
    return json::object{
        {"code", code}, {"zh", std::move(zh)}, {"en", std::move(en)}, {"values", std::move(values)}};
}

std::string number_of(std::size_t rule) {
    return std::to_string(rule + 1);
}

/// How a rule went: the cells that failed, or cannot be told, each with what the input was.
void say_rule(json::array& said, TableTrace const& trace, std::size_t rule) {
    auto const& table = *trace.table;
    auto const& seen = trace.rules[rule];
    auto const zh_rule = "第 " + number_of(rule) + " 条规则", en_rule = "Rule " + number_of(rule);
    if (seen.held == Held::yes) {
        said.push_back(sentence("rule_holds", zh_rule + "的条件全部符合。", en_rule + " holds in full."));
        return;
    }
    for (std::size_t i = 0; i < seen.cells.size(); ++i) {
        auto const& cell = seen.cells[i];
        if (cell.held == Held::yes) continue;
        auto const& label = table.inputs[i].label;
        auto const wanted = wording_of(table.test_text(rule, i));
        json::object values{{"value", value_json(trace.inputs[i])}};
        if (cell.held == Held::open) {
            said.push_back(
                sentence("cell_is_undetermined",
                         zh_rule + "无法判断：「" + label + "」须" + wanted.zh + "，但没有可用的数据。",
                         en_rule + " cannot be told: \"" + label + "\" should be " + wanted.en +
                             ", but there is no usable datum."));
        } else {
            said.push_back(sentence(
                "cell_fails", zh_rule + "不符合：「" + label + "」须" + wanted.zh + "，实际是 {value}。",
                en_rule + " does not hold: \"" + label + "\" should be " + wanted.en + ", but is {value}.",
                std::move(values)));
        }
    }
}

Json rule_json(TableTrace const& trace, std::size_t rule) {
    auto const& table = *trace.table;
    auto const& seen = trace.rules[rule];
    json::array cells;
    for (std::size_t i = 0; i < seen.cells.size(); ++i) {
        auto const& cell = seen.cells[i];
        json::object object{
            {"input", i}, {"test", table.test_text(rule, i)}, {"verdict", to_text(cell.held)}};
        if (auto const* reason = cell.test.outcome.reason(); reason != nullptr)
            object["because"] = reason_json(*reason);
        cells.push_back(std::move(object));
    }
    json::array notes;
    for (auto const& note : table.rules[rule].notes) notes.push_back(json::string(note));
    return json::object{
        {"number", rule + 1},        {"id", table.rules[rule].id},    {"line", table.rules[rule].line},
        {"notes", std::move(notes)}, {"verdict", to_text(seen.held)}, {"cells", std::move(cells)}};
}

Json table_json(TableTrace const& trace) {
    auto const& table = *trace.table;
    json::array inputs, rules, chosen, sentences;
    for (std::size_t i = 0; i < table.inputs.size(); ++i)
        inputs.push_back(json::object{{"label", table.inputs[i].label},
                                      {"expression", table.inputs[i].expression.text()},
                                      {"value", value_json(trace.inputs[i])},
                                      {"is_undetermined", trace.inputs[i].is_undetermined()}});
    for (std::size_t rule = 0; rule < trace.rules.size(); ++rule) rules.push_back(rule_json(trace, rule));
    for (auto const rule : trace.chosen) chosen.push_back(rule + 1);
    // What decided goes first; what did not hold explains only an answer that is missing or the default.
    for (auto const rule : trace.chosen) say_rule(sentences, trace, rule);
    if (trace.chosen.empty())
        sentences.push_back(
            sentence("no_rule_holds", "没有一条规则的条件全部符合。", "No rule holds in full."));
    for (std::size_t rule = 0; rule < trace.rules.size(); ++rule)
        if (std::find(trace.chosen.begin(), trace.chosen.end(), rule) == trace.chosen.end())
            say_rule(sentences, trace, rule);
    return json::object{{"name", table.name},
                        {"where", to_json(trace.spot.where({1, 0}))},
                        {"hit_policy", dmn::to_text(table.policy)},
                        {"aggregation", dmn::to_text(table.aggregator)},
                        {"inputs", std::move(inputs)},
                        {"rules", std::move(rules)},
                        {"chosen", std::move(chosen)},
                        {"sentences", std::move(sentences)}};
}

void put_answer(json::object& object, Value const& value) {
    object["verdict"] = value.is_undetermined() ? "undetermined" : "determined";
    object["value"] = value_json(value);
    if (auto const* reason = value.reason()) object["because"] = reason_json(*reason);
}

Json answer_sentence(std::string const& name, Value const& value) {
    if (value.is_undetermined())
        return sentence("decision_is_undetermined", "「" + name + "」无法自动判断，由工作人员核实后决定。",
                        "\"" + name + "\" cannot be decided automatically; a person looks at it.");
    return sentence("decision_is_made", "「" + name + "」的结果是 {value}。", "\"" + name + "\" is {value}.",
                    {{"value", value_json(value)}});
}

}  // namespace

Json explanation_of(Program const& program, Account const& account, Value const& answer) {
    json::array decisions;
    for (auto const& made : account.made) {
        auto const& element = program.elements[made.element];
        json::array tables, requires_;
        for (auto i = made.tables_before; i < made.tables_after; ++i)
            tables.push_back(table_json(account.recorder.tables[i]));
        for (auto const& need : element.needs)
            if (program.elements[need.element].kind != ElementKind::knowledge_model)
                requires_.push_back(json::string(program.elements[need.element].name));
        json::object object{{"name", element.name}, {"id", element.id}, {"line", element.line}};
        put_answer(object, made.value);
        object["sentence"] = answer_sentence(element.name, made.value);
        object["requires"] = std::move(requires_);
        object["tables"] = std::move(tables);
        decisions.push_back(std::move(object));
    }
    json::object whole;
    put_answer(whole, answer);
    whole["decisions"] = std::move(decisions);
    return whole;
}

}  // namespace tongban::rules::dmn
