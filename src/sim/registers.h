// What each register answers, in the words of the catalogue (packs/demo-city/exchange/resources.json); how a
// department says it stands in departments.cpp. Read by many threads; nothing changes after it is made.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "sim/population.h"

namespace tongban::sim {

using Parameters = std::map<std::string, std::string>;

struct Finding {
    enum class Kind { found, none, mismatch };
    Kind kind = Kind::none;
    /// Fields of the resource and the parameters that were asked. Days as 2006-05-18, lists of texts.
    json::object record{};
};

class Registers {
public:
    explicit Registers(Population const& all) : all_(all) {}
    /// `today` decides what grows: months, ages, whether a certificate still stands.
    [[nodiscard]] Finding ask(std::string_view resource, Parameters const& asked, Day today) const;
    /// Every record of a resource that is given as a list (enrolment, disability), with id_number and name.
    [[nodiscard]] std::vector<json::object> list(std::string_view resource, Day today) const;
    /// The same question about somebody else of whom something is known; none if there is nobody.
    [[nodiscard]] Finding ask_about_another(std::string_view resource, Parameters const& asked,
                                            Day today) const;
    [[nodiscard]] Population const& population() const { return all_; }

private:
    Population const& all_;
};

/// What `other` is to `person` by what is on file: spouse, father … or "". Within one household everything is
/// on file.
std::string kinship_on_file(Population const& all, int person, int other);

}  // namespace tongban::sim
