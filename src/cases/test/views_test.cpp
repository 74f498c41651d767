// What screens show of a case: lamps, rulers, sentences, steps, masks.
#include "cases/views.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "house.h"

namespace tongban::cases::test {
namespace {

std::vector<Gap> const gaps{{"field:other_name", "对方的姓名", "与户口簿不一致", "请照户口簿填写"}};
StaffId const clerk{"sl001"};
StaffId const reviewer{"sl003"};

/// A case brought to a state on the days that matter to a test.
struct Story {
    Ground ground = ground_at("2026-10-12 09:24");
    Case found = filed(ground);

    Today on(std::string_view day) {
        ground.now = noon(day);
        return ground.today();
    }
    Story& accepted(std::string_view day) {
        found = MUST(decide_accept(found, clerk, on(day)));
        return *this;
    }
    Story& asked(std::string_view day) {
        found = MUST(decide_ask_correction(found, gaps, gaps, on(day)));
        return *this;
    }
    Story& corrected(std::string_view day) {
        found = MUST(decide_answer_correction(found, on(day)));
        return *this;
    }
    Story& decided(std::string_view day, FinalVerdict verdict) {
        found = MUST(decide_decision(found, reviewer, verdict, {"查无此关系", "令第722号", ""}, on(day)));
        return *this;
    }
    Story& concluded(std::string_view day) {
        found = MUST(decide_conclude(found, LicenceId{"l1"}, "示街证〔2026〕1号", on(day)));
        return *this;
    }
    Story& refused(std::string_view day) {
        found = MUST(decide_refuse(found, {"不属于本街道", "第三十二条", ""}, on(day)));
        return *this;
    }
    Story& withdrawn(std::string_view day) {
        found = MUST(decide_withdraw(found, on(day)));
        return *this;
    }
    Story& lapsed(std::string_view day) {
        found = MUST(decide_lapse(found, on(day)));
        return *this;
    }
    /// `green 剩 5 日` at noon of that day.
    std::string lamp(std::string_view day, Language language = Language::zh) {
        return seen(lamp_view(found, at(day), language));
    }
    std::string waiting(std::string_view day, Language language = Language::zh) {
        return seen(waiting_lamp(found, at(day), language));
    }
    Sentence sentence(std::string_view day, Language language = Language::zh) {
        return sentence_for(found, at(day), language);
    }
    Ground at(std::string_view day) {
        auto then = ground;
        then.now = noon(day);
        return then;
    }
    static std::string seen(api::Lamp const& lamp) {
        return std::string(api::to_text(lamp.shape)) + " " + lamp.text;
    }
};

TEST(Lamp, CountsTheWorkingDaysThatAreLeft) {
    Story story;  // received on Monday 10-12, to be told by Monday 10-19
    EXPECT_EQ(story.lamp("2026-10-12"), "green 剩 5 日");
    EXPECT_EQ(story.lamp("2026-10-15"), "green 剩 2 日");
    EXPECT_EQ(story.lamp("2026-10-16"), "yellow 剩 1 日") << "a weekend lies before the last day";
    EXPECT_EQ(story.lamp("2026-10-18"), "yellow 明天到期");
    EXPECT_EQ(story.lamp("2026-10-19"), "yellow 今天到期");
    EXPECT_EQ(Story::seen(lamp_view(story.found, later(story.ground, "2026-10-19 23:59"), Language::zh)),
              "yellow 今天到期")
        << "after hours it is still today";
    EXPECT_EQ(Story::seen(lamp_view(story.found, later(story.ground, "2026-10-20 00:00"), Language::zh)),
              "red 超 1 日");
}

TEST(Lamp, CountsTheDaysThatItIsLate) {
    Story story;
    story.accepted("2026-10-14");  // promised by Friday 10-16
    EXPECT_EQ(story.lamp("2026-10-14"), "green 剩 2 日");
    EXPECT_EQ(story.lamp("2026-10-15"), "yellow 明天到期");
    EXPECT_EQ(story.lamp("2026-10-16"), "yellow 今天到期");
    EXPECT_EQ(story.lamp("2026-10-17"), "red 超 1 日") << "a Saturday is late already";
    EXPECT_EQ(story.lamp("2026-10-19"), "red 超 1 日");
    EXPECT_EQ(story.lamp("2026-10-20"), "red 超 2 日");
}

TEST(Lamp, SpeaksEnglish) {
    Story story;
    EXPECT_EQ(story.lamp("2026-10-12", Language::en), "green 5 working days left");
    EXPECT_EQ(story.lamp("2026-10-16", Language::en), "yellow 1 working day left");
    EXPECT_EQ(story.lamp("2026-10-18", Language::en), "yellow Due tomorrow");
    EXPECT_EQ(story.lamp("2026-10-19", Language::en), "yellow Due today");
    EXPECT_EQ(story.lamp("2026-10-20", Language::en), "red 1 working day late");
    EXPECT_EQ(story.lamp("2026-10-21", Language::en), "red 2 working days late");
}

TEST(Lamp, CountsNaturalDaysWhereTheItemDoes) {
    Story story;
    story.ground.limits.promise = {10, LimitUnit::natural_day};
    story.accepted("2026-10-12");  // Thursday 10-22
    EXPECT_EQ(story.lamp("2026-10-12"), "green 剩 10 自然日");
    EXPECT_EQ(story.lamp("2026-10-21"), "yellow 明天到期");
    EXPECT_EQ(story.lamp("2026-10-25"), "red 超 3 自然日");
    EXPECT_EQ(story.lamp("2026-10-12", Language::en), "green 10 days left");
    EXPECT_EQ(story.lamp("2026-10-23", Language::en), "red 1 day late");
}

TEST(Lamp, SaysThatADayIsProvisional) {
    Story story;
    story.ground = ground_at("2026-12-29 09:24");
    story.found = filed(story.ground);  // 2027-01-05, if that year had no holidays
    EXPECT_EQ(story.lamp("2026-12-29"), "green 暂定 剩 5 日");
    EXPECT_EQ(story.lamp("2027-01-04"), "yellow 暂定 明天到期");
    EXPECT_EQ(story.lamp("2027-01-05"), "yellow 暂定 今天到期");
    EXPECT_EQ(story.lamp("2026-12-29", Language::en), "green Provisional: 5 working days left");
}

TEST(Lamp, PausesForTheApplicantButNotToTheApplicant) {
    Story story;
    story.asked("2026-10-13");  // fifteen working days: Tuesday 11-03
    EXPECT_EQ(story.lamp("2026-10-13"), "pause 等申请人");
    EXPECT_EQ(story.lamp("2026-11-03"), "pause 等申请人");
    EXPECT_EQ(story.lamp("2026-10-13", Language::en), "pause Waiting for applicant");
    EXPECT_EQ(story.waiting("2026-10-13"), "green 还有 15 个工作日");
    EXPECT_EQ(story.waiting("2026-11-02"), "yellow 还有 1 个工作日");
    EXPECT_EQ(story.waiting("2026-11-02", Language::en), "yellow 1 working day left");
    EXPECT_EQ(story.waiting("2026-11-03"), "yellow 今天到期");
    EXPECT_EQ(story.waiting("2026-11-04"), "red 已到期");
    EXPECT_EQ(story.waiting("2026-11-04", Language::en), "red Out of time");
}

TEST(Lamp, TellsNaturalDaysToMendAsDays) {
    Story story;
    story.ground.limits.correction = {10, LimitUnit::natural_day};
    story.asked("2026-10-13");
    EXPECT_EQ(story.waiting("2026-10-13"), "green 还有 10 天");
    EXPECT_EQ(story.waiting("2026-10-13", Language::en), "green 10 days left");
}

TEST(Lamp, IsOutWhenNothingRuns) {
    EXPECT_EQ(Story{}.withdrawn("2026-10-13").lamp("2027-05-01"), "none 已撤回");
    EXPECT_EQ(Story{}.refused("2026-10-13").lamp("2027-05-01"), "none 不予受理");
    auto accepted = [] { return Story{}.accepted("2026-10-13"); };
    EXPECT_EQ(accepted().decided("2026-10-14", FinalVerdict::deny).lamp("2027-05-01"), "none 不予办理");
    auto done = accepted().decided("2026-10-14", FinalVerdict::approve);
    EXPECT_EQ(done.lamp("2026-10-15"), "yellow 今天到期") << "approved, but the document is owed still";
    EXPECT_EQ(done.concluded("2026-10-14").lamp("2027-05-01"), "none 已办结");
    EXPECT_EQ(done.lamp("2027-05-01", Language::en), "none Done");
}

TEST(Ruler, ShowsEveryDayBetweenACitizenAndTheDueDay) {
    auto ground = ground_at("2026-09-28 10:00");
    auto found = filed(ground);
    auto clock = clock_view(found, later(ground, "2026-10-08 12:00"), Language::zh, Ruler::with_days);
    EXPECT_EQ(clock.kind, api::ClockKind::acceptance);
    EXPECT_EQ(clock.from, "2026-09-28");
    EXPECT_EQ(clock.due->day, "2026-10-10");
    EXPECT_EQ(clock.unit, api::ClockUnit::working_day);
    EXPECT_EQ(clock.total, 5);
    EXPECT_EQ(clock.used, 3);
    EXPECT_EQ(clock.left, 2);
    ASSERT_TRUE(clock.ruler.has_value());
    auto const& row = *clock.ruler;
    ASSERT_EQ(row.size(), 13U) << "from its first day to its last";
    auto seen = [&](std::size_t i) {
        return row[i].day + " " + std::string(api::to_text(row[i].kind)) + " " +
               std::to_string(row[i].count) + " " + row[i].name.value_or("");
    };
    EXPECT_EQ(seen(0), "2026-09-28 working 0 ") << "the first day is not counted";
    EXPECT_EQ(seen(1), "2026-09-29 working 1 ");
    EXPECT_EQ(seen(3), "2026-10-01 holiday 0 国庆节");
    EXPECT_EQ(seen(10), "2026-10-08 working 3 ");
    EXPECT_EQ(seen(12).substr(0, 20), "2026-10-10 make_up 5");
}

TEST(Ruler, IsLeftOutOfLists) {
    Story story;
    auto clock = clock_view(story.found, story.ground, Language::zh, Ruler::without_days);
    EXPECT_FALSE(clock.ruler.has_value());
    EXPECT_EQ(clock.left, 5);
}

TEST(Ruler, ShowsTheLawsDayBesideThePromise) {
    Story story;
    story.ground.limits.statutory = Limit{20, LimitUnit::working_day};
    story.accepted("2026-10-14");
    auto clock = clock_view(story.found, story.at("2026-10-19"), Language::zh, Ruler::with_days);
    EXPECT_EQ(clock.kind, api::ClockKind::review);
    EXPECT_EQ(clock.due->day, "2026-10-16");
    EXPECT_EQ(clock.statutory->day, "2026-11-11");
    EXPECT_EQ(clock.left, -1);
    EXPECT_EQ(clock.used, 3);
}

TEST(Ruler, OfAClosedCaseSaysNothing) {
    auto story = Story{}.withdrawn("2026-10-13");
    auto clock = clock_view(story.found, story.ground, Language::zh, Ruler::with_days);
    EXPECT_EQ(clock.kind, api::ClockKind::none);
    EXPECT_FALSE(clock.due || clock.ruler || clock.left);
}

/// The kinship item with a site check that does not count, accepted on Monday 10-12 with ten working days.
Story with_check() {
    Story story;
    auto item = std::make_shared<catalog::Item>(*story.ground.item);
    catalog::SpecialStep step;
    step.key = "check";
    step.name = {"现场核查", "Site check"};
    step.role = "inspector";
    step.limit = {10, LimitUnit::working_day};
    item->special_steps = {step};
    item->promise = {10, LimitUnit::working_day};
    story.ground.item = item;
    story.ground.limits = limits_of(*item);
    story.found = filed(story.ground);
    story.accepted("2026-10-12");
    return story;
}

TEST(Clock, LeavesOutTheDaysOfASpecialStep) {
    auto story = with_check();
    story.found = MUST(decide_start_special(story.found, "check", day("2026-10-16"), story.on("2026-10-14")));
    EXPECT_EQ(story.lamp("2026-10-15"), "pause 特别程序");
    EXPECT_EQ(story.lamp("2026-10-29"), "red 超 1 日");
    EXPECT_EQ(story.sentence("2026-10-15").headline, "正在现场核查，10月28日（周三）前完成");
    SpecialRecord record;
    record.officers = {StaffId{"in001"}, StaffId{"in002"}};
    record.began_at = record.ended_at = noon("2026-10-16");
    story.found = MUST(decide_record_special(story.found, "check", record, story.on("2026-10-20")));
    auto clock = clock_view(story.found, story.at("2026-10-21"), Language::zh, Ruler::with_days);
    EXPECT_EQ(clock.due->day, "2026-10-30");
    EXPECT_EQ(clock.total, 10);
    EXPECT_EQ(clock.left, 7);
    EXPECT_EQ(clock.used, 3);
    std::map<std::string, api::RulerDay> days;
    for (auto const& one : *clock.ruler) days[one.day] = one;
    EXPECT_EQ(days.at("2026-10-14").count, 2);
    EXPECT_EQ(days.at("2026-10-16").kind, api::RulerDayKind::rested);
    EXPECT_EQ(days.at("2026-10-20").count, 0);
    EXPECT_EQ(days.at("2026-10-21").count, 3);
    EXPECT_EQ(days.at("2026-10-30").count, 10);
}

TEST(Words, SayWhatToBringAndWhatToFetch) {
    Story story;
    story.ground.limits.bringing = Limit{15, LimitUnit::working_day};
    story.found = decide_submit(story.found, story.ground.today());
    EXPECT_EQ(story.sentence("2026-10-12").headline, "请在11月2日（周一）前把材料交到窗口");
    EXPECT_EQ(story.lamp("2026-10-12"), "pause 等交材料");
    EXPECT_EQ(story.waiting("2026-10-12"), "green 还有 15 个工作日");
    EXPECT_EQ(own_clock_view(story.found, story.at("2026-10-12"), Language::zh).lamp.text,
              "还有 15 个工作日");
    auto gone = MUST(decide_not_brought(story.found, story.on("2026-11-03")));
    EXPECT_EQ(sentence_for(gone, story.ground, Language::zh).headline, "到期没有交来材料，视为撤回申请");
    for (auto const* collection : {"window", "courier"}) {
        auto made = Story{};
        made.found.collection = collection;
        made.accepted("2026-10-12").decided("2026-10-13", FinalVerdict::approve).concluded("2026-10-13");
        auto sentence = made.sentence("2026-10-14");
        EXPECT_EQ(sentence.headline, std::string(collection) == "window"
                                         ? "办好了，请到窗口领取"
                                         : "办好了，10月27日（周二）前邮寄给您");
        EXPECT_EQ(made.lamp("2026-10-14"), "green 剩 9 日");
        EXPECT_NE(made.sentence("2026-10-14", Language::en).headline.find("Done"), std::string::npos);
    }
}

TEST(Words, SayWhatIsAndByWhen) {
    Story story;
    EXPECT_EQ(story.sentence("2026-10-12").headline, "已收到，10月19日（周一）前告诉您是否受理");
    EXPECT_EQ(story.sentence("2026-10-12", Language::en).headline,
              "Received. You will hear by Monday 19 October");
    story.asked("2026-10-13");
    EXPECT_EQ(story.sentence("2026-10-13").headline, "请在11月3日（周二）前补正");
    EXPECT_EQ(story.sentence("2026-10-13", Language::en).headline, "Please correct it by Tuesday 3 November");
    story.corrected("2026-10-14").accepted("2026-10-15");
    EXPECT_EQ(story.sentence("2026-10-15").headline, "已受理，10月19日（周一）前办完");
    EXPECT_EQ(story.sentence("2026-10-15", Language::en).headline, "Accepted. Done by Monday 19 October");
}

TEST(Words, OwnUpToBeingLate) {
    auto story = Story{}.accepted("2026-10-14");
    EXPECT_EQ(story.sentence("2026-10-17").headline, "超了1个工作日，是我们的责任");
    EXPECT_EQ(story.sentence("2026-10-20").headline, "超了2个工作日，是我们的责任");
    EXPECT_TRUE(story.sentence("2026-10-20").explanation.starts_with("示例街道"));
    EXPECT_EQ(story.sentence("2026-10-17", Language::en).headline,
              "We are 1 working day late. It is our fault");
    story.ground.limits.promise = {2, LimitUnit::natural_day};
    EXPECT_EQ(story.sentence("2026-10-20").headline, "超了4天，是我们的责任");
}

TEST(Words, SayToStaffWhereACaseStands) {
    Story story;
    auto say = [&](State state, Language language = Language::zh) {
        story.found.state = state;
        return stage_words(story.found, *story.ground.item, language);
    };
    EXPECT_EQ(say(State::received), "待受理");
    EXPECT_EQ(say(State::concluded), "已办结");
    EXPECT_EQ(say(State::denied), "不予办理");
    EXPECT_EQ(say(State::not_accepted, Language::en), "Not accepted");
    EXPECT_EQ(say(State::withdrawn), "申请人已撤回");
    story.found.correction_by.day = beijing_day(noon("2026-10-20"));
    story.found.closed_at = noon("2026-10-21");
    EXPECT_EQ(say(State::withdrawn), "逾期未补，视为撤回");
    EXPECT_EQ(waited_in_vain(story.found), WaitedFor::correction);
    story.found.closed_at = noon("2026-10-20");
    EXPECT_EQ(waited_in_vain(story.found), WaitedFor::nothing) << "on the last day one may still withdraw";
}

TEST(Words, SayThatADayIsProvisionalAndWhy) {
    auto ground = ground_at("2026-12-29 09:24");
    auto sentence = sentence_for(filed(ground), ground, Language::zh);
    EXPECT_EQ(sentence.headline, "已收到，暂定2027年1月5日（周二）前告诉您是否受理");
    EXPECT_NE(sentence.explanation.find("放假安排公布后重算"), std::string::npos);
    EXPECT_EQ(sentence_for(filed(ground), ground, Language::en).headline,
              "Received. You will hear by Tuesday 5 January 2027 (provisional)");
}

TEST(Words, TellSilenceFromTheApplicantsOwnWish) {
    auto story = Story{}.asked("2026-10-13");
    EXPECT_EQ(Story(story).withdrawn("2026-10-20").sentence("2026-10-20").headline, "您已撤回申请");
    EXPECT_EQ(Story(story).lapsed("2026-11-04").sentence("2026-11-04").headline,
              "到期没有补正，视为撤回申请");
    story.corrected("2026-10-14").accepted("2026-10-15").withdrawn("2026-11-20");
    EXPECT_EQ(story.sentence("2026-11-20").headline, "您已撤回申请")
        << "who corrected in time and withdraws later was not silent";
}

/// One story for every sentence there is.
std::vector<std::pair<std::string, Story>> all_stories() {
    auto accepted = [] { return Story{}.accepted("2026-10-13"); };
    auto approved = accepted().decided("2026-10-14", FinalVerdict::approve);
    auto troubled = approved;
    troubled.found.trouble = "character_cannot_be_drawn";
    Story provisional;
    provisional.ground = ground_at("2026-12-29 09:24");
    provisional.found = filed(provisional.ground);
    auto late = accepted();
    late.ground.now = noon("2026-11-20");
    return {{"received", Story{}},
            {"provisional", provisional},
            {"correction", Story{}.asked("2026-10-13")},
            {"accepted", accepted()},
            {"late", late},
            {"approved", approved},
            {"troubled", troubled},
            {"concluded", Story(approved).concluded("2026-10-14")},
            {"denied", accepted().decided("2026-10-14", FinalVerdict::deny)},
            {"not_accepted", Story{}.refused("2026-10-13")},
            {"withdrawn", Story{}.withdrawn("2026-10-13")},
            {"lapsed", Story{}.asked("2026-10-13").lapsed("2026-11-04")}};
}

bool plain_english(std::string const& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
}

TEST(Words, EveryStateHasItsOwnSentenceInBothLanguages) {
    std::set<std::string> zh, en;
    for (auto const& [name, story] : all_stories()) {
        auto chinese = sentence_for(story.found, story.ground, Language::zh);
        auto english = sentence_for(story.found, story.ground, Language::en);
        EXPECT_TRUE(zh.insert(chinese.headline).second) << name << ": " << chinese.headline;
        EXPECT_TRUE(en.insert(english.headline).second) << name << ": " << english.headline;
        EXPECT_TRUE(plain_english(english.headline) && plain_english(english.explanation)) << name;
        EXPECT_FALSE(plain_english(chinese.headline) || plain_english(chinese.explanation)) << name;
        EXPECT_EQ(case_row(story.found, story.ground, Language::zh).sentence, chinese.headline);
    }
}

TEST(Words, RowsOfferWhatThePersonCanDoNow) {
    for (auto const& [name, story] : all_stories()) {
        std::optional<api::CaseRowAct> expected;
        if (name == "correction") expected = api::CaseRowAct::correct;
        if (name == "concluded") expected = api::CaseRowAct::download;
        EXPECT_EQ(case_row(story.found, story.ground, Language::zh).act, expected) << name;
    }
}

TEST(Words, ARowOfARevokedResultSaysSoAndOffersNoDownload) {
    auto story = Story{}.accepted("2026-10-13").decided("2026-10-14", FinalVerdict::approve);
    story.concluded("2026-10-14");
    auto row = revoked_row(story.found, story.ground, Language::zh);
    EXPECT_EQ(row.sentence, revoked_sentence(story.ground, Language::zh).headline);
    EXPECT_EQ(row.sentence, "亲属关系情况证明已被撤销，不能再用");
    EXPECT_FALSE(row.act.has_value());
    EXPECT_EQ(revoked_row(story.found, story.ground, Language::en).sentence,
              "Proof of kinship: revoked, no longer valid");
}

TEST(Words, EveryEventAndLetterHasAName) {
    for (auto const* kind : {"received", "correction_asked", "corrected", "accepted", "deemed_accepted",
                             "not_accepted", "opinion_given", "sent_back", "approved", "denied", "concluded",
                             "withdrawn", "withdrawn_by_silence", "due_changed", "licence_troubled"}) {
        EXPECT_NE(event_words(kind, Language::zh), kind);
        EXPECT_TRUE(plain_english(event_words(kind, Language::en))) << kind;
    }
    for (auto const* kind :
         {"receipt", "correction", "acceptance", "not_accepted", "denial", "service", "lapse"}) {
        EXPECT_NE(letter_title(kind, Language::zh), kind);
        EXPECT_TRUE(plain_english(letter_title(kind, Language::en))) << kind;
    }
    EXPECT_EQ(promise_words({2, LimitUnit::working_day}, Language::zh), "受理后2个工作日内办完");
    EXPECT_EQ(promise_words({10, LimitUnit::natural_day}, Language::en), "Done within 10 days of acceptance");
}

/// `done 受理` …
std::vector<std::string> steps_of(Story const& story, std::vector<EventRow> const& events,
                                  std::vector<LetterRow> const& letters = {}) {
    std::vector<std::string> all;
    for (auto const& step : timeline(story.found, story.ground, events, letters, Language::zh))
        all.push_back(std::string(api::to_text(step.state)) + " " + step.what);
    return all;
}

EventRow event(std::int64_t seq, std::string kind, std::string letter = {}) {
    return {seq, noon("2026-10-13"), std::move(kind), "staff:sl001", "示例街道 林静", std::move(letter), {}};
}

using Steps = std::vector<std::string>;

TEST(Timeline, ShowsWhatWasThenNowThenWhatIsToCome) {
    Story story;
    EXPECT_EQ(steps_of(story, {event(1, "received")}),
              (Steps{"done 提交申请，已收件", "now 告知是否受理", "to_come 审查并决定",
                     "to_come 制证，送到您的证照"}));
    story.asked("2026-10-13");
    EXPECT_EQ(steps_of(story, {event(1, "received"), event(2, "correction_asked")}),
              (Steps{"done 提交申请，已收件", "done 一次性告知补正", "now 您补正", "to_come 告知是否受理",
                     "to_come 审查并决定", "to_come 制证，送到您的证照"}));
    auto accepted = Story{}.accepted("2026-10-13");
    EXPECT_EQ(steps_of(accepted, {event(1, "received"), event(2, "accepted")}),
              (Steps{"done 提交申请，已收件", "done 受理", "now 审查并决定", "to_come 制证，送到您的证照"}));
    accepted.decided("2026-10-14", FinalVerdict::approve);
    EXPECT_EQ(steps_of(accepted, {event(1, "received"), event(2, "accepted"), event(3, "approved")}).back(),
              "now 制证，送到您的证照");
}

TEST(Timeline, EndsWithTheCase) {
    for (auto const& [name, story] : all_stories())
        if (is_closed(story.found.state)) {
            EXPECT_EQ(steps_of(story, {event(1, "received")}), Steps{"done 提交申请，已收件"}) << name;
        }
}

TEST(Timeline, KeepsInsideWhatIsInside) {
    auto story = Story{}.accepted("2026-10-13");
    auto steps = steps_of(story, {event(1, "accepted"), event(2, "opinion_given"), event(3, "sent_back"),
                                  event(4, "licence_troubled")});
    EXPECT_EQ(steps.front(), "done 受理");
    EXPECT_EQ(steps[1], "now 审查并决定");
}

TEST(Timeline, PutsTheLetterBesideItsAct) {
    LetterRow letter;
    letter.id = "letter1";
    letter.kind = "acceptance";
    auto story = Story{}.accepted("2026-10-13");
    auto steps = timeline(story.found, story.ground, {event(1, "received"), event(2, "accepted", "letter1")},
                          {letter}, Language::zh);
    EXPECT_FALSE(steps[0].letter.has_value());
    EXPECT_EQ(steps[1].letter, "letter1");
    EXPECT_EQ(steps[1].letter_title, "受理通知书");
    EXPECT_EQ(steps[1].who, "示例街道 林静");
    EXPECT_EQ(steps[1].at, "2026-10-13T12:00:00+08:00");
}

TEST(Timeline, EndsWithTheRevocationOfItsResult) {
    LetterRow letter;
    letter.id = "letter9";
    letter.kind = "revocation";
    letter.ordered_at = kit::at("2026-11-20 09:30");
    Story story;
    story.found.state = State::concluded;
    auto steps = timeline(story.found, story.ground, {event(1, "received")}, {letter}, Language::zh);
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[1].what, "结果被撤销");
    EXPECT_EQ(steps[1].letter, "letter9");
    EXPECT_EQ(steps[1].at, "2026-11-20T09:30:00+08:00");
}

Application application(int round, std::string const& other_name) {
    Application one;
    one.round = round;
    one.answers = {{"applicant_name", "周桂兰"},
                   {"applicant_id_number", "990102195603120029"},
                   {"relation", "daughter"},
                   {"other_name", other_name},
                   {"other_id_number", "99010219810725024X"},
                   {"purpose", "bank"},
                   {"receiving_unit", "示例银行示例区支行"},
                   {"contact_phone", "19900000001"}};
    return one;
}

api::AnswerRow row_of(std::vector<api::AnswerPage> const& pages, std::string_view key) {
    for (auto const& page : pages)
        for (auto const& row : page.rows)
            if (row.key == key) return row;
    ADD_FAILURE() << "no row " << key;
    return {};
}

TEST(Answers, AreMaskedForStaff) {
    auto ground = ground_at("2026-10-15 09:24");
    auto pages = answer_pages(ground, {application(1, "李晓燕")}, Audience::staff, Language::zh);
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[0].title, "您和对方");
    EXPECT_EQ(row_of(pages, "applicant_name").value, "周**");
    EXPECT_EQ(row_of(pages, "applicant_id_number").value, "9901**********0029");
    EXPECT_EQ(row_of(pages, "other_name").value, "李**");
    EXPECT_EQ(row_of(pages, "other_id_number").value, "9901**********024X");
    EXPECT_EQ(row_of(pages, "contact_phone").value, "199****0001");
    EXPECT_EQ(row_of(pages, "other_name").masked, true);
    EXPECT_FALSE(row_of(pages, "relation").masked.has_value());
    EXPECT_EQ(row_of(pages, "relation").value, "女儿");
    for (auto const& page : pages)
        for (auto const& row : page.rows)
            for (auto const* secret :
                 {"周桂兰", "李晓燕", "990102195603120029", "99010219810725024X", "19900000001"})
                EXPECT_EQ(json::serialize(api::to_json(row)).find(secret), std::string::npos) << row.key;
}

TEST(Answers, AreWholeToTheApplicantButForNumbers) {
    auto ground = ground_at("2026-10-15 09:24");
    auto pages = answer_pages(ground, {application(1, "李晓燕")}, Audience::applicant, Language::zh);
    EXPECT_EQ(row_of(pages, "other_name").value, "李晓燕");
    EXPECT_EQ(row_of(pages, "contact_phone").value, "19900000001");
    EXPECT_EQ(row_of(pages, "other_id_number").value, "9901**********024X");
    EXPECT_EQ(row_of(pages, "applicant_name").source, "实名信息");
    EXPECT_EQ(row_of(pages, "other_name").source, "申请人填写");
    EXPECT_EQ(row_of(pages, "applicant_name").check->result, api::MachineCheckResult::ok);
    EXPECT_EQ(row_of(pages, "other_id_number").check->result, api::MachineCheckResult::needs_person);
    auto english = answer_pages(ground, {application(1, "李晓燕")}, Audience::applicant, Language::en);
    EXPECT_EQ(row_of(english, "relation").label, "What is the other person to you?");
    EXPECT_EQ(row_of(english, "relation").value, "Daughter");
}

TEST(Answers, ShowWhatACorrectionChangedMaskedToo) {
    auto ground = ground_at("2026-10-15 09:24");
    std::vector<Application> rounds{application(1, "李小燕"), application(2, "李晓燕")};
    auto mine = answer_pages(ground, rounds, Audience::applicant, Language::zh);
    EXPECT_EQ(row_of(mine, "other_name").value, "李晓燕");
    EXPECT_EQ(row_of(mine, "other_name").earlier, "李小燕");
    EXPECT_FALSE(row_of(mine, "relation").earlier.has_value());
    auto staff = answer_pages(ground, rounds, Audience::staff, Language::zh);
    EXPECT_EQ(row_of(staff, "other_name").earlier, "李**");
    EXPECT_TRUE(answer_pages(ground, {}, Audience::staff, Language::zh).empty());
}

TEST(Materials, ShowWayFilesOfAllRoundsAndThePromise) {
    auto ground = ground_at("2026-10-15 09:24");
    auto const& commitment = *ground.item->materials[1].promise;
    api::TextAgreed const agreed{commitment.key, commitment.version, commitment.hash};
    auto first = application(1, "李晓燕");
    auto upload = [](std::string const& id) {
        return api::MaterialGiven{"household_register", api::Way::upload, {{{id, {}, {}, {}, {}}}}, {}};
    };
    first.materials = {
        {"id_card", api::Way::waived, {}, {}}, {"commitment", api::Way::promise, {}, agreed}, upload("f1")};
    auto second = application(2, "李晓燕");
    second.materials = first.materials;
    second.materials[2] = upload("f2");
    files::File one{FileId{"f1"}, "户口簿.jpg", "jpeg", 1000, 1, 0, 0, "", "", ""};
    auto two = one;
    two.id = FileId{"f2"};
    auto views =
        material_views(ground, {first, second}, {{"commitment", "2026-10", commitment.hash, ground.now}},
                       {one, two}, Language::zh);
    ASSERT_EQ(views.size(), 3U);
    EXPECT_TRUE(views[0].way_text.starts_with("免交")) << views[0].way_text;
    EXPECT_EQ(views[1].way_text, "告知承诺");
    EXPECT_EQ(views[1].promise->title, "亲属关系情况承诺书");
    EXPECT_EQ(views[1].promise->agreed_at, "2026-10-15T09:24:00+08:00");
    EXPECT_EQ(views[2].way_text, "上传1份");
    ASSERT_EQ(views[2].files.size(), 2U);
    EXPECT_EQ(views[2].files[0].round, 1);
    EXPECT_EQ(views[2].files[1].round, 2);
}

}  // namespace
}  // namespace tongban::cases::test
