// 窗口收件: a clerk files for the person at the counter. Any window takes any item; who is responsible
// follows from the region asked, not from the hall. The clerk writes, the person confirms.
#pragma once

#include "cases/confirm.h"
#include "cases/drafts.h"
#include "cases/mine.h"

namespace tongban::cases {

class Intake {
public:
    Intake(Rooms& rooms, Drafts& drafts) : rooms_(rooms), drafts_(drafts) {}
    /// Refuses: person_is_not_named, and what identity and Drafts::open refuse.
    Result<api::Draft> open(Actor const& by, api::NewIntake const& wish, std::string_view key,
                            Language language);
    /// Of the own hall, whoever began it.
    Result<api::Intakes> unfinished(Actor const& by, Language language);
    /// As Drafts::show; whoever did not begin it leaves a line in who looked.
    Result<api::Draft> show(Actor const& by, std::string_view id, Language language);
    Result<Mine::Content> file(Actor const& by, std::string_view id, std::string_view file);

private:
    Result<PersonId> person_of(Tx& tx, Actor const& by, api::NewIntake const& wish);
    Rooms& rooms_;
    Drafts& drafts_;
};

/// The person's yes, asked for by a clerk, given on the second screen or by a code sent to their phone.
class Confirmations {
public:
    Confirmations(Rooms& rooms, Drafts& drafts) : rooms_(rooms), drafts_(drafts) {}
    /// Refuses: draft_is_unknown, application_is_incomplete, no_consent_is_needed, too_many_codes,
    /// sms_is_not_available.
    Result<api::ConfirmationAsked> ask(Actor const& by, std::string_view id,
                                       api::ConfirmationWish const& wish);
    Result<api::ConfirmationTold> state(Actor const& by, std::string_view id, std::string_view about);
    /// Refuses: confirmation_code_is_wrong (counted), confirmation_is_over, draft_changed_meanwhile.
    Result<api::ConfirmationTold> give_code(Actor const& by, std::string_view id,
                                            api::ConfirmationCode const& wish);
    /// Whoever holds the token. Refuses: confirmation_is_over.
    Result<api::ToConfirm> read(std::string_view token, Language language);
    /// Refuses: confirmation_is_over, draft_changed_meanwhile, text_is_not_agreed_to,
    /// text_is_not_the_present_version.
    Result<api::ConfirmationTold> answer(Actor const& by, std::string_view token,
                                         api::PersonsAnswer const& wish);

private:
    struct Open;
    Result<Open> open(Reader& reader, std::string_view token);
    Result<std::string> send_code(Tx& tx, Confirmation const& asked, Draft const& draft,
                                  std::string const& code);
    Result<void> keep(Tx& tx, Actor const& by, Open const& open, Confirmation const& answered);
    [[nodiscard]] std::string mark(Confirmation const& asked, Draft const& draft,
                                   Standing const& standing) const;
    Rooms& rooms_;
    Drafts& drafts_;
    ConfirmLimits limits_ = ConfirmLimits::embedded();
};

}  // namespace tongban::cases
