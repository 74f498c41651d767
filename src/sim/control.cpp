// What people and journeys press: GET /control, POST /control/sources/{source}, tickets, reset.
#include "sim/page.h"
#include "sim/simulation.h"

namespace tongban::sim {

namespace {

using http::Reply;
using http::Request;

json::object pressed_json(Switch const& pressed) {
    json::object out{{"mode", to_text(pressed.mode)}};
    if (pressed.mode == Mode::slow) out["ms"] = pressed.ms;
    return out;
}

json::object call_json(CallSeen const& seen) {
    return {{"at", to_text(seen.at)}, {"source", seen.source}, {"resource", seen.resource},
            {"about", seen.about},    {"said", seen.said},     {"status", seen.status},
            {"call", seen.call},      {"item", seen.item},     {"case_no", seen.case_no},
            {"basis", seen.basis}};
}

json::object ticket_json(Ticket const& ticket) {
    return {{"ref", ticket.ref},       {"source", ticket.source}, {"resource", ticket.resource},
            {"field", ticket.field},   {"stated", ticket.stated}, {"state", ticket.state},
            {"answer", ticket.answer}, {"note", ticket.note},     {"at", to_text(ticket.at)}};
}

json::object sms_json(Sms const& message) {
    return {{"id", message.id},     {"phone", message.phone}, {"text", message.text},
            {"sign", message.sign}, {"state", message.state}, {"at", to_text(message.at)}};
}

template <class List, class Write>
std::string listed(std::string_view name, List const& list, Write write) {
    json::array out;
    for (auto const& each : list) out.emplace_back(write(each));
    return to_text(json::object{{name, std::move(out)}});
}

bool is_form(Request const& q) {
    return q.header("Content-Type").starts_with("application/x-www-form-urlencoded");
}

/// Names and texts of a form or of a JSON object alike.
Result<Parameters> sent(Request const& q) {
    Parameters out;
    if (is_form(q)) {
        for (auto& [name, value] : form_pairs(q.body)) out.insert_or_assign(name, value);
        return out;
    }
    if (q.body.empty()) return out;
    auto all = TRY(read_json(q.body));
    if (!all.is_object()) return Error{ErrorKind::bad_request, "body_is_not_json", "an object is expected"};
    for (auto const& [name, value] : all.as_object()) {
        out.insert_or_assign(name, value.is_string() ? std::string(value.as_string()) : to_text(value));
    }
    return out;
}

/// A person goes back to the page, a program gets JSON.
Reply done(Request const& q, std::string json) {
    if (!is_form(q)) return http::ok(std::move(json));
    return Reply{.status = 303, .type = "", .body = "", .headers = {{"Location", "/"}}};
}

std::string value_of(Parameters const& sent, std::string const& name) {
    auto found = sent.find(name);
    return found == sent.end() ? "" : found->second;
}

}  // namespace

json::object Simulation::state() const {
    json::array sources;
    auto add = [&](std::string_view source, std::string_view name) {
        auto pressed = switches_.of(std::string(source));
        auto each = pressed_json(pressed.all);
        each["source"] = source;
        each["name"] = name;
        each["calls"] = calls_.count(std::string(source));
        json::array people;
        for (auto const& [number, one] : pressed.people) {
            auto person = pressed_json(one);
            person["id_number"] = number;
            people.emplace_back(std::move(person));
        }
        each["people"] = std::move(people);
        sources.emplace_back(std::move(each));
    };
    for (auto const& each : departments()) add(each.source, each.name);
    add("sms", "短信网关");
    return {{"people", population_.people.size()}, {"sources", std::move(sources)}};
}

Result<Reply> Simulation::press(Request const& request) {
    auto const& source = request.param("source");
    if (department(source) == nullptr && source != "sms") {
        return Error{ErrorKind::not_found, "source_is_unknown", "没有这个部门"};
    }
    auto given = TRY(sent(request));
    auto mode = read_mode(value_of(given, "mode"));
    if (!mode)
        return Error{ErrorKind::bad_request, "mode_is_unknown",
                     "ok down slow wrong other none several twice"};
    Switch wanted{*mode};
    auto ms = value_of(given, "ms");
    if (!ms.empty()) {
        bool digits = ms.size() <= 6 && ms.find_first_not_of("0123456789") == std::string::npos;
        if (!digits) return Error{ErrorKind::bad_request, "ms_is_not_a_number", "毫秒数"};
        wanted.ms = std::stoi(ms);
    }
    switches_.set(source, trimmed(value_of(given, "id_number")), wanted);
    return done(request, to_text(state()));
}

void Simulation::add_control() {
    auto const anyone = http::Permission::anyone();
    constexpr http::RouteOptions any{.body_limit = 16 * 1024, .any_body = true};
    routes_.get("/control", anyone,
                [this](Request const&) -> Result<Reply> { return http::ok(to_text(state())); });
    routes_.post(
        "/control/sources/{source}", anyone, [this](Request const& q) { return press(q); }, any);
    routes_.post(
        "/control/reset", anyone,
        [this](Request const& q) -> Result<Reply> {
            switches_.reset();
            corrections_.reset();
            calls_.reset();
            sms_->reset();
            return done(q, to_text(state()));
        },
        any);
    routes_.get("/control/calls", anyone, [this](Request const& q) -> Result<Reply> {
        return http::ok(listed("calls", calls_.last(q.asked("source").value_or("")), call_json));
    });
    routes_.get("/control/corrections", anyone, [this](Request const&) -> Result<Reply> {
        return http::ok(listed("corrections", corrections_.all(), ticket_json));
    });
    routes_.post(
        "/control/corrections/{ref}", anyone,
        [this](Request const& q) -> Result<Reply> {
            auto given = TRY(sent(q));
            auto state = value_of(given, "state");
            auto verdict = state == "mended" ? Verdict::mended : Verdict::rejected;
            bool known = state == "mended" || state == "rejected";
            if (!known || !corrections_.answer(q.param("ref"), verdict, value_of(given, "answer"))) {
                return Error{ErrorKind::conflict, "ticket_is_not_open", "没有这张待答复的单子"};
            }
            return done(q, R"({"done":true})");
        },
        any);
    routes_.get("/sms/messages", anyone, [this](Request const& q) -> Result<Reply> {
        return http::ok(listed("messages", sms_->messages(q.asked("phone").value_or("")), sms_json));
    });
}

void Simulation::add_pages() {
    auto const anyone = http::Permission::anyone();
    auto html = [](std::string body) {
        return Reply{.type = "text/html; charset=utf-8", .body = std::move(body)};
    };
    routes_.get("/", anyone, [this, html](Request const&) -> Result<Reply> {
        return html(control_page(state(), calls_.last(), corrections_.all()));
    });
    routes_.get("/sms", anyone, [this, html](Request const& q) -> Result<Reply> {
        return html(sms_page(sms_->messages(q.asked("phone").value_or(""))));
    });
    routes_.get("/style.css", anyone, [](Request const&) -> Result<Reply> {
        return Reply{.type = "text/css; charset=utf-8", .body = std::string(page_style())};
    });
}

}  // namespace tongban::sim
