#include "identity/decide.h"

#include <gtest/gtest.h>

using namespace tongban;
using namespace tongban::identity;
using std::chrono::minutes;

namespace {
Limits const limits = Limits::embedded();
constexpr Instant now{1'792'027'440'000};
}  // namespace

TEST(judge_attempt, allows_five_and_says_how_many_are_left) {
    EXPECT_TRUE(judge_attempt(limits, 1, now, now).allowed);
    EXPECT_EQ(judge_attempt(limits, 1, now, now).left, 4);
    EXPECT_TRUE(judge_attempt(limits, 5, now, now).allowed) << "the fifth may be right";
    EXPECT_EQ(judge_attempt(limits, 5, now, now).left, 0);
    EXPECT_FALSE(judge_attempt(limits, 6, now, now).allowed);
}

TEST(judge_attempt, says_how_long_the_lock_lasts) {
    EXPECT_EQ(judge_attempt(limits, 6, now - minutes{5}, now).retry_after_seconds, 600);
    EXPECT_EQ(judge_attempt(limits, 6, now - minutes{15}, now).retry_after_seconds, 1)
        << "never zero or less";
}

TEST(session_ends, after_thirty_idle_minutes_of_a_resident_and_sixty_of_staff) {
    Session session;
    session.started_at = session.last_seen_at = now;
    EXPECT_FALSE(session_has_ended(limits, session, now + minutes{29}));
    EXPECT_TRUE(session_has_ended(limits, session, now + minutes{30}));
    session.audience = Audience::staff;
    EXPECT_FALSE(session_has_ended(limits, session, now + minutes{59}));
    EXPECT_TRUE(session_has_ended(limits, session, now + minutes{60}));
}

TEST(session_ends, after_twelve_hours_whatever_happens) {
    Session session;
    session.started_at = now;
    session.last_seen_at = now + minutes{12 * 60 - 1};
    EXPECT_EQ(session_ends_at(limits, session), now + minutes{12 * 60});
}

TEST(session_touch, once_a_minute_at_most) {
    Session session;
    session.last_seen_at = now;
    EXPECT_FALSE(wants_touch(session, now + std::chrono::seconds{59}));
    EXPECT_TRUE(wants_touch(session, now + minutes{1}));
}

TEST(limits, each_figure_names_its_source) {
    EXPECT_EQ(limits.wrong_passwords_max, 5);
    EXPECT_EQ(limits.lock, minutes{15});
    EXPECT_GE(limits.idle_resident, minutes{20}) << "older people need time to read";
}
