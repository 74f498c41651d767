// The acts of a post: opinions and the decision. Never by who accepted (受审分离).
#include "cases/desk.h"

namespace tongban::cases {

namespace {

struct AtPost {
    std::vector<process::Step> flow;
    process::Task task;
};

Result<AtPost> at_post(Rooms& rooms, Tx& tx, Opened const& opened) {
    auto flow = TRY(flow_of(*opened.ground.item));
    auto task = TRY(rooms.process.open_task(tx, opened.found.id));
    if (!task)  // a colleague decided between two reads of this transaction
        return Error{ErrorKind::conflict, "case_changed_meanwhile",
                     "这件事刚刚有人处理过，请看过变化再办。您写的内容还在。"};
    return AtPost{std::move(flow), std::move(*task)};
}

/// Whether it lies on the table of whoever acts is told before anything else.
Desk::Gate may_review_it(Actor const& by) {
    return [&by](Case const& found) { return may_review(found, by.staff, by.roles, by.body); };
}

void write_opinion(Tx& tx, Sealer const& sealer, Ground const& ground, Actor const& by, Case const& next,
                   std::string_view verdict, std::string_view text) {
    auto const* staff = ground.picture->staff(by.staff);
    insert_opinion(tx, sealer, next.id, next.version,
                   {ground.now, by.post.text, by.staff.text, std::string(verdict),
                    staff != nullptr ? staff->name : by.staff.text, trimmed(text)});
}

/// 不予: the letter with reason, basis and remedies, and why it was denied.
Result<std::string> write_denial(Tx& tx, Sealer const& sealer, Opened const& opened, Case const& next,
                                 Grounds const& grounds) {
    auto facts = facts_of(opened, next);
    facts.grounds = grounds;
    facts.remedies = remedies_of(opened.ground, next);
    OutcomeRow outcome;
    static_cast<Grounds&>(outcome) = grounds;
    outcome.kind = "denied";
    outcome.remedies = facts.remedies;
    insert_outcome(tx, sealer, next.id, outcome);
    return order_letter(tx, sealer, denial_letter(*opened.ground.item), facts);
}

}  // namespace

Result<api::DeskCase> Review::opine(Actor const& by, std::string_view case_no, api::Opinion const& wish,
                                    std::string_view key, Language language) {
    Asked const asked{by, case_no, "cases.opine", wish.version, key, language};
    auto act = [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& sealer = rooms_.store.sealer();
        auto const& ground = opened.ground;
        auto at = TRY(at_post(rooms_, tx, opened));
        bool back = wish.verdict == api::OpinionVerdict::send_back;
        if (process::is_last(at.flow, opened.found.review_step) && !back)
            return Error{ErrorKind::conflict, "decision_is_due_at_the_last_post",
                         "您是最后一个岗位，请直接作出决定。"};
        auto verdict = back ? process::Verdict::send_back : process::Verdict::agree;
        auto task = TRY(rooms_.process.finish(tx, at.task, by.staff, at.flow, verdict));
        ensure(task.has_value(), "only the last post ends a flow");
        Case next = opened.found;
        ++next.version;
        next.review_role = task->role;
        next.review_step = task->step;
        write_opinion(tx, sealer, ground, by, next, api::to_text(wish.verdict), wish.text);
        insert_event(tx, sealer, next.id,
                     event_of(by, ground, next, back ? "sent_back" : "opinion_given", ""));
        tx.emit({"cases.opinion_given", next.id.text, {{"case", next.id.text}}});
        return Acted{std::move(next), {{"verdict", api::to_text(wish.verdict)}}};
    };
    return desk_.act(asked, act, may_review_it(by));
}

Result<api::DeskCase> Review::decide(Actor const& by, std::string_view case_no, api::Decision const& wish,
                                     std::string_view key, Language language) {
    Asked const asked{by, case_no, "cases.decide", wish.version, key, language};
    auto act = [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& sealer = rooms_.store.sealer();
        auto const& ground = opened.ground;
        auto at = TRY(at_post(rooms_, tx, opened));
        if (!process::is_last(at.flow, opened.found.review_step))
            return Error{ErrorKind::conflict, "case_is_not_at_the_last_post", "后面还有岗位，请先提出意见。"};
        bool denied = wish.verdict == api::DecisionVerdict::deny;
        Grounds grounds{trimmed(wish.reason.value_or("")), trimmed(wish.basis.value_or("")), ""};
        auto next =
            TRY(decide_decision(opened.found, by.staff, denied ? FinalVerdict::deny : FinalVerdict::approve,
                                grounds, ground.today()));
        TRY(rooms_.process.finish(tx, at.task, by.staff, at.flow, process::Verdict::agree));
        auto letter = denied
                          ? TRY(write_denial(tx, sealer, opened, next, grounds))
                          : order_letter(tx, sealer, approval_letter(*ground.item), facts_of(opened, next));
        write_opinion(tx, sealer, ground, by, next, api::to_text(wish.verdict), wish.opinion);
        std::string kind = denied ? "denied" : "approved";
        insert_event(tx, sealer, next.id, event_of(by, ground, next, kind, letter));
        rooms_.notify.send(tx, message_of(next, ground, "cases." + kind));
        tx.emit({"cases." + kind, next.id.text, {{"case", next.id.text}}});
        return Acted{std::move(next), {{"verdict", kind}}};
    };
    return desk_.act(asked, act, may_review_it(by));
}

}  // namespace tongban::cases
