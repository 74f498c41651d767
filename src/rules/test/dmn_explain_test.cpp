// Explanations: which rule, which cell, on which value, in words of both languages that hold no value.
#include <gtest/gtest.h>

#include "rules/dmn/explain.h"
#include "rules/test/dmn_kit.h"

namespace tongban::rules::dmn {
namespace {

Json explained(std::string const& model, std::string const& decision, Context const& inputs) {
    auto const made = loaded(model);
    return made.model->decide(decision, inputs, {}, Explaining::yes).explanation;
}

std::string text_at(Json const& value, std::string_view pointer) {
    boost::system::error_code failed;
    auto const* found = value.find_pointer(pointer, failed);
    if (found == nullptr) return "nothing at " + std::string(pointer) + " of " + tongban::to_text(value);
    return found->is_string() ? std::string(found->as_string()) : tongban::to_text(*found);
}

std::string allowance() {
    return definitions(
        input("年龄", "number") + input("户籍", "string") +
        decision("人", {{"年龄"}, {}, {}}, literal("年龄 + 0")) +
        decision("津贴", {{"户籍"}, {"人"}, {}},
                 TableText{"",
                           {"人:number", "户籍:string"},
                           {"额:number"},
                           {"< 80 | - => 0", "[80..90) | \"本市\" => 50", ">= 90 | \"本市\",\"邻市\" => 100"}}
                     .xml()));
}

TEST(Explanation, says_which_rule_held_and_why_the_others_did_not) {
    auto const told =
        explained(allowance(), "津贴", Context().put("年龄", number("85.5")).put("户籍", "本市"));
    EXPECT_EQ(text_at(told, "/verdict"), "determined");
    EXPECT_EQ(text_at(told, "/value"), "50");
    EXPECT_EQ(text_at(told, "/decisions/0/name"), "人") << "nested decisions are told too, in order";
    auto const* table = "/decisions/1/tables/0";
    auto const at = [&](std::string const& below) { return text_at(told, table + below); };
    EXPECT_EQ(at("/hit_policy"), "UNIQUE");
    EXPECT_EQ(at("/chosen"), "[2]");
    EXPECT_EQ(at("/inputs/0/value"), R"({"$number":"85.5"})");
    EXPECT_EQ(at("/rules/0/verdict"), "no");
    EXPECT_EQ(at("/rules/0/cells/0/verdict"), "no");
    EXPECT_EQ(at("/rules/0/cells/1/verdict"), "yes");
    EXPECT_EQ(at("/rules/1/verdict"), "yes");
    EXPECT_EQ(at("/sentences/0/zh"), "第 2 条规则的条件全部符合。");
    EXPECT_EQ(at("/sentences/1/zh"), "第 1 条规则不符合：「人」须低于 80，实际是 {value}。");
    EXPECT_EQ(at("/sentences/1/en"), "Rule 1 does not hold: \"人\" should be less than 80, but is {value}.");
    EXPECT_EQ(at("/sentences/1/values/value"), R"({"$number":"85.5"})");
    EXPECT_EQ(at("/sentences/2/zh"), "第 3 条规则不符合：「人」须不低于 90，实际是 {value}。");
    EXPECT_EQ(text_at(told, "/decisions/1/sentence/code"), "decision_is_made");
    EXPECT_EQ(text_at(told, "/decisions/1/sentence/zh"), "「津贴」的结果是 {value}。");
}

TEST(Explanation, says_what_could_not_be_told) {
    auto const told = explained(allowance(), "津贴", Context().put("年龄", number("95")));
    EXPECT_EQ(text_at(told, "/verdict"), "undetermined");
    EXPECT_EQ(text_at(told, "/because/code"), "name_has_no_value");
    auto const at = [&](std::string const& below) { return text_at(told, "/decisions/1/tables/0" + below); };
    EXPECT_EQ(at("/rules/2/verdict"), "undetermined");
    EXPECT_EQ(at("/rules/2/cells/1/verdict"), "undetermined");
    EXPECT_EQ(at("/chosen"), "[]");
    EXPECT_EQ(at("/sentences/0/code"), "no_rule_holds");
    EXPECT_NE(tongban::to_text(told).find("cell_is_undetermined"), std::string::npos);
    EXPECT_NE(
        tongban::to_text(told).find("第 3 条规则无法判断：「户籍」须「本市」或「邻市」，但没有可用的数据。"),
        std::string::npos);
    EXPECT_EQ(text_at(told, "/decisions/1/sentence/code"), "decision_is_undetermined");
}

TEST(Explanation, of_knowledge_models_and_services_holds_their_tables) {
    auto const model = definitions(
        knowledge("档", {"n:number"},
                  TableText{"", {"n:number"}, {"级:string"}, {"< 5 => \"低\"", ">= 5 => \"高\""}}.xml()) +
        decision("甲", {{}, {}, {"档"}}, literal("for i in [1, 9] return 档(i)")));
    auto const told = explained(model, "甲", {});
    EXPECT_EQ(text_at(told, "/decisions/0/tables/0/chosen"), "[1]");
    EXPECT_EQ(text_at(told, "/decisions/0/tables/1/chosen"), "[2]");
    EXPECT_EQ(text_at(told, "/decisions/0/tables/1/name"), "档");
}

TEST(Explanation, never_changes_the_answer) {
    auto const made = loaded(allowance());
    for (auto const* age : {"10", "79.99", "80", "89", "90", "120"})
        for (Value const& home : {Value("本市"), Value("邻市"), Value("外市"), Value()}) {
            auto const inputs = Context().put("年龄", number(age)).put("户籍", home);
            auto const plain = made.model->decide("津贴", inputs, {}),
                       told = made.model->decide("津贴", inputs, {}, Explaining::yes);
            EXPECT_EQ(said(plain.value), said(told.value)) << age;
            if (plain.value.is_undetermined()) {
                EXPECT_EQ(plain.value.reason()->origin, told.value.reason()->origin);
            }
        }
}

TEST(Explanation, conditions_are_put_into_words) {
    struct Case {
        char const *test, *zh, *en;
    };
    for (auto const& one : std::vector<Case>{
             {"-", "不限", "anything"},
             {">= 60", "不低于 60", "at least 60"},
             {"<60", "低于 60", "less than 60"},
             {"[18..60]", "在 18 和 60 之间（含两端）", "between 18 and 60 inclusive"},
             {"[18..60)", "在 18 和 60 之间（不含 60）", "between 18 and 60 (without 60)"},
             {"]18..60]", "在 18 和 60 之间（不含 18）", "between 18 and 60 (without 18)"},
             {"(18..60)", "在 18 和 60 之间（不含两端）", "between 18 and 60 (without either)"},
             {"\"甲\", \"乙,丙\"", "「甲」或「乙,丙」", "\"甲\" or \"乙,丙\""},
             {"not(\"甲\")", "除「甲」以外", "anything but \"甲\""},
             {"true", "是", "yes"},
             {"null", "没有", "nothing"},
             {">= date(\"2026-01-01\")", "不早于 2026-01-01", "not before 2026-01-01"},
             {"< @\"2026-01-01\"", "早于 2026-01-01", "before 2026-01-01"},
             {"> 标准 * 2", "符合 > 标准 * 2", "as in > 标准 * 2"},
         }) {
        auto const words = wording_of(one.test);
        EXPECT_EQ(words.zh, one.zh);
        EXPECT_EQ(words.en, one.en);
    }
}

}  // namespace
}  // namespace tongban::rules::dmn
