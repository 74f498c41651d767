// Drafts and submission: what is done before there is a case, by a resident on line or by a clerk at a window
// for the person in front of the counter.
#pragma once

#include "cases/asking.h"
#include "cases/data_views.h"
#include "cases/left_drafts.h"

namespace tongban::cases {

/// For whom a draft is opened, and by which way.
struct Filing {
    PersonId person;                 ///< the applicant, or who acts for the firm
    std::string channel = "online";  ///< online, window
    StaffId filer{};                 ///< of window
    HallId hall{};                   ///< of window
};
/// A resident for themselves; a clerk's draft names its person by hand.
Filing own_filing(Actor const& by);

/// A draft as it stands now: its item, what is known for it, what would be handed in.
struct Standing {
    Ground ground;
    Known known;
    Checked checked;
};
/// What would be handed in, as screens show an application; disputes without their tickets.
Application application_of(Draft const& draft, Standing const& standing);

/// A draft that became a case.
struct Submitted {
    api::Receipt receipt;
    std::optional<store::Durability> durability{};  ///< the receipt holds once this does; none: it does
};

/// Every verb works for whoever may: the resident on own drafts of the channel online, a clerk on drafts of
/// the own hall of the channel window.
class Drafts {
public:
    Drafts(Rooms& rooms, CaseNumbers& numbers) : rooms_(rooms), numbers_(numbers), asking_(rooms) {}
    /// Refuses: item_is_unknown, item_is_not_available_here, real_name_level_is_too_low, too_many_drafts,
    /// firm_is_missing, no_firm_is_asked, and what identity.acting_for refuses.
    Result<api::Draft> open(Actor const& by, Filing const& filing, api::NewDraft const& wish,
                            std::string_view key, Language language);
    /// The same within the transaction of whoever found the person.
    Result<Draft> open_in(Tx& tx, Actor const& by, Filing const& filing, api::NewDraft const& wish);
    Result<api::Drafts> mine(Actor const& by, Language language);
    /// Also goes on with questions that have their parameters now. Refuses: draft_is_unknown.
    Result<api::Draft> show(Actor const& by, std::string_view id, Language language);
    /// Refuses: draft_changed_meanwhile, answers_have_errors (fields), file_is_unknown.
    Result<api::Draft> save(Actor const& by, std::string_view id, api::DraftSave const& wish,
                            Language language);
    /// Keeps the consent, asks the registers, waits a little. Refuses: text_is_not_the_present_version,
    /// no_consent_is_needed, consent_is_the_persons (from a window).
    Result<api::Draft> ask(Actor const& by, std::string_view id, api::DataWish const& wish,
                           Language language);
    Result<void> drop(Actor const& by, std::string_view id);
    /// Erases some of those that nobody finished in their days (left_drafts.h); true: more may be left.
    Result<bool> erase_left(Tx& tx);
    Result<api::DraftCheck> check(Actor const& by, std::string_view id);
    /// The draft becomes a case. Refuses: draft_changed_meanwhile, application_is_incomplete (fields),
    /// not_confirmed_by_the_person (of a window). Repeated, it gives the first receipt. No thread waits for
    /// the disk here: the crowd that submits at once would otherwise be as many threads.
    Result<Submitted> submit(Actor const& by, std::string_view id, api::Submission const& wish,
                             Language language);
    /// The receipt of what was submitted all the same, though its commit told this; else the same again.
    Result<api::Receipt> receipt_despite(Error const& told, Actor const& by, std::string_view id,
                                         Language language);
    Result<api::Receipt> receipt(Actor const& by, std::string_view case_no, Language language);
    /// The draft, if it is theirs who asks. Refuses: draft_is_unknown.
    Result<Draft> own(Reader& reader, Actor const& by, std::string_view id);
    /// What stand() will ask, as far as it is known before the draft is read: for who calls it next.
    void foresee_standing(Reader& reader, Actor const& by, std::string_view id) const;
    Result<Standing> stand(Reader& reader, Draft const& draft, Language language = Language::zh);
    /// Everything that submission would refuse, but the person's confirmation at a window.
    std::vector<FieldError> faults(Draft const& draft, Standing const& standing);
    Result<api::Draft> view(Reader& reader, Draft const& draft, Language language);
    /// The person's consent, told on the second screen or by a code.
    Result<void> consent(Tx& tx, Actor const& by, Draft const& draft, Standing const& standing,
                         api::TextAgreed const& agreed);
    /// The consent to a draft was withdrawn: what was answered on it is erased.
    Result<void> forget(Tx& tx, std::string_view draft);

private:
    struct Ready;
    Result<Ground> ground(Draft const& draft);
    Result<std::vector<files::File>> look_at_files(Reader& reader, Actor const& by, Draft const& draft,
                                                   std::vector<FileId> const& ids);
    Result<void> find_parties(Reader& reader, Ready& ready);
    Result<Case> case_from(Ready const& ready);
    Result<void> take_confirmation(Reader& reader, Ready& ready);
    Result<Ready> make_ready(Reader& reader, Actor const& by, Draft found, api::Submission const& wish);
    Result<store::Durability> put(Actor const& by, Ready& ready, api::Submission const& wish);
    Result<void> put_application(Tx& tx, Ready& ready);
    void put_receipt(Tx& tx, Actor const& by, Ready const& ready);
    void put_waiting(Tx& tx, Ready const& ready);
    void put_decision(Tx& tx, Ready const& ready);
    Result<api::Receipt> receipt_of(Reader& reader, Case const& found, Language language);
    static api::Receipt fresh_receipt(Ready ready, Language language);

    void erase(Tx& tx, Draft const& draft, std::string_view by);

    Rooms& rooms_;
    CaseNumbers& numbers_;
    Asking asking_;
};

/// Whoever may see the receipt: the applicant, or the hall where the case was filed at a window.
bool is_filed_by(Case const& found, Actor const& by);

}  // namespace tongban::cases
