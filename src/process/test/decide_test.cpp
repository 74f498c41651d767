#include <gtest/gtest.h>

#include "process/process.h"

namespace tongban::process {
namespace {

std::vector<Step> const two_posts = {{"reviewer", "初审"}, {"reviewer", "审核"}};

TEST(ReadStep, TakesRoleAndName) {
    auto step = read_step("reviewer:审核");
    ASSERT_TRUE(step.ok());
    EXPECT_EQ(step->role, "reviewer");
    EXPECT_EQ(step->name, "审核");
}

TEST(ReadStep, RefusesWhatIsNotOne) {
    for (auto const* text : {"", "reviewer", ":审核", "reviewer:", "Reviewer:审核", "reviewer: 审核"}) {
        auto step = read_step(text);
        ASSERT_FALSE(step.ok()) << text;
        EXPECT_EQ(step.error().code, "flow_step_is_malformed") << text;
    }
}

TEST(NextStep, AgreeingGoesOnAndEndsAfterTheLast) {
    EXPECT_EQ(next_step(two_posts, 0, Verdict::agree).value(), 1);
    EXPECT_EQ(next_step(two_posts, 1, Verdict::agree).value(), 2);
}

TEST(NextStep, SendingBackGoesToThePostBeforeAndOutOfTheFlowFromTheFirst) {
    EXPECT_EQ(next_step(two_posts, 1, Verdict::send_back).value(), 0);
    EXPECT_EQ(next_step(two_posts, 0, Verdict::send_back).value(), -1);
}

TEST(NextStep, RefusesAStepOutsideTheFlow) {
    EXPECT_EQ(next_step(two_posts, 2, Verdict::agree).error().code, "flow_has_no_such_step");
    EXPECT_EQ(next_step(two_posts, -1, Verdict::agree).error().code, "flow_has_no_such_step");
    EXPECT_EQ(next_step({}, 0, Verdict::agree).error().code, "flow_has_no_such_step");
}

TEST(IsLast, OnlyTheLastPostDecides) {
    EXPECT_FALSE(is_last(two_posts, 0));
    EXPECT_TRUE(is_last(two_posts, 1));
}

}  // namespace
}  // namespace tongban::process
