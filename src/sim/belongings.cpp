// What departments know of people beside their families.
#include <algorithm>
#include <array>

#include "sim/maker.h"
#include "sim/names.h"
#include "sim/numbers.h"

namespace tongban::sim {

namespace {

using std::chrono::days;
constexpr int people_per_firm = 60;
constexpr int firms_least = 6;

std::string firm_body(int serial) {
    constexpr std::string_view symbols = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    std::string body = "MA9";
    for (int i = 0, rest = serial; i < 5; ++i, rest /= 31)
        body.insert(3, 1, symbols[static_cast<std::size_t>(rest % 31)]);
    return body;
}

class Belongings {
public:
    explicit Belongings(Maker& maker) : m_(maker), dice_(maker.dice) {}

    void give() {
        firms();
        for (int i = m_.told; i < static_cast<int>(m_.all.people.size()); ++i) {
            if (m_.lives(i)) of_person(m_.person(i));
        }
        for (auto const& household : m_.all.households) {
            if (household.head >= m_.told) of_household(household);
        }
        for (int i = m_.told; i < static_cast<int>(m_.all.people.size()); ++i) {
            if (m_.lives(i)) residence(m_.person(i));
        }
    }

private:
    void firms() {
        int count = std::max(firms_least, static_cast<int>(m_.all.people.size()) / people_per_firm);
        for (int i = 0; i < count; ++i) {
            auto const& place = m_.any_place();
            auto const& business = trade(dice_);
            Firm firm;
            firm.code = make_credit_code(place.code.substr(0, 6), firm_body(m_.next("firm")));
            firm.name = place.county + brand(dice_) + std::string(business.word) + "有限公司";
            firm.address = address_in(place, dice_);
            firm.scope = business.scope;
            firm.serves_people = business.serves_people;
            firm.capital = std::to_string(dice_.between(1, 50) * 10) + "万元人民币";
            firm.status = dice_.happens(920) ? "open" : dice_.happens(700) ? "closed" : "revoked";
            firm.established = m_.day_between(Day{std::chrono::year{2002} / 1 / 1}, counted_on - days(60));
            firm.legal_person = grown_up();
            m_.all.by_code.emplace(firm.code, static_cast<int>(m_.all.firms.size()));
            m_.all.firms.push_back(std::move(firm));
        }
    }

    /// Anyone living between 25 and 65; nobody when chance finds none.
    int grown_up() {
        int others = static_cast<int>(m_.all.people.size()) - m_.told;
        for (int tries = 0; tries < 200 && others > 0; ++tries) {
            int index = m_.told + dice_.below(others);
            int age = age_on(m_.person(index).birth, counted_on);
            if (m_.lives(index) && age >= 25 && age < 65) return index;
        }
        return nobody;
    }

    void of_person(Person& person) {
        int age = age_on(person.birth, counted_on);
        insure(person, age);
        if (age >= 6 && age < 18) enrol(person, age);
        if (dice_.happens(age >= 60 ? 60 : 18)) {
            person.disability = Disability{dice_.between(1, 7), dice_.between(1, 4), {}};
            person.disability->valid_until = m_.day_between(counted_on - days(200), counted_on + days(3600));
        }
        if (age >= 16 && dice_.happens(age >= 70 ? 30 : 11)) {
            static constexpr std::array kinds{"dibao", "dibao", "dibao", "margin", "tekun"};
            auto since = m_.day_between(Day{std::chrono::year{2015} / 1 / 1}, counted_on - days(30));
            person.assistance = Assistance{dice_.pick(kinds), since, dice_.happens(150)};
        }
    }

    void insure(Person& person, int age) {
        if (age < 18) {
            if (dice_.happens(850)) resident_cover(person, age);
        } else if (age >= 60) {
            int drawn = dice_.below(100);
            if (drawn < 55) pension(person);
            if (drawn >= 55 && drawn < 92) resident_cover(person, age);
        } else if (dice_.happens(620)) {
            employ(person, age);
        } else if (dice_.happens(700)) {
            resident_cover(person, age);
        }
    }

    Firm const& employer() {
        for (int tries = 0; tries < 50; ++tries) {
            auto const& firm = dice_.pick(m_.all.firms);
            if (firm.status == "open") return firm;
        }
        return m_.all.firms.front();
    }

    void employ(Person& person, int age) {
        auto const& firm = employer();
        Month now = month_of(counted_on);
        Insurance cover{Cover::employee, firm.name, 0};
        cover.first = now - 1 - dice_.below(std::max(1, (age - 17) * 12));
        cover.missed = dice_.happens(300) ? dice_.below(std::max(1, (now - cover.first) / 3)) : 0;
        if (dice_.happens(120)) cover.last = cover.first + dice_.below(now - cover.first);
        if (cover.last) cover.missed = 0;
        person.insurance = cover;
        if (!cover.last && dice_.happens(620)) {
            auto account = "99" + padded(m_.next("fund"), 10);
            int base = dice_.between(24, 180) * 100;
            auto balance = static_cast<std::int64_t>(base) * 24 * dice_.between(1, 60) / 10 * 10;
            person.fund = Fund{account, firm.name, base, balance, dice_.happens(60)};
        }
        if (dice_.happens(firm.serves_people ? 850 : 12)) {
            auto number = "JK99" + padded(m_.next("health"), 8);
            person.health = HealthCertificate{number, dice_.between(-60, 365)};
        }
    }

    void resident_cover(Person& person, int age) {
        Month now = month_of(counted_on);
        Month first = std::max(Month{2012 * 12}, now - age * 12);
        person.insurance = Insurance{Cover::resident, "城乡居民参保", std::min(first, now - 1)};
    }

    void pension(Person& person) {
        auto retired = person.birth + days(60 * 1461 / 4);
        Month last = month_of(retired);
        person.insurance =
            Insurance{Cover::pensioner, "企业退休人员", last - 12 * dice_.between(15, 38), last};
    }

    void enrol(Person& person, int age) {
        static constexpr std::array grades{"小学一年级", "小学二年级", "小学三年级", "小学四年级",
                                           "小学五年级", "小学六年级", "初中一年级", "初中二年级",
                                           "初中三年级", "高中一年级", "高中二年级", "高中三年级"};
        if (dice_.happens(20)) return;
        auto const& place = place_of(person);
        static constexpr std::array stages{"小学", "初级中学", "高级中学"};
        auto stage = static_cast<std::size_t>(age < 12 ? 0 : age < 15 ? 1 : 2);
        auto town = place.town;
        person.school = School{"示例市" + town + (dice_.happens(500) ? "第一" : "第二") + stages[stage],
                               grades[static_cast<std::size_t>(age - 6)], dice_.happens(10) ? 2 : 1};
    }

    Place const& place_of(Person const& person) {
        auto const& region = m_.all.households[static_cast<std::size_t>(person.household)].region;
        return *std::ranges::find(m_.places, region, &Place::code);
    }

    void of_household(Household const& household) {
        auto& head = m_.person(household.head);
        auto const& place = *std::ranges::find(m_.places, household.region, &Place::code);
        if (!household.collective && age_on(head.birth, counted_on) >= 24) {
            if (dice_.happens(place.urban ? 660 : 280)) own(household, place.county, household.address);
            auto const& other = m_.any_place();
            if (dice_.happens(90)) own(household, other.county, address_in(other, dice_));
        }
        for (int chance : {430, 70}) {
            if (age_on(head.birth, counted_on) >= 20 && dice_.happens(chance))
                head.plates.push_back(m_.plate());
        }
    }

    /// The head owns it; every other couple own it together.
    void own(Household const& household, std::string const& county, std::string const& address) {
        Estate estate{m_.estate_certificate(county, dice_.between(2016, 2026)), address};
        bool together = dice_.happens(500);
        for (int member : household.members) {
            auto const& person = m_.person(member);
            bool spouse = person.marriage != nobody && person.marriage == m_.person(household.head).marriage;
            if (member == household.head || (together && spouse)) m_.person(member).estates.push_back(estate);
        }
    }

    void residence(Person& person) {
        if (dice_.happens(30)) return;
        auto const& household = m_.all.households[static_cast<std::size_t>(person.household)];
        int age = age_on(person.birth, counted_on);
        if (age >= 20 && age < 45 && dice_.happens(150)) {
            auto landlord = full_name(dice_, Sex::female, 1975);
            auto since = m_.day_between(Day{std::chrono::year{2019} / 1 / 1}, counted_on - days(20));
            person.stay = Stay{address_in(m_.any_place(), dice_), since, "rent", landlord};
        } else if (household.collective) {
            person.stay = Stay{household.address, household.moved_in, "dormitory", "示例市人才公寓"};
        } else {
            person.stay = Stay{household.address, std::max(household.moved_in, person.birth), "own"};
        }
    }

    Maker& m_;
    Dice& dice_;
};

}  // namespace

void give_belongings(Maker& maker) {
    Belongings(maker).give();
}

}  // namespace tongban::sim
