#include "@name@/decide.h"

#include <gtest/gtest.h>

namespace tongban::@name@ {
namespace {

TEST(@Name@Decide, AnEntrySaysSomething) {
    EXPECT_EQ(MUST(decide_add("  材料已齐 ")), "材料已齐");
    EXPECT_EQ(decide_add(" \t ").error().code, "@name@_entry_is_empty");
}

}  // namespace
}  // namespace tongban::@name@
