#include "exchange/decide.h"

namespace tongban::exchange {

namespace {
bool pausing(Health const& health, Instant now) {
    return health.paused_until && now < *health.paused_until;
}
}  // namespace

Gate gate(Health const& health, Trial trial, Instant now) {
    if (!health.paused_until) return Gate::ask;
    if (pausing(health, now) || trial == Trial::by_health || health.on_trial) return Gate::pause;
    return Gate::ask;
}

Health asked(Health health, Instant now) {
    health.on_trial = health.paused_until.has_value() && !pausing(health, now);
    return health;
}

Health answered(Health health, Instant now) {
    Health well;
    well.last_ok = now;
    well.last_failure = health.last_failure;
    well.failure = std::move(health.failure);
    return well;
}

Health failed(Health health, BreakerLimits const& limits, std::string failure, Instant now) {
    ++health.failures_in_row;
    if (!health.failing_since) health.failing_since = now;
    health.last_failure = now;
    health.failure = std::move(failure);
    if (health.on_trial || health.failures_in_row >= limits.failures)
        health.paused_until = now + limits.pause;
    health.on_trial = false;
    return health;
}

Health faulty(Health health, std::string failure, Instant now) {
    health.failures_in_row = 0;
    health.paused_until.reset();
    health.on_trial = false;
    if (!health.failing_since) health.failing_since = now;
    health.last_failure = now;
    health.failure = std::move(failure);
    return health;
}

bool wants_probe(Health const& health, Instant now) {
    return health.paused_until && !pausing(health, now) && !health.on_trial;
}

SourceState state_of(Health const& health, Instant now) {
    if (pausing(health, now) || health.on_trial) return SourceState::paused;
    if (health.failing_since)
        return health.failure == "answer_is_late" ? SourceState::slow : SourceState::down;
    return health.last_ok ? SourceState::ok : SourceState::unknown;
}

}  // namespace tongban::exchange
