#include "exchange/engine.h"

#include <algorithm>

#include "base/seats.h"

namespace tongban::exchange {

namespace {
using std::chrono::milliseconds;
constexpr milliseconds pause_before_retry{100};
constexpr std::string_view probe_mark = "probe:";

Values values_of(Order const& order) {
    auto const& call = order.call;
    Values values;
    for (auto const& pair : call.asked)
        values.emplace(std::string_view(pair.key().data(), pair.key().size()),
                       std::string(pair.value().as_string()));
    values["call"] = call.id;
    values["item"] = call.purpose.item.text;
    values["basis"] = call.purpose.basis;
    values["consent"] = call.purpose.consent;
    values["case_no"] = call.purpose.case_no;
    values["why"] = call.purpose.why;
    return values;
}

int milliseconds_of(std::chrono::steady_clock::duration time) {
    return static_cast<int>(std::chrono::duration_cast<milliseconds>(time).count());
}
}  // namespace

Gate Engine::pass(Connector const& connector) {
    Lock lock(mutex_);
    auto& health = health_[connector.source];
    auto now = clock_.now();
    auto trial = connector.health_path.empty() ? Trial::by_call : Trial::by_health;
    auto decided = gate(health, trial, now);
    if (decided == Gate::ask)
        health = asked(std::move(health), now);
    else
        read_.notify_one();  // the pause may be over
    return decided;
}

void Engine::announce(std::vector<Order> const& orders) {
    Lock lock(mutex_);
    for (auto const& order : orders) {
        auto running = std::make_shared<Running>();
        running->order = order;
        auto& subject = subjects_[order.call.purpose.subject];
        if (!subject) subject = std::make_shared<Subject>();
        ++subject->asking;
        subject->known[order.call.id] = order.call;
        running_[order.call.id] = std::move(running);
    }
}

void Engine::drop(std::vector<Order> const& orders) {
    Lock lock(mutex_);
    for (auto const& order : orders) {
        running_.erase(order.call.id);
        health_[order.connector->source].on_trial = false;
        auto& subject = *subjects_[order.call.purpose.subject];
        subject.known.erase(order.call.id);
        if (--subject.asking == 0) subject.settled.notify_all();
    }
}

void Engine::send(std::vector<Order> orders) {
    {
        Lock lock(mutex_);
        if (stopping_) return;
        begin_threads(lock);
        auto now = Steady::now();
        for (auto const& order : orders) {
            auto& running = *running_.at(order.call.id);
            running.began = now;
            running.deadline = now + milliseconds{order.connector->deadline_ms};
            running.limit = now + milliseconds{order.connector->late_after_ms};
            alarms_.push({running.deadline, order.call.id, Alarm::What::deadline});
        }
        read_.notify_one();
    }
    for (auto const& order : orders) fire(order.call.id);
}

void Engine::fire(std::string const& id) {
    std::shared_ptr<Running> running;
    {
        Lock lock(mutex_);
        auto found = running_.find(id);
        if (found == running_.end()) return;
        running = found->second;
        ++running->tries;
    }
    auto const& order = running->order;
    auto const& endpoint = order.connector->endpoints.at(order.resource->code);
    auto call = make_call(*order.connector, endpoint, order.base, values_of(order));
    call.deadline_ms = std::max(1, milliseconds_of(running->limit - Steady::now()));
    auto now = clock_.now();
    client::sign(call, {order.connector->scheme, order.connector->key_id, order.key}, now, make_id(now));
    client_.start(std::move(call), [self = shared_from_this(), id](client::Reply reply) {
        self->arrived({id, std::move(reply)});
    });
}

void Engine::arrived(Arrived arrived) {
    Lock lock(mutex_);
    if (stopping_) return;
    arrived_.push_back(std::move(arrived));
    read_.notify_one();
}

void Engine::handle(Arrived arrived) {
    if (arrived.reply.failure == "stopped") return;
    if (arrived.call.starts_with(probe_mark))
        return probe_answered(arrived.call.substr(probe_mark.size()), arrived.reply);
    std::shared_ptr<Running> running;
    {
        Lock lock(mutex_);
        auto found = running_.find(arrived.call);
        if (found == running_.end()) return;
        running = found->second;
        auto again = Steady::now() + pause_before_retry;
        if (may_be_tried_again(arrived.reply) && running->tries <= running->order.connector->retries &&
            again < running->limit) {
            alarms_.push({again, arrived.call, Alarm::What::try_again});
            return;
        }
    }
    auto const& order = running->order;
    auto const& endpoint = order.connector->endpoints.at(order.resource->code);
    settle(*running, map_reply(endpoint, order.call.asked, arrived.reply));
}

void Engine::settle(Running& running, Mapped mapped) {
    Lock lock(mutex_);
    auto const& connector = *running.order.connector;
    auto now = clock_.now();
    auto health = health_[connector.source];
    bool const late_again = mapped.outcome == Outcome::late && running.late;
    if (is_answer(mapped.outcome))
        health = answered(std::move(health), now);
    else if (mapped.outcome == Outcome::wrong || mapped.outcome == Outcome::refused)
        health = faulty(std::move(health), mapped.why, now);
    else if (!late_again)
        health = failed(std::move(health), connector.breaker, mapped.why, now);
    set_health(lock, connector.source, health);
    auto& call = running.order.call;
    call.outcome = mapped.outcome;
    call.reason = std::move(mapped.why);
    call.count = mapped.count;
    call.fields = std::move(mapped.fields);
    call.ms = milliseconds_of(Steady::now() - running.began);
    call.down_since.reset();
    if (mapped.outcome == Outcome::down || mapped.outcome == Outcome::late)
        call.down_since = health.failing_since;
    else
        call.answered_at = now;
    if (is_answer(mapped.outcome)) call.data_at = mapped.data_at.value_or(now);
    if (!mapped.field.empty())
        log(LogLevel::warning, "source_sent_a_wrong_value",
            {{"source", connector.source},
             {"resource", call.resource},
             {"field", mapped.field},
             {"call", call.id}});
    auto came = running.late ? Written::Came::late : Written::Came::in_time;
    if (!late_again) know(lock, running, {call, running.order.resource, came});
    running_.erase(call.id);
}

void Engine::ring(Alarm const& alarm) {
    if (alarm.what == Alarm::What::try_again) return fire(alarm.call);
    Lock lock(mutex_);
    auto found = running_.find(alarm.call);
    if (found == running_.end()) return;
    auto& running = *found->second;
    auto const& connector = *running.order.connector;
    auto health = failed(health_[connector.source], connector.breaker, "answer_is_late", clock_.now());
    set_health(lock, connector.source, health);
    auto& call = running.order.call;
    call.outcome = Outcome::late;
    call.reason = "answer_is_late";
    call.down_since = health.failing_since;
    know(lock, running, {call, running.order.resource, Written::Came::in_time});
    running.late = true;
}

void Engine::know(Lock const&, Running const& running, Written written) {
    auto& subject = subjects_[written.call.purpose.subject];
    if (!subject) subject = std::make_shared<Subject>();
    subject->known[written.call.id] = written.call;
    subject->touched = Steady::now();
    if (!running.late && --subject->asking == 0) subject->settled.notify_all();
    to_write_.push_back(std::move(written));
    write_.notify_one();
}

void Engine::set_health(Lock const&, std::string const& source, Health health) {
    auto& known = health_[source];
    // What people and operators are told must survive a restart; when it last went well may be a minute old.
    bool const tell = known.failing_since != health.failing_since || known.failure != health.failure ||
                      !known.last_ok || (health.last_ok && health.last_ok->ms - known.last_ok->ms > 60'000);
    known = std::move(health);
    if (!tell) return;
    health_to_write_.push_back(source);
    write_.notify_one();
}

bool Engine::wait(std::string_view subject, milliseconds at_most) {
    OutOfSeat const others_go_on;
    Lock lock(mutex_);
    auto found = subjects_.find(subject);
    if (found == subjects_.end()) return true;
    auto waited_for = found->second;
    return waited_for->settled.wait_for(lock, at_most, [&] { return waited_for->asking == 0 || stopping_; });
}

std::map<std::string, Call> Engine::known(std::string_view subject) const {
    Lock lock(mutex_);
    auto found = subjects_.find(subject);
    return found == subjects_.end() ? std::map<std::string, Call>{} : found->second->known;
}

std::set<std::string> Engine::running(std::string_view subject) const {
    Lock lock(mutex_);
    std::set<std::string> ids;
    for (auto const& [id, running] : running_)
        if (running->order.call.purpose.subject == subject) ids.insert(id);
    return ids;
}

void Engine::forget(std::string_view subject) {
    Lock lock(mutex_);
    auto found = subjects_.find(subject);
    if (found == subjects_.end()) return;
    for (auto const& [id, call] : found->second->known) running_.erase(id);
    std::erase_if(to_write_, [&](Written const& each) { return each.call.purpose.subject == subject; });
    found->second->asking = 0;
    found->second->settled.notify_all();
    subjects_.erase(found);
}

void Engine::load_health(std::map<std::string, Health, std::less<>> health) {
    Lock lock(mutex_);
    for (auto& [source, each] : health) health_.emplace(source, std::move(each));
}

Health Engine::health(std::string_view source) const {
    Lock lock(mutex_);
    auto found = health_.find(source);
    return found == health_.end() ? Health{} : found->second;
}

int Engine::sources_down() const {
    Lock lock(mutex_);
    return static_cast<int>(std::count_if(health_.begin(), health_.end(), [](auto const& each) {
        return each.second.failures_in_row > 0 || each.second.paused_until;
    }));
}

void Engine::watch(std::vector<std::pair<std::shared_ptr<Connector const>, std::string>> sources) {
    Lock lock(mutex_);
    watched_ = std::move(sources);
}

}  // namespace tongban::exchange
