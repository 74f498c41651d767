// Drafts and submission: what a resident does before there is a case.
#pragma once

#include "cases/apply.h"
#include "cases/views.h"

namespace tongban::cases {

class Drafts {
public:
    Drafts(Rooms& rooms, CaseNumbers& numbers) : rooms_(rooms), numbers_(numbers) {}
    /// Refuses: item_is_unknown, item_is_not_available_here, real_name_level_is_too_low, too_many_drafts.
    Result<api::Draft> open(Actor const& by, api::NewDraft const& wish, std::string_view key);
    Result<api::Drafts> mine(Actor const& by);
    Result<api::Draft> show(Actor const& by, std::string_view id);  ///< refuses: draft_is_unknown
    /// Refuses: draft_changed_meanwhile, answers_have_errors (fields), file_is_unknown.
    Result<api::Draft> save(Actor const& by, std::string_view id, api::DraftSave const& wish);
    Result<void> drop(Actor const& by, std::string_view id);
    Result<api::DraftCheck> check(Actor const& by, std::string_view id);
    /// The draft becomes a case. Refuses: draft_changed_meanwhile, application_is_incomplete (fields).
    /// Repeated, it gives the first receipt.
    Result<api::Receipt> submit(Actor const& by, std::string_view id, api::Submission const& wish,
                                Language language);
    Result<api::Receipt> receipt(Actor const& by, std::string_view case_no, Language language);

private:
    struct Ready;
    Result<Draft> own(Reader& reader, Actor const& by, std::string_view id);
    Result<api::Draft> view(Reader& reader, Actor const& by, Draft const& draft);
    Result<Ready> make_ready(Reader& reader, Actor const& by, Draft const& draft,
                             std::optional<api::TextAgreed> const& declaration);
    Result<void> put(Actor const& by, Ready const& ready, api::Submission const& wish);
    Result<api::Receipt> receipt_of(Reader& reader, Case const& found, Language language);

    Rooms& rooms_;
    CaseNumbers& numbers_;
};

}  // namespace tongban::cases
