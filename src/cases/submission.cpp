// Submission: the draft becomes a case. On-line filing is receipt (architecture §5.9). What the rules can
// decide in the applicant's favour is decided in the same transaction.
#include "cases/burden.h"
#include "cases/drafts.h"
#include "cases/letters.h"

namespace tongban::cases {

struct Drafts::Ready {
    Draft draft;
    Ground ground;
    Known known;
    Checked checked;
    Case fresh;
    std::string query_code;
    Party applicant;
    std::optional<Party> agent;  ///< who acts for a firm
    std::optional<AtOnce> verdict;
};

namespace {

constexpr std::string_view rules_actor = "system:rules";

Error incomplete(std::vector<FieldError> wrong) {
    return Error{ErrorKind::invalid, "application_is_incomplete",
                 "还有" + std::to_string(wrong.size()) + "处要改，改好再提交。您填的内容没有丢。",
                 std::move(wrong)};
}

Error changed_meanwhile() {
    return Error{ErrorKind::conflict, "draft_changed_meanwhile",
                 "这份草稿在另一台设备上改过。请先看最新的内容。"};
}

void agree(Tx& tx, CaseId const& id, api::TextAgreed const& text, Instant at) {
    insert_agreement(tx, id, {text.key, text.version, text.hash, at});
}

std::map<std::string, AnswerSource> sources_of(Ground const& ground, Known const& known,
                                               forms::Checked const& form) {
    std::map<std::string, AnswerSource> sources;
    for (auto const& key : form.sourced) {
        auto const* state = datum_of(known, ground.item->form.field(key)->source);
        if (state == nullptr || state->answers.size() != 1) continue;
        auto const& answer = state->answers.front();
        sources[key] = {state->datum->key, source_name(*state->datum, Language::zh),
                        source_name(*state->datum, Language::en), answer.answered_at, answer.data_at};
    }
    return sources;
}

std::string reasons_text(AtOnce const& verdict) {
    std::string text;
    for (auto const& reason : verdict.reasons) text += (text.empty() ? "" : "；") + reason.words.zh;
    return text;
}

}  // namespace

bool is_filed_by(Case const& found, Actor const& by) {
    if (by.kind == ActorKind::staff)
        return found.channel == "window" && !by.hall.empty() && found.hall == by.hall;
    return found.applicant == by.person;
}

Result<Drafts::Ready> Drafts::make_ready(Reader& reader, Actor const& by, Draft const& draft,
                                         api::Submission const& wish) {
    Ready ready{draft, TRY(ground(draft)), {}, {}, {}, random_digits(6), {}, {}, {}};
    auto const& item = *ready.ground.item;
    ready.known = TRY(asking_.known(reader, ready.ground, draft));
    ready.checked = check_wholly(ready.ground, ready.known, draft.answers, draft.materials);
    auto& wrong = ready.checked.wrong;
    if (auto error = check_text(draft.notice, item.notice, "/notice")) wrong.push_back(*error);
    if (auto error = check_text(wish.declaration, item.declaration, "/declaration")) wrong.push_back(*error);
    if (auto error = check_collection(draft)) wrong.push_back(*error);
    if (!wrong.empty()) return incomplete(wrong);
    TRY(rooms_.files.look(reader, by, files_of(ready.checked.materials)));
    auto person = TRY(rooms_.identity.person(reader, draft.person));
    ready.applicant = {person.id, person.name, person.id_number, person.phone};
    if (!draft.firm.empty()) {
        auto acting = TRY(rooms_.identity.acting_for(reader, draft.person, draft.firm));
        ready.agent = ready.applicant;
        ready.applicant = {person.id, acting.firm.name, acting.firm.uscc, person.phone};
    }
    auto body = TRY(rooms_.catalog.issuer(item, draft.region));
    auto const* hall = ready.ground.picture->hall_of(draft.region);
    if (hall == nullptr)
        return Error{ErrorKind::conflict, "item_is_not_available_here",
                     "这个地方还没有受理窗口，请打12345问一问。"};
    Case fresh;
    fresh.id = CaseId{draft.id};
    fresh.item = item.code;
    fresh.item_version = item.version;
    fresh.item_name = item.name;
    fresh.applicant = draft.person;
    fresh.region = draft.region;
    fresh.body = body.id;
    fresh.hall = draft.channel == "window" ? draft.hall : hall->id;
    fresh.channel = draft.channel;
    fresh.collection = draft.collection;
    ready.fresh = decide_receive(std::move(fresh), ready.ground.today());
    auto wanted = wish.by_person.value_or(false) ? DecidedBy::person : DecidedBy::rules_if_they_can;
    ready.verdict = judge_at_once(ready.ground, ready.known, ready.checked, wanted);
    return ready;
}

/// The application as handed in, with what the server knew; corrections go to the registers, uses of licences
/// into their log.
Result<Application> Drafts::put_application(Tx& tx, Ready const& ready) {
    auto const& [draft, ground, known, checked, fresh, code, applicant, agent, verdict] = ready;
    Application application{
        1,  ground.now, checked.answers, checked.materials, draft.collection, known.given, {},
        {}, {},         draft.delivery};
    application.sources = sources_of(ground, known, checked.form);
    auto data = data_as_answers(ground, known);
    for (auto const& key : checked.form.disputed) {
        auto const& field = *ground.item->form.field(key);
        auto const* state = datum_of(known, field.source);
        ensure(state != nullptr && state->answers.size() == 1, "a disputed field has its answer");
        DisputeRow row;
        row.field = key;
        row.note = draft.disputes.at(key).note;
        row.source_zh = source_name(*state->datum, Language::zh);
        row.source_en = source_name(*state->datum, Language::en);
        row.value = checked.answers.at(key);
        row.source_value = data.at(key);
        auto name = field.source.substr(field.source.find('.') + 1);
        row.ticket = TRY(rooms_.exchange.dispute(tx, {state->answers.front().call, name, row.value,
                                                      draft.person, draft.id, row.note, fresh.case_no}));
        application.disputes.push_back(std::move(row));
    }
    for (auto const& offer : checked.offers) {
        if (offer.chosen != api::Way::licence) continue;
        auto const& held = *offer.licence;
        application.licences[offer.material->key] = {held.id, held.number, held.type_name, held.issuer};
        auto purpose = "办理“" + ground.item->name + "”，代替“" + offer.material->name + "”";
        Actor const filed = Actor::system("cases");
        rooms_.licences.record_use(tx, {LicenceId{held.id}, filed, fresh.case_no, purpose});
    }
    insert_application(tx, rooms_.store.sealer(), fresh.id, application);
    return application;
}

void Drafts::put_decision(Tx& tx, Ready const& ready) {
    auto const& sealer = rooms_.store.sealer();
    auto const& id = ready.fresh.id;
    auto const& ground = ready.ground;
    if (!ready.verdict || !ready.verdict->approved) {
        tx.plan("cases.acceptance_due", id.text, start_of(ready.fresh.accept_by.day + std::chrono::days{1}));
        rooms_.notify.send(tx, {ready.draft.person,
                                "cases.received",
                                "/cases/" + ready.fresh.case_no,
                                {{"item", ready.fresh.item_name},
                                 {"case_no", ready.fresh.case_no},
                                 {"due", chinese_date(ready.fresh.accept_by.day)}},
                                id.text + ":received"});
    }
    if (ready.verdict) insert_decided(tx, sealer, id, ground.now, decided_row(*ready.verdict));
    tx.emit({"cases.received", id.text, {{"case", id.text}}});
    if (!ready.verdict || !ready.verdict->approved) return;
    auto next = decide_at_once(ready.fresh, ground.today());
    save_case(tx, next, ground.limits, ground.now);
    insert_event(tx, sealer, id,
                 {next.version, ground.now, "decided_at_once", std::string(rules_actor), "", "",
                  reasons_text(*ready.verdict)});
    tx.audit({std::string(rules_actor), "cases.decide_at_once", id.text, {{"item", next.item.text}}});
    tx.emit({"cases.decided_at_once", id.text, {{"case", id.text}}});
    tx.emit({"cases.approved", id.text, {{"case", id.text}}});
}

Result<void> Drafts::put(Actor const& by, Ready const& ready, api::Submission const& wish) {
    auto const& sealer = rooms_.store.sealer();
    auto const& id = ready.fresh.id;
    auto const& ground = ready.ground;
    auto tx = TRY(rooms_.store.begin());
    tx->write_expecting(1, changed_meanwhile(), sql::drop_draft, ready.draft.id, wish.version);
    insert_case(*tx, sealer, ready.fresh, ready.query_code, ground.limits);
    insert_party(*tx, sealer, id, "applicant", ready.applicant);
    if (ready.agent) insert_party(*tx, sealer, id, "agent", *ready.agent);
    TRY(put_application(*tx, ready));
    agree(*tx, id, *ready.draft.notice, ready.draft.notice_agreed_at);
    agree(*tx, id, wish.declaration, ground.now);
    for (auto const& material : ready.checked.materials)
        if (material.promise) agree(*tx, id, *material.promise, ground.now);
    TRY(rooms_.files.attach(*tx, by, files_of(ready.checked.materials), id.text));
    rooms_.exchange.keep(*tx, id.text, ready.fresh.case_no);
    rooms_.identity.use_up_consents(*tx, id.text);
    LetterFacts facts{ready.fresh, ground, ready.applicant, ready.query_code};
    facts.materials = ready.checked.materials;
    auto letter = TRY(order_letter(*tx, sealer, "receipt", facts));
    insert_event(*tx, sealer, id, {1, ground.now, "received", by.text(), "", letter.id, ""});
    bool at_once = ready.verdict && ready.verdict->approved;
    Case counted = ready.fresh;
    if (at_once) counted.decided_at = ground.now;
    insert_burden(*tx, counted, burden_of(ground, ready.known, ready.checked));
    tx->audit({by.text(), "cases.submit", id.text, {{"item", ready.fresh.item.text}}});
    put_decision(*tx, ready);
    return tx->commit();
}

Result<api::Receipt> Drafts::submit(Actor const& by, std::string_view id, api::Submission const& wish,
                                    Language language) {
    auto reader = TRY(rooms_.store.reader());
    // A double tap, or an answer lost on the way: the case is there already, and its receipt is the answer.
    if (auto before = load_case(*reader, CaseId{std::string(id)}); before.ok() && is_filed_by(*before, by))
        return receipt_of(*reader, *before, language);
    auto draft = TRY(own(*reader, by, id));
    if (draft.version != wish.version) return changed_meanwhile();
    if (draft.channel == "window" && draft.confirmed_version != draft.version)
        return Error{ErrorKind::conflict, "not_confirmed_by_the_person",
                     "还没有请本人确认现在的内容。请本人在手机或窗口屏幕上确认后再提交。"};
    auto ready = TRY(make_ready(*reader, by, draft, wish));
    reader.reset();
    ready.fresh.case_no = TRY(numbers_.next(ready.fresh.region, ready.ground.day()));
    auto done = put(by, ready, wish);
    auto after = TRY(rooms_.store.reader());
    auto stored = load_case(*after, ready.fresh.id);
    if (!done.ok() && (!stored.ok() || !is_filed_by(*stored, by))) return done.error();
    auto found = TRY(std::move(stored));
    return receipt_of(*after, found, language);
}

Result<api::Receipt> Drafts::receipt(Actor const& by, std::string_view case_no, Language language) {
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(load_case(*reader, case_no));
    if (!is_filed_by(found, by))
        return Error{ErrorKind::not_found, "case_is_unknown", "没有这件办件，或者您不能查看。"};
    return receipt_of(*reader, found, language);
}

Result<api::Receipt> Drafts::receipt_of(Reader& reader, Case const& found, Language language) {
    auto const& sealer = rooms_.store.sealer();
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    auto party = TRY(load_party(reader, sealer, found.id, "applicant"));
    auto rounds = TRY(load_applications(reader, sealer, found.id));
    auto letters = TRY(load_letters(reader, found.id));
    auto const* body = ground.picture->body(found.body);
    api::Receipt receipt;
    receipt.case_no = found.case_no;
    receipt.query_code = TRY(load_query_code(reader, sealer, found.id));
    receipt.item_name = found.item_name;
    receipt.body_name = body != nullptr ? body->name : "";
    receipt.applicant = mask_name(party.name);
    receipt.received_at = to_text(found.received_at);
    auto first_day = beijing_day(found.received_at);
    receipt.accept_by = due_view(due_after(ground.picture->calendar(), first_day, ground.limits.acceptance));
    receipt.promise_text = promise_words(ground.limits.promise, language);
    rounds.resize(1);
    for (auto const& material : material_views(ground, rounds, {}, {}, language))
        receipt.materials.push_back({material.name, material.way_text});
    for (auto const& letter : letters)
        if (letter.kind == "receipt" && letter.state == "ready") receipt.letter = letter.id;
    if (auto decided = TRY(load_decided(reader, sealer, found.id)))
        receipt.decided = decided_view(*decided, language);
    return receipt;
}

}  // namespace tongban::cases
