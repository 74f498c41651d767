// The store at work: what its parts (transactions, deliveries, jobs, audit) share.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <thread>

#include "store/database.h"
#include "store/keys.h"

namespace tongban::store {

enum class Lane { in_transaction = 0, slow = 1 };

/// Consumers and job handlers by name; filled before start(), read by all threads after.
class ConsumerList final : public Consumers {
public:
    struct Entry {
        std::vector<std::string> kinds;
        Lane lane = Lane::in_transaction;
        Handler handler;
        SlowHandler slow;
    };
    void add(std::string name, std::vector<std::string> kinds, Handler handler) override;
    void add_slow(std::string name, std::vector<std::string> kinds, SlowHandler handler) override;
    [[nodiscard]] Entry const* find(std::string const& name) const;
    /// Names and lanes of those that hear `kind`.
    [[nodiscard]] std::vector<std::pair<std::string, Lane>> hearing(std::string const& kind) const;

private:
    void put(std::string name, Entry entry);
    std::map<std::string, Entry> entries_;
    std::map<std::string, std::vector<std::pair<std::string, Lane>>> by_kind_;
};

class JobList final : public Jobs {
public:
    void add(std::string kind, Handler handler) override;
    [[nodiscard]] Handler const* find(std::string const& kind) const;

private:
    std::map<std::string, Handler> handlers_;
};

/// Names and refills in the order of adding, and the generation each was last filled from.
class MemoryList final : public Memories {
public:
    void add(std::string name, Refill refill) override;
    /// From here on only what is outdated later is refilled.
    void start_from(std::map<std::string, std::int64_t> generations);
    /// Refills what has another generation now; how many.
    int refill(std::map<std::string, std::int64_t> const& generations);

private:
    std::vector<std::pair<std::string, Refill>> refills_;
    std::mutex mutex_;
    std::map<std::string, std::int64_t> seen_;
};

class StoreTx;

class RunningStore final : public Store {
public:
    RunningStore(Options options, Clock const& clock, std::vector<Schema> schemas, Sealer sealer,
                 AuditKey audit_key, std::unique_ptr<Database> database);
    ~RunningStore() override;

    Result<std::unique_ptr<Tx>> begin() override;
    Result<std::unique_ptr<Reader>> reader(Snapshot snapshot = Snapshot::shared) override;
    [[nodiscard]] Dialect dialect() const override { return database_->dialect(); }
    [[nodiscard]] Sealer const& sealer() const override { return sealer_; }
    [[nodiscard]] Clock const& clock() const override { return clock_; }
    [[nodiscard]] std::string const& data_directory() const override { return options_.data_directory; }

    Result<void> migrate() override;
    Result<void> check_schema() override;
    [[nodiscard]] bool is_new() const override { return database_->is_new(); }
    Result<void> check_queries() override;
    Result<void> ping() override;

    Consumers& consumers() override { return consumers_; }
    Jobs& jobs() override { return jobs_; }
    Memories& memories() override { return memories_; }
    Result<int> refill_memories() override;
    void step_aside_while(std::function<bool()> people_wait) override {
        people_wait_ = std::move(people_wait);
    }
    void start() override;
    void stop() override;
    Result<int> run_pending() override;
    Result<Backlog> backlog() override;
    Result<std::vector<Waiting>> failing() override;
    Result<std::optional<Instant>> newest_moment() override;
    Result<Copy> copy_out(std::string const& directory) override;
    Result<void> copy_in(std::string const& directory, Copy const& copy) override;
    Result<void> seal_audit() override;
    Result<AuditReport> verify_audit() override;

    [[nodiscard]] ConsumerList const& consumer_list() const { return consumers_; }
    /// Something was committed that a thread may have to run now.
    void wake();

private:
    /// One thing to do: its place in the database as it was seen.
    struct Delivery {
        std::string consumer;
        std::int64_t position, due_at, attempts;
        Event event;  ///< its body is read when it is delivered
        std::string body;
        Instant happened_at;
    };
    struct Job {
        std::string kind, key;
        std::int64_t planned_at, due_at, attempts;
        std::string body;  ///< not yet read
    };
    struct Round {
        int seen = 0, succeeded = 0;
    };
    using Applied = std::map<std::pair<std::string, std::string>, std::string>;

    Result<std::vector<Delivery>> due_deliveries(Lane lane);
    /// Two threads share the slow lane: one takes the oldest first, the other comes from behind.
    enum class From { oldest, newest };
    Result<Round> deliver_round(Lane lane, From from);
    /// While people wait, for a seat or for the database, a delivery waits as well, until it is late: a crowd
    /// that does not end gets its letters all the same.
    void step_aside(Delivery const& delivery);
    Result<ConsumerList::Entry const*> consumer_of(Delivery& delivery);
    Result<bool> hand_to_handler(Tx& tx, Delivery& delivery);  ///< false: another process has it
    Result<int> deliver_some(std::span<Delivery> some);
    Result<int> deliver_together(std::span<Delivery> some);  ///< all in one transaction; how many were ours
    Result<bool> deliver_in_transaction(Delivery& delivery);
    Result<Round> deliver_each_slowly(std::span<Delivery> due);
    enum class Slow { is_done, failed, others_have_it };
    Result<Slow> deliver_slowly(Delivery& delivery);
    Result<bool> lease_for(Delivery& delivery);
    Result<void> finish(std::vector<Delivery const*> const& done);
    Result<void> postpone(Delivery const& delivery, Error const& why);
    Result<std::vector<Job>> due_jobs();
    Result<Round> job_round();
    Result<bool> run_job(Job const& job);
    Result<bool> run_job_in_transaction(Job const& job, Jobs::Handler const& handler);
    Result<void> postpone(Job const& job, Error const& why);
    Result<Round> round_of(Lane lane, From from = From::oldest);  ///< of the thread that serves this lane

    void keep_delivering(Lane lane, From from);
    void keep_sealing();
    void keep_remembering();
    Result<std::map<std::string, std::int64_t>> generations();
    /// After the clock was set back, what waits for moments that are far ahead now is due at once.
    Result<void> notice_clock();
    Result<void> bring_forward();
    bool wait_for_work(std::uint64_t& seen_wakes);  ///< false when stopping

    Result<Applied> applied_migrations(Session& session);
    Result<void> check_applied(Applied const& applied) const;
    Result<void> lay_schema(Session& session, Copy const& copy);
    [[nodiscard]] std::string key_fingerprint() const;
    enum class IfUnknown { refuse, note };
    Result<void> check_key(Session& session, IfUnknown if_unknown);
    Result<void> check_sorting(Session& session);
    Result<void> forget_old_answers();
    Result<std::int64_t> unsealed_rows();

    Options options_;
    Clock const& clock_;
    std::vector<Schema> schemas_;
    Sealer sealer_;
    AuditKey audit_key_;
    std::unique_ptr<Database> database_;
    ConsumerList consumers_;
    JobList jobs_;
    MemoryList memories_;
    std::atomic<std::int64_t> newest_seen_ms_{0};  ///< the latest moment this process saw on the clock

    std::function<bool()> people_wait_ = [] { return false; };

    std::mutex mutex_;
    std::condition_variable woken_, ending_;
    std::uint64_t wakes_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

class StoreReader final : public Reader {
public:
    explicit StoreReader(std::unique_ptr<Session> session) : session_(std::move(session)) {}
    Result<Rows> read(Query const& query, std::vector<Value> parameters) override {
        return session_->read(query, parameters);
    }

protected:
    [[nodiscard]] bool is_far() const override { return session_->is_far(); }
    void foresee_read(Query const& query, std::vector<Value> parameters) override {
        session_->foresee(query, std::move(parameters));
    }

private:
    std::unique_ptr<Session> session_;
};

/// A transaction with what the store writes besides the verb's own rows.
class StoreTx final : public Tx {
public:
    StoreTx(RunningStore& store, std::unique_ptr<Session> session);
    ~StoreTx() override;
    Result<Rows> read(Query const& query, std::vector<Value> parameters) override;
    void emit(Event event) override;
    void audit(AuditEntry entry) override;
    Result<std::int64_t> next_number(std::string_view kind, std::string_view scope) override;
    Result<std::optional<std::string>> first_answer(std::string_view actor, std::string_view verb,
                                                    std::string_view key) override;
    void keep_answer(std::string_view actor, std::string_view verb, std::string_view key,
                     std::string_view answer) override;
    void plan(std::string_view kind, std::string_view key, Instant at, json::object body) override;
    void cancel(std::string_view kind, std::string_view key) override;
    void outdate(std::string_view memory) override;
    Result<void> commit() override;
    Durability commit_later() override;
    using Tx::commit;

    /// SQLite has one writer: a second transaction on the same thread would wait for itself for ever.
    static bool is_open_on_this_thread(RunningStore const& store);

protected:
    [[nodiscard]] bool is_far() const override { return session_ != nullptr && session_->is_far(); }
    void foresee_read(Query const& query, std::vector<Value> parameters) override {
        session_->foresee(query, std::move(parameters));
    }
    void queue(Query const& query, std::vector<Value> parameters, std::int64_t expect,
               Error otherwise) override;

private:
    void write_events();
    void end();

    RunningStore& store_;
    std::unique_ptr<Session> session_;
    std::vector<Event> events_;
    bool wakes_ = false;
};

/// Hash of what an audit row says; the chain links these.
std::string audit_content_hash(std::string_view id, Instant at, std::string_view actor, std::string_view verb,
                               std::string_view aggregate, std::string_view facts);

}  // namespace tongban::store
