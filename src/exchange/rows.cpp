#include "exchange/rows.h"

namespace tongban::exchange {

namespace {
constexpr std::string_view asked_place = "exchange_call.asked_sealed";
constexpr std::string_view answer_place = "exchange_call.answer_sealed";
constexpr std::string_view ticket_place = "exchange_correction.sealed";
constexpr std::string_view ticket_answer_place = "exchange_correction.answer_sealed";
constexpr std::string_view line_place = "exchange_list_line.sealed";

Result<json::object> opened(store::Sealer const& sealer, std::string_view place, std::string const& id,
                            Bytes const& sealed) {
    if (sealed.empty()) return json::object{};
    auto text = TRY(sealer.open_sealed(place, id, sealed));
    auto value = TRY(read_json(text));
    return std::move(value.as_object());
}

Result<Call> read_call(store::Row const& row, store::Sealer const& sealer, Open open) {
    Call call;
    call.id = row.text("id");
    call.turn = row.integer("turn");
    call.key = row.text("key");
    call.resource = row.text("resource");
    call.source = row.text("source");
    call.purpose.subject = row.text("subject");
    call.purpose.person = row.id<PersonId>("person");
    call.purpose.item = row.id<ItemId>("item");
    call.purpose.item_name = row.text("item_name");
    call.purpose.body = row.id<BodyId>("body");
    call.purpose.basis = row.text("basis");
    call.purpose.consent = row.text("consent");
    call.purpose.why = row.text("why");
    call.purpose.item_name_en = row.text("item_name_en");
    call.purpose.why_en = row.text("why_en");
    call.purpose.case_no = row.text("case_no");
    call.asked_by = row.text("asked_by");
    call.asked_blind = row.text("asked_blind");
    call.asked_at = row.instant("asked_at");
    call.limit_at = row.instant("limit_at");
    call.outcome = read_outcome(row.text("outcome")).value_or(Outcome::wrong);
    call.reason = row.text("reason");
    call.answered_at = row.maybe_instant("answered_at");
    call.data_at = row.maybe_instant("data_at");
    call.down_since = row.maybe_instant("down_since");
    call.count = static_cast<int>(row.integer("record_count"));
    if (auto ms = row.maybe_integer("ms")) call.ms = static_cast<int>(*ms);
    call.from = row.flag("cached") ? Call::From::earlier_answer : Call::From::source;
    call.erased = row.flag("erased");
    if (open == Open::nothing) return call;
    call.asked = TRY(opened(sealer, asked_place, call.id, row.bytes("asked_sealed")));
    call.fields = TRY(opened(sealer, answer_place, call.id, row.bytes("answer_sealed")));
    return call;
}

Result<std::vector<Call>> read_calls(store::Rows const& rows, store::Sealer const& sealer, Open open) {
    std::vector<Call> calls;
    for (auto const& row : rows) calls.push_back(TRY(read_call(row, sealer, open)));
    return calls;
}

std::optional<store::Blob> sealed_fields(store::Sealer const& sealer, Call const& call) {
    if (!is_answer(call.outcome)) return std::nullopt;
    return sealer.seal(answer_place, call.id, to_text(Json(call.fields)));
}
}  // namespace

Bytes blind_of(store::Sealer const& sealer, std::string_view resource, json::object const& asked) {
    return sealer.blind("exchange_call.asked_blind",
                        std::string(resource) + " " + canonical_text(Json(asked)));
}

void insert_call(store::Tx& tx, store::Sealer const& sealer, Call const& call) {
    auto const& purpose = call.purpose;
    tx.write(sql::insert_call, purpose.subject, call.id, call.turn, call.key, call.resource, call.source,
             purpose.item.text, purpose.item_name, purpose.person.text, call.asked_by, purpose.body,
             purpose.basis, purpose.consent, purpose.why, purpose.case_no, call.asked_blind,
             sealer.seal(asked_place, call.id, to_text(Json(call.asked))), call.asked_at, call.limit_at,
             to_text(call.outcome), call.reason, call.answered_at, call.data_at, call.down_since, call.count,
             call.from == Call::From::earlier_answer, sealed_fields(sealer, call), purpose.item_name_en,
             purpose.why_en);
}

void save_answer(store::Tx& tx, store::Sealer const& sealer, Call const& call) {
    tx.write(sql::answer_call, call.purpose.subject, call.id, to_text(call.outcome), call.reason,
             call.answered_at, call.data_at, call.down_since, call.count, call.ms,
             sealed_fields(sealer, call));
}

Result<std::vector<Call>> calls_of_subject(store::Reader& reader, store::Sealer const& sealer,
                                           std::string_view subject) {
    return read_calls(TRY(reader.rows(sql::calls_of_subject, subject)), sealer, Open::all);
}

Result<std::optional<Call>> load_call(store::Reader& reader, store::Sealer const& sealer,
                                      std::string_view subject, std::string_view id) {
    auto rows = TRY(reader.rows(sql::load_call, subject, id));
    if (rows.empty()) return std::optional<Call>();
    return std::optional<Call>(TRY(read_call(rows[0], sealer, Open::all)));
}

Result<std::optional<Call>> same_question(store::Reader& reader, store::Sealer const& sealer,
                                          std::string_view blind, Instant since) {
    auto rows = TRY(reader.rows(sql::same_question, blind, since));
    if (rows.empty()) return std::optional<Call>();
    return std::optional<Call>(TRY(read_call(rows[0], sealer, Open::all)));
}

Result<std::vector<Call>> calls_of_source(store::Reader& reader, store::Sealer const& sealer,
                                          std::string_view source, Instant before, std::string_view id) {
    return read_calls(TRY(reader.rows(sql::calls_of_source, source, before, id)), sealer, Open::nothing);
}

Result<std::vector<Ticket>> read_tickets(store::Rows const& rows, store::Sealer const& sealer) {
    std::vector<Ticket> tickets;
    for (auto const& row : rows) {
        Ticket ticket;
        ticket.subject = row.text("subject");
        auto& correction = ticket.correction;
        correction.id = row.text("id");
        correction.call = row.text("call");
        correction.resource = row.text("resource");
        correction.field = row.text("field");
        for (auto state : {CorrectionState::open, CorrectionState::sent, CorrectionState::answered,
                           CorrectionState::mended, CorrectionState::rejected})
            if (to_text(state) == row.text("state")) correction.state = state;
        correction.at = row.instant("made_at");
        correction.changed_at = row.instant("changed_at");
        if (!row.is_null("answer_sealed"))
            correction.answer =
                TRY(sealer.open_sealed(ticket_answer_place, correction.id, row.bytes("answer_sealed")));
        ticket.source = row.text("source");
        ticket.ticket = row.text("ticket");
        ticket.failure = row.text("failure");
        ticket.case_no = row.text("case_no");
        ticket.person = row.id<PersonId>("person");
        ticket.said = TRY(opened(sealer, ticket_place, correction.id, row.bytes("sealed")));
        tickets.push_back(std::move(ticket));
    }
    return tickets;
}

void insert_ticket(store::Tx& tx, store::Sealer const& sealer, Ticket const& ticket) {
    auto const& correction = ticket.correction;
    tx.write(sql::insert_correction, ticket.subject, correction.id, correction.call, ticket.source,
             correction.resource, correction.field, ticket.person.text, ticket.case_no,
             sealer.seal(ticket_place, correction.id, to_text(Json(ticket.said))), correction.at);
}

store::Blob seal_ticket_answer(store::Sealer const& sealer, std::string_view id, std::string_view words) {
    return sealer.seal(ticket_answer_place, id, words);
}

Result<std::vector<ListState>> load_lists(store::Reader& reader) {
    auto rows = TRY(reader.rows(sql::load_lists));
    std::vector<ListState> lists;
    for (auto const& row : rows)
        lists.push_back({row.text("resource"), row.text("batch"), row.text("failure"),
                         row.integer("line_count"), row.integer("failed_count"), row.maybe_instant("data_at"),
                         row.maybe_instant("pulled_at")});
    return lists;
}

Result<std::optional<Listed>> find_in_list(store::Reader& reader, store::Sealer const& sealer,
                                           std::string_view resource, std::string_view value) {
    auto rows = TRY(reader.rows(sql::find_lines, resource, line_blind(sealer, resource, value)));
    if (rows.empty()) return std::optional<Listed>();
    Listed listed;
    listed.data_at = rows[0].maybe_instant("data_at").value_or(rows[0].instant("pulled_at"));
    for (auto const& row : rows)
        if (!row.is_null("id"))
            listed.lines.push_back(TRY(opened(sealer, line_place, row.text("id"), row.bytes("sealed"))));
    return std::optional<Listed>(std::move(listed));
}

std::string line_blind(store::Sealer const& sealer, std::string_view resource, std::string_view value) {
    return sealer.blind("exchange_list_line.blind", std::string(resource) + " " + std::string(value));
}

store::Blob seal_line(store::Sealer const& sealer, std::string_view id, json::object const& fields) {
    return sealer.seal(line_place, id, to_text(Json(fields)));
}

Result<std::map<std::string, Health, std::less<>>> load_health(store::Reader& reader) {
    auto rows = TRY(reader.rows(sql::load_health));
    std::map<std::string, Health, std::less<>> all;
    for (auto const& row : rows) {
        Health health;
        health.failures_in_row = static_cast<int>(row.integer("failures_in_row"));
        health.failing_since = row.maybe_instant("failing_since");
        health.last_ok = row.maybe_instant("last_ok");
        health.last_failure = row.maybe_instant("last_failure");
        health.failure = row.text("failure");
        all.emplace(row.text("source"), std::move(health));
    }
    return all;
}

void save_health(store::Tx& tx, std::string_view source, Health const& health) {
    tx.write(sql::save_health, source, health.failures_in_row, health.failing_since, health.last_ok,
             health.last_failure, health.failure);
}

}  // namespace tongban::exchange
