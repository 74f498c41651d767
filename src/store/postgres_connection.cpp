#include <poll.h>

#include <algorithm>

#include "store/postgres.h"
#include "store/postgres_values.h"

namespace tongban::store {

namespace {
/// So much is sent before its answers are asked for; twice as much is on its way at most, or one step. A
/// socket of Linux takes 64 KiB of payload in by default (tcp_rmem, half of it).
constexpr std::size_t portion_bytes = 24 * 1024;

/// By SQLSTATE, whose first two characters are the class (PostgreSQL, appendix A).
Error translated(std::string const& state, std::string_view query) {
    if (state == "23505") return failure::row_already_exists();
    if (state == "23503") return failure::reference_is_broken();
    auto kind = state.substr(0, 2);
    if (kind == "23") return failure::row_breaks_a_rule();
    if (kind == "40" || state == "55P03" || state == "57014") return failure::is_busy();
    if (kind == "08" || kind == "53" || kind == "57" || kind == "58" || kind == "25" || state.empty())
        return failure::does_not_answer();
    return failure::query_failed(query);
}

/// The primary message of class 22 quotes the value it could not read: such words are not for logs.
std::string words_of(std::string const& state, PGresult const* answer) {
    if (state.starts_with("22")) return "a value does not fit";
    auto const* words = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
    return words == nullptr ? "" : words;
}

void ignore_notice(void*, PGresult const*) {}
}  // namespace

Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(std::string const& url) {
    // The URL comes last: what the operator says there wins.
    char const* names[] = {"application_name", "client_encoding", "connect_timeout", "keepalives_idle",
                           "tcp_user_timeout", "options",         "dbname",          nullptr};
    char const* values[] = {"tongban",   "UTF8",
                            "5",         "30",
                            "20000",     "-c lock_timeout=15s -c statement_timeout=60s -c TimeZone=UTC",
                            url.c_str(), nullptr};
    std::unique_ptr<PostgresConnection> made(new PostgresConnection);
    made->connection_ = PQconnectdbParams(names, values, 1);
    if (PQstatus(made->connection_) != CONNECTION_OK) {
        log(LogLevel::error, "database_cannot_be_opened", {{"words", PQerrorMessage(made->connection_)}});
        return failure::cannot_be_opened("PostgreSQL 没有接受连接，原因见日志");
    }
    PQsetNoticeReceiver(made->connection_, ignore_notice, nullptr);
    PQenterPipelineMode(made->connection_);
    // Now: in a transaction that failed nothing can be prepared.
    if (!made->prepare({&begin_step, &begin_view_step, &commit_step, &rollback_step}).ok())
        return failure::cannot_be_opened("PostgreSQL 没有接受准备好的语句，原因见日志");
    return made;
}

void PostgresConnection::leave() {
    auto bound = bind(rollback_step, statements_.find(rollback_step.text())->second);
    owes_answer_ = bound.ok() && send(*bound) && PQpipelineSync(connection_) == 1;
    if (!owes_answer_) (void)lost("ROLLBACK");
}

bool PostgresConnection::is_alive() {
    if (std::exchange(owes_answer_, false)) {
        auto answer = read_answer({&rollback_step});
        auto synced = read_sync(answer.ok() ? Result<void>{} : answer.error());
        if (!synced.ok()) return false;
    }
    if (PQstatus(connection_) != CONNECTION_OK || !is_idle()) return false;
    pollfd socket{PQsocket(connection_), POLLIN, 0};
    if (poll(&socket, 1, 0) <= 0) return true;
    // Something came unasked: a notice, or the farewell of a server that shuts down.
    return PQconsumeInput(connection_) == 1 && PQstatus(connection_) == CONNECTION_OK &&
           poll(&socket, 1, 0) <= 0;
}

Error PostgresConnection::lost(std::string_view query) {
    lost_ = true;
    auto error = failure::does_not_answer();
    log_failure(query, "connection", "the connection to PostgreSQL was lost", error);
    return error;
}

Error PostgresConnection::failed(Query const& query, PGresult const* answer) {
    auto const* field = answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    std::string state = field == nullptr ? "" : field;
    if (state.empty()) return lost(query.name);
    auto error = translated(state, query.name);
    log_failure(query.name, state, words_of(state, answer), error);
    return error;
}

Result<void> PostgresConnection::read_described(PostgresStep const& step, Statement& into) {
    auto prepared = next_answer();
    if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK) {
        auto error = failed(step.query, prepared.get());
        statements_.erase(std::string(step.text()));
        return error;
    }
    next_answer();
    auto described = next_answer();
    if (PQresultStatus(described.get()) != PGRES_COMMAND_OK) return failed(step.query, described.get());
    for (int i = 0; i < PQnparams(described.get()); ++i)
        into.types.push_back(PQparamtype(described.get(), i));
    into.columns = columns_of(described.get());
    next_answer();
    return {};
}

Result<void> PostgresConnection::read_sync(Result<void> so_far) {
    // After an error the rest of the pipeline answers "aborted", up to the sync.
    for (int nothing = 0; nothing < 2;) {
        auto answer = next_answer();
        if (answer == nullptr) {
            ++nothing;
            if (PQstatus(connection_) != CONNECTION_OK) return so_far.ok() ? lost("sync") : so_far;
            continue;
        }
        nothing = 0;
        if (PQresultStatus(answer.get()) == PGRES_PIPELINE_SYNC) return so_far;
    }
    return so_far.ok() ? lost("sync") : so_far;
}

Result<std::vector<PostgresConnection::Statement*>> PostgresConnection::statements_for(
    PostgresSteps const& steps) {
    std::vector<Statement*> all;
    std::vector<std::pair<PostgresStep const*, Statement*>> fresh;
    for (auto const* step : steps) {
        auto known = statements_.find(step->text());
        if (known == statements_.end()) {
            auto name = "q" + std::to_string(statements_.size());
            known = statements_.try_emplace(std::string(step->text()), Statement{name}).first;
            fresh.emplace_back(step, &known->second);
            if (PQsendPrepare(connection_, name.c_str(), known->first.c_str(), 0, nullptr) != 1 ||
                PQsendDescribePrepared(connection_, name.c_str()) != 1)
                return lost(step->query.name);
        }
        all.push_back(&known->second);
    }
    if (fresh.empty()) return all;
    if (PQpipelineSync(connection_) != 1) return lost("sync");
    Result<void> done;
    std::size_t read = 0;
    for (; read < fresh.size() && done.ok(); ++read)
        done = read_described(*fresh[read].first, *fresh[read].second);
    for (; read < fresh.size(); ++read) statements_.erase(std::string(fresh[read].first->text()));
    TRY(read_sync(done));
    return all;
}

/// Says what can be said before anything is sent.
Result<PostgresConnection::Bound> PostgresConnection::bind(PostgresStep const& step,
                                                           Statement const& statement) {
    Bound bound{&step, &statement};
    auto const& types = statement.types;
    bound.parameters.reserve(types.size());
    auto const each = types.size() / std::max<std::size_t>(step.rows.size(), 1);
    auto take = [&](std::vector<Value> const& parameters) -> Result<void> {
        if (parameters.size() != each)
            ensure(false, (std::string(step.query.name) + ": wrong number of parameters").c_str());
        TRY(check_texts(step.query, parameters));
        for (auto const& value : parameters)
            bound.parameters.push_back(TRY(to_postgres(value, types[bound.parameters.size()])));
        return {};
    };
    if (step.rows.empty()) TRY(take(step.parameters));
    for (auto const* row : step.rows) TRY(take(row->parameters));
    return bound;
}

std::size_t PostgresConnection::Bound::bytes() const {
    constexpr std::size_t frame = 48;  // Bind, Describe and Execute around them
    std::size_t size = frame;
    for (auto const& parameter : parameters) size += parameter.bytes.size() + 4;
    return size;
}

bool PostgresConnection::send(Bound const& bound) {
    std::vector<char const*> values;
    std::vector<int> lengths, formats;
    for (auto const& parameter : bound.parameters) {
        values.push_back(parameter.is_null ? nullptr : parameter.bytes.data());
        lengths.push_back(static_cast<int>(parameter.bytes.size()));
        formats.push_back(parameter.format);
    }
    return PQsendQueryPrepared(connection_, bound.statement->name.c_str(),
                               static_cast<int>(bound.parameters.size()), values.data(), lengths.data(),
                               formats.data(), 1) == 1;
}

namespace {
constexpr std::string_view division_by_zero = "22012";  ///< how a guarded statement fails
}  // namespace

std::string guarded_for(std::int64_t rows, Query const& query) {
    return "WITH touched AS (" + std::string(query.postgres) +
           "\nRETURNING 1) SELECT 1 / (count(*) = " + std::to_string(rows) + ")::int AS guard FROM touched";
}

Result<Rows> PostgresConnection::read_answer(Bound const& bound) {
    auto const& step = *bound.step;
    auto answer = next_answer();
    auto status = PQresultStatus(answer.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        auto const* state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
        if (!step.guarded.empty() && state != nullptr && state == division_by_zero) return step.otherwise;
        return failed(step.query, answer.get());
    }
    next_answer();
    if (step.is_control) {
        // A COMMIT of a failed transaction answers ROLLBACK, without an error.
        auto tag = std::string_view(PQcmdStatus(answer.get()));
        if (!step.query.postgres.starts_with(tag)) return failure::query_failed(step.query.name);
        return Rows{};
    }
    return rows_of(answer.get(), bound.statement->columns);
}

/// Sends all and reads all, but the end of the pipeline. What waits for the server stays within what its side
/// of the socket takes in: of more the kernel drops some, and sends it again after a fifth of a second.
Result<void> PostgresConnection::exchange(std::vector<Bound> const& all, std::vector<Rows>& answers) {
    auto read_until = [&](std::size_t until) -> Result<void> {
        while (answers.size() < until) answers.push_back(TRY(read_answer(all[answers.size()])));
        return {};
    };
    std::size_t portion = 0, asked_for = 0;
    for (std::size_t sent = 0; sent < all.size();) {
        outcome_unknown_ = sent + 1 == all.size();  // the last may be COMMIT
        if (!send(all[sent])) return lost(all[sent].step->query.name);
        portion += all[sent++].bytes();
        if (portion < portion_bytes || sent == all.size()) continue;
        portion = 0;
        if (PQsendFlushRequest(connection_) != 1) return lost("flush");
        TRY(read_until(std::exchange(asked_for, sent)));
    }
    if (PQpipelineSync(connection_) != 1) return lost("sync");
    TRY(read_until(all.size()));
    outcome_unknown_ = false;
    return {};
}

Result<std::vector<Rows>> PostgresConnection::run(PostgresSteps const& steps) {
    auto const statements = TRY(statements_for(steps));
    std::vector<Bound> all;
    all.reserve(steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) all.push_back(TRY(bind(*steps[i], *statements[i])));
    std::vector<Rows> answers;
    auto done = exchange(all, answers);
    bool const all_answered = done.ok();
    if (!all_answered) {
        bool const all_sent = outcome_unknown_;
        // A server that ends says so to the step at hand; silence, or an end at COMMIT itself, tells nothing.
        outcome_unknown_ =
            all_sent &&
            (lost_ || (all[answers.size()].step->is_control && PQstatus(connection_) != CONNECTION_OK));
        if (!all_sent && (lost_ || PQpipelineSync(connection_) != 1)) return done.error();
    }
    auto synced = read_sync(std::move(done));
    // COMMIT was answered, then the server ended: it is done, and only the connection is lost. Whoever heard
    // "nothing was saved" would do it twice.
    if (!synced.ok() && !(all_answered && steps.back()->is_control)) return synced.error();
    return answers;
}

Result<void> PostgresConnection::run_script(std::string_view name, std::string_view text) {
    if (PQexitPipelineMode(connection_) != 1) return lost(name);
    // A migration of a large table may take its time.
    auto script = "SET LOCAL statement_timeout = 0;\n" + std::string(text);
    Answer answer(PQexec(connection_, script.c_str()), &PQclear);
    auto status = PQresultStatus(answer.get());
    Result<void> done;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        done = failed(Query{name, {}, {}}, answer.get());
    PQenterPipelineMode(connection_);
    return done;
}

}  // namespace tongban::store
