#include "base/base.h"

namespace tongban {

std::string Actor::text() const {
    switch (kind) {
        case ActorKind::resident:
            return "resident:" + person.text;
        case ActorKind::staff:
            return "staff:" + staff.text;
        case ActorKind::system:
            return "system:" + staff.text;
        case ActorKind::anyone:
            break;
    }
    return "anyone";
}

}  // namespace tongban
