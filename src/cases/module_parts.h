#pragma once

#include "cases/desk.h"
#include "cases/drafts.h"
#include "cases/follow.h"
#include "cases/intake.h"
#include "cases/mine.h"

namespace tongban::cases {

struct Cases::Parts {
    explicit Parts(Rooms given)
        : rooms(given),
          numbers(rooms.store),
          drafts(rooms, numbers),
          intake(rooms, drafts),
          confirmations(rooms, drafts),
          mine(rooms),
          desk(rooms),
          review(rooms, desk),
          special(rooms, desk),
          extending(rooms, desk),
          follow(rooms) {}
    Rooms rooms;
    CaseNumbers numbers;
    Drafts drafts;
    Intake intake;
    Confirmations confirmations;
    Mine mine;
    Desk desk;
    Review review;
    Special special;
    Extending extending;
    Follow follow;
};

}  // namespace tongban::cases
