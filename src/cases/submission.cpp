// Submission: the draft becomes a case. On-line filing is receipt (architecture §5.9).
#include "cases/drafts.h"
#include "cases/letters.h"

namespace tongban::cases {

struct Drafts::Ready {
    Draft draft;
    Ground ground;
    Case fresh;
    Party applicant;
    Checked checked;
    std::string query_code;
};

namespace {

Error incomplete(std::vector<FieldError> wrong) {
    return Error{ErrorKind::invalid, "application_is_incomplete",
                 "还有" + std::to_string(wrong.size()) + "处要改，改好再提交。您填的内容没有丢。",
                 std::move(wrong)};
}

void agree(Tx& tx, CaseId const& id, api::TextAgreed const& text, Instant at) {
    insert_agreement(tx, id, {text.key, text.version, text.hash, at});
}

}  // namespace

Result<Drafts::Ready> Drafts::make_ready(Reader& reader, Actor const& by, Draft const& draft,
                                         std::optional<api::TextAgreed> const& declaration) {
    auto item = TRY(rooms_.catalog.item(draft.item));
    Ready ready{draft, TRY(ground_for(rooms_, draft.item, item->version)), {}, {}, {}, random_digits(6)};
    auto person = TRY(rooms_.identity.person(reader, by.person));
    ready.checked = check_wholly(ready.ground, person, draft.answers, draft.materials);
    auto& wrong = ready.checked.wrong;
    if (auto error = check_text(draft.notice, item->notice, "/notice")) wrong.push_back(*error);
    if (auto error = check_text(declaration, item->declaration, "/declaration")) wrong.push_back(*error);
    if (draft.collection.empty())
        wrong.push_back({"/collection", "collection_is_missing", "请选择怎么领取。"});
    if (!wrong.empty()) return incomplete(wrong);
    TRY(rooms_.files.look(reader, by, files_of(ready.checked.materials)));
    ready.applicant = {person.id, person.name, person.id_number, person.phone};
    auto body = TRY(rooms_.catalog.issuer(*item, draft.region));
    auto const* hall = ready.ground.picture->hall_of(draft.region);
    if (hall == nullptr)
        return Error{ErrorKind::conflict, "item_is_not_available_here",
                     "这个地方还没有受理窗口，请打12345问一问。"};
    Case fresh;
    fresh.id = CaseId{draft.id};
    fresh.item = item->code;
    fresh.item_version = item->version;
    fresh.item_name = item->name;
    fresh.applicant = by.person;
    fresh.region = draft.region;
    fresh.body = body.id;
    fresh.hall = hall->id;
    fresh.collection = draft.collection;
    ready.fresh = decide_receive(std::move(fresh), ready.ground.today());
    return ready;
}

Result<void> Drafts::put(Actor const& by, Ready const& ready, api::Submission const& wish) {
    auto const& sealer = rooms_.store.sealer();
    auto const& id = ready.fresh.id;
    auto const& ground = ready.ground;
    auto tx = TRY(rooms_.store.begin());
    tx->write_expecting(1,
                        Error{ErrorKind::conflict, "draft_changed_meanwhile",
                              "这份草稿在另一台设备上改过。请先看最新的内容。"},
                        sql::drop_draft, ready.draft.id, wish.version);
    insert_case(*tx, sealer, ready.fresh, ready.query_code, ground.limits);
    insert_party(*tx, sealer, id, "applicant", ready.applicant);
    insert_application(
        *tx, sealer, id,
        {1, ground.now, ready.checked.answers, ready.checked.materials, ready.draft.collection});
    agree(*tx, id, *ready.draft.notice, ready.draft.notice_agreed_at);
    agree(*tx, id, wish.declaration, ground.now);
    for (auto const& material : ready.checked.materials)
        if (material.promise) agree(*tx, id, *material.promise, ground.now);
    TRY(rooms_.files.attach(*tx, by, files_of(ready.checked.materials), id.text));
    LetterFacts facts{ready.fresh, ground, ready.applicant, ready.query_code};
    facts.materials = ready.checked.materials;
    auto letter = TRY(order_letter(*tx, sealer, "receipt", facts));
    insert_event(*tx, sealer, id, {1, ground.now, "received", by.text(), "", letter.id, ""});
    tx->plan("cases.acceptance_due", id.text, start_of(ready.fresh.accept_by.day + std::chrono::days{1}));
    rooms_.notify.send(*tx, {by.person,
                             "cases.received",
                             "/cases/" + ready.fresh.case_no,
                             {{"item", ready.fresh.item_name},
                              {"case_no", ready.fresh.case_no},
                              {"due", chinese_date(ready.fresh.accept_by.day)}},
                             id.text + ":received"});
    tx->audit({by.text(), "cases.submit", id.text, {{"item", ready.fresh.item.text}}});
    tx->emit({"cases.received", id.text, {{"case", id.text}}});
    return tx->commit();
}

Result<api::Receipt> Drafts::submit(Actor const& by, std::string_view id, api::Submission const& wish,
                                    Language language) {
    auto reader = TRY(rooms_.store.reader());
    // A double tap, or an answer lost on the way: the case is there already, and its receipt is the answer.
    if (auto before = load_case(*reader, CaseId{std::string(id)});
        before.ok() && before->applicant == by.person)
        return receipt_of(*reader, *before, language);
    auto draft = TRY(own(*reader, by, id));
    if (draft.version != wish.version)
        return Error{ErrorKind::conflict, "draft_changed_meanwhile",
                     "这份草稿在另一台设备上改过。请先看最新的内容。"};
    auto ready = TRY(make_ready(*reader, by, draft, wish.declaration));
    reader.reset();
    ready.fresh.case_no = TRY(numbers_.next(ready.fresh.region, ready.ground.day()));
    auto done = put(by, ready, wish);
    auto after = TRY(rooms_.store.reader());
    auto stored = load_case(*after, ready.fresh.id);
    if (!done.ok() && (!stored.ok() || stored->applicant != by.person)) return done.error();
    auto found = TRY(std::move(stored));
    return receipt_of(*after, found, language);
}

Result<api::Receipt> Drafts::receipt(Actor const& by, std::string_view case_no, Language language) {
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(load_case(*reader, case_no));
    if (found.applicant != by.person)
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
    return receipt;
}

}  // namespace tongban::cases
