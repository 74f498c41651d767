// How long a draft that nobody finishes is kept: it holds what the person wrote, what registers said about
// them, and pictures of papers (个人信息保护法 art. 19: no longer than its purpose needs). Pure.
#pragma once

#include "cases/rows.h"

namespace tongban::cases {

/// data/drafts.json, each figure with its reason. Days since the draft was last saved.
struct DraftLimits {
    std::chrono::days online{}, window{};
    static DraftLimits embedded();
};

/// The last day on which the draft can still be gone on with; it is erased on the day after.
Day kept_until(Draft const& draft, DraftLimits const& limits);
/// Drafts of this channel last saved before this moment have had their days.
Instant left_before(std::string_view channel, DraftLimits const& limits, Instant now);

}  // namespace tongban::cases
