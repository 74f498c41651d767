// Inner words of `identity`. No I/O.
#pragma once

#include <chrono>
#include <optional>

#include "identity/identity.h"

namespace tongban::identity {

/// data/limits.json, each figure with its source.
struct Limits {
    int wrong_passwords_max = 0;
    std::chrono::minutes lock{};
    std::chrono::minutes idle_resident{}, idle_staff{};
    std::chrono::hours session{};
    static Limits embedded();
};

enum class Audience { resident, staff };

struct Session {
    std::string token_hash;
    Audience audience = Audience::resident;
    std::string subject;  ///< person id or staff number
    PostId post;
    Instant started_at, last_seen_at;
    std::optional<Instant> previous_sign_in_at;
    std::optional<int> real_name_level;  ///< of a resident who still exists
};

}  // namespace tongban::identity
