#include "cases/decide.h"

#include <algorithm>
#include <set>

namespace tongban::cases {

namespace {

Error conflict(std::string code, std::string detail) {
    return Error{ErrorKind::conflict, std::move(code), std::move(detail)};
}

Result<void> open(Case const& found) {
    if (is_closed(found.state)) return conflict("case_already_closed", "这件事已经办完或终止，不能再处理。");
    return {};
}

/// The state in which a window may accept, ask or refuse. Once the limit has passed the law has accepted
/// (art. 32(4)), whether or not the timed job has written it down yet.
Result<void> waiting_for_acceptance(Case const& found, Today const& today) {
    TRY(open(found));
    if (found.state == State::correction)
        return conflict("case_awaits_correction", "已告知补正，正在等申请人。补正交来后再处理。");
    if (found.state != State::received || today.day() > found.accept_by.day)
        return conflict("case_is_already_accepted", "已受理，不能再要求补正，也不能不予受理。");
    return {};
}

/// The state in which a post may give an opinion or decide.
Result<void> under_review(Case const& found) {
    TRY(open(found));
    if (found.state == State::approved || found.state == State::issued)
        return conflict("case_already_decided", "已经作出决定。");
    if (found.state != State::accepted) return conflict("case_is_not_accepted_yet", "还没有受理，不能审查。");
    return {};
}

/// 受审分离. A case deemed accepted was accepted by nobody.
Result<void> not_the_acceptor(Case const& found, StaffId const& by) {
    if (found.accepted_by.empty() || found.accepted_by != by) return {};
    return Error{ErrorKind::forbidden, "reviewer_was_acceptor",
                 "受理和审查要由不同的人办。这件事是您受理的，请转给别人审查。"};
}

bool said(std::string const& text) {
    return !trimmed(text).empty();
}

/// Clocks that start with acceptance on `day`. A promise never exceeds the statutory limit.
void start_review_clock(Case& next, Day day, Today const& today) {
    next.accepted_on = day;
    next.promised = due_after(today.calendar, day, today.limits.promise);
    next.statutory.reset();
    if (!today.limits.statutory) return;
    next.statutory = due_after(today.calendar, day, *today.limits.statutory);
    if (next.statutory->day < next.promised.day) next.promised = *next.statutory;
}

Case touched(Case const& found) {
    Case next = found;
    ++next.version;
    return next;
}

void close(Case& next, State state, Today const& today) {
    next.state = state;
    next.closed_at = today.now;
    next.review_role.clear();
}

}  // namespace

Case decide_receive(Case fresh, Today const& today) {
    fresh.state = State::received;
    fresh.received_at = today.now;
    fresh.accept_from = today.day();
    fresh.accept_by = due_after(today.calendar, fresh.accept_from, today.limits.acceptance);
    fresh.version = 1;
    return fresh;
}

Case decide_at_once(Case const& received, Today const& today) {
    Case next = touched(received);
    next.state = State::approved;
    next.accepted_at = today.now;
    start_review_clock(next, today.day(), today);
    next.decided_at = today.now;
    return next;
}

Result<Case> decide_accept(Case const& found, StaffId const& by, Today const& today) {
    TRY(waiting_for_acceptance(found, today));
    Case next = touched(found);
    next.state = State::accepted;
    next.accepted_at = today.now;
    next.accepted_by = by;
    start_review_clock(next, today.day(), today);
    return next;
}

Result<Case> decide_ask_correction(Case const& found, std::vector<Gap> const& gaps,
                                   std::vector<Gap> const& first, Today const& today) {
    TRY(waiting_for_acceptance(found, today));
    if (gaps.empty())
        return Error{ErrorKind::invalid, "correction_names_no_gap", "请至少写明一处要补正的内容。"};
    std::set<std::string> named;
    for (auto const& gap : gaps)
        if (!named.insert(gap.key).second)
            return Error{ErrorKind::invalid, "gap_is_named_twice", "同一处要补正的内容写了两次，请合并。"};
    if (found.notices > 0) {
        for (auto const& gap : gaps) {
            bool told =
                std::any_of(first.begin(), first.end(), [&](Gap const& f) { return f.key == gap.key; });
            if (!told)
                return conflict("gap_was_not_in_the_first_notice",
                                "第一次告知时没有提出这一处，不能再要求补正。只能重复第一次告知的内容。");
        }
    }
    Case next = touched(found);
    next.state = State::correction;
    next.notices = found.notices + 1;
    next.correction_from = today.day();
    next.correction_by = due_after(today.calendar, today.day(), today.limits.correction);
    return next;
}

Result<Case> decide_answer_correction(Case const& found, Today const& today) {
    if (found.state != State::correction)
        return conflict("case_awaits_no_correction", "这件事现在不需要补正。");
    Case next = touched(found);
    next.state = State::received;
    next.accept_from = today.day();
    next.accept_by = due_after(today.calendar, today.day(), today.limits.acceptance);
    next.correction_from = {};  // that clock has stopped; what it said would later read as silence
    next.correction_by = {};
    return next;
}

Result<Case> decide_refuse(Case const& found, Grounds const& grounds, Today const& today) {
    TRY(waiting_for_acceptance(found, today));
    if (!said(grounds.reason) || !said(grounds.basis))
        return Error{ErrorKind::invalid, "refusal_needs_reason_and_basis", "不予受理要写明理由和依据。"};
    Case next = touched(found);
    close(next, State::not_accepted, today);
    return next;
}

Result<Case> decide_deem_accepted(Case const& found, Today const& today) {
    if (found.state != State::received)
        return conflict("case_is_not_waiting_for_acceptance", "这件事不在等待受理。");
    if (today.day() <= found.accept_by.day) return conflict("limit_has_not_passed", "受理期限还没有到。");
    Case next = touched(found);
    next.state = State::accepted;
    next.accepted_at = today.now;
    next.accepted_by = {};
    start_review_clock(next, found.accept_from, today);
    return next;
}

Result<Case> decide_lapse(Case const& found, Today const& today) {
    if (found.state != State::correction)
        return conflict("case_awaits_no_correction", "这件事现在不需要补正。");
    if (today.day() <= found.correction_by.day) return conflict("limit_has_not_passed", "补正期限还没有到。");
    Case next = touched(found);
    close(next, State::withdrawn, today);
    return next;
}

bool may_withdraw(Case const& found) {
    return found.state == State::received || found.state == State::correction ||
           found.state == State::accepted;
}

Result<Case> decide_withdraw(Case const& found, Today const& today) {
    TRY(open(found));
    if (!may_withdraw(found)) return conflict("case_already_decided", "已经作出决定，不能撤回。");
    Case next = touched(found);
    close(next, State::withdrawn, today);
    return next;
}

Result<void> may_review(Case const& found, StaffId const& by, std::vector<std::string> const& roles,
                        BodyId const& body) {
    TRY(under_review(found));
    bool at_post =
        found.body == body && std::find(roles.begin(), roles.end(), found.review_role) != roles.end();
    if (!at_post) return Error{ErrorKind::forbidden, "case_is_not_at_this_post", "这件事不在您的岗位上。"};
    return not_the_acceptor(found, by);
}

Result<Case> decide_decision(Case const& found, StaffId const& by, FinalVerdict verdict,
                             Grounds const& grounds, Today const& today) {
    TRY(under_review(found));
    TRY(not_the_acceptor(found, by));
    if (verdict == FinalVerdict::deny && (!said(grounds.reason) || !said(grounds.basis)))
        return Error{ErrorKind::invalid, "denial_needs_reason_and_basis", "不予办理要写明理由和依据。"};
    Case next = touched(found);
    next.decided_at = today.now;
    next.decided_by = by;
    next.review_role.clear();
    if (verdict == FinalVerdict::deny)
        close(next, State::denied, today);
    else
        next.state = State::approved;
    return next;
}

Result<Case> decide_conclude(Case const& found, LicenceId const& licence, std::string_view number,
                             Today const& today) {
    if (found.state != State::approved) return conflict("case_is_not_approved", "还没有准予，不能制证。");
    Case next = touched(found);
    next.licence = licence;
    next.licence_number = number;
    next.trouble.clear();
    close(next, State::concluded, today);
    return next;
}

std::optional<Case> decide_recount(Case const& found, Today const& today) {
    Case next = touched(found);
    if (found.state == State::received)
        next.accept_by = due_after(today.calendar, found.accept_from, today.limits.acceptance);
    else if (found.state == State::correction)
        next.correction_by = due_after(today.calendar, found.correction_from, today.limits.correction);
    else if (found.state == State::accepted || found.state == State::approved)
        start_review_clock(next, found.accepted_on, today);
    bool same = next.accept_by == found.accept_by && next.correction_by == found.correction_by &&
                next.promised == found.promised && next.statutory == found.statutory;
    if (same) return std::nullopt;
    return next;
}

}  // namespace tongban::cases
