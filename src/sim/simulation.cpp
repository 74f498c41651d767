#include "sim/simulation.h"

#include <algorithm>
#include <thread>

#include "sim/xml.h"

namespace tongban::sim {

namespace {

using http::Reply;
using http::Request;
constexpr http::RouteOptions any{.body_limit = 64 * 1024, .any_body = true};

Result<Parameters> json_question(Offer const& offer, std::string const& body) {
    auto all = TRY(read_json(body));
    Parameters out;
    for (auto const& [name, pointer] : offer.asks) {
        boost::system::error_code wrong;
        auto const* value = all.find_pointer(pointer, wrong);
        if (value != nullptr && value->is_string()) out.emplace(name, value->as_string());
    }
    return out;
}

Parameters form_question(Offer const& offer, std::string const& body) {
    Parameters out;
    auto pairs = form_pairs(body);
    for (auto const& [name, field] : offer.asks) {
        for (auto const& [key, value] : pairs) {
            if (key == field) out.emplace(name, value);
        }
    }
    return out;
}

Parameters xml_question(Offer const& offer, XmlText const& xml) {
    Parameters out;
    for (auto const& [name, xpath] : offer.asks) {
        if (auto text = xml.at(xpath)) out.emplace(name, *text);
    }
    return out;
}

std::vector<std::string> numbers_in(Parameters const& parameters) {
    std::vector<std::string> out;
    for (auto const& [name, value] : parameters) {
        if (name.ends_with("id_number")) out.push_back(value);
    }
    return out;
}

std::string masked(Parameters const& parameters) {
    std::string out;
    for (auto const& [name, value] : parameters) {
        if (name.ends_with("id_number")) out += (out.empty() ? "" : " ") + mask_id_number(value);
        if (name == "uscc") out = value;
    }
    return out;
}

}  // namespace

Result<std::unique_ptr<Simulation>> Simulation::open(SimulationOptions const& options, Clock const& clock) {
    auto keys = TRY(read_keys(options.pack));
    for (auto const& each : departments()) {
        if (keys.contains(std::string(each.source))) continue;
        return Error{ErrorKind::invalid, "connector_is_missing", std::string(each.source)};
    }
    auto population = TRY(make_population(options.pack, options.people, options.seed));
    std::unique_ptr<Simulation> made(new Simulation(options, clock, std::move(population), std::move(keys)));
    TRY(made->switches_.read_presets(options.pack));
    return made;
}

Simulation::Simulation(SimulationOptions const& options, Clock const& clock, Population population,
                       std::map<std::string, client::Signing> keys)
    : clock_(clock),
      population_(std::move(population)),
      keys_(std::move(keys)),
      registers_(population_),
      gate_(clock),
      corrections_(clock, options.answer_after_seconds),
      sms_(std::make_unique<SmsGateway>(clock, client_, switches_, keys_.at("sms"),
                                        options.receipt_after_ms)) {
    for (auto const& each : departments()) add_department(each);
    add_sms();
    add_control();
    add_pages();
}

void Simulation::stop() {
    sms_->stop();
    client_.stop();
}

bool Simulation::signed_well(std::string_view source, Request const& request) {
    return gate_.check(keys_.at(std::string(source)), request).ok();
}

void Simulation::add_department(Department const& department) {
    auto base = "/" + std::string(department.source);
    std::map<std::string_view, std::vector<Offer const*>> by_path;
    for (auto const& offer : department.offers) by_path[offer.path].push_back(&offer);
    for (auto const& [path, offers] : by_path) {
        auto method = offers.front()->question == Speech::csv ? http::Method::get : http::Method::post;
        routes_.add(
            method, base + std::string(path), http::Permission::anyone(),
            [this, &department, offers](Request const& q) -> Result<Reply> {
                return ask(department, offers, q);
            },
            any);
    }
    auto health = [this, &department](Request const&) -> Result<Reply> {
        auto pressed = switches_.for_call(std::string(department.source), {});
        bool down = pressed.mode == Mode::down;
        if (pressed.mode == Mode::slow) std::this_thread::sleep_for(std::chrono::milliseconds(pressed.ms));
        return Reply{.status = down ? 503 : 200, .type = "text/plain", .body = down ? "DOWN" : "UP"};
    };
    routes_.get(base + std::string(department.health_path), http::Permission::anyone(), health);
    add_corrections(department);
}

Reply Simulation::refuse(Department const& department, int status, CallSeen& seen) const {
    seen.status = status;
    seen.said = status == 401 ? "refused" : status == 503 ? "down" : "malformed";
    return {.status = status,
            .type = std::string(department.failure_type),
            .body = failure_text(department, status)};
}

Reply Simulation::ask(Department const& department, std::vector<Offer const*> const& offers,
                      Request const& request) {
    CallSeen seen{.at = clock_.now(), .source = std::string(department.source)};
    seen.call = request.header("X-Call-Id");
    seen.item = request.header("X-Item");
    seen.case_no = request.header("X-Case-No");
    seen.basis = request.header("X-Basis");
    auto reply = [&]() -> Reply {
        auto asked = read_question(offers, request);
        auto numbers = asked.ok() ? numbers_in(asked->parameters) : std::vector<std::string>{};
        if (asked.ok()) seen.resource = asked->offer->resource, seen.about = masked(asked->parameters);
        auto pressed = switches_.for_call(seen.source, numbers);
        if (pressed.mode == Mode::down) return refuse(department, 503, seen);
        if (!signed_well(department.source, request)) return refuse(department, 401, seen);
        if (!asked.ok()) return refuse(department, 400, seen);
        if (pressed.mode == Mode::slow) std::this_thread::sleep_for(std::chrono::milliseconds(pressed.ms));
        return answer(*asked, pressed, seen);
    }();
    calls_.add(std::move(seen));
    return reply;
}

Result<Simulation::Asked> Simulation::read_question(std::vector<Offer const*> const& offers,
                                                    Request const& request) const {
    auto const* offer = offers.front();
    Error malformed{ErrorKind::bad_request, "question_is_malformed", "请求参数有误"};
    Asked asked{offer, {}};
    switch (offer->question) {
        case Speech::csv:
            return asked;
        case Speech::json:
            asked.parameters = TRY(json_question(*offer, request.body));
            break;
        case Speech::form:
            asked.parameters = form_question(*offer, request.body);
            break;
        case Speech::xml: {
            auto xml = TRY(XmlText::read(request.body));
            auto wanted = std::ranges::find_if(offers, [&](Offer const* each) {
                return each->operation.empty() || xml.count(each->operation) == 1;
            });
            if (wanted == offers.end()) return malformed;
            asked = {*wanted, xml_question(**wanted, xml)};
        }
    }
    if (asked.parameters.size() != asked.offer->asks.size()) return malformed;
    return asked;
}

std::vector<json::object> Simulation::records(Asked const& asked, Switch pressed, CallSeen& seen) {
    auto today = clock_.today();
    auto const& resource = asked.offer->resource;
    if (pressed.mode == Mode::none) return {};
    std::vector<json::object> out;
    if (asked.offer->question == Speech::csv) {
        out = registers_.list(resource, today);
    } else {
        auto finding = pressed.mode == Mode::other
                           ? registers_.ask_about_another(resource, asked.parameters, today)
                           : registers_.ask(resource, asked.parameters, today);
        if (finding.kind == Finding::Kind::mismatch) seen.said = "mismatch";
        if (finding.kind != Finding::Kind::found) return {};
        corrections_.mend(resource, asked.parameters, finding.record);
        out.push_back(std::move(finding.record));
    }
    if (pressed.mode == Mode::twice) {
        auto again = out;
        out.insert(out.end(), again.begin(), again.end());
    }
    if (pressed.mode == Mode::several && !out.empty()) {
        auto second = registers_.ask_about_another(resource, asked.parameters, today);
        auto record = second.kind == Finding::Kind::found ? second.record : out.front();
        for (auto const& [name, value] : asked.parameters) record[name] = value;
        out.push_back(asked.offer->question == Speech::csv ? out.front() : std::move(record));
    }
    return out;
}

Reply Simulation::answer(Asked const& asked, Switch pressed, CallSeen& seen) {
    auto found = records(asked, pressed, seen);
    auto const& offer = *asked.offer;
    Reply reply{.type = std::string(offer.type)};
    if (seen.said == "mismatch") {
        reply.body = offer.mismatch;
        return reply;
    }
    seen.said = found.empty()                                        ? "none"
                : found.size() == 1 || offer.question == Speech::csv ? "found"
                                                                     : "several";
    reply.body = found.empty() ? std::string(offer.none) : answer_text(offer, found);
    if (pressed.mode == Mode::wrong) {
        reply.body.resize(reply.body.size() / 2);
        seen.said = "wrong";
    }
    return reply;
}

void Simulation::add_corrections(Department const& department) {
    auto path = "/" + std::string(department.source) + "/corrections";
    auto barred = [this, &department](Request const& q) -> std::optional<Reply> {
        CallSeen unseen;
        auto pressed = switches_.for_call(std::string(department.source), {});
        if (pressed.mode == Mode::down) return refuse(department, 503, unseen);
        if (!signed_well(department.source, q)) return refuse(department, 401, unseen);
        return std::nullopt;
    };
    auto open = [this, &department, barred](Request const& q) -> Result<Reply> {
        CallSeen unseen;
        if (auto no = barred(q)) return *no;
        json::object given;
        if (department.scheme == client::Scheme::sorted_sm3) {
            for (auto const& [name, value] : form_pairs(q.body)) {
                auto read =
                    name == "asked" || name == "stated" ? read_json(value) : Result<Json>(Json(value));
                given[name] = read.ok() ? *read : Json(value);
            }
        } else {
            auto read = read_json(q.body);
            if (!read.ok() || !read->is_object()) return refuse(department, 400, unseen);
            given = read->as_object();
        }
        auto ref = corrections_.open(std::string(department.source), given);
        if (!ref.ok()) return refuse(department, 400, unseen);
        return Reply{.status = 202, .body = to_text(json::object{{"ref", *ref}})};
    };
    auto state = [this, &department, barred](Request const& q) -> Result<Reply> {
        if (auto no = barred(q)) return *no;
        auto ticket = corrections_.find(std::string(department.source), q.param("ref"));
        if (!ticket) return Reply{.status = 404, .body = R"({"state":"unknown"})"};
        json::object out{{"state", ticket->state}};
        if (!ticket->answer.empty()) out["answer"] = ticket->answer;
        return http::ok(to_text(out));
    };
    routes_.post(path, http::Permission::anyone(), open, any);
    routes_.get(path + "/{ref}", http::Permission::anyone(), state);
}

void Simulation::add_sms() {
    auto const anyone = http::Permission::anyone();
    auto barred = [this](Request const& q) -> std::optional<Reply> {
        auto pressed = switches_.for_call("sms", {});
        if (pressed.mode == Mode::down) return Reply{.status = 503, .body = R"({"code":"503"})"};
        if (!signed_well("sms", q)) return Reply{.status = 401, .body = R"({"code":"401"})"};
        if (pressed.mode == Mode::slow) std::this_thread::sleep_for(std::chrono::milliseconds(pressed.ms));
        return std::nullopt;
    };
    routes_.post(
        "/sms/send", anyone,
        [this, barred](Request const& q) -> Result<Reply> {
            if (auto no = barred(q)) return *no;
            auto read = read_json(q.body);
            bool taken = read.ok() && read->is_object() && sms_->take(read->as_object()).ok();
            if (!taken) return Reply{.status = 400, .body = R"({"code":"400"})"};
            if (switches_.for_call("sms", {}).mode == Mode::wrong) return http::ok(R"({"id":)");
            return Reply{.status = 202,
                         .body = to_text(json::object{{"id", read->at("id")}, {"state", "waiting"}})};
        },
        any);
    routes_.get("/sms/receipts/{id}", anyone, [this, barred](Request const& q) -> Result<Reply> {
        if (auto no = barred(q)) return *no;
        auto message = sms_->find(q.param("id"));
        if (!message) return Reply{.status = 404, .body = R"({"state":"unknown"})"};
        json::object out{{"state", message->state}};
        if (!message->why.empty()) out["why"] = message->why;
        return http::ok(to_text(out));
    });
}

}  // namespace tongban::sim
