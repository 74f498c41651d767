#include "cases/intake.h"

#include "cases/views.h"

namespace tongban::cases {

namespace {

constexpr std::string_view open_verb = "cases.open_intake";

api::NewDraft draft_wish(api::NewIntake const& wish) {
    return {wish.item, wish.region, wish.firm};
}

/// Who takes in for a person sees who they are and where they live.
identity::Access look_of(Actor const& by, PersonId const& person, catalog::Item const& item) {
    identity::Access look;
    look.person = person;
    look.actor = by.text();
    look.body = by.body;
    look.purpose = "在窗口办理“" + item.name + "”";
    look.purpose_en = handling_in_english(item) + " at the window";
    look.basis = "duty";
    look.what = {"applicant", "applicant.address"};
    return look;
}

}  // namespace

Result<PersonId> Intake::person_of(Tx& tx, Actor const& by, api::NewIntake const& wish) {
    bool by_code = wish.method == api::NewIntakeMethod::code;
    if (by_code ? !wish.code : !wish.applicant)
        return Error{ErrorKind::invalid, "person_is_not_named", "请先读取身份证，或扫本人出示的码。"};
    if (by_code) return rooms_.identity.spend_code(tx, *wish.code);
    auto const& who = *wish.applicant;
    auto region = TRY(read_region(wish.region));
    return rooms_.identity.register_walk_in(
        tx, by, {trimmed(who.name), who.id_number, who.phone, who.address.value_or(""), region});
}

Result<api::Draft> Intake::open(Actor const& by, api::NewIntake const& wish, std::string_view key,
                                Language language) {
    ensure(!by.hall.empty(), "a clerk's post has its hall; an import without one is refused");
    std::string id;
    {
        auto tx = TRY(rooms_.store.begin());
        if (auto first = TRY(tx->first_answer(by.text(), open_verb, key))) {
            id = *first;
        } else {
            auto person = TRY(person_of(*tx, by, wish));
            auto draft =
                TRY(drafts_.open_in(*tx, by, {person, "window", by.staff, by.hall}, draft_wish(wish)));
            auto item = TRY(rooms_.catalog.item(draft.item));
            rooms_.identity.record_access(*tx, look_of(by, person, *item));
            tx->audit({by.text(),
                       "cases.open_intake",
                       draft.id,
                       {{"method", std::string(api::to_text(wish.method))}}});
            tx->keep_answer(by.text(), open_verb, key, draft.id);
            TRY(tx->commit());
            id = draft.id;
        }
    }
    auto reader = TRY(rooms_.store.reader());
    auto opened = TRY(drafts_.own(*reader, by, id));
    return drafts_.view(*reader, opened, language);
}

Result<api::Intakes> Intake::unfinished(Actor const& by, Language language) {
    auto reader = TRY(rooms_.store.reader());
    auto const picture = rooms_.org.picture();
    auto const limits = DraftLimits::embedded();
    api::Intakes list;
    auto drafts = TRY(load_drafts(*reader, rooms_.store.sealer(), by.hall));
    for (auto const& draft : drafts) {
        auto item = rooms_.catalog.item(draft.item);
        auto person = TRY(rooms_.identity.person(*reader, draft.person));
        auto const* filer = picture->staff(draft.filer);
        list.drafts.push_back({draft.id, draft.item.text,
                               item.ok() ? item_name(**item, language) : draft.item.text, draft.step,
                               to_text(draft.updated_at), to_text(kept_until(draft, limits)),
                               mask_name(person.name), filer != nullptr ? filer->name : ""});
    }
    return list;
}

Result<api::Draft> Intake::show(Actor const& by, std::string_view id, Language language) {
    auto reader = TRY(rooms_.store.reader());
    auto draft = TRY(drafts_.own(*reader, by, id));
    reader.reset();
    if (draft.filer != by.staff) {
        auto item = TRY(rooms_.catalog.item(draft.item));
        TRY(rooms_.identity.record_view(look_of(by, draft.person, *item)));
    }
    return drafts_.show(by, id, language);
}

Result<Mine::Content> Intake::file(Actor const& by, std::string_view id, std::string_view file) {
    auto reader = TRY(rooms_.store.reader());
    auto draft = TRY(drafts_.own(*reader, by, id));
    auto wanted = TRY(rooms_.files.file(*reader, FileId{std::string(file)}));
    bool scanned_now =
        wanted.attached_to.empty() && wanted.owner == by.text();  // not saved with the draft yet
    if (wanted.attached_to != draft.id && !scanned_now)
        return Error{ErrorKind::not_found, "file_is_unknown", "没有这个文件。"};
    reader.reset();
    auto bytes = TRY(rooms_.files.bytes(wanted));
    return Mine::Content{std::move(wanted), std::move(bytes)};
}

}  // namespace tongban::cases
