#include "cases/confirm_views.h"
#include "cases/intake.h"

namespace tongban::cases {

/// One asking with all it stands on.
struct Confirmations::Open {
    Confirmation asked;
    Draft draft;
    Standing standing;
};

namespace {

api::ConfirmationTold told(std::optional<Confirmation> const& newest, std::string_view present, Instant now) {
    static constexpr api::ConfirmationToldState states[] = {
        api::ConfirmationToldState::none,      api::ConfirmationToldState::waiting,
        api::ConfirmationToldState::confirmed, api::ConfirmationToldState::wrong,
        api::ConfirmationToldState::void_,     api::ConfirmationToldState::over};
    api::ConfirmationTold view;
    view.state = states[static_cast<std::size_t>(confirm_state(newest, present, now))];
    if (newest && newest->state == "wrong" && !newest->note.empty()) view.note = newest->note;
    if (newest && newest->state == "confirmed" && newest->answered_at)
        view.confirmed_at = to_text(*newest->answered_at);
    return view;
}

std::string about_text(std::optional<api::ConfirmationAbout> const& about) {
    return std::string(api::to_text(about.value_or(api::ConfirmationAbout::application)));
}

}  // namespace

std::string Confirmations::mark(Confirmation const& asked, Draft const& draft,
                                Standing const& standing) const {
    auto const& sealer = rooms_.store.sealer();
    return asked.about == "consent" ? consent_mark_of(sealer, draft, standing)
                                    : mark_of(sealer, draft, standing);
}

Result<std::string> Confirmations::send_code(Tx& tx, Confirmation const& asked, Draft const& draft,
                                             std::string const& code) {
    auto sent = TRY(tx.rows(sql::count_codes_sent, asked.draft));
    TRY(may_send_code(sent[0].integer("n"), limits_));
    auto person = TRY(rooms_.identity.person(tx, draft.person));
    // To the phone the person is known by, never to one that only stands on this page.
    TRY(rooms_.notify.send_code(tx, {draft.person, "confirmation", code, asked.until, person.phone}));
    return mask_phone(person.phone);
}

Result<api::ConfirmationAsked> Confirmations::ask(Actor const& by, std::string_view id,
                                                  api::ConfirmationWish const& wish) {
    auto tx = TRY(rooms_.store.begin());
    auto draft = TRY(drafts_.own(*tx, by, id));
    auto standing = TRY(drafts_.stand(*tx, draft));
    auto now = rooms_.clock.now();
    Confirmation asked;
    asked.draft = draft.id;
    asked.about = about_text(wish.about);
    asked.way = api::to_text(wish.way);
    asked.asked_by = by.staff;
    asked.asked_at = now;
    bool by_code = wish.way == api::ConfirmationWay::code;
    asked.until = now + (by_code ? limits_.code : limits_.screen);
    if (asked.about == "consent") {
        auto body = TRY(rooms_.catalog.issuer(*standing.ground.item, draft.region));
        if (!draft_data(standing.ground, standing.known, body.name, {}, Language::zh).consent_needed)
            return Error{ErrorKind::conflict, "no_consent_is_needed",
                         "这件事不用本人同意查询，或者已经同意。"};
    } else if (auto wrong = drafts_.faults(draft, standing); !wrong.empty()) {
        return Error{ErrorKind::invalid, "application_is_incomplete",
                     "还有" + std::to_string(wrong.size()) + "处要改，改好再请本人确认。", std::move(wrong)};
    }
    // The newest holds, so none is as old as the one before it.
    auto before = TRY(newest_confirmation(*tx, rooms_.store.sealer(), draft.id, asked.about));
    if (before && before->asked_at >= now) asked.asked_at = before->asked_at + std::chrono::milliseconds{1};
    asked.id = make_id(asked.asked_at);
    asked.shown = mark(asked, draft, standing);
    asked.texts = agreed_of(texts_to_confirm(asked, standing));
    api::ConfirmationAsked view;
    view.way = wish.way;
    view.until = to_text(asked.until);
    Secrets secrets;
    if (by_code) {
        secrets.code = random_digits(6);
        view.sent_to = TRY(send_code(*tx, asked, draft, secrets.code));
    } else {
        secrets.token = to_base64url(random_bytes(24));
        view.url = "/confirm/" + secrets.token;
    }
    insert_confirmation(*tx, rooms_.store.sealer(), asked, secrets);
    tx->audit({by.text(), "cases.ask_confirmation", draft.id, {{"about", asked.about}, {"way", asked.way}}});
    TRY(tx->commit());
    return view;
}

Result<api::ConfirmationTold> Confirmations::state(Actor const& by, std::string_view id,
                                                   std::string_view about) {
    auto reader = TRY(rooms_.store.reader());
    auto draft = TRY(drafts_.own(*reader, by, id));
    auto standing = TRY(drafts_.stand(*reader, draft));
    Confirmation which;
    which.about = about == "consent" ? "consent" : "application";
    auto newest = TRY(newest_confirmation(*reader, rooms_.store.sealer(), draft.id, which.about));
    return told(newest, mark(which, draft, standing), rooms_.clock.now());
}

/// The answer, and with a consent the consent itself.
Result<void> Confirmations::keep(Tx& tx, Actor const& by, Open const& open, Confirmation const& answered) {
    save_answer(tx, rooms_.store.sealer(), answered);
    if (answered.about == "consent" && answered.state == "confirmed")
        for (auto const& text : answered.texts) TRY(drafts_.consent(tx, by, open.draft, open.standing, text));
    tx.audit({by.text(),
              "cases.answer_confirmation",
              answered.draft,
              {{"about", answered.about}, {"way", answered.way}, {"state", answered.state}}});
    return tx.commit();
}

Result<api::ConfirmationTold> Confirmations::give_code(Actor const& by, std::string_view id,
                                                       api::ConfirmationCode const& wish) {
    auto const& sealer = rooms_.store.sealer();
    auto now = rooms_.clock.now();
    auto tx = TRY(rooms_.store.begin());
    auto draft = TRY(drafts_.own(*tx, by, id));
    auto newest = TRY(newest_confirmation(*tx, sealer, draft.id, about_text(wish.about)));
    if (!newest) return confirmation_is_over();
    // Counted before the code is looked at: guesses sent at the same time are no way around the limit.
    auto tries = TRY(tx->rows(sql::count_wrong_code, newest->draft, newest->id));
    auto fits = TRY(code_fits(*tx, sealer, *newest, trimmed(wish.code)));
    auto taken = may_take_code(*newest, fits ? CodeGiven::fits : CodeGiven::does_not_fit,
                               tries[0].integer("wrong_codes"), limits_, now);
    if (!taken.ok()) {
        tx->audit({by.text(), "cases.confirmation_code_refused", draft.id, {{"code", taken.error().code}}});
        TRY(tx->commit());
        return taken.error();
    }
    Open open{*newest, draft, TRY(drafts_.stand(*tx, draft))};
    auto present = mark(open.asked, draft, open.standing);
    auto answered = TRY(decide_answer(
        open.asked, {PersonsWord::right, open.asked.shown, open.asked.texts, ""}, present, now));
    TRY(keep(*tx, by, open, answered));
    return told(answered, present, now);
}

Result<Confirmations::Open> Confirmations::open(Reader& reader, std::string_view token) {
    auto const& sealer = rooms_.store.sealer();
    auto asked = TRY(confirmation_by_token(reader, sealer, token));
    if (!asked) return confirmation_is_over();
    auto draft = load_draft(reader, sealer, asked->draft);
    if (!draft.ok() && draft.error().code == "draft_is_unknown")
        return confirmation_is_over();  // handed in, or dropped
    auto loaded = TRY(std::move(draft));
    auto standing = TRY(drafts_.stand(reader, loaded));
    return Open{std::move(*asked), std::move(loaded), std::move(standing)};
}

Result<api::ToConfirm> Confirmations::read(std::string_view token, Language language) {
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(open(*reader, token));
    if (found.asked.state != "waiting" || rooms_.clock.now() >= found.asked.until)
        return confirmation_is_over();
    auto body = TRY(rooms_.catalog.issuer(*found.standing.ground.item, found.draft.region));
    auto const* named = found.standing.ground.picture->in(language).body(body.id);
    auto view = to_confirm(found.asked, found.draft, found.standing,
                           named != nullptr ? named->name : body.name, language);
    view.shown = mark(found.asked, found.draft, found.standing);
    return view;
}

Result<api::ConfirmationTold> Confirmations::answer(Actor const& by, std::string_view token,
                                                    api::PersonsAnswer const& wish) {
    auto now = rooms_.clock.now();
    auto tx = TRY(rooms_.store.begin());
    auto found = TRY(open(*tx, token));
    auto present = mark(found.asked, found.draft, found.standing);
    Answered answered;
    answered.word = wish.right ? PersonsWord::right : PersonsWord::wrong;
    answered.shown = wish.shown;
    answered.agreed = agreed_of(texts_to_confirm(found.asked, found.standing));
    answered.note = trimmed(wish.note.value_or(""));
    auto next = TRY(decide_answer(found.asked, answered, present, now));
    if (found.asked.state != "waiting") return told(next, present, now);  // the same answer once more
    if (wish.right)
        TRY(all_are_agreed(answered.agreed, wish.agreed.value_or(std::vector<api::TextAgreed>{})));
    TRY(keep(*tx, by, found, next));
    return told(next, present, now);
}

}  // namespace tongban::cases
