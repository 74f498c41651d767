// SQLite: one writer connection behind a baton, a pool of readers. Thin over the C API.
#pragma once

#include <sqlite3.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "store/pool.h"

namespace tongban::store {

/// One statement that waits to be run.
struct SqliteWrite {
    Query query;
    std::vector<Value> parameters;
    std::int64_t expect = -1;  ///< rows to be touched; -1: any number
    Error otherwise{};
};

/// One connection with its prepared statements.
class SqliteConnection {
public:
    enum class Use { write, read };
    static Result<std::unique_ptr<SqliteConnection>> open(std::string const& file, Use use);
    ~SqliteConnection();
    SqliteConnection(SqliteConnection const&) = delete;
    SqliteConnection& operator=(SqliteConnection const&) = delete;

    struct Done {
        Rows rows;
        std::int64_t touched = 0;
    };
    Result<Done> run(Query const& query, std::vector<Value> const& parameters);
    /// The first that fails, or touches another number of rows than it should, ends them.
    Result<void> run_all(std::vector<SqliteWrite> const& writes);
    Result<void> run_script(std::string_view name, std::string_view text);
    Result<void> prepare(Query const& query);
    /// BEGIN, COMMIT, SAVEPOINT …: prepared once like everything else.
    Result<void> control(std::string_view statement);
    /// False once SQLite has rolled the whole transaction back by itself (disk full, I/O error).
    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
    [[nodiscard]] bool is_alive() const { return true; }
    [[nodiscard]] bool may_be_kept() const { return true; }

private:
    SqliteConnection() = default;
    struct Statement {
        sqlite3_stmt* handle = nullptr;
        std::vector<int>
            places;  ///< where `$1 … $n` are bound: a number in `$1` is a name to SQLite, not a position
        Rows::Columns columns;
    };
    Result<Statement*> statement(Query const& query);
    Error failed(Query const& query);
    int bind(Statement const& statement, std::vector<Value> const& parameters);
    std::vector<Value> row_of(Statement const& statement);

    sqlite3* db_ = nullptr;
    std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
};

/// Hands the writer's baton from transaction to transaction. Lists, which ask nothing, are run by a thread of
/// the writer's own, one after the other into one open batch; whoever has asked leaves what it wrote in the
/// batch when it ends. Whoever is last commits the batch for all of them. In a batch lists come first; the
/// next batch is opened by whoever waits longest.
class SqliteWriter {
public:
    explicit SqliteWriter(std::unique_ptr<SqliteConnection> connection);
    ~SqliteWriter();  ///< once all lists are done
    SqliteWriter(SqliteWriter const&) = delete;
    SqliteWriter& operator=(SqliteWriter const&) = delete;

    /// A whole transaction that asks nothing: is durable, or nothing was done.
    Durability run(std::vector<SqliteWrite> writes);

    Result<void> take();  ///< waits for the baton, opens a transaction in a batch
    Result<void> keep();  ///< ends the transaction; returns when the batch is durable
    void drop();          ///< undoes the transaction; returns when what it saw of others is durable
    [[nodiscard]] bool somebody_waits();
    SqliteConnection& connection() { return *connection_; }  ///< of whoever holds the baton

private:
    using Moment = std::chrono::steady_clock::time_point;
    struct List {
        std::vector<SqliteWrite> writes;
        Durability durability{};
        Moment came = std::chrono::steady_clock::now();
    };
    struct Asker;
    struct Batch;
    void serve_lists();
    bool wait_for_lists();  ///< until the thread has the baton, or is to end
    void refuse_late_list(std::unique_lock<std::mutex>& lock);
    Result<void> wait_for_turn(Asker& me);
    void pass_on();    ///< the baton goes to whoever waits longest, or to nobody
    void hand_over();  ///< to the asker who waits longest
    /// How one transaction of a batch is undone: all are, and the others run again; or by its savepoint.
    enum class Undo { with_batch, alone };
    Result<void> begin_one(Undo undo);
    Result<void> end_one();
    void undo_one();
    void rerun_others();
    void settle(Result<void> const& outcome);
    void commit_batch();
    void note_damage();
    void serve(List list, Undo undo);  ///< runs what it has to write, into the batch
    void end_turn();                   ///< serves lists that wait; passes the open batch on, or commits it

    std::unique_ptr<SqliteConnection> connection_;
    std::unique_ptr<Batch> batch_;  ///< touched only by the holder of the baton
    std::mutex mutex_;
    std::deque<List> lists_;
    std::deque<Asker*> askers_;
    bool held_ = false;
    bool lists_turn_ = false;  ///< held by the thread
    bool stopping_ = false;
    std::condition_variable for_lists_;
    std::thread thread_;  ///< from the first list on
};

}  // namespace tongban::store
