#include "exchange/decide.h"

#include <gtest/gtest.h>

using namespace tongban;
using namespace tongban::exchange;

namespace {
using std::chrono::seconds;
constexpr Instant nine{1'000'000'000};
constexpr BreakerLimits limits{3, seconds{30}};

Health after_failures(int count) {
    Health health;
    for (int i = 0; i < count; ++i) health = failed(health, limits, "source_has_an_error", nine + seconds{i});
    return health;
}
}  // namespace

TEST(breaker, a_few_failures_do_not_stop_the_asking) {
    auto health = after_failures(2);
    EXPECT_EQ(gate(health, Trial::by_call, nine + seconds{2}), Gate::ask);
    EXPECT_EQ(health.failing_since, nine);
    EXPECT_EQ(state_of(health, nine + seconds{2}), SourceState::down);
}

TEST(breaker, failures_in_a_row_make_a_pause_and_then_one_call_tries) {
    auto health = after_failures(3);
    EXPECT_EQ(gate(health, Trial::by_call, nine + seconds{31}), Gate::pause);
    EXPECT_EQ(state_of(health, nine + seconds{31}), SourceState::paused);
    EXPECT_EQ(gate(health, Trial::by_call, nine + seconds{32}), Gate::ask);
    auto trying = asked(health, nine + seconds{32});
    EXPECT_EQ(gate(trying, Trial::by_call, nine + seconds{33}), Gate::pause) << "the others wait for the one";
    auto worse = failed(trying, limits, "answer_is_late", nine + seconds{34});
    EXPECT_EQ(gate(worse, Trial::by_call, nine + seconds{63}), Gate::pause);
    EXPECT_EQ(gate(worse, Trial::by_call, nine + seconds{64}), Gate::ask);
    EXPECT_EQ(worse.failing_since, nine) << "down since the first failure";
    auto well = answered(trying, nine + seconds{34});
    EXPECT_EQ(gate(well, Trial::by_call, nine + seconds{34}), Gate::ask);
    EXPECT_EQ(state_of(well, nine + seconds{34}), SourceState::ok);
    EXPECT_FALSE(well.failing_since);
}

TEST(breaker, a_source_that_tells_of_its_health_is_asked_for_it_instead_of_a_person) {
    auto health = after_failures(3);
    EXPECT_FALSE(wants_probe(health, nine + seconds{31}));
    EXPECT_TRUE(wants_probe(health, nine + seconds{32}));
    EXPECT_EQ(gate(health, Trial::by_health, nine + seconds{60}), Gate::pause);
    health.on_trial = true;
    EXPECT_FALSE(wants_probe(health, nine + seconds{60})) << "once is enough";
}

TEST(breaker, one_answer_ends_the_row) {
    auto health = failed(answered(after_failures(2), nine), limits, "answer_is_late", nine);
    EXPECT_EQ(health.failures_in_row, 1);
    EXPECT_EQ(state_of(health, nine), SourceState::slow);
}

TEST(breaker, a_wrong_answer_is_told_but_spares_nobody_the_question) {
    auto health = after_failures(2);
    for (int i = 0; i < 5; ++i) health = faulty(health, "answer_cannot_be_read", nine);
    EXPECT_EQ(gate(health, Trial::by_call, nine), Gate::ask);
    EXPECT_EQ(state_of(health, nine), SourceState::down);
    EXPECT_EQ(state_of(Health{}, nine), SourceState::unknown);
}
