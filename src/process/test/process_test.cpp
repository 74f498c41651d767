#include "process/process.h"

#include "kit/kit.h"

namespace tongban::process {
namespace {

std::vector<Step> const flow = {{"reviewer", "初审"}, {"reviewer", "审核"}};
CaseId const subject{"01h00000000000000000000001"};
BodyId const body{"11990102MB0D20011R"};

class ProcessTest : public testing::TestWithParam<store::Dialect> {
protected:
    SetClock clock{kit::at("2026-10-15 09:24")};
    kit::FreshStore store = kit::fresh_store(GetParam(), clock, {schema()});
    Process process{*store, clock};

    Task began() {
        auto tx = MUST(store->begin());
        auto task = MUST(process.begin(*tx, subject, body, flow));
        MUST(tx->commit());
        return task;
    }
    std::optional<Task> finished(Task const& task, Verdict verdict, char const* by = "sl003") {
        auto tx = MUST(store->begin());
        auto next = MUST(process.finish(*tx, task, StaffId{by}, flow, verdict));
        MUST(tx->commit());
        return next;
    }
    std::vector<Task> history() { return MUST(process.history(*MUST(store->reader()), subject)); }
    std::optional<Task> open() { return MUST(process.open_task(*MUST(store->reader()), subject)); }
};
INSTANTIATE_TEST_SUITE_P(all, ProcessTest, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(ProcessTest, EveryQueryIsUnderstood) {
    EXPECT_TRUE(store->check_queries().ok());
}

TEST_P(ProcessTest, RunsThroughThePostsInOrder) {
    auto first = began();
    EXPECT_EQ(first.round, 0);
    EXPECT_EQ(first.name, "初审");
    clock.advance(std::chrono::hours(1));
    auto second = finished(first, Verdict::agree);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->step, 1);
    EXPECT_EQ(second->round, 1);
    EXPECT_EQ(second->body, body);
    EXPECT_EQ(open()->name, "审核");
    EXPECT_FALSE(finished(*second, Verdict::agree, "sl004"));
    EXPECT_FALSE(open());
    auto all = history();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].state, TaskState::done);
    EXPECT_EQ(all[0].done_by.text, "sl003");
    EXPECT_EQ(all[0].opened_at, kit::at("2026-10-15 09:24"));
    EXPECT_EQ(all[0].done_at, kit::at("2026-10-15 10:24"));
    EXPECT_EQ(all[1].done_by.text, "sl004");
}

TEST_P(ProcessTest, SentBackItLiesWithThePostBeforeInANewRound) {
    auto second = finished(began(), Verdict::agree);
    auto again = finished(*second, Verdict::send_back, "sl004");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->step, 0);
    EXPECT_EQ(again->round, 2);
    EXPECT_EQ(history()[1].state, TaskState::returned);
}

TEST_P(ProcessTest, SentBackFromTheFirstPostItLeavesTheFlowAndMayBeginAgain) {
    EXPECT_FALSE(finished(began(), Verdict::send_back));
    EXPECT_FALSE(open());
    EXPECT_EQ(began().round, 1);
}

TEST_P(ProcessTest, WhoeverActsSecondIsRefused) {
    auto task = began();
    finished(task, Verdict::agree);
    auto tx = MUST(store->begin());
    auto late = process.finish(*tx, task, StaffId{"sl004"}, flow, Verdict::agree);
    auto code = late.ok() ? tx->commit().error().code : late.error().code;
    EXPECT_EQ(code, "task_is_not_open");
    EXPECT_EQ(history()[0].done_by.text, "sl003");
    EXPECT_EQ(history().size(), 2u);
}

TEST_P(ProcessTest, AnEndedTaskIsNotFinishedAgain) {
    auto task = began();
    finished(task, Verdict::agree);
    auto tx = MUST(store->begin());
    EXPECT_EQ(process.finish(*tx, history()[0], StaffId{"sl003"}, flow, Verdict::agree).error().code,
              "task_is_not_open");
}

TEST_P(ProcessTest, DoesNotBeginTwice) {
    began();
    auto tx = MUST(store->begin());
    EXPECT_EQ(process.begin(*tx, subject, body, flow).error().code, "task_is_already_open");
}

TEST_P(ProcessTest, NeedsAFlow) {
    auto tx = MUST(store->begin());
    EXPECT_EQ(process.begin(*tx, subject, body, {}).error().code, "flow_is_empty");
}

TEST_P(ProcessTest, CancelledNobodyHasItOnTheTable) {
    began();
    auto tx = MUST(store->begin());
    process.cancel(*tx, subject);
    MUST(tx->commit());
    EXPECT_FALSE(open());
    EXPECT_EQ(history()[0].state, TaskState::cancelled);
}

}  // namespace
}  // namespace tongban::process
