// The demonstration's catalogue with one item that asks no source: tests change its words, and its pack goes
// on.
#pragma once

#include "org/test/pack_copy.h"

namespace tongban::test {

class KinshipPack : public PackCopy {
public:
    KinshipPack() : PackCopy("catalog") {
        auto const items = path("catalog/items");
        std::filesystem::remove_all(items);
        std::filesystem::copy(demo_city().parent_path().parent_path() / "test/shared/items", items,
                              std::filesystem::copy_options::recursive);
    }
};

}  // namespace tongban::test
