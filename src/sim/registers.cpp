#include "sim/registers.h"

#include <algorithm>
#include <array>

namespace tongban::sim {

namespace {

using std::chrono::days;
using Kind = Finding::Kind;

struct Question {
    Population const& all;
    Parameters const& asked;
    Day today;

    [[nodiscard]] std::string given(std::string const& name) const {
        auto found = asked.find(name);
        return found == asked.end() ? "" : found->second;
    }
    [[nodiscard]] int person(std::string const& name = "id_number") const {
        return all.index_of(given(name));
    }
    [[nodiscard]] Person const& of(int index) const { return all.people[static_cast<std::size_t>(index)]; }
    [[nodiscard]] std::string number_of(int index) const {
        return index == nobody ? "" : of(index).id_number;
    }
};

Finding found(json::object record) {
    return {Kind::found, std::move(record)};
}

json::array texts(std::vector<std::string> const& from) {
    json::array out;
    for (auto const& each : from) out.emplace_back(each);
    return out;
}

Household const* household_of(Question const& q, int index) {
    int household = index == nobody ? nobody : q.of(index).household;
    return household == nobody ? nullptr : &q.all.households[static_cast<std::size_t>(household)];
}

Finding population(Question const& q) {
    int index = q.person();
    if (index == nobody) return {};
    auto const& person = q.of(index);
    if (person.name != q.given("name")) return found({{"matches", false}});
    json::object record{{"matches", true},
                        {"sex", person.sex == Sex::male ? "male" : "female"},
                        {"birth_date", to_text(person.birth)},
                        {"nation", person.nation},
                        {"alive", !person.died}};
    if (auto const* household = household_of(q, index)) {
        record["hukou_region"] = household->region;
        record["hukou_address"] = household->address;
    }
    return found(std::move(record));
}

/// 与户主关系, GB/T 4761.
std::string_view relation_code(std::string_view relation) {
    static constexpr std::array codes{std::pair{"spouse", "10"},      std::pair{"son", "20"},
                                      std::pair{"daughter", "30"},    std::pair{"grandchild", "40"},
                                      std::pair{"father", "51"},      std::pair{"mother", "52"},
                                      std::pair{"grandparent", "60"}, std::pair{"sibling", "70"}};
    for (auto const& [word, code] : codes) {
        if (relation == word) return code;
    }
    return "80";
}

Finding household(Question const& q) {
    auto const* household = household_of(q, q.person());
    if (household == nullptr) return {};
    json::array numbers, names, minors, relations;
    for (int member : household->members) {
        auto const& person = q.of(member);
        numbers.emplace_back(person.id_number);
        names.emplace_back(person.name);
        if (age_on(person.birth, q.today) < 18) minors.emplace_back(person.id_number);
        auto relation = kinship_on_file(q.all, household->head, member);
        relations.emplace_back(member == household->head ? "01" : relation_code(relation));
    }
    return found({{"household_no", household->number},
                  {"type", household->collective ? "collective" : "family"},
                  {"address", household->address},
                  {"head_name", q.of(household->head).name},
                  {"move_in", to_text(household->moved_in)},
                  {"member_id_numbers", numbers},
                  {"member_names", names},
                  {"minor_id_numbers", minors},
                  {"relations_to_head", relations}});
}

Finding kinship(Question const& q) {
    int person = q.person(), other = q.person("other_id_number");
    if (person == nobody || other == nobody || person == other) return {};
    auto const* a = household_of(q, person);
    bool same = a != nullptr && a == household_of(q, other);
    auto relation = kinship_on_file(q.all, person, other);
    if (!same && relation.empty()) return {};
    json::object record{{"same_household", same}, {"proven", !relation.empty()}};
    if (!relation.empty()) record["relation"] = relation;
    return found(std::move(record));
}

Finding marriage(Question const& q) {
    int index = q.person();
    if (index == nobody || age_on(q.of(index).birth, q.today) < 18) return {};
    auto const& person = q.of(index);
    if (person.marriage == nobody) return found({{"status", "single"}});
    auto const& marriage = q.all.marriages[static_cast<std::size_t>(person.marriage)];
    auto const& spouse = q.of(marriage.husband == index ? marriage.wife : marriage.husband);
    if (marriage.divorced) {
        return found({{"status", "divorced"},
                      {"licence_no", "L" + marriage.licence.substr(1)},
                      {"registered_on", to_text(*marriage.divorced)}});
    }
    return found({{"status", spouse.died ? "widowed" : "married"},
                  {"spouse_name", spouse.name},
                  {"spouse_id_number", spouse.id_number},
                  {"licence_no", marriage.licence},
                  {"registered_on", to_text(marriage.on)}});
}

Finding birth(Question const& q) {
    int index = q.person("child_id_number");
    if (index == nobody || q.of(index).birth_certificate.empty()) return {};
    auto const& child = q.of(index);
    return found({{"certificate_no", child.birth_certificate},
                  {"father_id_number", q.number_of(child.father)},
                  {"mother_id_number", q.number_of(child.mother)},
                  {"born_on", to_text(child.birth)}});
}

Finding death(Question const& q) {
    int index = q.person();
    if (index == nobody || !q.of(index).died) return {};
    return found({{"died_on", to_text(*q.of(index).died)}});
}

Finding stay(Question const& q) {
    int index = q.person();
    if (index == nobody || !q.of(index).stay) return {};
    auto const& stay = *q.of(index).stay;
    json::object record{{"address", stay.address},
                        {"since", to_text(stay.since)},
                        {"months", std::max(0, full_months(stay.since, q.today))},
                        {"kind", stay.kind}};
    if (!stay.landlord.empty()) record["landlord"] = stay.landlord;
    return found(std::move(record));
}

std::vector<std::string> kinds_of_cover(Person const& person, Day today) {
    switch (person.insurance->cover) {
        case Cover::employee:
            return {"110", "210", "310", "410", "510"};
        case Cover::pensioner:
            return {"110", "310"};
        case Cover::resident:
            break;
    }
    if (age_on(person.birth, today) < 18) return {"390"};
    return {"170", "390"};
}

Finding insurance(Question const& q) {
    int index = q.person();
    if (index == nobody || !q.of(index).insurance) return {};
    auto const& person = q.of(index);
    auto const& insurance = *person.insurance;
    Month last = insurance.last.value_or(month_of(q.today) - 1);
    bool pensioner = insurance.cover == Cover::pensioner;
    return found({{"insured", !insurance.last},
                  {"unit_name", insurance.unit},
                  {"kinds", texts(kinds_of_cover(person, q.today))},
                  {"first_month", month_text(insurance.first)},
                  {"last_month", month_text(last)},
                  {"months", std::max(0, last - insurance.first + 1 - insurance.missed)},
                  {"status", !insurance.last ? "active"
                             : pensioner     ? "ended"
                                             : "paused"}});
}

Finding estate_by_number(Question const& q) {
    int index = q.person();
    if (index == nobody) return {};
    auto const& person = q.of(index);
    if (person.estates.empty()) return {};
    json::array certificates, addresses;
    for (auto const& each : person.estates) {
        certificates.emplace_back(each.certificate);
        addresses.emplace_back(each.address);
    }
    return found({{"count", static_cast<int>(person.estates.size())},
                  {"certificate_nos", certificates},
                  {"addresses", addresses}});
}

Finding estate(Question const& q) {
    int index = q.person();
    if (index != nobody && q.of(index).name != q.given("name")) return {Kind::mismatch, {}};
    return estate_by_number(q);
}

Finding company(Question const& q) {
    auto const* firm = q.all.firm(q.given("uscc"));
    if (firm == nullptr) return {};
    return found({{"name", firm->name},
                  {"legal_person", firm->legal_person == nobody ? "" : q.of(firm->legal_person).name},
                  {"address", firm->address},
                  {"scope", firm->scope},
                  {"capital", firm->capital},
                  {"status", firm->status},
                  {"established_on", to_text(firm->established)}});
}

Finding enrolment(Question const& q) {
    int index = q.person();
    if (index == nobody || !q.of(index).school) return {};
    auto const& school = *q.of(index).school;
    static constexpr std::array status{"", "enrolled", "suspended", "graduated"};
    return found({{"school", school.name},
                  {"grade", school.grade},
                  {"status", status[static_cast<std::size_t>(school.status)]}});
}

Finding disability(Question const& q) {
    int index = q.person();
    if (index == nobody || !q.of(index).disability) return {};
    auto const& card = *q.of(index).disability;
    auto category = std::to_string(card.category), grade = std::to_string(card.grade);
    return found({{"certificate_no", q.of(index).id_number + category + grade},
                  {"category", category},
                  {"grade", grade},
                  {"valid_until", to_text(card.valid_until)}});
}

Finding housing_fund(Question const& q) {
    int index = q.person();
    if (index == nobody || !q.of(index).fund) return {};
    auto const& fund = *q.of(index).fund;
    return found({{"account", fund.account},
                  {"unit_name", fund.unit},
                  {"base", fund.base},
                  {"balance", static_cast<double>(fund.balance) / 100},
                  {"status", fund.sealed ? "sealed" : "active"}});
}

Finding vehicle(Question const& q) {
    int index = q.person();
    if (index == nobody || q.of(index).plates.empty()) return {};
    auto const& plates = q.of(index).plates;
    return found({{"count", static_cast<int>(plates.size())}, {"plates", texts(plates)}});
}

Finding assistance(Question const& q) {
    int index = q.person();
    if (index == nobody || !q.of(index).assistance) return {};
    auto const& help = *q.of(index).assistance;
    return found({{"kind", help.kind},
                  {"since", to_text(help.since)},
                  {"status", help.stopped ? "stopped" : "active"}});
}

Finding health_certificate(Question const& q) {
    int index = q.person();
    if (index == nobody || !q.of(index).health) return {};
    auto const& health = *q.of(index).health;
    return found(
        {{"certificate_no", health.number}, {"valid_until", to_text(q.today + days(health.valid_days))}});
}

using Register = Finding (*)(Question const&);
constexpr std::array<std::pair<std::string_view, Register>, 17> registers{
    {{"population", population},
     {"household", household},
     {"kinship", kinship},
     {"marriage", marriage},
     {"birth", birth},
     {"death", death},
     {"stay", stay},
     {"insurance", insurance},
     {"estate", estate},
     {"estate_by_number", estate_by_number},
     {"company", company},
     {"enrolment", enrolment},
     {"disability", disability},
     {"housing_fund", housing_fund},
     {"vehicle", vehicle},
     {"assistance", assistance},
     {"health_certificate", health_certificate}}};

}  // namespace

Finding Registers::ask(std::string_view resource, Parameters const& asked, Day today) const {
    auto answers = std::ranges::find(registers, resource, &std::pair<std::string_view, Register>::first);
    ensure(answers != registers.end(), "a department offers only what stands in the registers");
    auto finding = answers->second(Question{all_, asked, today});
    if (finding.kind == Kind::found) {
        for (auto const& [name, value] : asked) finding.record.emplace(name, value);
    }
    return finding;
}

std::vector<json::object> Registers::list(std::string_view resource, Day today) const {
    std::vector<json::object> out;
    for (auto const& person : all_.people) {
        if (!person.school && !person.disability) continue;
        auto finding = ask(resource, {{"id_number", person.id_number}}, today);
        if (finding.kind != Kind::found) continue;
        finding.record["name"] = person.name;
        out.push_back(std::move(finding.record));
    }
    return out;
}

Finding Registers::ask_about_another(std::string_view resource, Parameters const& asked, Day today) const {
    auto changed = asked;
    if (resource == "company") {
        for (auto const& firm : all_.firms) {
            if (firm.code == changed["uscc"]) continue;
            changed["uscc"] = firm.code;
            return ask(resource, changed, today);
        }
        return {};
    }
    auto number = resource == "birth" ? "child_id_number" : "id_number";
    int from = std::max(0, all_.index_of(asked.contains(number) ? asked.at(number) : ""));
    int count = static_cast<int>(all_.people.size());
    for (int step = 1; step < count; ++step) {
        auto const& other = all_.people[static_cast<std::size_t>((from + step) % count)];
        changed[number] = other.id_number;
        if (changed.contains("name")) changed["name"] = other.name;
        if (auto finding = ask(resource, changed, today); finding.kind == Kind::found) return finding;
    }
    return {};
}

}  // namespace tongban::sim
