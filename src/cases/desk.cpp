// The acts of a window. Each: one transaction with the case, its history, the letter, the message, audit and
// event.
#include "cases/desk.h"

#include <algorithm>

namespace tongban::cases {

namespace {

/// Labels from the item, and only what belongs to this case can be a gap.
Result<std::vector<Gap>> read_gaps(Ground const& ground, Application const& present,
                                   std::vector<api::GapTold> const& told) {
    auto lines = forms::lines(ground.item->form, present.answers);
    std::vector<Gap> gaps;
    std::vector<FieldError> wrong;
    for (auto const& one : told) {
        std::string label;
        if (one.key.starts_with("material:"))
            for (auto const& material : ground.item->materials)
                if ("material:" + material.key == one.key) label = material.name;
        for (auto const& line : lines)
            if ("field:" + line.path.substr(1) == one.key && !line.locked) label = line.label.zh;
        if (label.empty())
            wrong.push_back({"/gaps/" + std::to_string(gaps.size()), "gap_names_nothing_of_this_case",
                             "这件申请里没有这一项。"});
        gaps.push_back({one.key, label, trimmed(one.problem), trimmed(one.remedy)});
    }
    if (!wrong.empty())
        return Error{ErrorKind::invalid, "gap_names_nothing_of_this_case", "有的补正内容不属于这件申请。",
                     wrong};
    return gaps;
}

struct Opened {
    Case found;
    Ground ground;
    Party applicant;
    std::string query_code;
};

Result<Opened> open_case(Rooms& rooms, Tx& tx, Case found, std::int64_t version) {
    TRY(same_version(found, version));
    auto const& sealer = rooms.store.sealer();
    auto ground = TRY(ground_for(rooms, found.item, found.item_version));
    auto party = TRY(load_party(tx, sealer, found.id, "applicant"));
    auto code = TRY(load_query_code(tx, sealer, found.id));
    return Opened{std::move(found), std::move(ground), std::move(party), std::move(code)};
}

/// A preview is a screen like others: whole values are a click with a reason (Desk::reveal).
Party masked(Party party) {
    party.name = mask_name(party.name);
    party.id_number = mask_id_number(party.id_number);
    party.phone = mask_phone(party.phone);
    return party;
}

notify::Message message(Case const& next, std::string kind, json::object more = {}) {
    more["item"] = next.item_name;
    more["case_no"] = next.case_no;
    auto key = next.id.text + ":" + kind + ":" + std::to_string(next.version);
    return {next.applicant, std::move(kind), "/cases/" + next.case_no, std::move(more), std::move(key)};
}

}  // namespace

Result<api::DeskCase> Desk::accept(Actor const& by, std::string_view case_no, api::Acceptance const& wish,
                                   std::string_view key, Language language) {
    auto const& sealer = rooms_.store.sealer();
    {
        auto tx = TRY(rooms_.store.begin());
        auto found = TRY(in_scope(*tx, by, case_no));
        auto first = TRY(tx->first_answer(by.text(), "cases.accept", key));
        if (!first) {
            auto opened = TRY(open_case(rooms_, *tx, found, wish.version));
            auto const& ground = opened.ground;
            auto next = TRY(decide_accept(opened.found, by.staff, ground.today()));
            auto task = TRY(rooms_.process.begin(*tx, next.id, next.body, TRY(flow_of(*ground.item))));
            next.review_role = task.role;
            next.review_step = task.step;
            auto letter = TRY(
                order_letter(*tx, sealer, "acceptance", {next, ground, opened.applicant, opened.query_code}));
            save_case(*tx, next, ground.limits, ground.now);
            insert_event(*tx, sealer, next.id,
                         {next.version, ground.now, "accepted", by.text(), acting_name(*ground.picture, by),
                          letter.id, wish.note.value_or("")});
            cancel_clocks(*tx, next.id);
            rooms_.notify.send(*tx,
                               message(next, "cases.accepted", {{"due", chinese_date(next.promised.day)}}));
            tx->audit({by.text(), "cases.accept", next.id.text, {}});
            tx->keep_answer(by.text(), "cases.accept", key, next.case_no);
            tx->emit({"cases.accepted", next.id.text, {{"case", next.id.text}}});
            TRY(tx->commit());
        }
    }
    return show(by, case_no, language);
}

Result<api::DeskCase> Desk::ask_correction(Actor const& by, std::string_view case_no,
                                           api::CorrectionNotice const& wish, std::string_view key,
                                           Language language) {
    auto const& sealer = rooms_.store.sealer();
    {
        auto tx = TRY(rooms_.store.begin());
        auto found = TRY(in_scope(*tx, by, case_no));
        auto first = TRY(tx->first_answer(by.text(), "cases.ask_correction", key));
        if (!first) {
            auto opened = TRY(open_case(rooms_, *tx, found, wish.version));
            auto const& ground = opened.ground;
            auto rounds = TRY(load_applications(*tx, sealer, found.id));
            auto gaps = TRY(read_gaps(ground, rounds.back(), wish.gaps));
            auto earlier = TRY(load_corrections(*tx, sealer, found.id));
            auto told = earlier.empty() ? std::vector<Gap>{} : earlier.front().gaps;
            auto next = TRY(decide_ask_correction(opened.found, gaps, told, ground.today()));
            LetterFacts facts{next, ground, opened.applicant, opened.query_code};
            facts.gaps = gaps;
            auto letter = TRY(order_letter(*tx, sealer, "correction", facts));
            save_case(*tx, next, ground.limits, ground.now);
            CorrectionRow row;
            row.notice = next.notices;
            row.asked_at = ground.now;
            row.gaps = gaps;
            row.letter = letter.id;
            insert_correction(*tx, sealer, next.id, row);
            insert_event(*tx, sealer, next.id,
                         {next.version, ground.now, "correction_asked", by.text(),
                          acting_name(*ground.picture, by), letter.id, ""});
            tx->cancel("cases.acceptance_due", next.id.text);
            tx->plan("cases.correction_due", next.id.text,
                     start_of(next.correction_by.day + std::chrono::days{1}));
            rooms_.notify.send(*tx, message(next, "cases.correction_asked",
                                            {{"due", chinese_date(next.correction_by.day)},
                                             {"count", std::to_string(gaps.size())}}));
            tx->audit({by.text(), "cases.ask_correction", next.id.text, {{"gaps", gaps.size()}}});
            tx->keep_answer(by.text(), "cases.ask_correction", key, next.case_no);
            tx->emit({"cases.correction_asked", next.id.text, {{"case", next.id.text}}});
            TRY(tx->commit());
        }
    }
    return show(by, case_no, language);
}

Result<api::DeskCase> Desk::refuse(Actor const& by, std::string_view case_no, api::Refusal const& wish,
                                   std::string_view key, Language language) {
    auto const& sealer = rooms_.store.sealer();
    {
        auto tx = TRY(rooms_.store.begin());
        auto found = TRY(in_scope(*tx, by, case_no));
        auto first = TRY(tx->first_answer(by.text(), "cases.refuse", key));
        if (!first) {
            auto opened = TRY(open_case(rooms_, *tx, found, wish.version));
            auto const& ground = opened.ground;
            Grounds grounds{trimmed(wish.reason), trimmed(wish.basis), trimmed(wish.right_body.value_or(""))};
            auto next = TRY(decide_refuse(opened.found, grounds, ground.today()));
            LetterFacts facts{next, ground, opened.applicant, opened.query_code};
            facts.grounds = grounds;
            facts.remedies = remedies_of(ground, next);
            auto letter = TRY(order_letter(*tx, sealer, "not_accepted", facts));
            save_case(*tx, next, ground.limits, ground.now);
            OutcomeRow outcome;
            static_cast<Grounds&>(outcome) = grounds;
            outcome.kind = "not_accepted";
            outcome.remedies = facts.remedies;
            insert_outcome(*tx, sealer, next.id, outcome);
            insert_event(*tx, sealer, next.id,
                         {next.version, ground.now, "not_accepted", by.text(),
                          acting_name(*ground.picture, by), letter.id, ""});
            cancel_clocks(*tx, next.id);
            rooms_.notify.send(*tx, message(next, "cases.not_accepted"));
            tx->audit({by.text(), "cases.refuse", next.id.text, {}});
            tx->keep_answer(by.text(), "cases.refuse", key, next.case_no);
            tx->emit({"cases.not_accepted", next.id.text, {{"case", next.id.text}}});
            TRY(tx->commit());
        }
    }
    return show(by, case_no, language);
}

Result<Bytes> Desk::preview(Actor const& by, std::string_view case_no, api::Preview const& wish) {
    auto const& sealer = rooms_.store.sealer();
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(in_scope(*reader, by, case_no));
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    auto party = masked(TRY(load_party(*reader, sealer, found.id, "applicant")));
    auto rounds = TRY(load_applications(*reader, sealer, found.id));
    std::string code = "——";  // the applicant's own key to the case
    auto today = ground.today();
    Grounds grounds{wish.reason.value_or("　"), wish.basis.value_or("　"), wish.right_body.value_or("")};
    std::vector<Gap> gaps;
    if (wish.gaps) gaps = TRY(read_gaps(ground, rounds.back(), *wish.gaps));
    Case next = found;
    std::string kind;
    switch (wish.act) {
        case api::PreviewAct::accept:
            next = TRY(decide_accept(found, by.staff, today));
            kind = "acceptance";
            break;
        case api::PreviewAct::correct:
            next = TRY(decide_ask_correction(found, gaps, gaps, today));
            kind = "correction";
            break;
        case api::PreviewAct::refuse:
            next = TRY(decide_refuse(found, grounds, today));
            kind = "not_accepted";
            break;
        case api::PreviewAct::deny:
            next = TRY(decide_decision(found, by.staff, FinalVerdict::deny, grounds, today));
            kind = "denial";
            break;
        case api::PreviewAct::approve:
            return preview_licence(rooms_, found, ground, party, rounds.back());
    }
    LetterFacts facts{next, ground, party, code};
    facts.gaps = gaps;
    facts.grounds = grounds;
    facts.remedies = remedies_of(ground, next);
    reader.reset();
    return rooms_.licences.letter({letter_template(kind), next.body, letter_values(kind, facts, ""),
                                   licences::LetterOrder::Seal::preview});
}

Result<api::Revealed> Desk::reveal(Actor const& by, std::string_view case_no, api::Reveal const& wish) {
    auto const& sealer = rooms_.store.sealer();
    auto tx = TRY(rooms_.store.begin());
    auto found = TRY(in_scope(*tx, by, case_no));
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    auto party = TRY(load_party(*tx, sealer, found.id, "applicant"));
    auto rounds = TRY(load_applications(*tx, sealer, found.id));
    json::object values{{"applicant.name", party.name},
                        {"applicant.id_number", party.id_number},
                        {"applicant.phone", party.phone}};
    std::vector<std::string> what{"applicant"};
    for (auto const& page : answer_pages(ground, {rounds.back()}, Audience::staff, Language::zh))
        for (auto const& row : page.rows)
            if (row.masked.value_or(false)) what.push_back(row.key);
    for (auto const& line : forms::lines(ground.item->form, rounds.back().answers))
        if (std::find(what.begin(), what.end(), line.path.substr(1)) != what.end())
            values[line.path.substr(1)] = line.text.zh;
    rooms_.identity.record_access(
        *tx, {found.applicant, by.text(), by.body, trimmed(wish.reason), "duty", found.case_no, what});
    tx->audit({by.text(), "cases.reveal", found.id.text, {}});
    TRY(tx->commit());
    return api::Revealed{values};
}

Result<Mine::Content> Desk::file(Actor const& by, std::string_view case_no, std::string_view file) {
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(in_scope(*reader, by, case_no));
    auto wanted = TRY(rooms_.files.file(*reader, FileId{std::string(file)}));
    if (wanted.attached_to != found.id.text)
        return Error{ErrorKind::not_found, "file_is_unknown", "没有这个文件。"};
    auto bytes = TRY(rooms_.files.bytes(wanted));
    return Mine::Content{std::move(wanted), std::move(bytes)};
}

Result<Bytes> Desk::letter(Actor const& by, std::string_view case_no, std::string_view letter) {
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(in_scope(*reader, by, case_no));
    auto wanted = TRY(load_letter(*reader, rooms_.store.sealer(), found.id, letter));
    if (wanted.row.state != "ready")
        return Error{ErrorKind::conflict, "letter_is_not_ready", "这份文书正在制作，请稍后再看。"};
    auto file = TRY(rooms_.files.file(*reader, FileId{wanted.row.file}));
    return rooms_.files.bytes(file);
}

}  // namespace tongban::cases
