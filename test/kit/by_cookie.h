// Whoever a request's cookie names is signed in: for routes whose doors are not what is tried.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "http/http.h"

namespace tongban::kit {

class ByCookie final : public http::Authenticator {
public:
    /// `actor` makes of the cookie's value who asks; without the cookie nobody does.
    ByCookie(std::string cookie, std::function<Actor(std::string const&)> actor)
        : cookie_(std::move(cookie)), actor_(std::move(actor)) {}
    Result<Actor> authenticate(http::Request const& request) override {
        auto value = request.cookie(cookie_);
        return value.empty() ? Actor{} : actor_(value);
    }
    std::string csrf_token(http::Request const&) override { return "t"; }

private:
    std::string cookie_;
    std::function<Actor(std::string const&)> actor_;
};

/// The operator op001 in that role.
inline Actor staff_in_role(std::string const& role) {
    Actor actor;
    actor.kind = ActorKind::staff;
    actor.staff = StaffId{"op001"};
    actor.roles = {role};
    return actor;
}

/// Known by this id.
inline Actor resident(std::string const& person) {
    Actor actor;
    actor.kind = ActorKind::resident;
    actor.person = PersonId{person};
    actor.roles = {"resident"};
    return actor;
}

}  // namespace tongban::kit
