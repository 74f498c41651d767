// Moments as people and programs write them.
#include <gtest/gtest.h>

#include "house.h"

namespace tongban::cases::test {
namespace {

TEST(Moment, IsReadWithItsZone) {
    auto const nine = kit::at("2026-10-15 09:24");
    for (auto const* text : {"2026-10-15T09:24:00+08:00", "2026-10-15T09:24+08:00", "2026-10-15T01:24:00Z",
                             "2026-10-15T01:24:00.750Z", "2026-10-14T21:24:00-04:00"})
        EXPECT_EQ(MUST(read_instant(text)), nine) << text;
}

TEST(Moment, IsRefusedWithoutZoneOrDay) {
    for (auto const* text :
         {"", "2026-10-15", "2026-10-15T09:24:00", "2026-02-30T09:24:00Z", "2026-10-15T24:00:00Z",
          "2026-10-15T09:60:00Z", "2026-10-15T09:24:61Z", "2026-10-15T9:24:00Z", "2026-10-15T09:24:00+8",
          "2026-10-15T09:24:00+15:00", "2026-10-15T09:24:00Zx"}) {
        auto read = read_instant(text);
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().code, "time_is_malformed") << text;
    }
}

}  // namespace
}  // namespace tongban::cases::test
