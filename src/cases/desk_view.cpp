// The case page of the desk.
#include <algorithm>

#include "cases/data_views.h"
#include "cases/desk.h"
#include "cases/foreseen.h"

namespace tongban::cases {

namespace {

Error unknown_case() {
    return Error{ErrorKind::not_found, "case_is_unknown", "没有这件办件，或者您不能查看。"};
}

api::Act act_view(api::ActName name, Result<void> const& allowed) {
    if (allowed.ok()) return {name, true, {}, {}};
    return {name, false, allowed.error().detail, allowed.error().code};
}

template <class T>
Result<void> only_refusal(Result<T> const& result) {
    if (result.ok()) return {};
    return result.error();
}

/// Whoever reviews asks the head for more time; the head extends, asked or not, or declines what was asked.
void extension_acts(std::vector<api::Act>& acts, Case const& found, Ground const& ground, Actor const& by) {
    auto today = ground.today();
    bool head = has_role(by, "head");
    if (head)
        acts.push_back(act_view(api::ActName::extend, only_refusal(decide_extend(found, {1, "x"}, today))));
    if (head && found.extension_asked > 0)
        acts.push_back(act_view(api::ActName::decline_extension,
                                only_refusal(decide_decline_extension(found, "x", today))));
    if (!head && has_role(by, "reviewer") && may_review(found, by.staff, by.roles, by.body).ok())
        acts.push_back(act_view(api::ActName::ask_extension,
                                only_refusal(decide_ask_extension(found, {1, "x"}, today))));
}

/// Special steps are planned by reviewers and officers, recorded by officers.
void special_acts(std::vector<api::Act>& acts, Case const& found, Ground const& ground, Actor const& by) {
    auto today = ground.today();
    if (!found.special_role.empty() && (has_role(by, "reviewer") || has_role(by, found.special_role))) {
        std::string awaited;
        for (auto const& rule : ground.limits.special)
            if (awaited.empty() && rule.role == found.special_role &&
                std::find(found.special_passed.begin(), found.special_passed.end(), rule.key) ==
                    found.special_passed.end())
                awaited = rule.key;
        acts.push_back(act_view(api::ActName::start_special,
                                only_refusal(decide_start_special(found, awaited, today.day(), today))));
    }
    if (found.special && has_role(by, found.special_role))
        acts.push_back({api::ActName::record_special, true, {}, {}});
}

/// What whoever looks may do now, and why not the rest: the same rules as the verbs, asked in advance.
std::vector<api::Act> acts_of(Case const& found, Ground const& ground, Actor const& by,
                              std::vector<CorrectionRow> const& corrections) {
    std::vector<api::Act> acts;
    auto today = ground.today();
    if (has_role(by, "clerk")) {
        if (found.state == State::submitted)
            acts.push_back(act_view(api::ActName::receive_papers,
                                    only_refusal(decide_receive_papers(found, {}, {}, today))));
        acts.push_back(act_view(api::ActName::accept, only_refusal(decide_accept(found, by.staff, today))));
        std::vector<Gap> first = corrections.empty() ? std::vector<Gap>{} : corrections.front().gaps;
        std::vector<Gap> probe = first.empty() ? std::vector<Gap>{{"field:x", "", "", ""}} : first;
        acts.push_back(
            act_view(api::ActName::correct, only_refusal(decide_ask_correction(found, probe, first, today))));
        acts.push_back(
            act_view(api::ActName::refuse, only_refusal(decide_refuse(found, {"x", "x", ""}, today))));
    }
    if (has_role(by, "clerk") && (found.state == State::issued || found.state == State::approved))
        acts.push_back(
            act_view(api::ActName::serve,
                     only_refusal(decide_serve(found, {ServiceMethod::in_person, "x", ground.now}, today))));
    special_acts(acts, found, ground, by);
    extension_acts(acts, found, ground, by);
    if (has_role(by, "reviewer")) {
        auto allowed = may_review(found, by.staff, by.roles, by.body);
        auto flow = flow_of(*ground.item);
        bool last = flow.ok() && process::is_last(*flow, found.review_step);
        acts.push_back(act_view(last ? api::ActName::decide : api::ActName::opine, allowed));
    }
    return acts;
}

std::vector<api::FlowStep> flow_view(Case const& found, Ground const& ground, Language language) {
    bool zh = language == Language::zh;
    std::vector<api::FlowStep> steps;
    auto const now = api::StepState::now;
    auto state_of = [&](bool done, bool current) {
        return done ? api::StepState::done : current ? now : api::StepState::to_come;
    };
    bool accepted = found.accepted_at.has_value();
    bool waiting = found.state == State::received || found.state == State::correction;
    bool brought = found.state != State::submitted;
    steps.push_back({zh ? "收件" : "Received", state_of(brought, !brought), {}});
    steps.push_back({zh ? "受理" : "Accepted", state_of(accepted, waiting), {}});
    auto flow = flow_of(*ground.item);
    if (flow.ok())
        for (std::size_t i = 0; i < flow->size(); ++i) {
            auto index = static_cast<int>(i);
            bool done = found.decided_at.has_value() || (accepted && index < found.review_step);
            bool current = found.state == State::accepted && index == found.review_step;
            steps.push_back({step_name(*ground.item, i, language), state_of(done, current), {}});
        }
    steps.push_back({zh ? "决定" : "Decided", state_of(found.decided_at.has_value(), false), {}});
    bool made = found.state == State::concluded;
    bool issued = made || found.state == State::issued;
    steps.push_back({zh ? "制证签发" : "Issued", state_of(issued, found.state == State::approved), {}});
    steps.push_back({zh ? "送达" : "Served", state_of(made, found.state == State::issued), {}});
    return steps;
}

std::vector<api::GapTarget> gap_targets(Ground const& ground, Application const& present, Language language) {
    std::vector<api::GapTarget> targets;
    for (auto const& material : present.materials)
        for (auto const& known : ground.item->materials)
            if (known.key == material.key && material.way != api::Way::waived)
                targets.push_back(
                    {"material:" + material.key, in(language, known.name, known.en.name), known.remedies});
    for (auto const& line : forms::lines(ground.item->form, present.answers)) {
        if (line.locked || line.path.find('/', 1) != std::string::npos) continue;
        targets.push_back({"field:" + line.path.substr(1), chosen(line.label, language), {}});
    }
    return targets;
}

/// A second notice may only repeat the first.
std::vector<api::GapTarget> targets_left(Ground const& ground, Application const& present,
                                         std::vector<CorrectionRow> const& corrections, Language language) {
    auto targets = gap_targets(ground, present, language);
    if (corrections.empty()) return targets;
    auto const& first = corrections.front().gaps;
    std::erase_if(targets, [&](auto const& target) {
        return std::none_of(first.begin(), first.end(),
                            [&](Gap const& gap) { return gap.key == target.key; });
    });
    return targets;
}

/// Notes that the program made are told in the reader's language; what people wrote stays as it is.
std::string note_words(EventRow const& event, Ground const& ground, Language language) {
    if (language == Language::zh) return event.note;
    if (event.kind == "data_came")
        for (auto const& datum : ground.item->data)
            if (event.note == source_name(datum, Language::zh)) return source_name(datum, language);
    for (auto const* way : {"code", "screen"})
        if (event.note == confirmed_words(way, Language::zh)) return confirmed_words(way, language);
    if (event.kind != "decided_at_once") return event.note;
    std::string text;
    for (auto const& condition : ground.item->instant)
        text += (text.empty() ? "" : "; ") +
                (condition.staff_yes.en.empty() ? condition.staff_yes.zh : condition.staff_yes.en);
    return text;
}

std::vector<api::HistoryRow> history_view(Ground const& ground, std::vector<EventRow> const& events,
                                          Language language) {
    std::vector<api::HistoryRow> rows;
    for (auto const& event : events) {
        auto who = who_words(*ground.picture, event.who, language);
        if (who.empty())
            who = event.actor.starts_with("resident") ? (language == Language::zh ? "申请人" : "Applicant")
                                                      : (language == Language::zh ? "系统" : "System");
        rows.push_back({to_text(event.at), who, event_words(event.kind, language), {}});
        if (!event.note.empty()) rows.back().note = note_words(event, ground, language);
    }
    return rows;
}

std::vector<api::OpinionGiven> opinions_view(Ground const& ground, std::vector<OpinionRow> const& opinions,
                                             Language language) {
    std::vector<api::OpinionGiven> views;
    for (auto const& opinion : opinions) {
        auto const* post = ground.picture->in(language).post(PostId{opinion.post});
        views.push_back({post != nullptr ? post->title : "", opinion.who, to_text(opinion.at),
                         opinion.verdict, opinion.text});
    }
    return views;
}

Result<std::vector<api::CaseRow>> earlier_cases(Rooms& rooms, Reader& reader, Case const& found,
                                                Language language) {
    std::vector<api::CaseRow> rows;
    auto all = TRY(reader.rows(sql::cases_of_person, found.applicant));
    for (auto row : all) {
        auto other = read_case(row);
        // Only what this body itself handled: another body's files are not this desk's business.
        if (other.id == found.id || other.body != found.body || rows.size() == 5) continue;
        auto ground = TRY(ground_for(rooms, other.item, other.item_version));
        rows.push_back(case_row(other, ground, language));
        rows.back().sentence = stage_words(other, *ground.item, language);
        if (row.flag("revoked")) rows.back().sentence = language == Language::zh ? "已撤销" : "Revoked";
    }
    return rows;
}

api::OpenCorrection open_correction(CorrectionRow const& open, Case const& found, Ground const& ground,
                                    Language language) {
    api::OpenCorrection view{to_text(open.asked_at), due_view(found.correction_by), {}, open.letter};
    for (auto const& gap : open.gaps) view.gaps.push_back(gap_view(gap, ground, language));
    return view;
}

/// Whole for who hands the result over, masked for everybody else.
std::optional<api::Delivery> delivery_view(Case const& found, Actor const& by, Application const& given) {
    auto delivery = given.delivery;
    if (!delivery || (found.state == State::issued && has_role(by, "clerk"))) return delivery;
    delivery->recipient = mask_name(delivery->recipient);
    delivery->phone = mask_phone(delivery->phone);
    delivery->address = mask_address(delivery->address);
    return delivery;
}

}  // namespace

Result<std::vector<process::Step>> flow_of(catalog::Item const& item) {
    std::vector<process::Step> flow;
    for (auto const& text : item.flow) flow.push_back(TRY(process::read_step(text)));
    return flow;
}

std::string remedies_of(Ground const& ground, Case const& found, Language language) {
    if (ground.item->remedies_en.empty()) language = Language::zh;
    auto const* body = ground.picture->in(language).body(found.body);
    auto const& text = language == Language::en ? ground.item->remedies_en : ground.item->remedies;
    return fill(text, [&](std::string_view name) -> std::string {
        if (body == nullptr) return {};
        if (name == "body") return body->reconsideration_body;
        if (name == "court") return body->court;
        return "{" + std::string(name) + "}";
    });
}

Result<Case> Desk::in_scope(Reader& reader, Actor const& by, std::string_view case_no) {
    auto number = read_case_number(case_no);
    if (!number.ok()) return unknown_case();
    auto found = TRY(load_case(reader, *number));
    // A clerk sees what lies in the own hall or was taken in there, what the own region answers for, and, so
    // that papers may be brought to any window, whatever waits for them.
    auto const picture = rooms_.org.picture();
    auto const* responsible = picture->hall_of(found.region);
    bool own_hall = found.hall == by.hall || (responsible != nullptr && responsible->id == by.hall);
    bool window = has_role(by, "clerk") && !by.hall.empty() &&
                  (own_hall || found.accepted_by == by.staff || found.state == State::submitted);
    bool behind = has_role(by, "reviewer") || has_role(by, "inspector") || has_role(by, "head");
    bool before_review = found.state == State::submitted || found.state == State::received ||
                         found.state == State::correction || found.state == State::not_accepted;
    bool post = behind && found.body == by.body && !before_review && found.accepted_at.has_value();
    if (!window && !post) return unknown_case();
    return found;
}

/// What happens at counters and on the spot: halls, agent, special steps, service.
Result<void> Desk::show_counter(Reader& reader, Case const& found, Ground const& ground, Language language,
                                api::DeskCase& view) {
    auto const& sealer = rooms_.store.sealer();
    auto const& picture = ground.picture->in(language);
    if (auto const* hall = picture.hall(found.hall)) view.accepting_hall = hall->name;
    if (auto const* hall = picture.hall_of(found.region)) view.responsible_hall = hall->name;
    if (auto way = api::read_desk_case_collection(found.collection); way.ok()) view.collection = *way;
    if (ground.item->card) view.card = chosen(*ground.item->card, language);
    auto agent = TRY(maybe_party(reader, sealer, found.id, "agent"));
    if (agent)
        view.agent =
            api::Party{mask_name(agent->name), mask_id_number(agent->id_number), mask_phone(agent->phone)};
    if (!ground.item->special_steps.empty())
        view.special = special_views(found, ground, TRY(load_special(reader, sealer, found.id)), language);
    auto service = TRY(load_service(reader, sealer, found.id));
    if (service) view.service = service_view(*service, ground, language);
    return {};
}

/// What the person will read of it under “who looked at my data”.
static identity::Access look_of(Case const& found, Ground const& ground, Actor const& by) {
    return {found.applicant, by.text(),     by.body, "办理“" + found.item_name + "”",  "duty",
            found.case_no,   {"case.page"}, "",      handling_in_english(*ground.item)};
}

Result<api::DeskCase> Desk::show(Actor const& by, std::string_view case_no, Language language) {
    auto const& sealer = rooms_.store.sealer();
    auto reader = TRY(rooms_.store.reader());
    auto found = TRY(in_scope(*reader, by, case_no));
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    foresee_desk_page(rooms_, *reader, found, *ground.item);
    auto party = TRY(load_party(*reader, sealer, found.id, "applicant"));
    auto rounds = TRY(load_applications(*reader, sealer, found.id));
    auto agreements = TRY(load_agreements(*reader, found.id));
    auto attached = TRY(rooms_.files.of(*reader, found.id.text));
    auto letters = TRY(load_letters(*reader, found.id));
    auto corrections = TRY(load_corrections(*reader, sealer, found.id));
    auto const* body = ground.picture->in(language).body(found.body);
    api::DeskCase view;
    view.case_no = found.case_no;
    view.short_no = short_number(found.case_no);
    view.version = found.version;
    view.item = found.item.text;
    view.item_name = item_name(found, ground, language);
    view.item_version = found.item_version;
    view.state = MUST(api::read_state(to_text(found.state)));
    view.source = channel_words(found.channel, language);
    view.received_at = to_text(found.received_at);
    if (found.accepted_at) view.accepted_at = to_text(*found.accepted_at);
    view.responsible_body = body != nullptr ? body->name : "";
    view.clock = clock_view(found, ground, language, Ruler::with_days);
    auto const applicant = masked_applicant(*ground.item, party);
    view.applicant = {applicant.name, applicant.id_number, applicant.phone};
    view.form = answer_pages(ground, rounds, Audience::staff, language);
    view.materials = material_views(ground, rounds, agreements, attached, language);
    if (!rounds.empty()) show_licences(view.materials, rounds.back(), language);
    view.acts = acts_of(found, ground, by, corrections);
    if (found.state == State::correction && !corrections.empty())
        view.correction = open_correction(corrections.back(), found, ground, language);
    auto events = TRY(load_events(*reader, sealer, found.id));
    view.history = history_view(ground, events, language);
    view.extending = extending_view(found, ground, by, events, language);
    view.opinions = opinions_view(ground, TRY(load_opinions(*reader, sealer, found.id)), language);
    view.flow = flow_view(found, ground, language);
    for (auto const& letter : letters) view.letters.push_back(letter_view(letter, language));
    view.earlier_cases = TRY(earlier_cases(rooms_, *reader, found, language));
    if (has_role(by, "reviewer")) view.phrases = ground.item->phrases;
    view.bases = ground.item->bases;
    view.right_bodies = ground.item->right_bodies;
    view.gap_targets = targets_left(ground, rounds.back(), corrections, language);
    view.correction_days = ground.limits.correction.value;
    if (!found.licence.empty())
        view.licence =
            api::LicenceLink{found.licence.text, found.licence_number, result_name(*ground.item, language)};
    view.outcome = outcome_view(TRY(load_outcome(*reader, sealer, found.id)), found, ground, language);
    if (!found.trouble.empty()) view.trouble = trouble_words(found.trouble, language);
    put_data(view, TRY(data_parts(rooms_, *reader, found, ground, rounds.back(), view.form, Audience::staff,
                                  language)));
    view.delivery = delivery_view(found, by, rounds.front());
    TRY(show_counter(*reader, found, ground, language, view));
    reader.reset();
    TRY(rooms_.identity.record_view(look_of(found, ground, by)));
    return view;
}

}  // namespace tongban::cases
