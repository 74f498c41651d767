// Checking an application against its item: answers, materials, agreed texts. Pure, apart from what it is
// given.
#pragma once

#include "cases/offers.h"

namespace tongban::cases {

/// The state of an application after checking.
struct Checked {
    json::object answers;  ///< normalised, locked and sourced fields filled by the server
    std::vector<api::MaterialGiven>
        materials;  ///< in the item's order; waived and licences filled in, unasked ones left out
    std::vector<FieldError> wrong;  ///< /answers/<key>, /materials/<key>, /notice, /collection
    forms::Checked form;
    std::vector<Offer> offers;  ///< of check_wholly
};

/// A text agreed to must be the present one, whole: text_is_not_agreed_to, text_is_not_the_present_version.
std::optional<FieldError> check_text(std::optional<api::TextAgreed> const& agreed, catalog::Text const& text,
                                     std::string path);

/// For a draft: only what cannot be right later (unknown keys, wrong types, unlawful ways).
Checked check_partly(Ground const& ground, Known const& known, Json const& answers,
                     std::vector<api::MaterialGiven> const& given);
/// For submission: everything. Codes beside those of forms: material_is_missing, material_is_unknown,
/// material_way_is_not_offered, material_has_no_file, material_has_too_many_files, text_is_not_agreed_to,
/// text_is_not_the_present_version. That a source is down is nothing wrong: another way is open.
Checked check_wholly(Ground const& ground, Known const& known, Json const& answers,
                     std::vector<api::MaterialGiven> const& given, Language language = Language::zh);

/// How the result is taken, and where it is sent: collection_is_missing, delivery_is_missing.
std::optional<FieldError> check_collection(Draft const& draft);

/// The ids of all uploaded files named.
std::vector<FileId> files_of(std::vector<api::MaterialGiven> const& materials);

}  // namespace tongban::cases
