#include "exchange/state.h"

namespace tongban::exchange {

namespace {
/// Answers of drafts that never became cases (个人信息保护法 art. 19: no longer than the purpose needs).
constexpr std::chrono::days loose_answers{30};
/// That somebody was asked about stays longer: 个人信息保护法 art. 56 keeps such records three years.
constexpr std::chrono::days records_of_asking{3 * 366};
constexpr std::chrono::minutes settle_every{1}, corrections_every{5};
constexpr std::chrono::minutes list_again_after_failure{5};

std::string text_in(json::object const& body, char const* key) {
    return std::string(body.at(key).as_string());
}
}  // namespace

Exchange::Exchange(store::Store& store, Clock const& clock, org::Org& org, identity::Identity& identity,
                   client::Client& client, std::string address)
    : state_(std::make_unique<State>(store, clock, org, identity, client, std::move(address))) {}

Exchange::~Exchange() {
    stop();
}

void Exchange::stop() {
    state_->engine_->stop();
}

Result<void> Exchange::import(Pack const& pack) {
    TRY(state_->import(pack));
    return state_->settle();
}

Result<void> Exchange::start() {
    TRY(state_->load());
    return state_->settle();
}

void Exchange::consumers(store::Consumers& consumers) {
    auto& state = *state_;
    state.store_.memories().add("exchange", [&state]() -> Result<void> { return state.load(); });
    consumers.add_slow("exchange.pull_list", {"exchange.list_due"},
                       [&state](store::Event const& event, Instant) -> Result<void> {
                           return state.pull(text_in(event.body, "resource"));
                       });
    consumers.add_slow("exchange.send_correction", {"exchange.correction_made"},
                       [&state](store::Event const& event, Instant) -> Result<void> {
                           return state.send_correction(text_in(event.body, "correction"));
                       });
    consumers.add_slow(
        "exchange.ask_corrections", {"exchange.corrections_due"},
        [&state](store::Event const&, Instant) -> Result<void> { return state.ask_corrections(); });
}

void Exchange::jobs(store::Jobs& jobs) {
    auto& state = *state_;
    using Body = json::object;
    jobs.add(std::string(list_job),
             [&state](store::Tx& tx, std::string const& key, Body const&, Instant) -> Result<void> {
                 return state.list_due(tx, key);
             });
    jobs.add(std::string(settle_job),
             [&state](store::Tx& tx, std::string const&, Body const&, Instant) -> Result<void> {
                 auto now = state.clock_.now();
                 tx.write(sql::settle_calls, now);
                 tx.plan(settle_job, "", now + settle_every);
                 return {};
             });
    jobs.add(std::string(purge_job),
             [&state](store::Tx& tx, std::string const&, Body const&, Instant) -> Result<void> {
                 auto now = state.clock_.now();
                 tx.write(sql::erase_loose_calls, now - loose_answers);
                 tx.write(sql::forget_loose, now - loose_answers);
                 tx.write(sql::forget_calls, now - records_of_asking);
                 tx.plan(purge_job, "", now + std::chrono::days{1});
                 return {};
             });
    jobs.add(std::string(correction_job),
             [&state](store::Tx& tx, std::string const&, Body const&, Instant) -> Result<void> {
                 auto sent = TRY(tx.rows(sql::sent_corrections));
                 if (!sent.empty()) tx.emit({"exchange.corrections_due", "exchange.corrections", {}});
                 tx.plan(correction_job, "", state.clock_.now() + corrections_every);
                 return {};
             });
}

Result<void> Exchange::State::list_due(store::Tx& tx, std::string const& resource) const {
    auto catalogue = catalogue_.load();
    auto const* known = catalogue->resource(resource);
    auto const* endpoint = known == nullptr ? nullptr : catalogue->endpoint(*known);
    if (endpoint == nullptr || !endpoint->list) return {};
    auto now = clock_.now();
    auto next = now + list_again_after_failure;
    for (auto const& list : TRY(load_lists(tx))) {
        if (list.resource != resource || !list.pulled_at || !list.failure.empty()) continue;
        auto due = *list.pulled_at + endpoint->list->every;
        if (due > now) {
            tx.plan(list_job, resource, due);
            return {};
        }
    }
    tx.emit({"exchange.list_due", "list:" + resource, {{"resource", resource}}});
    tx.plan(list_job, resource, next);
    return {};
}

Result<std::vector<std::string>> Exchange::start(Purpose const& purpose, std::vector<Ask> const& asks) {
    return state_->ask(purpose, asks);
}
Result<bool> Exchange::wait(std::string_view subject, std::chrono::milliseconds at_most) {
    return state_->engine_->wait(subject, at_most);
}
Result<std::vector<Answer>> Exchange::answers(store::Reader& reader, std::string_view subject) const {
    return state_->answers(reader, subject);
}
void Exchange::foresee_answers(store::Reader& reader, std::string_view subject) const {
    reader.foresee(sql::calls_of_subject, subject);
}
Result<std::vector<Standing>> Exchange::standings(store::Reader& reader) const {
    return state_->standings(reader);
}
Result<std::string> Exchange::dispute(store::Tx& tx, Dispute const& dispute) {
    return state_->dispute(tx, dispute);
}

Result<std::vector<Correction>> Exchange::corrections(store::Reader& reader, std::string_view subject) const {
    auto rows = TRY(reader.rows(sql::corrections_of_subject, subject));
    std::vector<Correction> all;
    for (auto& ticket : TRY(read_tickets(rows, state_->store_.sealer())))
        all.push_back(std::move(ticket.correction));
    return all;
}

void Exchange::keep(store::Tx& tx, std::string_view subject, std::string_view case_no) {
    tx.write(sql::keep_calls, subject, case_no);
}

void Exchange::forget(store::Tx& tx, std::string_view subject) {
    tx.write(sql::erase_calls, subject);
    state_->engine_->forget(subject);
}

std::shared_ptr<Resource const> Exchange::resource(std::string_view code) const {
    auto catalogue = state_->catalogue();
    auto found = catalogue->resources.find(code);
    return found == catalogue->resources.end() ? nullptr : found->second;
}

int Exchange::sources_down() const {
    return state_->engine_->sources_down();
}

}  // namespace tongban::exchange
