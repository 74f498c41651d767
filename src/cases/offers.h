// How each paper may come in this application, and why: from the item's ways, what the registers said, and
// the licences the applicant holds. Pure.
#pragma once

#include "cases/known.h"
#include "cases/views.h"

namespace tongban::cases {

struct Offer {
    catalog::Material const* material = nullptr;
    std::vector<api::Way> ways;  ///< that stand open now, in the item's order
    api::Way chosen = api::Way::upload;
    std::string because;                      ///< why it is waived, why not, or what stands for it
    std::optional<licences::Held> licence{};  ///< when that way stands open
};

/// Of the papers asked now. Undetermined is asked for: a paper too many can be left out by a person, a paper
/// missing cannot be made up. Undetermined never waives.
std::vector<Offer> offers(Ground const& ground, Known const& known, rules::Context const& context,
                          std::vector<api::MaterialGiven> const& given, Language language);

bool is_asked(catalog::Material const& material, rules::Context const& context);
bool is_open(Offer const& offer, api::Way way);
/// What keeps a condition from having an answer: the first datum it reads that no source settled, as one
/// sentence; empty when there is none.
std::string unsettled_words(Known const& known, rules::Expression const& condition, Audience audience,
                            Language language);
/// What became of a datum, as one sentence.
std::string outcome_words(DatumState const& state, Audience audience, Language language);

}  // namespace tongban::cases
