// What is watched of a case, and whether it is stuck: facts and the day in, a row out. Pure.
#pragma once

#include "cases/cases.h"
#include "supervision/model.h"

namespace tongban::supervision {

/// What the facts do not say: about the office.
struct Office {
    RegionCode region;  ///< of the responsible body
    int reviewers = 0;  ///< who hold the post that has the case on the table, without who accepted it
    Calendar const& calendar;
};

/// Why nobody will move this case by doing the usual work; the first of: a licence or a letter that cannot be
/// made, nobody who may review (受审分离 leaves the acceptor out), a special step past its last day, a source
/// of data that is silent.
std::optional<Stuck> why_stuck(cases::Facts const& facts, Office const& office);
Watched watch(cases::Facts const& facts, Office const& office);

/// Most overdue first, then stuck, near, open: what the supervisor should see first.
struct Load {
    std::int64_t open = 0, near_due = 0, overdue = 0, stuck = 0;
    void add(Load const& other);
};
bool more_urgent(Load const& a, Load const& b);

}  // namespace tongban::supervision
