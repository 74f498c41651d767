#include "supervision/decide.h"

#include <gtest/gtest.h>

#include "supervision/words.h"

namespace tongban::supervision {
namespace {

Calendar const calendar = Calendar::embedded();
Office const office{RegionCode{"990102001000"}, 1, calendar};
Office const empty_office{RegionCode{"990102001000"}, 0, calendar};

Instant noon(std::string_view day) {
    return start_of(MUST(read_day(day))) + std::chrono::hours{12};
}

cases::Facts accepted() {
    cases::Facts facts;
    facts.id = CaseId{"01k7h0000000000000000000c1"};
    facts.state = "accepted";
    facts.received_at = noon("2026-09-30");
    facts.changed_at = noon("2026-10-09");
    facts.due = Due{MUST(read_day("2026-10-12")), false};
    facts.review_role = "reviewer";
    return facts;
}

std::string why(cases::Facts const& facts, Office const& where = office) {
    auto stuck = why_stuck(facts, where);
    return stuck ? std::string(to_text(stuck->code)) + " " + tongban::to_text(stuck->since) : "moves";
}

TEST(Stuck, IsACaseThatNobodyMovesByTheUsualWork) {
    auto facts = accepted();
    EXPECT_EQ(why(facts), "moves");
    facts.silent = cases::Facts::Silent{"市公安局", noon("2026-10-08")};
    EXPECT_EQ(why(facts), "source_down 2026-10-08T12:00:00+08:00");
    facts.past_step = {"现场核查", "Site check", noon("2026-10-10")};
    EXPECT_EQ(why(facts), "past_step 2026-10-10T12:00:00+08:00");
    EXPECT_EQ(why(facts, empty_office), "no_reviewer 2026-10-09T12:00:00+08:00");
    facts.letter_failed_since = noon("2026-10-07");
    EXPECT_EQ(why(facts, empty_office), "letter_failed 2026-10-07T12:00:00+08:00");
    facts.trouble = "character_cannot_be_drawn";
    EXPECT_EQ(why(facts, empty_office), "licence_trouble 2026-10-09T12:00:00+08:00");
}

TEST(Stuck, IsNoClosedCaseUnlessItsLetterIsMissing) {
    auto facts = accepted();
    facts.state = "concluded";
    facts.is_closed = facts.is_answered = true;
    facts.due.reset();
    facts.review_role.clear();
    facts.closed_at = noon("2026-10-12");
    facts.silent = cases::Facts::Silent{"市公安局", noon("2026-10-08")};
    EXPECT_EQ(why(facts), "moves");
    EXPECT_FALSE(watch(facts, office).is_open);
    facts.letter_failed_since = noon("2026-10-12");
    EXPECT_EQ(why(facts), "letter_failed 2026-10-12T12:00:00+08:00");
    EXPECT_TRUE(watch(facts, office).is_open) << "somebody still waits for that letter";
}

TEST(Watched, CountsWorkingDaysFromReceiptToTheAnswer) {
    auto facts = accepted();
    EXPECT_EQ(tongban::to_text(*watch(facts, office).received_on), "2026-09-30");
    EXPECT_FALSE(watch(facts, office).answered_on);
    facts.is_closed = true;
    facts.closed_at = noon("2026-10-09");
    EXPECT_FALSE(watch(facts, office).answered_on) << "what people withdraw is no answer";
    facts.is_answered = true;
    auto watched = watch(facts, office);
    EXPECT_EQ(tongban::to_text(*watched.answered_on), "2026-10-09");
    EXPECT_EQ(watched.took_days, 2) << "the eighth and the ninth: before them lie the holidays";
    facts.closed_at = facts.received_at;
    EXPECT_EQ(watch(facts, office).took_days, 0);
    facts.was_received = false;
    EXPECT_FALSE(watch(facts, office).received_on) << "its papers are still to be brought";
}

TEST(Regions, AreReadAsRangesOfCodes) {
    std::vector<std::string> codes;
    for (auto const& scope : scopes_of(RegionCode{"990102001000"})) codes.push_back(scope.text);
    EXPECT_EQ(codes,
              (std::vector<std::string>{"990102001000", "990102000000", "990100000000", "990000000000"}));
    EXPECT_EQ(scopes_of(RegionCode{"990000000000"}).size(), 1U);
    EXPECT_EQ(last_below(RegionCode{"990102000000"}), "990102999999");
    EXPECT_EQ(last_below(RegionCode{"990102001002"}), "990102001002");
    EXPECT_EQ(last_below(RegionCode{"990000000000"}), "999999999999");
}

TEST(Sums, TakeBackExactlyWhatACaseAdded) {
    auto facts = accepted();
    facts.is_answered = facts.is_closed = true;
    facts.closed_at = noon("2026-10-09");
    Sums sums;
    auto watched = watch(facts, office);
    sums.add(watched, 1);
    EXPECT_EQ(sums.item_days.size(), 8U) << "two days in four regions";
    EXPECT_EQ(sums.spans.size(), 4U);
    sums.add(watched, -1);
    sums.drop_zeros();
    EXPECT_TRUE(sums.open.empty() && sums.body_days.empty() && sums.item_days.empty() && sums.spans.empty());
}

TEST(Median, IsTheMiddleOne) {
    EXPECT_FALSE(median({}));
    EXPECT_EQ(median({{3, 1}}), 3);
    EXPECT_EQ(median({{0, 1}, {5, 1}, {9, 1}}), 5);
    EXPECT_EQ(median({{0, 6}, {5, 1}, {9, 2}}), 0);
    EXPECT_EQ(median({{1, 1}, {2, 1}}), 1) << "of two the lower";
}

TEST(Urgency, PutsTheLateFirst) {
    EXPECT_TRUE(more_urgent({1, 0, 1, 0}, {100, 50, 0, 9}));
    EXPECT_TRUE(more_urgent({1, 0, 0, 1}, {100, 50, 0, 0}));
    EXPECT_TRUE(more_urgent({1, 1, 0, 0}, {100, 0, 0, 0}));
    EXPECT_FALSE(more_urgent({1, 0, 0, 0}, {1, 0, 0, 0}));
}

TEST(Words, AreThereInBothLanguagesForEveryReasonAndState) {
    for (auto code : {StuckCode::source_down, StuckCode::licence_trouble, StuckCode::letter_failed,
                      StuckCode::past_step, StuckCode::no_reviewer}) {
        EXPECT_EQ(MUST(read_stuck_code(to_text(code))), code);
        Stuck const stuck{code, "市公安局", noon("2026-10-08")};
        EXPECT_FALSE(why_words(stuck, Language::zh).empty());
        EXPECT_NE(why_words(stuck, Language::zh), why_words(stuck, Language::en));
    }
    EXPECT_EQ(read_stuck_code("bad_mood").error().code, "stuck_code_is_unknown");
    EXPECT_EQ(state_words("received", Language::zh), "待受理");
    EXPECT_EQ(state_words("received", Language::en), "To accept");
    EXPECT_EQ(why_words({StuckCode::licence_trouble, "seal_is_missing", {}}, Language::zh),
              "这个机关没有可用的电子印章，请联系印章管理员");
}

TEST(Lamp, SaysHowLateInTheDaysOfItsLimit) {
    auto watched = watch(accepted(), office);
    auto words = [&](std::string_view today, Language language = Language::zh) {
        auto lamp = lamp_of(watched, MUST(read_day(today)), calendar, language);
        return std::string(api::to_text(lamp.shape)) + " " + lamp.text;
    };
    EXPECT_EQ(words("2026-10-12"), "yellow 今天到期");
    EXPECT_EQ(words("2026-10-11"), "yellow 明天到期");
    EXPECT_EQ(words("2026-10-09"), "yellow 剩 2 日") << "the tenth is worked in lieu";
    EXPECT_EQ(words("2026-10-13"), "red 超 1 日");
    EXPECT_EQ(words("2026-10-17"), "red 超 4 日") << "a Saturday is late but adds none";
    EXPECT_EQ(words("2026-10-13", Language::en), "red 1 working day late");
    watched.due_unit = LimitUnit::natural_day;
    EXPECT_EQ(words("2026-10-17"), "red 超 5 自然日");
    EXPECT_EQ(words("2026-10-17", Language::en), "red 5 days late");
}

}  // namespace
}  // namespace tongban::supervision
