// Models made to hurt end in a named finding or reason, within what the caller allows.
#include <gtest/gtest.h>

#include "rules/test/dmn_kit.h"

namespace tongban::rules::dmn {
namespace {

std::string many(int count, char const* text) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

std::string nested(char const* open, char const* close, int depth) {
    return many(depth, open) + literal("1") + many(depth, close);
}

std::string first_code(std::string const& model) {
    auto const made = loaded(model);
    return made.findings.empty() ? "sound" : made.findings[0].code;
}

TEST(HostileModel, nesting_and_size_are_refused_by_name) {
    EXPECT_EQ(first_code(definitions(decision("甲", {}, nested("<list>", "</list>", 50)))), "sound");
    EXPECT_EQ(first_code(definitions(decision("甲", {}, nested("<list>", "</list>", 100'000)))),
              "xml_is_too_deep");
    EXPECT_EQ(
        first_code(definitions(decision("甲", {}, literal("\"" + std::string(10'000'000, 'x') + "\"")))),
        "xml_is_too_large");
    EXPECT_EQ(first_code(definitions(decision("甲", {}, literal("\"" + std::string(300'000, 'x') + "\"")))),
              "xml_text_is_too_long");
    EXPECT_EQ(first_code(definitions(decision("甲", {}, literal("\"" + std::string(20'000, 'x') + "\"")))),
              "expression_is_too_long");
    EXPECT_EQ(first_code(definitions(decision("甲", {}, literal(many(1000, "(") + "1" + many(1000, ")"))))),
              "expression_is_too_deep");
    EXPECT_EQ(first_code("<!DOCTYPE d [<!ENTITY a \"b\">]>" + definitions("")), "xml_has_a_document_type");
}

TEST(HostileModel, evaluation_ends_within_its_budget) {
    struct Case {
        std::string logic;
        char const* code;
    };
    std::string const row = "- => 1";
    for (auto const& one : std::vector<Case>{
             {literal("count(for i in 1..1000000000000 return i)"), "evaluation_is_too_long"},
             {tag("for", "iteratorVariable=\"i\"",
                  tag("in", "", literal("1..1000000000000")) + tag("return", "", literal("i"))),
              "evaluation_is_too_long"},
             {tag("some", "iteratorVariable=\"i\"",
                  tag("in", "", literal("1..1000000000000")) + tag("satisfies", "", literal("i < 0"))),
              "evaluation_is_too_long"},
         }) {
        auto const model = definitions(decision("甲", {}, one.logic));
        for (auto const profile : {Profile::strict, Profile::standard})
            EXPECT_TRUE(decided(model, "甲", {}, profile).starts_with("undetermined: evaluation_is_too_"))
                << one.logic << decided(model, "甲", {}, profile);
    }
    Settings stopped;
    stopped.stop = [] { return true; };
    auto const made = loaded(definitions(decision("甲", {}, literal("count(for i in 1..90000 return i)"))));
    EXPECT_EQ(said(made.model->decide("甲", {}, stopped).value), "undetermined: evaluation_was_stopped");
}

TEST(HostileModel, a_service_in_its_own_output_ends_too) {
    auto const model =
        definitions(decision("甲", {{}, {}, {"服"}}, literal("服()")) + service("服", {"甲"}, {}, {}));
    EXPECT_EQ(decided(model, "甲", {}), "undetermined: evaluation_is_too_deep");
    EXPECT_EQ(decided(model, "甲", {}, Profile::standard), "undetermined: evaluation_is_too_deep");
}

}  // namespace
}  // namespace tongban::rules::dmn
