// `tongban rules`: what it prints, and how it ends.
#include "app/rules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/program.h"
#include "kit/tree.h"

namespace tongban::app {

namespace {

namespace fs = std::filesystem;

constexpr char const* space = "https://www.omg.org/spec/DMN/20230324/MODEL/";

std::string model(std::string const& body, std::string const& its_space = "urn:t") {
    return std::string("<definitions xmlns=\"") + space + "\" name=\"t\" namespace=\"" + its_space + "\">" +
           body + "</definitions>";
}

std::string decision(std::string const& name, std::string const& text, std::string const& needs = "") {
    return "<decision id=\"" + name + "\" name=\"" + name + "\">" + needs + "<literalExpression><text>" +
           text + "</text></literalExpression></decision>";
}

std::string const income =
    "<inputData id=\"收入\" name=\"收入\"><variable name=\"收入\" typeRef=\"number\"/></inputData>";
std::string const needs_income =
    "<informationRequirement><requiredInput href=\"#收入\"/></informationRequirement>";

class RulesCommand : public testing::Test {
protected:
    void SetUp() override {
        std::string place = (fs::temp_directory_path() / "tongban-rules-XXXXXX").string();
        ASSERT_NE(mkdtemp(place.data()), nullptr);
        folder = place;
    }
    void TearDown() override { fs::remove_all(folder); }

    std::string put(std::string const& name, std::string const& text) const {
        auto const file = folder / name;
        fs::create_directories(file.parent_path());
        std::ofstream(file) << text;
        return file.string();
    }

    struct Ended {
        int code;
        std::string out, err;
    };
    static Ended run(std::vector<std::string> words, std::map<std::string, std::string> options = {}) {
        words.insert(words.begin(), "rules");
        std::ostringstream out, err;
        auto const code = rules_command({std::move(words), std::move(options)}, out, err);
        return {code, out.str(), err.str()};
    }

    fs::path folder;
};

TEST_F(RulesCommand, eval_answers_with_exact_numbers) {
    auto const file = put("甲.dmn", model(income + decision("税后", "收入 * 0.97", needs_income) +
                                          decision("零", "0.1 + 0.2")));
    auto const input = put("in.json", "{\"收入\": 9007199254740993.10}");
    auto const all = run({"eval", file}, {{"input", input}});
    EXPECT_EQ(all.code, 0);
    EXPECT_EQ(all.out,
              "{\"decision\":\"税后\",\"verdict\":\"determined\",\"value\":8736983277098763.307}\n"
              "{\"decision\":\"零\",\"verdict\":\"determined\",\"value\":0.3}\n");
    auto const one = run({"eval", file}, {{"decision", "零"}});
    EXPECT_EQ(one.out, "{\"decision\":\"零\",\"verdict\":\"determined\",\"value\":0.3}\n");
    auto const open = run({"eval", file}, {{"decision", "税后"}});
    EXPECT_EQ(open.code, 0) << "undetermined is an answer";
    EXPECT_NE(open.out.find("\"verdict\":\"undetermined\",\"because\":{\"code\":\"name_has_no_value\""),
              std::string::npos);
    auto const standard = run({"eval", file}, {{"decision", "税后"}, {"profile", "standard"}});
    EXPECT_NE(standard.out.find("\"value\":null"), std::string::npos);
    auto const told = run({"eval", file}, {{"decision", "零"}, {"explain", "yes"}});
    EXPECT_NE(told.out.find("\"explanation\":{\"verdict\":\"determined\""), std::string::npos);
}

TEST_F(RulesCommand, refusals_are_named) {
    auto const file = put("甲.dmn", model(decision("零", "0")));
    auto const expect = [&](Ended const& ended, int code, char const* name) {
        EXPECT_EQ(ended.code, code);
        EXPECT_NE(ended.err.find(name), std::string::npos) << ended.err;
    };
    expect(run({"eval", (folder / "无.dmn").string()}), 1, "file_is_not_readable");
    expect(run({"eval", folder.string()}), 1, "file_is_not_readable");
    expect(run({"eval", file}, {{"decision", "一"}}), 1, "decision_is_not_known");
    expect(run({"eval", file}, {{"input", put("a.json", "[1]")}}), 1, "input_is_not_an_object");
    expect(run({"eval", file}, {{"input", put("b.json", "{")}}), 1, "input_is_not_json");
    expect(run({"eval", put("坏.dmn", "<a>")}), 1, "xml_is_malformed");
    expect(run({"eval", file}, {{"profile", "loose"}}), 2, "option_is_unknown");
    EXPECT_EQ(run({"eval"}).code, 2);
    EXPECT_EQ(run({"guess", file}).code, 2);
}

TEST_F(RulesCommand, check_lists_every_finding_with_its_place) {
    auto const good = run({"check", put("好.dmn", model(decision("零", "0")))});
    EXPECT_EQ(good.code, 0);
    EXPECT_EQ(good.out, "0 errors, 0 warnings\n");
    auto const bad =
        run({"check", put("坏.dmn", model("\n" + income + "\n" + decision("甲", "收入 ≥ 1", needs_income) +
                                          "\n" + decision("乙", "1 + 丙")))});
    EXPECT_EQ(bad.code, 1);
    EXPECT_NE(bad.out.find("坏.dmn:3:4 literalExpression（在「甲」中）: error punctuation_is_full_width: "),
              std::string::npos)
        << bad.out;
    EXPECT_NE(bad.out.find("坏.dmn:4:5 literalExpression（在「乙」中）: error name_is_not_known: "),
              std::string::npos)
        << bad.out;
    EXPECT_NE(bad.out.find("2 errors, 0 warnings\n"), std::string::npos);
    EXPECT_EQ(run({"check", (kit::tree_root() / "packs/demo-city/rules/dibao.dmn").string()}).out,
              "0 errors, 0 warnings\n");
}

TEST_F(RulesCommand, models_beside_are_imported) {
    auto const import =
        std::string("<import name=\"底\" namespace=\"urn:base\" importType=\"") + space + "\"/>";
    auto const needs =
        "<informationRequirement><requiredDecision href=\"urn:base#标准\"/></informationRequirement>";
    put("base.dmn", model(decision("标准", "800"), "urn:base"));
    put("not-xml.dmn", "none");
    auto const file = put("main.dmn", model(import + decision("两倍", "底.标准 * 2", needs)));
    EXPECT_EQ(run({"eval", file}).out, "{\"decision\":\"两倍\",\"verdict\":\"determined\",\"value\":1600}\n");
}

std::string test_case(std::string const& id, std::string const& expected, std::string const& attributes = "",
                      std::string const& node = "答") {
    return "<testCase id=\"" + id + "\" " + attributes +
           "><inputNode name=\"收入\"><value xsi:type=\"xsd:decimal\">10</value></inputNode>"
           "<resultNode name=\"" +
           node + "\"><expected>" + expected + "</expected></resultNode></testCase>";
}

std::string test_file(std::string const& cases) {
    return "<testCases xmlns=\"http://www.omg.org/spec/DMN/20160719/testcase\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
           "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"><modelName>m.dmn</modelName>" +
           cases + "</testCases>";
}

TEST_F(RulesCommand, tck_counts_levels_and_names_what_fails) {
    auto const service = std::string(
        "<decisionService id=\"服\" name=\"服\"><outputDecision href=\"#答\"/><inputData "
        "href=\"#收入\"/></decisionService>");
    auto const body = income +
                      decision("答", "{三分: 收入 / 3, 表: [收入, null, \"文\", true]}", needs_income) +
                      service + decision("日", "date(\"2026-10-15\")") + decision("空", "1 + \"a\"");
    auto const wanted =
        "<component name=\"三分\"><value xsi:type=\"xsd:decimal\">3.333333333</value></component><component "
        "name=\"表\"><list>"
        "<item><value xsi:type=\"xsd:double\">10</value></item><item><value xsi:nil=\"true\"/></item>"
        "<item><value xsi:type=\"xsd:string\">文</value></item><item><value "
        "xsi:type=\"xsd:boolean\">true</value></item></list></component>";
    put("t/compliance-level-2/0001/m.dmn", model(body));
    put("t/compliance-level-2/0001/m-test-01.xml",
        test_file(test_case("001", wanted) +
                  test_case("002", wanted, "type=\"decisionService\" invocableName=\"服\"") +
                  test_case("003", "<value xsi:type=\"xsd:date\">2026-10-15</value>", "", "日") +
                  test_case("004", "<value xsi:nil=\"true\"/>", "", "空")));
    put("t/compliance-level-3/0002/m.dmn", model(body));
    put("t/compliance-level-3/0002/m-test-01.xml",
        test_file(test_case("001", "<value xsi:type=\"xsd:decimal\">3.4</value>") +
                  test_case("002", "<value xsi:nil=\"true\"/>") +
                  test_case("003", "<value xsi:type=\"xsd:date\">2026-10-16</value>", "", "日") +
                  test_case("004", "<value xsi:type=\"xsd:decimal\">1</value>", "", "空")));
    put("t/non-compliant/0003/x-test-01.xml", test_file(test_case("001", "<value xsi:nil=\"true\"/>")));
    auto const ended = run({"tck", (folder / "t").string()});
    EXPECT_EQ(ended.code, 1);
    EXPECT_NE(ended.out.find("compliance-level-2: 4 of 4 cases, 3 of 3 with a value expected, 2 needed the "
                             "tolerance of 1e-8\n"),
              std::string::npos)
        << ended.out;
    EXPECT_NE(ended.out.find("compliance-level-3: 0 of 4 cases, 0 of 3 with a value expected"),
              std::string::npos)
        << ended.out;
    EXPECT_NE(ended.out.find("non-compliant: 0 of 1 cases, 0 of 0 with a value expected, 0 needed the "
                             "tolerance of 1e-8 (not counted below)\n"),
              std::string::npos);
    EXPECT_NE(
        ended.out.find(
            "FAIL compliance-level-3/0002/m-test-01.xml 003: 日 should be 2026-10-16 but is 2026-10-15\n"),
        std::string::npos)
        << ended.out;
    EXPECT_TRUE(ended.out.ends_with("4 passed, 4 failed, 0 skipped\n")) << ended.out;
    EXPECT_EQ(run({"tck", (folder / "t/compliance-level-2").string()}).code, 0);
    EXPECT_EQ(run({"tck", (folder / "nothing").string()}).code, 1) << "a folder without cases proves nothing";
}

}  // namespace

}  // namespace tongban::app
