// Fifty thousand invented people and what the registers of fifteen departments hold of them. Values only;
// made once from a seed, then read by many threads.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/identifiers.h"
#include "base/module.h"

namespace tongban::sim {

constexpr int nobody = -1;  ///< instead of an index

using Month = int;  ///< months since year 0: year * 12 + month - 1
Month month_of(Day day);
std::string month_text(Month month);  ///< 2026-03
int full_months(Day from, Day to);
int age_on(Day birth, Day day);

/// The day the population was counted. What must not grow old (who is insured now) is told on the day it is
/// asked.
constexpr Day counted_on = std::chrono::sys_days{std::chrono::year{2026} / 9 / 1};

struct Stay {
    std::string address;
    Day since{};
    std::string kind;  ///< rent, own, dormitory
    std::string landlord{};
};
enum class Cover { employee, resident, pensioner };
struct Insurance {
    Cover cover = Cover::employee;
    std::string unit;
    Month first = 0;
    std::optional<Month> last{};  ///< still paying when absent
    int missed = 0;               ///< months between that were not paid
};
struct Estate {
    std::string certificate, address;
};
struct Fund {
    std::string account, unit;
    int base = 0;              ///< yuan
    std::int64_t balance = 0;  ///< fen
    bool sealed = false;
};
struct Disability {
    int category = 4, grade = 3;  ///< GB/T 26341: 4 is of the limbs; 1 the heaviest grade
    Day valid_until{};
};
struct Assistance {
    std::string kind;  ///< dibao, tekun, margin
    Day since{};
    bool stopped = false;
};
struct School {
    std::string name, grade;
    int status = 1;  ///< 1 enrolled, 2 suspended, 3 graduated
};
struct HealthCertificate {
    std::string number;
    int valid_days =
        0;  ///< from the day it is asked: certificates last a year and are renewed; negative: ran out
};

struct Person {
    std::string id_number, name;
    Sex sex = Sex::female;
    Day birth{};
    std::string nation = "汉族";
    int household = nobody, father = nobody, mother = nobody;
    int marriage = nobody;        ///< the latest
    bool parents_on_file = true;  ///< the household archive tells whose child this is, also after moving out
    std::string birth_certificate{};
    std::optional<Day> died{};
    std::optional<Stay> stay{};
    std::optional<Insurance> insurance{};
    std::vector<Estate> estates{};
    std::optional<Fund> fund{};
    std::vector<std::string> plates{};
    std::optional<Disability> disability{};
    std::optional<Assistance> assistance{};
    std::optional<School> school{};
    std::optional<HealthCertificate> health{};
};

struct Household {
    std::string number, region, address;
    bool collective = false;
    int head = nobody;
    Day moved_in{};
    std::vector<int> members{};
};

struct Marriage {
    int husband = nobody, wife = nobody;
    std::string licence;
    Day on{};
    std::optional<Day> divorced{};
    bool on_file = true;  ///< the household archive tells it, also when the two live apart
};

struct Firm {
    std::string code, name, address, scope, capital, status = "open";
    int legal_person = nobody;
    Day established{};
    bool serves_people = false;
};

struct Population {
    std::vector<Person> people;
    std::vector<Household> households;
    std::vector<Marriage> marriages;
    std::vector<Firm> firms;
    std::unordered_map<std::string, int> by_number, by_code;

    [[nodiscard]] Person const* find(std::string const& id_number) const;
    [[nodiscard]] int index_of(std::string const& id_number) const;  ///< or nobody
    [[nodiscard]] Firm const* firm(std::string const& code) const;
};

/// Exactly `count` people (at least those of the stories), the same for the same seed. The residents of the
/// pack and their families come first. Refuses what read_places refuses.
Result<Population> make_population(Pack const& pack, int count, std::uint64_t seed);

/// One CSV file for each register, by name; the same bytes for the same population.
std::vector<std::pair<std::string, std::string>> to_files(Population const& population);
/// SHA-256 over all files.
std::string digest_of(std::vector<std::pair<std::string, std::string>> const& files);

}  // namespace tongban::sim
