#include <atomic>
#include <condition_variable>
#include <thread>

#include "kit/kit.h"
#include "ledger.h"

using namespace tongban;
using namespace tongban::ledger;
using store::Event;

namespace {
Error const refused{ErrorKind::unavailable, "printer_is_out_of_paper", ""};

class events : public testing::TestWithParam<store::Dialect> {
protected:
    void emit(std::string const& aggregate, std::string const& kind = "ledger.opened") {
        auto tx = MUST(store_->begin());
        tx->emit({kind, aggregate, {{"n", ++emitted_}}});
        MUST(tx->commit());
    }
    std::int64_t count(char const* text) {
        return MUST(MUST(store_->reader())->rows(same("t", text)))[0].integer("n");
    }
    /// The code that was noted for the consumer or the kind of job when it failed last.
    std::string noted(std::string const& name) {
        auto rows =
            MUST(MUST(store_->reader())
                     ->rows(same("t",
                                 "SELECT last_error FROM store_delivery WHERE consumer = $1 UNION ALL "
                                 "SELECT last_error FROM store_job WHERE kind = $1"),
                            name));
        return rows.empty() ? "nothing waits" : rows[0].text("last_error");
    }

    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::FreshStore store_ = kit::fresh_store(GetParam(), clock_, {ledger::schema()});
    int emitted_ = 0;
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, events, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(events, are_heard_in_order_by_those_who_asked_for_the_kind) {
    std::vector<std::string> heard;
    auto hear = [&](char const* who) {
        return [&heard, who](store::Tx&, Event const& event, Instant at) -> Result<void> {
            EXPECT_EQ(at.ms, kit::at("2026-10-15 09:24").ms);
            heard.push_back(who + event.aggregate + std::to_string(event.body.at("n").as_int64()));
            return {};
        };
    };
    store_->consumers().add("one", {"ledger.opened", "ledger.closed"}, hear("1"));
    store_->consumers().add("two", {"ledger.closed"}, hear("2"));
    emit("a");
    emit("a", "ledger.closed");
    emit("a", "ledger.burnt");
    emit("a");
    EXPECT_EQ(MUST(store_->run_pending()), 4);
    EXPECT_EQ(std::count_if(heard.begin(), heard.end(), [](auto& h) { return h[0] == '2'; }), 1);
    std::erase_if(heard, [](auto& h) { return h[0] == '2'; });
    EXPECT_EQ(heard, (std::vector<std::string>{"1a1", "1a2", "1a4"}));
    EXPECT_EQ(MUST(store_->run_pending()), 0) << "each once";
    EXPECT_EQ(count("SELECT count(*) AS n FROM store_event"), 4) << "events stay, deliveries go";
    EXPECT_EQ(MUST(store_->backlog()).deliveries, 0);
}

TEST_P(events, of_one_transaction_are_numbered_and_heard_as_they_were_emitted) {
    std::string heard;
    store_->consumers().add("one", {"ledger.opened", "ledger.closed"},
                            [&](store::Tx&, Event const& event, Instant) -> Result<void> {
                                heard += event.aggregate + std::to_string(event.body.at("n").as_int64());
                                return {};
                            });
    emit("b");
    auto tx = MUST(store_->begin());
    for (auto const* where : {"b2", "a1", "b3", "a2", "b4"})
        tx->emit({where[1] % 2 == 0 ? "ledger.opened" : "ledger.closed",
                  std::string(1, where[0]),
                  {{"n", where[1] - '0'}}});
    MUST(tx->commit());
    MUST(store_->run_pending());
    std::string of_b;
    for (std::size_t i = 0; i < heard.size(); i += 2)
        if (heard[i] == 'b') of_b += heard[i + 1];
    EXPECT_EQ(of_b, "1234");
    EXPECT_EQ(count("SELECT count(*) AS n FROM store_event WHERE aggregate = 'b' AND position <= 4"), 4);
    EXPECT_EQ(count("SELECT count(*) AS n FROM store_event WHERE aggregate = 'a' AND position <= 2"), 2);
}

TEST_P(events, of_a_rolled_back_transaction_never_happened) {
    auto tx = MUST(store_->begin());
    tx->emit({"ledger.opened", "a", {}});
    tx.reset();
    EXPECT_EQ(count("SELECT count(*) AS n FROM store_event"), 0);
}

TEST_P(events, a_failing_aggregate_waits_and_does_not_block_the_others) {
    std::vector<std::string> heard;
    bool out_of_paper = true;
    store_->consumers().add(
        "printer", {"ledger.opened"}, [&](store::Tx& tx, Event const& event, Instant) -> Result<void> {
            tx.write(insert_page, event.aggregate + std::to_string(event.body.at("n").as_int64()), "");
            if (out_of_paper && event.aggregate == "a") return refused;
            heard.push_back(event.aggregate + std::to_string(event.body.at("n").as_int64()));
            return {};
        });
    emit("a");
    emit("a");
    emit("b");
    EXPECT_EQ(MUST(store_->run_pending()), 1);
    EXPECT_EQ(heard, (std::vector<std::string>{"b3"}));
    EXPECT_EQ(count("SELECT count(*) AS n FROM ledger_page"), 1)
        << "what the handler wrote went with its failure";
    EXPECT_EQ(MUST(store_->backlog()).deliveries, 2);
    EXPECT_EQ(MUST(store_->backlog()).failing, 1);
    out_of_paper = false;
    EXPECT_EQ(MUST(store_->run_pending()), 0) << "the pause has not passed";
    clock_.advance(std::chrono::seconds{1});
    EXPECT_EQ(MUST(store_->run_pending()), 2);
    EXPECT_EQ(heard, (std::vector<std::string>{"b3", "a1", "a2"}));
    EXPECT_EQ(MUST(store_->backlog()).failing, 0);
}

TEST_P(events, pauses_grow) {
    int tries = 0;
    store_->consumers().add("printer", {"ledger.opened"},
                            [&](store::Tx&, Event const&, Instant) -> Result<void> {
                                ++tries;
                                return refused;
                            });
    emit("a");
    for (auto [seconds, tries_then] : {std::pair{0, 1}, {1, 2}, {4, 2}, {1, 3}, {29, 3}, {1, 4}}) {
        clock_.advance(std::chrono::seconds{seconds});
        MUST(store_->run_pending());
        EXPECT_EQ(tries, tries_then);
    }
}

TEST_P(events, a_bug_in_a_handler_is_counted_like_a_refusal) {
    store_->consumers().add("one", {"ledger.opened"}, [&](store::Tx&, Event const&, Instant) -> Result<void> {
        ensure(false, "never");
        return {};
    });
    store_->consumers().add_slow("two", {"ledger.opened"}, [](Event const&, Instant) -> Result<void> {
        throw std::out_of_range("never");
    });
    emit("a");
    EXPECT_EQ(MUST(store_->run_pending()), 0);
    EXPECT_EQ(MUST(store_->backlog()).failing, 2);
    EXPECT_EQ(noted("one"), "handler_has_a_bug");
    EXPECT_EQ(noted("two"), "handler_has_a_bug");
    EXPECT_TRUE(store_->begin().ok()) << "the handler's transaction is over";
}

TEST_P(events, a_damaged_row_fails_alone) {
    int heard = 0;
    store_->consumers().add("reader", {"ledger.opened"},
                            [&](store::Tx&, Event const&, Instant) -> Result<void> {
                                ++heard;
                                return {};
                            });
    emit("torn");
    emit("whole");
    auto tx = MUST(store_->begin());
    tx->write(same("tear", "UPDATE store_event SET body = '{\"n\"' WHERE aggregate = $1"), "torn");
    tx->plan("torn_job", "x", clock_.now());
    tx->write(same("tear_job", "UPDATE store_job SET body = 'no JSON' WHERE kind = $1"), "torn_job");
    MUST(tx->commit());
    store_->jobs().add("torn_job", [](auto&&...) -> Result<void> { return {}; });
    MUST(store_->run_pending());
    EXPECT_EQ(heard, 1) << "the whole one";
    EXPECT_EQ(noted("reader"), "stored_body_does_not_read");
    EXPECT_EQ(noted("torn_job"), "stored_body_does_not_read");
}

TEST_P(events, a_delivery_nobody_handles_any_more_is_kept_and_counted) {
    store_->consumers().add("old", {"ledger.opened"},
                            [](store::Tx&, Event const&, Instant) -> Result<void> { return {}; });
    emit("a");
    store_.reopen();
    EXPECT_EQ(MUST(store_->run_pending()), 0);
    EXPECT_EQ(MUST(store_->backlog()).failing, 1);
    EXPECT_EQ(noted("old"), "consumer_is_not_known");
}

TEST_P(events, slow_consumers_run_outside_any_transaction_and_again_after_a_crash) {
    int runs = 0;
    auto slow = [&](Event const&, Instant) -> Result<void> {
        ++runs;
        auto tx = TRY(store_->begin());
        tx->write(insert_page, std::to_string(runs), "");
        TRY(tx->commit());
        if (runs == 1) return refused;
        return {};
    };
    store_->consumers().add_slow("renderer", {"ledger.opened"}, slow);
    emit("a");
    EXPECT_EQ(MUST(store_->run_pending()), 0);
    clock_.advance(std::chrono::seconds{1});
    EXPECT_EQ(MUST(store_->run_pending()), 1);
    EXPECT_EQ(runs, 2);
    emit("a");
    {  // As if the process had died inside the handler: leased, not finished.
        auto tx = MUST(store_->begin());
        tx->write(same("t", "UPDATE store_delivery SET due_at = due_at + 300000"));
        MUST(tx->commit());
    }
    EXPECT_EQ(MUST(store_->run_pending()), 0);
    clock_.advance(std::chrono::minutes{5});
    EXPECT_EQ(MUST(store_->run_pending()), 1);
}

TEST_P(events, of_one_aggregate_are_numbered_in_the_order_of_the_commits) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 20; ++i) {
                auto tx = MUST(store_->begin());
                // Crosswise on purpose: the store orders them, so that nobody waits in a circle.
                tx->emit({"ledger.opened", t % 2 == 0 ? "a" : "b", {}});
                tx->emit({"ledger.opened", t % 2 == 0 ? "b" : "a", {}});
                MUST(tx->commit());
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(count("SELECT count(*) AS n FROM store_event WHERE aggregate = 'a'"), 160);
    EXPECT_EQ(count("SELECT max(position) AS n FROM store_event WHERE aggregate = 'a'"), 160);
    EXPECT_EQ(count("SELECT max(position) AS n FROM store_event WHERE aggregate = 'b'"), 160);
}

TEST_P(events, several_running_stores_handle_each_delivery_once_and_in_order) {
    auto other = MUST(store::Store::open(store_.options(), clock_, {ledger::schema()}));
    std::mutex mutex;
    std::condition_variable all;
    std::map<std::string, std::vector<std::int64_t>> heard;
    int count = 0;
    auto hear = [&](store::Tx& tx, Event const& event, Instant) -> Result<void> {
        auto n = event.body.at("n").as_int64();
        tx.write(insert_page, std::to_string(n),
                 "");  // a second delivery would be a conflict, and be counted
        std::lock_guard lock(mutex);
        heard[event.aggregate].push_back(n);
        ++count;
        all.notify_all();
        return {};
    };
    store_->consumers().add("one", {"ledger.opened"}, hear);
    other->consumers().add("one", {"ledger.opened"}, hear);
    store_->start();
    other->start();
    for (int i = 0; i < 60; ++i) emit(std::string(1, static_cast<char>('a' + i % 3)));
    {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(all.wait_for(lock, std::chrono::seconds{60}, [&] { return count >= 60; }));
    }
    store_->stop();
    other->stop();
    EXPECT_EQ(MUST(store_->backlog()).deliveries, 0);
    EXPECT_EQ(MUST(store_->backlog()).failing, 0);
    EXPECT_EQ(count, 60);
    for (auto const& [aggregate, numbers] : heard)
        EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end()));
}

TEST_P(events, jobs_run_when_due_once_per_key_and_can_be_moved_and_cancelled) {
    std::vector<std::string> ran;
    store_->jobs().add(
        "ledger.close",
        [&](store::Tx& tx, std::string const& key, json::object const& body,
            Instant planned) -> Result<void> {
            ran.push_back(key + "@" + to_text(planned).substr(11, 5) + body.at("why").as_string().c_str());
            if (key == "again" && ran.size() < 9)
                tx.plan("ledger.close", key, planned + std::chrono::hours{1}, body);
            return {};
        });
    auto plan = [&](char const* key, char const* at, char const* why) {
        auto tx = MUST(store_->begin());
        tx->plan("ledger.close", key, kit::at(at), {{"why", why}});
        MUST(tx->commit());
    };
    plan("a", "2026-10-15 10:00", "x");
    plan("b", "2026-10-15 09:30", "y");
    plan("a", "2026-10-15 11:00", "z");
    plan("c", "2026-10-15 09:30", "!");
    plan("again", "2026-10-15 09:00", "");
    {
        auto tx = MUST(store_->begin());
        tx->cancel("ledger.close", "c");
        MUST(tx->commit());
    }
    EXPECT_EQ(MUST(store_->run_pending()), 1);
    clock_.set(kit::at("2026-10-15 10:30"));
    EXPECT_EQ(MUST(store_->backlog()).jobs_due, 2);
    EXPECT_EQ(MUST(store_->run_pending()), 2);
    EXPECT_EQ(ran, (std::vector<std::string>{"again@09:00", "b@09:30y", "again@10:00"}));
    clock_.set(kit::at("2026-10-15 11:00"));
    EXPECT_EQ(MUST(store_->run_pending()), 2);
    EXPECT_EQ(ran[3], "a@11:00z");
}

TEST_P(events, a_failing_job_is_tried_again_and_does_not_block_others) {
    int good = 0, bad = 0;
    store_->jobs().add("ledger.close",
                       [&](store::Tx&, std::string const& key, json::object const&, Instant) -> Result<void> {
                           if (key == "bad" && ++bad < 3) return refused;
                           ++good;
                           return {};
                       });
    auto tx = MUST(store_->begin());
    tx->plan("ledger.close", "bad", clock_.now());
    tx->plan("ledger.close", "good", clock_.now());
    tx->plan("ledger.unknown", "x", clock_.now());
    MUST(tx->commit());
    EXPECT_EQ(MUST(store_->run_pending()), 1);
    EXPECT_EQ(MUST(store_->backlog()).failing, 2);
    EXPECT_EQ(noted("ledger.close"), refused.code);
    EXPECT_EQ(noted("ledger.unknown"), "job_is_not_known");
    clock_.advance(std::chrono::seconds{1});
    EXPECT_EQ(MUST(store_->run_pending()), 0);
    clock_.advance(std::chrono::seconds{5});
    EXPECT_EQ(MUST(store_->run_pending()), 1);
    EXPECT_EQ(good, 2);
}

TEST_P(events, started_threads_hear_a_commit_at_once) {
    std::mutex mutex;
    std::condition_variable woken;
    bool heard = false, rendered = false, ran = false;
    auto note = [&](bool& what) {
        std::lock_guard lock(mutex);
        what = true;
        woken.notify_all();
    };
    store_->consumers().add("one", {"ledger.opened"}, [&](store::Tx&, Event const&, Instant) -> Result<void> {
        note(heard);
        return {};
    });
    store_->consumers().add_slow("two", {"ledger.opened"}, [&](Event const&, Instant) -> Result<void> {
        note(rendered);
        return {};
    });
    store_->jobs().add("ledger.close",
                       [&](store::Tx&, std::string const&, json::object const&, Instant) -> Result<void> {
                           note(ran);
                           return {};
                       });
    store_->start();
    auto tx = MUST(store_->begin());
    tx->emit({"ledger.opened", "a", {}});
    tx->plan("ledger.close", "k", clock_.now());
    tx->audit({"system:test", "ledger.open", "a", {}});
    MUST(tx->commit());
    {
        std::unique_lock lock(mutex);
        EXPECT_TRUE(woken.wait_for(lock, std::chrono::seconds{60}, [&] { return heard && rendered && ran; }));
    }
    for (int i = 0; i < 600 && MUST(store_->backlog()).unsealed_audit > 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    store_->stop();
    EXPECT_EQ(MUST(store_->verify_audit()).sealed, 1);
}

TEST(consumers, names_are_unique) {
    SetClock const clock{kit::at("2026-10-15 09:24")};
    auto store = kit::fresh_store(store::Dialect::sqlite, clock, {});
    auto ignore = [](Event const&, Instant) -> Result<void> { return {}; };
    store->consumers().add_slow("one", {"a"}, ignore);
    EXPECT_THROW(store->consumers().add_slow("one", {"b"}, ignore), Bug);
}
