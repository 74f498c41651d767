// Families: founders, their children, grandchildren and great-grandchildren; who marries whom, who died, who
// lives together.
#include <algorithm>
#include <array>

#include "sim/maker.h"
#include "sim/names.h"
#include "sim/numbers.h"

namespace tongban::sim {

namespace {

using std::chrono::days;
constexpr int generations = 3;  // after the founders
constexpr int founders_most = 12;
constexpr int people_of_founders = 40;  // more than one couple ever leads to

int year_of_birth(Person const& person) {
    return year_of(person.birth);
}

Day years_after(Day day, int years) {
    return day + days(years * 1461 / 4);
}

/// One village of founders and all who come of them.
class Lineage {
public:
    explicit Lineage(Maker& maker) : m_(maker), home_(maker.dice.pick(maker.places)) {}

    void live(int founders) {
        first_ = static_cast<int>(m_.all.people.size());
        std::vector<int> generation;
        for (int i = 0; i < founders; ++i) founder_couple(generation);
        auto elders = marriages_.size();
        for (int i = 0; i < generations; ++i) generation = next_generation(generation);
        for (std::size_t i = elders; i < marriages_.size(); ++i) house_of_couple(marriages_[i]);
        for (std::size_t i = 0; i < elders; ++i) house_of_elders(marriages_[i]);
        house_the_others();
    }

private:
    Marriage& marriage(int index) { return m_.all.marriages[static_cast<std::size_t>(index)]; }
    Person& person(int index) { return m_.person(index); }
    std::string nation() {
        static constexpr std::array others{"回族",   "满族",   "壮族", "苗族",
                                           "土家族", "蒙古族", "藏族", "彝族"};
        if (m_.dice.happens(940)) return "汉族";
        return m_.dice.happens(250) ? "维吾尔族" : m_.dice.pick(others);
    }
    static bool dotted(std::string_view nation) { return nation == "维吾尔族"; }

    int newcomer(Sex sex, Day birth, std::string const& nation) {
        static constexpr std::array elsewhere{"990102", "990102", "990121", "990121",
                                              "990203", "990311", "990524"};
        auto name = dotted(nation) ? dotted_name(m_.dice, sex, "") : full_name(m_.dice, sex, year_of(birth));
        int index = m_.born(m_.dice.pick(elsewhere), sex, birth, std::move(name));
        person(index).nation = nation;
        return index;
    }

    void founder_couple(std::vector<int>& children) {
        auto own = nation();
        auto birth = m_.day_between(read_year(1930), read_year(1958));
        int husband = newcomer(Sex::male, birth, own);
        int wife = newcomer(Sex::female, birth + days(m_.dice.between(-1200, 1500)), own);
        marry(husband, wife, children);
    }

    static Day read_year(int year) { return Day{std::chrono::year{year} / 1 / 1}; }

    /// Weds them if both are old enough by now; what children they have are added to `children`.
    void marry(int husband, int wife, std::vector<int>& children) {
        auto on = std::max(years_after(person(husband).birth, 22), years_after(person(wife).birth, 20)) +
                  days(m_.dice.between(1, 2600));
        if (on >= counted_on) return;
        int index = m_.wed(husband, wife, on);
        marriages_.push_back(index);
        marriage(index).on_file = m_.dice.happens(700);
        auto last = bear_children(index, children);
        if (year_of_birth(person(husband)) > 1955 && m_.dice.happens(90)) {
            auto ended = m_.day_between(std::max(last, on) + days(400), counted_on);
            if (ended < counted_on) marriage(index).divorced = ended;
        }
        perhaps_die(husband, std::max(last, on));
        perhaps_die(wife, std::max(last, on));
    }

    int wanted_children(int born) {
        if (born < 1952) return m_.dice.between(1, 4);
        if (born < 1975) return m_.dice.between(1, 2);
        static constexpr std::array later{0, 1, 1, 1, 2, 2, 3};
        return m_.dice.pick(later);
    }

    Day bear_children(int index, std::vector<int>& children) {
        auto [husband, wife] = std::pair{marriage(index).husband, marriage(index).wife};
        auto at = marriage(index).on;
        auto end = std::min(years_after(person(wife).birth, 42), counted_on);
        auto last = at;
        for (int left = wanted_children(year_of_birth(person(wife))); left > 0; --left) {
            at += days(m_.dice.between(300, 1500));
            if (at >= end) break;
            children.push_back(child_of(husband, wife, at));
            last = at;
        }
        return last;
    }

    int child_of(int father, int mother, Day birth) {
        auto sex = m_.dice.happens(512) ? Sex::male : Sex::female;
        auto const own = person(father).nation;
        auto const& named_after = m_.dice.happens(960) || dotted(own) ? person(father) : person(mother);
        auto name = dotted(own) ? dotted_name(m_.dice, sex, person(father).name)
                                : surname_of(named_after.name) + given_name(m_.dice, sex, year_of(birth));
        int index = m_.born(home_.code.substr(0, 6), sex, birth, std::move(name));
        auto& child = person(index);
        child.nation = own;
        child.father = father;
        child.mother = mother;
        int born = year_of(birth);
        child.parents_on_file = m_.dice.happens(born >= 1996 ? 970 : born >= 1980 ? 820 : 480);
        if (born >= 1996 && m_.dice.happens(985)) {
            auto letter = static_cast<char>('A' + (born - 1996) % 26);
            child.birth_certificate = letter + ("99" + padded(m_.next("birth"), 7));
        }
        return index;
    }

    void perhaps_die(int index, Day not_before) {
        int age = age_on(person(index).birth, counted_on);
        int chance = age < 40 ? 0 : age < 65 ? 15 : age < 75 ? 120 : age < 85 ? 420 : age < 95 ? 800 : 985;
        if (!m_.dice.happens(chance)) return;
        auto from = std::max({not_before + days(300), years_after(person(index).birth, 40), read_year(1992)});
        if (from < counted_on) person(index).died = m_.day_between(from, counted_on);
    }

    std::vector<int> next_generation(std::vector<int> const& generation) {
        std::vector<int> men, women, children;
        for (int index : generation) {
            if (age_on(person(index).birth, counted_on) < 22) continue;
            (person(index).sex == Sex::male ? men : women).push_back(index);
        }
        for (int man : men) {
            if (!m_.dice.happens(880)) continue;
            auto wife = std::ranges::find_if(women, [&](int woman) { return suits(man, woman); });
            bool near = wife != women.end() && m_.dice.happens(600);
            int bride = near ? *wife : newcomer(Sex::female, about(person(man).birth), person(man).nation);
            if (near) women.erase(wife);
            marry(man, bride, children);
        }
        for (int woman : women) {
            if (!m_.dice.happens(860)) continue;
            int groom = newcomer(Sex::male, about(person(woman).birth), person(woman).nation);
            marry(groom, woman, children);
        }
        return children;
    }

    Day about(Day birth) {
        return std::min(birth + days(m_.dice.between(-1500, 1500)), counted_on - days(7500));
    }

    bool suits(int man, int woman) {
        auto const& a = person(man);
        auto const& b = person(woman);
        auto apart = std::abs((a.birth - b.birth).count());
        return a.father != b.father && a.mother != b.mother && apart < 2200 &&
               dotted(a.nation) == dotted(b.nation);
    }

    void house_of_couple(int index) {
        auto const couple = marriage(index);
        auto moved = m_.day_between(couple.on, std::min(couple.on + days(4000), counted_on));
        Place const& place = m_.dice.happens(550) ? home_ : m_.any_place();
        if (!couple.divorced) {
            m_.house(place, {couple.husband, couple.wife}, moved);
            return;
        }
        m_.house(place, {couple.husband}, moved);
        auto const& elsewhere = m_.any_place();
        m_.house(elsewhere, {couple.wife}, m_.day_between(*couple.divorced, counted_on));
    }

    /// Old parents live with a married child now and then, more often in a village.
    void house_of_elders(int index) {
        auto const couple = marriage(index);
        if (m_.dice.happens(home_.urban ? 180 : 380) && !couple.divorced) {
            for (int i = first_; i < static_cast<int>(m_.all.people.size()); ++i) {
                auto const& child = person(i);
                if (child.father != couple.husband || child.household == nobody || !m_.lives(i)) continue;
                for (int elder : {couple.husband, couple.wife}) {
                    if (m_.lives(elder)) m_.join(child.household, elder);
                }
                return;
            }
        }
        house_of_couple(index);
    }

    void house_the_others() {
        for (int i = first_; i < static_cast<int>(m_.all.people.size()); ++i) {
            if (!m_.lives(i) || person(i).household != nobody) continue;
            int parents = household_of_parents(person(i));
            int age = age_on(person(i).birth, counted_on);
            bool stays = age < 18 || (age < 30 && m_.dice.happens(850)) || m_.dice.happens(350);
            if (parents != nobody && stays) {
                m_.join(parents, i);
                continue;
            }
            auto from = std::min(years_after(person(i).birth, 18), counted_on - days(30));
            auto const& own = m_.any_place();
            int house = m_.house(own, {i}, m_.day_between(from, counted_on));
            m_.all.households[static_cast<std::size_t>(house)].collective = age < 26;
        }
    }

    int household_of_parents(Person const& child) {
        for (int parent : {child.mother, child.father}) {
            if (m_.lives(parent) && person(parent).household != nobody) return person(parent).household;
        }
        return nobody;
    }

    Maker& m_;
    Place const& home_;
    int first_ = 0;
    std::vector<int> marriages_{};
};

void single_person(Maker& m) {
    auto sex = m.dice.happens(500) ? Sex::male : Sex::female;
    auto birth = m.day_between(Day{std::chrono::year{1958} / 1 / 1}, Day{std::chrono::year{2005} / 1 / 1});
    auto const& place = m.any_place();
    auto name = full_name(m.dice, sex, year_of(birth));
    int index = m.born(place.code.substr(0, 6), sex, birth, std::move(name));
    m.house(place, {index}, m.day_between(years_after(birth, 18), counted_on));
}

}  // namespace

void settle_families(Maker& maker, int count) {
    auto left = [&] { return count - static_cast<int>(maker.all.people.size()); };
    while (left() >= people_of_founders) {
        Lineage(maker).live(std::clamp(left() / people_of_founders, 1, founders_most));
    }
    while (left() > 0) single_person(maker);
}

}  // namespace tongban::sim
