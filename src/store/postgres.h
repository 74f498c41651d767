// PostgreSQL through libpq: prepared statements, binary parameters, pipelines.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "store/pool.h"
#include "store/postgres_values.h"

namespace tongban::store {

/// One statement of a pipeline.
struct PostgresStep {
    Query query;
    std::vector<Value> parameters{};
    std::string guarded{};  ///< the query in a form that fails by itself where it touches too few or too many
    Error otherwise{};      ///< what `guarded` fails with
    bool is_control = false;                  ///< BEGIN, COMMIT, ROLLBACK
    std::vector<PostgresStep const*> rows{};  ///< where it stands for several: their parameters are its own

    [[nodiscard]] std::string_view text() const { return guarded.empty() ? query.postgres : guarded; }
};
inline PostgresStep control(std::string_view statement) {
    PostgresStep step;
    step.query = Query{statement, statement, statement};
    step.is_control = true;
    return step;
}
inline PostgresStep const begin_step = control("BEGIN ISOLATION LEVEL READ COMMITTED");
inline PostgresStep const begin_view_step = control("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
inline PostgresStep const commit_step = control("COMMIT"), rollback_step = control("ROLLBACK");

/// What goes in one pipeline; the steps belong to others.
using PostgresSteps = std::vector<PostgresStep const*>;

/// The form for `rows` touched rows: what follows in the pipeline, COMMIT above all, is not done then, though
/// it was sent before the number was known.
std::string guarded_for(std::int64_t rows, Query const& query);

class PostgresConnection {
public:
    static Result<std::unique_ptr<PostgresConnection>> open(std::string const& url);
    ~PostgresConnection() { PQfinish(connection_); }
    PostgresConnection(PostgresConnection const&) = delete;
    PostgresConnection& operator=(PostgresConnection const&) = delete;

    /// Sends all steps in one pipeline and returns the rows of each. The first error ends them all.
    Result<std::vector<Rows>> run(PostgresSteps const& steps);
    Result<void> run_script(std::string_view name, std::string_view text);
    Result<void> prepare(PostgresSteps const& steps) {
        TRY(statements_for(steps));
        return {};
    }
    [[nodiscard]] bool is_idle() const { return PQtransactionStatus(connection_) == PQTRANS_IDLE; }
    /// After a failed run(): whether the server may have done the last step, a COMMIT, all the same. It said
    /// neither that it ended nor that it failed.
    [[nodiscard]] bool is_outcome_unknown() const { return outcome_unknown_; }
    /// Sends ROLLBACK and does not wait for the answer: whoever takes the connection next reads it.
    void leave();
    /// Good enough to be kept for others; does not wait.
    [[nodiscard]] bool may_be_kept() const {
        return PQstatus(connection_) == CONNECTION_OK && !lost_ && (owes_answer_ || is_idle());
    }
    /// Also asks the socket: a server that went away leaves word there. Waits for an answer still owed.
    [[nodiscard]] bool is_alive();

private:
    PostgresConnection() = default;
    struct Statement {
        std::string name;
        std::vector<Oid> types{};
        Rows::Columns columns{};
    };
    /// A step as it will be sent.
    struct Bound {
        PostgresStep const* step = nullptr;
        Statement const* statement = nullptr;
        std::vector<PostgresParameter> parameters{};
        [[nodiscard]] std::size_t bytes() const;  ///< on the wire, about
    };
    using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;
    Answer next_answer() { return {PQgetResult(connection_), &PQclear}; }
    /// One for each step, prepared where it was not.
    Result<std::vector<Statement*>> statements_for(PostgresSteps const& steps);
    static Result<Bound> bind(PostgresStep const& step, Statement const& statement);
    bool send(Bound const& bound);
    Result<void> exchange(std::vector<Bound> const& all, std::vector<Rows>& answers);
    Result<void> read_described(PostgresStep const& step, Statement& into);
    Result<void> read_sync(Result<void> so_far);
    Result<Rows> read_answer(Bound const& bound);
    Error failed(Query const& query, PGresult const* answer);
    Error lost(std::string_view query);

    PGconn* connection_ = nullptr;
    bool lost_ = false;  ///< without a word from the server
    bool outcome_unknown_ = false;
    bool owes_answer_ = false;  ///< to the ROLLBACK of leave()
    std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;
};

using PostgresPool = Pool<PostgresConnection>;

/// A connection for the length of a scope. What is left open on it is rolled back.
class BorrowedConnection {
public:
    /// Refuses: database_is_busy, database_does_not_answer.
    static Result<BorrowedConnection> take(PostgresPool& pool) {
        auto held = pool.take();
        if (held.ok()) return BorrowedConnection(pool, std::move(held).value());
        return held.error().code == failure::is_busy().code ? held.error() : failure::does_not_answer();
    }
    BorrowedConnection(BorrowedConnection&&) = default;
    BorrowedConnection& operator=(BorrowedConnection&&) = delete;
    ~BorrowedConnection() {
        if (held_ == nullptr) return;
        if (!held_->is_idle()) held_->leave();
        pool_->give_back(std::move(held_));
    }
    PostgresConnection* operator->() const { return held_.get(); }

private:
    BorrowedConnection(PostgresPool& pool, PostgresPool::Held held) : pool_(&pool), held_(std::move(held)) {}
    PostgresPool* pool_;
    PostgresPool::Held held_;
};

}  // namespace tongban::store
