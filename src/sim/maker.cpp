#include "sim/maker.h"

#include "sim/numbers.h"

namespace tongban::sim {

int Maker::born(std::string_view region6, Sex sex, Day birth, std::string name) {
    Person person;
    auto day = std::string(region6) + compact(birth) + (sex == Sex::male ? "m" : "f");
    do {
        int sequence = next(day) * 2 + (sex == Sex::male ? 1 : 0);
        person.id_number = make_id_number(region6, birth, sequence);
    } while (all.by_number.contains(person.id_number));
    person.name = std::move(name);
    person.sex = sex;
    person.birth = birth;
    return add(std::move(person));
}

int Maker::add(Person person) {
    int index = static_cast<int>(all.people.size());
    ensure(all.by_number.emplace(person.id_number, index).second, "an ID number belongs to one person");
    all.people.push_back(std::move(person));
    return index;
}

int Maker::wed(int husband, int wife, Day on) {
    int index = static_cast<int>(all.marriages.size());
    auto year = static_cast<int>(std::chrono::year_month_day{on}.year());
    auto region = person(husband).id_number.substr(0, 6);
    auto serial = padded(next("licence" + std::to_string(year)), 6);
    all.marriages.push_back({husband, wife, "J" + region + "-" + padded(year, 4) + "-" + serial, on});
    person(husband).marriage = person(wife).marriage = index;
    return index;
}

int Maker::house(Place const& place, std::vector<int> const& members, Day moved_in) {
    Household household;
    for (int member : members) {
        if (lives(member)) household.members.push_back(member);
    }
    if (household.members.empty()) return nobody;
    int index = static_cast<int>(all.households.size());
    household.number = place.code.substr(0, 9) + padded(next("household"), 6);
    household.region = place.code;
    household.address = address_in(place, dice);
    household.head = household.members.front();
    household.moved_in = moved_in;
    for (int member : household.members) person(member).household = index;
    all.households.push_back(std::move(household));
    return index;
}

void Maker::join(int household, int index) {
    all.households[static_cast<std::size_t>(household)].members.push_back(index);
    person(index).household = household;
}

std::string Maker::estate_certificate(std::string_view county, int year) {
    return "示（" + std::to_string(year) + "）" + std::string(county) + "不动产权第" +
           padded(next("estate"), 7) + "号";
}

std::string Maker::plate() {
    constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    int serial = next("plate");
    auto letter = letters[static_cast<std::size_t>(serial / 10000) % letters.size()];
    return "示A" + std::string(1, letter) + padded(serial % 10000, 4);
}

Day Maker::day_between(Day from, Day to) {
    auto days = static_cast<int>((to - from).count());
    return days <= 0 ? from : from + std::chrono::days(dice.below(days));
}

Result<Population> make_population(Pack const& pack, int count, std::uint64_t seed) {
    Population all;
    all.people.reserve(static_cast<std::size_t>(count) + 64);
    Maker maker{all, TRY(read_places(pack)), Dice(seed)};
    TRY(settle_stories(maker, pack));
    maker.told = static_cast<int>(all.people.size());
    settle_families(maker, count);
    give_belongings(maker);
    return all;
}

}  // namespace tongban::sim
