// What processes keep in memory, and how each of them notices that it is old.
#include "kit/kit.h"
#include "ledger.h"

using namespace tongban;
using namespace tongban::ledger;

namespace {
class memories : public testing::TestWithParam<store::Dialect> {
protected:
    static void outdate(store::Store& by, std::string const& name) {
        auto tx = MUST(by.begin());
        tx->outdate(name);
        MUST(tx->commit());
    }

    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::FreshStore store_ = kit::fresh_store(GetParam(), clock_, {ledger::schema()});
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, memories, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(memories, are_refilled_in_every_process_once_each_time_somebody_outdates_them) {
    auto other = MUST(store::Store::open(store_.options(), clock_, {ledger::schema()}));
    std::vector<std::string> filled;
    auto note = [&](std::string const& what) {
        return [&filled, what]() -> Result<void> {
            filled.push_back(what);
            return {};
        };
    };
    store_->memories().add("org", note("one org"));
    store_->memories().add("catalog", note("one catalog"));
    other->memories().add("org", note("other org"));
    outdate(*store_, "catalog");
    MUST(store_->check_schema());
    MUST(other->check_schema());
    EXPECT_EQ(MUST(store_->refill_memories()), 0) << "what was so at the start is known";
    outdate(*store_, "org");
    outdate(*store_, "org");
    EXPECT_EQ(MUST(store_->refill_memories()), 1);
    EXPECT_EQ(MUST(other->refill_memories()), 1);
    EXPECT_EQ(MUST(other->refill_memories()), 0);
    EXPECT_EQ(filled, (std::vector<std::string>{"one org", "other org"}));
    outdate(*other, "catalog");
    EXPECT_EQ(MUST(store_->run_pending()), 0);
    EXPECT_EQ(filled.back(), "one catalog");
}

TEST_P(memories, that_cannot_be_refilled_stay_old_and_are_tried_again) {
    bool broken = true;
    int tries = 0;
    store_->memories().add("org", [&]() -> Result<void> {
        ++tries;
        if (broken) return Error{ErrorKind::unavailable, "database_does_not_answer", ""};
        return {};
    });
    auto rolled_back = MUST(store_->begin());
    rolled_back->outdate("org");
    rolled_back.reset();
    EXPECT_EQ(MUST(store_->refill_memories()), 0);
    EXPECT_EQ(tries, 0);
    outdate(*store_, "org");
    EXPECT_EQ(MUST(store_->refill_memories()), 0);
    broken = false;
    EXPECT_EQ(MUST(store_->refill_memories()), 1);
    EXPECT_EQ(MUST(store_->refill_memories()), 0);
    EXPECT_EQ(tries, 2);
}

TEST_P(memories, of_the_threads_hear_of_another_process_by_themselves) {
    std::atomic<int> filled{0};
    store_->memories().add("org", [&]() -> Result<void> {
        ++filled;
        return {};
    });
    MUST(store_->check_schema());
    store_->start();
    auto other = MUST(store::Store::open(store_.options(), clock_, {ledger::schema()}));
    outdate(*other, "org");
    for (int i = 0; i < 600 && filled == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{50});
    EXPECT_EQ(filled, 1);
    store_->stop();
}

TEST_P(memories, of_time_what_waits_for_a_moment_far_ahead_is_due_at_once_after_the_clock_was_set_back) {
    int heard = 0;
    store_->consumers().add("printer", {"ledger.opened"}, [&](store::Tx&, store::Event const&, Instant) {
        ++heard;
        return Result<void>{};
    });
    MUST(store_->run_pending());
    auto tx = MUST(store_->begin());
    tx->emit({"ledger.opened", "a", {}});
    MUST(tx->commit());
    MUST(store_->run_pending());
    EXPECT_EQ(heard, 1);
    tx = MUST(store_->begin());
    tx->emit({"ledger.opened", "a", {}});
    MUST(tx->commit());
    clock_.advance(-std::chrono::hours{2});
    EXPECT_EQ(MUST(store_->run_pending()), 1) << "not in two hours";
    EXPECT_EQ(heard, 2);
}

TEST_P(memories, of_the_newest_moment_come_from_the_sealed_audit) {
    EXPECT_FALSE(MUST(store_->newest_moment()).has_value());
    auto tx = MUST(store_->begin());
    tx->audit({"staff:s1", "ledger.open", "page", {}});
    MUST(tx->commit());
    MUST(store_->seal_audit());
    auto const newest = clock_.now();
    EXPECT_EQ(MUST(store_->newest_moment())->ms, newest.ms);
    clock_.advance(-std::chrono::hours{2});
    auto later = MUST(store_->begin());
    later->audit({"staff:s1", "ledger.open", "page", {}});
    MUST(later->commit());
    MUST(store_->seal_audit());
    EXPECT_EQ(MUST(store_->newest_moment())->ms, newest.ms)
        << "a seal made after the clock was set back hides nothing";
}

TEST_P(memories, of_failures_tell_who_waits_and_why) {
    store_->consumers().add("printer", {"ledger.opened"},
                            [&](store::Tx&, store::Event const&, Instant) -> Result<void> {
                                return Error{ErrorKind::unavailable, "printer_is_out_of_paper", ""};
                            });
    for (auto const* page : {"a", "b"}) {
        auto tx = MUST(store_->begin());
        tx->emit({"ledger.opened", page, {}});
        MUST(tx->commit());
    }
    MUST(store_->run_pending());
    auto failing = MUST(store_->failing());
    ASSERT_EQ(failing.size(), 1U);
    EXPECT_EQ(failing[0].who, "printer");
    EXPECT_EQ(failing[0].code, "printer_is_out_of_paper");
    EXPECT_EQ(failing[0].count, 2);
    EXPECT_EQ(failing[0].since.ms, clock_.now().ms);
}
