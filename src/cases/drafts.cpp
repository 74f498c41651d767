#include "cases/drafts.h"

#include <algorithm>

namespace tongban::cases {

namespace {

constexpr int drafts_max = 20;  // one person; more are somebody's program, not somebody's needs

Error unknown_draft() {
    return Error{ErrorKind::not_found, "draft_is_unknown", "没有这份草稿。可能已经提交或删除。"};
}

std::map<std::string, api::LockedValue> locked_view(Ground const& ground, identity::Person const& person) {
    auto given = supplied(person);
    std::map<std::string, api::LockedValue> locked;
    for (auto const& page : ground.item->form.pages)
        for (auto const& field : page.fields) {
            if (field.locked.empty()) continue;
            auto const* value = given.if_contains(field.locked);
            if (value == nullptr || !value->is_string()) continue;
            std::string text(value->as_string());
            if (field.kind == forms::FieldKind::id_number) text = mask_id_number(text);
            locked[field.key] = api::LockedValue{Json(text), "real_name", "实名信息", {}, {}, false};
        }
    return locked;
}

}  // namespace

Result<Draft> Drafts::own(Reader& reader, Actor const& by, std::string_view id) {
    auto draft = TRY(load_draft(reader, rooms_.store.sealer(), id));
    if (draft.person != by.person) return unknown_draft();
    return draft;
}

Result<api::Draft> Drafts::view(Reader& reader, Actor const& by, Draft const& draft) {
    auto present = TRY(rooms_.catalog.item(draft.item));
    auto ground = TRY(ground_for(rooms_, draft.item, present->version));
    auto person = TRY(rooms_.identity.person(reader, by.person));
    auto body = TRY(rooms_.catalog.issuer(*present, draft.region));
    api::Draft shown;
    shown.id = draft.id;
    shown.item = draft.item.text;
    shown.item_name = present->name;
    shown.item_version = present->version;
    shown.item_changed = present->version != draft.item_version;
    shown.region = draft.region.text;
    auto const* region = ground.picture->region(draft.region);
    shown.region_name = region != nullptr ? region->name : "";
    shown.body_name = body.name;
    shown.version = draft.version;
    shown.step = draft.step;
    auto locked = locked_view(ground, person);
    auto answers = draft.answers;
    for (auto const& [field, value] : locked)
        answers.erase(field);  // the server's own copy counts, shown masked
    shown.answers = std::move(answers);
    shown.locked = std::move(locked);
    shown.materials = draft.materials;
    shown.notice = draft.notice;
    if (!draft.collection.empty()) shown.collection = draft.collection;
    auto open = TRY(reader.rows(sql::open_cases_of_person_and_item, by.person, draft.item));
    for (auto row : open) shown.open_cases.push_back(row.text("case_no"));
    shown.updated_at = to_text(draft.updated_at);
    return shown;
}

Result<api::Draft> Drafts::open(Actor const& by, api::NewDraft const& wish, std::string_view key) {
    auto item = TRY(rooms_.catalog.item(ItemId{wish.item}));
    auto region = TRY(read_region(wish.region));
    TRY(rooms_.catalog.issuer(*item, region));
    if (by.real_name_level < item->real_name_level)
        return Error{ErrorKind::forbidden, "real_name_level_is_too_low", "办这件事要先完成实名认证。"};
    auto now = rooms_.clock.now();
    Draft draft;
    draft.id = make_id(now);
    draft.person = by.person;
    draft.item = item->code;
    draft.item_version = item->version;
    draft.region = region;
    draft.step = "notice";
    draft.created_at = draft.updated_at = now;
    auto tx = TRY(rooms_.store.begin());
    if (auto first = TRY(tx->first_answer(by.text(), "cases.open_draft", key))) {
        auto opened = TRY(own(*tx, by, *first));
        return view(*tx, by, opened);
    }
    auto count = TRY(tx->rows(sql::count_drafts, by.person));
    if (count[0].integer("n") >= drafts_max)
        return Error{ErrorKind::conflict, "too_many_drafts", "您没办完的草稿太多了，请先办完或删除一些。"};
    insert_draft(*tx, rooms_.store.sealer(), draft);
    tx->audit({by.text(), "cases.open_draft", draft.id, {{"item", item->code.text}}});
    tx->keep_answer(by.text(), "cases.open_draft", key, draft.id);
    TRY(tx->commit());
    auto reader = TRY(rooms_.store.reader());
    return view(*reader, by, draft);
}

Result<api::Drafts> Drafts::mine(Actor const& by) {
    auto reader = TRY(rooms_.store.reader());
    api::Drafts list;
    auto drafts = TRY(load_drafts(*reader, rooms_.store.sealer(), by.person));
    for (auto const& draft : drafts) {
        auto item = rooms_.catalog.item(draft.item);
        list.drafts.push_back({draft.id, draft.item.text, item.ok() ? item.value()->name : draft.item.text,
                               draft.step, to_text(draft.updated_at)});
    }
    return list;
}

Result<api::Draft> Drafts::show(Actor const& by, std::string_view id) {
    auto reader = TRY(rooms_.store.reader());
    auto draft = TRY(own(*reader, by, id));
    return view(*reader, by, draft);
}

Result<api::Draft> Drafts::save(Actor const& by, std::string_view id, api::DraftSave const& wish) {
    auto reader = TRY(rooms_.store.reader());
    auto draft = TRY(own(*reader, by, id));
    if (draft.version != wish.version)
        return Error{ErrorKind::conflict, "draft_changed_meanwhile",
                     "这份草稿在另一台设备上改过。请先看最新的内容。"};
    auto person = TRY(rooms_.identity.person(*reader, by.person));
    auto item = TRY(rooms_.catalog.item(draft.item));
    auto ground = TRY(ground_for(rooms_, draft.item, item->version));
    auto checked = check_partly(ground, person, wish.answers, wish.materials);
    if (wish.notice)
        if (auto error = check_text(wish.notice, item->notice, "/notice")) checked.wrong.push_back(*error);
    if (!checked.wrong.empty())
        return Error{ErrorKind::invalid, "answers_have_errors", "有几处填得不对，请按提示改。",
                     checked.wrong};
    auto files = TRY(rooms_.files.look(*reader, by, files_of(checked.materials)));
    for (auto& material : checked.materials)
        if (material.files)
            for (auto& ref : *material.files)
                for (auto const& file : files)
                    if (file.id.text == ref.id) ref = {ref.id, file.name, file.kind, file.pages, file.size};
    draft.item_version = item->version;
    draft.answers = std::move(checked.answers);
    draft.materials = std::move(checked.materials);
    draft.step = wish.step;
    if (wish.notice && (!draft.notice || !(*draft.notice == *wish.notice)))
        draft.notice_agreed_at = ground.now;
    draft.notice = wish.notice;
    draft.collection = wish.collection ? std::string(to_text(*wish.collection)) : "";
    if (wish.region) {
        draft.region = TRY(read_region(*wish.region));
        TRY(rooms_.catalog.issuer(*item, draft.region));
    }
    draft.updated_at = ground.now;
    reader.reset();
    auto tx = TRY(rooms_.store.begin());
    save_draft(*tx, rooms_.store.sealer(), draft);
    // Uploads belong to the draft from now on, and what it no longer names is let go.
    TRY(rooms_.files.attach(*tx, by, files_of(draft.materials), draft.id));
    TRY(rooms_.files.keep_only(*tx, draft.id, files_of(draft.materials)));
    TRY(tx->commit());
    ++draft.version;
    auto after = TRY(rooms_.store.reader());
    return view(*after, by, draft);
}

Result<void> Drafts::drop(Actor const& by, std::string_view id) {
    auto tx = TRY(rooms_.store.begin());
    auto draft = TRY(own(*tx, by, id));
    tx->write_expecting(1, unknown_draft(), sql::drop_draft, draft.id, draft.version);
    rooms_.files.detach_all(*tx, draft.id);
    tx->audit({by.text(), "cases.drop_draft", draft.id, {}});
    return tx->commit();
}

Result<api::DraftCheck> Drafts::check(Actor const& by, std::string_view id) {
    auto reader = TRY(rooms_.store.reader());
    auto draft = TRY(own(*reader, by, id));
    auto person = TRY(rooms_.identity.person(*reader, by.person));
    auto item = TRY(rooms_.catalog.item(draft.item));
    auto ground = TRY(ground_for(rooms_, draft.item, item->version));
    auto checked = check_wholly(ground, person, draft.answers, draft.materials);
    if (auto error = check_text(draft.notice, item->notice, "/notice")) checked.wrong.push_back(*error);
    if (draft.collection.empty())
        checked.wrong.push_back({"/collection", "collection_is_missing", "请选择怎么领取。"});
    api::DraftCheck shown;
    shown.ready = checked.wrong.empty();
    for (auto const& error : checked.wrong) shown.wrong.push_back({error.path, error.code, error.detail});
    return shown;
}

}  // namespace tongban::cases
