// One writer for many threads. Whoever holds the baton also runs the transactions of those who wait with all
// they have to write, so that a thread need not be woken for each; then one COMMIT for all of them.
//
// A savepoint for each would let SQLite copy every page it touches, in case it has to be undone. What is a
// list of statements can be run again instead: while a batch holds nothing else it goes without savepoints,
// and when one of its transactions fails the whole batch is rolled back and run once more, now with them.
#include <algorithm>
#include <exception>

#include "base/seats.h"
#include "store/sqlite.h"

namespace tongban::store {

namespace {
// A batch closes when it is this large or this old, so that nobody waits long for a stream of others.
constexpr int batch_most = 64;
constexpr std::chrono::milliseconds batch_oldest{10};
constexpr std::chrono::seconds baton_patience{30};
}  // namespace

/// Somebody who waits, on the stack of that thread. Touched under the writer's mutex.
struct SqliteWriter::Waiter {
    std::vector<SqliteWrite> const* writes =
        nullptr;  ///< run by whoever holds the baton; none: wants the baton
    std::condition_variable turn;
    bool has_baton = false;
    std::optional<Result<void>> outcome;  ///< of what was written
    std::exception_ptr bug;  ///< a wrong statement: for its own thread, not for the one that ran it
    [[nodiscard]] bool is_over() const { return outcome.has_value() || bug != nullptr; }
};

struct SqliteWriter::Batch {
    /// Somebody who waits for its COMMIT: with what it wrote in it, or refused for what it saw of others in
    /// it.
    struct Kept {
        Waiter* waiter;
        std::optional<Error> refusal{};
    };
    std::vector<Kept> kept;
    int taken = 0;           ///< transactions begun in it
    bool can_rerun = true;   ///< all that is written in it is a list of somebody who waits
    bool savepoint = false;  ///< one is open
    std::chrono::steady_clock::time_point opened = std::chrono::steady_clock::now();
    [[nodiscard]] bool is_full() const {
        return taken >= batch_most || std::chrono::steady_clock::now() - opened > batch_oldest;
    }
};

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteConnection> connection)
    : connection_(std::move(connection)) {}
SqliteWriter::~SqliteWriter() = default;

Result<void> SqliteWriter::wait_for_turn(Waiter& me) {
    std::unique_lock lock(mutex_);
    if (!held_) {
        held_ = me.has_baton = true;
        return {};
    }
    waiting_.push_back(&me);
    OutOfSeat const others_go_on;
    auto const mine = [&] { return me.has_baton || me.is_over(); };
    if (me.turn.wait_for(lock, baton_patience, mine)) return {};
    if (std::erase(waiting_, &me) > 0) return failure::is_busy();
    me.turn.wait(lock, mine);  // it is in a batch already
    return {};
}

bool SqliteWriter::somebody_waits() {
    std::lock_guard lock(mutex_);
    return !waiting_.empty();
}

void SqliteWriter::finish(Waiter& waiter, Result<void> outcome, std::exception_ptr bug) {
    std::lock_guard lock(mutex_);
    waiter.outcome = std::move(outcome);
    waiter.bug = std::move(bug);
    waiter.turn.notify_one();
}

Result<void> SqliteWriter::wait_until_over(Waiter& me) {
    std::unique_lock lock(mutex_);
    if (!me.is_over()) {
        OutOfSeat const others_go_on;
        me.turn.wait(lock, [&] { return me.is_over(); });
    }
    if (me.bug != nullptr) std::rethrow_exception(me.bug);
    return *me.outcome;
}

void SqliteWriter::pass_on() {
    std::lock_guard lock(mutex_);
    if (waiting_.empty())
        held_ = false;
    else
        hand_over();
}

void SqliteWriter::hand_over() {
    auto* next = waiting_.front();
    waiting_.pop_front();
    next->has_baton = true;
    next->turn.notify_one();
}

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
        if (other.waiter->writes != nullptr)
            serve(*other.waiter, Undo::alone);
        else if (batch_ != nullptr)
            batch_->kept.push_back(std::move(other));
        else
            finish(*other.waiter, {}, nullptr);  // gave up, and nothing is left that it could have seen
    }
}

void SqliteWriter::settle(Result<void> const& outcome) {
    for (auto& [waiter, refusal] : batch_->kept)
        finish(*waiter, outcome.ok() && refusal ? Result<void>(std::move(*refusal)) : outcome, nullptr);
    batch_.reset();
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

void SqliteWriter::serve(Waiter& waiter, Undo undo) {
    auto done = begin_one(undo);
    try {
        if (done.ok()) done = connection_->run_all(*waiter.writes);
        if (done.ok()) done = end_one();
    } catch (...) {
        undo_one();
        return finish(waiter, failure::query_failed("transaction"), std::current_exception());
    }
    if (done.ok()) return batch_->kept.push_back({&waiter});
    undo_one();
    // "Somebody else was first" is true, and can be looked up, only once that somebody is durable.
    if (batch_ != nullptr && !batch_->kept.empty())
        batch_->kept.push_back({&waiter, done.error()});
    else
        finish(waiter, done, nullptr);
}

void SqliteWriter::end_turn() {
    while (batch_ != nullptr && !batch_->is_full()) {
        Waiter* next = nullptr;
        {
            // Looked at and handed over under one lock: a waiter that gives up in between would leave the
            // batch to nobody.
            std::lock_guard lock(mutex_);
            if (waiting_.empty()) break;
            // Whoever asks questions comes behind what can be run again; but no later than the next batch,
            // which whoever waits longest opens.
            auto can_rerun = [](Waiter const* one) { return one->writes != nullptr; };
            auto found = std::ranges::find_if(waiting_, can_rerun);
            if (found == waiting_.end()) return hand_over();
            next = *found;
            waiting_.erase(found);
        }
        serve(*next, Undo::with_batch);
    }
    if (batch_ != nullptr) commit_batch();
    pass_on();
}

Result<void> SqliteWriter::run(std::vector<SqliteWrite> const& writes) {
    Waiter me;
    me.writes = &writes;
    TRY(wait_for_turn(me));
    if (me.has_baton) {
        serve(me, Undo::with_batch);
        end_turn();
    }
    return wait_until_over(me);
}

Result<void> SqliteWriter::take() {
    Waiter me;
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
    Waiter me;
    batch_->kept.push_back({&me});
    end_turn();
    return wait_until_over(me);
}

void SqliteWriter::drop() {
    undo_one();
    if (batch_ == nullptr || batch_->kept.empty()) return end_turn();
    Waiter me;  // why it is given up may be what others left in this batch, see serve()
    batch_->kept.push_back({&me});
    end_turn();
    (void)wait_until_over(me);
}

}  // namespace tongban::store
