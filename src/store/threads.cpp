#include "store/running.h"
#include "store/signals.h"
#include "store/sql.h"

namespace tongban::store {

namespace {
constexpr std::chrono::seconds look_again{1};  ///< for what other processes commit, and for what falls due
constexpr std::chrono::hours answers_kept{7 * 24};
constexpr int seals_between_cleanings = 3600;
constexpr std::chrono::seconds set_back_least{5};  ///< less is how clocks are kept in time
/// Nearer than this a delivery may be leased by somebody at work.
constexpr std::chrono::seconds bring_forward_beyond{31};

/// These threads serve everybody: what goes wrong in one round is logged, and the next round comes.
template <class Work>
auto without_throwing(Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (Bug const& bug) {
        log(LogLevel::error, "store_thread_has_a_bug", {{"what", bug.what}});
    } catch (std::exception const& failed) {
        log(LogLevel::error, "store_thread_has_a_bug", {{"what", failed.what()}});
    }
    return Error{ErrorKind::internal, "handler_has_a_bug", "后台线程这一轮出错，稍后再试。"};
}
}  // namespace

void RunningStore::start() {
    ensure(threads_.empty(), "the store is started once");
    wake();  // for what was left over when the program last stopped
    SignalsBlocked const blocked;
    threads_.emplace_back([this] { keep_delivering(Lane::in_transaction, From::oldest); });
    // Two, so that one consumer that waits for somebody else does not hold up all the others.
    for (auto from : {From::oldest, From::newest})
        threads_.emplace_back([this, from] { keep_delivering(Lane::slow, from); });
    threads_.emplace_back([this] { keep_sealing(); });
    threads_.emplace_back([this] { keep_remembering(); });
}

void RunningStore::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        woken_.notify_all();
        ending_.notify_all();
    }
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    std::lock_guard lock(mutex_);
    stopping_ = false;
}

void RunningStore::wake() {
    std::lock_guard lock(mutex_);
    ++wakes_;
    woken_.notify_all();
}

bool RunningStore::wait_for_work(std::uint64_t& seen_wakes) {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, look_again, [&] { return stopping_ || wakes_ != seen_wakes; });
    seen_wakes = wakes_;
    return !stopping_;
}

void RunningStore::keep_delivering(Lane lane, From from) {
    std::uint64_t seen_wakes = 0;
    while (wait_for_work(seen_wakes)) {
        // Only success is reason to look again at once: what another process holds, or what failed, can wait.
        for (bool goes_on = true; goes_on;) {
            auto round = without_throwing([&] { return round_of(lane, from); });
            if (!round.ok())
                log(LogLevel::error, "deliveries_wait_for_database", {{"code", round.error().code}});
            goes_on = round.ok() && round->succeeded > 0;
            std::lock_guard lock(mutex_);
            goes_on = goes_on && !stopping_;
        }
    }
}

void RunningStore::keep_sealing() {
    for (int seals = 0;; ++seals) {
        {
            std::unique_lock lock(mutex_);
            if (ending_.wait_for(lock, look_again, [&] { return stopping_; })) return;
        }
        auto done = without_throwing([&]() -> Result<void> {
            TRY(seals == 0 ? bring_forward() : notice_clock());
            return seal_audit();
        });
        if (done.ok() && seals % seals_between_cleanings == 0) done = forget_old_answers();
        if (!done.ok() && done.error().code != "audit_is_being_sealed" &&
            done.error().code != "row_already_exists")
            log(LogLevel::error, "audit_waits_to_be_sealed", {{"code", done.error().code}});
    }
}

void RunningStore::keep_remembering() {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (ending_.wait_for(lock, look_again, [&] { return stopping_; })) return;
        }
        auto done = refill_memories();
        if (!done.ok()) log(LogLevel::error, "memories_wait_for_database", {{"code", done.error().code}});
    }
}

Result<void> RunningStore::notice_clock() {
    auto now = clock_.now().ms;
    auto before = newest_seen_ms_.exchange(now);
    if (now + std::chrono::milliseconds(set_back_least).count() >= before) return {};
    log(LogLevel::error, "clock_was_set_back", {{"seconds", std::to_string((before - now) / 1000)}});
    return bring_forward();
}

/// Also done at start: whatever paused because something was out of order may go on after a restart.
Result<void> RunningStore::bring_forward() {
    auto now = clock_.now();
    newest_seen_ms_ = now.ms;
    auto tx = TRY(begin());
    tx->write(sql::bring_deliveries_forward, now, now + bring_forward_beyond);
    tx->write(sql::bring_jobs_forward, now, now + bring_forward_beyond);
    TRY(tx->commit());
    wake();
    return {};
}

Result<void> RunningStore::forget_old_answers() {
    auto tx = TRY(begin());
    tx->write(sql::forget_answers, clock_.now() - answers_kept);
    return tx->commit();
}

}  // namespace tongban::store
