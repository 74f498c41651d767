// What `cases` tells those who watch over it.
#include "cases/module_parts.h"

namespace tongban::cases {

Result<Facts> Cases::facts(store::Reader& reader, CaseId const& id) const {
    auto found = TRY(load_case(reader, id));
    auto ground = TRY(ground_for(parts_->rooms, found.item, found.item_version));
    auto more = TRY(reader.rows(sql::watch_facts, id));
    Facts facts;
    facts.id = found.id;
    facts.case_no = found.case_no;
    facts.short_no = short_number(found.case_no);
    facts.item = found.item;
    facts.item_name = found.item_name;
    facts.body = found.body;
    facts.state = to_text(found.state);
    facts.is_closed = is_closed(found.state);
    facts.is_answered = facts.is_closed && found.state != State::withdrawn;
    facts.received_at = found.received_at;
    facts.closed_at = found.closed_at;
    auto clock = running_clock(found, ground.limits);
    if (clock.kind == ClockKind::acceptance || clock.kind == ClockKind::review) {
        facts.due = clock.due;
        facts.due_unit = clock.limit.unit;
        if (clock.statutory) facts.statutory = clock.statutory->day;
    }
    facts.decided_at_once = more[0].integer("decided_at_once") > 0;
    if (auto burden = TRY(load_burden(reader, id))) {
        facts.fields_saved = static_cast<int>(burden->fields_prefilled);
        facts.papers_saved = static_cast<int>(burden->materials_waived + burden->materials_from_licence);
    }
    facts.review_role = found.review_role;
    facts.accepted_by = found.accepted_by;
    facts.changed_at = found.changed_at;
    if (found.state == State::approved) facts.trouble = found.trouble;
    facts.letter_failed_since = more[0].maybe_instant("letter_failed_since");
    return facts;
}

Result<std::vector<CaseId>> Cases::ids_after(store::Reader& reader, CaseId const& after) const {
    auto rows = TRY(reader.rows(sql::case_ids_after, after.text));
    std::vector<CaseId> ids;
    for (auto row : rows) ids.push_back(row.id<CaseId>("id"));
    return ids;
}

}  // namespace tongban::cases
