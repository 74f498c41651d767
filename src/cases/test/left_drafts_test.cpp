#include "cases/left_drafts.h"

#include <gtest/gtest.h>

#include "kit/kit.h"

namespace tongban::cases {

namespace {

Draft saved_at(std::string channel, std::string_view when) {
    Draft draft;
    draft.channel = std::move(channel);
    draft.updated_at = kit::at(when);
    return draft;
}

TEST(LeftDrafts, AreKeptThroughTheWholeOfTheLastDay) {
    auto const limits = DraftLimits::embedded();
    for (auto const* channel : {"online", "window"})
        for (auto const* when : {"2026-10-15 00:00", "2026-10-15 23:59"}) {
            auto draft = saved_at(channel, when);
            auto last = kept_until(draft, limits);
            auto is_left = [&](Instant now) { return draft.updated_at < left_before(channel, limits, now); };
            EXPECT_FALSE(is_left(start_of(last + std::chrono::days{1}) - std::chrono::minutes{1})) << when;
            EXPECT_TRUE(is_left(start_of(last + std::chrono::days{1}))) << when;
        }
}

TEST(LeftDrafts, OfAWindowGoSoonerThanThoseAtHome) {
    auto const limits = DraftLimits::embedded();
    EXPECT_EQ(to_text(kept_until(saved_at("window", "2026-10-15 09:24"), limits)), "2026-10-30");
    EXPECT_EQ(to_text(kept_until(saved_at("online", "2026-10-15 09:24"), limits)), "2027-01-13");
}

}  // namespace

}  // namespace tongban::cases
