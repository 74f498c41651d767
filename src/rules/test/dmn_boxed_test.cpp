// Boxed expressions, each once for what it says and once for what it does with a doubt.
#include <gtest/gtest.h>

#include "rules/test/dmn_kit.h"

namespace tongban::rules::dmn {
namespace {

std::string expression(std::string const& name, std::string const& inside,
                       std::string const& attributes = "") {
    return tag(name, attributes, inside);
}

std::string entry(std::string const& name, std::string const& logic, std::string const& type = "") {
    return tag("contextEntry", "", (name.empty() ? "" : variable(name, type)) + logic);
}

std::string binding(std::string const& name, std::string const& logic) {
    return tag("binding", "", tag("parameter", "name=\"" + name + "\"", "") + logic);
}

std::string function_of(Strings const& taken, std::string const& logic, std::string const& attributes = "") {
    return tag("functionDefinition", attributes, parameters(taken) + logic);
}

std::string loop(std::string const& kind, std::string const& name, std::string const& in,
                 std::string const& body) {
    auto const part = kind == "for" ? "return" : "satisfies";
    return tag(kind, "iteratorVariable=\"" + name + "\"", tag("in", "", in) + tag(part, "", body));
}

std::string filter_of(std::string const& in, std::string const& match) {
    return tag("filter", "", tag("in", "", in) + tag("match", "", match));
}

std::string conditional(std::string const& asked, std::string const& yes, std::string const& no) {
    return tag("conditional", "", tag("if", "", asked) + tag("then", "", yes) + tag("else", "", no));
}

std::string relation(Strings const& columns, std::vector<Strings> const& rows) {
    std::string inside;
    for (auto const& column : columns) inside += tag("column", "name=\"" + column + "\"", "");
    for (auto const& row : rows) {
        std::string cells;
        for (auto const& cell : row) cells += literal(cell);
        inside += tag("row", "", cells);
    }
    return tag("relation", "", inside);
}

struct Case {
    char const* what;
    std::string logic;
    char const *strict, *standard;
};

TEST(Boxed, expressions_say_what_they_say) {
    auto const family =
        relation({"姓名", "年龄"}, {{"\"周桂兰\"", "70"}, {"\"王知远\"", "21"}, {"\"小满\"", "9"}});
    auto const adult = function_of({"年龄:number"}, literal("年龄 >= 18"));
    std::vector<Case> const cases = {
        {"literal", literal("1 + 2"), "3", "3"},
        {"literal of a declared type", literal("[1, 2][item > 9]", "string"),
         "undetermined: types_do_not_fit", "null"},
        {"a list of one is its item", literal("[3]", "number"), "3", "3"},
        {"missing datum", literal("收入 + 1"), "undetermined: name_has_no_value", "null"},
        {"context", expression("context", entry("甲 一", literal("1")) + entry("乙", literal("甲 一 + 1"))),
         "{甲 一: 1, 乙: 2}", "{甲 一: 1, 乙: 2}"},
        {"context with a result",
         expression("context", entry("甲", literal("1")) + entry("", literal("甲 + 41"))), "42", "42"},
        {"context nested",
         expression("context", entry("外", expression("context", entry("内 容", literal("5")))) +
                                   entry("", literal("外.内 容 * 2"))),
         "10", "10"},
        {"entry of a declared type",
         expression("context", entry("甲", literal("\"一\""), "number") + entry("", literal("甲"))),
         "undetermined: types_do_not_fit", "null"},
        {"relation", family,
         "[{姓名: \"周桂兰\", 年龄: 70}, {姓名: \"王知远\", 年龄: 21}, {姓名: \"小满\", 年龄: 9}]",
         "[{姓名: \"周桂兰\", 年龄: 70}, {姓名: \"王知远\", 年龄: 21}, {姓名: \"小满\", 年龄: 9}]"},
        {"list", expression("list", literal("1") + family + literal("\"三\"")),
         "[1, [{姓名: \"周桂兰\", 年龄: 70}, {姓名: \"王知远\", 年龄: 21}, {姓名: \"小满\", 年龄: 9}], "
         "\"三\"]",
         "[1, [{姓名: \"周桂兰\", 年龄: 70}, {姓名: \"王知远\", 年龄: 21}, {姓名: \"小满\", 年龄: 9}], "
         "\"三\"]"},
        {"list without items", expression("list", ""), "[]", "[]"},
        {"conditional", conditional(literal("1 < 2"), literal("\"是\""), literal("\"否\"")), "是", "是"},
        {"conditional in doubt", conditional(literal("收入 < 2"), literal("\"是\""), literal("\"否\"")),
         "undetermined: name_has_no_value", "否"},
        {"conditional of null", conditional(literal("null"), literal("\"是\""), literal("\"否\"")),
         "undetermined: datum_is_missing", "否"},
        {"conditional of a number", conditional(literal("[1][1]"), literal("\"是\""), literal("\"否\"")),
         "undetermined: types_do_not_fit", "null"},
        {"filter", filter_of(family, literal("年龄 < 18 // 未成年")), "[{姓名: \"小满\", 年龄: 9}]",
         "[{姓名: \"小满\", 年龄: 9}]"},
        {"filter by item", filter_of(literal("[1, 2, 3]"), literal("item > 1")), "[2, 3]", "[2, 3]"},
        {"filter by a number", filter_of(literal("[1, 2, 3]"), literal("-1")),
         "undetermined: condition_is_not_a_boolean", "null"},
        {"filter by sometimes a number",
         filter_of(literal("[1, 2, 3]"), literal("if item < 3 then true else item")),
         "undetermined: condition_is_not_a_boolean", "null"},
        {"some of a number", loop("some", "i", literal("[1, 2]"), literal("if i = 2 then true else i")),
         "undetermined: condition_is_not_a_boolean", "null"},
        {"filter by a boxed condition",
         filter_of(literal("[1, 2, 3]"), conditional(literal("item > 2"), literal("true"), literal("false"))),
         "[3]", "[3]"},
        {"for", loop("for", "人 口", family, literal("人 口.年龄 * 2")), "[140, 42, 18]", "[140, 42, 18]"},
        {"for over a range, with what came before",
         loop("for", "i", literal("1..4"), literal("if i = 1 then 1 else i * partial[-1]")), "[1, 2, 6, 24]",
         "[1, 2, 6, 24]"},
        {"for within for",
         loop("for", "a", literal("[1, 2]"), loop("for", "b", literal("[10, a]"), literal("a * b"))),
         "[[10, 1], [20, 4]]", "[[10, 1], [20, 4]]"},
        {"some", loop("some", "p", family, literal("p.年龄 < 18")), "true", "true"},
        {"every", loop("every", "p", family, literal("p.年龄 < 18")), "false", "false"},
        {"every of none", loop("every", "p", literal("[]"), literal("p < 18")), "true", "true"},
        {"function",
         expression("context", entry("成年", adult) + entry("", literal("[成年(20), 成年(年龄: 3)]"))),
         "[true, false]", "[true, false]"},
        {"function keeps its scope",
         expression("context", entry("底", literal("60")) +
                                   entry("够", function_of({"n:number"}, literal("n >= 底"))) +
                                   entry("", literal("[59, 60][够(item)]"))),
         "[60]", "[60]"},
        {"invocation",
         expression("context", entry("成年", adult) +
                                   entry("", tag("invocation", "",
                                                 literal("成年") + binding("年龄", literal("17 + 1"))))),
         "true", "true"},
        {"invocation of no function", tag("invocation", "", literal("[1]") + binding("年龄", literal("17"))),
         "undetermined: invoked_thing_is_not_a_function", "null"},
        {"invocation with a wrong name",
         expression("context",
                    entry("成年", adult) +
                        entry("", tag("invocation", "", literal("成年") + binding("岁", literal("17"))))),
         "undetermined: function_has_wrong_arguments", "null"},
        {"function of the host",
         expression(
             "context",
             entry("大", function_of({"a:number", "b:number"},
                                     expression("context",
                                                entry("class", literal("\"java.lang.Math\"")) +
                                                    entry("method signature", literal("\"max(int, int)\""))),
                                     "kind=\"Java\"")) +
                 entry("", literal("大(3, 8)"))),
         "8", "8"},
        {"function that the host lacks",
         expression(
             "context",
             entry("大",
                   function_of({"a:number"},
                               expression("context", entry("class", literal("\"java.lang.Runtime\"")) +
                                                         entry("method signature", literal("\"exit(int)\""))),
                               "kind=\"Java\"")) +
                 entry("", literal("大(3)"))),
         "undetermined: host_function_is_not_known", "null"},
        {"predictive models are not ours",
         expression("context", entry("估", function_of({"a:number"}, literal("1"), "kind=\"PMML\"")) +
                                   entry("", literal("估(3)"))),
         "undetermined: host_function_is_not_known", "null"},
    };
    for (auto const& one : cases) {
        auto const model =
            definitions(input("收入", "number") + decision("结果", {{"收入"}, {}, {}}, one.logic));
        auto const findings = loaded(model).findings;
        EXPECT_TRUE(findings.empty()) << one.what << ": " << (findings.empty() ? "" : findings[0].zh);
        EXPECT_EQ(decided(model, "结果", {}), one.strict) << one.what;
        EXPECT_EQ(decided(model, "结果", {}, Profile::standard), one.standard) << one.what;
    }
}

TEST(Boxed, faults_are_named_with_their_place) {
    struct Fault {
        std::string logic;
        char const *code, *answer;
    };
    std::vector<Fault> const faults = {
        {literal("1 +"), "something_else_is_expected", ""},
        {literal("收人 + 1"), "name_is_not_known", ""},
        {tag("literalExpression", "expressionLanguage=\"http://www.w3.org/1999/XPath\"", text("1")),
         "expression_language_is_not_feel", "undetermined: expression_language_is_not_feel"},
        {tag("literalExpression", "", tag("importedValues", "", "")), "imported_values_are_not_supported",
         "undetermined: imported_values_are_not_supported"},
        {tag("conditional", "", tag("if", "", literal("true")) + tag("then", "", literal("1"))),
         "expression_is_missing", ""},
        {tag("invocation", "", ""), "expression_is_missing", "undetermined: expression_is_missing"},
        {tag("relation", "", tag("column", "name=\"甲\"", "") + tag("row", "", literal("1") + literal("2"))),
         "row_has_too_many_cells", ""},
        {tag("for", "", tag("in", "", literal("[1]")) + tag("return", "", literal("1"))),
         "expression_is_missing", "undetermined: expression_is_missing"},
        {tag("filter", "", tag("in", "", literal("[1]"))), "expression_is_missing",
         "undetermined: expression_is_missing"},
    };
    for (auto const& fault : faults) {
        auto const model =
            definitions(input("收入", "number") + "\n\n" + decision("结果", {{"收入"}, {}, {}}, fault.logic));
        auto const made = loaded(model);
        ASSERT_FALSE(made.findings.empty()) << fault.code;
        EXPECT_EQ(made.findings[0].code, fault.code) << made.findings[0].zh;
        EXPECT_GT(made.findings[0].where.line, 4) << fault.code;
        EXPECT_EQ(made.findings[0].where.owner, "结果");
        auto const got = decided(model, "结果", Context().put("收入", number("1")));
        if (*fault.answer != '\0') {
            EXPECT_EQ(got, fault.answer);
        }
    }
}

TEST(Boxed, faults_inside_an_expression_have_their_own_line_and_column) {
    auto const made = loaded(definitions(input("收入", "number") +
                                         decision("结果", {{"收入"}, {}, {}}, literal("收入 +\n  1 ≥ 2"))));
    ASSERT_EQ(made.findings.size(), 1U);
    auto const first = loaded(
        definitions(input("收入", "number") + decision("结果", {{"收入"}, {}, {}}, literal("收入 ≥ 2"))));
    EXPECT_EQ(made.findings[0].code, "punctuation_is_full_width");
    EXPECT_EQ(made.findings[0].where.line, first.findings[0].where.line + 1);
    EXPECT_EQ(made.findings[0].where.column, 5);
    auto const in_filter =
        loaded(definitions(decision("结果", {}, filter_of(literal("[1]"), literal("item ≥ 2")))));
    ASSERT_FALSE(in_filter.findings.empty());
    EXPECT_EQ(in_filter.findings[0].where.column, 6) << "counted in the author's text, not in ours";
}

}  // namespace
}  // namespace tongban::rules::dmn
