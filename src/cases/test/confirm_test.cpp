// The person's own yes, as law: what it holds for, and when it is over.
#include "cases/confirm.h"

#include <gtest/gtest.h>

namespace tongban::cases {
namespace {

constexpr Instant now{1'792'000'000'000};

Confirmation asked(std::string way = "screen") {
    Confirmation one;
    one.way = std::move(way);
    one.shown = "as shown";
    one.asked_at = now;
    one.until = now + std::chrono::minutes{10};
    return one;
}

Answered yes(std::string shown = "as shown") {
    return {PersonsWord::right, std::move(shown), {{"notice", "1", "hash"}}, ""};
}

std::string code_of(Result<void> const& result) {
    return result.ok() ? "" : result.error().code;
}

TEST(Confirm, a_yes_holds_for_exactly_what_was_shown) {
    auto said = MUST(decide_answer(asked(), yes(), "as shown", now));
    EXPECT_EQ(said.state, "confirmed");
    EXPECT_EQ(said.texts.size(), 1U);
    EXPECT_EQ(code_of(may_hand_in(said, "as shown")), "");
    EXPECT_EQ(code_of(may_hand_in(said, "something else")), "not_confirmed_by_the_person");
    EXPECT_EQ(code_of(may_hand_in(asked(), "as shown")), "not_confirmed_by_the_person");
    EXPECT_EQ(code_of(may_hand_in(std::nullopt, "as shown")), "not_confirmed_by_the_person");
    EXPECT_EQ(confirm_state(said, "as shown", now), ConfirmState::confirmed);
    EXPECT_EQ(confirm_state(said, "something else", now), ConfirmState::void_now);
    EXPECT_EQ(confirm_state(std::nullopt, "", now), ConfirmState::none);
}

TEST(Confirm, it_lasts_a_while_and_is_answered_once) {
    auto late = now + std::chrono::minutes{10};
    EXPECT_EQ(confirm_state(asked(), "as shown", late), ConfirmState::over);
    EXPECT_EQ(decide_answer(asked(), yes(), "as shown", late).error().code, "confirmation_is_over");
    EXPECT_EQ(decide_answer(asked(), yes("older"), "as shown", now).error().code, "draft_changed_meanwhile");
    auto no = MUST(decide_answer(asked(), {PersonsWord::wrong, "as shown", {}, "地址不对"}, "as shown", now));
    EXPECT_EQ(no.state, "wrong");
    EXPECT_EQ(no.note, "地址不对");
    EXPECT_EQ(confirm_state(no, "as shown", late), ConfirmState::wrong);
    EXPECT_EQ(decide_answer(no, yes(), "as shown", now).error().code, "confirmation_is_over");
    EXPECT_TRUE(decide_answer(no, {PersonsWord::wrong, "as shown", {}, ""}, "as shown", late).ok())
        << "the same answer, sent twice";
}

TEST(Confirm, codes_are_few_and_short_lived) {
    auto limits = ConfirmLimits::embedded();
    auto take = [&](CodeGiven given, int tries, Instant at = now, std::string way = "code") {
        return code_of(may_take_code(asked(std::move(way)), given, tries, limits, at));
    };
    EXPECT_EQ(take(CodeGiven::fits, 1), "");
    EXPECT_EQ(take(CodeGiven::does_not_fit, 1), "confirmation_code_is_wrong");
    EXPECT_EQ(take(CodeGiven::fits, limits.wrong_codes_max), "");
    EXPECT_EQ(take(CodeGiven::fits, limits.wrong_codes_max + 1), "confirmation_is_over");
    EXPECT_EQ(take(CodeGiven::fits, 1, now + std::chrono::minutes{10}), "confirmation_is_over");
    EXPECT_EQ(take(CodeGiven::fits, 1, now, "screen"), "confirmation_is_over");
    EXPECT_EQ(code_of(may_send_code(limits.codes_max - 1, limits)), "");
    EXPECT_EQ(code_of(may_send_code(limits.codes_max, limits)), "too_many_codes");
}

TEST(Confirm, every_text_shown_is_agreed_to_in_its_present_version) {
    std::vector<api::TextAgreed> const shown{{"notice", "2", "b"}, {"promise", "1", "c"}};
    EXPECT_EQ(code_of(all_are_agreed(shown, shown)), "");
    EXPECT_EQ(code_of(all_are_agreed(shown, {shown[0]})), "text_is_not_agreed_to");
    EXPECT_EQ(code_of(all_are_agreed(shown, {{"notice", "1", "a"}, shown[1]})),
              "text_is_not_the_present_version");
}

}  // namespace
}  // namespace tongban::cases
