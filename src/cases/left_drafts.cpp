#include "cases/left_drafts.h"

#include "cases/data.h"

namespace tongban::cases {

namespace {
std::chrono::days days_of(std::string_view channel, DraftLimits const& limits) {
    return channel == "window" ? limits.window : limits.online;
}
}  // namespace

DraftLimits DraftLimits::embedded() {
    auto all = MUST(read_json(data::drafts));
    auto days = [&](char const* name) {
        return std::chrono::days{static_cast<int>(all.at(name).at("value").as_int64())};
    };
    return {days("online_days"), days("window_days")};
}

Day kept_until(Draft const& draft, DraftLimits const& limits) {
    return beijing_day(draft.updated_at) + days_of(draft.channel, limits);
}

Instant left_before(std::string_view channel, DraftLimits const& limits, Instant now) {
    return start_of(beijing_day(now) - days_of(channel, limits));
}

}  // namespace tongban::cases
