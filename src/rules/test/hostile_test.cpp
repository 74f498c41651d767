// Input made to hurt ends in a named error, quickly and without a deep stack.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "rules/rules.h"

namespace tongban::rules {
namespace {

std::string repeated(std::string_view text, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += text;
    return out;
}

Names some_names() {
    return Names().add("a", Type::number).add("b", Type::boolean).add("items", Type::list);
}

std::string trouble_of(std::string const& text, Budget const& budget = {}) {
    return read(text, some_names(), budget).trouble.code;
}

TEST(Hostile, nesting_is_refused_by_name_at_any_depth) {
    Budget const wide{.source_bytes = 4'000'000};
    for (int const depth : {100, 100'000}) {
        for (auto const* open : {"(", "[", "-", "not(", "if ", "[1, ", "count("}) {
            EXPECT_EQ(trouble_of(repeated(open, depth), wide), "expression_is_too_deep") << open;
        }
        EXPECT_EQ(trouble_of("1" + repeated(" + 1", depth), wide), "expression_is_too_deep");
        EXPECT_EQ(trouble_of("1" + repeated(" / 1", depth), wide), "expression_is_too_deep");
        EXPECT_EQ(trouble_of(repeated("if b then 1 else ", depth) + "1", wide), "expression_is_too_deep");
        EXPECT_EQ(trouble_of("b" + repeated(" and b", depth), wide), "") << "a long row is not deep";
    }
    EXPECT_EQ(trouble_of(repeated("(", 60) + "1" + repeated(")", 60)), "");
}

TEST(Hostile, length_is_refused_before_anything_is_read) {
    EXPECT_EQ(trouble_of("\"" + std::string(10'000'000, 'x') + "\""), "expression_is_too_long");
    EXPECT_EQ(trouble_of(std::string(10'000'000, '(')), "expression_is_too_long");
    EXPECT_EQ(trouble_of("\xff\xfe"), "text_is_not_utf8");
    EXPECT_EQ(trouble_of(std::string("a\0b", 3)), "text_is_not_utf8");
    EXPECT_EQ(trouble_of("\xed\xa0\x80"), "text_is_not_utf8") << "a surrogate in UTF-8";
    EXPECT_EQ(trouble_of("a > \x01"), "character_is_not_known");
}

TEST(Hostile, evaluation_stops_at_its_budget) {
    List many;
    for (int i = 0; i < 200'000; ++i) many.emplace_back(Decimal::of(i));
    Context const context = Context().put("items", Value(std::move(many)));
    auto const expression = MUST(parse("items = items", some_names()));
    EXPECT_EQ(decide(expression, context).because.code, "evaluation_is_too_long");
    EXPECT_EQ(decide(expression, context, {.steps = 1'000'000}).verdict, Verdict::yes);
    EXPECT_EQ(decide(MUST(parse("-1 in items", some_names())), context).because.code,
              "evaluation_is_too_long");
}

std::string spent_on(std::string const& text, Settings const& settings) {
    Budget const wide{.source_bytes = 20'000'000};
    auto const parsed = read(text, Names(), wide, settings.profile);
    if (!parsed.expression) return "!" + parsed.trouble.code;
    rules::Run run(settings);
    (void)evaluate(*parsed.expression, Frame(), run);
    return run.exhausted() ? run.exhausted()->code : "";
}

TEST(Hostile, explosions_end_within_the_budget_in_both_profiles) {
    std::string const doubling =
        "count(for i in 1..200 return if i = 1 then [1, 2] else concatenate(partial[-1], partial[-1]))";
    std::pair<std::string, std::string> const cases[] = {
        {"for i in 1..1000000000000 return i", "evaluation_is_too_long"},
        {"for i in -1e33..1e33 return i", "evaluation_is_too_long"},
        {"some x in 1..1e12, y in 1..1e12 satisfies x < 0", "evaluation_is_too_long"},
        {"count(for d in @\"-999999999-01-01\"..@\"999999999-12-31\" return d)", "evaluation_is_too_long"},
        {"for i in 1..64 return if i = 1 then \"ab\" else partial[-1] + partial[-1]",
         "evaluation_is_too_large"},
        {doubling, "evaluation_is_too_large"},
        {"(function(f) f(f))(function(f) f(f))", "evaluation_is_too_deep"},
        {"for i in 1..3000 return if i = 1 then [] else [partial[-1]]", "evaluation_is_too_deep"},
        {"for i in 1..3000 return if i = 1 then {} else {a: partial[-1]}", "evaluation_is_too_deep"},
        {"for i in 1..3000 return if i = 1 then 1 else function() partial[-1]", "evaluation_is_too_deep"},
        {"for i in 1..60 return partial", "evaluation_is_too_large"},
        {"for i in 1..60 return if i = 1 then \"ab\" else [partial[-1], partial[-1]]",
         "evaluation_is_too_large"},
        {"for i in 1..60 return if i = 1 then 1 else {a: partial[-1], b: partial[-1]}",
         "evaluation_is_too_large"},
        {"matches(string join(for i in 1..60 return \"a\") + \"b\", \"(a*)*c\")", "pattern_takes_too_long"},
        {"replace(string join(for i in 1..60 return \"a\"), \"(a|aa)+$|b\", \"$1$1\")", ""},
        {"sort(for i in 1..20000 return i, function(a, b) a < b)", "evaluation_is_too_long"}};
    for (auto const profile : {Profile::strict, Profile::standard}) {
        Settings settings;
        settings.profile = profile;
        settings.budget.memory_bytes = 16 * 1024 * 1024;
        for (auto const& [text, code] : cases) {
            auto steps = settings;
            bool const wide = code != "evaluation_is_too_long";
            if (wide) steps.budget.steps = 50'000'000;
            EXPECT_EQ(spent_on(text, steps), code) << text;
        }
    }
}

TEST(Hostile, long_literals_and_deep_values_are_named) {
    Settings const settings;
    EXPECT_EQ(spent_on("string length(\"" + std::string(10'000'000, 'x') + "\") > 1", settings), "");
    EXPECT_EQ(spent_on(std::string(10'000'000, '9'), settings), "!number_is_out_of_range");
    EXPECT_EQ(spent_on("0." + std::string(10'000'000, '9'), settings), "");
    EXPECT_EQ(spent_on(std::string(10'000'000, '$'), settings), "!character_is_not_known");
    for (auto const* open : {"{a: ", "function(a) ", "[1][", "for x in ", "some x in ", "(function(a) ",
                             "? in (", "@", "1 in (< "})
        EXPECT_NE(spent_on(repeated(open, 100'000), settings), "") << open;
}

TEST(Hostile, the_caller_may_stop_an_evaluation) {
    Settings settings;
    settings.budget.steps = 1'000'000'000;
    int asked = 0;
    settings.stop = [&asked] { return ++asked > 3; };
    EXPECT_EQ(spent_on("for i in 1..1e9 return null", settings), "evaluation_was_stopped");
    EXPECT_EQ(asked, 4);
}

TEST(Hostile, json_nested_too_deep_is_no_value) {
    Json deep = 1;
    for (int i = 0; i < 100; ++i) deep = json::array{std::move(deep)};
    EXPECT_EQ(from_json(deep).error().code, "json_value_is_malformed");
    EXPECT_EQ(from_json(Json(0.1)).error().code, "json_value_is_not_exact");
    EXPECT_EQ(from_json(Json{{"$date", "2026-02-30"}}).error().code, "json_value_is_malformed");
    EXPECT_EQ(from_json(Json{{"$shell", "rm"}}).error().code, "json_value_is_malformed");
    EXPECT_EQ(MUST(from_json(Json(3.0))), Value(Decimal::of(3)));
}

TEST(Expression, is_shared_by_threads_and_knows_its_names) {
    auto const names = Names()
                           .add("applicant.id_number", Type::string)
                           .add("relation", Type::string)
                           .alias("关系", "relation");
    auto const expression = MUST(parse("关系 = \"other\" and applicant.id_number != relation", names));
    EXPECT_EQ(expression.names(), (std::vector<std::string>{"applicant.id_number", "relation"}));
    EXPECT_EQ(expression.type(), Type::boolean);
    Context const context = Context().put("relation", "other").put_path("applicant.id_number", "9");
    std::vector<std::thread> threads;
    std::atomic<int> yes = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, copy = expression] {
            for (int j = 0; j < 1000; ++j) yes += decide(copy, context).verdict == Verdict::yes ? 1 : 0;
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(yes, 4000);
}

TEST(Condition, must_be_a_yes_or_no) {
    auto const names = some_names();
    EXPECT_EQ(parse_condition("a + 1", names).error().code, "condition_is_not_a_boolean");
    EXPECT_TRUE(parse_condition("a > 1", names).ok());
    EXPECT_EQ(parse("agee", names).error().kind, ErrorKind::invalid);
}

TEST(Trouble, says_where_and_what_instead) {
    auto const names = Names().add("年龄", Type::number).add("relation", Type::string);
    EXPECT_EQ(read("true and\n 年龄 ≥ 60", names).trouble.text(),
              "第2行第5个字：“≥”是全角符号，请改成半角 >=。");
    EXPECT_EQ(read("年令 > 1", names).trouble.text(),
              "第1行第1个字：没有“年令”这个名称，是不是 年龄；若是文字，写作 \"年令\"。");
    EXPECT_EQ(browser_tree(*read("for x in [1] return x", names).expression).error().detail,
              "第1行第1个字：浏览器里还不能算“for”，请用比较、and、or、四则运算、in、between、count、contains"
              " 等。");
    EXPECT_EQ(read("年龄 > ", names).trouble.text(),
              "第1行第6个字：写的是“结尾”，这里应是 名称、数、文字或 (。");
}

TEST(Date, counts_days_over_all_years) {
    EXPECT_EQ(Date::of(1970, 1, 1)->days, 0);
    EXPECT_EQ(Date::of(2000, 3, 1)->days, 11017);
    EXPECT_EQ(Date::of(-999'999'999, 1, 1)->text(), "-999999999-01-01");
    EXPECT_EQ(Date::of(999'999'999, 12, 31)->text(), "999999999-12-31");
    EXPECT_FALSE(Date::of(1900, 2, 29).has_value());
    EXPECT_TRUE(Date::of(2000, 2, 29).has_value());
    for (std::int64_t day = -1'000'000; day < 1'000'000; day += 997)
        EXPECT_EQ(Date::read(Date{day}.text())->days, day);
    for (auto const* text :
         {"2026-13-01", "2026-00-10", "2026-01-32", "12026-1-1", "02026-01-01", "2026/01/01", "2026-1-011"})
        EXPECT_FALSE(Date::read(text).has_value()) << text;
}

}  // namespace
}  // namespace tongban::rules
