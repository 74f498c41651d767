#include <atomic>
#include <latch>
#include <thread>

#include "kit/kit.h"
#include "ledger.h"

using namespace tongban;
using namespace tongban::ledger;
using store::Blob;

namespace {
class tx : public testing::TestWithParam<store::Dialect> {
protected:
    std::int64_t pages() {
        auto reader = MUST(store_->reader());
        return MUST(reader->rows(count_pages))[0].integer("n");
    }
    void put(std::string const& id, std::string const& words) {
        auto tx = MUST(store_->begin());
        tx->write(insert_page, id, words);
        MUST(tx->commit());
    }

    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::FreshStore store_ = kit::fresh_store(GetParam(), clock_, {ledger::schema()});
};
Error const meanwhile{ErrorKind::conflict, "page_changed_meanwhile", ""};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, tx, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(tx, commit_keeps_and_destruction_undoes) {
    {
        auto tx = MUST(store_->begin());
        tx->write(insert_page, "a", "办事");
        auto seen = MUST(tx->maybe_one(load_page, "a"));
        ASSERT_TRUE(seen.has_value()) << "a transaction sees its own writes";
    }
    EXPECT_EQ(pages(), 0);
    put("a", "办事");
    EXPECT_EQ(pages(), 1);
    store_.reopen();
    EXPECT_EQ(pages(), 1);
}

/// SQLite's writer keeps sixteen MiB in memory: what is more goes into the log before it is committed, and is
/// read from there.
TEST_P(tx, larger_than_memory_is_read_undone_and_kept) {
    constexpr int many = 3000;
    std::string const words(8000, 'w');
    auto write_all = [&](store::Tx& tx) {
        for (int i = 0; i < many; ++i) tx.write(insert_page, std::to_string(i), words + std::to_string(i));
        for (int i = many; i-- > 0;) {  // the newest first: so it meets what left the memory last
            auto const id = std::to_string(i);
            ASSERT_EQ(MUST(tx.rows(load_page, id))[0].text("words"), words + id);
        }
    };
    write_all(*MUST(store_->begin()));
    EXPECT_EQ(pages(), 0);
    put("small", "");
    auto tx = MUST(store_->begin());
    write_all(*tx);
    MUST(tx->commit());
    EXPECT_EQ(pages(), many + 1);
    store_.reopen();
    for (std::string const id : {"0", "1500", "2999"})
        EXPECT_EQ(MUST(MUST(store_->reader())->rows(load_page, id))[0].text("words"), words + id);
}

TEST_P(tx, every_type_comes_back_as_it_went) {
    put("p", "");
    auto tx = MUST(store_->begin());
    tx->write(insert_note, "p", "full", true, Blob{std::string("\0\xff'\\x41", 7)});
    tx->write(insert_note, "p", "empty", std::optional<std::int64_t>{}, Blob{});
    tx->write(insert_note, "p", store::Null{}, 1, Blob{});
    EXPECT_EQ(tx->commit().error().code, "row_breaks_a_rule");
    auto again = MUST(store_->begin());
    again->write(insert_note, "p", "full", true, Blob{std::string("\0\xff'\\x41", 7)});
    again->write(insert_note, "p", "none", std::optional<std::int64_t>{}, std::optional<Blob>{});
    again->write(insert_note, "p", "empty", 0, Blob{});
    MUST(again->commit());
    auto reader = MUST(store_->reader());
    auto rows = MUST(reader->rows(same("t", "SELECT kind, flag, body FROM ledger_note ORDER BY kind")));
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].text("kind"), "empty");
    EXPECT_FALSE(rows[0].is_null("body"));
    EXPECT_FALSE(rows[0].flag("flag"));
    EXPECT_EQ(rows[1].bytes("body"), std::string("\0\xff'\\x41", 7));
    EXPECT_TRUE(rows[1].flag("flag"));
    EXPECT_TRUE(rows[2].is_null("flag"));
    EXPECT_TRUE(rows[2].is_null("body"));
    EXPECT_FALSE(rows[2].maybe_integer("flag").has_value());
    auto numbers = MUST(reader->rows(same("t", "SELECT CAST($1 AS BIGINT) AS big, CAST($2 AS TEXT) AS day"),
                                     std::int64_t{-9'007'199'254'740'993}, MUST(read_day("2026-10-15"))));
    EXPECT_EQ(numbers[0].integer("big"), -9'007'199'254'740'993);
    EXPECT_EQ(to_text(numbers[0].day("day")), "2026-10-15");
    EXPECT_THROW((void)numbers[0].text("big"), Bug);
    EXPECT_THROW((void)numbers[0].text("nothing"), Bug);
}

TEST_P(tx, sums_and_fractions_read_alike_on_both_databases) {
    auto tx = MUST(store_->begin());
    for (auto id : {"a", "b", "c"}) tx->write(insert_page, id, "");
    auto rows = MUST(tx->rows(count_pages));
    EXPECT_EQ(rows[0].integer("n"), 3);
    EXPECT_EQ(rows[0].integer("s"), 3);
    auto large = MUST(tx->rows(same("t", "SELECT sum(CAST($1 AS BIGINT) * version) AS s FROM ledger_page"),
                               std::int64_t{-3'000'000'010'000'007}));
    EXPECT_EQ(large[0].integer("s"), -9'000'000'030'000'021);
    auto half = MUST(tx->rows(same("t", "SELECT CAST(0.5 AS REAL) AS half")));
    EXPECT_EQ(half[0].text("half"), "0.5");
}

TEST_P(tx, text_with_nul_or_broken_utf8_is_refused_and_nothing_is_cut) {
    for (auto const& bad : {std::string("a\0b", 3), std::string("\xff"), std::string("\xed\xa0\x80")}) {
        auto tx = MUST(store_->begin());
        tx->write(insert_page, "a", bad);
        EXPECT_EQ(tx->commit().error().code, "text_is_not_utf8");
    }
    EXPECT_EQ(pages(), 0);
}

TEST_P(tx, violations_are_conflicts_by_name) {
    put("a", "");
    auto code_of = [&](auto&& writes) {
        auto tx = MUST(store_->begin());
        writes(*tx);
        return tx->commit().error().code;
    };
    EXPECT_EQ(code_of([](auto& t) { t.write(insert_page, "a", "x"); }), "row_already_exists");
    EXPECT_EQ(code_of([](auto& t) { t.write(insert_note, "nobody", "k", 1, Blob{}); }),
              "reference_is_broken");
    EXPECT_EQ(code_of([](auto& t) { t.write(same("t", "UPDATE ledger_page SET version = 0")); }),
              "row_breaks_a_rule");
    EXPECT_EQ(code_of([](auto& t) { t.write(same("t", "UPDATE ledger_nothing SET version = 0")); }),
              "query_failed");
    EXPECT_EQ(pages(), 1);
}

TEST_P(tx, a_queued_error_surfaces_at_the_next_read_and_names_its_query_in_the_log) {
    put("a", "");
    auto tx = MUST(store_->begin());
    testing::internal::CaptureStderr();
    tx->write(insert_page, "a", "secret words");
    auto read = tx->rows(count_pages);
    auto logged = testing::internal::GetCapturedStderr();
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, "row_already_exists");
    EXPECT_EQ(read.error().detail.find("ledger"), std::string::npos);
    EXPECT_NE(logged.find("\"query\":\"ledger.insert_page\""), std::string::npos) << logged;
    EXPECT_EQ(logged.find("secret"), std::string::npos);
    tx->write(insert_page, "b", "");
    EXPECT_EQ(tx->commit().error().code, "row_already_exists") << "a failed transaction stays failed";
    tx.reset();
    EXPECT_EQ(pages(), 1);
}

TEST_P(tx, write_expecting_fails_the_whole_transaction) {
    put("a", "one");
    auto tx = MUST(store_->begin());
    tx->write(insert_page, "b", "");
    tx->write_expecting(1, meanwhile, change_page, "a", 7, "two");
    EXPECT_EQ(tx->commit().error().code, "page_changed_meanwhile");
    tx.reset();
    EXPECT_EQ(pages(), 1);
    auto right = MUST(store_->begin());
    right->write_expecting(1, meanwhile, change_page, "a", 1, "two");
    MUST(right->commit());
    auto reader = MUST(store_->reader());
    EXPECT_EQ(MUST(reader->rows(load_page, "a"))[0].text("words"), "two");
}

TEST_P(tx, of_two_that_saw_the_same_version_one_wins) {
    put("a", "");
    std::atomic<int> won = 0, lost = 0;
    auto write = [&](std::string const& words) {
        auto version = MUST(MUST(store_->reader())->rows(load_page, "a"))[0].integer("version");
        (void)version;
        auto tx = MUST(store_->begin());
        tx->write_expecting(1, meanwhile, change_page, "a", 1, words);
        auto done = tx->commit();
        if (done.ok())
            ++won;
        else if (done.error().code == "page_changed_meanwhile")
            ++lost;
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; ++i) threads.emplace_back(write, std::to_string(i));
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(won, 1);
    EXPECT_EQ(lost, 5);
}

TEST_P(tx, a_reader_without_a_shared_snapshot_sees_what_was_committed_between_its_questions) {
    auto reader = MUST(store_->reader(store::Snapshot::none));
    EXPECT_EQ(MUST(reader->rows(count_pages))[0].integer("n"), 0);
    put("a", "办事");
    EXPECT_EQ(MUST(reader->rows(count_pages))[0].integer("n"), 1);
}

TEST_P(tx, what_was_foreseen_answers_each_question_as_if_it_had_been_asked_then) {
    put("a", "一");
    put("b", "二");
    auto reader = MUST(store_->reader());
    reader->foresee(load_page, "b");
    reader->foresee(load_page, "nowhere");
    reader->foresee(load_page, "a");
    reader->foresee(load_page, "a");  // by somebody who does not know of the other
    EXPECT_EQ(MUST(reader->rows(load_page, "a"))[0].text("words"), "一");
    EXPECT_TRUE(MUST(reader->rows(load_page, "nowhere")).empty());
    EXPECT_EQ(MUST(reader->rows(load_page, "b"))[0].text("words"), "二");
    EXPECT_EQ(MUST(reader->rows(load_page, "b"))[0].text("words"), "二") << "asked again, not lost";
    EXPECT_EQ(MUST(reader->rows(count_pages))[0].integer("n"), 2) << "what was not foreseen is asked";
}

TEST_P(tx, a_write_outdates_what_was_foreseen) {
    put("a", "旧");
    auto tx = MUST(store_->begin());
    tx->foresee(load_page, "a");
    tx->foresee(count_pages);
    EXPECT_EQ(MUST(tx->rows(count_pages))[0].integer("n"), 1);
    tx->write(change_page, "a", 1, "新");
    EXPECT_EQ(MUST(tx->rows(load_page, "a"))[0].text("words"), "新");
}

TEST_P(tx, a_foreseen_question_that_fails_ends_the_reader_like_one_that_was_asked) {
    auto reader = MUST(store_->reader());
    reader->foresee(same("ledger.wrong", "SELECT nothing FROM ledger_page"));
    auto asked = reader->rows(count_pages);
    auto wrong = reader->rows(same("ledger.wrong", "SELECT nothing FROM ledger_page"));
    EXPECT_EQ(wrong.error().code, "query_failed");
    EXPECT_TRUE(asked.ok() || asked.error().code == "query_failed");
}

TEST_P(tx, a_reader_sees_one_moment) {
    put("a", "");
    auto reader = MUST(store_->reader());
    EXPECT_EQ(MUST(reader->rows(count_pages))[0].integer("n"), 1);
    put("b", "");
    EXPECT_EQ(MUST(reader->rows(count_pages))[0].integer("n"), 1);
    EXPECT_EQ(pages(), 2);
    EXPECT_FALSE(reader->read(insert_page, {std::string("c"), std::string("")}).ok());
}

TEST_P(tx, commits_later_without_a_thread_that_waits) {
    std::vector<store::Durability> all;
    std::atomic<int> kept = 0, refused = 0;
    for (int i = 0; i < 100; ++i) {
        auto tx = MUST(store_->begin());
        tx->write(insert_page, std::to_string(i % 80), "words");  // the last twenty come second
        tx->emit({"ledger.opened", std::to_string(i), {}});
        all.push_back(tx->commit_later());
        all.back().tell([&](Result<void> const& done) { ++(done.ok() ? kept : refused); });
    }
    int waited_for = 0;
    for (auto const& one : all) waited_for += one.wait().ok() ? 1 : 0;
    EXPECT_EQ(waited_for, 80);
    EXPECT_EQ(pages(), 80);
    all.back().tell([&](Result<void> const& done) {
        EXPECT_EQ(done.error().code, "row_already_exists") << "who asks late is told at once";
    });
    while (kept + refused < 100) std::this_thread::yield();
    EXPECT_EQ(kept, 80);
}

TEST_P(tx, that_asked_before_it_commits_later_is_durable_at_once) {
    auto tx = MUST(store_->begin());
    MUST(tx->rows(count_pages));
    tx->write(insert_page, "a", "");
    MUST(tx->commit_later().wait());
    EXPECT_EQ(pages(), 1);
    MUST(MUST(store_->begin())->commit_later().wait());  // nothing to keep
}

TEST_P(tx, a_wrong_statement_is_thrown_where_it_is_waited_for) {
    auto tx = MUST(store_->begin());
    tx->write(insert_page, "a");
    auto durability = tx->commit_later();
    EXPECT_THROW((void)durability.wait(), Bug);
    std::string told;
    durability.tell([&](Result<void> const& done) { told = done.error().code; });
    EXPECT_EQ(told, "query_failed");
    EXPECT_EQ(pages(), 0);
}

/// More than a socket takes in at a time, and a failure in the middle of it.
TEST_P(tx, of_many_large_rows_is_kept_whole_or_not_at_all) {
    for (auto const* twice : {"", "30"}) {
        auto tx = MUST(store_->begin());
        for (int i = 0; i < 60; ++i)
            tx->write(insert_page, twice + std::to_string(i), std::string(40'000, 'w'));
        if (*twice != 0) tx->write(insert_page, "0", "");
        for (int i = 60; i < 120; ++i)
            tx->write(insert_page, twice + std::to_string(i), std::string(10'000, 'w'));
        EXPECT_EQ(tx->commit().ok(), *twice == 0);
        EXPECT_EQ(pages(), 120);
    }
}

TEST_P(tx, many_threads_commit_together_and_each_answer_is_true) {
    constexpr int threads_count = 16, each = 25;
    std::atomic<int> kept = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < threads_count; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < each; ++i) {
                auto tx = MUST(store_->begin());
                tx->write(insert_page, std::to_string(t) + "/" + std::to_string(i), "");
                // Every fifth fails by itself, every seventh is given up, every third asks something first:
                // neighbours in the batch must not care.
                if (i % 3 == 2) MUST(tx->rows(count_pages));
                if (i % 5 == 4) tx->write(insert_page, std::to_string(t) + "/0", "");
                if (i % 7 == 6) continue;
                if (tx->commit().ok()) ++kept;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(kept, threads_count * 17);  // 25, less 5 that fail, less 3 given up
    EXPECT_EQ(pages(), kept);
}

TEST_P(tx, what_many_threads_insert_together_keeps_its_own_values) {
    constexpr int threads_count = 16, each = 25;
    std::vector<std::thread> threads;
    for (int t = 0; t < threads_count; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < each; ++i) {
                auto id = std::to_string(t) + "/" + std::to_string(i);
                auto tx = MUST(store_->begin());
                tx->write(insert_page, id, "words of " + id);
                tx->write(insert_note, id, "whole",
                          i % 2 == 0 ? std::optional<std::int64_t>{t} : std::nullopt, Blob{"body of " + id});
                if (i % 4 == 3) tx->write(change_page, id, 1, "changed in " + id);
                if (i % 11 == 10) tx->write(insert_note, id, "whole", 1, Blob{"twice"});
                EXPECT_EQ(tx->commit().ok(), i % 11 != 10);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    auto reader = MUST(store_->reader());
    for (int t = 0; t < threads_count; ++t) {
        for (int i = 0; i < each; ++i) {
            auto id = std::to_string(t) + "/" + std::to_string(i);
            auto notes = MUST(reader->rows(load_notes, id));
            ASSERT_EQ(notes.size(), i % 11 == 10 ? 0U : 1U) << id;
            if (notes.empty()) continue;
            EXPECT_EQ(notes[0].bytes("body"), "body of " + id);
            EXPECT_EQ(notes[0].maybe_integer("flag"),
                      i % 2 == 0 ? std::optional<std::int64_t>{t} : std::nullopt);
            auto page = MUST(reader->rows(load_page, id));
            EXPECT_EQ(page[0].text("words"), (i % 4 == 3 ? "changed in " : "words of ") + id);
        }
    }
}

/// Else it would look for what the other one wrote, and not find it.
TEST_P(tx, whoever_comes_second_hears_it_when_the_first_is_there_to_see) {
    constexpr int pairs = 40;
    std::atomic<int> seen = 0;
    for (int i = 0; i < pairs; ++i) {
        auto const id = std::to_string(i);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                auto done = [&]() -> Result<void> {
                    auto tx = TRY(store_->begin());
                    tx->write(insert_page, id, "");
                    return tx->commit();
                }();
                if (done.ok()) return;
                EXPECT_EQ(done.error().code, "row_already_exists");
                if (MUST(MUST(store_->reader())->maybe_one(load_page, id)).has_value()) ++seen;
            });
        for (auto& thread : threads) thread.join();
    }
    EXPECT_EQ(seen, pairs * 3);
}

/// On SQLite whoever holds the baton runs what others have to write: their bugs are not his.
TEST_P(tx, a_bug_is_told_to_the_thread_that_made_it) {
    constexpr int threads_count = 8, each = 20;
    std::atomic<int> kept = 0, bugs = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < threads_count; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < each; ++i) {
                auto tx = MUST(store_->begin());
                tx->write(insert_page, std::to_string(t) + "/" + std::to_string(i), "");
                bool wrong = t % 2 == 1;
                if (wrong) tx->write(insert_page, "one parameter too few");
                try {
                    if (tx->commit().ok()) ++kept;
                    EXPECT_FALSE(wrong);
                } catch (Bug const&) {
                    ++bugs;
                    EXPECT_TRUE(wrong);
                }
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(kept, threads_count / 2 * each);
    EXPECT_EQ(bugs, threads_count / 2 * each);
    EXPECT_EQ(pages(), kept);
}

/// SQLite has one writer for all: there whoever holds it is waited for.
TEST(postgres_writer, lets_nobody_wait_for_a_row_that_is_none_of_his_business) {
    SetClock clock{kit::at("2026-10-15 09:24")};
    auto store = kit::fresh_store(store::Dialect::postgres, clock, {ledger::schema()});
    auto commit = [&](auto&& write) -> Result<void> {
        auto tx = TRY(store->begin());
        write(*tx);
        return tx->commit();
    };
    MUST(commit([](store::Tx& tx) { tx.write(insert_page, "held", ""); }));
    auto holder = MUST(store->begin());
    holder->write(change_page, "held", 1, "theirs");
    MUST(holder->rows(load_page, "held"));  // what is queued goes out with it
    std::latch stuck_is_off(1);
    std::thread stuck([&] {
        stuck_is_off.count_down();
        MUST(commit([](store::Tx& tx) { tx.write(change_page, "held", 1, "mine"); }));
    });
    stuck_is_off.wait();
    // One after the other and beside each other: whoever meets the one that is held up waits a moment.
    std::vector<std::thread> others;
    for (int t = 0; t < 4; ++t)
        others.emplace_back([&, t] {
            for (int i = 0; i < 5; ++i)
                MUST(commit([&](store::Tx& tx) {
                    tx.write(insert_page, std::to_string(t) + "/" + std::to_string(i), "");
                }));
        });
    for (auto& one : others) one.join();
    holder.reset();
    stuck.join();
    auto held = MUST(MUST(store->reader())->maybe_one(load_page, "held"));
    ASSERT_TRUE(held.has_value());
    EXPECT_EQ((*held)[0].text("words"), "mine");
}

TEST_P(tx, a_second_transaction_on_the_same_thread_is_a_bug_and_not_a_deadlock) {
    auto tx = MUST(store_->begin());
    EXPECT_THROW((void)store_->begin(), Bug);
    tx.reset();
    EXPECT_TRUE(store_->begin().ok());
}

TEST_P(tx, wrong_numbers_of_parameters_are_bugs) {
    EXPECT_THROW((void)MUST(store_->reader())->rows(load_page), Bug);
    EXPECT_THROW((void)MUST(store_->reader())->rows(load_page, "a", "b"), Bug);
}

TEST_P(tx, a_bug_in_the_middle_leaves_nothing_behind) {
    {
        auto tx = MUST(store_->begin());
        tx->write(insert_page, "a", "");
        EXPECT_THROW((void)tx->rows(load_page), Bug);
    }
    EXPECT_EQ(pages(), 0);
    put("a", "");
    EXPECT_EQ(pages(), 1);
}

TEST_P(tx, every_query_prepares) {
    auto checked = store_->check_queries();
    EXPECT_TRUE(checked.ok()) << checked.error().detail;
    auto with_bad = ledger::schema();
    static constexpr Query bad{"ledger.bad", "SELECT nothing FROM ledger_page",
                               "SELECT nothing FROM ledger_page"};
    with_bad.queries.push_back(&bad);
    store_.close();
    auto store = MUST(store::Store::open(store_.options(), clock_, {with_bad}));
    auto refused = store->check_queries();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "query_does_not_prepare");
    EXPECT_NE(refused.error().detail.find("ledger.bad"), std::string::npos);
}

TEST_P(tx, ping_answers) {
    EXPECT_TRUE(store_->ping().ok());
}

TEST_P(tx, large_values_and_many_writes_pass) {
    std::string const large(3 << 20, 'x');
    auto tx = MUST(store_->begin());
    for (int i = 0; i < 300; ++i) tx->write(insert_page, std::to_string(i), "w");
    tx->write(insert_note, "0", "big", 1, Blob{large});
    for (int i = 300; i < 400; ++i) tx->write(insert_page, std::to_string(i), "w");
    MUST(tx->commit());
    EXPECT_EQ(pages(), 400);
    EXPECT_EQ(MUST(MUST(store_->reader())->rows(load_notes, "0"))[0].bytes("body"), large);
}

TEST_P(tx, what_others_hold_for_too_long_is_told_and_can_be_tried_again) {
    put("a", "");
    auto other = MUST(store::Store::open(store_.options(), clock_, {ledger::schema()}));
    auto holder = MUST(other->begin());
    auto change = [&]() -> Result<void> {
        auto tx = TRY(store_->begin());
        if (GetParam() == store::Dialect::postgres)
            TRY(tx->rows(same("patience", "SELECT set_config('lock_timeout', '20ms', true) AS most")));
        tx->write_expecting(1, meanwhile, change_page, "a", 1, "mine");
        return tx->commit();
    };
    if (GetParam() == store::Dialect::sqlite) {
        holder.reset();  // the other one holds the whole file
        auto patience = MUST(store_->begin());
        MUST(patience->rows(same("patience", "PRAGMA busy_timeout = 20")));
        patience.reset();
        holder = MUST(other->begin());
    }
    holder->write(change_page, "a", 1, "theirs");
    MUST(holder->rows(load_page, "a"));  // what is queued goes out with it
    auto refused = change();
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "database_is_busy");
    EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
    holder.reset();
    EXPECT_TRUE(change().ok()) << "the holder gave up, so the row is free";
}
