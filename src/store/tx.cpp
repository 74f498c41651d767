#include <algorithm>

#include "store/running.h"
#include "store/sql.h"

namespace tongban::store {

namespace {
thread_local std::vector<RunningStore const*> open_here;

constexpr std::string_view answer_place = "store_answer.answer";

std::string answer_row(std::string_view actor, std::string_view verb, std::string const& key_hash) {
    return std::string(actor) + "|" + std::string(verb) + "|" + key_hash;
}
}  // namespace

bool StoreTx::is_open_on_this_thread(RunningStore const& store) {
    return std::find(open_here.begin(), open_here.end(), &store) != open_here.end();
}

StoreTx::StoreTx(RunningStore& store, std::unique_ptr<Session> session)
    : store_(store), session_(std::move(session)) {
    open_here.push_back(&store_);
}

StoreTx::~StoreTx() {
    end();
}

void StoreTx::end() {
    if (session_ == nullptr) return;
    session_.reset();
    std::erase(open_here, &store_);
}

Result<Rows> StoreTx::read(Query const& query, std::vector<Value> parameters) {
    ensure(session_ != nullptr, "a transaction is not used after its end");
    return session_->read(query, parameters);
}

void StoreTx::queue(Query const& query, std::vector<Value> parameters, std::int64_t expect, Error otherwise) {
    ensure(session_ != nullptr, "a transaction is not used after its end");
    session_->queue(query, std::move(parameters), expect, std::move(otherwise));
}

void StoreTx::emit(Event event) {
    ensure(!event.kind.empty() && !event.aggregate.empty(), "an event names its kind and its aggregate");
    events_.push_back(std::move(event));
}

void StoreTx::write_events() {
    // Written last, and in one order in every transaction: rows of streams are held shortly and never
    // crosswise.
    std::stable_sort(events_.begin(), events_.end(),
                     [](Event const& a, Event const& b) { return a.aggregate < b.aggregate; });
    auto now = store_.clock().now();
    for (auto first = events_.begin(); first != events_.end();) {
        auto const& aggregate = first->aggregate;
        auto last =
            std::find_if(first, events_.end(), [&](Event const& one) { return one.aggregate != aggregate; });
        auto behind = last - first;  // in the stream, counted from its new end
        write(sql::advance_stream, aggregate, behind);
        for (auto const& event : std::ranges::subrange(first, last)) {
            --behind;
            write(sql::insert_event, aggregate, behind, event.kind, to_text(Json(event.body)), now);
            for (auto const& [consumer, lane] : store_.consumer_list().hearing(event.kind)) {
                write(sql::insert_delivery, aggregate, behind, consumer, static_cast<int>(lane), now);
                wakes_ = true;
            }
        }
        first = last;
    }
    events_.clear();
}

void StoreTx::audit(AuditEntry entry) {
    auto now = store_.clock().now();
    auto id = make_id(now);
    auto facts = canonical_text(Json(entry.facts));
    auto hash = audit_content_hash(id, now, entry.actor, entry.verb, entry.aggregate, facts);
    write(sql::insert_audit, entry.aggregate, id, now, entry.actor, entry.verb, facts, hash);
}

Result<std::int64_t> StoreTx::next_number(std::string_view kind, std::string_view scope) {
    auto found = TRY(rows(sql::next_number, kind, scope));
    return found[0].integer("last_number");
}

Result<std::optional<std::string>> StoreTx::first_answer(std::string_view actor, std::string_view verb,
                                                         std::string_view key) {
    if (key.empty()) return std::optional<std::string>{};
    auto hash = sha256_hex(key);
    auto found = TRY(rows(sql::find_answer, actor, verb, hash));
    if (found.empty()) return std::optional<std::string>{};
    auto answer = TRY(
        store_.sealer().open_sealed(answer_place, answer_row(actor, verb, hash), found[0].bytes("answer")));
    return std::optional<std::string>{std::move(answer)};
}

void StoreTx::keep_answer(std::string_view actor, std::string_view verb, std::string_view key,
                          std::string_view answer) {
    if (key.empty()) return;
    auto hash = sha256_hex(key);
    auto sealed = store_.sealer().seal(answer_place, answer_row(actor, verb, hash), answer);
    write_expecting(
        1, Error{ErrorKind::conflict, "request_came_twice", "同一请求正在办理，请稍候刷新查看结果。", {}, 1},
        sql::keep_answer, actor, verb, hash, sealed, store_.clock().now());
}

void StoreTx::plan(std::string_view kind, std::string_view key, Instant at, json::object body) {
    write(sql::plan_job, kind, key, at, to_text(Json(std::move(body))));
    wakes_ = true;
}

void StoreTx::cancel(std::string_view kind, std::string_view key) {
    write(sql::cancel_job, kind, key);
}

void StoreTx::outdate(std::string_view memory) {
    write(sql::outdate_memory, memory);
}

Result<void> StoreTx::commit() {
    ensure(session_ != nullptr, "a transaction is committed once");
    write_events();
    auto done = session_->commit();
    end();
    if (done.ok() && wakes_) store_.wake();
    return done;
}

Durability StoreTx::commit_later() {
    ensure(session_ != nullptr, "a transaction is committed once");
    write_events();
    auto durable = session_->commit_later();
    end();
    if (wakes_)
        durable.tell([&store = store_](Result<void> const& done) {
            if (done.ok()) store.wake();
        });
    return durable;
}

}  // namespace tongban::store
