// What `doctor` says of what lies outside the program: departments and the gateway for SMS.
#pragma once

#include "app/doctor.h"

namespace tongban::app {

inline void good(std::vector<Finding>& all, std::string check, std::string zh, std::string en) {
    all.push_back({std::move(check), Health::good, {std::move(zh), std::move(en)}, {}});
}

/// Asks each source that tells of its health, all at once, three seconds at most; the others are told of by
/// what is kept of them. A source that fails keeps nobody from applying, so it is `bad` only after a day.
void look_at_sources(std::vector<Finding>& all, House& house, Clock const& clock);
/// What waits to be handed to the gateway, and since when.
void look_at_sms(std::vector<Finding>& all, House& house, Clock const& clock);

}  // namespace tongban::app
