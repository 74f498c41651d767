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

}  // namespace

Result<Opened> open_case(Rooms& rooms, Tx& tx, Case found) {
    auto const& sealer = rooms.store.sealer();
    auto ground = TRY(ground_for(rooms, found.item, found.item_version));
    auto party = TRY(load_party(tx, sealer, found.id, "applicant"));
    auto agent = TRY(maybe_party(tx, sealer, found.id, "agent"));
    auto code = TRY(load_query_code(tx, sealer, found.id));
    return Opened{std::move(found), std::move(ground), std::move(party), agent ? agent->name : "",
                  std::move(code)};
}

notify::Message message_of(Case const& next, Ground const& ground, std::string kind, json::object more) {
    auto const* body = ground.picture->body(next.body);
    more["item"] = next.item_name;
    more["case_no"] = next.case_no;
    more["body"] = body != nullptr ? body->short_name : "";
    auto key = next.id.text + ":" + kind + ":" + std::to_string(next.version);
    json::object english{{"item", item_name(next, ground, Language::en)}};
    if (body != nullptr) english["body"] = ground.picture->in(Language::en).body(body->id)->short_name;
    return {next.applicant,  std::move(kind), "/cases/" + next.case_no,
            std::move(more), std::move(key),  std::move(english)};
}

LetterFacts facts_of(Opened const& opened, Case const& next) {
    LetterFacts facts{next, opened.ground, opened.applicant, opened.query_code};
    facts.agent = opened.agent;
    return facts;
}

EventRow event_of(Actor const& by, Ground const& ground, Case const& next, std::string kind,
                  std::string letter) {
    return {next.version,      ground.now, std::move(kind), by.text(), acting_name(*ground.picture, by),
            std::move(letter), ""};
}

Result<api::DeskCase> Desk::act(Asked const& asked, Act const& act, Gate const& gate) {
    auto const who = asked.by.text();
    {
        auto tx = TRY(rooms_.store.begin());
        hold_case(*tx, asked.case_no);
        auto found = TRY(in_scope(*tx, asked.by, asked.case_no));
        auto first = TRY(tx->first_answer(who, asked.verb, asked.key));
        if (!first) {
            if (gate) TRY(gate(found));
            TRY(same_version(found, asked.version));
            auto opened = TRY(open_case(rooms_, *tx, std::move(found)));
            auto acted = TRY(act(*tx, opened));
            save_case(*tx, acted.next, opened.ground.limits, opened.ground.now);
            tx->audit({who, std::string(asked.verb), acted.next.id.text, std::move(acted.facts)});
            tx->keep_answer(who, asked.verb, asked.key, acted.next.case_no);
            TRY(tx->commit());
        }
    }
    return show(asked.by, asked.case_no, asked.language);
}

Result<api::DeskCase> Desk::accept(Actor const& by, std::string_view case_no, api::Acceptance const& wish,
                                   std::string_view key, Language language) {
    Asked const asked{by, case_no, "cases.accept", wish.version, key, language};
    return act(asked, [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& sealer = rooms_.store.sealer();
        auto const& ground = opened.ground;
        auto next = TRY(decide_accept(opened.found, by.staff, ground.today()));
        auto task = TRY(rooms_.process.begin(tx, next.id, next.body, TRY(flow_of(*ground.item))));
        next.review_role = task.role;
        next.review_step = task.step;
        auto letter = order_letter(tx, sealer, "acceptance", facts_of(opened, next));
        auto event = event_of(by, ground, next, "accepted", letter);
        event.note = wish.note.value_or("");
        insert_event(tx, sealer, next.id, event);
        cancel_clocks(tx, next.id);
        rooms_.notify.send(tx,
                           message_of(next, ground, "cases.accepted", {{"due", to_text(next.promised.day)}}));
        tx.emit({"cases.accepted", next.id.text, {{"case", next.id.text}}});
        return Acted{std::move(next)};
    });
}

Result<api::DeskCase> Desk::ask_correction(Actor const& by, std::string_view case_no,
                                           api::CorrectionNotice const& wish, std::string_view key,
                                           Language language) {
    Asked const asked{by, case_no, "cases.ask_correction", wish.version, key, language};
    return act(asked, [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& sealer = rooms_.store.sealer();
        auto const& ground = opened.ground;
        auto const& id = opened.found.id;
        auto rounds = TRY(load_applications(tx, sealer, id));
        auto gaps = TRY(read_gaps(ground, rounds.back(), wish.gaps));
        auto earlier = TRY(load_corrections(tx, sealer, id));
        auto told = earlier.empty() ? std::vector<Gap>{} : earlier.front().gaps;
        auto next = TRY(decide_ask_correction(opened.found, gaps, told, ground.today()));
        auto facts = facts_of(opened, next);
        facts.gaps = gaps;
        auto letter = order_letter(tx, sealer, "correction", facts);
        CorrectionRow row;
        row.notice = next.notices;
        row.asked_at = ground.now;
        row.gaps = gaps;
        row.letter = letter;
        insert_correction(tx, sealer, id, row);
        insert_event(tx, sealer, id, event_of(by, ground, next, "correction_asked", letter));
        tx.cancel("cases.acceptance_due", id.text);
        tx.plan("cases.correction_due", id.text, start_of(next.correction_by.day + std::chrono::days{1}));
        rooms_.notify.send(tx, message_of(next, ground, "cases.correction_asked",
                                          {{"due", to_text(next.correction_by.day)},
                                           {"count", std::to_string(gaps.size())}}));
        tx.emit({"cases.correction_asked", id.text, {{"case", id.text}}});
        return Acted{std::move(next), {{"gaps", gaps.size()}}};
    });
}

Result<api::DeskCase> Desk::refuse(Actor const& by, std::string_view case_no, api::Refusal const& wish,
                                   std::string_view key, Language language) {
    Asked const asked{by, case_no, "cases.refuse", wish.version, key, language};
    return act(asked, [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& sealer = rooms_.store.sealer();
        auto const& ground = opened.ground;
        Grounds grounds{trimmed(wish.reason), trimmed(wish.basis), trimmed(wish.right_body.value_or(""))};
        auto next = TRY(decide_refuse(opened.found, grounds, ground.today()));
        auto facts = facts_of(opened, next);
        facts.grounds = grounds;
        facts.remedies = remedies_of(ground, next);
        auto letter = order_letter(tx, sealer, "not_accepted", facts);
        OutcomeRow outcome;
        static_cast<Grounds&>(outcome) = grounds;
        outcome.kind = "not_accepted";
        outcome.remedies = facts.remedies;
        insert_outcome(tx, sealer, next.id, outcome);
        insert_event(tx, sealer, next.id, event_of(by, ground, next, "not_accepted", letter));
        cancel_clocks(tx, next.id);
        rooms_.notify.send(tx, message_of(next, ground, "cases.not_accepted"));
        tx.emit({"cases.not_accepted", next.id.text, {{"case", next.id.text}}});
        return Acted{std::move(next)};
    });
}

Result<Bytes> Desk::preview(Actor const& by, std::string_view case_no, api::Preview const& wish) {
    auto const& sealer = rooms_.store.sealer();
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(in_scope(*reader, by, case_no));
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    // A preview is a screen like others: whole values are a click with a reason (Desk::reveal).
    auto party = masked_applicant(*ground.item, TRY(load_party(*reader, sealer, found.id, "applicant")));
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
            kind = denial_letter(*ground.item);
            break;
        case api::PreviewAct::approve:
            return preview_licence(rooms_, found, ground, party, rounds.back());
        case api::PreviewAct::extend:
            next =
                TRY(decide_extend(found, {static_cast<int>(wish.days.value_or(0)), grounds.reason}, today));
            kind = "extension";
            break;
    }
    LetterFacts facts{next, ground, party, code};
    if (kind == "extension") {
        auto approver = has_role(by, "head") ? acting_name(*ground.picture, by) : "（待批准）";
        facts.more = extension_words(found, next, ground, approver);
    }
    facts.gaps = gaps;
    facts.grounds = grounds;
    facts.remedies = remedies_of(ground, next);
    reader.reset();
    return rooms_.licences.letter(
        {letter_template(kind), next.body, letter_values(kind, facts), licences::LetterOrder::Seal::preview});
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
    // What was looked at is told to the person by the labels that they know.
    std::vector<std::string> what{"applicant"}, what_en{"applicant"};
    for (auto const& line : forms::lines(ground.item->form, rounds.back().answers)) {
        if (masked_text(*ground.item, line.text.zh, line.kind, Audience::staff) == line.text.zh) continue;
        values[line.path.substr(1)] = line.text.zh;
        what.push_back(line.label.zh);
        what_en.push_back(chosen(line.label, Language::en));
    }
    auto const licences = whole_licences(rounds.back());
    for (auto const& [key, value] : licences) values[key] = value;
    if (!licences.empty())
        for (auto* told : {&what, &what_en}) told->emplace_back("licence.face");
    rooms_.identity.record_access(*tx, {found.applicant, by.text(), by.body, trimmed(wish.reason), "duty",
                                        found.case_no, std::move(what), "", "", std::move(what_en)});
    tx->audit({by.text(), "cases.reveal", found.id.text, {}});
    TRY(tx->commit());
    return api::Revealed{values};
}

Result<void> Desk::record_look(Actor const& by, Case const& found, std::vector<std::string> what) {
    auto tx = TRY(rooms_.store.begin());
    auto item = TRY(rooms_.catalog.item(found.item, found.item_version));
    rooms_.identity.record_access(
        *tx, {found.applicant, by.text(), by.body, "办理“" + found.item_name + "”", "duty", found.case_no,
              std::move(what), "", handling_in_english(*item)});
    return tx->commit();
}

Result<Mine::Content> Desk::file(Actor const& by, std::string_view case_no, std::string_view file) {
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(in_scope(*reader, by, case_no));
    auto wanted = TRY(rooms_.files.file(*reader, FileId{std::string(file)}));
    if (wanted.attached_to != found.id.text)
        return Error{ErrorKind::not_found, "file_is_unknown", "没有这个文件。"};
    reader.reset();
    auto bytes = TRY(rooms_.files.bytes(wanted));
    TRY(record_look(by, found, {"case.file"}));
    return Mine::Content{std::move(wanted), std::move(bytes)};
}

Result<Bytes> Desk::letter(Actor const& by, std::string_view case_no, std::string_view letter) {
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(in_scope(*reader, by, case_no));
    auto wanted = TRY(load_letter(*reader, rooms_.store.sealer(), found.id, letter));
    if (wanted.row.state != "ready")
        return Error{ErrorKind::conflict, "letter_is_not_ready", "这份文书正在制作，请稍后再看。"};
    auto file = TRY(rooms_.files.file(*reader, FileId{wanted.row.file}));
    reader.reset();
    auto bytes = TRY(rooms_.files.bytes(file));
    TRY(record_look(by, found, {"case.letter"}));
    return bytes;
}

}  // namespace tongban::cases
