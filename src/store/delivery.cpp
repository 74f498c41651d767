#include <algorithm>
#include <array>

#include "store/running.h"
#include "store/sql.h"

namespace tongban::store {

namespace {
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// Longer than slow work usually takes; after a crash its delivery is taken up again when this has passed, so
/// that somebody who waits for a certificate does not wait long. Work that takes longer may be done twice, by
/// two processes on one database: slow handlers are idempotent.
constexpr milliseconds lease = seconds{30};

/// So long after it was due a delivery steps aside for nobody.
constexpr milliseconds late_after = seconds{5};
constexpr milliseconds look_for_crowd{5};

/// So many quick deliveries share a transaction on SQLite, where the writer's baton costs as much as a small
/// one; no more, because people wait for that baton meanwhile. On PostgreSQL two processes would lock
/// crosswise what several deliveries touch.
std::size_t together_most(Dialect dialect) {
    return dialect == Dialect::sqlite ? 8 : 1;
}

/// Slow deliveries that are done are noted together; after a crash those not yet noted are done again.
constexpr milliseconds finished_within{50};

milliseconds pause_after(std::int64_t attempts) {
    constexpr std::array<milliseconds, 7> pauses{seconds{1},  seconds{5},  seconds{30}, minutes{2},
                                                 minutes{10}, minutes{30}, minutes{60}};
    auto at = std::clamp<std::int64_t>(attempts - 1, 0, std::ssize(pauses) - 1);
    return pauses[static_cast<std::size_t>(at)];
}

/// A handler's own bugs stop here: they are counted and tried again like any refusal.
template <class T, class Work>
Result<T> guarded(Work&& work) {
    try {
        return work();
    } catch (Bug const& bug) {
        return Error{ErrorKind::internal, "handler_has_a_bug", bug.what};
    } catch (std::exception const& failed) {
        return Error{ErrorKind::internal, "handler_has_a_bug", failed.what()};
    }
}

Error nobody_handles(char const* code) {
    return {ErrorKind::internal, code, "本程序中没有登记相应的处理者。"};
}

/// A row that somebody damaged fails alone: it is refused, counted and tried again, and the others go on.
Result<json::object> object_of(std::string const& text) {
    auto value = read_json(text);
    if (value.ok() && value->is_object()) return std::move(value->as_object());
    return Error{ErrorKind::internal, "stored_body_does_not_read", "库中的一条消息内容损坏，读不出来。"};
}
}  // namespace

void ConsumerList::put(std::string name, Entry entry) {
    ensure(!entries_.contains(name), "a consumer's name is unique");
    for (auto const& kind : entry.kinds) by_kind_[kind].emplace_back(name, entry.lane);
    entries_.emplace(std::move(name), std::move(entry));
}

void ConsumerList::add(std::string name, std::vector<std::string> kinds, Handler handler) {
    put(std::move(name), {std::move(kinds), Lane::in_transaction, std::move(handler), {}});
}

void ConsumerList::add_slow(std::string name, std::vector<std::string> kinds, SlowHandler handler) {
    put(std::move(name), {std::move(kinds), Lane::slow, {}, std::move(handler)});
}

ConsumerList::Entry const* ConsumerList::find(std::string const& name) const {
    auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : &found->second;
}

std::vector<std::pair<std::string, Lane>> ConsumerList::hearing(std::string const& kind) const {
    auto found = by_kind_.find(kind);
    return found == by_kind_.end() ? std::vector<std::pair<std::string, Lane>>{} : found->second;
}

void JobList::add(std::string kind, Handler handler) {
    ensure(handlers_.emplace(std::move(kind), std::move(handler)).second, "a kind of job has one handler");
}

Jobs::Handler const* JobList::find(std::string const& kind) const {
    auto found = handlers_.find(kind);
    return found == handlers_.end() ? nullptr : &found->second;
}

Result<std::vector<RunningStore::Delivery>> RunningStore::due_deliveries(Lane lane) {
    auto view = TRY(reader(Snapshot::none));
    auto rows = TRY(view->rows(sql::due_deliveries, static_cast<int>(lane), clock_.now()));
    std::vector<Delivery> due;
    for (auto row : rows)
        due.push_back({row.text("consumer"), row.integer("position"), row.integer("due_at"),
                       row.integer("attempts"), Event{row.text("kind"), row.text("aggregate"), {}},
                       row.text("body"), row.instant("happened_at")});
    return due;
}

Result<RunningStore::Round> RunningStore::deliver_round(Lane lane, From from) {
    auto due = TRY(due_deliveries(lane));
    if (from == From::newest) std::ranges::reverse(due);
    if (lane == Lane::slow) return deliver_each_slowly(due);
    Round round;
    for (std::span<Delivery> rest(due); !rest.empty();) {
        auto some = rest.first(std::min(together_most(dialect()), rest.size()));
        rest = rest.subspan(some.size());
        step_aside(some.front());
        round.seen += static_cast<int>(some.size());
        round.succeeded += TRY(deliver_some(some));
    }
    return round;
}

Result<int> RunningStore::deliver_some(std::span<Delivery> some) {
    if (some.size() > 1) {
        auto together = guarded<int>([&] { return deliver_together(some); });
        if (together.ok()) return together;
    }
    // One of them failed: each for itself now, so that it fails alone.
    int succeeded = 0;
    for (auto& delivery : some)
        if (TRY(deliver_in_transaction(delivery))) ++succeeded;
    return succeeded;
}

Result<RunningStore::Round> RunningStore::deliver_each_slowly(std::span<Delivery> due) {
    Round round;
    std::vector<Delivery const*> done;
    std::chrono::steady_clock::time_point first_done;
    for (auto& delivery : due) {
        ++round.seen;
        step_aside(delivery);
        auto outcome = TRY(deliver_slowly(delivery));
        // The thread from the other end, or another process: what is left of this list is theirs.
        if (outcome == Slow::others_have_it) break;
        if (outcome == Slow::is_done) {
            ++round.succeeded;
            if (done.empty()) first_done = std::chrono::steady_clock::now();
            done.push_back(&delivery);
        }
        if (!done.empty() && std::chrono::steady_clock::now() - first_done > finished_within)
            TRY(finish(std::exchange(done, {})));
    }
    TRY(finish(done));
    return round;
}

void RunningStore::step_aside(Delivery const& delivery) {
    std::unique_lock lock(mutex_);
    while (!stopping_ && clock_.now() < Instant{delivery.due_at} + late_after &&
           (people_wait_() || database_->is_crowded()))
        ending_.wait_for(lock, look_for_crowd);
}

Result<ConsumerList::Entry const*> RunningStore::consumer_of(Delivery& delivery) {
    auto const* entry = consumers_.find(delivery.consumer);
    if (entry == nullptr) return nobody_handles("consumer_is_not_known");
    delivery.event.body = TRY(object_of(delivery.body));
    return entry;
}

Result<bool> RunningStore::hand_to_handler(Tx& tx, Delivery& delivery) {
    auto const* entry = TRY(consumer_of(delivery));
    auto taken = TRY(tx.rows(sql::take_delivery, delivery.event.aggregate, delivery.consumer,
                             delivery.position, delivery.due_at));
    if (taken.empty()) return false;
    TRY(entry->handler(tx, delivery.event, delivery.happened_at));
    return true;
}

Result<int> RunningStore::deliver_together(std::span<Delivery> some) {
    auto tx = TRY(begin());
    int handled = 0;
    for (auto& delivery : some)
        if (TRY(hand_to_handler(*tx, delivery))) ++handled;
    TRY(tx->commit());
    return handled;
}

Result<bool> RunningStore::deliver_in_transaction(Delivery& delivery) {
    auto done = guarded<bool>([&]() -> Result<bool> { return TRY(deliver_together({&delivery, 1})) > 0; });
    if (done.ok()) return done;
    TRY(postpone(delivery, done.error()));
    return false;
}

Result<RunningStore::Slow> RunningStore::deliver_slowly(Delivery& delivery) {
    auto done = guarded<Slow>([&]() -> Result<Slow> {
        auto const* entry = TRY(consumer_of(delivery));
        if (!TRY(lease_for(delivery))) return Slow::others_have_it;
        TRY(entry->slow(delivery.event, delivery.happened_at));
        return Slow::is_done;
    });
    if (done.ok()) return done;
    TRY(postpone(delivery, done.error()));
    return Slow::failed;
}

Result<bool> RunningStore::lease_for(Delivery& delivery) {
    auto until = clock_.now() + lease;
    auto tx = TRY(begin());
    // Asked, though a condition in the write would do: often the thread that comes from the other end was
    // first, and what fails in a batch undoes it for everybody in it.
    auto leased = TRY(tx->rows(sql::lease_delivery, delivery.event.aggregate, delivery.consumer,
                               delivery.position, delivery.due_at, until));
    if (leased.empty()) return false;
    TRY(tx->commit());
    delivery.due_at = until.ms;
    return true;
}

Result<void> RunningStore::finish(std::vector<Delivery const*> const& done) {
    if (done.empty()) return {};
    auto tx = TRY(begin());
    for (auto const* delivery : done)
        tx->write(sql::finish_delivery, delivery->event.aggregate, delivery->consumer, delivery->position);
    return tx->commit();
}

Result<void> RunningStore::postpone(Delivery const& delivery, Error const& why) {
    auto attempts = delivery.attempts + 1;
    log(LogLevel::warning, "delivery_failed",
        {{"consumer", delivery.consumer},
         {"aggregate", delivery.event.aggregate},
         {"event", delivery.event.kind},
         {"attempts", std::to_string(attempts)},
         {"code", why.code},
         {"why", why.kind == ErrorKind::internal ? why.detail : ""}});
    auto tx = TRY(begin());
    tx->write(sql::postpone_delivery, delivery.event.aggregate, delivery.consumer, delivery.position,
              delivery.due_at, clock_.now() + pause_after(attempts), attempts, why.code);
    return tx->commit();
}

Result<std::vector<RunningStore::Job>> RunningStore::due_jobs() {
    auto view = TRY(reader(Snapshot::none));
    auto rows = TRY(view->rows(sql::due_jobs, clock_.now()));
    std::vector<Job> due;
    for (auto row : rows)
        due.push_back({row.text("kind"), row.text("key"), row.integer("planned_at"), row.integer("due_at"),
                       row.integer("attempts"), row.text("body")});
    return due;
}

Result<RunningStore::Round> RunningStore::job_round() {
    Round round;
    for (auto const& job : TRY(due_jobs())) {
        ++round.seen;
        if (TRY(run_job(job))) ++round.succeeded;
    }
    return round;
}

Result<bool> RunningStore::run_job(Job const& job) {
    auto const* handler = jobs_.find(job.kind);
    Result<bool> done = nobody_handles("job_is_not_known");
    if (handler != nullptr) done = guarded<bool>([&] { return run_job_in_transaction(job, *handler); });
    if (done.ok()) return done;
    TRY(postpone(job, done.error()));
    return false;
}

Result<bool> RunningStore::run_job_in_transaction(Job const& job, Jobs::Handler const& handler) {
    auto body = TRY(object_of(job.body));
    auto tx = TRY(begin());
    auto taken = TRY(tx->rows(sql::take_job, job.kind, job.key, job.due_at));
    if (taken.empty()) return false;
    TRY(handler(*tx, job.key, body, Instant{job.planned_at}));
    TRY(tx->commit());
    return true;
}

Result<void> RunningStore::postpone(Job const& job, Error const& why) {
    auto attempts = job.attempts + 1;
    log(LogLevel::warning, "job_failed",
        {{"job", job.kind},
         {"key", job.key},
         {"attempts", std::to_string(attempts)},
         {"code", why.code},
         {"why", why.kind == ErrorKind::internal ? why.detail : ""}});
    auto tx = TRY(begin());
    tx->write(sql::postpone_job, job.kind, job.key, job.due_at, clock_.now() + pause_after(attempts),
              attempts, why.code);
    return tx->commit();
}

Result<RunningStore::Round> RunningStore::round_of(Lane lane, From from) {
    auto round = TRY(deliver_round(lane, from));
    if (lane == Lane::slow) return round;
    auto jobs = TRY(job_round());
    return Round{round.seen + jobs.seen, round.succeeded + jobs.succeeded};
}

Result<int> RunningStore::run_pending() {
    int ran = 0;
    TRY(notice_clock());
    TRY(refill_memories());
    for (;;) {
        auto quick = TRY(round_of(Lane::in_transaction));
        auto slow = TRY(round_of(Lane::slow));
        ran += quick.succeeded + slow.succeeded;
        if (quick.seen + slow.seen == 0) return ran;
    }
}

}  // namespace tongban::store
