#include <algorithm>
#include <fstream>

#include "exchange/state.h"

namespace tongban::exchange {

namespace {
/// An answer for the same subject and question is asked for again when it is older: what is decided at once
/// rests on data of the day.
constexpr std::chrono::hours fresh_for{24};
constexpr std::size_t parameter_longest = 200;

bool is_clean(Json const& value) {
    if (!value.is_string()) return false;
    std::string_view text(value.get_string().data(), value.get_string().size());
    auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return !text.empty() && text.size() <= parameter_longest && is_utf8(text) &&
           std::none_of(text.begin(), text.end(), control);
}

Result<void> check_parameters(Ask const& ask, Resource const& resource) {
    auto refuse = [&](char const* code, std::string const& name) {
        return Error{ErrorKind::invalid, code, resource.name + "（" + ask.key + "）：" + name};
    };
    for (auto const& [name, type] : resource.parameters) {
        auto const* value = ask.parameters.if_contains(name);
        if (value == nullptr) return refuse("parameter_is_missing", name);
        if (!is_clean(*value)) return refuse("parameter_is_malformed", name);
    }
    for (auto const& pair : ask.parameters) {
        std::string_view name(pair.key().data(), pair.key().size());
        auto known = [&](auto const& parameter) { return parameter.first == name; };
        if (std::none_of(resource.parameters.begin(), resource.parameters.end(), known))
            return refuse("parameter_is_unknown", std::string(name));
    }
    return {};
}

void cannot(Call& call, Outcome outcome, std::string why) {
    call.outcome = outcome;
    call.reason = std::move(why);
}

void take_line(Call& call, json::object fields) {
    call.outcome = Outcome::found;
    call.fields = std::move(fields);
}
}  // namespace

Exchange::State::State(store::Store& store, Clock const& clock, org::Org& org, identity::Identity& identity,
                       client::Client& client, std::string address)
    : store_(store),
      clock_(clock),
      org_(org),
      identity_(identity),
      client_(client),
      address_(std::move(address)),
      engine_(std::make_shared<Engine>(store, clock, identity, client)),
      catalogue_(std::make_shared<Catalogue const>()) {}

Result<void> Exchange::State::check(std::vector<Ask> const& asks, Catalogue const& catalogue) const {
    for (auto const& ask : asks) {
        auto const* resource = catalogue.resource(ask.resource);
        if (resource == nullptr)
            return Error{ErrorKind::invalid, "resource_is_unknown", "目录里没有资源 " + ask.resource + "。"};
        TRY(check_parameters(ask, *resource));
    }
    return {};
}

Result<std::map<std::string, Call>> Exchange::State::newest(store::Reader& reader,
                                                            std::string_view subject) const {
    auto known = engine_->known(subject);  // before the rows: what is written meanwhile stands there
    std::map<std::string, Call> newest;
    auto now = clock_.now();
    for (auto& call : TRY(calls_of_subject(reader, store_.sealer(), subject))) {
        if (auto better = known.find(call.id); better != known.end() && !call.erased)
            call = better->second;
        else if (call.outcome == Outcome::asking && call.limit_at < now)
            cannot(call, Outcome::down, "program_stopped");
        newest.insert_or_assign(call.key, std::move(call));
    }
    return newest;
}

bool Exchange::State::stands(Call const& call, std::string const& blind,
                             std::set<std::string> const& running) const {
    if (call.asked_blind != blind || call.erased) return false;
    if (is_answer(call.outcome)) return call.answered_at.value_or(Instant{}) + fresh_for > clock_.now();
    return running.contains(call.id);
}

Call Exchange::State::new_call(Purpose const& purpose, Ask const& ask, Resource const& resource) const {
    auto now = clock_.now();
    Call call;
    call.id = make_id(now);
    call.key = ask.key;
    call.resource = resource.code;
    call.source = resource.source;
    call.purpose = purpose;
    if (!ask.why.empty()) {
        call.purpose.why = ask.why;
        call.purpose.why_en = ask.why_en;
    }
    if (call.purpose.body.empty()) call.purpose.body = purpose.by.body;
    call.asked_by = purpose.by.text();
    call.asked = ask.parameters;
    call.asked_blind = blind_of(store_.sealer(), resource.code, ask.parameters);
    call.asked_at = call.limit_at = now;
    return call;
}

Result<bool> Exchange::State::answer_from_list(store::Reader& reader, Call& call,
                                               Endpoint const& endpoint) const {
    if (!endpoint.list) return false;
    std::string value(call.asked.at(endpoint.list->parameter).as_string());
    auto listed = TRY(find_in_list(reader, store_.sealer(), call.resource, value));
    if (!listed) {
        cannot(call, Outcome::down, "list_is_not_here_yet");
        return true;
    }
    call.answered_at = clock_.now();
    call.data_at = listed->data_at;
    call.count = static_cast<int>(listed->lines.size());
    if (listed->lines.size() == 1)
        take_line(call, std::move(listed->lines.front()));
    else
        call.outcome = listed->lines.empty() ? Outcome::none : Outcome::several;
    return true;
}

Result<bool> Exchange::State::answer_from_earlier(store::Reader& reader, Call& call,
                                                  Connector const& connector) const {
    if (connector.cache.count() == 0) return false;
    auto earlier =
        TRY(same_question(reader, store_.sealer(), call.asked_blind, clock_.now() - connector.cache));
    if (!earlier) return false;
    call.outcome = earlier->outcome;
    call.fields = std::move(earlier->fields);
    call.count = earlier->count;
    call.answered_at = clock_.now();
    call.data_at = earlier->data_at;
    call.from = Call::From::earlier_answer;
    return true;
}

Bytes Exchange::State::key_of(Connector const& connector) const {
    if (connector.scheme == client::Scheme::none) return "";
    std::ifstream file(store_.data_directory() + "/keys/" + connector.key_name, std::ios::binary);
    Bytes key(std::istreambuf_iterator<char>(file), {});
    return trimmed(key);
}

Result<std::optional<Order>> Exchange::State::order_or_answer(store::Reader& reader, Call& call,
                                                              Catalogue const& catalogue) {
    auto resource = catalogue.resources.at(call.resource);
    auto const* endpoint = catalogue.endpoint(*resource);
    if (endpoint == nullptr) {
        cannot(call, Outcome::down, "address_is_not_set");
        return std::optional<Order>();
    }
    auto connector = catalogue.connectors.at(resource->source);
    if (TRY(answer_from_list(reader, call, *endpoint))) return std::optional<Order>();
    if (TRY(answer_from_earlier(reader, call, *connector))) return std::optional<Order>();
    auto base = base_of(*connector, address_);
    auto key = key_of(*connector);
    if (base.empty()) {
        cannot(call, Outcome::down, "address_is_not_set");
    } else if (connector->scheme != client::Scheme::none && key.empty()) {
        cannot(call, Outcome::refused, "key_is_missing");
    } else if (engine_->pass(*connector) == Gate::pause) {
        cannot(call, Outcome::down, "source_is_paused");
        call.down_since = engine_->health(connector->source).failing_since;
    } else {
        call.limit_at = call.asked_at + std::chrono::milliseconds{connector->late_after_ms + 1000};
        return std::optional<Order>(Order{call, resource, connector, base, key});
    }
    return std::optional<Order>();
}

Result<std::vector<std::string>> Exchange::State::ask(Purpose const& purpose, std::vector<Ask> const& asks) {
    auto catalogue = catalogue_.load();
    TRY(check(asks, *catalogue));
    std::scoped_lock turn(turns_[std::hash<std::string>{}(purpose.subject) % turns_.size()]);
    std::vector<std::string> ids;
    std::vector<Call> fresh;
    std::vector<Order> orders;
    {
        auto reader = TRY(store_.reader());
        auto running = engine_->running(purpose.subject);  // first: what ends meanwhile has its answer below
        auto before = TRY(newest(*reader, purpose.subject));
        std::int64_t last_turn = 0;
        for (auto const& [key, call] : before) last_turn = std::max(last_turn, call.turn);
        for (auto const& ask : asks) {
            auto call = new_call(purpose, ask, *catalogue->resource(ask.resource));
            auto known = before.find(ask.key);
            if (known != before.end() && known->second.resource == ask.resource &&
                stands(known->second, call.asked_blind, running)) {
                ids.push_back(known->second.id);
                continue;
            }
            call.turn = ++last_turn;
            auto order = TRY(order_or_answer(*reader, call, *catalogue));
            ids.push_back(call.id);
            if (order) orders.push_back(std::move(*order));
            if (order) orders.back().call.turn = call.turn;
            fresh.push_back(std::move(call));
        }
    }
    if (fresh.empty()) return ids;
    engine_->announce(orders);
    auto kept = [&]() -> Result<void> {
        auto tx = TRY(store_.begin());
        for (auto const& call : fresh) {
            insert_call(*tx, store_.sealer(), call);
            if (is_answer(call.outcome))
                record_look(identity_, *tx, call, *catalogue->resource(call.resource));
        }
        if (purpose.case_no.empty()) tx->write(sql::note_loose, fresh.back().asked_at, purpose.subject);
        return tx->commit();
    }();
    if (!kept.ok()) {
        engine_->drop(orders);
        return kept.error();
    }
    engine_->send(std::move(orders));
    return ids;
}

Result<std::vector<Answer>> Exchange::State::answers(store::Reader& reader, std::string_view subject) const {
    auto catalogue = catalogue_.load();
    std::vector<Answer> all;
    for (auto const& [key, call] : TRY(newest(reader, subject)))
        all.push_back(answer_of(call, catalogue->resource(call.resource)));
    return all;
}

}  // namespace tongban::exchange
