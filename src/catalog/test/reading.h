// Items as their readers make them, and texts picked out of them.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "catalog/contents.h"

namespace tongban::test {

/// The item, about which nothing may be told.
inline catalog::Item read(catalog::Content const& content) {
    org::Troubles troubles;
    auto item = catalog::read_item(content, "item", troubles).item;
    EXPECT_TRUE(troubles.none()) << content.code.text;
    return item;
}

inline std::string at(Json const& value, std::string const& pointer) {
    return std::string(value.at_pointer(pointer).as_string());
}

}  // namespace tongban::test
