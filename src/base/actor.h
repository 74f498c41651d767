// Who acts. Made by the Authenticator for each request, handed to every verb, written into every audit row.
#pragma once

#include <string>
#include <vector>

#include "base/ids.h"

namespace tongban {

enum class ActorKind { anyone, resident, staff, system };

struct Actor {
    ActorKind kind = ActorKind::anyone;
    PersonId person{};    ///< of a resident
    StaffId staff{};      ///< of a member of staff
    PostId post{};        ///< the post the member of staff works in during this session
    BodyId body{};        ///< of that post
    HallId hall{};        ///< of that post; empty for a post behind the counter
    RegionCode region{};  ///< of that post's body: the scope is this region and what lies below it
    std::vector<std::string> roles{};  ///< `resident`; for staff those of the post: `clerk`, `reviewer` …
    SessionId session{};
    int real_name_level = 0;  ///< 实名等级 of a resident: 0 none … 3 face match

    static Actor system(std::string what) {
        Actor actor;
        actor.kind = ActorKind::system;
        actor.staff = StaffId{std::move(what)};
        return actor;
    }
    /// `resident:<id>`, `staff:<number>`, `system:<what>` or `anyone`: what audit rows and events carry.
    [[nodiscard]] std::string text() const;
};

}  // namespace tongban
