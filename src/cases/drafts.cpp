#include "cases/drafts.h"

#include <algorithm>

#include "cases/burden.h"

namespace tongban::cases {

namespace {

constexpr int drafts_max = 20;  // one person; more are somebody's program, not somebody's needs

Error unknown_draft() {
    return Error{ErrorKind::not_found, "draft_is_unknown", "没有这份草稿。可能已经提交或删除。"};
}

Error changed_meanwhile() {
    return Error{ErrorKind::conflict, "draft_changed_meanwhile",
                 "这份草稿在另一台设备上改过。请先看最新的内容。"};
}

api::DraftApplicant applicant_view(Known const& known, bool firm) {
    auto text = [&](std::string_view path) {
        auto const* value = known.given.if_contains(path);
        return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
    };
    api::DraftApplicant view;
    view.kind = firm ? api::DraftApplicantKind::organisation : api::DraftApplicantKind::person;
    view.name = text(firm ? "firm.name" : "applicant.name");
    view.id_number = firm ? text("firm.uscc") : mask_id_number(text("applicant.id_number"));
    if (firm) view.agent = text("applicant.name");
    return view;
}

std::map<std::string, api::Disputed> dispute_views(Ground const& ground, Known const& known,
                                                   Draft const& draft) {
    std::map<std::string, api::Disputed> views;
    auto data = data_as_answers(ground, known);
    for (auto const& [key, stated] : draft.disputes) {
        auto const* datum = data.if_contains(key);
        auto const* field = ground.item->form.field(key);
        if (datum == nullptr || field == nullptr) continue;  // nothing is there to be disputed now
        api::Disputed view{stated.value, {}, masked_value(*field, *datum)};
        if (!stated.note.empty()) view.note = stated.note;
        views[key] = std::move(view);
    }
    return views;
}

/// The names and sizes of uploads, as `files` knows them.
void name_files(std::vector<api::MaterialGiven>& materials, std::vector<files::File> const& files) {
    for (auto& material : materials)
        if (material.files)
            for (auto& ref : *material.files)
                for (auto const& file : files)
                    if (file.id.text == ref.id) ref = {ref.id, file.name, file.kind, file.pages, file.size};
}

/// Only fields that a register may fill can be disputed, and as an answer of their kind.
void take_disputes(Ground const& ground, api::DraftSave const& wish, Draft& draft,
                   std::vector<FieldError>& wrong) {
    if (!wish.disputes) return;
    draft.disputes.clear();
    for (auto const& [key, given] : *wish.disputes) {
        auto const* field = ground.item->form.field(key);
        if (field == nullptr || field->source.empty()) {
            wrong.push_back({"/disputes/" + key, "field_has_no_source", "这一项不是部门数据，不用纠错。"});
            continue;
        }
        draft.disputes[key] = {given.value, trimmed(given.note.value_or(""))};
    }
}

Result<void> take_delivery(std::optional<api::Delivery> const& given, Draft& draft,
                           std::vector<FieldError>& wrong) {
    draft.delivery.reset();
    if (!given) return {};
    auto phone = read_phone(given->phone);
    if (!phone.ok()) wrong.push_back({"/delivery/phone", phone.error().code, phone.error().detail});
    draft.delivery =
        api::Delivery{trimmed(given->recipient), phone.ok() ? *phone : "", trimmed(given->address)};
    return {};
}

}  // namespace

Filing own_filing(Actor const& by) {
    return {by.person, "online", {}, {}};
}

Result<Draft> Drafts::own(Reader& reader, Actor const& by, std::string_view id) {
    auto draft = TRY(load_draft(reader, rooms_.store.sealer(), id));
    bool mine = draft.channel == "online" && by.kind == ActorKind::resident && draft.person == by.person;
    bool of_my_hall =
        draft.channel == "window" && by.kind == ActorKind::staff && !by.hall.empty() && draft.hall == by.hall;
    if (!mine && !of_my_hall) return unknown_draft();
    return draft;
}

Result<Ground> Drafts::ground(Draft const& draft) {
    auto present = TRY(rooms_.catalog.item(draft.item));
    return ground_for(rooms_, draft.item, present->version);
}

void Drafts::foresee_standing(Reader& reader, Actor const& by, std::string_view id) const {
    rooms_.exchange.foresee_answers(reader, id);
    if (by.kind != ActorKind::resident) return;  // at a window the draft says whose it is
    rooms_.identity.foresee_person(reader, by.person);
    rooms_.identity.foresee_consent_for(reader, by.person, id);
    rooms_.licences.foresee_held(reader, by.person);
}

Result<Standing> Drafts::stand(Reader& reader, Draft const& draft, Language language) {
    auto ground = TRY(this->ground(draft));
    auto known = TRY(asking_.known(reader, ground, draft));
    auto checked = check_wholly(ground, known, draft.answers, draft.materials, language);
    return Standing{std::move(ground), std::move(known), std::move(checked)};
}

Result<api::Draft> Drafts::view(Reader& reader, Draft const& draft, Language language) {
    auto const [ground, known, checked] = TRY(stand(reader, draft, language));
    auto const& item = *ground.item;
    auto body = TRY(rooms_.catalog.issuer(item, draft.region));
    api::Draft shown;
    shown.id = draft.id;
    shown.item = draft.item.text;
    shown.item_name = item_name(item, language);
    shown.item_version = item.version;
    shown.item_changed = item.version != draft.item_version;
    shown.region = draft.region.text;
    auto const& picture = ground.picture->in(language);
    auto const* region = picture.region(draft.region);
    shown.region_name = region != nullptr ? region->name : "";
    auto const* named = picture.body(body.id);
    shown.body_name = named != nullptr ? named->name : body.name;
    shown.version = draft.version;
    shown.step = draft.step;
    shown.locked = locked_values(ground, known, language);
    shown.prefill = prefilled_values(ground, known, language);
    shown.disputes = dispute_views(ground, known, draft);
    shown.known = known_values(ground, known);
    auto answers = draft.answers;
    for (auto const& [field, value] : shown.locked)
        answers.erase(field);  // the server's own copy counts, shown masked
    shown.answers = std::move(answers);
    std::optional<api::TextAgreed> consent;
    if (auto given = TRY(rooms_.identity.consent_for(reader, draft.person, draft.id)))
        consent = api::TextAgreed{given->text_key, given->text_version, given->text_hash};
    shown.data = draft_data(ground, known, shown.body_name, consent, language);
    shown.offers = offer_views(checked.offers, language);
    shown.instant =
        instant_view(judge_at_once(ground, known, checked, DecidedBy::rules_if_they_can), language);
    shown.burden = burden_of(ground, known, checked);
    shown.applicant = applicant_view(known, item.applicant == catalog::Applicant::organisation);
    shown.channel = draft.channel == "window" ? api::DraftChannel::window : api::DraftChannel::online;
    shown.delivery = draft.delivery;
    shown.materials = draft.materials;
    shown.notice = draft.notice;
    if (!draft.collection.empty()) shown.collection = draft.collection;
    auto open = TRY(reader.rows(sql::open_cases_of_person_and_item, draft.person, draft.item));
    for (auto row : open) shown.open_cases.push_back(row.text("case_no"));
    shown.updated_at = to_text(draft.updated_at);
    return shown;
}

Result<Draft> Drafts::open_in(Tx& tx, Actor const& by, Filing const& filing, api::NewDraft const& wish) {
    auto item = TRY(rooms_.catalog.item(ItemId{wish.item}));
    auto region = TRY(read_region(wish.region));
    TRY(rooms_.catalog.issuer(*item, region));
    auto now = rooms_.clock.now();
    Draft draft;
    draft.id = make_id(now);
    draft.person = filing.person;
    draft.channel = filing.channel;
    draft.filer = filing.filer;
    draft.hall = filing.hall;
    draft.firm = wish.firm.value_or("");
    draft.item = item->code;
    draft.item_version = item->version;
    draft.region = region;
    draft.step = "notice";
    draft.created_at = draft.updated_at = now;
    auto person = TRY(rooms_.identity.person(tx, filing.person));
    if (person.real_name_level < item->real_name_level)
        return Error{ErrorKind::forbidden, "real_name_level_is_too_low", "办这件事要先完成实名认证。"};
    bool asks_firm = item->applicant == catalog::Applicant::organisation;
    if (asks_firm && draft.firm.empty())
        return Error{ErrorKind::invalid, "firm_is_missing", "这件事由企业申请，请选择您代办的企业。"};
    if (!asks_firm && !draft.firm.empty())
        return Error{ErrorKind::invalid, "no_firm_is_asked", "这件事由个人申请，不选企业。"};
    if (asks_firm) TRY(rooms_.identity.acting_for(tx, filing.person, draft.firm));
    auto count = TRY(tx.rows(sql::count_drafts, filing.person));
    if (filing.channel == "online" && count[0].integer("n") >= drafts_max)
        return Error{ErrorKind::conflict, "too_many_drafts", "您没办完的草稿太多了，请先办完或删除一些。"};
    insert_draft(tx, rooms_.store.sealer(), draft);
    tx.audit({by.text(), "cases.open_draft", draft.id, {{"item", item->code.text}}});
    return draft;
}

Result<api::Draft> Drafts::open(Actor const& by, Filing const& filing, api::NewDraft const& wish,
                                std::string_view key, Language language) {
    auto tx = TRY(rooms_.store.begin());
    if (auto first = TRY(tx->first_answer(by.text(), "cases.open_draft", key))) {
        auto opened = TRY(own(*tx, by, *first));
        return view(*tx, opened, language);
    }
    auto draft = TRY(open_in(*tx, by, filing, wish));
    tx->keep_answer(by.text(), "cases.open_draft", key, draft.id);
    TRY(tx->commit());
    tx.reset();
    auto reader = TRY(rooms_.store.reader());
    return view(*reader, draft, language);
}

Result<api::Drafts> Drafts::mine(Actor const& by, Language language) {
    auto reader = TRY(rooms_.store.reader());
    auto const limits = DraftLimits::embedded();
    api::Drafts list;
    auto drafts = TRY(load_drafts(*reader, rooms_.store.sealer(), by.person));
    for (auto const& draft : drafts) {
        auto item = rooms_.catalog.item(draft.item);
        list.drafts.push_back({draft.id, draft.item.text,
                               item.ok() ? item_name(**item, language) : draft.item.text, draft.step,
                               to_text(draft.updated_at), to_text(kept_until(draft, limits))});
    }
    return list;
}

Result<api::Draft> Drafts::show(Actor const& by, std::string_view id, Language language) {
    auto reader = TRY(rooms_.store.reader());
    auto draft = TRY(own(*reader, by, id));
    auto ground = TRY(this->ground(draft));
    if (!ground.item->data.empty()) {
        reader.reset();
        TRY(asking_.ask(by, ground, draft, Asking::Patience::start));
        reader = TRY(rooms_.store.reader());
    }
    return view(*reader, draft, language);
}

Result<api::Draft> Drafts::ask(Actor const& by, std::string_view id, api::DataWish const& wish,
                               Language language) {
    auto reader = TRY(rooms_.store.reader());
    auto draft = TRY(own(*reader, by, id));
    reader.reset();
    auto ground = TRY(this->ground(draft));
    if (wish.consent && draft.channel == "window")
        return Error{ErrorKind::forbidden, "consent_is_the_persons",
                     "同意查询要由本人作出。请本人在副屏上或用短信确认码同意。"};
    if (wish.consent) {
        auto tx = TRY(rooms_.store.begin());
        TRY(asking_.consent(*tx, by, ground, draft, *wish.consent));
        TRY(tx->commit());
    }
    TRY(asking_.ask(by, ground, draft, Asking::Patience::wait));
    auto after = TRY(rooms_.store.reader());
    draft = TRY(own(*after, by, id));
    return view(*after, draft, language);
}

namespace {
Error saved_but_not_shown() {
    return {ErrorKind::unavailable,
            "outcome_is_unknown",
            "内容已经收到，但现在显示不出来。请稍后刷新，看看存上没有。",
            {},
            10};
}
}  // namespace

Result<api::Draft> Drafts::save(Actor const& by, std::string_view id, api::DraftSave const& wish,
                                Language language) {
    auto reader = TRY(rooms_.store.reader());
    foresee_standing(*reader, by, id);
    auto draft = TRY(own(*reader, by, id));
    if (draft.version != wish.version) return changed_meanwhile();
    auto ground = TRY(this->ground(draft));
    auto const& item = *ground.item;
    std::vector<FieldError> wrong;
    take_disputes(ground, wish, draft, wrong);
    TRY(take_delivery(wish.delivery, draft, wrong));
    draft.answers = wish.answers.as_object();
    auto known = TRY(asking_.known(*reader, ground, draft));
    auto checked = check_partly(ground, known, wish.answers, wish.materials);
    wrong.insert(wrong.end(), checked.wrong.begin(), checked.wrong.end());
    bool own_notice =
        wish.notice && draft.channel == "online";  // at a window the person agrees, not the clerk
    if (own_notice)
        if (auto error = check_text(wish.notice, item.notice, "/notice")) wrong.push_back(*error);
    if (!wrong.empty())
        return Error{ErrorKind::invalid, "answers_have_errors", "有几处填得不对，请按提示改。", wrong};
    name_files(checked.materials, TRY(look_at_files(*reader, by, draft, files_of(checked.materials))));
    draft.item_version = item.version;
    draft.answers = std::move(checked.answers);
    draft.materials = std::move(checked.materials);
    draft.step = wish.step;
    if (own_notice && (!draft.notice || !(*draft.notice == *wish.notice)))
        draft.notice_agreed_at = ground.now;
    draft.notice = own_notice ? wish.notice : std::nullopt;
    draft.collection = wish.collection ? std::string(to_text(*wish.collection)) : "";
    if (wish.region) {
        draft.region = TRY(read_region(*wish.region));
        TRY(rooms_.catalog.issuer(item, draft.region));
    }
    draft.updated_at = ground.now;
    reader.reset();
    auto tx = TRY(rooms_.store.begin());
    save_draft(*tx, rooms_.store.sealer(), draft);
    // Uploads belong to the draft from now on, and what it no longer names is let go.
    TRY(rooms_.files.attach(*tx, by, files_of(draft.materials), draft.id));
    TRY(rooms_.files.keep_only(*tx, draft.id, files_of(draft.materials)));
    TRY(tx->commit());
    tx.reset();
    ++draft.version;
    auto shown = [&]() -> Result<api::Draft> {
        TRY(asking_.ask(by, ground, draft, Asking::Patience::start));
        auto after = TRY(rooms_.store.reader());
        return view(*after, draft, language);
    }();
    // It is saved: whoever heard "try again" would be told that somebody else changed the draft.
    if (!shown.ok() && shown.error().kind == ErrorKind::unavailable) return saved_but_not_shown();
    return shown;
}

Result<void> Drafts::drop(Actor const& by, std::string_view id) {
    auto tx = TRY(rooms_.store.begin());
    auto draft = TRY(own(*tx, by, id));
    erase(*tx, draft, by.text());
    return tx->commit();
}

void Drafts::erase(Tx& tx, Draft const& draft, std::string_view by) {
    tx.write_expecting(1, unknown_draft(), sql::drop_draft, draft.id, draft.version);
    rooms_.files.detach_all(tx, draft.id);
    rooms_.exchange.forget(tx, draft.id);
    rooms_.identity.use_up_consents(tx, draft.id);
    tx.write(sql::drop_confirmations, draft.id);
    tx.audit({std::string(by), "cases.drop_draft", draft.id, {}});
}

Result<bool> Drafts::erase_left(Tx& tx) {
    auto const limits = DraftLimits::embedded();
    bool more = false;
    for (auto const* channel : {"online", "window"}) {
        auto before = left_before(channel, limits, rooms_.clock.now());
        auto left = TRY(load_drafts_left(tx, rooms_.store.sealer(), channel, before));
        for (auto const& draft : left) erase(tx, draft, "system:cases");
        more = more || left.size() == 100;
    }
    return more;
}

Result<void> Drafts::forget(Tx& tx, std::string_view draft) {
    auto found = TRY(tx.rows(sql::load_draft, draft));
    if (!found.empty()) rooms_.exchange.forget(tx, draft);
    return {};
}

Result<void> Drafts::consent(Tx& tx, Actor const& by, Draft const& draft, Standing const& standing,
                             api::TextAgreed const& agreed) {
    return asking_.consent(tx, by, standing.ground, draft, agreed);
}

/// Scans of a window belong to its draft, whoever of the hall made them.
Result<std::vector<files::File>> Drafts::look_at_files(Reader& reader, Actor const& by, Draft const& draft,
                                                       std::vector<FileId> const& ids) {
    std::vector<files::File> found;
    for (auto const& id : ids) {
        auto file = TRY(rooms_.files.file(reader, id));
        if (file.attached_to != draft.id) {
            auto loose = TRY(rooms_.files.look(reader, by, {id}));
            file = std::move(loose.front());
        }
        found.push_back(std::move(file));
    }
    return found;
}

std::vector<FieldError> Drafts::faults(Draft const& draft, Standing const& standing) {
    auto wrong = standing.checked.wrong;
    if (draft.channel == "online")
        if (auto error = check_text(draft.notice, standing.ground.item->notice, "/notice"))
            wrong.push_back(*error);
    if (auto error = check_collection(draft)) wrong.push_back(*error);
    return wrong;
}

Result<api::DraftCheck> Drafts::check(Actor const& by, std::string_view id) {
    auto reader = TRY(rooms_.store.reader());
    foresee_standing(*reader, by, id);
    auto draft = TRY(own(*reader, by, id));
    auto standing = TRY(stand(*reader, draft));
    auto wrong = faults(draft, standing);
    api::DraftCheck shown;
    shown.ready = wrong.empty();
    for (auto const& error : wrong) shown.wrong.push_back({error.path, error.code, error.detail});
    return shown;
}

}  // namespace tongban::cases
