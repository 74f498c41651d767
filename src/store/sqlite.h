// SQLite: one writer connection behind a baton, a pool of readers. Thin over the C API.
#pragma once

#include <sqlite3.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "store/pool.h"

namespace tongban::store {

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
    Result<void> run_script(std::string_view name, std::string_view text);
    Result<void> prepare(Query const& query);
    /// BEGIN, COMMIT, SAVEPOINT …: prepared once like everything else.
    Result<void> control(std::string_view statement);
    /// False once SQLite has rolled the whole transaction back by itself (disk full, I/O error).
    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
    [[nodiscard]] bool is_alive() const { return true; }

private:
    SqliteConnection() = default;
    struct Statement {
        sqlite3_stmt* handle = nullptr;
        std::vector<int>
            places;  ///< where `$1 … $n` are bound: a number in `$1` is a name to SQLite, not a position
        std::vector<std::string> columns;
    };
    Result<Statement*> statement(Query const& query);
    Error failed(Query const& query);
    int bind(Statement const& statement, std::vector<Value> const& parameters);
    std::vector<Value> row_of(Statement const& statement);

    sqlite3* db_ = nullptr;
    std::unordered_map<std::string, Statement> statements_;
};

/// Hands the writer's baton from transaction to transaction, first come first served. Transactions that end
/// while others wait leave their savepoint in the open batch; whoever is last commits the batch for all of
/// them.
class SqliteWriter {
public:
    explicit SqliteWriter(std::unique_ptr<SqliteConnection> connection)
        : connection_(std::move(connection)) {}
    struct Batch;

    Result<void> take();  ///< waits for the baton, opens batch and savepoint
    Result<void> keep();  ///< ends the savepoint; returns when the batch is durable
    void drop();          ///< undoes the savepoint
    SqliteConnection& connection() { return *connection_; }

private:
    struct Waiter;
    Result<void> wait_for_baton();
    void pass_on();  ///< the baton goes to the next waiter, or to nobody
    Result<void> open_batch();
    void settle(Result<void> const& outcome);
    void commit_batch();
    void end_turn();  ///< passes the open batch on, or commits it
    bool pass_on_open();
    void hand_over();
    void note_damage();

    std::unique_ptr<SqliteConnection> connection_;
    std::shared_ptr<Batch> batch_;  ///< touched only by the holder of the baton
    std::mutex mutex_;
    std::deque<Waiter*> waiting_;
    bool held_ = false;
};

}  // namespace tongban::store
