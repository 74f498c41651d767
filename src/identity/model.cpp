#include "identity/model.h"

#include "identity/data.h"

namespace tongban::identity {

Limits Limits::embedded() {
    auto all = MUST(read_json(data::limits));
    auto figure = [&](char const* name) { return static_cast<int>(all.at(name).at("value").as_int64()); };
    return {figure("wrong_passwords_max"), std::chrono::minutes{figure("lock_minutes")},
            std::chrono::minutes{figure("idle_minutes_resident")},
            std::chrono::minutes{figure("idle_minutes_staff")}, std::chrono::hours{figure("session_hours")}};
}

}  // namespace tongban::identity
