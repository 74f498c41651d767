#include "cases/model.h"

#include <algorithm>
#include <array>

namespace tongban::cases {

namespace {
constexpr std::array<std::pair<State, std::string_view>, 10> names{{{State::submitted, "submitted"},
                                                                    {State::received, "received"},
                                                                    {State::correction, "correction"},
                                                                    {State::accepted, "accepted"},
                                                                    {State::approved, "approved"},
                                                                    {State::denied, "denied"},
                                                                    {State::issued, "issued"},
                                                                    {State::concluded, "concluded"},
                                                                    {State::not_accepted, "not_accepted"},
                                                                    {State::withdrawn, "withdrawn"}}};
}  // namespace

std::string_view to_text(State state) {
    for (auto const& [known, name] : names)
        if (known == state) return name;
    ensure(false, "a state without a name");
    return {};
}

Result<State> read_state(std::string_view text) {
    for (auto const& [known, name] : names)
        if (name == text) return known;
    return Error{ErrorKind::internal, "state_is_unknown", std::string(text)};
}

bool is_closed(State state) {
    return state == State::concluded || state == State::denied || state == State::not_accepted ||
           state == State::withdrawn;
}

namespace {
/// What is left of a limit that runs from `from` when a pause begins; never less than nothing.
Limit left_at(Calendar const& calendar, Day from, Limit limit, Due due, Day pause) {
    auto unit = limit.unit == LimitUnit::working_day ? LimitUnit::working_day : LimitUnit::natural_day;
    int left = 0;
    if (limit.unit == LimitUnit::working_day)
        left = limit.value - working_days_between(calendar, from, pause);
    else if (limit.unit == LimitUnit::natural_day)
        left = limit.value - static_cast<int>((pause - from).count());
    else
        left = static_cast<int>((due.day - pause).count());
    return {std::max(left, 0), unit};
}

bool knows_all(Calendar const& calendar, Day from, Day until) {
    for (int year = year_of(from); year <= year_of(until); ++year)
        if (!calendar.has_year(year)) return false;
    return true;
}
}  // namespace

Due due_with_pauses(Calendar const& calendar, Day from, Limit limit, std::vector<Pause> const& pauses) {
    auto due = due_after(calendar, from, limit);
    bool certain = true;
    for (auto const& pause : pauses) {
        if (pause.from < from || pause.from > due.day) continue;
        limit = left_at(calendar, from, limit, due, pause.from);
        certain = certain && (limit.unit != LimitUnit::working_day || knows_all(calendar, from, pause.from));
        from = pause.until;
        due = due_after(calendar, from, limit);
        // Nothing was left: what remains is the day of the end, or the first day on which anybody works.
        while (!calendar.works(due.day)) due.day += std::chrono::days{1};
        due.provisional = due.provisional || !calendar.has_year(year_of(due.day)) || !certain;
    }
    return due;
}

int rested(Calendar const& calendar, std::vector<Pause> const& pauses, Day from, Day until, LimitUnit unit) {
    int days = 0;
    for (auto const& pause : pauses) {
        auto first = std::max(pause.from, from), last = std::min(pause.until, until);
        if (last <= first) continue;
        days += unit == LimitUnit::working_day ? working_days_between(calendar, first, last)
                                               : static_cast<int>((last - first).count());
    }
    return days;
}

RunningClock running_clock(Case const& found, Limits const& limits) {
    switch (found.state) {
        case State::submitted:
            return {ClockKind::bringing,
                    found.submitted_on,
                    found.bring_by,
                    {},
                    limits.bringing.value_or(limits.correction)};
        case State::received:
            return {ClockKind::acceptance, found.accept_from, found.accept_by, {}, limits.acceptance};
        case State::correction:
            return {ClockKind::correction, found.correction_from, found.correction_by, {}, limits.correction};
        case State::issued:
            return {ClockKind::service,
                    beijing_day(found.decided_at.value_or(found.received_at)),
                    found.serve_by,
                    {},
                    limits.service};
        case State::accepted:
        case State::approved:
            if (found.special && found.special->clock_rests)
                return {ClockKind::special, found.special->from, found.special->by, {}, found.special->limit};
            return {ClockKind::review, found.accepted_on, found.promised, found.statutory, limits.promise};
        default:
            return {};
    }
}

}  // namespace tongban::cases
