// What `doctor` says of what lies outside the program: the region's pack, departments and the gateway for
// SMS.
#pragma once

#include "app/doctor.h"
#include "cases/cases.h"

namespace tongban::app {

inline void good(std::vector<Finding>& all, std::string check, std::string zh, std::string en) {
    all.push_back({std::move(check), Health::good, {std::move(zh), std::move(en)}, {}});
}

/// Asks each source that tells of its health, all at once, three seconds at most; the others are told of by
/// what is kept of them. A source that fails keeps nobody from applying, so it is `bad` only after a day.
void look_at_sources(std::vector<Finding>& all, House& house, Clock const& clock);
/// The letters that this program can order and the packs imported so far have no template for: so it is after
/// an upgrade, until the pack that came with the program is imported too.
std::vector<cases::LetterForm> letters_without_template(House& house);
void look_at_letters(std::vector<Finding>& all, House& house);
/// What waits to be handed to the gateway, and since when.
void look_at_sms(std::vector<Finding>& all, House& house, Clock const& clock);

}  // namespace tongban::app
