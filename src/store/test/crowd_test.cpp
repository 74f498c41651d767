// Deliveries while people wait for the database.
#include <atomic>
#include <thread>

#include "kit/kit.h"
#include "ledger.h"

using namespace tongban;
using namespace tongban::ledger;

namespace {
class crowd : public testing::TestWithParam<store::Dialect> {
protected:
    void SetUp() override {
        store_->consumers().add("one", {"ledger.opened"},
                                [this](store::Tx&, store::Event const&, Instant) -> Result<void> {
                                    delivered_ = true;
                                    return {};
                                });
        auto tx = MUST(store_->begin());
        tx->write(insert_page, "a", "办事");
        tx->emit({"ledger.opened", "a", {}});
        MUST(tx->commit());
    }
    /// More people than connections, each with one transaction after the other, until `is_over`.
    std::vector<std::thread> people(std::function<bool()> is_over) {
        std::vector<std::thread> all;
        for (int i = 0; i < 24; ++i)
            all.emplace_back([this, is_over] {
                while (!is_over()) {
                    auto tx = MUST(store_->begin());
                    MUST(tx->rows(count_pages));
                    MUST(tx->commit());
                    ++served_;
                }
            });
        return all;
    }

    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::FreshStore store_ = kit::fresh_store(GetParam(), clock_, {ledger::schema()});
    std::atomic<bool> delivered_ = false;
    std::atomic<int> served_ = 0;
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, crowd, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(crowd, that_never_ends_holds_up_nothing_that_is_late) {
    clock_.set(kit::at("2026-10-15 09:25"));
    auto waiting = people([this] { return delivered_.load(); });
    store_->start();
    for (auto& one : waiting) one.join();
    EXPECT_TRUE(delivered_);
    store_->stop();
}

TEST_P(crowd, that_goes_leaves_the_rest_to_be_done) {
    auto waiting = people([this] { return served_ > 2000; });
    store_->start();
    for (auto& one : waiting) one.join();
    for (int i = 0; i < 600 && !delivered_; ++i) std::this_thread::sleep_for(std::chrono::milliseconds{100});
    EXPECT_TRUE(delivered_);
    store_->stop();
}

TEST_P(crowd, does_not_keep_the_program_from_ending) {
    std::atomic<bool> over = false;
    auto waiting = people([&] { return over.load(); });
    store_->start();
    while (served_ < 200) std::this_thread::yield();
    store_->stop();
    over = true;
    for (auto& one : waiting) one.join();
    EXPECT_EQ(MUST(store_->backlog()).deliveries, delivered_ ? 0 : 1);
}

TEST_P(crowd, of_people_who_wait_for_a_seat_goes_first) {
    std::atomic<bool> people_wait = true;
    std::atomic<int> asked = 0;
    store_->step_aside_while([&] {
        ++asked;
        return people_wait.load();
    });
    store_->start();
    while (asked < 3) std::this_thread::yield();
    EXPECT_FALSE(delivered_);
    people_wait = false;
    while (!delivered_) std::this_thread::yield();
    store_->stop();
}

TEST_P(crowd, of_people_who_wait_for_a_seat_does_not_hold_up_what_is_late) {
    store_->step_aside_while([] { return true; });
    clock_.set(kit::at("2026-10-15 09:25"));
    store_->start();
    while (!delivered_) std::this_thread::yield();
    store_->stop();
}
