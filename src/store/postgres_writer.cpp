#include "store/postgres_writer.h"

#include <algorithm>

#include "store/signals.h"

namespace tongban::store {

namespace {
constexpr std::size_t batch_most = 32;
/// What has waited so long goes alone: what holds the others up need not concern it.
constexpr std::chrono::milliseconds patience{250};
constexpr int loners = 4;  ///< so many connections at most are taken from those who read

/// Batches of several processes would lock crosswise the counters that many transactions touch: one at a
/// time. The lock ends with the transaction.
constexpr std::string_view only_batch_text = "SELECT 1 AS held FROM pg_advisory_xact_lock(7305816204)";
PostgresStep const only_batch = [] {
    PostgresStep step;
    step.query = Query{"store.only_batch", only_batch_text, only_batch_text};
    return step;
}();
}  // namespace

PostgresWriter::~PostgresWriter() {
    auto end = [this](bool& why, std::initializer_list<std::condition_variable*> whom) {
        {
            std::lock_guard lock(mutex_);
            why = true;
        }
        for (auto* one : whom) one->notify_all();
    };
    end(stopping_, {&for_batches_, &for_watch_});
    for (auto* thread : {&batches_, &watch_})
        if (thread->joinable()) thread->join();
    end(all_is_sent_, {&for_alone_});
    for (auto& thread : loners_) thread.join();
}

void PostgresWriter::begin() {
    SignalsBlocked const blocked;
    batches_ = std::thread([this] { serve_batches(); });
    watch_ = std::thread([this] { watch(); });
    for (int i = 0; i < loners; ++i) loners_.emplace_back([this] { serve_alone(); });
}

Durability PostgresWriter::run(std::vector<PostgresStep> writes) {
    List list{std::move(writes)};
    auto durability = list.durability;
    {
        std::lock_guard lock(mutex_);
        if (!batches_.joinable()) begin();
        waiting_.push_back(std::move(list));
        if (on_its_way_ || waiting_.size() > 1) return durability;  // the thread looks by itself
    }
    for_batches_.notify_one();
    return durability;
}

bool PostgresWriter::somebody_waits() {
    std::lock_guard lock(mutex_);
    return !waiting_.empty() || !alone_.empty();
}

PostgresWriter::Batch PostgresWriter::take_along() {
    Batch batch;
    while (!waiting_.empty() && batch.size() < batch_most) {
        batch.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    return batch;
}

void PostgresWriter::serve_batches() {
    std::unique_lock lock(mutex_);
    for (;;) {
        for_batches_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        if (!std::exchange(on_its_way_, true)) for_watch_.notify_one();
        while (!waiting_.empty()) {
            auto batch = take_along();
            lock.unlock();
            commit_batch(std::move(batch));
            lock.lock();
        }
        on_its_way_ = false;
    }
}

bool PostgresWriter::somebody_is_late() const {
    return on_its_way_ && !waiting_.empty() &&
           waiting_.front().came + patience < std::chrono::steady_clock::now();
}

void PostgresWriter::serve_alone() {
    std::unique_lock lock(mutex_);
    for (;;) {
        for_alone_.wait(lock, [this] { return all_is_sent_ || !alone_.empty() || somebody_is_late(); });
        auto& from = alone_.empty() ? waiting_ : alone_;
        if (from.empty()) return;
        auto const list = std::move(from.front());
        from.pop_front();
        lock.unlock();
        commit_alone(list);
        lock.lock();
    }
}

void PostgresWriter::watch() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        for_watch_.wait(lock, [this] { return stopping_ || on_its_way_; });
        for_watch_.wait_for(lock, patience / 4, [this] { return stopping_; });
        if (somebody_is_late()) for_alone_.notify_all();
    }
}

void PostgresWriter::commit_batch(Batch batch) {
    if (batch.size() == 1) return commit_alone(batch.front());
    std::optional<Result<void>> outcome;
    try {
        outcome = commit_together(batch);
    } catch (...) {
        // It is thrown once more for the list that made it.
    }
    if (outcome) {
        for (auto const& list : batch) list.durability.settle(*outcome);
        return;
    }
    std::lock_guard lock(mutex_);
    for (auto& list : batch) alone_.push_back(std::move(list));
    for_alone_.notify_all();
}

/// Nothing when nothing was done: each may try for itself.
std::optional<Result<void>> PostgresWriter::commit_together(Batch const& batch) {
    std::vector<std::vector<PostgresStep> const*> lists;
    for (auto const& one : batch) lists.push_back(&one.writes);
    PostgresSteps steps{&begin_step, &only_batch};
    for (auto const* step : inserts_.joined(lists)) steps.push_back(step);
    auto done = commit_all(std::move(steps));
    if (done.ok() || done.error().code == failure::outcome_is_unknown().code) return done;
    return std::nullopt;
}

void PostgresWriter::commit_alone(List const& list) {
    PostgresSteps steps{&begin_step};
    for (auto const& write : list.writes) steps.push_back(&write);
    Result<void> outcome = failure::query_failed("transaction");
    std::exception_ptr bug;
    try {
        outcome = commit_all(std::move(steps));
    } catch (...) {
        bug = std::current_exception();
    }
    list.durability.settle(std::move(outcome), bug);
}

Result<void> PostgresWriter::commit_all(PostgresSteps steps) {
    steps.push_back(&commit_step);
    auto borrowed = TRY(BorrowedConnection::take(pool_));
    auto done = borrowed->run(steps);
    if (done.ok()) return {};
    return borrowed->is_outcome_unknown() ? failure::outcome_is_unknown() : done.error();
}

}  // namespace tongban::store
