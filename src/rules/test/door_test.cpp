// The door as tables and models use it: frames, native functions, types, cells and why they failed.
#include <gtest/gtest.h>

#include "rules/compare.h"
#include "rules/rules.h"

namespace tongban::rules {
namespace {

Settings standard() {
    Settings out;
    out.profile = Profile::standard;
    return out;
}

Value number(std::int64_t of) {
    return Value(Decimal::of(of));
}

TEST(Frames, a_copy_of_names_that_grows_keeps_its_slots) {
    Names names;
    auto const age = names.declare("Applicant Age", Type::number);
    Names more = names;
    auto const limit = more.declare("limit", Type::number);
    auto const before = MUST(parse("Applicant Age + 1", names));
    auto const after = MUST(parse("Applicant Age > limit", more));
    Frame frame(more);
    frame.put(age, number(60));
    frame.put(limit, number(59));
    rules::Run run((Settings()));
    EXPECT_EQ(evaluate(before, frame, run), number(61));
    EXPECT_EQ(evaluate(after, frame, run), Value(true));
    EXPECT_EQ(evaluate(after, Frame(more), run).reason()->code, "name_has_no_value");
}

TEST(Frames, a_reason_goes_through_whatever_reads_it) {
    Names names;
    auto const first = names.declare("first", Type::boolean);
    auto const expression = MUST(parse("if first then 1 else 2", names));
    rules::Run run((Settings()));
    run.origin = "decision 1";
    Frame frame(names);
    frame.put(first, run.trouble("datum_is_missing", {3, 4}, "income"));
    auto const out = evaluate(expression, frame, run);
    ASSERT_TRUE(out.is_undetermined());
    EXPECT_EQ(out.reason()->name, "income");
    EXPECT_EQ(out.reason()->origin, "decision 1");
    EXPECT_EQ(out.reason()->place, (Place{3, 4}));
}

TEST(NativeFunctions, have_arguments_and_results_converted) {
    Names names;
    auto const type = FeelType::function({Type::number, FeelType::list(Type::string)}, Type::string);
    auto const slot = names.declare("join up", type);
    Frame frame(names);
    frame.put(slot, native_function("join up", {{"n", Type::number}, {"parts", FeelType::list(Type::string)}},
                                    Type::string, [](std::span<Value const> arguments, rules::Run&) -> Value {
                                        return Value(List{(*arguments[1].list())[0]});
                                    }));
    rules::Run run(standard());
    EXPECT_EQ(evaluate(MUST(parse("join up(1, \"a\")", names)), frame, run), Value("a"));
    EXPECT_EQ(evaluate(MUST(parse("join up(parts: [\"b\"], n: 1)", names)), frame, run), Value("b"));
    EXPECT_TRUE(evaluate(MUST(parse("join up(\"x\", \"a\")", names)), frame, run).is_null());
    EXPECT_TRUE(evaluate(MUST(parse("join up(1)", names)), frame, run).is_null());
    EXPECT_EQ(run.notes().back().code, "function_has_wrong_arguments");
}

TEST(NativeFunctions, may_fail_and_may_not_nest_for_ever) {
    Settings settings;
    settings.hosts = &HostFunctions::java_lang();
    auto const of = [&](std::string const& text) {
        return evaluate(MUST(parse(text, Names())), Context(), settings).because.code;
    };
    EXPECT_EQ(of("(function(a) external {java: {class: \"java.lang.Integer\", method signature: "
                 "\"valueOf(java.lang.String)\"}})(\"x\")"),
              "host_function_failed");
    Names names;
    auto const slot = names.declare("again", FeelType(Type::function));
    auto const body = MUST(parse("again(1)", names));
    auto frame = std::make_shared<Frame>(names);
    frame->put(slot, native_function("again", {{"x", {}}}, {},
                                     [&](std::span<Value const>, rules::Run& run) -> Value {
                                         return evaluate(body, *frame, run);
                                     }));
    rules::Run run(standard());
    EXPECT_EQ(evaluate(body, *frame, run).reason()->code, "evaluation_is_too_deep");
    frame->put(slot, Value());
}

TEST(Reasons, say_something_whatever_their_code) {
    for (auto const* code : {"no_rule_matches", "decision_is_not_known", "pattern_takes_too_long",
                             "datum_is_missing", "something_else_is_expected"}) {
        auto const said = Reason{code, {2, 3}, ""}.text();
        EXPECT_TRUE(said.starts_with("第2行第3个字：")) << said;
        EXPECT_GT(said.size(), std::string("第2行第3个字：。").size()) << code;
    }
    EXPECT_EQ((Reason{"decision_is_not_known", {1, 1}, "低保"}.text()),
              "第1行第1个字：模型里没有“低保”这个决策。");
}

TEST(Moments, are_the_callers_to_give) {
    auto const today = MUST(parse("today()", Names()));
    EXPECT_EQ(evaluate(today, Context(), Settings()).because.code, "moment_is_not_given");
    Settings settings;
    settings.now = DateTime::read("2026-11-22T23:30:00+08:00");
    EXPECT_EQ(evaluate(today, Context(), settings).value, Value(*Date::of(2026, 11, 22)));
}

TEST(Types, convert_as_declared_or_not_at_all) {
    rules::Run run(standard()), strict((Settings()));
    auto const numbers = FeelType::list(Type::number);
    EXPECT_EQ(coerce(number(1), numbers, run), Value(List{number(1)}));
    EXPECT_EQ(coerce(Value(List{number(1)}), Type::number, run), number(1));
    EXPECT_TRUE(coerce(Value(List{number(1), number(2)}), Type::number, run).is_null());
    EXPECT_EQ(coerce(Value(*Date::of(2026, 1, 2)), Type::date_time, run),
              Value(*DateTime::read("2026-01-02T00:00:00Z")));
    EXPECT_EQ(coerce(Value("a"), Type::number, strict).reason()->code, "types_do_not_fit");
    EXPECT_TRUE(coerce(Value(), Type::number, strict).is_null());
    auto const grade = FeelType(Type::string).tested("tGrade", [](Value const& value, rules::Run&) -> Value {
        return Value(*value.string() <= "C");
    });
    EXPECT_EQ(coerce(Value("B"), grade, strict), Value("B"));
    EXPECT_EQ(coerce(Value("Z"), grade, strict).reason()->code, "value_is_not_allowed");
    EXPECT_EQ(coerce(Value("Z"), FeelType::list(grade), strict).reason()->code, "types_do_not_fit");
}

TEST(Types, conform_by_their_parts) {
    auto const wide = FeelType::context({{"a", Type::number}});
    auto const narrow = FeelType::context({{"a", Type::number}, {"b", Type::string}});
    EXPECT_TRUE(narrow.conforms_to(wide));
    EXPECT_FALSE(wide.conforms_to(narrow));
    EXPECT_TRUE(FeelType::function({wide}, narrow).conforms_to(FeelType::function({narrow}, wide)));
    EXPECT_FALSE(FeelType::function({narrow}, wide).conforms_to(FeelType::function({wide}, wide)));
    EXPECT_EQ(FeelType::function({wide}, FeelType::list(Type::date)).text(),
              "function<context<a: number>> -> list<date>");
    EXPECT_EQ(read_value(Type::days_duration, "P1Y")->months_duration()->months, 12);
    EXPECT_FALSE(read_value(Type::date, "2026-02-30").has_value());
}

struct CellCase {
    char const* text;
    Value input;
    char const* strict;
    char const* standard;
};

TEST(Cells, answer_alike_whether_ready_or_reckoned) {
    Names names;
    auto const limit = names.declare("limit", Type::number);
    Frame frame(names);
    frame.put(limit, number(60));
    CellCase const cases[] = {
        {"-", Value(), "true", "true"},
        {"[18..60]", number(60), "true", "true"},
        {"[18..60)", number(60), "false", "false"},
        {"< 18, > 60", number(70), "true", "true"},
        {"not(< 18, > 60)", number(70), "false", "false"},
        {">= limit", number(60), "true", "true"},
        {"? > limit or ? = 1", number(1), "true", "true"},
        {"limit", number(60), "true", "true"},
        {"\"A\",\"B\"", Value("B"), "true", "true"},
        {"[\"A\", \"B\"]", Value("C"), "false", "false"},
        {"null", Value(), "true", "true"},
        {"null, 3", Value(), "true", "true"},
        {"not(null)", number(1), "true", "true"},
        {"true", Value(false), "false", "false"},
        {"false", Value(false), "true", "true"},
        {"\"A\"", Value(), "datum_is_missing", "false"},
        {">= 60", Value(), "datum_is_missing", "null"},
        {"not(\"A\")", Value(), "datum_is_missing", "true"},
        {"3", Value("x"), "types_do_not_fit", "null"},
        {"-5", number(-5), "true", "true"},
        {"date(\"2026-01-01\")", Value(*Date::of(2026, 1, 1)), "true", "true"},
        {"2", Value(List{number(1), number(2)}), "true", "true"},
    };
    for (auto const& one : cases) {
        for (auto const profile : {Profile::strict, Profile::standard}) {
            auto const parsed = read_tests(one.text, names, {}, {}, profile);
            ASSERT_TRUE(parsed.tests.has_value()) << one.text << parsed.trouble.text();
            Settings settings;
            settings.profile = profile;
            rules::Run run(settings);
            auto const out = test(*parsed.tests, one.input, frame, run);
            auto const text = out.is_undetermined() ? out.reason()->code : feel_text(out);
            EXPECT_EQ(text, profile == Profile::strict ? one.strict : one.standard) << one.text;
        }
    }
}

TEST(Cells, are_refused_where_they_never_fit) {
    Names const names;
    EXPECT_EQ(read_tests("\"A\"", names, Type::number).trouble.code, "types_never_fit");
    EXPECT_EQ(read_tests("[1..5]", names, Type::string).trouble.code, "types_never_fit");
    EXPECT_EQ(read_tests("VIP", names, Type::string).trouble.code, "name_is_not_known");
    EXPECT_EQ(read_tests("", names).trouble.code, "expression_is_empty");
    EXPECT_EQ(read_tests("1 2", names).trouble.code, "expression_goes_on");
    EXPECT_EQ(read_tests("≥ 60", names).trouble.fix, ">=");
}

TEST(Cells, say_which_test_failed_on_which_value) {
    auto const tests = *read_tests("< 18, [60..70)", Names(), Type::number).tests;
    rules::Run run((Settings()));
    auto const trace = explain(tests, number(72), Frame(), run);
    EXPECT_EQ(trace.outcome, Value(false));
    ASSERT_EQ(trace.parts.size(), 2U);
    EXPECT_EQ(trace.parts[0].text, "< 18");
    EXPECT_EQ(trace.parts[1].text, "[60..70)");
    EXPECT_EQ(trace.parts[1].place, (Place{1, 7}));
    EXPECT_EQ(trace.parts[1].against, (std::vector<Value>{number(60), number(70)}));
    EXPECT_EQ(trace.parts[1].outcome, Value(false));
}

TEST(Json, carries_every_exact_value) {
    for (auto const* text : {R"({"$date_time":"2026-01-01T08:00:00+08:00"})", R"({"$time":"08:00:00Z"})",
                             R"({"$duration":"P1Y2M"})", R"({"$duration":"PT1H"})", R"({"$number":"0.1"})"})
        EXPECT_EQ(json::serialize(to_json(MUST(from_json(json::parse(text))))), text);
}

}  // namespace
}  // namespace tongban::rules
