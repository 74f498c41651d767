// What follows by itself: letters and licences made, limits that pass, dates recounted.
#pragma once

#include "cases/letters.h"

namespace tongban::cases {

class Follow {
public:
    explicit Follow(Rooms& rooms) : rooms_(rooms) {}
    Result<void> make_licence(CaseId const& id);            ///< slow; idempotent
    Result<void> acceptance_due(Tx& tx, CaseId const& id);  ///< deemed accepted
    Result<void> correction_due(Tx& tx, CaseId const& id);  ///< deemed withdrawn
    /// A register answered after the application was handed in: told in the history and beside the field.
    Result<void> answer_came(Tx& tx, json::object const& body);
    /// A source answered a 纠错: the person is told, and the history of a case that is open.
    Result<void> dispute_answered(Tx& tx, json::object const& body);
    /// What was issued on a case of ours is revoked: the holder gets the decision (撤销决定书).
    Result<void> licence_revoked(Tx& tx, LicenceId const& id);
    Result<void> papers_remind(Tx& tx, CaseId const& id);  ///< three days before the last to bring papers
    Result<void> papers_due(Tx& tx, CaseId const& id);     ///< papers not brought: deemed withdrawn
    Result<void> recount();                                ///< after a calendar year became known

private:
    Result<void> conclude(CaseId const& id, licences::Issued const& issued);
    Result<void> wait_for_service(Tx& tx, Ground const& ground, Case const& next);
    Result<void> trouble(CaseId const& id, std::string const& code);
    Rooms& rooms_;
};

/// The face of the licence: the item's mapping over the answers. Refuses: licence_face_is_undetermined.
Result<std::vector<licences::FaceRow>> face_of(Ground const& ground, Party const& applicant,
                                               Application const& application);
Result<Bytes> preview_licence(Rooms& rooms, Case const& found, Ground const& ground, Party const& applicant,
                              Application const& application);
std::string trouble_words(std::string_view code, Language language);

}  // namespace tongban::cases
