// The places of a pack: communities and villages with the words that an address begins with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/module.h"
#include "sim/dice.h"

namespace tongban::sim {

struct Place {
    std::string code;                       ///< 12 digits of a community or village
    std::string name, town, county, start;  ///< `start`: 示例市示例区示例街道, what stands before the road
    bool urban = true;                      ///< a community (社区), not a village (村)
};

/// Reads org/regions.csv. Refuses with regions_are_missing when no community or village stands in it.
Result<std::vector<Place>> read_places(Pack const& pack);
/// Road and house in a community, group and house in a village.
std::string address_in(Place const& place, Dice& dice);

}  // namespace tongban::sim
