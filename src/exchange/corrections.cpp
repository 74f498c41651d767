// 纠错: a person says that a source is wrong. The ticket is written with the verb, sent afterwards until the
// source has it, and asked for until it is answered. What happens to the case does not wait for that.
#include "exchange/state.h"

namespace tongban::exchange {

namespace {
/// Tickets are read by people at the other side: nobody needs the answer sooner.
constexpr int correction_deadline_ms = 5000;

Error unsent(std::string const& why) {
    return {ErrorKind::unavailable, why, "纠错单还没有送到，稍后自动再送。"};
}

std::string failure_of(client::Reply const& reply) {
    if (!reply.answered()) return reply.failure == "timed_out" ? "answer_is_late" : "source_is_not_reachable";
    if (reply.status == 401 || reply.status == 403) return "source_refuses_us";
    return reply.status >= 500 ? "source_has_an_error" : "question_is_not_understood";
}

std::string form_text(json::object const& body) {
    std::string out;
    for (auto const& pair : body) {
        if (!out.empty()) out += '&';
        auto text = pair.value().is_string() ? std::string(pair.value().get_string()) : to_text(pair.value());
        out += client::percent_encoded(std::string_view(pair.key().data(), pair.key().size())) + "=" +
               client::percent_encoded(text);
    }
    return out;
}

std::string text_in(Json const& answer, char const* key) {
    auto const* value = answer.is_object() ? answer.get_object().if_contains(key) : nullptr;
    return value == nullptr || !value->is_string() ? "" : std::string(value->get_string());
}
}  // namespace

Error stopping() {
    return {ErrorKind::unavailable, "program_stopped", "平台正在停止，启动后接着办。"};
}

Result<std::string> Exchange::State::dispute(store::Tx& tx, Dispute const& dispute) {
    auto call = TRY(load_call(tx, store_.sealer(), dispute.subject, dispute.call));
    if (!call) return Error{ErrorKind::not_found, "call_is_unknown", "没有找到这次查询。"};
    auto catalogue = catalogue_.load();
    auto const* resource = catalogue->resource(call->resource);
    if (resource == nullptr || resource->field(dispute.field) == nullptr)
        return Error{ErrorKind::invalid, "field_is_unknown", "这项信息没有字段 " + dispute.field + "。"};
    if (auto known = engine_->known(dispute.subject); known.contains(call->id)) call = known.at(call->id);
    auto before = TRY(tx.rows(sql::find_correction, dispute.call, dispute.field));
    if (!before.empty()) return before[0].text("id");
    Ticket ticket;
    ticket.subject = dispute.subject;
    ticket.correction.id = make_id(clock_.now());
    ticket.correction.call = dispute.call;
    ticket.correction.resource = call->resource;
    ticket.correction.field = dispute.field;
    ticket.correction.at = clock_.now();
    ticket.source = call->source;
    ticket.case_no = dispute.case_no;
    ticket.person = dispute.person;
    auto const* held = call->fields.if_contains(dispute.field);
    ticket.said = {{"asked", call->asked},
                   {"held", held == nullptr ? Json() : *held},
                   {"stated", dispute.stated},
                   {"note", dispute.note}};
    insert_ticket(tx, store_.sealer(), ticket);
    auto const& id = ticket.correction.id;
    tx.audit({"system:exchange", "exchange.dispute", dispute.subject, {{"correction", id}}});
    tx.emit({"exchange.correction_made", id, {{"correction", id}}});
    return id;
}

Result<std::optional<Ticket>> Exchange::State::ticket(std::string const& id) const {
    auto reader = TRY(store_.reader());
    auto tickets = TRY(read_tickets(TRY(reader->rows(sql::load_correction, id)), store_.sealer()));
    if (tickets.empty()) return std::optional<Ticket>();
    return std::optional<Ticket>(std::move(tickets.front()));
}

client::Call Exchange::State::correction_call(Connector const& connector, std::string const& method,
                                              std::string const& path, json::object const& body) const {
    client::Call call;
    call.method = method;
    call.url = base_of(connector, address_) + path;
    call.deadline_ms = correction_deadline_ms;
    bool const form = connector.scheme == client::Scheme::sorted_sm3;
    if (!body.empty()) {
        call.body = form ? form_text(body) : to_text(Json(body));
        call.headers.emplace_back("Content-Type",
                                  form ? "application/x-www-form-urlencoded" : "application/json");
    }
    client::sign(call, {connector.scheme, connector.key_id, key_of(connector)}, clock_.now(),
                 make_id(clock_.now()));
    return call;
}

Result<void> Exchange::State::note_failure(std::string const& id, std::string const& why) const {
    auto tx = TRY(store_.begin());
    tx->write(sql::correction_failed, id, why, clock_.now());
    return tx->commit();
}

Result<void> Exchange::State::send_correction(std::string const& id) {
    auto found = TRY(ticket(id));
    if (!found || found->correction.state != CorrectionState::open) return {};
    auto catalogue = catalogue_.load();
    auto const* connector = catalogue->connector(found->source);
    if (connector == nullptr || connector->corrections_path.empty())
        return note_failure(id, "source_takes_no_corrections");
    if (base_of(*connector, address_).empty()) {
        TRY(note_failure(id, "address_is_not_set"));
        return unsent("address_is_not_set");
    }
    auto const& said = found->said;
    json::object body{{"ticket", id},
                      {"resource", found->correction.resource},
                      {"field", found->correction.field},
                      {"asked", said.at("asked")},
                      {"held", said.at("held")},
                      {"stated", said.at("stated")},
                      {"note", said.at("note")}};
    auto reply = client_.ask(correction_call(*connector, "POST", connector->corrections_path, body));
    if (reply.failure == "stopped") return stopping();
    auto answer = reply.answered() ? read_json(reply.body) : Result<Json>(Json());
    auto ref = answer.ok() ? text_in(*answer, "ref") : "";
    if (!reply.answered() || reply.status < 200 || reply.status > 299 || ref.empty()) {
        TRY(note_failure(id, failure_of(reply)));
        return unsent(failure_of(reply));
    }
    auto now = clock_.now();
    auto tx = TRY(store_.begin());
    tx->write(sql::correction_sent, id, ref, now);
    tx->audit({"system:exchange", "exchange.send_correction", found->subject, {{"correction", id}}});
    tx->plan(correction_job, "", now + std::chrono::minutes{1});
    return tx->commit();
}

Result<void> Exchange::State::ask_correction(Ticket const& ticket) {
    auto const& id = ticket.correction.id;
    auto catalogue = catalogue_.load();
    auto const* connector = catalogue->connector(ticket.source);
    if (connector == nullptr || base_of(*connector, address_).empty())
        return note_failure(id, "address_is_not_set");
    auto path = connector->corrections_path + "/" + client::percent_encoded(ticket.ticket);
    auto reply = client_.ask(correction_call(*connector, "GET", path, {}));
    if (reply.failure == "stopped") return stopping();
    if (!reply.answered() || reply.status != 200) return note_failure(id, failure_of(reply));
    auto answer = read_json(reply.body);
    if (!answer.ok()) return note_failure(id, "answer_cannot_be_read");
    auto state = text_in(*answer, "state");
    if (state != "answered" && state != "mended" && state != "rejected") return {};
    auto words = text_in(*answer, "answer");
    auto tx = TRY(store_.begin());
    tx->write(sql::correction_answered, id, state, seal_ticket_answer(store_.sealer(), id, words),
              clock_.now());
    tx->audit({"system:exchange",
               "exchange.correction_answered",
               ticket.subject,
               {{"correction", id}, {"state", state}}});
    tx->emit(
        {"exchange.correction_answered", ticket.subject, {{"subject", ticket.subject}, {"correction", id}}});
    return tx->commit();
}

Result<void> Exchange::State::ask_corrections() {
    std::vector<std::string> ids;
    {
        auto reader = TRY(store_.reader());
        for (auto const& row : TRY(reader->rows(sql::sent_corrections))) ids.push_back(row.text("id"));
    }
    for (auto const& id : ids)
        if (auto found = TRY(ticket(id))) TRY(ask_correction(*found));
    return {};
}

}  // namespace tongban::exchange
