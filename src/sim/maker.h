// What those share who make the population: chance, places, numbers not yet given.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/dice.h"
#include "sim/places.h"
#include "sim/population.h"

namespace tongban::sim {

struct Maker {
    Population& all;
    std::vector<Place> places;
    Dice dice;
    std::map<std::string, int> serials{};  ///< by what they count
    int told = 0;                          ///< people of the stories: theirs is written, not thrown

    int next(std::string const& what) { return ++serials[what]; }
    /// A new person with a number of their own. `region6`: where they were born.
    int born(std::string_view region6, Sex sex, Day birth, std::string name);
    int add(Person person);  ///< refuses (ensure) a number that is given
    int wed(int husband, int wife, Day on);
    /// Who died is left out. `head` is the first who lives. Nothing is made, and nobody returned, for none.
    int house(Place const& place, std::vector<int> const& members, Day moved_in);
    void join(int household, int person);
    std::string estate_certificate(std::string_view county, int year);
    std::string plate();
    Place const& any_place() { return dice.pick(places); }
    Day day_between(Day from, Day to);  ///< `from` when `to` is not later
    Person& person(int index) { return all.people[static_cast<std::size_t>(index)]; }
    [[nodiscard]] bool lives(int index) const {
        return index != nobody && !all.people[static_cast<std::size_t>(index)].died;
    }
};

/// The residents of the pack with their families and firms, each with the story of src/sim/README.md.
Result<void> settle_stories(Maker& maker, Pack const& pack);
/// Families over four generations until there are `count` people.
void settle_families(Maker& maker, int count);
/// Firms, insurance, real estate, cars, schools and the rest, for all who are not of a story.
void give_belongings(Maker& maker);

}  // namespace tongban::sim
