// `tongban doctor`: looks at everything a site stands on, and says in plain words what is wrong and what to
// do. It changes nothing, and runs beside a server.
#pragma once

#include "app/house.h"

namespace tongban::app {

enum class Health { good, attention, bad };
std::string_view to_text(Health health);

struct Words {
    std::string zh, en;
};

/// What was found at one place. `fix` is empty where nothing is to be done.
struct Finding {
    std::string check;  ///< data_folder, keys, disk_space, database …
    Health health = Health::good;
    Words says, fix;
};

/// In the order one would look. What cannot be looked at because of an earlier finding is left out.
std::vector<Finding> examine(HouseOptions const& options, Clock const& clock);

Health worst(std::vector<Finding> const& findings);
std::string report(std::vector<Finding> const& findings, std::string_view language);  ///< zh or en
Json report_json(std::vector<Finding> const& findings, Instant at);

}  // namespace tongban::app
