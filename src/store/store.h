// The door of `store`: SQL on SQLite or PostgreSQL, events and their deliveries, timed jobs, numbers, sealed
// columns, audit. Queries live in sql/*.sql of each module and become `sql::name` (tools/sqlgen.py).
//
// Reads wait; writes are queued and flushed with the next read or the commit. On PostgreSQL that is one
// pipeline; on SQLite a transaction holds the writer's baton from its first flush on, inside a savepoint, and
// waiting transactions share one COMMIT. Do nothing slow (HTTP, argon2, PDF) between begin() and commit().
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/base.h"

namespace tongban::store {

enum class Dialect { sqlite, postgres };

/// One .sql file. `$1 … $n` in both dialects.
struct Query {
    std::string_view name;  ///< `cases.load_case`
    std::string_view sqlite;
    std::string_view postgres;  ///< the same text unless the file has a .pg.sql / .sqlite.sql pair
    /// `1,2`: of an INSERT that changes and reads only what belongs to the values of these parameters, and
    /// reads only what was written before it. Several transactions may do it together where these values
    /// differ.
    std::string_view key{};
};

/// One migration file, already run through the runner's type rules for each dialect.
struct Migration {
    std::string_view module, name;
    std::string_view sqlite;
    std::string_view postgres;  ///< as written
};

/// What a module brings to the database: generated as `<module>::schema()`.
struct Schema {
    std::vector<Migration> migrations;
    std::vector<Query const*> queries;
};

using Null = std::monostate;
using Value = std::variant<Null, std::int64_t, std::string, struct Blob>;
struct Blob {
    Bytes bytes;
    bool operator==(Blob const&) const = default;
};

// How C++ values become parameters: integers, bool (0/1), text, Id<>, Day (TEXT), Instant (BIGINT), Blob,
// optional.
Value to_value(Null);
Value to_value(std::int64_t v);
Value to_value(int v);
Value to_value(bool v);
Value to_value(std::string_view v);
Value to_value(std::string const& v);
Value to_value(char const* v);
Value to_value(Day v);
Value to_value(Instant v);
Value to_value(Blob v);
template <class Tag>
Value to_value(Id<Tag> const& v) {
    return v.empty() ? Value{Null{}} : Value{v.text};
}
template <class T>
Value to_value(std::optional<T> const& v) {
    return v ? to_value(*v) : Value{Null{}};
}

class Rows;

/// One row of an answer; columns by name. Asking for a column that is not there is our bug (`ensure`).
class Row {
public:
    [[nodiscard]] bool is_null(std::string_view column) const;
    [[nodiscard]] std::int64_t integer(std::string_view column) const;
    [[nodiscard]] std::string text(std::string_view column) const;  ///< "" for NULL
    [[nodiscard]] Bytes bytes(std::string_view column) const;       ///< "" for NULL
    [[nodiscard]] bool flag(std::string_view column) const { return integer(column) != 0; }
    [[nodiscard]] Day day(std::string_view column) const;
    [[nodiscard]] Instant instant(std::string_view column) const { return {integer(column)}; }
    template <class I>
    [[nodiscard]] I id(std::string_view column) const {
        return I{text(column)};
    }
    [[nodiscard]] std::optional<std::string> maybe_text(std::string_view column) const;
    [[nodiscard]] std::optional<std::int64_t> maybe_integer(std::string_view column) const;
    [[nodiscard]] std::optional<Day> maybe_day(std::string_view column) const;
    [[nodiscard]] std::optional<Instant> maybe_instant(std::string_view column) const;
    [[nodiscard]] Value const& cell(std::string_view column) const;  ///< as it came

private:
    friend class Rows;
    Row(Rows const& rows, std::size_t index) : rows_(&rows), index_(index) {}
    Rows const* rows_;
    std::size_t index_;
};

/// A whole answer, in memory.
class Rows {
public:
    using Columns = std::shared_ptr<std::vector<std::string> const>;  ///< the same for every run of a query
    Rows() = default;
    Rows(Columns columns, std::vector<std::vector<Value>> cells)
        : columns_(std::move(columns)), cells_(std::move(cells)) {}
    [[nodiscard]] std::size_t size() const { return cells_.size(); }
    [[nodiscard]] bool empty() const { return cells_.empty(); }
    Row operator[](std::size_t i) const { return {*this, i}; }
    struct Iterator {
        Rows const* rows;
        std::size_t at;
        Row operator*() const { return (*rows)[at]; }
        Iterator& operator++() {
            ++at;
            return *this;
        }
        bool operator!=(Iterator const& o) const { return at != o.at; }
    };
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, cells_.size()}; }

private:
    friend class Row;
    Columns columns_;
    std::vector<std::vector<Value>> cells_;
};

/// News. `aggregate` keeps order: deliveries to one consumer for one aggregate happen in the order of the
/// commits. The body carries ids only, never personal data.
struct Event {
    std::string kind;       ///< `cases.accepted`
    std::string aggregate;  ///< the case's id
    json::object body{};
};

/// What an audit row says. Written inside the verb's transaction; a sealer chains the committed rows each
/// second.
struct AuditEntry {
    std::string actor;      ///< Actor::text()
    std::string verb;       ///< `cases.accept`
    std::string aggregate;  ///< id of what was touched
    json::object facts{};   ///< ids, codes and reasons only
};

/// What the answers of one Reader have in common.
enum class Snapshot {
    shared,  ///< all are of one moment: what others commit meanwhile is not seen
    none,    ///< each is of a moment after the one before; cheapest, for who asks one thing, and for who
             ///< writes only where a version is still the one read
};

/// A view for reading. Holds one pooled connection until destroyed: keep it short.
class Reader {
public:
    virtual ~Reader() = default;
    template <class... A>
    Result<Rows> rows(Query const& query, A const&... a) {
        return read(query, {to_value(a)...});
    }
    template <class... A>
    Result<std::optional<Rows>> maybe_one(Query const& query, A const&... a) {  ///< nullopt or Rows of size 1
        auto found = read(query, {to_value(a)...});
        if (!found.ok()) return found.error();
        if (found->empty()) return std::optional<Rows>{};
        return std::optional<Rows>{std::move(found).value()};
    }

    /// This will be asked with these very parameters: it travels with the next question, since to PostgreSQL
    /// a trip costs more than an answer, and waits here. A write in between makes it be asked again. On
    /// SQLite, where nothing travels, this does nothing.
    template <class... A>
    void foresee(Query const& query, A const&... a) {
        if (is_far()) foresee_read(query, {to_value(a)...});
    }

    /// One statement made by the program (tests and the runner only).
    virtual Result<Rows> read(Query const& query, std::vector<Value> parameters) = 0;

protected:
    [[nodiscard]] virtual bool is_far() const = 0;  ///< a question is a trip to another process
    virtual void foresee_read(Query const& query, std::vector<Value> parameters) = 0;
};

/// Whether what was committed is durable; perhaps nobody knows yet. Copies speak of the same.
class Durability {
public:
    using Told = std::function<void(Result<void> const&)>;
    Durability();
    /// Waits until it is known, out of the seat (base/seats.h). A wrong statement is thrown here.
    [[nodiscard]] Result<void> wait() const;
    /// Calls `told` once it is known: at once if it is, else on the thread that finds out, which has others
    /// to tell as well: `told` is short, waits for nothing and throws nothing.
    void tell(Told told) const;
    /// For whoever finds out, once.
    void settle(Result<void> outcome, std::exception_ptr bug = nullptr) const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

/// A transaction. Destroyed without commit() it is rolled back.
class Tx : public Reader {
public:
    /// Queued; an error surfaces at the next read or at commit(), with the query's name.
    template <class... A>
    void write(Query const& query, A const&... a) {
        queue(query, {to_value(a)...}, -1, {});
    }
    /// As write(), and the number of rows touched must be `rows`, else the transaction fails with `otherwise`
    /// (`case_changed_meanwhile` where the row's `version` was part of the condition).
    template <class... A>
    void write_expecting(std::int64_t rows, Error otherwise, Query const& query, A const&... a) {
        queue(query, {to_value(a)...}, rows, std::move(otherwise));
    }
    /// One event row, and one delivery row per consumer registered for its kind.
    virtual void emit(Event event) = 0;
    virtual void audit(AuditEntry entry) = 0;
    /// The next number of a gapless row of numbers, e.g. ("licence", "示街证:2026") -> 1, 2, 3 … Serialises
    /// on that row.
    virtual Result<std::int64_t> next_number(std::string_view kind, std::string_view scope) = 0;
    /// The answer kept for this idempotency key by the same actor and verb, if the request came before.
    virtual Result<std::optional<std::string>> first_answer(std::string_view actor, std::string_view verb,
                                                            std::string_view key) = 0;
    /// Keeps it (sealed). An empty key keeps nothing.
    virtual void keep_answer(std::string_view actor, std::string_view verb, std::string_view key,
                             std::string_view answer) = 0;
    /// Plans a job to run at or after `at`, once per (kind, key): a second plan moves it.
    virtual void plan(std::string_view kind, std::string_view key, Instant at, json::object body = {}) = 0;
    virtual void cancel(std::string_view kind, std::string_view key) = 0;
    /// What processes keep in memory under this name is old when this commits: see Memories.
    virtual void outdate(std::string_view memory) = 0;

    /// Returns only when durable.
    virtual Result<void> commit() = 0;
    /// commit() for who has nothing more to do here: the thread goes on, and whoever answers waits for the
    /// Durability.
    virtual Durability commit_later() = 0;
    /// commit() with the news of the verb: each E has `Event event() const`.
    template <class E, class... More>
    Result<void> commit(E const& first, More const&... more) {
        emit(first.event());
        (emit(more.event()), ...);
        return commit();
    }

protected:
    virtual void queue(Query const& query, std::vector<Value> parameters, std::int64_t expect,
                       Error otherwise) = 0;
};

/// Sealing of personal data at rest: AES-256-GCM, with the place (`table.column` and the row's id) as
/// associated data so that a sealed value cannot be moved. Blind index: HMAC-SHA-256 under another key, for
/// exact look-up.
class Sealer {
public:
    /// Keys from `<directory>/keys` (0600), made there when missing and `make` is asked for.
    enum class Keys { must_exist, make_if_missing };
    static Result<Sealer> open(std::string const& data_directory, Keys keys);
    [[nodiscard]] Blob seal(std::string_view place, std::string_view row_id, std::string_view plain) const;
    /// Refuses with sealed_value_does_not_open.
    [[nodiscard]] Result<std::string> open_sealed(std::string_view place, std::string_view row_id,
                                                  std::string_view sealed) const;
    [[nodiscard]] std::string blind(std::string_view place, std::string_view plain) const;  ///< 64 hex digits
    /// A key for one named use, derived from the master key (cookies, query codes …). 32 bytes.
    [[nodiscard]] Bytes derive(std::string_view purpose) const;

private:
    Bytes master_;
    Bytes columns_, columns_id_, index_;  ///< derived once: every sealed value needs them
};

/// Who hears what. A handler runs in its own transaction, which also marks the delivery done: exactly once as
/// far as the database is concerned. An Error leaves the delivery for later (growing pauses), and is counted
/// and logged.
class Consumers {
public:
    using Handler = std::function<Result<void>(Tx&, Event const&, Instant happened_at)>;
    /// `name` is unique and stays for ever (`notify.on_accepted`); `kinds` are event kinds.
    virtual void add(std::string name, std::vector<std::string> kinds, Handler handler) = 0;
    /// For work that is slow (rendering): runs outside any transaction, must be idempotent, and ends by
    /// itself.
    using SlowHandler = std::function<Result<void>(Event const&, Instant happened_at)>;
    virtual void add_slow(std::string name, std::vector<std::string> kinds, SlowHandler handler) = 0;

protected:
    ~Consumers() = default;
};

/// Jobs planned by Tx::plan(). Same promises as consumers.
class Jobs {
public:
    using Handler =
        std::function<Result<void>(Tx&, std::string const& key, json::object const& body, Instant planned)>;
    virtual void add(std::string kind, Handler handler) = 0;

protected:
    ~Jobs() = default;
};

/// What a process keeps in memory of the database (an org chart, a catalogue), and how it is filled afresh.
/// Every process on the database looks each second whether somebody outdated it, so an import made beside
/// running servers reaches all of them.
class Memories {
public:
    using Refill = std::function<Result<void>()>;
    /// `name` as given to Tx::outdate(). Refilled in the order of adding; one that fails is tried again each
    /// second, and what it held until then stays.
    virtual void add(std::string name, Refill refill) = 0;

protected:
    ~Memories() = default;
};

/// What copy_out() wrote, and copy_in() wants to know.
struct Copy {
    std::string key_fingerprint;  ///< of the master key that seals the columns
    std::vector<std::pair<std::string, std::string>> migrations;  ///< module and name
    std::map<std::string, std::int64_t> rows;                     ///< by table
    std::int64_t audit_sealed = 0;                                ///< rows in the signed chain
    std::string audit_head;                                       ///< its last link; empty before the first
};

struct Options {
    std::string data_directory;  ///< holds tongban.db (SQLite), keys/, and files/
    std::string database{};      ///< empty: SQLite in data_directory; else postgres://…
    int connections = 16;        ///< readers on SQLite, all on PostgreSQL
};

class Store {
public:
    /// Opens; does not migrate. Refuses: database_cannot_be_opened, keys_are_missing.
    static Result<std::unique_ptr<Store>> open(Options options, Clock const& clock,
                                               std::vector<Schema> schemas);
    virtual ~Store() = default;

    virtual Result<std::unique_ptr<Tx>> begin() = 0;
    virtual Result<std::unique_ptr<Reader>> reader(Snapshot snapshot = Snapshot::shared) = 0;
    [[nodiscard]] virtual Dialect dialect() const = 0;
    [[nodiscard]] virtual Sealer const& sealer() const = 0;
    [[nodiscard]] virtual Clock const& clock() const = 0;
    [[nodiscard]] virtual std::string const& data_directory() const = 0;

    /// Forward only; `nothing_to_do` is ok. Refuses with database_is_newer_than_program.
    virtual Result<void> migrate() = 0;
    /// ok, or schema_is_old / database_is_newer_than_program.
    virtual Result<void> check_schema() = 0;
    /// True for a SQLite file this open() made: serve then migrates without being told.
    [[nodiscard]] virtual bool is_new() const = 0;
    /// Prepares every registered query on this database; names the first that fails.
    virtual Result<void> check_queries() = 0;
    /// A cheap read, for /healthz.
    virtual Result<void> ping() = 0;

    virtual Consumers& consumers() = 0;
    virtual Jobs& jobs() = 0;
    virtual Memories& memories() = 0;
    /// Refills what was outdated since the last look; how many. The store's own thread calls it each second.
    virtual Result<int> refill_memories() = 0;
    /// Deliveries that are not late wait while this says so: people wait. Set before start(); stop() before
    /// it becomes invalid.
    virtual void step_aside_while(std::function<bool()> people_wait) = 0;
    /// Starts the threads that deliver events, run jobs, refill memories and seal the audit.
    virtual void start() = 0;
    virtual void stop() = 0;
    /// Tests: delivers and runs on this thread everything due now, until nothing is left. Returns how many
    /// ran.
    virtual Result<int> run_pending() = 0;

    struct Backlog {
        std::int64_t deliveries = 0, failing = 0, jobs_due = 0, unsealed_audit = 0;
    };
    virtual Result<Backlog> backlog() = 0;

    /// What failed and waits for another try, one line for each consumer or kind of job and its last refusal.
    struct Waiting {
        std::string who, code;
        std::int64_t count = 0;
        Instant since{};  ///< of the oldest
    };
    virtual Result<std::vector<Waiting>> failing() = 0;
    /// The newest moment that a sealed audit row bears; a clock that shows much less was set back.
    virtual Result<std::optional<Instant>> newest_moment() = 0;

    /// Writes every row of every table as of one moment to `<directory>/<table>.jsonl`, while others write: a
    /// line of column names, then one line a row (null, numbers, texts, bytes as {"b":"base64"}). Sealed
    /// columns stay sealed. Refuses: disk_cannot_be_written, and what reading refuses.
    virtual Result<Copy> copy_out(std::string const& directory) = 0;
    /// Takes such a copy, made on either database, into one without tables; all of it or nothing. Its schema
    /// is that of the copy: migrate() afterwards. Refuses: database_is_not_empty, keys_do_not_fit_database,
    /// database_is_newer_than_program, backup_is_damaged.
    virtual Result<void> copy_in(std::string const& directory, Copy const& copy) = 0;

    struct AuditReport {
        std::int64_t rows = 0, sealed = 0, tail = 0;
        std::string head;
    };
    /// Chains the unsealed committed rows and signs the head (Ed25519 key in keys/).
    virtual Result<void> seal_audit() = 0;
    /// Proves the chain. Refuses with audit_chain_is_broken, naming the first wrong row.
    virtual Result<AuditReport> verify_audit() = 0;
};

}  // namespace tongban::store
