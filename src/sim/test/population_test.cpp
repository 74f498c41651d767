#include "sim/population.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "sim/numbers.h"

namespace tongban::sim {
namespace {

Pack const pack{TONGBAN_PACK};

Population of(int count, std::uint64_t seed) {
    return MUST(make_population(pack, count, seed));
}

TEST(Population, IsTheSameForTheSameSeed) {
    auto first = digest_of(to_files(of(600, 7)));
    EXPECT_EQ(first, digest_of(to_files(of(600, 7))));
    EXPECT_NE(first, digest_of(to_files(of(600, 8))));
}

TEST(Population, IsTheSameOnEveryMachine) {
    auto place = std::filesystem::temp_directory_path() / ("tongban-sim-" + to_hex(random_bytes(6)));
    std::filesystem::create_directories(place / "org");
    std::ofstream(place / "org" / "regions.csv") << "code,name,level,parent\n990100000000,甲市,city,\n"
                                                    "990102000000,乙区,county,990100000000\n"
                                                    "990102001000,丙街道,town,990102000000\n"
                                                    "990102001001,丁社区,village,990102001000\n"
                                                    "990102001201,戊村,village,990102001000\n";
    auto all = MUST(make_population(Pack{place.string()}, 500, 2026));
    std::filesystem::remove_all(place);
    EXPECT_EQ(digest_of(to_files(all)), "a423e58ce9bd2365a1be169b7a732e214d0e8997b54958f6f9263f7176415af3")
        << "written on another day";
}

TEST(Population, HasAsManyPeopleAsAskedFor) {
    for (int count : {100, 777, 3000}) EXPECT_EQ(of(count, 1).people.size(), static_cast<std::size_t>(count));
    EXPECT_GE(of(0, 1).people.size(), 10U) << "those of the stories are always there";
}

TEST(Population, HasValidNumbersOfRegion99) {
    auto all = of(3000, 1);
    std::set<std::string> seen;
    for (auto const& person : all.people) {
        auto read = read_id_number(person.id_number, counted_on);
        ASSERT_TRUE(read.ok()) << person.id_number;
        EXPECT_EQ(read->birth, person.birth);
        EXPECT_EQ(read->sex, person.sex);
        EXPECT_TRUE(person.id_number.starts_with("99"));
        EXPECT_TRUE(seen.insert(person.id_number).second);
    }
    for (auto const& firm : all.firms) EXPECT_TRUE(read_credit_code(firm.code).ok()) << firm.code;
}

TEST(Population, LivesPlausibly) {
    auto all = of(5000, 3);
    auto of_index = [&](int index) -> Person const& { return all.people[static_cast<std::size_t>(index)]; };
    int apart = 0;
    for (auto const& person : all.people) {
        EXPECT_LT(person.birth, counted_on);
        if (person.died) {
            EXPECT_GT(*person.died, person.birth);
            EXPECT_EQ(person.household, nobody);
        } else {
            ASSERT_NE(person.household, nobody) << person.id_number;
        }
        if (person.mother == nobody) continue;
        auto age = age_on(of_index(person.mother).birth, person.birth);
        EXPECT_GE(age, 20) << person.id_number;
        EXPECT_LE(age, 43) << person.id_number;
        if (of_index(person.mother).household != person.household) ++apart;
    }
    EXPECT_GT(apart, 300) << "kin live in more than one household";
    for (auto const& marriage : all.marriages) {
        EXPECT_GE(age_on(of_index(marriage.husband).birth, marriage.on), 21);
        EXPECT_GE(age_on(of_index(marriage.wife).birth, marriage.on), 19);
    }
}

TEST(Population, HasEveryoneOnceInTheirHousehold) {
    auto all = of(2000, 5);
    std::set<int> housed;
    for (std::size_t i = 0; i < all.households.size(); ++i) {
        for (int member : all.households[i].members) {
            EXPECT_TRUE(housed.insert(member).second);
            EXPECT_EQ(all.people[static_cast<std::size_t>(member)].household, static_cast<int>(i));
        }
    }
}

TEST(Population, NeedsTheRegionsOfAPack) {
    auto made = make_population(Pack{TONGBAN_PACK "/cases"}, 10, 1);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, "pack_file_is_missing");
}

TEST(Months, AreCountedFull) {
    auto day = [](std::string_view text) { return MUST(read_day(text)); };
    EXPECT_EQ(full_months(day("2024-03-15"), day("2026-03-14")), 23);
    EXPECT_EQ(full_months(day("2024-03-15"), day("2026-03-15")), 24);
    EXPECT_EQ(age_on(day("2008-11-22"), day("2026-11-21")), 17);
    EXPECT_EQ(month_text(month_of(day("2026-01-31")) - 1), "2025-12");
}

/// Licences that the demonstration's residents hold elsewhere say what the registers say of them.
class Held : public testing::Test {
protected:
    Population all = of(300, 1);
    Json held = read_held();

    static Json read_held() { return MUST(read_json(MUST(pack.read("licences/held.json")))); }
    [[nodiscard]] std::vector<json::object> of_type(std::string_view type) const {
        std::vector<json::object> found;
        for (auto const& one : held.at("licences").as_array())
            if (one.at("type").as_string() == type) found.push_back(one.as_object());
        return found;
    }
    static std::string face(json::object const& licence, std::string_view key) {
        return std::string(licence.at("face").at(key).as_string());
    }
    static std::string text(json::object const& licence, std::string_view key) {
        return std::string(licence.at(key).as_string());
    }
    [[nodiscard]] Person const& holder(json::object const& licence) const {
        auto const* person = all.find(text(licence, "holder_number"));
        ensure(person != nullptr && person->name == text(licence, "holder"),
               "the holder is one of the people");
        return *person;
    }
};

TEST_F(Held, MarriagesAreThoseOfTheRegister) {
    ASSERT_FALSE(of_type("marriage_certificate").empty());
    for (auto const& licence : of_type("marriage_certificate")) {
        auto const& person = holder(licence);
        ASSERT_NE(person.marriage, nobody);
        auto const& marriage = all.marriages[static_cast<std::size_t>(person.marriage)];
        auto spouse = person.sex == Sex::female ? marriage.husband : marriage.wife;
        EXPECT_EQ(face(licence, "spouse_name"), all.people[static_cast<std::size_t>(spouse)].name);
        EXPECT_EQ(face(licence, "registered_on"), to_text(marriage.on));
        EXPECT_EQ(text(licence, "issued_on"), to_text(marriage.on));
        EXPECT_EQ(text(licence, "number"), marriage.licence);
    }
}

TEST_F(Held, HomesAreThoseOfTheRegister) {
    ASSERT_FALSE(of_type("estate_certificate").empty());
    for (auto const& licence : of_type("estate_certificate")) {
        auto const& estates = holder(licence).estates;
        EXPECT_TRUE(std::ranges::any_of(estates, [&](auto const& estate) {
            return estate.certificate == text(licence, "number") &&
                   estate.address == face(licence, "address");
        })) << (estates.empty() ? "no home" : estates.front().certificate + " " + estates.front().address);
    }
}

TEST_F(Held, ResidencePermitsAreForWhereTheyLive) {
    for (auto const& licence : of_type("residence_permit")) {
        auto const& stay = holder(licence).stay;
        ASSERT_TRUE(stay);
        EXPECT_EQ(face(licence, "address"), stay->address);
        EXPECT_GE(full_months(stay->since, MUST(read_day(text(licence, "issued_on")))), 6)
            << "nobody gets one before half a year";
    }
}

TEST_F(Held, HealthCertificatesAreThoseOfTheRegister) {
    for (auto const& licence : of_type("health_certificate")) {
        auto const& health = holder(licence).health;
        ASSERT_TRUE(health);
        EXPECT_EQ(text(licence, "number"), health->number);
    }
}

TEST_F(Held, BusinessLicencesAreThoseOfTheRegister) {
    for (auto const& licence : of_type("business_licence")) {
        auto const* firm = all.firm(text(licence, "holder_number"));
        ASSERT_NE(firm, nullptr);
        EXPECT_EQ(text(licence, "holder"), firm->name);
        EXPECT_EQ(face(licence, "legal_person"),
                  all.people[static_cast<std::size_t>(firm->legal_person)].name);
        EXPECT_EQ(face(licence, "scope"), firm->scope);
        EXPECT_EQ(text(licence, "issued_on"), to_text(firm->established));
    }
}

}  // namespace
}  // namespace tongban::sim
