// When a source may be asked. A breaker spares people the wait for a source that does not answer, and the
// source those who ask. No I/O, no clock: the moment is an argument.
#pragma once

#include "exchange/model.h"

namespace tongban::exchange {

/// How a source has been answering.
struct Health {
    int failures_in_row = 0;
    std::optional<Instant> failing_since{};  ///< the first failure after the last answer
    std::optional<Instant> last_ok{}, last_failure{};
    std::optional<Instant> paused_until{};  ///< the breaker is open
    std::string failure{};                  ///< a code: of the last failure
    bool on_trial = false;                  ///< the pause is over; one call tries
    bool operator==(Health const&) const = default;
};

enum class Gate {
    ask,   ///< go on
    pause  ///< nobody asks now
};
/// What a call meets. Where the source tells of its own health, that is asked instead of a person's patience
/// (`Trial::by_health`); else the first call after the pause tries, alone.
enum class Trial { by_health, by_call };
Gate gate(Health const& health, Trial trial, Instant now);
/// Health::on_trial set where this call is the one that tries.
Health asked(Health health, Instant now);
Health answered(Health health, Instant now);
Health failed(Health health, BreakerLimits const& limits, std::string failure, Instant now);
/// It answers, but not as agreed: told to operators, no reason to spare it.
Health faulty(Health health, std::string failure, Instant now);
/// The pause is over and the source should be asked how it is.
bool wants_probe(Health const& health, Instant now);

enum class SourceState { ok, slow, down, paused, unknown };
SourceState state_of(Health const& health, Instant now);

}  // namespace tongban::exchange
