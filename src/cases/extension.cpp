// 延期: a reviewer asks, the head approves, declines, or extends of itself. Told to the applicant in writing.
#include "cases/desk.h"

namespace tongban::cases {

std::map<std::string, std::string> extension_words(Case const& found, Case const& extended,
                                                   Ground const& ground, std::string approver) {
    return {{"old_due", chinese_date(found.promised.day)},
            {"new_due", chinese_date(extended.promised.day)},
            {"days", std::to_string(extended.extension)},
            {"by_law", ground.item->type == catalog::ItemType::permit ? "依照" : "参照"},
            {"approver", std::move(approver)}};
}

std::optional<api::Extending> extending_view(Case const& found, Ground const& ground, Actor const& by,
                                             std::vector<EventRow> const& events, Language language) {
    bool concerned = has_role(by, "reviewer") || has_role(by, "head");
    if (!concerned || found.state != State::accepted || found.extension > 0) return {};
    api::Extending view;
    view.due = due_view(found.promised);
    auto today = ground.today();
    for (int days = 1; days <= ground.limits.extension_days_max; ++days)
        view.choices.push_back({days, due_view(due_with_extension(found, days, today))});
    EventRow const* last = nullptr;
    for (auto const& event : events)
        if (event.kind == "extension_asked" || event.kind == "extension_declined") last = &event;
    if (last == nullptr) return view;
    bool open = found.extension_asked > 0;
    view.last = api::ExtensionWord{open ? api::ExtensionWordWhat::asked : api::ExtensionWordWhat::declined,
                                   {},
                                   who_words(*ground.picture, last->who, language),
                                   to_text(last->at),
                                   last->note};
    if (open) view.last->days = found.extension_asked;
    return view;
}

Result<api::DeskCase> Extending::ask(Actor const& by, std::string_view case_no, api::Extension const& wish,
                                     std::string_view key, Language language) {
    Asked const asked{by, case_no, "cases.ask_extension", wish.version, key, language};
    auto act = [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        Extension const longer{static_cast<int>(wish.days), wish.reason};
        auto next = TRY(decide_ask_extension(opened.found, longer, opened.ground.today()));
        auto event = event_of(by, opened.ground, next, "extension_asked", "");
        event.note = trimmed(wish.reason);
        insert_event(tx, rooms_.store.sealer(), next.id, event);
        return Acted{std::move(next), {{"days", wish.days}}};
    };
    return desk_.act(asked, act,
                     [&by](Case const& found) { return may_review(found, by.staff, by.roles, by.body); });
}

Result<api::DeskCase> Extending::extend(Actor const& by, std::string_view case_no, api::Extension const& wish,
                                        std::string_view key, Language language) {
    Asked const asked{by, case_no, "cases.extend", wish.version, key, language};
    return desk_.act(asked, [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& sealer = rooms_.store.sealer();
        auto const& ground = opened.ground;
        Extension const longer{static_cast<int>(wish.days), wish.reason};
        auto next = TRY(decide_extend(opened.found, longer, ground.today()));
        auto facts = facts_of(opened, next);
        facts.grounds.reason = trimmed(wish.reason);
        facts.more = extension_words(opened.found, next, ground, acting_name(*ground.picture, by));
        auto letter = order_letter(tx, sealer, "extension", facts);
        auto event = event_of(by, ground, next, "extended", letter);
        event.note = trimmed(wish.reason);
        insert_event(tx, sealer, next.id, event);
        rooms_.notify.send(
            tx, message_of(next, ground, "cases.extended",
                           {{"due", to_text(next.promised.day)}, {"reason", clause(wish.reason)}}));
        tx.emit({"cases.extended", next.id.text, {{"case", next.id.text}}});
        return Acted{std::move(next), {{"days", wish.days}}};
    });
}

Result<api::DeskCase> Extending::decline(Actor const& by, std::string_view case_no,
                                         api::ExtensionDeclined const& wish, std::string_view key,
                                         Language language) {
    Asked const asked{by, case_no, "cases.decline_extension", wish.version, key, language};
    return desk_.act(asked, [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& ground = opened.ground;
        auto next = TRY(decide_decline_extension(opened.found, wish.reason, ground.today()));
        auto event = event_of(by, ground, next, "extension_declined", "");
        event.note = trimmed(wish.reason);
        insert_event(tx, rooms_.store.sealer(), next.id, event);
        return Acted{std::move(next)};
    });
}

}  // namespace tongban::cases
