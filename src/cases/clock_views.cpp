#include <algorithm>

#include "cases/views.h"

namespace tongban::cases {

namespace {

api::Lamp lamp(api::LampShape shape, std::string text) {
    return {shape, std::move(text)};
}

std::string days(std::int64_t count, LimitUnit unit, Language language) {
    auto number = std::to_string(count);
    if (language == Language::en)
        return number + (unit == LimitUnit::natural_day ? " day" : " working day") + (count == 1 ? "" : "s");
    return number + (unit == LimitUnit::natural_day ? " 自然日" : " 日");
}

/// Days left of the running clock: 0 on the last day, negative when overdue. Counted as the limit counts.
std::int64_t days_left(RunningClock const& clock, Ground const& ground) {
    if (clock.limit.unit == LimitUnit::natural_day) return (clock.due.day - ground.day()).count();
    return working_days_between(ground.picture->calendar(), ground.day(), clock.due.day);
}

api::Lamp last_day(std::string const& mark, Language language) {
    return lamp(api::LampShape::yellow, mark + (language == Language::zh ? "今天到期" : "Due today"));
}

std::string provisional_mark(RunningClock const& clock, Language language) {
    if (!clock.due.provisional) return {};
    return language == Language::zh ? "暂定 " : "Provisional: ";
}

api::Lamp closed_lamp(Case const& found, Language language) {
    bool zh = language == Language::zh;
    if (found.state == State::concluded) return lamp(api::LampShape::none, zh ? "已办结" : "Done");
    if (found.state == State::withdrawn) return lamp(api::LampShape::none, zh ? "已撤回" : "Withdrawn");
    if (found.state == State::denied) return lamp(api::LampShape::none, zh ? "不予办理" : "Refused");
    return lamp(api::LampShape::none, zh ? "不予受理" : "Not accepted");
}

}  // namespace

std::int64_t days_late(RunningClock const& clock, Ground const& ground) {
    auto today = ground.day();
    if (clock.limit.unit == LimitUnit::natural_day) return (today - clock.due.day).count();
    // On the rest days right after the due day no working day has passed yet, and it is late all the same.
    return std::max(1, working_days_between(ground.picture->calendar(), clock.due.day, today));
}

api::DueDay due_view(Due const& due) {
    return {tongban::to_text(due.day), due.provisional};
}

api::Lamp lamp_view(Case const& found, Ground const& ground, Language language) {
    bool zh = language == Language::zh;
    auto clock = running_clock(found, ground.limits);
    if (clock.kind == ClockKind::none) return closed_lamp(found, language);
    if (clock.kind == ClockKind::correction)
        return lamp(api::LampShape::pause, zh ? "等申请人" : "Waiting for applicant");
    if (clock.kind == ClockKind::bringing)
        return lamp(api::LampShape::pause, zh ? "等交材料" : "Waiting for papers");
    auto today = ground.day();
    if (clock.kind == ClockKind::special && today <= clock.due.day)
        return lamp(api::LampShape::pause, zh ? "特别程序" : "Special procedure");
    auto mark = provisional_mark(clock, language);
    if (today > clock.due.day) {
        auto late = days(days_late(clock, ground), clock.limit.unit, language);
        return lamp(api::LampShape::red, zh ? "超 " + late : late + " late");
    }
    if (today == clock.due.day) return last_day(mark, language);
    auto left = days_left(clock, ground);
    auto shape = left <= 1 ? api::LampShape::yellow : api::LampShape::green;
    if (clock.due.day - today == std::chrono::days{1})
        return lamp(shape, mark + (zh ? "明天到期" : "Due tomorrow"));
    auto text = days(left, clock.limit.unit, language);
    return lamp(shape, mark + (zh ? "剩 " + text : text + " left"));
}

api::Lamp waiting_lamp(Case const& found, Ground const& ground, Language language) {
    auto clock = running_clock(found, ground.limits);
    bool zh = language == Language::zh;
    auto mark = provisional_mark(clock, language);
    auto today = ground.day();
    if (today > clock.due.day) return lamp(api::LampShape::red, zh ? "已到期" : "Out of time");
    if (today == clock.due.day) return last_day(mark, language);
    auto left = days_left(clock, ground);
    auto shape = left <= 1 ? api::LampShape::yellow : api::LampShape::green;
    if (!zh) return lamp(shape, mark + days(left, clock.limit.unit, language) + " left");
    bool natural = clock.limit.unit == LimitUnit::natural_day;
    return lamp(shape, mark + "还有 " + std::to_string(left) + (natural ? " 天" : " 个工作日"));
}

namespace {
api::ClockKind kind_view(ClockKind kind) {
    switch (kind) {
        case ClockKind::bringing:
            return api::ClockKind::bringing;
        case ClockKind::acceptance:
            return api::ClockKind::acceptance;
        case ClockKind::correction:
            return api::ClockKind::correction;
        case ClockKind::special:
            return api::ClockKind::special;
        case ClockKind::service:
            return api::ClockKind::service;
        case ClockKind::review:
            return api::ClockKind::review;
        case ClockKind::none:
            break;
    }
    return api::ClockKind::none;
}
}  // namespace

bool waits_for_applicant(Case const& found) {
    return found.state == State::correction || found.state == State::submitted;
}

api::Clock own_clock_view(Case const& found, Ground const& ground, Language language) {
    auto view = clock_view(found, ground, language, Ruler::with_days);
    if (waits_for_applicant(found)) view.lamp = waiting_lamp(found, ground, language);
    return view;
}

api::Clock clock_view(Case const& found, Ground const& ground, Language language, Ruler ruler) {
    api::Clock view;
    view.lamp = lamp_view(found, ground, language);
    auto clock = running_clock(found, ground.limits);
    if (clock.kind == ClockKind::none) {
        view.kind = api::ClockKind::none;
        return view;
    }
    view.kind = kind_view(clock.kind);
    bool natural = clock.limit.unit == LimitUnit::natural_day;
    view.from = tongban::to_text(clock.from);
    view.due = due_view(clock.due);
    if (clock.statutory) view.statutory = due_view(*clock.statutory);
    view.unit = natural ? api::ClockUnit::natural_day : api::ClockUnit::working_day;
    view.total = natural ? (clock.due.day - clock.from).count()
                         : working_days_between(ground.picture->calendar(), clock.from, clock.due.day);
    auto const pauses = clock.kind == ClockKind::review ? found.pauses : std::vector<Pause>{};
    *view.total -= rested(ground.picture->calendar(), pauses, clock.from, clock.due.day,
                          natural ? LimitUnit::natural_day : LimitUnit::working_day);
    view.left = days_left(clock, ground);
    view.used = *view.total - *view.left;
    if (ruler == Ruler::without_days) return view;
    std::vector<api::RulerDay> row;
    int rests = 0;  // days counted by the ruler that did not count
    for (auto const& day : day_ruler(ground.picture->calendar(), clock.from, clock.due.day,
                                     natural ? LimitUnit::natural_day : LimitUnit::working_day)) {
        // From its start to its end: other days explain nothing, and how late it is a sentence says.
        if (day.day < clock.from || day.day > clock.due.day) continue;
        auto kind = day.kind == DayKind::working   ? api::RulerDayKind::working
                    : day.kind == DayKind::weekend ? api::RulerDayKind::weekend
                    : day.kind == DayKind::holiday ? api::RulerDayKind::holiday
                                                   : api::RulerDayKind::make_up;
        bool rest = day.count > 0 && std::any_of(pauses.begin(), pauses.end(), [&](Pause const& pause) {
                        return pause.from < day.day && day.day <= pause.until;
                    });
        if (rest) {
            kind = api::RulerDayKind::rested;
            ++rests;
        }
        row.push_back({tongban::to_text(day.day), kind, rest || day.count == 0 ? 0 : day.count - rests, {}});
        if (!day.name.empty()) row.back().name = day.name;
    }
    view.ruler = std::move(row);
    return view;
}

api::CaseRow case_row(Case const& found, Ground const& ground, Language language) {
    api::CaseRow row;
    row.case_no = found.case_no;
    row.item_name = item_name(found, ground, language);
    row.state = MUST(api::read_state(to_text(found.state)));
    row.sentence = sentence_for(found, ground, language).headline;
    row.changed_at = to_text(found.changed_at);
    row.lamp = lamp_view(found, ground, language);
    if (found.state == State::correction) row.act = api::CaseRowAct::correct;
    if (found.state == State::concluded) row.act = api::CaseRowAct::download;
    return row;
}

api::CaseRow revoked_row(Case const& found, Ground const& ground, Language language) {
    auto row = case_row(found, ground, language);
    row.sentence = revoked_sentence(ground, language).headline;
    row.act.reset();
    return row;
}

namespace {

struct Ahead {
    std::string what, who, note;
};

/// What is still to come, in order, for a case in this state.
std::vector<Ahead> ahead_of(Case const& found, Ground const& ground, Language language) {
    bool zh = language == Language::zh;
    auto const* body = ground.picture->in(language).body(found.body);
    std::string who = body ? body->short_name : "";
    std::vector<Ahead> all;
    if (found.state == State::submitted)
        all.push_back({zh ? "您把材料交到窗口" : "You bring the papers", "",
                       zh ? "任何一个窗口都可以" : "Any window takes them"});
    if (found.state == State::correction)
        all.push_back({zh ? "您补正" : "You correct it", "",
                       zh ? "补正后重新计算受理期限" : "The days to accept then run anew"});
    if (waits_for_applicant(found) || found.state == State::received)
        all.push_back({zh ? "告知是否受理" : "Told whether it is accepted", who, ""});
    bool const decided = found.state == State::approved || found.state == State::issued;
    if (!is_closed(found.state) && !decided)
        all.push_back({zh ? "审查并决定" : "Review and decision", who,
                       zh ? "受理的人不参与审查" : "Not by the person who accepted"});
    bool const at_once = found.collection == "electronic" && !ground.item->card;
    if (!is_closed(found.state) && at_once)
        all.push_back({zh ? "制证，送到您的证照" : "Document made and served", "", ""});
    if (!is_closed(found.state) && !at_once) {
        if (found.state != State::issued) all.push_back({zh ? "制证" : "Document made", "", ""});
        all.push_back({collection_words(found.collection, language), "", ""});
    }
    return all;
}

/// The office's own going to and fro: no step of the case for the applicant.
bool is_inside_the_office(std::string_view kind) {
    for (auto const* inside :
         {"opinion_given", "sent_back", "extension_asked", "extension_declined", "licence_troubled"})
        if (kind == inside) return true;
    return false;
}

}  // namespace

std::vector<api::TimelineStep> timeline(Case const& found, Ground const& ground,
                                        std::vector<EventRow> const& events,
                                        std::vector<LetterRow> const& letters, Language language) {
    std::vector<api::TimelineStep> steps;
    for (auto const& event : events) {
        if (is_inside_the_office(event.kind)) continue;
        api::TimelineStep step;
        step.what = event_words(event.kind, language);
        step.state = api::StepState::done;
        step.at = to_text(event.at);
        if (!event.who.empty()) step.who = who_words(*ground.picture, event.who, language);
        // Why it takes longer stands in the letter too; what else staff note is for staff.
        if (event.kind == "extended" && !event.note.empty()) step.note = event.note;
        for (auto const& letter : letters)
            if (letter.id == event.letter) {
                step.letter = letter.id;
                step.letter_title = letter_title(letter.kind, language);
            }
        steps.push_back(std::move(step));
    }
    for (auto const& letter : letters) {
        if (letter.kind != "revocation") continue;  // no act of the case: its issuer's, long after it ended
        api::TimelineStep step;
        step.what = language == Language::zh ? "结果被撤销" : "Result revoked";
        step.state = api::StepState::done;
        step.at = to_text(letter.ordered_at);
        step.letter = letter.id;
        step.letter_title = letter_title(letter.kind, language);
        steps.push_back(std::move(step));
    }
    bool first = true;
    for (auto const& next : ahead_of(found, ground, language)) {
        api::TimelineStep step;
        step.what = next.what;
        step.state = first ? api::StepState::now : api::StepState::to_come;
        if (!next.who.empty()) step.who = next.who;
        if (!next.note.empty()) step.note = next.note;
        steps.push_back(std::move(step));
        first = false;
    }
    return steps;
}

}  // namespace tongban::cases
