#include "supervision/decide.h"

#include <algorithm>
#include <tuple>

namespace tongban::supervision {

std::optional<Stuck> why_stuck(cases::Facts const& facts, Office const& office) {
    if (!facts.trouble.empty()) return Stuck{StuckCode::licence_trouble, facts.trouble, facts.changed_at};
    if (facts.letter_failed_since) return Stuck{StuckCode::letter_failed, "", *facts.letter_failed_since};
    if (facts.is_closed) return std::nullopt;
    if (!facts.review_role.empty() && office.reviewers == 0)
        return Stuck{StuckCode::no_reviewer, facts.review_role, facts.changed_at};
    if (auto const& past = facts.past_step)
        return Stuck{StuckCode::past_step, past->name, past->since, past->name_en};
    if (auto const& silent = facts.silent)
        return Stuck{StuckCode::source_down, silent->provider, silent->since, silent->provider_en};
    return std::nullopt;
}

Watched watch(cases::Facts const& facts, Office const& office) {
    Watched watched;
    watched.id = facts.id;
    watched.case_no = facts.case_no;
    watched.short_no = facts.short_no;
    watched.item = facts.item;
    watched.item_name = facts.item_name;
    watched.body = facts.body;
    watched.region = office.region;
    watched.state = facts.state;
    watched.due = facts.due;
    watched.due_unit = facts.due_unit;
    watched.statutory = facts.statutory;
    if (facts.was_received) watched.received_on = beijing_day(facts.received_at);
    if (facts.is_answered && facts.closed_at) {
        watched.answered_on = beijing_day(*facts.closed_at);
        watched.took_days = std::max(
            0, working_days_between(office.calendar, beijing_day(facts.received_at), *watched.answered_on));
    }
    watched.at_once = facts.decided_at_once;
    watched.fields_saved = facts.fields_saved;
    watched.papers_saved = facts.papers_saved;
    watched.stuck = why_stuck(facts, office);
    // A closed case whose letter is not made yet is not finished either.
    watched.is_open = !facts.is_closed || watched.stuck;
    return watched;
}

void Load::add(Load const& other) {
    open += other.open;
    near_due += other.near_due;
    overdue += other.overdue;
    stuck += other.stuck;
}

bool more_urgent(Load const& a, Load const& b) {
    return std::tuple(a.overdue, a.stuck, a.near_due, a.open) >
           std::tuple(b.overdue, b.stuck, b.near_due, b.open);
}

}  // namespace tongban::supervision
