// 特别程序: a step by officers with a clock rule of its own.
#include <algorithm>

#include "cases/desk.h"

namespace tongban::cases {

namespace {

catalog::SpecialStep const* step_of(Ground const& ground, std::string_view key) {
    for (auto const& step : ground.item->special_steps)
        if (step.key == key) return &step;
    return nullptr;
}

Error not_at_this_post() {
    return Error{ErrorKind::forbidden, "case_is_not_at_this_post", "这件事不在您的岗位上。"};
}

std::string staff_name(org::Picture const& picture, StaffId const& id) {
    auto const* staff = picture.staff(id);
    return staff != nullptr ? staff->name : id.text;
}

/// Who may be named: holds a post of that role at the body.
std::vector<org::Staff const*> officers_of(org::Picture const& picture, BodyId const& body,
                                           std::string_view role) {
    auto posts = picture.posts_of(body, role);
    std::vector<org::Staff const*> found;
    for (auto const& staff : picture.staff_) {
        bool holds = std::any_of(posts.begin(), posts.end(), [&](org::Post const& post) {
            return std::find(staff.posts.begin(), staff.posts.end(), post.id) != staff.posts.end();
        });
        if (holds) found.push_back(&staff);
    }
    return found;
}

std::string clock_words(catalog::SpecialStep const& step) {
    return step.counts_in_limit ? "所需时间计算在办结期限内。"
                                : "所需时间不计算在办结期限内，办结日期相应顺延。";
}

Result<SpecialRecord> read_record(api::SpecialResult const& wish) {
    SpecialRecord record;
    for (auto const& officer : wish.officers) record.officers.push_back(StaffId{officer});
    record.began_at = TRY(read_instant(wish.began_at));
    record.ended_at = TRY(read_instant(wish.ended_at));
    for (auto const& finding : wish.findings) record.findings.push_back(finding.key);
    record.conclusion =
        wish.conclusion == api::SpecialResultConclusion::pass ? Conclusion::pass : Conclusion::fail;
    return record;
}

/// 核查笔录 as it is kept and shown.
api::SpecialKept kept_of(api::SpecialResult const& wish, catalog::SpecialStep const& step,
                         org::Picture const& picture, SpecialRecord const& record) {
    api::SpecialKept kept;
    for (auto const& officer : record.officers)
        kept.officers.push_back({officer.text, staff_name(picture, officer)});
    kept.place = trimmed(wish.place);
    kept.began_at = to_text(record.began_at);
    kept.ended_at = to_text(record.ended_at);
    for (auto const& asked : step.findings)
        for (auto const& given : wish.findings)
            if (given.key == asked.key)
                kept.findings.push_back({given.key, asked.label.zh, given.result, given.note});
    kept.conclusion = record.conclusion == Conclusion::pass ? api::SpecialKeptConclusion::pass
                                                            : api::SpecialKeptConclusion::fail;
    kept.note = wish.note;
    kept.attended_by = wish.attended_by;
    if (wish.photos) kept.photos = *wish.photos;
    return kept;
}

LetterFacts record_facts(Opened const& opened, Case const& next, catalog::SpecialStep const& step,
                         api::SpecialKept const& kept, SpecialRecord const& record) {
    auto facts = facts_of(opened, next);
    std::string officers;
    for (auto const& officer : kept.officers) officers += (officers.empty() ? "" : "、") + officer.name;
    facts.more = {
        {"step_name", step.name.zh},
        {"step_basis", step.basis},
        {"place", kept.place},
        {"began_at", chinese_time(record.began_at)},
        {"ended_at", chinese_time(record.ended_at)},
        {"officers", officers},
        {"conclusion", record.conclusion == Conclusion::pass ? "通过" : "不通过"},
        {"photos", kept.photos.empty() ? "无" : std::to_string(kept.photos.size()) + " 张，随卷保存"}};
    if (kept.attended_by && !kept.attended_by->empty()) facts.more["attended_by"] = *kept.attended_by;
    if (kept.note && !kept.note->empty()) facts.more["note"] = *kept.note;
    auto& rows = facts.lists["findings"];
    for (auto const& finding : kept.findings)
        rows.push_back({{"n", std::to_string(rows.size() + 1)},
                        {"what", finding.label},
                        {"result", finding.result == api::FindingResult::ok ? "符合" : "不符合"},
                        {"note", finding.note && !trimmed(*finding.note).empty() ? *finding.note : "—"}});
    return facts;
}

/// What was checked, by the item as it is; officers' own words stay as they wrote them.
void tell_in_english(api::SpecialKept& kept, catalog::SpecialStep const& step) {
    for (auto& finding : kept.findings)
        for (auto const& asked : step.findings)
            if (asked.key == finding.key) finding.label = chosen(asked.label, Language::en);
}

api::SpecialStepState state_of(Case const& found, catalog::SpecialStep const& step, SpecialRow const* last) {
    if (last == nullptr) return api::SpecialStepState::to_plan;
    if (last->conclusion.empty() && found.special && found.special->step == step.key)
        return api::SpecialStepState::planned;
    if (last->conclusion.empty()) return api::SpecialStepState::to_plan;  // ended with the case
    return last->conclusion == "pass" ? api::SpecialStepState::passed : api::SpecialStepState::failed;
}

}  // namespace

std::vector<api::SpecialStep> special_views(Case const& found, Ground const& ground,
                                            std::vector<SpecialRow> const& rows, Language language) {
    std::vector<api::SpecialStep> views;
    for (auto const& step : ground.item->special_steps) {
        SpecialRow const* last = nullptr;
        for (auto const& row : rows)
            if (row.step == step.key) last = &row;
        api::SpecialStep view;
        view.key = step.key;
        view.name = chosen(step.name, language);
        view.state = state_of(found, step, last);
        view.role = step.role;
        view.officers = step.officers;
        view.limit_text = language == Language::en ? catalog::limit_text_in_english(step.limit)
                                                   : catalog::limit_text(step.limit);
        view.counts_in_limit = step.counts_in_limit;
        view.basis = step.basis;
        for (auto const& finding : step.findings)
            view.findings.push_back({finding.key, chosen(finding.label, language)});
        for (auto const* staff : officers_of(*ground.picture, found.body, step.role))
            if (staff->id != found.accepted_by) view.candidates.push_back({staff->id.text, staff->name});
        if (last != nullptr) {
            view.planned_on = to_text(last->planned_on);
            if (!last->place.empty()) view.place = last->place;
            if (!last->record.empty()) view.record = MUST(api::read_special_kept_value(last->record));
            if (view.record && !last->letter.empty()) view.record->letter = last->letter;
            if (view.record && language == Language::en) tell_in_english(*view.record, step);
        }
        if (found.special && found.special->step == step.key) view.due = due_view(found.special->by);
        views.push_back(std::move(view));
    }
    return views;
}

Result<api::DeskCase> Special::start(Actor const& by, std::string_view case_no, api::SpecialStart const& wish,
                                     std::string_view key, Language language) {
    Asked const asked{by, case_no, "cases.start_special", wish.version, key, language};
    return desk_.act(asked, [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& sealer = rooms_.store.sealer();
        auto const& ground = opened.ground;
        if (by.body != opened.found.body) return not_at_this_post();
        auto planned_on = TRY(read_day(wish.planned_on));
        auto next = TRY(decide_start_special(opened.found, wish.step, planned_on, ground.today()));
        auto const* step = step_of(ground, wish.step);
        ensure(step != nullptr && next.special, "the law knows the item's steps only");
        SpecialRow row;
        row.seq = next.version;
        row.step = step->key;
        row.planned_on = planned_on;
        row.place = trimmed(wish.place.value_or(""));
        row.planned_by = acting_name(*ground.picture, by);
        auto facts = facts_of(opened, next);
        facts.more = {{"step_name", step->name.zh},
                      {"step_basis", step->basis},
                      {"step_limit", catalog::limit_text(step->limit)},
                      {"step_due", chinese_date(next.special->by.day)},
                      {"planned_on", chinese_date(planned_on)},
                      {"clock_rule", clock_words(*step)}};
        if (!row.place.empty()) facts.more["step_place"] = row.place;
        row.notice = order_letter(tx, sealer, "special_notice", facts);
        insert_special(tx, sealer, next.id, row);
        insert_event(tx, sealer, next.id, event_of(by, ground, next, "special_started", row.notice));
        rooms_.notify.send(tx, message_of(next, ground, "cases.special_started",
                                          {{"due", to_text(planned_on)}, {"reason", step->name.zh}}));
        tx.emit({"cases.special_started", next.id.text, {{"case", next.id.text}, {"step", step->key}}});
        return Acted{std::move(next), {{"step", wish.step}}};
    });
}

Result<api::DeskCase> Special::record(Actor const& by, std::string_view case_no,
                                      api::SpecialResult const& wish, std::string_view key,
                                      Language language) {
    Asked const asked{by, case_no, "cases.record_special", wish.version, key, language};
    return desk_.act(asked, [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& sealer = rooms_.store.sealer();
        auto const& ground = opened.ground;
        auto record = TRY(read_record(wish));
        auto next = TRY(decide_record_special(opened.found, wish.step, record, ground.today()));
        auto const* step = step_of(ground, wish.step);
        ensure(step != nullptr, "the law knows the item's steps only");
        if (by.body != next.body || !has_role(by, step->role)) return not_at_this_post();
        auto known = officers_of(*ground.picture, next.body, step->role);
        for (auto const& officer : record.officers)
            if (std::none_of(known.begin(), known.end(),
                             [&](auto const* staff) { return staff->id == officer; }))
                return Error{ErrorKind::invalid, "officer_has_not_the_role",
                             "只能写本机关有这项职责的工作人员。"};
        auto kept = kept_of(wish, *step, *ground.picture, record);
        std::vector<FileId> photos;
        for (auto const& photo : kept.photos) photos.push_back(FileId{photo});
        TRY(rooms_.files.attach(tx, by, photos, next.id.text));
        auto rows = TRY(load_special(tx, sealer, next.id));
        ensure(!rows.empty() && rows.back().conclusion.empty(), "an open step has its row");
        auto row = std::move(rows.back());
        row.conclusion = api::to_text(wish.conclusion);
        row.record = api::to_json(kept).as_object();
        row.letter = order_letter(tx, sealer, "site_record", record_facts(opened, next, *step, kept, record));
        record_special(tx, sealer, next.id, row);
        bool passed = record.conclusion == Conclusion::pass;
        insert_event(tx, sealer, next.id,
                     event_of(by, ground, next, passed ? "special_passed" : "special_failed", row.letter));
        rooms_.notify.send(tx, message_of(next, ground, "cases.special_finished",
                                          {{"due", to_text(next.promised.day)}, {"reason", step->name.zh}}));
        tx.emit({"cases.special_finished", next.id.text, {{"case", next.id.text}, {"step", step->key}}});
        return Acted{std::move(next), {{"step", wish.step}, {"conclusion", row.conclusion}}};
    });
}

}  // namespace tongban::cases
