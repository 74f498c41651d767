// Who checks on the spot at 示例街道, where the demonstration has nobody; and who gives more time there.
#pragma once

#include "world.h"

namespace tongban::app {

constexpr char const* inspector = "test-in1";
constexpr char const* second_inspector = "test-in2";
constexpr char const* head = "sl007";

/// Into that copy of the pack.
inline void add_officers(std::string const& pack) {
    edit(pack + "/org/posts.json", R"({"id": "990102001-keeper")",
         R"({"id": "test-inspect", "title": "现场核查", "body": "11990102MB0D20011R", "roles": ["inspector"]},
            {"id": "990102001-keeper")");
    edit(pack + "/org/staff.json", R"({"id": "sl001")",
         R"({"id": "test-in1", "name": "岳青山", "posts": ["test-inspect"]},
            {"id": "test-in2", "name": "卫长河", "posts": ["test-inspect"]}, {"id": "sl001")");
}

}  // namespace tongban::app
