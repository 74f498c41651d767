// The law of the lifecycle: (case, command, today) -> next case, or the refusal. Pure.
// Refusals in order of precedence are listed per function; the codes are API codes.
#pragma once

#include "cases/model.h"

namespace tongban::cases {

/// What every rule may look at beside the case.
struct Today {
    Instant now{};
    Calendar const& calendar;
    Limits const& limits;
    [[nodiscard]] Day day() const { return beijing_day(now); }
};

/// Filed, but papers are to be brought to a window: no clock of the office runs yet, the applicant's does.
Case decide_submit(Case fresh, Today const& today);

/// 收件 at any window: every paper that was to be brought has come, and with the last of them the acceptance
/// limit starts. Refuses: case_already_closed, case_awaits_no_papers, time_to_bring_has_passed,
/// papers_are_missing.
Result<Case> decide_receive_papers(Case const& found, std::vector<std::string> const& asked,
                                   std::vector<std::string> const& received, Today const& today);

/// Not brought within the time told: deemed withdrawn. Refuses: case_awaits_no_papers, limit_has_not_passed
/// (neither has a provisional one, whatever its day).
Result<Case> decide_not_brought(Case const& found, Today const& today);

/// On-line filing is receipt (architecture §5.9): the acceptance limit starts, its first day not counted.
Case decide_receive(Case fresh, Today const& today);

/// Received, accepted and approved in one breath by the rules (即时办结). Whether they may is judge_at_once's
/// to say.
Case decide_at_once(Case const& received, Today const& today);

/// 受理, 行政许可法 art. 32(5). Refuses: case_already_closed, case_awaits_papers, case_awaits_correction,
/// case_is_already_accepted (also by the limit's passing).
Result<Case> decide_accept(Case const& found, StaffId const& by, Today const& today);

/// 一次性告知, art. 32(4): once, all gaps; a second notice may only repeat gaps of the first.
/// Refuses: case_already_closed, case_awaits_papers, case_awaits_correction, case_is_already_accepted,
/// correction_names_no_gap, gap_is_named_twice, gap_was_not_in_the_first_notice.
Result<Case> decide_ask_correction(Case const& found, std::vector<Gap> const& gaps,
                                   std::vector<Gap> const& first, Today const& today);

/// The applicant answers all gaps at once; the acceptance limit runs anew from today (architecture §6).
/// Refuses: case_awaits_no_correction.
Result<Case> decide_answer_correction(Case const& found, Today const& today);

/// 不予受理, art. 32(1)(2). Refuses: case_already_closed, case_awaits_papers, case_awaits_correction,
/// case_is_already_accepted, refusal_needs_reason_and_basis.
Result<Case> decide_refuse(Case const& found, Grounds const& grounds, Today const& today);

/// No word within the limit: deemed accepted from the day the materials came (art. 32(4), last clause).
/// Refuses: case_is_not_waiting_for_acceptance, limit_has_not_passed.
Result<Case> decide_deem_accepted(Case const& found, Today const& today);

/// No correction within the time told: deemed withdrawn. Refuses: case_awaits_no_correction,
/// limit_has_not_passed (neither has a provisional one, whatever its day).
Result<Case> decide_lapse(Case const& found, Today const& today);

/// Until the decision the applicant may withdraw. Refuses: case_already_closed, case_already_decided.
Result<Case> decide_withdraw(Case const& found, Today const& today);

/// May this member of staff review? 受审分离: never who accepted. Refuses: case_already_closed,
/// case_already_decided, case_is_not_accepted_yet, case_is_not_at_this_post, reviewer_was_acceptor.
Result<void> may_review(Case const& found, StaffId const& by, std::vector<std::string> const& roles,
                        BodyId const& body);

/// 特别程序 begins, told in writing (行政许可法 art. 45): whether its days count is the item's to say; if
/// not, the clock rests from the day after. Refuses: case_already_closed, case_already_decided,
/// case_is_not_accepted_yet, special_step_is_open, special_step_is_unknown, special_step_has_passed,
/// planned_day_is_out_of_time (not before today, not after the step's own limit).
Result<Case> decide_start_special(Case const& found, std::string_view step, Day planned_on,
                                  Today const& today);

/// Its record (art. 34: two officers or more): the clock goes on with what was left. A step that failed may
/// be repeated. Refuses: case_already_closed, case_already_decided, case_is_not_accepted_yet,
/// special_step_is_not_open, officers_are_too_few, officer_is_named_twice, reviewer_was_acceptor,
/// record_is_out_of_time, findings_are_incomplete.
Result<Case> decide_record_special(Case const& found, std::string_view step, SpecialRecord const& record,
                                   Today const& today);

/// 延期: how much longer, and why.
struct Extension {
    int working_days = 0;
    std::string_view reason;
};

/// 请示延期: whoever reviews asks the head; nothing changes for the clock. Whether it lies at that post is
/// may_review's to say. Refuses: case_already_closed, case_already_decided, case_is_not_accepted_yet,
/// case_was_extended_already, limit_has_passed_already, extension_days_are_out_of_range,
/// extension_needs_reason, extension_is_asked_already.
Result<Case> decide_ask_extension(Case const& found, Extension const& asked, Today const& today);

/// 延期 by the head's approval, asked for or not, once, at most the item's days (art. 42: ten working days),
/// told with its reason. Refuses: case_already_closed, case_already_decided, case_is_not_accepted_yet,
/// case_was_extended_already, limit_has_passed_already, extension_days_are_out_of_range,
/// extension_needs_reason.
Result<Case> decide_extend(Case const& found, Extension const& given, Today const& today);

/// The head does not agree; it may be asked again. Refuses: case_already_closed, case_already_decided,
/// case_is_not_accepted_yet, extension_is_not_asked, declining_needs_reason.
Result<Case> decide_decline_extension(Case const& found, std::string_view reason, Today const& today);

/// The promised day if the limit were that many working days longer (0: not extended). For screens.
Due due_with_extension(Case const& found, int working_days, Today const& today);

/// The last post decides. Whether it lies at that post is may_review's to say. Refuses: case_already_closed,
/// case_already_decided, case_is_not_accepted_yet, reviewer_was_acceptor, special_step_is_open,
/// special_step_is_missing (no approval before every special step has passed),
/// denial_needs_reason_and_basis (art. 38).
Result<Case> decide_decision(Case const& found, StaffId const& by, FinalVerdict verdict,
                             Grounds const& grounds, Today const& today);

/// The licence exists. Electronic, it is served by that (令716 arts. 8–12) and the case is concluded; a card,
/// or a result to be fetched or sent, is issued and waits for service within ten working days of the decision
/// (行政许可法 art. 44). Refuses: case_is_not_approved.
Result<Case> decide_conclude(Case const& found, LicenceId const& licence, std::string_view number,
                             Today const& today);

/// 送达, with its record. Who refuses to take it has been served too, and the record says so. Refuses:
/// case_already_closed, case_is_not_issued, card_is_not_served_electronically, service_names_no_recipient,
/// service_is_out_of_time (before the decision, or not yet).
Result<Case> decide_serve(Case const& found, ServiceGiven const& given, Today const& today);

/// New dates after a calendar year became known; nullopt when nothing changes.
std::optional<Case> decide_recount(Case const& found, Today const& today);

/// May the applicant still withdraw? For screens.
bool may_withdraw(Case const& found);

}  // namespace tongban::cases
