// test/shared/rules.cases.json: the same cases, values and reasons on the server and in the browser.
#include "rules/test/shared_cases.h"

#include <gtest/gtest.h>

#include <map>

#include "rules/rules.h"

namespace tongban::rules {
namespace {

constexpr char const* path = "test/shared/rules.cases.json";

Type type_of(std::string_view text) {
    for (Type const type :
         {Type::any, Type::boolean, Type::number, Type::string, Type::date, Type::list, Type::context}) {
        if (to_text(type) == text) return type;
    }
    ADD_FAILURE() << "no type " << text;
    return Type::any;
}

Names names_of(json::object const& file) {
    Names out;
    for (auto const& [name, type] : file.at("names").as_object()) out.add(name, type_of(type.as_string()));
    for (auto const& [name, stands_for] : file.at("aliases").as_object())
        out.alias(name, stands_for.as_string());
    return out;
}

void expect_trouble(json::object const& one, Parsed const& parsed) {
    ASSERT_FALSE(parsed.expression.has_value());
    EXPECT_EQ(parsed.trouble.code, one.at("trouble").as_string());
    EXPECT_EQ(parsed.trouble.place.line, one.at("at").as_array()[0].as_int64());
    EXPECT_EQ(parsed.trouble.place.column, one.at("at").as_array()[1].as_int64());
    if (one.contains("fix")) {
        EXPECT_EQ(parsed.trouble.fix, one.at("fix").as_string());
    }
    EXPECT_NE(parsed.trouble.text().find("个字："), std::string::npos);
}

/// The server takes it; the browser has no means.
void expect_beyond(json::object const& one, Parsed const& parsed) {
    ASSERT_TRUE(parsed.expression.has_value()) << parsed.trouble.text();
    auto const tree = browser_tree(*parsed.expression);
    ASSERT_FALSE(tree.ok());
    EXPECT_EQ(tree.error().code, "expression_is_beyond_the_browser");
    auto const& at = one.at("at").as_array();
    auto const place =
        "第" + std::to_string(at[0].as_int64()) + "行第" + std::to_string(at[1].as_int64()) + "个字：";
    EXPECT_EQ(tree.error().detail.rfind(place, 0), 0U) << tree.error().detail;
}

void expect_answer(json::object const& one, Expression const& expression, Context const& context) {
    if (one.contains("value")) {
        auto const out = evaluate(expression, context);
        ASSERT_TRUE(out.value.has_value()) << out.because.code;
        EXPECT_EQ(json::serialize(to_json(*out.value)),
                  json::serialize(to_json(*from_json(one.at("value")))));
        return;
    }
    auto const out = decide(expression, context);
    EXPECT_EQ(to_text(out.verdict), one.at("verdict").as_string()) << out.because.code;
    if (!one.contains("because")) return;
    EXPECT_EQ(out.because.code, one.at("because").as_string());
    EXPECT_NE(out.because.text().find("个字："), std::string::npos);
}

TEST(SharedCases, parse_evaluate_and_ship_alike) {
    Json file = test::json_of(path);
    ASSERT_TRUE(file.is_object()) << path << " is not found: run inside the tree, or set TONGBAN_ROOT";
    auto const names = names_of(file.as_object());
    Context const context = *MUST(from_json(file.at("context"))).context();
    for (auto& item : file.at("cases").as_array()) {
        auto& one = item.as_object();
        SCOPED_TRACE(std::string(one.at("text").as_string()));
        auto const parsed = read(std::string(one.at("text").as_string()), names);
        if (one.contains("trouble") && one.at("trouble") == "expression_is_beyond_the_browser") {
            expect_beyond(one, parsed);
            continue;
        }
        if (one.contains("trouble")) {
            expect_trouble(one, parsed);
            continue;
        }
        EXPECT_TRUE(parsed.expression.has_value()) << parsed.trouble.text();
        if (!parsed.expression) continue;
        expect_answer(one, *parsed.expression, context);
        auto const tree = MUST(browser_tree(*parsed.expression));
        EXPECT_EQ(tree, to_tree(*parsed.expression));
        if (test::rebaselines()) one["tree"] = tree;
        EXPECT_TRUE(one.contains("tree") && one.at("tree") == tree) << "TONGBAN_REBASELINE=1";
    }
    if (test::rebaselines()) test::write_cases(path, file.as_object());
}

}  // namespace
}  // namespace tongban::rules
