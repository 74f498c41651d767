// What happens when something breaks: the process, the disk, the connection.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "kit/kit.h"
#include "ledger.h"

using namespace tongban;
using namespace tongban::ledger;

namespace {
class durability : public testing::TestWithParam<store::Dialect> {
protected:
    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::FreshStore store_ = kit::fresh_store(GetParam(), clock_, {ledger::schema()});
};

/// Commits from several threads until it is killed; tells each acknowledged id through the pipe, after the
/// commit.
[[noreturn]] void write_for_ever(store::Options const& options, Clock const& clock, int pipe) {
    auto store = MUST(store::Store::open(options, clock, {ledger::schema()}));
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0;; ++i) {
                char id[16] = {};
                std::snprintf(id, sizeof id, "%d/%d", t, i);
                auto tx = MUST(store->begin());
                tx->write(insert_page, id, "");
                tx->emit({"ledger.opened", id, {}});
                if (tx->commit().ok() && ::write(pipe, id, sizeof id) != sizeof id) ::_exit(1);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    ::_exit(0);
}
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, durability, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(durability, every_acknowledged_commit_outlives_kill_9) {
    store_.close();
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::close(ends[0]);
        write_for_ever(store_.options(), clock_, ends[1]);
    }
    ::close(ends[1]);
    std::vector<std::string> acknowledged;
    char id[16];
    while (::read(ends[0], id, sizeof id) == sizeof id) {
        acknowledged.emplace_back(id);
        if (acknowledged.size() == 300) ::kill(child, SIGKILL);
    }
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    ASSERT_GE(acknowledged.size(), 300U);
    store_.reopen();
    auto reader = MUST(store_->reader());
    for (auto const& page : acknowledged)
        EXPECT_TRUE(MUST(reader->maybe_one(load_page, page)).has_value()) << page;
    auto pages = MUST(reader->rows(count_pages))[0].integer("n");
    auto events = MUST(reader->rows(same("t", "SELECT count(*) AS n FROM store_event")))[0].integer("n");
    EXPECT_EQ(pages, events) << "a transaction is there whole or not at all";
}

TEST(full_disk, is_told_and_nothing_is_half_written) {
    SetClock const clock{kit::at("2026-10-15 09:24")};
    auto store = kit::fresh_store(store::Dialect::sqlite, clock, {ledger::schema()});
    auto set_limit = [&](std::string const& pages) {
        auto tx = MUST(store->begin());
        auto text = "PRAGMA max_page_count = " + pages;
        MUST(tx->rows(same("limit", text)));
    };
    set_limit("120");
    std::int64_t kept = 0;
    std::string code;
    while (code.empty()) {
        auto tx = MUST(store->begin());
        tx->write(insert_page, std::to_string(kept), std::string(20'000, 'x'));
        auto done = tx->commit();
        if (done.ok())
            ++kept;
        else
            code = done.error().code;
    }
    EXPECT_EQ(code, "database_does_not_answer");
    EXPECT_EQ(MUST(MUST(store->reader())->rows(count_pages))[0].integer("n"), kept);
    set_limit("100000");
    auto tx = MUST(store->begin());
    tx->write(insert_page, "after", "");
    EXPECT_TRUE(tx->commit().ok()) << "room again, work again";
}

TEST(full_disk, neighbours_in_the_batch_get_true_answers) {
    SetClock const clock{kit::at("2026-10-15 09:24")};
    auto store = kit::fresh_store(store::Dialect::sqlite, clock, {ledger::schema()});
    {
        auto tx = MUST(store->begin());
        MUST(tx->rows(same("limit", "PRAGMA max_page_count = 200")));
    }
    std::atomic<std::int64_t> kept = 0, refused = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 30; ++i) {
                auto tx = MUST(store->begin());
                tx->write(insert_page, std::to_string(t) + "/" + std::to_string(i), std::string(9'000, 'x'));
                if (tx->commit().ok())
                    ++kept;
                else
                    ++refused;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_GT(refused, 0);
    EXPECT_EQ(MUST(MUST(store->reader())->rows(count_pages))[0].integer("n"), kept);
}

TEST(lost_connection, fails_the_transaction_and_the_next_one_works) {
    SetClock const clock{kit::at("2026-10-15 09:24")};
    auto store = kit::fresh_store(store::Dialect::postgres, clock, {ledger::schema()});
    auto tx = MUST(store->begin());
    auto pid = MUST(tx->rows(same("pid", "SELECT pg_backend_pid() AS pid")))[0].integer("pid");
    tx->write(insert_page, "a", "");
    {
        auto reader = MUST(store->reader());
        MUST(reader->rows(
            same("kill", "SELECT CAST(pg_terminate_backend(CAST($1 AS INTEGER)) AS TEXT) AS done"), pid));
    }
    auto done = tx->commit();
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, "database_does_not_answer");
    EXPECT_EQ(done.error().kind, ErrorKind::unavailable);
    tx.reset();
    auto again = MUST(store->begin());
    again->write(insert_page, "a", "");
    EXPECT_TRUE(again->commit().ok());
}

TEST(lost_connection, idle_connections_that_died_are_replaced_unnoticed) {
    SetClock const clock{kit::at("2026-10-15 09:24")};
    auto store = kit::fresh_store(store::Dialect::postgres, clock, {ledger::schema()});
    std::vector<std::unique_ptr<store::Reader>> readers;
    for (int i = 0; i < 4; ++i) {
        readers.push_back(MUST(store->reader()));
        MUST(readers.back()->rows(count_pages));
    }
    readers.clear();
    {
        auto other = MUST(store::Store::open(store.options(), clock, {ledger::schema()}));
        auto reader = MUST(other->reader());
        MUST(reader->rows(same("kill",
                               "SELECT count(pg_terminate_backend(pid, 5000)) AS n FROM pg_stat_activity "
                               "WHERE datname = current_database() AND pid <> pg_backend_pid()")));
    }
    for (int i = 0; i < 8; ++i) {
        auto tx = MUST(store->begin());
        tx->write(insert_page, std::to_string(i), "");
        EXPECT_TRUE(tx->commit().ok()) << i;
    }
}
