// Requirements, services, knowledge models, imports.
#include <gtest/gtest.h>

#include <map>

#include "rules/test/dmn_kit.h"

namespace tongban::rules::dmn {
namespace {

TEST(Graph, decisions_are_made_from_what_they_require) {
    auto const model =
        definitions(decision("补差", {{}, {"人均", "标准"}, {}}, literal("标准 - 人均")) +
                    decision("标准", {}, literal("800")) +
                    decision("人均", {{"月收入", "人数"}, {}, {}}, literal("月收入 / 人数"), "number") +
                    input("月收入", "number") + input("人数", "number"));
    auto const inputs = Context().put("月收入", number("1500")).put("人数", number("3"));
    EXPECT_EQ(decided(model, "补差", inputs), "300");
    EXPECT_EQ(decided(model, "补差", Context().put("人数", number("3"))), "undetermined: name_has_no_value");
    EXPECT_EQ(decided(model, "没有", inputs), "undetermined: decision_is_not_known");
    EXPECT_EQ(decided(model, "没有", inputs, Profile::standard), "null");
    auto const hidden = definitions(input("甲") + decision("乙", {}, literal("甲")));
    EXPECT_EQ(codes(loaded(hidden)).size(), 1U) << "what is not required is not in scope";
}

TEST(Graph, every_decision_is_made_once) {
    // Thirty layers, each requiring the one below twice over: made anew each time this would never end.
    std::string body = decision("d0", {}, literal("1"));
    for (int i = 1; i <= 30; ++i) {
        auto const below = "d" + std::to_string(i - 1);
        body += decision("e" + std::to_string(i), {{}, {below}, {}}, literal(below));
        body += decision("d" + std::to_string(i), {{}, {below, "e" + std::to_string(i)}, {}},
                         literal(below + " + e" + std::to_string(i)));
    }
    EXPECT_EQ(decided(definitions(body), "d30", {}), "1073741824");
}

TEST(Graph, a_long_chain_needs_no_deep_stack) {
    std::string body = decision("d0", {}, literal("1"));
    for (int i = 1; i <= 3000; ++i)
        body += decision("d" + std::to_string(i), {{}, {"d" + std::to_string(i - 1)}, {}},
                         literal("d" + std::to_string(i - 1) + " + 1"));
    EXPECT_EQ(decided(definitions(body), "d3000", {}), "3001");
}

TEST(Graph, circles_are_refused_by_name) {
    auto const model = definitions(
        decision("甲", {{}, {"乙"}, {}}, literal("乙")) + decision("乙", {{}, {"丙"}, {}}, literal("丙")) +
        decision("丙", {{}, {"甲"}, {}}, literal("甲")) + decision("丁", {}, literal("4")));
    auto const made = loaded(model);
    ASSERT_EQ(made.findings.size(), 1U);
    EXPECT_EQ(made.findings[0].code, "decisions_require_each_other");
    EXPECT_NE(made.findings[0].zh.find("「甲」→「乙」→「丙」→「甲」"), std::string::npos)
        << made.findings[0].zh;
    EXPECT_EQ(decided(model, "甲", {}), "undetermined: decisions_require_each_other");
    EXPECT_EQ(decided(model, "丁", {}), "4") << "the rest can be asked";
    EXPECT_EQ(decided(definitions(decision("甲", {{}, {"甲"}, {}}, literal("1"))), "甲", {}),
              "undetermined: decisions_require_each_other");
}

TEST(Graph, requirements_that_lead_nowhere_are_findings) {
    auto const made = loaded(definitions(input("甲") + decision("乙", {{"没有"}, {"甲"}, {}}, literal("1")) +
                                         service("丙", {}, {}, {})));
    Strings found;
    for (auto const& finding : made.findings) found.push_back(finding.code);
    EXPECT_EQ(found, (Strings{"requirement_leads_nowhere", "requirement_is_of_another_kind",
                              "service_has_no_output"}));
}

TEST(Graph, a_decision_that_nobody_modelled_can_be_given) {
    auto const model = definitions(decision("人工意见", {}, "") +
                                   decision("结论", {{}, {"人工意见"}, {}}, literal("人工意见 = \"同意\"")));
    EXPECT_TRUE(loaded(model).findings.empty());
    EXPECT_EQ(decided(model, "结论", Context().put("人工意见", "同意")), "true");
    EXPECT_EQ(decided(model, "结论", {}), "undetermined: decision_has_no_logic");
}

TEST(Graph, knowledge_models_are_functions) {
    auto const model = definitions(
        knowledge("人均", {"收入:number", "人数:number"}, literal("收入 / 人数")) +
        knowledge("低于", {"收入:number", "人数:number", "线:number"}, literal("人均(收入, 人数) < 线"),
                  {{}, {}, {"人均"}}) +
        knowledge("阶乘", {"n:number"}, literal("if n <= 1 then 1 else n * 阶乘(n - 1)")) +
        knowledge("无尽", {"n:number"}, literal("无尽(n + 1)")) + knowledge("空的", {}, "") +
        decision("甲", {{}, {}, {"低于"}}, literal("低于(1500, 3, 800)")) +
        decision(
            "乙", {{}, {}, {"低于"}},
            tag("invocation", "",
                literal("低于") + tag("binding", "", tag("parameter", "name=\"线\"", "") + literal("1")) +
                    tag("binding", "", tag("parameter", "name=\"收入\"", "") + literal("9")) +
                    tag("binding", "", tag("parameter", "name=\"人数\"", "") + literal("3")))) +
        decision("丙", {{}, {}, {"阶乘"}}, literal("阶乘(20)")) +
        decision("丁", {{}, {}, {"无尽"}}, literal("无尽(1)")) +
        decision("戊", {{}, {}, {"人均"}}, literal("人均(\"多\", 3)")) +
        decision("己", {{}, {}, {"空的"}}, literal("空的()")));
    EXPECT_TRUE(loaded(model).findings.empty()) << loaded(model).findings[0].zh;
    EXPECT_EQ(decided(model, "甲", {}), "true");
    EXPECT_EQ(decided(model, "乙", {}), "false");
    EXPECT_EQ(decided(model, "丙", {}), "2432902008176640000");
    EXPECT_EQ(decided(model, "丁", {}), "undetermined: evaluation_is_too_deep");
    EXPECT_EQ(decided(model, "丁", {}, Profile::standard), "undetermined: evaluation_is_too_deep");
    EXPECT_EQ(decided(model, "己", {}), "undetermined: decision_has_no_logic");
    EXPECT_EQ(decided(model, "戊", {}, Profile::standard), "null");
    auto const made = loaded(model);
    auto const called =
        made.model->invoke("人均", Context().put("人数", number("4")).put("收入", number("10")), {});
    EXPECT_EQ(said(called.value), "2.5");
    EXPECT_EQ(said(made.model->invoke("没有", {}, {}).value), "undetermined: decision_is_not_known");
}

TEST(Graph, services_take_their_inputs_and_see_no_others) {
    auto const model = definitions(
        input("收入", "number") + decision("标准", {}, literal("800"), "number") +
        decision("资格", {{"收入"}, {"标准"}, {}}, literal("收入 < 标准")) +
        decision("差额", {{"收入"}, {"标准"}, {}}, literal("标准 - 收入")) +
        service("核定", {"资格"}, {"收入"}, {"标准"}) +
        service("两样", {"资格", "差额"}, {"收入"}, {"标准"}) + service("闭门", {"资格"}, {}, {}) +
        decision("一", {{}, {}, {"核定"}},
                 literal("[核定(500, 400), 核定(500, 600), 核定(标准: 501, 收入: 500)]")) +
        decision("二", {{"收入"}, {}, {"两样"}}, literal("{里: 两样(1, 3), 外: 收入}")) +
        decision("三", {{"收入"}, {}, {"闭门"}}, literal("闭门()")) +
        decision("四", {{}, {}, {"核定"}}, literal("核定(\"多\", 1)")));
    auto const inputs = Context().put("收入", number("7"));
    EXPECT_TRUE(loaded(model).findings.empty());
    EXPECT_EQ(decided(model, "一", {}), "[false, true, true]");
    EXPECT_EQ(decided(model, "二", inputs), "{里: {资格: true, 差额: 2}, 外: 7}");
    EXPECT_EQ(decided(model, "三", inputs), "undetermined: name_has_no_value")
        << "the service was given no income";
    EXPECT_EQ(decided(model, "四", {}, Profile::standard), "null");
    auto const direct = loaded(model).model->invoke("核定", Context(inputs).put("标准", number("8")), {});
    EXPECT_EQ(said(direct.value), "true");
}

Finder shelf(std::map<std::string, std::string> models) {
    return [models = std::move(models)](ImportWish const& wish) -> std::optional<ModelText> {
        auto const found = models.find(wish.space);
        if (found == models.end()) return std::nullopt;
        return ModelText{wish.space + ".dmn", found->second};
    };
}

std::string import(std::string const& name, std::string const& space) {
    return tag("import",
               "name=\"" + name + "\" namespace=\"" + space +
                   "\" importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"",
               "");
}

TEST(Graph, imported_models_stand_below_their_names) {
    auto const base = definitions(tag("itemDefinition", "name=\"金额\"",
                                      tag("typeRef", "", "number") + tag("allowedValues", "", text(">= 0"))) +
                                      input("收入", "金额") +
                                      decision("年 收入", {{"收入"}, {}, {}}, literal("收入 * 12"), "金额") +
                                      knowledge("加倍", {"n:金额"}, literal("n * 2")),
                                  "urn:base");
    auto const middle =
        definitions(import("底", "urn:base") +
                        decision("半年", {{}, {"urn:base#年 收入"}, {}}, literal("底.年 收入 / 2")),
                    "urn:middle");
    auto const main =
        definitions(import("中 间", "urn:middle") + import("底", "urn:base") +
                    decision("甲", {{}, {"urn:middle#半年", "urn:base#年 收入"}, {"urn:base#加倍"}},
                             literal("底.加倍(中 间.半年) + 底.年 收入"), "底.金额") +
                    decision("乙", {{}, {}, {"urn:base#加倍"}}, literal("底.加倍(-1)")));
    auto const finder = shelf({{"urn:base", base}, {"urn:middle", middle}});
    auto const made = loaded(main, Profile::strict, finder);
    ASSERT_TRUE(made.sound()) << made.findings[0].where.text() << made.findings[0].zh;
    for (auto const& inputs :
         {Context().put("收入", number("10")), Context().put("{urn:base}收入", number("10")),
          Context().put("底", Context().put("收入", number("10"))),
          Context().put("中 间", Context().put("底", Context().put("收入", number("10"))))})
        EXPECT_EQ(said(made.model->decide("甲", inputs, {}).value), "240");
    EXPECT_EQ(said(made.model->decide("乙", {}, {}).value), "undetermined: value_is_not_allowed");
    EXPECT_EQ(said(made.model->decide("中 间.半年", Context().put("收入", number("1")), {}).value), "6");
}

TEST(Graph, imports_that_cannot_be_are_named) {
    auto const self = definitions(import("我", "urn:self") + decision("甲", {}, literal("1")), "urn:self");
    EXPECT_EQ(codes(loaded(self)), (Strings{"model_imports_itself:3"}));
    EXPECT_EQ(codes(loaded(definitions(import("无", "urn:none")))),
              (Strings{"imported_model_is_not_there:3"}));
    auto const one = definitions(import("二", "urn:two"), "urn:one"),
               two = definitions(import("一", "urn:one"), "urn:two");
    auto const circle = loaded(one, Profile::strict, shelf({{"urn:one", one}, {"urn:two", two}}));
    EXPECT_EQ(circle.findings.at(0).code, "models_import_each_other");
    EXPECT_EQ(codes(loaded(definitions(import("错", "urn:x")), Profile::strict,
                           shelf({{"urn:x", definitions("", "urn:y")}}))),
              (Strings{"imported_model_has_another_namespace:3"}));
    EXPECT_EQ(codes(loaded(definitions(import("坏", "urn:x")), Profile::strict, shelf({{"urn:x", "<a>"}}))),
              (Strings{"xml_is_malformed:0"}));
    auto const schema = loaded(definitions(
        tag("import", "namespace=\"urn:s\" importType=\"http://www.w3.org/2001/XMLSchema\"", "")));
    EXPECT_EQ(codes(schema), (Strings{"import_is_not_of_a_model:3"}));
    EXPECT_TRUE(schema.sound());
    std::map<std::string, std::string> endless;
    for (int i = 0; i < 100; ++i)
        endless["urn:" + std::to_string(i)] =
            definitions(import("下", "urn:" + std::to_string(i + 1)), "urn:" + std::to_string(i));
    EXPECT_EQ(loaded(endless["urn:0"], Profile::strict, shelf(endless)).findings.at(0).code,
              "too_many_models_are_imported");
    auto const indirect =
        definitions(import("二", "urn:two") + decision("甲", {{}, {"urn:three#乙"}, {}}, literal("乙")));
    auto const missing =
        loaded(indirect, Profile::strict,
               shelf({{"urn:two", definitions(import("三", "urn:three"), "urn:two")},
                      {"urn:three", definitions(decision("乙", {}, literal("1")), "urn:three")}}));
    EXPECT_EQ(missing.findings.at(0).code, "import_is_missing");
}

TEST(Graph, a_function_outlives_its_model_only_to_say_so) {
    Value function;
    {
        auto const made = loaded(definitions(knowledge("加一", {"n:number"}, literal("n + 1")) +
                                             decision("取", {{}, {}, {"加一"}}, literal("加一"))));
        function = made.model->decide("取", {}, {}).value;
    }
    ASSERT_NE(function.function(), nullptr);
    rules::Run run{Settings{}};
    EXPECT_EQ(said(call(*function.function(), {number("1")}, run)), "undetermined: model_is_gone");
}

TEST(Graph, the_same_question_can_be_asked_by_place) {
    auto const made = loaded(definitions(input("甲", "number") + input("乙", "number") +
                                         decision("和", {{"甲", "乙"}, {}, {}}, literal("甲 - 乙"))));
    auto const question = made.model->question("和", Strings{"乙", "甲"});
    ASSERT_TRUE(question.ok());
    std::vector<Value> const row = {number("1"), number("10")};
    rules::Run run{Settings{}};
    EXPECT_EQ(said(question->ask(row, run)), "9");
    EXPECT_EQ(made.model->question("差", {}).error().code, "decision_is_not_known");
    EXPECT_EQ(made.model->question("和", Strings{"丙"}).error().code, "input_is_not_known");
}

}  // namespace
}  // namespace tongban::rules::dmn
