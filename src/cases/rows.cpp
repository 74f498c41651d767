#include "cases/rows.h"

namespace tongban::cases {

namespace {

using store::Blob;

Error unknown_case() {
    return Error{ErrorKind::not_found, "case_is_unknown", "没有这件办件，或者您不能查看。"};
}

std::optional<std::string> maybe(std::string const& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

std::optional<Day> maybe(Day day) {
    if (day == Day{}) return std::nullopt;
    return day;
}

Due due_of(store::Row const& row, std::string_view day, std::string_view provisional) {
    return {row.maybe_day(day).value_or(Day{}), row.flag(provisional)};
}

/// What the running clock asks for, as the queues sort by it. Provisional too when only the statutory day is,
/// for it waits for the same calendar year.
std::optional<Due> waiting_due(Case const& found, Limits const& limits) {
    auto clock = running_clock(found, limits);
    if (clock.kind == ClockKind::none) return std::nullopt;
    if (clock.statutory) clock.due.provisional = clock.due.provisional || clock.statutory->provisional;
    return clock.due;
}

}  // namespace

std::string short_number(std::string_view case_no) {
    if (case_no.size() != 21) return std::string(case_no);
    return std::string(case_no.substr(10, 4)) + "-" + std::string(case_no.substr(14));
}

Case read_case(store::Row const& row) {
    Case found;
    found.id = row.id<CaseId>("id");
    found.case_no = row.text("case_no");
    found.item = row.id<ItemId>("item");
    found.item_version = static_cast<int>(row.integer("item_version"));
    found.item_name = row.text("item_name");
    found.applicant = row.id<PersonId>("applicant");
    found.region = row.id<RegionCode>("region");
    found.body = row.id<BodyId>("body");
    found.hall = row.id<HallId>("hall");
    found.channel = row.text("channel");
    found.state = MUST(read_state(row.text("state")));
    found.received_at = row.instant("received_at");
    found.accept_from = row.day("accept_from");
    found.accept_by = due_of(row, "accept_by", "accept_by_provisional");
    found.notices = static_cast<int>(row.integer("notices"));
    found.correction_from = row.maybe_day("correction_from").value_or(Day{});
    found.correction_by = due_of(row, "correction_by", "correction_by_provisional");
    found.accepted_at = row.maybe_instant("accepted_at");
    found.accepted_on = row.maybe_day("accepted_on").value_or(Day{});
    found.accepted_by = row.id<StaffId>("accepted_by");
    found.promised = due_of(row, "promised", "promised_provisional");
    if (!row.is_null("statutory")) found.statutory = due_of(row, "statutory", "statutory_provisional");
    found.review_role = row.text("review_role");
    found.review_step = static_cast<int>(row.integer("review_step"));
    found.decided_at = row.maybe_instant("decided_at");
    found.decided_by = row.id<StaffId>("decided_by");
    found.closed_at = row.maybe_instant("closed_at");
    found.licence = row.id<LicenceId>("licence");
    found.licence_number = row.text("licence_number");
    found.trouble = row.text("trouble");
    found.collection = row.text("collection");
    found.special_role = row.text("special_role");
    read_clocks(found, row.text("clocks"));
    found.changed_at = row.instant("changed_at");
    found.version = row.integer("version");
    return found;
}

Result<Case> load_case(Reader& reader, CaseId const& id) {
    auto rows = TRY(reader.rows(sql::load_case, id));
    if (rows.empty()) return unknown_case();
    return read_case(rows[0]);
}

Result<Case> load_case(Reader& reader, std::string_view case_no) {
    auto rows = TRY(reader.rows(sql::load_case_by_number, case_no));
    if (rows.empty()) return unknown_case();
    return read_case(rows[0]);
}

void hold_case(Tx& tx, std::string_view id_or_number) {
    auto number = read_case_number(id_or_number);
    tx.write(sql::hold_case, number.ok() ? *number : std::string(id_or_number));
}

void insert_case(Tx& tx, Sealer const& sealer, Case const& c, std::string_view query_code,
                 Limits const& limits) {
    auto due = waiting_due(c, limits);
    tx.write(sql::insert_case, c.id, c.case_no, short_number(c.case_no),
             sealer.seal("cases_case.query_code", c.id.text, query_code), c.item, c.item_version, c.item_name,
             c.applicant, c.region, c.body, c.hall, c.channel, to_text(c.state),
             due ? maybe(due->day) : std::nullopt, due && due->provisional, c.received_at, c.accept_from,
             c.accept_by.day, c.accept_by.provisional, c.notices, maybe(c.correction_from),
             maybe(c.correction_by.day), c.correction_by.provisional, c.accepted_at, maybe(c.accepted_on),
             c.accepted_by, maybe(c.promised.day), c.promised.provisional,
             c.statutory ? maybe(c.statutory->day) : std::nullopt, c.statutory && c.statutory->provisional,
             maybe(c.review_role), c.review_step, c.decided_at, c.decided_by, c.closed_at, c.licence,
             maybe(c.licence_number), maybe(c.trouble), c.received_at, c.version, c.collection,
             c.special_role, clocks_text(c));
}

void save_case(Tx& tx, Case const& c, Limits const& limits, Instant now) {
    auto due = waiting_due(c, limits);
    if (c.closed_at) {
        auto closed = beijing_day(*c.closed_at);
        auto days = c.received_at.ms == 0 ? 0 : (closed - beijing_day(c.received_at)).count();
        tx.write(sql::close_burden, c.id, closed, static_cast<std::int64_t>(days), to_text(c.state));
    }
    tx.write_expecting(
        1,
        Error{ErrorKind::conflict, "case_changed_meanwhile",
              "这件事刚刚有人处理过，请看过变化再办。您写的内容还在。"},
        sql::save_case, c.id, c.version - 1, to_text(c.state), due ? maybe(due->day) : std::nullopt,
        due && due->provisional, c.accept_from, c.accept_by.day, c.accept_by.provisional, c.notices,
        maybe(c.correction_from), maybe(c.correction_by.day), c.correction_by.provisional, c.accepted_at,
        maybe(c.accepted_on), c.accepted_by, maybe(c.promised.day), c.promised.provisional,
        c.statutory ? maybe(c.statutory->day) : std::nullopt, c.statutory && c.statutory->provisional,
        maybe(c.review_role), c.review_step, c.decided_at, c.decided_by, c.closed_at, c.licence,
        maybe(c.licence_number), maybe(c.trouble), now, c.version, c.received_at, c.hall, c.special_role,
        clocks_text(c), c.extension_asked > 0);
}

Result<std::string> load_query_code(Reader& reader, Sealer const& sealer, CaseId const& id) {
    auto rows = TRY(reader.rows(sql::load_query_code, id));
    if (rows.empty()) return unknown_case();
    return sealer.open_sealed("cases_case.query_code", id.text, rows[0].bytes("query_code"));
}

void insert_party(Tx& tx, Sealer const& sealer, CaseId const& id, std::string_view role, Party const& party) {
    tx.write(sql::insert_party, id, role, party.person, sealer.seal("cases_party.name", id.text, party.name),
             sealer.seal("cases_party.id_number", id.text, party.id_number),
             sealer.seal("cases_party.phone", id.text, party.phone),
             sealer.blind("cases_party.name", party.name),
             sealer.blind("cases_party.id_number", party.id_number),
             sealer.blind("cases_party.phone", party.phone));
}

Result<Party> load_party(Reader& reader, Sealer const& sealer, CaseId const& id, std::string_view role) {
    auto party = TRY(maybe_party(reader, sealer, id, role));
    if (!party) return unknown_case();
    return std::move(*party);
}

Result<std::optional<Party>> maybe_party(Reader& reader, Sealer const& sealer, CaseId const& id,
                                         std::string_view role) {
    auto rows = TRY(reader.rows(sql::load_party, id, role));
    if (rows.empty()) return std::optional<Party>{};
    auto row = rows[0];
    Party party;
    party.person = row.id<PersonId>("person_id");
    party.name = TRY(sealer.open_sealed("cases_party.name", id.text, row.bytes("name")));
    party.id_number = TRY(sealer.open_sealed("cases_party.id_number", id.text, row.bytes("id_number")));
    party.phone = TRY(sealer.open_sealed("cases_party.phone", id.text, row.bytes("phone")));
    return std::optional<Party>(std::move(party));
}

Result<std::string> open_name(Sealer const& sealer, CaseId const& id, std::string_view sealed) {
    return sealer.open_sealed("cases_party.name", id.text, sealed);
}

void insert_agreements(Tx& tx, CaseId const& id, std::vector<Agreement> const& agreements) {
    for (auto const& one : agreements)
        tx.write(sql::insert_agreement, id, one.key, one.agreed_at, one.version, one.hash);
}

Result<std::vector<Agreement>> load_agreements(Reader& reader, CaseId const& id) {
    std::vector<Agreement> all;
    auto rows = TRY(reader.rows(sql::load_agreements, id));
    for (auto row : rows)
        all.push_back(
            {row.text("key"), row.text("text_version"), row.text("hash"), row.instant("agreed_at")});
    return all;
}

void insert_event(Tx& tx, Sealer const& sealer, CaseId const& id, EventRow const& event) {
    std::optional<Blob> note;
    if (!event.note.empty()) note = sealer.seal("cases_event.note", id.text, event.note);
    tx.write(sql::insert_event, id, event.seq, event.at, event.kind, event.actor, event.who,
             maybe(event.letter), note);
}

Result<std::vector<EventRow>> load_events(Reader& reader, Sealer const& sealer, CaseId const& id) {
    std::vector<EventRow> all;
    auto rows = TRY(reader.rows(sql::load_events, id));
    for (auto row : rows) {
        EventRow event{row.integer("seq"),
                       row.instant("at"),
                       row.text("kind"),
                       row.text("actor"),
                       row.text("who"),
                       row.text("letter"),
                       {}};
        if (!row.is_null("note"))
            event.note = TRY(sealer.open_sealed("cases_event.note", id.text, row.bytes("note")));
        all.push_back(std::move(event));
    }
    return all;
}

}  // namespace tongban::cases
