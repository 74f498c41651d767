// Item definitions, declared types, inputs from JSON, and what a save keeps.
#include <gtest/gtest.h>

#include "rules/dmn/json_text.h"
#include "rules/test/dmn_kit.h"

namespace tongban::rules::dmn {
namespace {

std::string item(std::string const& name, std::string const& inside, std::string const& attributes = "") {
    return tag("itemDefinition", "name=\"" + name + "\" " + attributes, inside);
}

std::string component(std::string const& name, std::string const& type, std::string const& more = "",
                      std::string const& attributes = "") {
    return tag("itemComponent", "name=\"" + name + "\" " + attributes, tag("typeRef", "", type) + more);
}

std::string allowed(std::string const& values, char const* kind = "allowedValues") {
    return tag(kind, "", text(values));
}

std::string const types =
    item("性别", tag("typeRef", "", "string") + allowed("\"男\", \"女\"")) +
    item("人员", component("姓名", "string") + component("性 别", "性别") + component("出生", "date")) +
    item("名单", tag("typeRef", "", "人员"), "isCollection=\"true\"") +
    item("两人", tag("typeRef", "", "number"), "isCollection=\"true\"") +
    item("少数", tag("typeRef", "", "number") + allowed("<= 9") + allowed("count(?) <= 2", "typeConstraint"),
         "isCollection=\"true\"") +
    item("树", component("值", "number") + component("枝", "树", "", "isCollection=\"true\"")) +
    item("判断", tag("functionItem", "outputTypeRef=\"boolean\"",
                     tag("parameters", "name=\"n\" typeRef=\"number\"", "")));

TEST(Types, a_result_that_never_fits_what_is_declared_is_found) {
    auto const found = [](std::string const& logic, std::string const& type) {
        Strings all;
        for (auto const& one : loaded(definitions(decision("甲", {}, literal(logic), type))).findings)
            all.push_back(one.code);
        return all;
    };
    Strings const wrong{"result_never_fits_its_type"};
    EXPECT_EQ(found("\"八百\"", "number"), wrong);
    EXPECT_EQ(found("1 < 2", "string"), wrong);
    EXPECT_EQ(found("if 1 < 2 then 3 else 4", "boolean"), wrong);
    for (auto const& [logic, type] :
         {std::pair{"800", "number"}, std::pair{"date(\"2026-01-01\")", "date and time"},
          std::pair{"[800]", "number"}, std::pair{"null", "number"}, std::pair{"800", ""}})
        EXPECT_EQ(found(logic, type), Strings{}) << logic << " as " << type;
    auto const of_function =
        loaded(definitions(knowledge("乙", {"数:number"}, literal("string(数)"), {}, "number"))).findings;
    ASSERT_EQ(of_function.size(), 1U);
    EXPECT_EQ(of_function[0].severity, Severity::error);
    EXPECT_EQ(of_function[0].zh, "这里得出的是 string，说明的类型却是 number，永远不合。");
}

struct Case {
    char const *type, *json, *strict, *standard;
};

TEST(Types, inputs_are_what_the_model_declares) {
    std::vector<Case> const cases = {
        {"number", "12.30", "12.3", "12.3"},
        {"number", "\"12\"", "undetermined: types_do_not_fit", "null"},
        {"date", "\"1958-05-01\"", "1958-05-01", "1958-05-01"},
        {"date", "\"五月\"", "undetermined: types_do_not_fit", "null"},
        {"time", "\"10:15:00\"", "10:15:00", "10:15:00"},
        {"date and time", "\"2026-01-01T10:00:00+08:00\"", "2026-01-01T10:00:00+08:00",
         "2026-01-01T10:00:00+08:00"},
        {"days and time duration", "\"P3D\"", "P3D", "P3D"},
        {"years and months duration", "\"P2Y\"", "P2Y", "P2Y"},
        {"性别", "\"女\"", "女", "女"},
        {"性别", "\"无\"", "undetermined: value_is_not_allowed", "null"},
        {"人员", R"({"姓名":"李晓燕","性 别":"女","出生":"1990-01-02"})",
         "{姓名: \"李晓燕\", 性 别: \"女\", 出生: 1990-01-02}",
         "{姓名: \"李晓燕\", 性 别: \"女\", 出生: 1990-01-02}"},
        {"人员", R"({"姓名":"李晓燕","性 别":"无","出生":"1990-01-02"})", "undetermined", "null"},
        {"名单", R"([{"姓名":"李","性 别":"男","出生":"1990-01-02"}])",
         "[{姓名: \"李\", 性 别: \"男\", 出生: 1990-01-02}]",
         "[{姓名: \"李\", 性 别: \"男\", 出生: 1990-01-02}]"},
        {"两人", "[1, 2]", "[1, 2]", "[1, 2]"},
        {"两人", "7", "[7]", "[7]"},
        {"少数", "[1, 2]", "[1, 2]", "[1, 2]"},
        {"少数", "[1, 20]", "undetermined", "null"},
        {"少数", "[1, 2, 3]", "undetermined", "null"},
        {"树", R"({"值":1,"枝":[{"值":2,"枝":[]}]})", "{值: 1, 枝: [{值: 2, 枝: []}]}",
         "{值: 1, 枝: [{值: 2, 枝: []}]}"},
        {"树", R"({"值":1,"枝":[{"值":"二","枝":[]}]})", "undetermined", "null"},
        {"", "0.1", "0.1", "0.1"},
        {"Any", "9007199254740993", "9007199254740993", "9007199254740993"},
    };
    for (auto const& one : cases) {
        auto const model =
            definitions(types + input("某", one.type) + decision("答", {{"某"}, {}, {}}, literal("某")));
        for (auto const profile : {Profile::strict, Profile::standard}) {
            auto const made = loaded(model, profile);
            ASSERT_TRUE(made.findings.empty()) << made.findings[0].zh;
            auto const value = read_json_text(std::string(R"({"某":)") + one.json + "}");
            ASSERT_TRUE(value.ok()) << one.json;
            auto const inputs = made.model->typed(*value->context());
            auto const got = said(made.model->decide("答", inputs, settings_of(profile)).value);
            std::string const wanted = profile == Profile::strict ? one.strict : one.standard;
            EXPECT_TRUE(wanted == "undetermined" ? got.starts_with(wanted) : got == wanted)
                << one.type << one.json << got;
        }
    }
}

TEST(Types, members_with_blanks_in_their_names_are_reached) {
    auto const model = definitions(types + input("申请人", "人员") +
                                   decision("答", {{"申请人"}, {}, {}}, literal("申请人.性 别 = \"女\"")));
    auto const who =
        Context().put("姓名", "李").put("性 别", "女").put("出生", *read_value(Type::date, "1990-01-02"));
    EXPECT_EQ(decided(model, "答", Context().put("申请人", who)), "true");
}

TEST(Types, older_spellings_of_references_are_read) {
    auto const model =
        "<definitions xmlns=\"http://www.omg.org/spec/DMN/20151101/dmn.xsd\" "
        "xmlns:feel=\"http://www.omg.org/spec/FEEL/20140401\" xmlns:my=\"urn:test\" namespace=\"urn:test\">" +
        item("钱", tag("typeRef", "", "feel:number")) + input("甲", "my:钱") + input("乙", "feel:string") +
        decision("丙", {{"甲", "乙"}, {}, {}}, literal("乙 + string(甲)"), "feel:string") + "</definitions>";
    auto const made = loaded(model);
    EXPECT_TRUE(made.findings.empty());
    EXPECT_EQ(decided(model, "丙", Context().put("甲", number("3")).put("乙", "第")), "第3");
}

TEST(Types, faults_are_findings) {
    EXPECT_EQ(codes(loaded(definitions(item("甲", tag("typeRef", "", "没有"))))),
              (Strings{"type_is_not_known:3"}));
    EXPECT_EQ(codes(loaded(definitions(input("甲", "没有")))), (Strings{"type_is_not_known:3"}));
    auto const bad = loaded(definitions(item("甲", tag("typeRef", "", "number") + allowed("≥ 3"))));
    ASSERT_EQ(bad.findings.size(), 1U);
    EXPECT_EQ(bad.findings[0].code, "punctuation_is_full_width");
    EXPECT_EQ(bad.findings[0].where.owner, "甲");
    std::string chain;
    for (int i = 0; i < 200; ++i)
        chain += item("t" + std::to_string(i), tag("typeRef", "", "t" + std::to_string(i + 1)));
    auto const deep = loaded(definitions(chain + item("t200", tag("typeRef", "", "number"))));
    EXPECT_FALSE(deep.findings.empty());
    EXPECT_EQ(deep.findings[0].code, "type_is_too_deep");
}

TEST(JsonText, keeps_numbers_exactly) {
    auto const text =
        R"({"a":0.1,"b":[9007199254740993,-1.50e3,12345678901234567890.123456789],"c":null,"d":true,"e":"文"})";
    auto const value = read_json_text(text);
    ASSERT_TRUE(value.ok());
    EXPECT_EQ(
        json_text(*value),
        R"({"a":0.1,"b":[9007199254740993,-1500,12345678901234567890.123456789],"c":null,"d":true,"e":"文"})");
    EXPECT_EQ(json_text(Context()), "{}");
    EXPECT_EQ(json_text(List{*read_value(Type::date, "2026-10-15")}), "[\"2026-10-15\"]");
    for (auto const* wrong : {"", "{", "[1,]", "{\"a\":1,\"a\":2}", "1 2", "NaN", "{'a':1}"})
        EXPECT_EQ(read_json_text(wrong).error().code, "input_is_not_json") << wrong;
    EXPECT_EQ(read_json_text(std::string(1000, '[')).error().code, "input_is_not_json");
}

TEST(Save, keeps_diagrams_and_what_we_do_not_know) {
    std::string const model =
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" "
        "xmlns:dmndi=\"https://www.omg.org/spec/DMN/20191111/DMNDI/\" "
        "xmlns:厂=\"urn:vendor\" name=\"测\" namespace=\"urn:t\" 厂:版=\"3\"><extensionElements><厂:任意 "
        "甲=\"&lt;1&gt;\">文<厂:里/></厂:任意>"
        "</extensionElements><decision id=\"d\" name=\"d\" 厂:色=\"红\"><literalExpression><text>1 &lt; "
        "2</text></literalExpression></decision>"
        "<dmndi:DMNDI><dmndi:DMNDiagram id=\"g\"/></dmndi:DMNDI></definitions>";
    auto const document = open_document(model);
    ASSERT_TRUE(document.ok());
    auto const saved = save(*document);
    for (auto const* kept :
         {"<厂:任意 甲=\"&lt;1&gt;\">文<厂:里/></厂:任意>", "厂:色=\"红\"", "厂:版=\"3\"",
          "<dmndi:DMNDiagram id=\"g\"/>", "<text>1 &lt; 2</text>", "xmlns:厂=\"urn:vendor\""})
        EXPECT_NE(saved.find(kept), std::string::npos) << kept << saved;
    EXPECT_EQ(decided(saved, "d", {}), "true");
    EXPECT_EQ(open_document("<a/>").error().code, "model_is_not_dmn");
}

}  // namespace
}  // namespace tongban::rules::dmn
