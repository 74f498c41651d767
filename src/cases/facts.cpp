// What `cases` tells those who watch over it.
#include <algorithm>

#include "cases/data_views.h"
#include "cases/module_parts.h"

namespace tongban::cases {

namespace {

/// Longer than any source may take to answer (`late_after_ms`), and to be settled after a restart.
constexpr std::chrono::milliseconds answers_may_come{90'000};

bool waits_for_the_office(Case const& found) {
    return found.state == State::received || found.state == State::accepted;
}

void hear(Facts& facts, exchange::Answer const& answer, Instant now) {
    using exchange::Outcome;
    bool silent = answer.outcome == Outcome::down || answer.outcome == Outcome::late;
    if (!silent && answer.outcome != Outcome::asking) return;
    auto settled = answer.asked_at + answers_may_come;
    bool may_come = answer.outcome != Outcome::down && now < settled;
    if (may_come && (!facts.look_again_at || *facts.look_again_at < settled)) facts.look_again_at = settled;
    auto since = answer.down_since.value_or(answer.asked_at);
    if (silent && (!facts.silent || since < facts.silent->since))
        facts.silent = Facts::Silent{answer.provider, since, answer.provider_en};
}

/// Only the questions that this application leads to count; what was asked before an answer was changed does
/// not.
Result<void> hear_registers(Rooms& rooms, Reader& reader, Case const& found, Ground const& ground,
                            Facts& facts) {
    if (ground.item->data.empty() || !waits_for_the_office(found)) return {};
    rooms.exchange.foresee_answers(reader, found.id.text);
    auto rounds = TRY(load_applications(reader, rooms.store.sealer(), found.id));
    if (rounds.empty()) return {};
    auto known = TRY(known_now(rooms, reader, found, ground, rounds.back()));
    for (auto const& state : known.data)
        if (state.need == DatumState::Need::needed)
            for (auto const& answer : state.answers) hear(facts, answer, ground.now);
    return {};
}

/// The end of its last day is no event: until then the case is to be looked at again.
void hear_special(Facts& facts, Case const& found, Ground const& ground) {
    if (found.state != State::accepted || !found.special) return;
    auto over = start_of(found.special->by.day + std::chrono::days{1});
    if (ground.now < over) {
        facts.look_again_at = std::min(facts.look_again_at.value_or(over), over);
        return;
    }
    for (auto const& step : ground.item->special_steps)
        if (step.key == found.special->step) facts.past_step = {step.name.zh, step.name.en, over};
}

bool is_clock_of_the_office(ClockKind kind) {
    return kind == ClockKind::acceptance || kind == ClockKind::review || kind == ClockKind::service;
}

}  // namespace

Result<Facts> Cases::facts(store::Reader& reader, CaseId const& id) const {
    reader.foresee(sql::watch_facts, id);
    reader.foresee(sql::load_burden, id);
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
    facts.was_received = more[0].integer("received") > 0;
    facts.closed_at = found.closed_at;
    auto clock = running_clock(found, ground.limits);
    if (is_clock_of_the_office(clock.kind)) {
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
    TRY(hear_registers(parts_->rooms, reader, found, ground, facts));
    hear_special(facts, found, ground);
    return facts;
}

Result<std::vector<CaseId>> Cases::ids_after(store::Reader& reader, CaseId const& after) const {
    auto rows = TRY(reader.rows(sql::case_ids_after, after.text));
    std::vector<CaseId> ids;
    for (auto row : rows) ids.push_back(row.id<CaseId>("id"));
    return ids;
}

}  // namespace tongban::cases
