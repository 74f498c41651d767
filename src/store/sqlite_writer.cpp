// One writer for many threads. Whoever holds the baton also runs the lists of those who have nothing to ask,
// so that the baton need not change hands for each; then one COMMIT for all of them.
//
// A savepoint for each would let SQLite copy every page it touches, in case it has to be undone. What is a
// list of statements can be run again instead: while a batch holds nothing else it goes without savepoints,
// and when one of its transactions fails the whole batch is rolled back and run once more, now with them.
#include <algorithm>

#include "base/seats.h"
#include "store/signals.h"
#include "store/sqlite.h"

namespace tongban::store {

namespace {
// A batch closes when it is this large or this old, so that nobody waits long for a stream of others.
constexpr int batch_most = 64;
constexpr std::chrono::milliseconds batch_oldest{10};
constexpr std::chrono::seconds baton_patience{30};
}  // namespace

/// Whoever waits for the baton, on the stack of its thread. Touched under the writer's mutex.
struct SqliteWriter::Asker {
    std::condition_variable turn{};
    bool has_baton = false;
    Moment came = std::chrono::steady_clock::now();
};

struct SqliteWriter::Batch {
    /// Somebody who waits for its COMMIT: with what it wrote in it, or refused for what it saw of others in
    /// it.
    struct Kept {
        Durability durability;
        std::vector<SqliteWrite> writes{};  ///< none: it asked
        std::optional<Error> refusal{};
    };
    std::vector<Kept> kept;
    int taken = 0;           ///< transactions begun in it
    bool can_rerun = true;   ///< all that is written in it is lists
    bool savepoint = false;  ///< one is open
    Moment opened = std::chrono::steady_clock::now();
    [[nodiscard]] bool is_full() const {
        return taken >= batch_most || std::chrono::steady_clock::now() - opened > batch_oldest;
    }
};

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteConnection> connection)
    : connection_(std::move(connection)) {}

SqliteWriter::~SqliteWriter() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    for_lists_.notify_one();
    if (thread_.joinable()) thread_.join();
}

// Lists.

Durability SqliteWriter::run(std::vector<SqliteWrite> writes) {
    List list{std::move(writes)};
    auto durability = list.durability;
    {
        std::lock_guard lock(mutex_);
        if (!thread_.joinable()) {
            SignalsBlocked const blocked;
            thread_ = std::thread([this] { serve_lists(); });
        }
        lists_.push_back(std::move(list));
        if (held_ && lists_.size() > 1) return durability;  // the thread waits for the baton already
        if (!held_) held_ = lists_turn_ = true;
    }
    for_lists_.notify_one();
    return durability;
}

void SqliteWriter::serve_lists() {
    while (wait_for_lists()) {
        std::unique_lock lock(mutex_);
        auto list = std::move(lists_.front());
        lists_.pop_front();
        lock.unlock();
        serve(std::move(list), Undo::with_batch);
        end_turn();
    }
}

bool SqliteWriter::wait_for_lists() {
    std::unique_lock lock(mutex_);
    while (!lists_turn_) {
        if (lists_.empty() && stopping_) return false;
        if (lists_.empty())
            for_lists_.wait(lock);
        else if (for_lists_.wait_until(lock, lists_.front().came + baton_patience) == std::cv_status::timeout)
            refuse_late_list(lock);
    }
    lists_turn_ = false;
    return true;
}

void SqliteWriter::refuse_late_list(std::unique_lock<std::mutex>& lock) {
    if (lists_turn_) return;
    auto const late = std::move(lists_.front());
    lists_.pop_front();
    lock.unlock();
    late.durability.settle(failure::is_busy());
    lock.lock();
}

// The baton.

Result<void> SqliteWriter::wait_for_turn(Asker& me) {
    std::unique_lock lock(mutex_);
    if (!held_) {
        held_ = true;
        return {};
    }
    askers_.push_back(&me);
    OutOfSeat const others_go_on;
    if (me.turn.wait_for(lock, baton_patience, [&] { return me.has_baton; })) return {};
    std::erase(askers_, &me);
    return failure::is_busy();
}

bool SqliteWriter::somebody_waits() {
    std::lock_guard lock(mutex_);
    return !lists_.empty() || !askers_.empty();
}

void SqliteWriter::pass_on() {
    std::lock_guard lock(mutex_);
    bool const asks = !askers_.empty();
    if (asks && (lists_.empty() || askers_.front()->came <= lists_.front().came)) return hand_over();
    held_ = lists_turn_ = !lists_.empty();
    if (held_) for_lists_.notify_one();
}

void SqliteWriter::hand_over() {
    auto* next = askers_.front();
    askers_.pop_front();
    next->has_baton = true;
    next->turn.notify_one();
}

// A batch.

Result<void> SqliteWriter::begin_one(Undo undo) {
    if (batch_ == nullptr) {
        TRY(connection_->control("BEGIN IMMEDIATE"));
        batch_ = std::make_unique<Batch>();
    }
    ++batch_->taken;
    batch_->savepoint = undo == Undo::alone || !batch_->can_rerun;
    return batch_->savepoint ? connection_->control("SAVEPOINT one") : Result<void>{};
}

Result<void> SqliteWriter::end_one() {
    return batch_->savepoint ? connection_->control("RELEASE one") : Result<void>{};
}

void SqliteWriter::undo_one() {
    note_damage();
    if (batch_ == nullptr) return;
    if (!batch_->savepoint) return rerun_others();
    auto undone = connection_->control("ROLLBACK TO one");
    if (undone.ok()) undone = connection_->control("RELEASE one");
    if (undone.ok()) return;
    (void)connection_->control("ROLLBACK");
    note_damage();
}

void SqliteWriter::rerun_others() {
    auto others = std::exchange(batch_->kept, {});
    (void)connection_->control("ROLLBACK");
    batch_.reset();
    for (auto& other : others) {
        if (!other.writes.empty())
            serve({std::move(other.writes), other.durability}, Undo::alone);
        else if (batch_ != nullptr)
            batch_->kept.push_back(std::move(other));
        else
            other.durability.settle({});  // gave up, and nothing is left that it could have seen
    }
}

void SqliteWriter::settle(Result<void> const& outcome) {
    auto const batch = std::exchange(batch_, nullptr);
    for (auto& [durability, writes, refusal] : batch->kept)
        durability.settle(outcome.ok() && refusal ? Result<void>(std::move(*refusal)) : outcome);
}

void SqliteWriter::commit_batch() {
    auto done = connection_->control("COMMIT");
    if (!done.ok()) {
        log(LogLevel::error, "batch_was_lost", {{"transactions", std::to_string(batch_->kept.size())}});
        if (connection_->in_transaction()) (void)connection_->control("ROLLBACK");
    }
    settle(done);
}

void SqliteWriter::note_damage() {
    // SQLite rolls everything back by itself on some errors: then the whole batch is lost, not one
    // transaction.
    if (batch_ != nullptr && !connection_->in_transaction()) settle(failure::does_not_answer());
}

void SqliteWriter::serve(List list, Undo undo) {
    auto done = begin_one(undo);
    try {
        if (done.ok()) done = connection_->run_all(list.writes);
        if (done.ok()) done = end_one();
    } catch (...) {
        auto const bug = std::current_exception();
        undo_one();
        return list.durability.settle(failure::query_failed("transaction"), bug);
    }
    if (done.ok()) return batch_->kept.push_back({list.durability, std::move(list.writes)});
    undo_one();
    // "Somebody else was first" is true, and can be looked up, only once that somebody is durable.
    if (batch_ != nullptr && !batch_->kept.empty())
        batch_->kept.push_back({list.durability, std::move(list.writes), done.error()});
    else
        list.durability.settle(done);
}

void SqliteWriter::end_turn() {
    while (batch_ != nullptr && !batch_->is_full()) {
        // Whoever asks questions comes behind what can be run again; but no later than the next batch, which
        // whoever waits longest opens. Looked at and handed over under one lock: whoever gives up in between
        // would leave the batch to nobody.
        std::unique_lock lock(mutex_);
        if (lists_.empty() && askers_.empty()) break;
        if (lists_.empty()) return hand_over();
        auto list = std::move(lists_.front());
        lists_.pop_front();
        lock.unlock();
        serve(std::move(list), Undo::with_batch);
    }
    if (batch_ != nullptr) commit_batch();
    pass_on();
}

// Transactions that ask.

Result<void> SqliteWriter::take() {
    Asker me;
    TRY(wait_for_turn(me));
    auto opened = begin_one(batch_ == nullptr ? Undo::with_batch : Undo::alone);
    if (opened.ok()) return {};
    note_damage();
    if (batch_ != nullptr) commit_batch();
    pass_on();
    return opened;
}

Result<void> SqliteWriter::keep() {
    if (batch_ == nullptr) {
        pass_on();
        return failure::does_not_answer();
    }
    auto ended = end_one();
    if (!ended.ok()) {
        drop();
        return ended;
    }
    batch_->can_rerun = false;
    Durability const durability;
    batch_->kept.push_back({durability});
    end_turn();
    return durability.wait();
}

void SqliteWriter::drop() {
    undo_one();
    if (batch_ == nullptr || batch_->kept.empty()) return end_turn();
    Durability const durability;  // why it is given up may be what others left in this batch, see serve()
    batch_->kept.push_back({durability});
    end_turn();
    (void)durability.wait();
}

}  // namespace tongban::store
