#include "sim/registers.h"

namespace tongban::sim {

namespace {

class OnFile {
public:
    OnFile(Population const& all, int a, int b) : all_(all), together_(in_one_household(a, b)) {}

    [[nodiscard]] std::string relation(int a, int b) const {
        if (married(a, b)) return "spouse";
        if (parent_of(a, b)) return of(b).sex == Sex::male ? "father" : "mother";
        if (parent_of(b, a)) return of(b).sex == Sex::male ? "son" : "daughter";
        if (grandparent_of(a, b)) return "grandparent";
        if (grandparent_of(b, a)) return "grandchild";
        if (siblings(a, b)) return "sibling";
        return "";
    }

private:
    [[nodiscard]] Person const& of(int index) const { return all_.people[static_cast<std::size_t>(index)]; }
    [[nodiscard]] bool in_one_household(int a, int b) const {
        return of(a).household != nobody && of(a).household == of(b).household;
    }
    [[nodiscard]] bool tells_parents(int child) const { return together_ || of(child).parents_on_file; }
    [[nodiscard]] bool married(int a, int b) const {
        if (of(a).marriage == nobody || of(a).marriage != of(b).marriage) return false;
        auto const& marriage = all_.marriages[static_cast<std::size_t>(of(a).marriage)];
        return !marriage.divorced && (together_ || marriage.on_file);
    }
    [[nodiscard]] bool parent_of(int child, int parent) const {
        return parent != nobody && tells_parents(child) &&
               (of(child).father == parent || of(child).mother == parent);
    }
    [[nodiscard]] bool grandparent_of(int child, int elder) const {
        if (!tells_parents(child)) return false;
        for (int parent : {of(child).father, of(child).mother}) {
            if (parent != nobody && parent_of(parent, elder)) return true;
        }
        return false;
    }
    [[nodiscard]] bool siblings(int a, int b) const {
        if (!tells_parents(a) || !tells_parents(b)) return false;
        bool father = of(a).father != nobody && of(a).father == of(b).father;
        bool mother = of(a).mother != nobody && of(a).mother == of(b).mother;
        return father || mother;
    }

    Population const& all_;
    bool together_;
};

}  // namespace

std::string kinship_on_file(Population const& all, int person, int other) {
    if (person == nobody || other == nobody || person == other) return "";
    return OnFile(all, person, other).relation(person, other);
}

}  // namespace tongban::sim
