// The person's own yes to what a window filled in for them, as law: (confirmation, answer, now) -> the
// answered one, or the refusal. A clerk is nobody's agent: only what the person confirmed, exactly as it
// stands, is handed in. Pure.
#pragma once

#include "cases/rows.h"

namespace tongban::cases {

/// data/confirmation.json, each figure with its reason.
struct ConfirmLimits {
    std::chrono::minutes screen{}, code{};  ///< how long an asking lasts
    int wrong_codes_max = 0;                ///< of one code
    int codes_max = 0;                      ///< of one application
    static ConfirmLimits embedded();
};

/// As the desk sees it. void_now: confirmed, but what was shown has changed since. over: too late.
enum class ConfirmState { none, waiting, confirmed, wrong, void_now, over };
/// `present`: the mark of what would be shown now.
ConfirmState confirm_state(std::optional<Confirmation> const& newest, std::string_view present, Instant now);

/// Refuses: too_many_codes.
Result<void> may_send_code(std::int64_t sent_before, ConfirmLimits const& limits);

enum class PersonsWord { right, wrong };
struct Answered {
    PersonsWord word = PersonsWord::right;
    std::string shown;                    ///< the mark of what the person read
    std::vector<api::TextAgreed> agreed;  ///< of right: the texts
    std::string note;                     ///< of wrong: what is
};
Error confirmation_is_over();

/// Of the one that stands; repeated, the same answer gives the same. Refuses: confirmation_is_over,
/// draft_changed_meanwhile.
Result<Confirmation> decide_answer(Confirmation const& newest, Answered const& answered,
                                   std::string_view present, Instant now);
/// Every text that was shown, each the present one. Refuses: text_is_not_agreed_to,
/// text_is_not_the_present_version.
Result<void> all_are_agreed(std::vector<api::TextAgreed> const& shown,
                            std::vector<api::TextAgreed> const& agreed);

/// `tries`: with this one. Refuses: confirmation_is_over, confirmation_code_is_wrong.
enum class CodeGiven { fits, does_not_fit };
Result<void> may_take_code(Confirmation const& newest, CodeGiven given, std::int64_t tries,
                           ConfirmLimits const& limits, Instant now);

/// Refuses: not_confirmed_by_the_person.
Result<void> may_hand_in(std::optional<Confirmation> const& newest, std::string_view present);

}  // namespace tongban::cases
