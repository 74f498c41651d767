// The registers as CSV files, to be read by eye and to prove that the same seed makes the same people.
#include <functional>

#include "base/crypto.h"
#include "sim/population.h"

namespace tongban::sim {

namespace {

std::string cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string line(std::initializer_list<std::string> cells) {
    std::string out;
    for (auto const& each : cells) out += (out.empty() ? "" : ",") + cell(each);
    return out + "\n";
}

std::string number_of(Population const& all, int index) {
    return index == nobody ? "" : all.people[static_cast<std::size_t>(index)].id_number;
}

std::string day_or_nothing(std::optional<Day> const& day) {
    return day ? to_text(*day) : "";
}

std::string people(Population const& all) {
    auto out = line({"id_number", "name", "sex", "birth", "nation", "household", "father", "mother", "died"});
    for (auto const& p : all.people) {
        auto house =
            p.household == nobody ? "" : all.households[static_cast<std::size_t>(p.household)].number;
        out += line({p.id_number, p.name, p.sex == Sex::male ? "male" : "female", to_text(p.birth), p.nation,
                     house, number_of(all, p.father), number_of(all, p.mother), day_or_nothing(p.died)});
    }
    return out;
}

std::string households(Population const& all) {
    auto out = line({"number", "region", "address", "type", "head", "moved_in"});
    for (auto const& h : all.households) {
        out += line({h.number, h.region, h.address, h.collective ? "collective" : "family",
                     number_of(all, h.head), to_text(h.moved_in)});
    }
    return out;
}

std::string marriages(Population const& all) {
    auto out = line({"licence", "husband", "wife", "registered_on", "divorced_on"});
    for (auto const& m : all.marriages) {
        out += line({m.licence, number_of(all, m.husband), number_of(all, m.wife), to_text(m.on),
                     day_or_nothing(m.divorced)});
    }
    return out;
}

std::string firms(Population const& all) {
    auto out =
        line({"uscc", "name", "legal_person", "address", "scope", "capital", "status", "established_on"});
    for (auto const& f : all.firms) {
        out += line({f.code, f.name, number_of(all, f.legal_person), f.address, f.scope, f.capital, f.status,
                     to_text(f.established)});
    }
    return out;
}

/// One line for each person who has something there.
std::string of_people(Population const& all, std::initializer_list<std::string> names,
                      std::function<std::string(Person const&)> const& lines) {
    auto out = line(names);
    for (auto const& person : all.people) out += lines(person);
    return out;
}

std::string belongings_of(Person const& p) {
    std::string out;
    auto add = [&](std::string kind, std::string a, std::string b, std::string c) {
        out += line({p.id_number, std::move(kind), std::move(a), std::move(b), std::move(c)});
    };
    if (!p.birth_certificate.empty()) add("birth", p.birth_certificate, "", "");
    if (p.stay) add("stay", p.stay->address, p.stay->kind + " " + p.stay->landlord, to_text(p.stay->since));
    if (p.insurance) {
        auto last = p.insurance->last ? month_text(*p.insurance->last) : "";
        add("insurance", p.insurance->unit, month_text(p.insurance->first),
            last + " -" + std::to_string(p.insurance->missed));
    }
    for (auto const& estate : p.estates) add("estate", estate.certificate, estate.address, "");
    if (p.fund) {
        add("housing_fund", p.fund->account, std::to_string(p.fund->base), std::to_string(p.fund->balance));
    }
    for (auto const& plate : p.plates) add("vehicle", plate, "", "");
    if (p.disability) {
        auto kind = std::to_string(p.disability->category) + "/" + std::to_string(p.disability->grade);
        add("disability", kind, to_text(p.disability->valid_until), "");
    }
    if (p.assistance)
        add("assistance", p.assistance->kind, to_text(p.assistance->since),
            p.assistance->stopped ? "stopped" : "");
    if (p.school) add("enrolment", p.school->name, p.school->grade, std::to_string(p.school->status));
    if (p.health) add("health_certificate", p.health->number, std::to_string(p.health->valid_days), "");
    return out;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> to_files(Population const& all) {
    return {{"belongings.csv", of_people(all, {"id_number", "register", "a", "b", "c"}, belongings_of)},
            {"firms.csv", firms(all)},
            {"households.csv", households(all)},
            {"marriages.csv", marriages(all)},
            {"people.csv", people(all)}};
}

std::string digest_of(std::vector<std::pair<std::string, std::string>> const& files) {
    std::string each;
    for (auto const& [name, text] : files) each += name + " " + sha256_hex(text) + "\n";
    return sha256_hex(each);
}

}  // namespace tongban::sim
