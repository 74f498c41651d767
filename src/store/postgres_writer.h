// Transactions that ask nothing, of many threads, in one: one BEGIN, one COMMIT and one wait for the disk for
// all of them, and a counter that several of them touch is not held from one wait for the disk to the next.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "store/postgres_inserts.h"

namespace tongban::store {

/// While one batch is on its way lists wait, and go together in the next one. A batch in which anything fails
/// is undone, and each of it goes alone; so does what has waited long for the others.
class PostgresWriter {
public:
    explicit PostgresWriter(PostgresPool& pool) : pool_(pool) {}
    ~PostgresWriter();  ///< once all lists are done
    PostgresWriter(PostgresWriter const&) = delete;
    PostgresWriter& operator=(PostgresWriter const&) = delete;

    /// A whole transaction, without BEGIN and COMMIT: is durable, or nothing was done, or nobody knows
    /// (failure::outcome_is_unknown).
    Durability run(std::vector<PostgresStep> writes);
    [[nodiscard]] bool somebody_waits();

private:
    using Moment = std::chrono::steady_clock::time_point;
    struct List {
        std::vector<PostgresStep> writes;
        Durability durability{};
        Moment came = std::chrono::steady_clock::now();
    };
    using Batch = std::vector<List>;
    void begin();
    void serve_batches();
    void serve_alone();
    void watch();  ///< tells the loners of what has waited long, while batches are on their way
    [[nodiscard]] bool somebody_is_late() const;
    Batch take_along();
    void commit_batch(Batch batch);
    std::optional<Result<void>> commit_together(Batch const& batch);
    void commit_alone(List const& list);
    Result<void> commit_all(PostgresSteps steps);  ///< without COMMIT

    PostgresPool& pool_;
    std::mutex mutex_;
    std::deque<List> waiting_, alone_;
    PostgresInserts inserts_;  ///< of the thread that sends batches
    bool on_its_way_ = false;  ///< a batch
    bool stopping_ = false, all_is_sent_ = false;
    std::condition_variable for_batches_, for_alone_, for_watch_;
    std::thread batches_, watch_;  ///< from the first list on
    std::vector<std::thread> loners_;
};

}  // namespace tongban::store
