#include "cases/model.h"

#include <array>

namespace tongban::cases {

namespace {
constexpr std::array<std::pair<State, std::string_view>, 9> names{{{State::received, "received"},
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

RunningClock running_clock(Case const& found, Limits const& limits) {
    switch (found.state) {
        case State::received:
            return {ClockKind::acceptance, found.accept_from, found.accept_by, {}, limits.acceptance};
        case State::correction:
            return {ClockKind::correction, found.correction_from, found.correction_by, {}, limits.correction};
        case State::accepted:
        case State::approved:
        case State::issued:
            return {ClockKind::review, found.accepted_on, found.promised, found.statutory, limits.promise};
        default:
            return {};
    }
}

}  // namespace tongban::cases
