#include "sim/places.h"

#include <array>
#include <map>
#include <sstream>

namespace tongban::sim {

namespace {

struct Region {
    std::string code, name, level, parent;
};

Region read_region_line(std::string const& line) {
    Region region;
    std::istringstream cells(line);
    std::getline(cells, region.code, ',');
    std::getline(cells, region.name, ',');
    std::getline(cells, region.level, ',');
    std::getline(cells, region.parent, ',');
    return region;
}

std::string without(std::string name, std::string_view ending) {
    if (name.ends_with(ending)) name.resize(name.size() - ending.size());
    return name;
}

}  // namespace

Result<std::vector<Place>> read_places(Pack const& pack) {
    auto text = TRY(pack.read("org/regions.csv"));
    std::map<std::string, Region> regions;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.ends_with('\r')) line.pop_back();
        auto region = read_region_line(line);
        if (region.code != "code") regions.emplace(region.code, region);
    }
    std::vector<Place> places;
    for (auto const& [code, region] : regions) {
        if (region.level != "village" || !regions.contains(region.parent)) continue;
        auto const& town = regions.at(region.parent);
        auto county = regions.find(town.parent);
        if (county == regions.end()) continue;
        auto city = regions.find(county->second.parent);
        auto start = (city == regions.end() ? "" : city->second.name) + county->second.name + town.name;
        bool urban = region.name.ends_with("社区");
        places.push_back({code, region.name, town.name, county->second.name, start, urban});
    }
    if (places.empty()) {
        return Error{ErrorKind::invalid, "regions_are_missing", pack.directory + "/org/regions.csv"};
    }
    return places;
}

std::string address_in(Place const& place, Dice& dice) {
    if (!place.urban) {
        auto group = std::to_string(dice.between(1, 9));
        auto house = std::to_string(dice.between(1, 120));
        return place.start + place.name + group + "组" + house + "号";
    }
    constexpr std::array ways{"路", "街", "巷", "里"};
    auto road = without(place.name, "社区") + dice.pick(ways);
    auto house = std::to_string(dice.between(1, 180));
    auto floor = std::to_string(dice.between(1, 18));
    auto door = std::to_string(dice.between(1, 4));
    auto block = std::to_string(dice.between(1, 24));
    return place.start + road + house + "号" + block + "栋" + floor + "0" + door + "室";
}

}  // namespace tongban::sim
