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
    if (found.state == State::submitted)
        return conflict("case_awaits_papers", "材料还没有交到窗口，收件后再处理。");
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

Result<void> no_special_step_open(Case const& found) {
    if (found.special) return conflict("special_step_is_open", "特殊环节正在进行，有了结果再办。");
    return {};
}

bool said(std::string const& text) {
    return !trimmed(text).empty();
}

/// A limit that runs from acceptance: rests of special procedures left out, the extension put behind.
Due review_due(Case const& next, Limit limit, Today const& today) {
    auto due = due_with_pauses(today.calendar, next.accepted_on, limit, next.pauses);
    if (next.extension == 0) return due;
    std::vector<Pause> later;
    for (auto const& pause : next.pauses)
        if (pause.from > due.day) later.push_back(pause);
    auto longer = due_with_pauses(today.calendar, due.day, {next.extension, LimitUnit::working_day}, later);
    longer.provisional = longer.provisional || due.provisional;
    return longer;
}

/// Clocks that start with acceptance. A promise never exceeds the statutory limit.
void count_review_clock(Case& next, Today const& today) {
    next.promised = review_due(next, today.limits.promise, today);
    next.statutory.reset();
    if (!today.limits.statutory) return;
    next.statutory = review_due(next, *today.limits.statutory, today);
    if (next.statutory->day < next.promised.day) next.promised = *next.statutory;
}

SpecialRule const* rule_of(Limits const& limits, std::string_view step) {
    for (auto const& rule : limits.special)
        if (rule.key == step) return &rule;
    return nullptr;
}

bool has_passed(Case const& found, std::string_view step) {
    return std::find(found.special_passed.begin(), found.special_passed.end(), step) !=
           found.special_passed.end();
}

/// Whose turn the first special step is that has not passed yet.
std::string awaited_role(Case const& found, Limits const& limits) {
    for (auto const& rule : limits.special)
        if (!has_passed(found, rule.key)) return rule.role;
    return {};
}

/// 行政许可法 art. 42: once, before the limit has passed, at most the item's days, with a reason.
Result<void> may_be_extended(Case const& found, Extension const& wish, Today const& today) {
    TRY(under_review(found));
    if (found.extension > 0) return conflict("case_was_extended_already", "只能延长一次，已经延长过。");
    auto last = found.statutory ? found.statutory->day : found.promised.day;
    bool rests = found.special && found.special->clock_rests;
    if (!rests && today.day() > last) return conflict("limit_has_passed_already", "期限已过，不能再延长。");
    if (wish.working_days < 1 || wish.working_days > today.limits.extension_days_max)
        return Error{ErrorKind::invalid, "extension_days_are_out_of_range",
                     "最多可以延长 " + std::to_string(today.limits.extension_days_max) + " 个工作日。"};
    if (!said(std::string(wish.reason)))
        return Error{ErrorKind::invalid, "extension_needs_reason", "延期要写明理由。"};
    return {};
}

void start_review(Case& next, Day day, Today const& today) {
    next.accepted_on = day;
    next.special_role = awaited_role(next, today.limits);
    count_review_clock(next, today);
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
    next.special_role.clear();
    next.special.reset();
    next.extension_asked = 0;
}

/// A provisional day ends nothing to the applicant's loss: holidays not announced yet may make it later.
bool has_passed(Due const& until, Today const& today) {
    return !until.provisional && today.day() > until.day;
}

}  // namespace

Case decide_submit(Case fresh, Today const& today) {
    fresh.state = State::submitted;
    fresh.received_at = today.now;
    fresh.submitted_on = fresh.accept_from = today.day();
    fresh.bring_by =
        due_after(today.calendar, today.day(), today.limits.bringing.value_or(today.limits.correction));
    fresh.accept_by = fresh.bring_by;  // nothing runs yet; the column is never empty
    fresh.version = 1;
    return fresh;
}

Result<Case> decide_receive_papers(Case const& found, std::vector<std::string> const& asked,
                                   std::vector<std::string> const& received, Today const& today) {
    TRY(open(found));
    if (found.state != State::submitted)
        return conflict("case_awaits_no_papers", "这件事不等材料，或者材料已经收过了。");
    if (has_passed(found.bring_by, today))
        return conflict("time_to_bring_has_passed", "已过交材料的期限，申请视为撤回，可以重新申请。");
    for (auto const& key : asked)
        if (std::find(received.begin(), received.end(), key) == received.end())
            return Error{ErrorKind::invalid, "papers_are_missing", "要交的材料还没有齐，请逐份核对勾选。"};
    Case next = touched(found);
    next.state = State::received;
    next.received_at = today.now;
    next.accept_from = today.day();
    next.accept_by = due_after(today.calendar, today.day(), today.limits.acceptance);
    return next;
}

Result<Case> decide_not_brought(Case const& found, Today const& today) {
    if (found.state != State::submitted)
        return conflict("case_awaits_no_papers", "这件事不等材料，或者材料已经收过了。");
    if (!has_passed(found.bring_by, today)) return conflict("limit_has_not_passed", "交材料的期限还没有到。");
    Case next = touched(found);
    close(next, State::withdrawn, today);
    return next;
}

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
    start_review(next, today.day(), today);
    next.decided_at = today.now;
    return next;
}

Result<Case> decide_accept(Case const& found, StaffId const& by, Today const& today) {
    TRY(waiting_for_acceptance(found, today));
    Case next = touched(found);
    next.state = State::accepted;
    next.accepted_at = today.now;
    next.accepted_by = by;
    start_review(next, today.day(), today);
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
    start_review(next, found.accept_from, today);
    return next;
}

Result<Case> decide_lapse(Case const& found, Today const& today) {
    if (found.state != State::correction)
        return conflict("case_awaits_no_correction", "这件事现在不需要补正。");
    if (!has_passed(found.correction_by, today))
        return conflict("limit_has_not_passed", "补正期限还没有到。");
    Case next = touched(found);
    close(next, State::withdrawn, today);
    return next;
}

bool may_withdraw(Case const& found) {
    return found.state == State::submitted || found.state == State::received ||
           found.state == State::correction || found.state == State::accepted;
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
    TRY(no_special_step_open(found));
    if (verdict == FinalVerdict::approve && !found.special_role.empty())
        return conflict("special_step_is_missing", "还有特殊环节没有做完或没有通过，不能准予。");
    if (verdict == FinalVerdict::deny && (!said(grounds.reason) || !said(grounds.basis)))
        return Error{ErrorKind::invalid, "denial_needs_reason_and_basis", "不予办理要写明理由和依据。"};
    Case next = touched(found);
    next.decided_at = today.now;
    next.decided_by = by;
    next.review_role.clear();
    next.extension_asked = 0;
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
    if (found.collection == "electronic" && !today.limits.has_card) {
        close(next, State::concluded, today);
        return next;
    }
    next.state = State::issued;
    next.serve_by =
        due_after(today.calendar, beijing_day(found.decided_at.value_or(today.now)), today.limits.service);
    return next;
}

Result<Case> decide_serve(Case const& found, ServiceGiven const& given, Today const& today) {
    TRY(open(found));
    if (found.state != State::issued)
        return conflict("case_is_not_issued", "结果还没有制作好，现在不能送达。");
    if (given.method == ServiceMethod::electronic && today.limits.has_card)
        return conflict("card_is_not_served_electronically", "卡证要当面交付或者邮寄，不能电子送达。");
    if (!said(given.recipient))
        return Error{ErrorKind::invalid, "service_names_no_recipient", "请写明谁收到。"};
    if (given.at > today.now || (found.decided_at && given.at < *found.decided_at))
        return Error{ErrorKind::invalid, "service_is_out_of_time",
                     "送达时间不对：不能早于决定，也不能是将来。"};
    Case next = touched(found);
    close(next, State::concluded, today);
    return next;
}

Result<Case> decide_start_special(Case const& found, std::string_view step, Day planned_on,
                                  Today const& today) {
    TRY(under_review(found));
    TRY(no_special_step_open(found));
    auto const* rule = rule_of(today.limits, step);
    if (rule == nullptr) return conflict("special_step_is_unknown", "这个事项没有这个特殊环节。");
    if (has_passed(found, step)) return conflict("special_step_has_passed", "这个环节已经通过，不用再做。");
    SpecialOpen open{rule->key, today.day(), rule->limit, due_after(today.calendar, today.day(), rule->limit),
                     !rule->counts_in_limit};
    if (planned_on < today.day() || planned_on > open.by.day)
        return Error{ErrorKind::invalid, "planned_day_is_out_of_time",
                     "计划日期要在今天和这个环节的期限之间。"};
    Case next = touched(found);
    next.special_role = rule->role;
    next.special = std::move(open);
    return next;
}

Result<Case> decide_record_special(Case const& found, std::string_view step, SpecialRecord const& record,
                                   Today const& today) {
    TRY(under_review(found));
    auto const* rule = rule_of(today.limits, step);
    if (!found.special || found.special->step != step || rule == nullptr)
        return conflict("special_step_is_not_open", "这个环节没有开始，或者已经有了结果。");
    if (record.officers.size() < static_cast<std::size_t>(rule->officers))
        return Error{ErrorKind::invalid, "officers_are_too_few",
                     "这个环节至少要 " + std::to_string(rule->officers) + " 人到场。"};
    std::set<StaffId> named;
    for (auto const& officer : record.officers) {
        if (!named.insert(officer).second)
            return Error{ErrorKind::invalid, "officer_is_named_twice", "同一个人写了两次。"};
        TRY(not_the_acceptor(found, officer));
    }
    if (record.ended_at < record.began_at || record.ended_at > today.now ||
        beijing_day(record.began_at) < found.special->from)
        return Error{ErrorKind::invalid, "record_is_out_of_time",
                     "起止时间不对：不能早于告知，也不能是将来。"};
    for (auto const& key : rule->findings)
        if (std::count(record.findings.begin(), record.findings.end(), key) != 1)
            return Error{ErrorKind::invalid, "findings_are_incomplete", "每一项核查内容都要写明结果。"};
    Case next = touched(found);
    if (record.conclusion == Conclusion::pass) next.special_passed.push_back(rule->key);
    next.special_role = awaited_role(next, today.limits);
    if (found.special->clock_rests) next.pauses.push_back({found.special->from, today.day()});
    next.special.reset();
    count_review_clock(next, today);
    return next;
}

Result<Case> decide_ask_extension(Case const& found, Extension const& asked, Today const& today) {
    TRY(may_be_extended(found, asked, today));
    if (found.extension_asked > 0)
        return conflict("extension_is_asked_already", "已经请示延期，正在等负责人批。");
    Case next = touched(found);
    next.extension_asked = asked.working_days;
    return next;
}

Result<Case> decide_extend(Case const& found, Extension const& given, Today const& today) {
    TRY(may_be_extended(found, given, today));
    Case next = touched(found);
    next.extension = given.working_days;
    next.extension_asked = 0;
    count_review_clock(next, today);
    return next;
}

Result<Case> decide_decline_extension(Case const& found, std::string_view reason, Today const&) {
    TRY(under_review(found));
    if (found.extension_asked == 0)
        return conflict("extension_is_not_asked", "没有人请示延期，或者已经批过了。");
    if (!said(std::string(reason)))
        return Error{ErrorKind::invalid, "declining_needs_reason", "不同意延期要写明理由。"};
    Case next = touched(found);
    next.extension_asked = 0;
    return next;
}

Due due_with_extension(Case const& found, int working_days, Today const& today) {
    Case next = found;
    next.extension = working_days;
    count_review_clock(next, today);
    return next.promised;
}

std::optional<Case> decide_recount(Case const& found, Today const& today) {
    Case next = touched(found);
    if (found.state == State::received)
        next.accept_by = due_after(today.calendar, found.accept_from, today.limits.acceptance);
    else if (found.state == State::correction)
        next.correction_by = due_after(today.calendar, found.correction_from, today.limits.correction);
    else if (found.state == State::submitted)
        next.bring_by = due_after(today.calendar, found.submitted_on,
                                  today.limits.bringing.value_or(today.limits.correction));
    else if (found.state == State::issued)
        next.serve_by = due_after(today.calendar, beijing_day(found.decided_at.value_or(today.now)),
                                  today.limits.service);
    else if (found.state == State::accepted || found.state == State::approved)
        count_review_clock(next, today);
    if (next.special) next.special->by = due_after(today.calendar, next.special->from, next.special->limit);
    bool same = next.accept_by == found.accept_by && next.correction_by == found.correction_by &&
                next.promised == found.promised && next.statutory == found.statutory &&
                next.bring_by == found.bring_by && next.serve_by == found.serve_by &&
                next.special == found.special;
    if (same) return std::nullopt;
    return next;
}

}  // namespace tongban::cases
