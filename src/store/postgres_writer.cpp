#include "store/postgres_writer.h"

#include <algorithm>

#include "base/seats.h"

namespace tongban::store {

namespace {
constexpr std::size_t batch_most = 32;
/// Whoever has waited so long goes alone: what holds the others up need not concern it.
constexpr std::chrono::milliseconds patience{250};

/// Batches of several processes would lock crosswise the counters that many transactions touch: one at a
/// time. The lock ends with the transaction.
constexpr std::string_view only_batch_text = "SELECT 1 AS held FROM pg_advisory_xact_lock(7305816204)";
PostgresStep const only_batch = [] {
    PostgresStep step;
    step.query = Query{"store.only_batch", only_batch_text, only_batch_text};
    return step;
}();
}  // namespace

/// On the stack of its thread. Touched under the mutex; `writes` of a batch on its way by its leader.
struct PostgresWriter::Waiter {
    enum class Turn { waits, leads, goes_along, goes_alone, is_over };
    std::vector<PostgresStep> writes;
    Turn turn = Turn::waits;
    std::condition_variable turned{};
    Result<void> outcome{};
};

Result<void> PostgresWriter::run(std::vector<PostgresStep> writes) {
    using Turn = Waiter::Turn;
    Waiter me{.writes = std::move(writes)};
    std::unique_lock lock(mutex_);
    if (!on_its_way_) return lead(me, lock);
    {
        OutOfSeat const others_go_on;
        waiting_.push_back(&me);
        me.turned.wait_for(lock, patience,
                           [&] { return me.turn > Turn::goes_along || me.turn == Turn::leads; });
        me.turned.wait(lock, [&] { return me.turn != Turn::goes_along; });
    }
    if (me.turn == Turn::leads) return lead(me, lock);
    if (me.turn == Turn::is_over) return std::move(me.outcome);
    std::erase(waiting_, &me);
    lock.unlock();
    return commit_alone(me);
}

bool PostgresWriter::somebody_waits() {
    std::lock_guard lock(mutex_);
    return !waiting_.empty();
}

PostgresWriter::Batch PostgresWriter::take_along() {
    Batch batch;
    while (!waiting_.empty() && batch.size() + 1 < batch_most) {
        batch.push_back(waiting_.front());
        waiting_.pop_front();
        batch.back()->turn = Waiter::Turn::goes_along;
    }
    return batch;
}

Result<void> PostgresWriter::lead(Waiter& me, std::unique_lock<std::mutex>& lock) {
    using Turn = Waiter::Turn;
    on_its_way_ = true;
    auto batch = take_along();
    lock.unlock();
    bool const is_alone = batch.empty();
    batch.push_back(&me);
    std::optional<Result<void>> outcome;
    std::exception_ptr bug;
    try {
        outcome = is_alone ? commit_alone(me) : commit_together(batch);
    } catch (...) {
        bug = std::current_exception();
    }
    lock.lock();
    batch.pop_back();
    for (auto* other : batch) {
        other->turn = outcome ? Turn::is_over : Turn::goes_alone;
        if (outcome) other->outcome = *outcome;
        other->turned.notify_one();
    }
    on_its_way_ = !waiting_.empty();
    if (on_its_way_) {
        auto* next = waiting_.front();
        waiting_.pop_front();
        next->turn = Turn::leads;
        next->turned.notify_one();
    }
    lock.unlock();
    if (outcome) return std::move(*outcome);
    if (is_alone) std::rethrow_exception(bug);
    return commit_alone(me);  // a bug is thrown again, in the thread that made it
}

/// Nothing when nothing was done: each may try for itself.
std::optional<Result<void>> PostgresWriter::commit_together(Batch const& batch) {
    std::vector<std::vector<PostgresStep> const*> lists;
    for (auto const* one : batch) lists.push_back(&one->writes);
    PostgresSteps steps{&begin_step, &only_batch};
    for (auto const* step : inserts_.joined(lists)) steps.push_back(step);
    auto done = commit_all(std::move(steps));
    if (done.ok() || done.error().code == failure::outcome_is_unknown().code) return done;
    return std::nullopt;
}

Result<void> PostgresWriter::commit_alone(Waiter const& me) {
    PostgresSteps steps{&begin_step};
    for (auto const& write : me.writes) steps.push_back(&write);
    return commit_all(std::move(steps));
}

Result<void> PostgresWriter::commit_all(PostgresSteps steps) {
    steps.push_back(&commit_step);
    auto borrowed = TRY(BorrowedConnection::take(pool_));
    auto done = borrowed->run(steps);
    if (done.ok()) return {};
    return borrowed->is_outcome_unknown() ? failure::outcome_is_unknown() : done.error();
}

}  // namespace tongban::store
