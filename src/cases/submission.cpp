// Submission: the draft becomes a case. On-line filing is receipt (architecture §5.9). What the rules can
// decide in the applicant's favour is decided in the same transaction.
#include <algorithm>

#include "cases/burden.h"
#include "cases/confirm_views.h"
#include "cases/desk.h"

namespace tongban::cases {

struct Drafts::Ready {
    Draft draft;
    Standing standing;
    Case fresh;
    std::string query_code;
    Party applicant;
    std::optional<Party> agent;  ///< who acts for a firm
    std::optional<AtOnce> verdict;
    Instant agreed_at{};  ///< to declaration and promises: with the submission, or at a window before
    std::optional<Confirmation> confirmed;  ///< of a window
    Application application{};              ///< with the tickets of its disputes once it is put
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

Agreement agreed(api::TextAgreed const& text, Instant at) {
    return {text.key, text.version, text.hash, at};
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

/// What the person at the window did, as the history tells it.
std::string confirmed_note(std::optional<Confirmation> const& confirmed) {
    if (!confirmed) return "";
    return confirmed_words(confirmed->way, Language::zh);
}

/// Papers chosen to be brought: at a window they are there already.
bool brings_papers(Draft const& draft, Checked const& checked) {
    return draft.channel == "online" &&
           std::any_of(checked.materials.begin(), checked.materials.end(),
                       [](auto const& material) { return material.way == api::Way::window; });
}

/// What a receipt tells.
struct Received {
    Case found;
    Ground ground;
    Party applicant{};
    std::vector<Application> rounds{};
    std::string query_code{};
    std::optional<DecidedRow> decided{};
};

api::Receipt receipt_view(Received const& received, Language language) {
    auto const& [found, ground, applicant, rounds, query_code, decided] = received;
    auto const* body = ground.picture->in(language).body(found.body);
    api::Receipt receipt;
    receipt.case_no = found.case_no;
    receipt.query_code = query_code;
    receipt.item_name = item_name(found, ground, language);
    receipt.body_name = body != nullptr ? body->name : "";
    receipt.applicant = masked_applicant(*ground.item, applicant).name;
    receipt.received_at = to_text(found.received_at);
    auto first_day = beijing_day(found.received_at);
    if (found.state == State::submitted)
        receipt.bring_by = due_view(found.bring_by);
    else
        receipt.accept_by =
            due_view(due_after(ground.picture->calendar(), first_day, ground.limits.acceptance));
    receipt.promise_text = promise_words(ground.limits.promise, language);
    for (auto const& material : material_views(ground, rounds, {}, {}, language))
        receipt.materials.push_back({material.name, material.way_text});
    if (decided) receipt.decided = decided_view(*decided, Audience::applicant, language);
    return receipt;
}

/// For the history that staff read.
std::string reasons_text(AtOnce const& verdict) {
    std::string text;
    for (auto const& reason : verdict.reasons) text += (text.empty() ? "" : "；") + reason.for_staff.zh;
    return text;
}

}  // namespace

bool is_filed_by(Case const& found, Actor const& by) {
    if (by.kind == ActorKind::staff)
        return found.channel == "window" && !by.hall.empty() && found.hall == by.hall;
    return found.applicant == by.person;
}

Application application_of(Draft const& draft, Standing const& standing) {
    auto const& [ground, known, checked] = standing;
    Application application{
        1,  ground.now, checked.answers, checked.materials, draft.collection, known.given, {},
        {}, {},         draft.delivery};
    application.sources = sources_of(ground, known, checked.form);
    auto data = data_as_answers(ground, known);
    for (auto const& key : checked.form.disputed) {
        auto const* state = datum_of(known, ground.item->form.field(key)->source);
        ensure(state != nullptr && state->answers.size() == 1, "a disputed field has its answer");
        DisputeRow row;
        row.field = key;
        row.note = draft.disputes.at(key).note;
        row.source_zh = source_name(*state->datum, Language::zh);
        row.source_en = source_name(*state->datum, Language::en);
        row.value = checked.answers.at(key);
        row.source_value = data.at(key);
        application.disputes.push_back(std::move(row));
    }
    for (auto const& offer : checked.offers) {
        if (offer.chosen == api::Way::licence) application.licences[offer.material->key] = *offer.licence;
    }
    return application;
}

/// A window hands in what the person confirmed, and nothing else; what they agreed to is theirs by that.
Result<void> Drafts::take_confirmation(Reader& reader, Ready& ready) {
    auto const& sealer = rooms_.store.sealer();
    auto& draft = ready.draft;
    auto newest = TRY(newest_confirmation(reader, sealer, draft.id, "application"));
    TRY(may_hand_in(newest, mark_of(sealer, draft, ready.standing)));
    ready.agreed_at = newest->answered_at.value_or(ready.standing.ground.now);
    for (auto const& text : newest->texts)
        if (text.key == ready.standing.ground.item->notice.key) draft.notice = text;
    draft.notice_agreed_at = ready.agreed_at;
    ready.confirmed = std::move(newest);
    return {};
}

Result<void> Drafts::find_parties(Reader& reader, Ready& ready) {
    auto const& draft = ready.draft;
    auto const& given = ready.standing.known.given;
    auto known = [&](std::string_view path) { return std::string(given.at(path).as_string()); };
    ready.applicant = {draft.person, known("applicant.name"), known("applicant.id_number"),
                       known("applicant.phone")};
    if (draft.firm.empty()) return {};
    auto acting = TRY(rooms_.identity.acting_for(reader, draft.person, draft.firm));
    ready.agent = ready.applicant;
    ready.applicant = {draft.person, acting.firm.name, acting.firm.uscc, ready.agent->phone};
    return {};
}

Result<Case> Drafts::case_from(Ready const& ready) {
    auto const& draft = ready.draft;
    auto const& ground = ready.standing.ground;
    auto const& item = *ground.item;
    auto body = TRY(rooms_.catalog.issuer(item, draft.region));
    auto const* hall = ground.picture->hall_of(draft.region);
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
    fresh.hall =
        draft.channel == "window" ? draft.hall : hall->id;  // who takes it in need not be responsible
    fresh.channel = draft.channel;
    fresh.collection = draft.collection;
    if (brings_papers(draft, ready.standing.checked)) return decide_submit(std::move(fresh), ground.today());
    return decide_receive(std::move(fresh), ground.today());
}

Result<Drafts::Ready> Drafts::make_ready(Reader& reader, Actor const& by, Draft found,
                                         api::Submission const& wish) {
    auto standing = TRY(stand(reader, found));
    Ready ready{std::move(found), std::move(standing), {}, random_digits(6), {}, {}, {}, {}, {}, {}};
    auto const& draft = ready.draft;
    auto const& [ground, known, checked] = ready.standing;
    ready.agreed_at = ground.now;
    if (draft.channel == "window") TRY(take_confirmation(reader, ready));
    auto wrong = faults(draft, ready.standing);
    if (auto error = check_text(wish.declaration, ground.item->declaration, "/declaration"))
        wrong.push_back(*error);
    if (!wrong.empty()) return incomplete(wrong);
    TRY(look_at_files(reader, by, draft, files_of(checked.materials)));
    TRY(find_parties(reader, ready));
    ready.fresh = TRY(case_from(ready));
    auto wanted = wish.by_person.value_or(false) ? DecidedBy::person : DecidedBy::rules_if_they_can;
    ready.verdict = judge_at_once(ground, known, checked, wanted);
    ready.application = application_of(draft, ready.standing);
    return ready;
}

/// The application as handed in, with what the server knew; corrections go to the registers, uses of licences
/// into their log.
Result<void> Drafts::put_application(Tx& tx, Ready& ready) {
    auto const& [ground, known, checked] = ready.standing;
    auto const& fresh = ready.fresh;
    for (auto& row : ready.application.disputes) {
        auto const& source = ground.item->form.field(row.field)->source;
        auto name = source.substr(source.find('.') + 1);
        row.ticket =
            TRY(rooms_.exchange.dispute(tx, {datum_of(known, source)->answers.front().call, name, row.value,
                                             ready.draft.person, ready.draft.id, row.note, fresh.case_no}));
    }
    for (auto const& offer : checked.offers) {
        if (offer.chosen != api::Way::licence) continue;
        auto purpose = "办理“" + ground.item->name + "”，代替“" + offer.material->name + "”";
        std::string purpose_en;
        if (!ground.item->name_en.empty() && !offer.material->en.name.empty())
            purpose_en =
                handling_in_english(*ground.item) + ", in place of “" + offer.material->en.name + "”";
        Actor const filed = Actor::system("cases");
        rooms_.licences.record_use(tx, {offer.licence->id, filed, fresh.case_no, purpose, purpose_en});
    }
    insert_application(tx, rooms_.store.sealer(), fresh.id, ready.application);
    return {};
}

/// Filed, but papers are to be brought: no receipt yet, and no clock of the office.
void Drafts::put_waiting(Tx& tx, Ready const& ready) {
    auto const& fresh = ready.fresh;
    plan_bringing(tx, fresh);
    rooms_.notify.send(tx, message_of(fresh, ready.standing.ground, "cases.submitted",
                                      {{"due", to_text(fresh.bring_by.day)}}));
    tx.emit({"cases.submitted", fresh.id.text, {{"case", fresh.id.text}}});
}

void Drafts::put_decision(Tx& tx, Ready const& ready) {
    auto const& sealer = rooms_.store.sealer();
    auto const& id = ready.fresh.id;
    auto const& ground = ready.standing.ground;
    if (ready.verdict) insert_decided(tx, sealer, id, ground.now, decided_row(*ready.verdict));
    if (ready.fresh.state == State::submitted) return put_waiting(tx, ready);
    tx.emit({"cases.received", id.text, {{"case", id.text}}});
    if (!ready.verdict || !ready.verdict->approved) {
        tx.plan("cases.acceptance_due", id.text, start_of(ready.fresh.accept_by.day + std::chrono::days{1}));
        rooms_.notify.send(tx, message_of(ready.fresh, ground, "cases.received",
                                          {{"due", to_text(ready.fresh.accept_by.day)}}));
        return;
    }
    auto next = decide_at_once(ready.fresh, ground.today());
    save_case(tx, next, ground.limits, ground.now);
    insert_event(tx, sealer, id,
                 {next.version, ground.now, "decided_at_once", std::string(rules_actor), "", "",
                  reasons_text(*ready.verdict)});
    rooms_.identity.record_access(
        tx, {next.applicant,
             std::string(rules_actor),
             next.body,
             "按规则核对“" + next.item_name + "”的条件",
             "duty",
             next.case_no,
             {"case.answers"},
             "",
             "Checking the conditions of “" + item_name(*ground.item, Language::en) + "” by the rules"});
    tx.audit({std::string(rules_actor), "cases.decide_at_once", id.text, {{"item", next.item.text}}});
    tx.emit({"cases.decided_at_once", id.text, {{"case", id.text}}});
    tx.emit({"cases.approved", id.text, {{"case", id.text}}});
}

/// The first line of the history, with the receipt (收件凭证) where something was received.
void Drafts::put_receipt(Tx& tx, Actor const& by, Ready const& ready) {
    auto const& sealer = rooms_.store.sealer();
    auto const& ground = ready.standing.ground;
    auto who = acting_name(*ground.picture, by);
    std::string letter;
    bool received = ready.fresh.state == State::received;
    if (received) {
        LetterFacts facts{ready.fresh, ground, ready.applicant, ready.query_code};
        facts.materials = ready.standing.checked.materials;
        facts.who = who;
        if (ready.agent) facts.agent = ready.agent->name;
        letter = order_letter(tx, sealer, "receipt", facts);
    }
    insert_event(tx, sealer, ready.fresh.id,
                 {1, ground.now, received ? "received" : "submitted", by.text(), who, letter,
                  confirmed_note(ready.confirmed)});
}

Result<store::Durability> Drafts::put(Actor const& by, Ready& ready, api::Submission const& wish) {
    auto const& sealer = rooms_.store.sealer();
    auto const& id = ready.fresh.id;
    auto const& [ground, known, checked] = ready.standing;
    auto tx = TRY(rooms_.store.begin());
    tx->write_expecting(1, changed_meanwhile(), sql::drop_draft, ready.draft.id, wish.version);
    insert_case(*tx, sealer, ready.fresh, ready.query_code, ground.limits);
    insert_party(*tx, sealer, id, "applicant", ready.applicant);
    if (ready.agent) insert_party(*tx, sealer, id, "agent", *ready.agent);
    TRY(put_application(*tx, ready));
    std::vector<Agreement> agreements{agreed(*ready.draft.notice, ready.draft.notice_agreed_at),
                                      agreed(wish.declaration, ready.agreed_at)};
    for (auto const& material : checked.materials)
        if (material.promise) agreements.push_back(agreed(*material.promise, ready.agreed_at));
    insert_agreements(*tx, id, agreements);
    TRY(rooms_.files.attach(*tx, by, files_of(checked.materials), id.text));
    if (!ground.item->data.empty()) rooms_.exchange.keep(*tx, id.text, ready.fresh.case_no);
    rooms_.identity.use_up_consents(*tx, id.text);
    put_receipt(*tx, by, ready);
    bool at_once = ready.verdict && ready.verdict->approved;
    Case counted = ready.fresh;
    if (at_once) counted.decided_at = ground.now;
    insert_burden(*tx, counted, burden_of(ground, known, checked));
    tx->audit({by.text(), "cases.submit", id.text, {{"item", ready.fresh.item.text}}});
    put_decision(*tx, ready);
    return tx->commit_later();
}

Result<Submitted> Drafts::submit(Actor const& by, std::string_view id, api::Submission const& wish,
                                 Language language) {
    auto reader = TRY(rooms_.store.reader(store::Snapshot::none));  // put() asks for the version read here
    foresee_standing(*reader, by, id);
    auto draft = own(*reader, by, id);
    if (!draft.ok()) {
        // A double tap, or an answer lost on the way: the case is there already, and its receipt is the
        // answer.
        auto before = load_case(*reader, CaseId{std::string(id)});
        if (!before.ok() || !is_filed_by(*before, by)) return draft.error();
        return Submitted{TRY(receipt_of(*reader, *before, language)), {}};
    }
    if (draft->version != wish.version) return changed_meanwhile();
    auto ready = TRY(make_ready(*reader, by, std::move(*draft), wish));
    reader.reset();
    ready.fresh.case_no = TRY(numbers_.next(ready.fresh.region, ready.standing.ground.day()));
    auto durability = put(by, ready, wish);
    if (durability.ok()) return Submitted{fresh_receipt(std::move(ready), language), std::move(*durability)};
    return Submitted{TRY(receipt_despite(durability.error(), by, id, language)), {}};
}

Result<api::Receipt> Drafts::receipt_despite(Error const& told, Actor const& by, std::string_view id,
                                             Language language) {
    auto reader = TRY(rooms_.store.reader());
    auto stored = load_case(*reader, CaseId{std::string(id)});
    if (!stored.ok() || !is_filed_by(*stored, by)) return told;
    return receipt_of(*reader, *stored, language);
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
    Received received{found, TRY(ground_for(rooms_, found.item, found.item_version))};
    received.applicant = TRY(load_party(reader, sealer, found.id, "applicant"));
    received.rounds = TRY(load_applications(reader, sealer, found.id));
    received.rounds.resize(1);
    received.query_code = TRY(load_query_code(reader, sealer, found.id));
    received.decided = TRY(load_decided(reader, sealer, found.id));
    auto receipt = receipt_view(received, language);
    for (auto const& letter : TRY(load_letters(reader, found.id)))
        if (letter.kind == "receipt" && letter.state == "ready") receipt.letter = letter.id;
    return receipt;
}

/// Right after submission: its letter is still being drawn.
api::Receipt Drafts::fresh_receipt(Ready ready, Language language) {
    Received received{std::move(ready.fresh), std::move(ready.standing.ground), std::move(ready.applicant)};
    received.rounds.push_back(std::move(ready.application));
    received.query_code = std::move(ready.query_code);
    if (ready.verdict) received.decided = decided_row(*ready.verdict);
    return receipt_view(received, language);
}

}  // namespace tongban::cases
