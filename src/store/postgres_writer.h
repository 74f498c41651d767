// Transactions that ask nothing, of many threads, in one: one BEGIN, one COMMIT and one wait for the disk for
// all of them, and a counter that several of them touch is not held from one wait for the disk to the next.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>

#include "store/postgres_inserts.h"

namespace tongban::store {

/// While one batch is on its way whoever comes waits, and goes with all the others in the next one, which the
/// thread that waits longest leads. A batch in which anything fails is undone, and each of it goes alone.
class PostgresWriter {
public:
    explicit PostgresWriter(PostgresPool& pool) : pool_(pool) {}
    PostgresWriter(PostgresWriter const&) = delete;
    PostgresWriter& operator=(PostgresWriter const&) = delete;

    /// A whole transaction, without BEGIN and COMMIT. Returns when it is durable, or says why nothing was
    /// done, or that nobody knows (failure::outcome_is_unknown).
    Result<void> run(std::vector<PostgresStep> writes);
    [[nodiscard]] bool somebody_waits();

private:
    struct Waiter;
    using Batch = std::vector<Waiter*>;
    Result<void> lead(Waiter& me, std::unique_lock<std::mutex>& lock);
    Batch take_along();
    std::optional<Result<void>> commit_together(Batch const& batch);
    Result<void> commit_alone(Waiter const& me);
    Result<void> commit_all(PostgresSteps steps);  ///< without COMMIT

    PostgresPool& pool_;
    std::mutex mutex_;
    std::deque<Waiter*> waiting_;
    PostgresInserts inserts_;  ///< of whoever leads
    bool on_its_way_ = false;  ///< a batch; or whoever is to lead the next one has been woken
};

}  // namespace tongban::store
