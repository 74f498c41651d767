// Quick tests of cells say what the reference says, or nothing.
#include <gtest/gtest.h>

#include "rules/dmn/quick.h"
#include "rules/test/dmn_kit.h"

namespace tongban::rules::dmn {
namespace {

TEST(QuickTest, agrees_with_the_reference_wherever_it_answers) {
    Strings const cells = {"5",
                           "-5",
                           "< 5",
                           "<=5",
                           "> -3",
                           ">= 5",
                           "[1..5]",
                           "(1..5)",
                           "[1..5)",
                           "]1..5]",
                           "]1..5[",
                           "(5..6)",
                           "[5..5]",
                           "(5..5)",
                           "\"A\"",
                           "\"A\",\"B\"",
                           "not(\"A\")",
                           "not(\"A\", \"B\")",
                           "true",
                           "false",
                           "\"\"",
                           "[-5..-1]",
                           "999999999999999999"};
    std::vector<Value> values;
    for (auto const* text :
         {"-6", "-5", "-3", "0", "1", "1.5", "4.999", "5", "5.0", "5.5", "6", "999999999999999999", "1e30"})
        values.push_back(number(text));
    for (Value const& other :
         {Value("A"), Value("B"), Value("a"), Value(""), Value(true), Value(false), Value()})
        values.push_back(other);
    int answers = 0;
    for (auto const& cell : cells) {
        auto const quick = QuickTest::of(cell);
        auto const tests = read_tests(cell, Names(), {}, {}, Profile::standard).tests;
        ASSERT_TRUE(tests) << cell;
        for (auto const& value : values) {
            auto const held = quick.holds(QuickTest::Input::of(value));
            if (!held) continue;
            ++answers;
            rules::Run run(settings_of(Profile::standard));
            auto const reference = test(*tests, value, Frame(), run);
            ASSERT_NE(reference.boolean(), nullptr) << cell << " of " << said(value);
            EXPECT_EQ(*held, *reference.boolean()) << cell << " of " << said(value);
        }
    }
    EXPECT_GT(answers, 150);
}

TEST(QuickTest, says_nothing_of_what_it_does_not_know) {
    for (auto const* cell :
         {"", "-", "a", "1.5", "< a", "[1..a]", "[5..1]", "\"a\\n\"", "\"a\" + \"b\"", "not(5)", "1, 2",
          "null", "? > 3", "< 9999999999999999999", "date(\"2026-01-01\")", "[1..2], [3..4]"})
        for (Value const& value : {number("3"), Value("a"), Value(true)})
            EXPECT_FALSE(QuickTest::of(cell).holds(QuickTest::Input::of(value)).has_value()) << cell;
    EXPECT_FALSE(QuickTest::of("5").holds(QuickTest::Input::of(Value("5"))).has_value());
    EXPECT_FALSE(QuickTest::of("< 5").holds(QuickTest::Input::of(number("1.5"))).has_value());
    EXPECT_FALSE(QuickTest::of("\"A\"").holds(QuickTest::Input::of(Value())).has_value());
}

}  // namespace
}  // namespace tongban::rules::dmn
