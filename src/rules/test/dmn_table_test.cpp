// Decision tables: every hit policy, and what the strict profile refuses to guess.
#include <gtest/gtest.h>

#include "rules/test/dmn_kit.h"

namespace tongban::rules::dmn {
namespace {

std::string age_table(std::string const& attributes, Strings outputs, Strings rows,
                      std::string const& type = "") {
    return definitions(
        input("年龄", "number") + input("户籍", "string") +
        decision(
            "津贴", {{"年龄", "户籍"}, {}, {}},
            TableText{attributes, {"年龄:number", "户籍:string"}, std::move(outputs), std::move(rows)}.xml(),
            type));
}

Context person(std::string const& age, std::string const& home) {
    return Context().put("年龄", number(age)).put("户籍", home);
}

struct Case {
    char const *attributes, *output;
    Strings rows;
    char const *age, *strict, *standard;
};

TEST(DecisionTable, every_hit_policy_decides_as_the_standard_says) {
    Strings const bands = {">= 80 | - => 50", ">= 90 | - => 100", ">= 100 | - => 300"};
    Strings const words = {">= 80 | - => \"低\"", ">= 90 | - => \"高\"", ">= 80 | - => \"中\""};
    char const* priority = "档次:string:\"高\",\"中\",\"低\"";
    std::vector<Case> const cases = {
        {"", "额:number", {"< 80 | - => 0", ">= 80 | - => 50"}, "80", "50", "50"},
        {"hitPolicy=\"UNIQUE\"", "额:number", bands, "85", "50", "50"},
        {"hitPolicy=\"UNIQUE\"", "额:number", bands, "95", "undetermined: unique_table_has_two_matches",
         "null"},
        {"hitPolicy=\"UNIQUE\"", "额:number", bands, "20", "undetermined: no_rule_matches", "null"},
        {"hitPolicy=\"UNIQUE\"", "额:number::0", bands, "20", "0", "0"},
        {"hitPolicy=\"ANY\"", "额:number", {">= 80 | - => 50", ">= 70 | - => 50"}, "85", "50", "50"},
        {"hitPolicy=\"ANY\"", "额:number", bands, "95", "undetermined: any_table_has_different_outputs",
         "null"},
        {"hitPolicy=\"FIRST\"", "额:number", bands, "105", "50", "50"},
        {"hitPolicy=\"PRIORITY\"", priority, words, "85", "中", "中"},
        {"hitPolicy=\"PRIORITY\"", priority, words, "95", "高", "高"},
        {"hitPolicy=\"OUTPUT ORDER\"", priority, words, "95", "[\"高\", \"中\", \"低\"]",
         "[\"高\", \"中\", \"低\"]"},
        {"hitPolicy=\"RULE ORDER\"", "额:number", bands, "95", "[50, 100]", "[50, 100]"},
        {"hitPolicy=\"COLLECT\"", "额:number", bands, "105", "[50, 100, 300]", "[50, 100, 300]"},
        {"hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "额:number", bands, "105", "450", "450"},
        {"hitPolicy=\"COLLECT\" aggregation=\"MIN\"", "额:number", bands, "105", "50", "50"},
        {"hitPolicy=\"COLLECT\" aggregation=\"MAX\"", "额:number", bands, "105", "300", "300"},
        {"hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", "额:number", bands, "95", "2", "2"},
        {"hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "额:number", bands, "20",
         "undetermined: no_rule_matches", "null"},
    };
    for (auto const& one : cases) {
        auto const model = age_table(one.attributes, {one.output}, one.rows);
        EXPECT_TRUE(loaded(model).findings.empty()) << one.attributes << " " << loaded(model).findings[0].zh;
        EXPECT_EQ(decided(model, "津贴", person(one.age, "本市")), one.strict) << one.attributes << one.age;
        EXPECT_EQ(decided(model, "津贴", person(one.age, "本市"), Profile::standard), one.standard)
            << one.attributes << one.age;
    }
}

TEST(DecisionTable, several_outputs_make_a_context) {
    Strings const rows = {">= 80 | - => 50 | \"街道\"", ">= 90 | - => 100 | \"区\""};
    EXPECT_EQ(decided(age_table("", {"额:number", "机关:string"}, rows), "津贴", person("85", "本市")),
              "{额: 50, 机关: \"街道\"}");
    auto const collect = age_table("hitPolicy=\"COLLECT\"", {"额:number", "机关:string"}, rows);
    EXPECT_EQ(decided(collect, "津贴", person("95", "本市")),
              "[{额: 50, 机关: \"街道\"}, {额: 100, 机关: \"区\"}]");
    auto const summed = age_table("hitPolicy=\"COLLECT\" aggregation=\"MAX\"", {"额:number", "次:number"},
                                  {">= 80 | - => 50 | 7", ">= 90 | - => 100 | 1"});
    EXPECT_EQ(decided(summed, "津贴", person("95", "本市")), "{额: 100, 次: 7}");
    auto const ordered = age_table("hitPolicy=\"PRIORITY\"", {"级:string:\"甲\",\"乙\"", "额:number:3,2,1"},
                                   {"- | - => \"乙\" | 3", "- | - => \"甲\" | 1", "- | - => \"甲\" | 2"});
    EXPECT_EQ(decided(ordered, "津贴", person("1", "x")), "{级: \"甲\", 额: 2}")
        << "the second output breaks the tie";
    auto const fallback = age_table("", {"额:number::0", "机关:string"}, rows);
    EXPECT_EQ(decided(fallback, "津贴", person("5", "x")), "{额: 0, 机关: null}");
}

struct Doubt {
    char const* attributes;
    Strings rows;
    char const *strict, *standard;
};

TEST(DecisionTable, what_cannot_be_told_is_never_taken_for_no) {
    // 户籍 is missing: cells that look at it cannot be told.
    std::vector<Doubt> const cases = {
        {"", {">= 80 | - => 50", "< 80 | \"本市\" => 0"}, "50", "50"},
        {"", {">= 80 | \"本市\" => 50", "< 80 | - => 0"}, "undetermined: datum_is_missing", "null"},
        {"", {"< 80 | \"本市\" => 50", ">= 80 | - => 0"}, "0", "0"},
        {"hitPolicy=\"FIRST\"", {">= 80 | - => 50", ">= 80 | \"本市\" => 100"}, "50", "50"},
        {"hitPolicy=\"FIRST\"",
         {">= 80 | \"本市\" => 100", ">= 80 | - => 50"},
         "undetermined: datum_is_missing",
         "50"},
        {"hitPolicy=\"ANY\"", {">= 80 | \"本市\" => 50", ">= 80 | - => 50"}, "50", "50"},
        {"hitPolicy=\"ANY\"",
         {">= 80 | \"本市\" => 100", ">= 80 | - => 50"},
         "undetermined: datum_is_missing",
         "50"},
        {"hitPolicy=\"COLLECT\"",
         {">= 80 | \"本市\" => 100", ">= 80 | - => 50"},
         "undetermined: datum_is_missing",
         "[50]"},
        {"hitPolicy=\"PRIORITY\"", {">= 80 | \"本市\" => 1", ">= 80 | - => 9"}, "9", "9"},
        {"hitPolicy=\"PRIORITY\"",
         {">= 80 | \"本市\" => 9", ">= 80 | - => 1"},
         "undetermined: datum_is_missing",
         "1"},
        {"hitPolicy=\"UNIQUE\"", {">= 80 | null => 1", "< 80 | - => 2"}, "1", "1"},
    };
    for (auto const& one : cases) {
        auto const model = age_table(one.attributes, {"额:number:9,8,1"}, one.rows);
        auto const nobody = Context().put("年龄", number("85")).put("户籍", Value());
        EXPECT_EQ(decided(model, "津贴", nobody), one.strict) << one.attributes << one.rows[0];
        EXPECT_EQ(decided(model, "津贴", nobody, Profile::standard), one.standard)
            << one.attributes << one.rows[0];
    }
    auto const model = age_table("", {"额:number"}, {">= 80 | \"本市\" => 50", "< 80 | - => 0"});
    auto const absent = Context().put("年龄", number("85"));
    EXPECT_EQ(decided(model, "津贴", absent), "undetermined: name_has_no_value");
    auto const wrong = Context().put("年龄", "八十五").put("户籍", "本市");
    EXPECT_EQ(decided(model, "津贴", wrong), "undetermined: types_do_not_fit");
}

TEST(DecisionTable, reasons_name_the_cell) {
    auto const made = loaded(age_table("", {"额:number"}, {"< 80 | - => 0", ">= 80 | \"本市\" => 50"}));
    auto const answer = made.model->decide("津贴", Context().put("年龄", number("85")), {});
    ASSERT_TRUE(answer.value.is_undetermined());
    EXPECT_NE(answer.value.reason()->origin.find("试.dmn"), std::string::npos);
    EXPECT_NE(answer.value.reason()->origin.find("津贴"), std::string::npos);
    EXPECT_NE(answer.value.reason()->origin.find("户籍"), std::string::npos) << answer.value.reason()->origin;
}

TEST(DecisionTable, values_outside_the_allowed_ones_are_told) {
    auto const model = definitions(
        input("级", "string") +
        decision(
            "额", {{"级"}, {}, {}},
            TableText{"", {"级:string:\"甲\",\"乙\""}, {"额:number"}, {"\"甲\" => 1", "not(\"甲\") => 2"}}
                .xml()));
    EXPECT_EQ(decided(model, "额", Context().put("级", "乙")), "2");
    EXPECT_EQ(decided(model, "额", Context().put("级", "丙")), "undetermined: value_is_not_allowed");
}

TEST(DecisionTable, faults_are_findings_and_make_the_table_undetermined) {
    struct Fault {
        std::string table;
        char const* code;
    };
    std::vector<Fault> const faults = {
        {TableText{"hitPolicy=\"SOME\"", {"年龄"}, {"额"}, {"- => 1"}}.xml(), "hit_policy_is_not_known"},
        {TableText{"hitPolicy=\"COLLECT\" aggregation=\"AVG\"", {"年龄"}, {"额"}, {"- => 1"}}.xml(),
         "aggregator_is_not_known"},
        {TableText{"", {"年龄"}, {}, {}}.xml(), "table_has_no_output"},
        {TableText{"", {"年龄"}, {"额"}, {"- | - => 1"}}.xml(), "rule_has_wrong_number_of_cells"},
        {TableText{"", {"年龄"}, {"额"}, {"≥ 60 => 1"}}.xml(), "punctuation_is_full_width"},
        {TableText{"", {"年岁"}, {"额"}, {"- => 1"}}.xml(), "name_is_not_known"},
        {TableText{"", {"年龄"}, {"额:钱"}, {"- => 1"}}.xml(), "type_is_not_known"},
        {TableText{"", {"年龄"}, {"额:string"}, {"- => 1"}}.xml(), "types_do_not_fit"},
    };
    for (auto const& fault : faults) {
        auto const model =
            definitions(input("年龄", "number") + decision("额", {{"年龄"}, {}, {}}, fault.table));
        auto const made = loaded(model);
        ASSERT_FALSE(made.findings.empty()) << fault.code;
        EXPECT_EQ(made.findings[0].code, fault.code) << made.findings[0].zh;
        EXPECT_FALSE(made.sound());
        EXPECT_GT(made.findings[0].where.line, 0) << fault.code;
        EXPECT_EQ(made.findings[0].where.owner, "额");
        EXPECT_FALSE(made.findings[0].en.empty());
    }
    auto const unordered = loaded(age_table("hitPolicy=\"PRIORITY\"", {"额:number"}, {"- | - => 1"}));
    EXPECT_EQ(unordered.findings.at(0).code, "output_values_are_missing");
    EXPECT_TRUE(unordered.sound());
    auto const unread =
        definitions(input("年龄", "number") +
                    decision("额", {{"年龄"}, {}, {}}, TableText{"", {"年岁"}, {"额"}, {"- => 1"}}.xml()));
    EXPECT_EQ(decided(unread, "额", Context().put("年龄", number("3"))),
              "undetermined: input_expression_is_not_readable");
}

}  // namespace
}  // namespace tongban::rules::dmn
