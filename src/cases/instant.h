// Deciding at once (即时办结): by rules that can be explained, only in favour of the applicant, never against
// (个人信息保护法 art. 24: nobody is refused by a machine; whoever asks for a person gets one). Pure.
#pragma once

#include "cases/apply.h"

namespace tongban::cases {

enum class ReasonResult { yes, no, undetermined };
/// Why it was decided at once, or went to a person; kept with the case in both languages.
struct Reason {
    std::string key;
    ReasonResult result = ReasonResult::undetermined;
    forms::Words words;      ///< to the applicant
    forms::Words for_staff;  ///< about the applicant
};

struct AtOnce {
    bool approved = false;
    std::vector<Reason> reasons;  ///< each condition in the item's order, then what else calls for a person
};

/// By whom the applicant wants the decision.
enum class DecidedBy { rules_if_they_can, person };

/// Approved when every condition is yes, and: nothing is disputed, nothing was uploaded or is to be brought
/// (papers are for eyes), no condition of the form is in doubt, no special step is needed, every answer of a
/// register that played a part was given to this application within the last 24 hours, and the applicant did
/// not ask for a person. Else to a person. nullopt for items that are never decided at once.
std::optional<AtOnce> judge_at_once(Ground const& ground, Known const& known, Checked const& checked,
                                    DecidedBy wanted);

}  // namespace tongban::cases
