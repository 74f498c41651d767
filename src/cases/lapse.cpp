// 视为撤回: what was asked of the applicant did not come in time, and the case ends without an act of theirs.
// The letter (终止办理告知书) says what was asked, until when, and that nothing was decided about their
// right.
#include "cases/desk.h"
#include "cases/follow.h"

namespace tongban::cases {

namespace {

/// What the two ways to lapse do not share.
struct Lapse {
    std::string event;  ///< of the history; the message is `cases.` and the same
    Due until;
    Limit limit;
    std::vector<sign::Row> missing{};
    std::map<std::string, std::string> more{};  ///< asked_on or submitted_on chooses the letter's words
};

void add_missing(Lapse& lapse, std::string what) {
    lapse.missing.push_back({{"n", std::to_string(lapse.missing.size() + 1)}, {"what", std::move(what)}});
}

Result<Lapse> uncorrected(Tx& tx, Sealer const& sealer, Opened const& opened) {
    auto const& found = opened.found;
    Lapse lapse{"withdrawn_by_silence", found.correction_by, opened.ground.limits.correction};
    auto all = TRY(load_corrections(tx, sealer, found.id));
    ensure(!all.empty(), "a case is in correction by a notice");
    auto const& asked = all.back();
    for (auto const& gap : asked.gaps) add_missing(lapse, gap.label + "：" + clause(gap.problem));
    for (auto const& letter : TRY(load_letters(tx, found.id)))
        if (letter.id == asked.letter) lapse.more["notice_number"] = letter.number;
    lapse.more["asked_on"] = chinese_date(beijing_day(asked.asked_at));
    lapse.more["by_law"] = opened.ground.item->type == catalog::ItemType::permit ? "依照" : "参照";
    return lapse;
}

Result<Lapse> not_brought(Tx& tx, Sealer const& sealer, Opened const& opened) {
    auto const& [found, ground, party, agent, code] = opened;
    Lapse lapse{"papers_not_brought", found.bring_by,
                ground.limits.bringing.value_or(ground.limits.correction)};
    auto rounds = TRY(load_applications(tx, sealer, found.id));
    for (auto const& given : rounds.back().materials)
        if (given.way == api::Way::window) add_missing(lapse, material_name(*ground.item, given.key));
    lapse.more["submitted_on"] = chinese_date(found.submitted_on);
    return lapse;
}

/// Saved, told and written down.
Result<void> end_by_silence(Rooms& rooms, Tx& tx, Opened const& opened, Case const& next, Lapse lapse) {
    auto const& sealer = rooms.store.sealer();
    auto const& ground = opened.ground;
    auto facts = facts_of(opened, next);
    facts.more = remedies_against(opened);
    facts.more.merge(lapse.more);
    facts.more["until"] = chinese_date(lapse.until.day);
    facts.more["limit"] = catalog::limit_text(lapse.limit);
    facts.lists["missing"] = std::move(lapse.missing);
    auto letter = order_letter(tx, sealer, "lapse", facts);
    save_case(tx, next, ground.limits, ground.now);
    insert_event(tx, sealer, next.id,
                 {next.version, ground.now, lapse.event, "system:cases", "", letter, ""});
    rooms.notify.send(tx,
                      message_of(next, ground, "cases." + lapse.event, {{"due", to_text(lapse.until.day)}}));
    tx.audit({"system:cases", "cases.lapse", next.id.text, {}});
    tx.emit({"cases.withdrawn_by_silence", next.id.text, {{"case", next.id.text}}});
    return {};
}

}  // namespace

Result<void> Follow::papers_remind(Tx& tx, CaseId const& id) {
    hold_case(tx, id.text);
    auto found = TRY(load_case(tx, id));
    if (found.state != State::submitted) return {};
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    rooms_.notify.send(
        tx, message_of(found, ground, "cases.papers_remind", {{"due", to_text(found.bring_by.day)}}));
    tx.audit({"system:cases", "cases.papers_remind", id.text, {}});
    return {};
}

Result<void> Follow::papers_due(Tx& tx, CaseId const& id) {
    hold_case(tx, id.text);
    auto found = TRY(load_case(tx, id));
    auto opened = TRY(open_case(rooms_, tx, std::move(found)));
    auto const today = opened.ground.today();
    if (opened.found.state == State::submitted && today.day() <= opened.found.bring_by.day) {
        plan_bringing(tx, opened.found);
        return {};
    }
    auto lapsed = decide_not_brought(opened.found, today);
    if (!lapsed.ok()) return {};
    auto lapse = TRY(not_brought(tx, rooms_.store.sealer(), opened));
    return end_by_silence(rooms_, tx, opened, *lapsed, std::move(lapse));
}

Result<void> Follow::correction_due(Tx& tx, CaseId const& id) {
    hold_case(tx, id.text);
    auto found = TRY(load_case(tx, id));
    auto opened = TRY(open_case(rooms_, tx, std::move(found)));
    auto const today = opened.ground.today();
    auto const until = opened.found.correction_by.day;
    if (opened.found.state == State::correction && today.day() <= until) {
        tx.plan("cases.correction_due", id.text, start_of(until + std::chrono::days{1}));
        return {};
    }
    auto lapsed = decide_lapse(opened.found, today);
    if (!lapsed.ok()) return {};
    auto lapse = TRY(uncorrected(tx, rooms_.store.sealer(), opened));
    return end_by_silence(rooms_, tx, opened, *lapsed, std::move(lapse));
}

}  // namespace tongban::cases
