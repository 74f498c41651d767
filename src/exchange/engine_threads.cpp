#include <algorithm>

#include "exchange/engine.h"

namespace tongban::exchange {

namespace {
using std::chrono::milliseconds;
constexpr milliseconds longest_rest{1000};
/// A reader may hold a view of the rows from before an answer was written: it is known here so much longer.
constexpr std::chrono::seconds known_for{30};
constexpr milliseconds pause_after_failed_write{500};
constexpr int last_tries = 3;
constexpr std::string_view probe_mark = "probe:";
}  // namespace

void Engine::begin_threads(Lock const&) {
    if (reader_.joinable()) return;
    reader_ = std::thread([this] { read_on(); });
    writer_ = std::thread([this] { write_on(); });
}

Engine::Steady::time_point Engine::next_look(Lock const&) const {
    auto rest = Steady::now() + longest_rest;
    return alarms_.empty() ? rest : std::min(rest, alarms_.top().at);
}

void Engine::read_on() {
    Lock lock(mutex_);
    while (!stopping_) {
        if (!arrived_.empty()) {
            auto next = std::move(arrived_.front());
            arrived_.pop_front();
            lock.unlock();
            handle(std::move(next));
            lock.lock();
            continue;
        }
        if (!alarms_.empty() && alarms_.top().at <= Steady::now()) {
            auto alarm = alarms_.top();
            alarms_.pop();
            lock.unlock();
            ring(alarm);
            lock.lock();
            continue;
        }
        probe_paused(lock);
        tidy_subjects(lock);
        if (arrived_.empty() && !stopping_) read_.wait_until(lock, next_look(lock));
    }
}

void Engine::probe_paused(Lock& lock) {
    for (auto const& [connector, base] : watched_) {
        auto& health = health_[connector->source];
        if (!wants_probe(health, clock_.now())) continue;
        health.on_trial = true;
        client::Call call;
        call.url = base + connector->health_path;
        call.deadline_ms = connector->deadline_ms;
        auto name = std::string(probe_mark) + connector->source;
        lock.unlock();
        client_.start(std::move(call), [self = shared_from_this(), name](client::Reply reply) {
            self->arrived({name, std::move(reply)});
        });
        lock.lock();
        return;  // the list may have changed; the others have their turn in the next round
    }
}

void Engine::probe_answered(std::string const& source, client::Reply const& reply) {
    Lock lock(mutex_);
    auto now = clock_.now();
    auto health = health_[source];
    health.on_trial = false;
    bool const well = reply.answered() && reply.status >= 200 && reply.status < 300;
    for (auto const& [connector, base] : watched_)
        if (!well && connector->source == source) health.paused_until = now + connector->breaker.pause;
    set_health(lock, source, well ? exchange::answered(std::move(health), now) : std::move(health));
}

void Engine::tidy_subjects(Lock const&) {
    if (writing_ || !to_write_.empty()) return;
    auto before = Steady::now() - known_for;
    std::erase_if(subjects_, [&](auto const& each) {
        return each.second->asking == 0 && each.second->touched < before;
    });
}

void Engine::write_on() {
    Lock lock(mutex_);
    int failures = 0;
    for (;;) {
        write_.wait(lock, [&] { return stopping_ || !to_write_.empty() || !health_to_write_.empty(); });
        if (to_write_.empty() && health_to_write_.empty()) return;
        auto calls = std::exchange(to_write_, {});
        auto sources = std::exchange(health_to_write_, {});
        writing_ = true;
        lock.unlock();
        auto written = write(calls, sources);
        lock.lock();
        writing_ = false;
        if (written.ok()) {
            failures = 0;
            continue;
        }
        log(LogLevel::error, "answers_could_not_be_written", {{"code", written.error().code}});
        if (stopping_ && ++failures == last_tries) return;
        to_write_.insert(to_write_.begin(), calls.begin(), calls.end());
        health_to_write_.insert(health_to_write_.end(), sources.begin(), sources.end());
        write_.wait_for(lock, pause_after_failed_write, [&] { return stopping_; });
    }
}

Result<void> Engine::write(std::vector<Written> const& calls, std::vector<std::string> const& sources) {
    auto tx = TRY(store_.begin());
    for (auto const& [call, resource, came] : calls) {
        save_answer(*tx, store_.sealer(), call);
        if (!is_answer(call.outcome)) continue;
        record_look(identity_, *tx, call, *resource);
        auto const& subject = call.purpose.subject;
        if (came == Written::Came::late)
            tx->emit(
                {"exchange.answered", subject, {{"subject", subject}, {"call", call.id}, {"key", call.key}}});
    }
    for (auto const& source : sources) save_health(*tx, source, health(source));
    return tx->commit();
}

void Engine::stop() {
    {
        Lock lock(mutex_);
        if (stopping_) return;
        stopping_ = true;
        read_.notify_all();
        write_.notify_all();
        for (auto& [name, subject] : subjects_) subject->settled.notify_all();
    }
    if (reader_.joinable()) reader_.join();
    if (writer_.joinable()) writer_.join();
}

void record_look(identity::Identity const& identity, store::Tx& tx, Call const& call,
                 Resource const& resource) {
    auto const& purpose = call.purpose;
    identity::Access look;
    look.person = purpose.person;
    look.actor = call.asked_by;
    look.body = purpose.body;
    look.purpose = purpose.why;
    look.purpose_en = purpose.why_en;
    if (!purpose.item_name.empty() && look.purpose.find(purpose.item_name) == std::string::npos) {
        look.purpose = "办理“" + purpose.item_name + "”：" + look.purpose;
        if (!look.purpose_en.empty() && !purpose.item_name_en.empty())
            look.purpose_en = "For “" + purpose.item_name_en + "”: " + look.purpose_en;
    }
    look.basis = purpose.basis;
    look.case_no = purpose.case_no;
    look.what = {resource.name};
    if (!resource.name_en.empty()) look.what_en = {resource.name_en};
    identity.record_access(tx, look);
}

Answer answer_of(Call const& call, Resource const* resource) {
    Answer answer;
    answer.call = call.id;
    answer.key = call.key;
    answer.resource = call.resource;
    answer.source = call.source;
    answer.resource_name = resource == nullptr ? call.resource : resource->name;
    answer.resource_name_en = resource == nullptr ? call.resource : resource->name_en;
    answer.provider = resource == nullptr ? call.source : resource->provider;
    answer.provider_en = resource == nullptr ? call.source : resource->provider_en;
    answer.outcome = call.outcome;
    answer.fields = call.fields;
    answer.count = call.count;
    answer.asked_at = call.asked_at;
    answer.answered_at = call.answered_at.value_or(Instant{});
    answer.data_at = call.data_at.value_or(Instant{});
    answer.from_cache = call.from == Call::From::earlier_answer;
    answer.why = call.reason;
    answer.down_since = call.down_since;
    return answer;
}

}  // namespace tongban::exchange
