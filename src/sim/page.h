// Two plain pages, no script: the switches, and the short messages that arrived.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/calls.h"
#include "sim/corrections.h"
#include "sim/sms.h"

namespace tongban::sim {

/// `state` as GET /control answers it.
std::string control_page(json::object const& state, std::vector<CallSeen> const& calls,
                         std::vector<Ticket> const& tickets);
std::string sms_page(std::vector<Sms> const& messages);
std::string_view page_style();

}  // namespace tongban::sim
