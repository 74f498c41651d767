// PostgreSQL through libpq: prepared statements, binary parameters, pipelines.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "store/pool.h"

namespace tongban::store {

/// One statement of a pipeline.
struct PostgresStep {
    Query query;
    std::vector<Value> parameters{};
    std::int64_t expect = -1;  ///< rows to be touched; -1: any number
    Error otherwise{};
    bool is_control = false;  ///< BEGIN, COMMIT, ROLLBACK: sent without preparing
};

class PostgresConnection {
public:
    static Result<std::unique_ptr<PostgresConnection>> open(std::string const& url);
    ~PostgresConnection() { PQfinish(connection_); }
    PostgresConnection(PostgresConnection const&) = delete;
    PostgresConnection& operator=(PostgresConnection const&) = delete;

    /// Sends all steps in one pipeline and returns the rows of the last. The first error ends them all.
    Result<Rows> run(std::vector<PostgresStep> const& steps);
    Result<void> run_script(std::string_view name, std::string_view text);
    Result<void> prepare(std::vector<PostgresStep> const& steps);
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
        std::vector<Oid> types;
    };
    using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;
    Answer next_answer() { return {PQgetResult(connection_), &PQclear}; }
    bool send(PostgresStep const& step);
    bool send_control(PostgresStep const& step);
    Result<void> read_described(Query const& query);
    Result<void> read_sync(Result<void> so_far);
    Result<Rows> read_answer(PostgresStep const& step);
    Error failed(Query const& query, PGresult const* answer);
    Error lost(std::string_view query);

    PGconn* connection_ = nullptr;
    bool lost_ = false;  ///< without a word from the server
    bool outcome_unknown_ = false;
    bool owes_answer_ = false;  ///< to the ROLLBACK of leave()
    std::unordered_map<std::string, Statement> statements_;
};

}  // namespace tongban::store
