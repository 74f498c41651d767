// Pure rules of signing in: no I/O, no clock.
#pragma once

#include "identity/model.h"

namespace tongban::identity {

/// What a counted attempt may do. `left`: wrong ones still allowed after this one.
struct Attempt {
    bool allowed = false;
    int left = 0;
    int retry_after_seconds = 0;  ///< when locked, or when this one, if wrong, locks
};
/// `count` includes this attempt; `last_at` stands still while the account is locked.
Attempt judge_attempt(Limits const& limits, int count, Instant last_at, Instant now);

Instant session_ends_at(Limits const& limits, Session const& session);
bool session_has_ended(Limits const& limits, Session const& session, Instant now);
/// last_seen_at is written at most once a minute, so that reading pages costs no write.
bool wants_touch(Session const& session, Instant now);

Error account_is_locked(int retry_after_seconds);
Error account_or_password_is_wrong(int attempts_left, std::chrono::minutes lock);
Error session_ended();

}  // namespace tongban::identity
