#include <gtest/gtest.h>

#include "base/base.h"

using namespace tongban;

namespace {
Day day(char const* text) {
    return MUST(read_day(text));
}
Calendar const& calendar() {
    static auto const one = Calendar::embedded();
    return one;
}
Due due(char const* from, int value, LimitUnit unit) {
    return due_after(calendar(), day(from), {value, unit});
}
}  // namespace

TEST(calendar, holds_2004_to_2026) {
    for (int year = 2004; year <= 2026; ++year) EXPECT_TRUE(calendar().has_year(year)) << year;
    EXPECT_FALSE(calendar().has_year(2003));
    EXPECT_FALSE(calendar().has_year(2027));
}

TEST(calendar, national_day_2026_and_its_make_up_days) {
    for (auto text : {"2026-10-01", "2026-10-04", "2026-10-07"})
        EXPECT_EQ(calendar().kind(day(text)), DayKind::holiday);
    EXPECT_EQ(calendar().holiday_name(day("2026-10-01")), "国庆节");
    EXPECT_EQ(calendar().holiday_name(day("2026-10-08")), "");
    EXPECT_EQ(calendar().kind(day("2026-10-08")), DayKind::working);
    EXPECT_EQ(calendar().kind(day("2026-09-19")), DayKind::weekend);
    for (auto text : {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"}) {
        EXPECT_EQ(calendar().kind(day(text)), DayKind::make_up) << text;
        EXPECT_TRUE(calendar().works(day(text))) << text;
    }
    for (auto text : {"2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"})
        EXPECT_EQ(calendar().kind(day(text)), DayKind::make_up) << text;
}

TEST(limits, the_first_day_is_not_counted) {
    EXPECT_EQ(due("2026-10-15", 1, LimitUnit::working_day), (Due{day("2026-10-16"), false}));
    EXPECT_EQ(due("2026-10-15", 0, LimitUnit::working_day), (Due{day("2026-10-15"), false}));
    EXPECT_EQ(due("2026-10-15", 5, LimitUnit::working_day), (Due{day("2026-10-22"), false}));
}

TEST(limits, working_days_go_around_national_day) {
    // 28, 29, 30 September, 8, 9 October, and Saturday 10 October is worked.
    EXPECT_EQ(due("2026-09-27", 3, LimitUnit::working_day).day, day("2026-09-30"));
    EXPECT_EQ(due("2026-09-30", 1, LimitUnit::working_day).day, day("2026-10-08"));
    EXPECT_EQ(due("2026-09-30", 3, LimitUnit::working_day).day, day("2026-10-10"));
    EXPECT_EQ(due("2026-09-30", 4, LimitUnit::working_day).day, day("2026-10-12"));
}

TEST(limits, natural_days_that_end_on_rest_days_end_on_the_next_working_day) {
    EXPECT_EQ(due("2026-09-28", 3, LimitUnit::natural_day).day, day("2026-10-08"));
    EXPECT_EQ(due("2026-10-15", 2, LimitUnit::natural_day).day, day("2026-10-19"));
    EXPECT_EQ(due("2026-10-08", 2, LimitUnit::natural_day).day, day("2026-10-10"));  // a worked Saturday
    EXPECT_EQ(due("2026-10-12", 15, LimitUnit::natural_day).day, day("2026-10-27"));
}

TEST(limits, months_end_on_the_same_day_or_the_last) {
    EXPECT_EQ(due("2026-10-15", 1, LimitUnit::month).day, day("2026-11-16"));  // the 15th is a Sunday
    EXPECT_EQ(due("2025-12-31", 2, LimitUnit::month).day, day("2026-02-28"));  // worked in lieu
    EXPECT_EQ(due("2024-01-31", 1, LimitUnit::month).day, day("2024-02-29"));
}

TEST(limits, hours_count_as_whole_days) {
    EXPECT_EQ(due("2026-10-12", 24, LimitUnit::hour).day, day("2026-10-13"));
    EXPECT_EQ(due("2026-10-12", 25, LimitUnit::hour).day, day("2026-10-14"));
}

TEST(limits, a_year_without_calendar_makes_the_day_provisional_until_it_is_imported) {
    auto own = Calendar::embedded();
    Limit limit{5, LimitUnit::working_day};
    auto before = due_after(own, day("2026-12-30"), limit);
    EXPECT_EQ(before, (Due{day("2027-01-06"), true}));
    EXPECT_FALSE(due_after(own, day("2026-12-30"), {1, LimitUnit::working_day}).provisional);
    EXPECT_TRUE(due_after(own, day("2026-12-30"), {1, LimitUnit::month}).provisional);
    MUST(own.add_year(R"({"year":2027,"holidays":{"2027-01-01":"元旦"},"make_up":{"2027-01-02":"元旦"}})"));
    EXPECT_EQ(due_after(own, day("2026-12-30"), limit), (Due{day("2027-01-06"), false}));
    EXPECT_EQ(own.kind(day("2027-01-02")), DayKind::make_up);
}

TEST(calendar, refuses_malformed_years) {
    Calendar own;
    for (auto text : {R"([])", R"({"year":"2027","holidays":{},"make_up":{}})",
                      R"({"year":2027,"holidays":{}})", R"({"year":2027,"holidays":{},"make_up":{}})",
                      R"({"year":2027,"holidays":{"2026-01-01":"元旦"},"make_up":{}})",
                      R"({"year":2027,"holidays":{"2027-01-01":1},"make_up":{}})",
                      R"({"year":2027,"holidays":{"2027-01-01":"元旦"},"make_up":{"2027-01-04":"元旦"}})",
                      R"({"year":2027,"holidays":{"2027-01-02":"元旦"},"make_up":{"2027-01-02":"元旦"}})"}) {
        auto added = own.add_year(text);
        ASSERT_FALSE(added.ok()) << text;
        EXPECT_EQ(added.error().code, "calendar_is_malformed") << text;
    }
    EXPECT_FALSE(own.has_year(2027));
}

TEST(limits, working_days_between_is_signed) {
    EXPECT_EQ(working_days_between(calendar(), day("2026-09-30"), day("2026-10-10")), 3);
    EXPECT_EQ(working_days_between(calendar(), day("2026-10-10"), day("2026-09-30")), -3);
    EXPECT_EQ(working_days_between(calendar(), day("2026-10-15"), day("2026-10-15")), 0);
    EXPECT_EQ(working_days_between(calendar(), day("2026-10-16"), day("2026-10-18")), 0);
}

TEST(ruler, runs_from_monday_to_sunday_and_numbers_counted_days) {
    auto days = day_ruler(calendar(), day("2026-09-29"), day("2026-10-10"), LimitUnit::working_day);
    ASSERT_EQ(days.size(), 14U);
    EXPECT_EQ(days.front().day, day("2026-09-28"));
    EXPECT_EQ(days.back().day, day("2026-10-11"));
    std::vector<int> counts;
    for (auto const& one : days) counts.push_back(one.count);
    EXPECT_EQ(counts, (std::vector<int>{0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 3, 4, 0}));
    EXPECT_EQ(days[3].name, "国庆节");
    EXPECT_EQ(days[12].kind, DayKind::make_up);
    auto natural = day_ruler(calendar(), day("2026-10-12"), day("2026-10-14"), LimitUnit::natural_day);
    ASSERT_EQ(natural.size(), 7U);
    EXPECT_EQ(natural[0].count, 0);
    EXPECT_EQ(natural[2].count, 2);
    EXPECT_EQ(natural[3].count, 0);
}
