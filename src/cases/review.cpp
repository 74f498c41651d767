// The acts of a post: opinions and the decision. Never by who accepted (受审分离).
#include "cases/desk.h"

namespace tongban::cases {

namespace {

struct AtPost {
    Case found;
    Ground ground;
    std::vector<process::Step> flow;
    process::Task task;
};

Result<AtPost> at_post(Rooms& rooms, Tx& tx, Actor const& by, Case found, std::int64_t version) {
    TRY(may_review(found, by.staff, by.roles, by.body));
    TRY(same_version(found, version));
    auto ground = TRY(ground_for(rooms, found.item, found.item_version));
    auto flow = TRY(flow_of(*ground.item));
    auto task = TRY(rooms.process.open_task(tx, found.id));
    ensure(task.has_value(), "an accepted case has a task");
    return AtPost{std::move(found), std::move(ground), std::move(flow), std::move(*task)};
}

void write_opinion(Tx& tx, Sealer const& sealer, Ground const& ground, Actor const& by, Case const& next,
                   std::string_view verdict, std::string_view text) {
    auto const* staff = ground.picture->staff(by.staff);
    insert_opinion(tx, sealer, next.id, next.version,
                   {ground.now, by.post.text, by.staff.text, std::string(verdict),
                    staff != nullptr ? staff->name : by.staff.text, trimmed(text)});
}

std::string_view verdict_name(api::OpinionVerdict verdict) {
    return api::to_text(verdict);
}

}  // namespace

Result<api::DeskCase> Review::opine(Actor const& by, std::string_view case_no, api::Opinion const& wish,
                                    std::string_view key, Language language) {
    auto const& sealer = rooms_.store.sealer();
    {
        auto tx = TRY(rooms_.store.begin());
        auto found = TRY(desk_.in_scope(*tx, by, case_no));
        auto first = TRY(tx->first_answer(by.text(), "cases.opine", key));
        if (!first) {
            auto at = TRY(at_post(rooms_, *tx, by, std::move(found), wish.version));
            if (process::is_last(at.flow, at.found.review_step) &&
                wish.verdict != api::OpinionVerdict::send_back)
                return Error{ErrorKind::conflict, "decision_is_due_at_the_last_post",
                             "您是最后一个岗位，请直接作出决定。"};
            auto verdict = wish.verdict == api::OpinionVerdict::send_back ? process::Verdict::send_back
                                                                          : process::Verdict::agree;
            auto opened = TRY(rooms_.process.finish(*tx, at.task, by.staff, at.flow, verdict));
            ensure(opened.has_value(), "only the last post ends a flow");
            Case next = at.found;
            ++next.version;
            next.review_role = opened->role;
            next.review_step = opened->step;
            save_case(*tx, next, at.ground.limits, at.ground.now);
            write_opinion(*tx, sealer, at.ground, by, next, verdict_name(wish.verdict), wish.text);
            bool back = wish.verdict == api::OpinionVerdict::send_back;
            insert_event(*tx, sealer, next.id,
                         {next.version, at.ground.now, back ? "sent_back" : "opinion_given", by.text(),
                          acting_name(*at.ground.picture, by), "", ""});
            tx->audit({by.text(), "cases.opine", next.id.text, {{"verdict", verdict_name(wish.verdict)}}});
            tx->keep_answer(by.text(), "cases.opine", key, next.case_no);
            tx->emit({"cases.opinion_given", next.id.text, {{"case", next.id.text}}});
            TRY(tx->commit());
        }
    }
    return desk_.show(by, case_no, language);
}

Result<api::DeskCase> Review::decide(Actor const& by, std::string_view case_no, api::Decision const& wish,
                                     std::string_view key, Language language) {
    auto const& sealer = rooms_.store.sealer();
    {
        auto tx = TRY(rooms_.store.begin());
        auto found = TRY(desk_.in_scope(*tx, by, case_no));
        auto first = TRY(tx->first_answer(by.text(), "cases.decide", key));
        if (!first) {
            auto at = TRY(at_post(rooms_, *tx, by, std::move(found), wish.version));
            auto const& ground = at.ground;
            if (!process::is_last(at.flow, at.found.review_step))
                return Error{ErrorKind::conflict, "case_is_not_at_the_last_post",
                             "后面还有岗位，请先提出意见。"};
            bool denied = wish.verdict == api::DecisionVerdict::deny;
            Grounds grounds{trimmed(wish.reason.value_or("")), trimmed(wish.basis.value_or("")), ""};
            auto next =
                TRY(decide_decision(at.found, by.staff, denied ? FinalVerdict::deny : FinalVerdict::approve,
                                    grounds, ground.today()));
            TRY(rooms_.process.finish(*tx, at.task, by.staff, at.flow, process::Verdict::agree));
            std::string letter_id;
            if (denied) {
                auto party = TRY(load_party(*tx, sealer, next.id, "applicant"));
                LetterFacts facts{next, ground, party, TRY(load_query_code(*tx, sealer, next.id))};
                facts.grounds = grounds;
                facts.remedies = remedies_of(ground, next);
                letter_id = TRY(order_letter(*tx, sealer, "denial", facts)).id;
                OutcomeRow outcome;
                static_cast<Grounds&>(outcome) = grounds;
                outcome.kind = "denied";
                outcome.remedies = facts.remedies;
                insert_outcome(*tx, sealer, next.id, outcome);
            }
            save_case(*tx, next, ground.limits, ground.now);
            write_opinion(*tx, sealer, ground, by, next, api::to_text(wish.verdict), wish.opinion);
            std::string kind = denied ? "denied" : "approved";
            insert_event(
                *tx, sealer, next.id,
                {next.version, ground.now, kind, by.text(), acting_name(*ground.picture, by), letter_id, ""});
            rooms_.notify.send(*tx, {next.applicant,
                                     "cases." + kind,
                                     "/cases/" + next.case_no,
                                     {{"item", next.item_name}, {"case_no", next.case_no}},
                                     next.id.text + ":" + kind});
            tx->audit({by.text(), "cases.decide", next.id.text, {{"verdict", kind}}});
            tx->keep_answer(by.text(), "cases.decide", key, next.case_no);
            tx->emit({"cases." + kind, next.id.text, {{"case", next.id.text}}});
            TRY(tx->commit());
        }
    }
    return desk_.show(by, case_no, language);
}

}  // namespace tongban::cases
