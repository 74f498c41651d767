#include "cases/data_views.h"

#include <algorithm>
#include <set>

namespace tongban::cases {

namespace {

forms::Asked asked_of(Ground const& ground, Known const& known) {
    forms::Asked asked;
    asked.stage = forms::Stage::draft;
    asked.today = ground.day();
    asked.given = known.given;
    return asked;
}

/// What can be done although the register did not help.
std::optional<std::string> instead_of(DatumState const& state, Moment moment, Language language) {
    using exchange::Outcome;
    if (moment == Moment::handed_in) return std::nullopt;
    bool zh = language == Language::zh;
    if (!state.permitted)
        return zh ? "同意查询后可以少填、少交；不同意也能办，自己填写并提交材料。"
                  : "Agree, and there is less to fill in and to give; without it you fill in and give "
                    "papers.";
    switch (state.outcome) {
        case Outcome::down:
        case Outcome::wrong:
        case Outcome::refused:
        case Outcome::several:
            return zh ? "不影响办理：请自己填写，材料可以上传或者承诺，由工作人员核对。"
                      : "You can go on: fill in yourself, upload or promise papers; a person compares.";
        case Outcome::late:
            return zh ? "不影响办理：请先自己填写，材料可以上传或者承诺；答复晚到了会自动补上。"
                      : "You can go on: fill in yourself, upload or promise papers; a late answer is added.";
        default:
            return std::nullopt;
    }
}

api::DataSource source_view(DatumState const& state, Moment moment, Audience audience, Language language) {
    auto const& datum = *state.datum;
    api::DataSource view;
    view.key = datum.key;
    view.resource = datum.resource;
    view.what = in(language, datum.what.zh, datum.what.en);
    view.provider = in(language, datum.provider.zh, datum.provider.en);
    view.outcome = MUST(api::read_data_outcome(exchange::to_text(state.outcome)));
    view.outcome_text = outcome_words(state, audience, language);
    if (moment == Moment::handed_in && state.answers.empty() && !state.asks.empty())
        view.outcome_text = language == Language::zh ? "没有查询" : "Not asked";
    for (auto const& answer : state.answers) {
        if (answer.outcome != state.outcome) continue;
        if (answer.answered_at.ms != 0) view.answered_at = to_text(answer.answered_at);
        if (exchange::is_answer(answer.outcome)) {
            if (answer.data_at.ms != 0) view.data_at = to_text(answer.data_at);
            view.age_text = age_words(answer.answered_at, answer.data_at, language);
        }
        if (answer.down_since) view.down_since = to_text(*answer.down_since);
    }
    view.instead = instead_of(state, moment, language);
    return view;
}

exchange::Answer const* answer_behind(Known const& known, std::string const& path) {
    auto const* state = datum_of(known, path);
    return state == nullptr || state->answers.size() != 1 ? nullptr : &state->answers.front();
}

}  // namespace

std::string source_name(catalog::Datum const& datum, Language language) {
    auto what = in(language, datum.what.zh, datum.what.en);
    auto provider = in(language, datum.provider.zh, datum.provider.en);
    return provider + (language == Language::zh ? "：" : ": ") + what;
}

std::string age_words(Instant answered_at, Instant data_at, Language language) {
    bool zh = language == Language::zh;
    if (data_at.ms != 0 && beijing_day(data_at) < beijing_day(answered_at))
        return zh ? "数据截至" + chinese_date(beijing_day(data_at))
                  : "as of " + to_text(beijing_day(data_at));
    if (zh) return chinese_time(answered_at) + "查到";
    auto text = to_text(answered_at);
    return "found " + text.substr(0, 10) + " " + text.substr(11, 5);
}

std::vector<api::DataSource> source_views(Known const& known, Moment moment, Audience audience,
                                          Language language) {
    std::vector<api::DataSource> views;
    for (auto const& state : known.data)
        if (state.need != DatumState::Need::not_needed)
            views.push_back(source_view(state, moment, audience, language));
    return views;
}

json::object data_as_answers(Ground const& ground, Known const& known) {
    auto checked = forms::check(ground.item->form, json::object{}, asked_of(ground, known));
    json::object filled;
    for (auto const& key : checked.sourced) filled[key] = checked.answers.at(key);
    return filled;
}

Json masked_value(forms::Field const& field, Json const& value) {
    if (field.kind != forms::FieldKind::id_number || !value.is_string()) return value;
    return Json(mask_id_number(std::string(value.get_string())));
}

std::map<std::string, api::LockedValue> locked_values(Ground const& ground, Known const& known,
                                                      Language language) {
    std::map<std::string, api::LockedValue> locked;
    bool zh = language == Language::zh;
    auto checked = forms::check(ground.item->form, json::object{}, asked_of(ground, known));
    for (auto const& page : ground.item->form.pages)
        for (auto const& field : page.fields) {
            auto const* answer = checked.answers.if_contains(field.key);
            if (answer == nullptr || (field.locked.empty() && field.source.empty())) continue;
            api::LockedValue value;
            value.value = masked_value(field, *answer);
            if (!field.locked.empty()) {
                bool firm = field.locked.starts_with("firm.");
                value.source = firm ? "firm" : "real_name";
                value.source_name = firm ? (zh ? "企业登记信息" : "Register of companies")
                                         : (zh ? "实名信息" : "Real-name record");
            } else {
                auto const* state = datum_of(known, field.source);
                value.source = state->datum->key;
                value.source_name = source_name(*state->datum, language);
                value.disputable = true;
                if (auto const* behind = answer_behind(known, field.source)) {
                    if (behind->data_at.ms != 0) value.data_at = to_text(behind->data_at);
                    value.age_text = age_words(behind->answered_at, behind->data_at, language);
                }
            }
            locked[field.key] = std::move(value);
        }
    return locked;
}

std::map<std::string, api::Prefilled> prefilled_values(Ground const& ground, Known const& known,
                                                       Language language) {
    std::map<std::string, api::Prefilled> all;
    bool zh = language == Language::zh;
    for (auto const& page : ground.item->form.pages)
        for (auto const& field : page.fields) {
            auto const* given = field.prefill.empty() ? nullptr : known.given.if_contains(field.prefill);
            if (given == nullptr || given->is_null()) continue;
            // As the field would take it; what does not fit is not offered.
            auto sourced = field;
            sourced.source = field.prefill;
            forms::Form one;
            one.pages.push_back({"one", {}, {}, {sourced}});
            auto checked = forms::check(one, json::object{}, asked_of(ground, known));
            auto const* answer = checked.answers.if_contains(field.key);
            if (answer == nullptr) continue;
            api::Prefilled offered{*answer, zh ? "实名信息" : "Real-name record", {}};
            if (auto const* state = datum_of(known, field.prefill)) {
                offered.source_name = source_name(*state->datum, language);
                if (auto const* behind = answer_behind(known, field.prefill))
                    offered.age_text = age_words(behind->answered_at, behind->data_at, language);
            }
            all[field.key] = std::move(offered);
        }
    return all;
}

json::object known_values(Ground const& ground, Known const& known) {
    std::set<std::string> names;
    auto read = [&](std::optional<rules::Expression> const& expression) {
        if (expression) names.insert(expression->names().begin(), expression->names().end());
    };
    for (auto const& page : ground.item->form.pages)
        for (auto const& field : page.fields) {
            read(field.visible_when);
            read(field.required_when);
            for (auto const& rule : field.valid_when) read(rule.when);
            for (auto const& inner : field.fields) {
                read(inner.visible_when);
                read(inner.required_when);
                for (auto const& rule : inner.valid_when) read(rule.when);
            }
        }
    for (auto const& material : ground.item->materials) {
        read(material.when);
        read(material.waive_when);
    }
    json::object out;
    for (auto const& name : names) {
        auto const* value = known.given.if_contains(name);
        bool number = name.find("id_number") != std::string::npos || name.find("uscc") != std::string::npos;
        if (value != nullptr && !number && !value->is_array()) out[name] = *value;
    }
    return out;
}

api::ConsentText text_view(catalog::Text const& text, Language language) {
    bool translated = language == Language::en && text.en.has_value();
    api::ConsentText view{text.key,     translated ? text.en->title : text.title,
                          text.version, translated ? text.en->paragraphs : text.paragraphs,
                          {},           text.hash};
    auto const& label = translated ? text.en->agree_label : text.agree_label;
    if (!label.empty()) view.agree_label = label;
    return view;
}

api::DraftData draft_data(Ground const& ground, Known const& known, std::string const& body_name,
                          std::optional<api::TextAgreed> const& consent, Language language) {
    auto const& item = *ground.item;
    api::DraftData data;
    data.consent = consent;
    for (auto const& state : known.data) {
        auto const& datum = *state.datum;
        bool duty = datum.basis == catalog::Basis::duty;
        if (!state.permitted) data.consent_needed = true;
        api::DataAsk ask{datum.key,
                         datum.resource,
                         in(language, datum.what.zh, datum.what.en),
                         in(language, datum.provider.zh, datum.provider.en),
                         body_name,
                         in(language, datum.why.zh, datum.why.en),
                         duty ? api::DataAskBasis::duty : api::DataAskBasis::consent,
                         {}};
        if (duty) ask.basis_text = datum.basis_text;
        data.asks.push_back(std::move(ask));
        if (state.need != DatumState::Need::needed || !state.permitted) continue;
        // A question that only now has its parameters is asked with the next look at the draft.
        if (state.outcome == exchange::Outcome::asking || state.answers.size() < state.asks.size())
            data.asking = true;
    }
    if (item.data_consent) {
        data.text = text_view(*item.data_consent, language);
    }
    data.sources = source_views(known, Moment::filling_in, Audience::applicant, language);
    return data;
}

std::vector<api::MaterialOffer> offer_views(std::vector<Offer> const& offers, Language language) {
    std::vector<api::MaterialOffer> views;
    for (auto const& offer : offers) {
        api::MaterialOffer view{
            offer.material->key, in(language, offer.material->name, offer.material->en.name),
            offer.ways,          offer.chosen,
            offer.because,       {}};
        if (offer.licence)
            view.licence =
                api::LicenceOffered{offer.licence->id.text, offer.licence->number,
                                    in(language, offer.licence->type_name, offer.licence->type_name_en),
                                    in(language, offer.licence->issuer_name, offer.licence->issuer_name_en)};
        views.push_back(std::move(view));
    }
    return views;
}

api::DraftInstant instant_view(std::optional<AtOnce> const& verdict, Language language) {
    bool zh = language == Language::zh;
    if (!verdict) return {false, ""};
    auto other = std::find_if(verdict->reasons.begin(), verdict->reasons.end(),
                              [](Reason const& one) { return one.result != ReasonResult::yes; });
    if (other == verdict->reasons.end())
        return {true, zh ? "符合自动办理的条件，提交后马上办结。您也可以要求由工作人员办理。"
                         : "It can be decided at once when you submit. You may ask for a person instead."};
    auto words = in(language, other->words.zh, other->words.en);
    return {false, (zh ? "提交后由工作人员办理：" : "A person will decide: ") + words};
}

DecidedRow decided_row(AtOnce const& verdict) {
    static constexpr std::string_view results[] = {"yes", "no", "undetermined"};
    DecidedRow row;
    row.at_once = verdict.approved;
    for (auto const& reason : verdict.reasons)
        row.reasons.push_back({reason.key, std::string(results[static_cast<std::size_t>(reason.result)]),
                               reason.words.zh, reason.words.en, reason.for_staff.zh, reason.for_staff.en});
    return row;
}

api::Decided decided_view(DecidedRow const& decided, Audience audience, Language language) {
    api::Decided view;
    view.at_once = decided.at_once;
    for (auto const& reason : decided.reasons) {
        // Reasons kept before there were words for staff have only the applicant's.
        bool staff = audience == Audience::staff && !reason.staff_zh.empty();
        view.reasons.push_back(
            {reason.key,
             staff ? in(language, reason.staff_zh, reason.staff_en) : in(language, reason.zh, reason.en),
             MUST(api::read_reason_kept_result(reason.result))});
    }
    return view;
}

namespace {

std::string shown_text(Ground const& ground, std::string const& field, Json const& value, Audience audience,
                       Language language) {
    auto lines = forms::lines(ground.item->form, {{field, value}});
    if (lines.empty()) return {};
    auto text = language == Language::en && !lines[0].text.en.empty() ? lines[0].text.en : lines[0].text.zh;
    return masked_text(*ground.item, text, lines[0].kind, audience);
}

Result<std::vector<api::DisputeKept>> dispute_views(Rooms& rooms, Reader& reader, Case const& found,
                                                    Ground const& ground, Application const& application,
                                                    Audience audience, Language language) {
    std::vector<api::DisputeKept> views;
    if (application.disputes.empty()) return views;
    auto corrections = TRY(rooms.exchange.corrections(reader, found.id.text));
    for (auto const& one : application.disputes) {
        auto const* field = ground.item->form.field(one.field);
        if (field == nullptr) continue;
        api::DisputeKept view;
        view.label = in(language, field->label.zh, field->label.en);
        view.value = shown_text(ground, one.field, one.value, audience, language);
        view.source_value = shown_text(ground, one.field, one.source_value, audience, language);
        view.source_name = in(language, one.source_zh, one.source_en);
        view.ticket = one.ticket;
        if (!one.note.empty()) view.note = one.note;
        for (auto const& correction : corrections)
            if (correction.id == one.ticket) {
                view.ticket_state =
                    MUST(api::read_dispute_kept_ticket_state(exchange::to_text(correction.state)));
                if (!correction.answer.empty()) view.ticket_answer = correction.answer;
            }
        views.push_back(std::move(view));
    }
    return views;
}

void add_late(Ground const& ground, Known const& known, Application const& application,
              std::vector<api::AnswerPage>& pages, Audience audience, Language language) {
    for (auto const& [key, value] : data_as_answers(ground, known)) {
        std::string const field(key);
        if (application.sources.contains(field)) continue;
        auto const* state = datum_of(known, ground.item->form.field(field)->source);
        auto const* behind = answer_behind(known, ground.item->form.field(field)->source);
        if (state == nullptr || behind == nullptr) continue;
        for (auto& page : pages)
            for (auto& row : page.rows)
                if (row.key == field)
                    row.late = source_name(*state->datum, language) + "（" +
                               age_words(behind->answered_at, behind->data_at, language) + "）：" +
                               shown_text(ground, field, value, audience, language);
    }
}

/// Which answers a register confirmed: those it was asked about, where it said that they match.
void add_confirmed(Known const& known, std::vector<api::AnswerPage>& pages, Language language) {
    for (auto const& state : known.data) {
        if (state.outcome != exchange::Outcome::found || state.answers.size() != 1) continue;
        auto const* matches = state.answers.front().fields.if_contains("matches");
        if (matches == nullptr || *matches != Json(true)) continue;
        auto words = language == Language::zh
                         ? "与" + state.datum->what.zh + "一致"
                         : "Same as " + in(language, state.datum->what.zh, state.datum->what.en);
        for (auto const& parameter : state.datum->parameters)
            for (auto& page : pages)
                for (auto& row : page.rows)
                    if (row.check && row.check->result == api::MachineCheckResult::needs_person &&
                        std::ranges::find(parameter.value.names(), row.key) != parameter.value.names().end())
                        row.check = api::MachineCheck{api::MachineCheckResult::ok, words};
    }
}

}  // namespace

Result<Known> known_now(Rooms& rooms, Reader& reader, Case const& found, Ground const& ground,
                        Application const& application) {
    auto answers = TRY(rooms.exchange.answers(reader, found.id.text));
    json::object given;
    for (auto const& [path, value] : application.given)
        if (path.starts_with("applicant.") || path.starts_with("firm.")) given[path] = value;
    return know(ground, rooms.store.sealer(), std::move(given), {}, application.answers, answers,
                Consent::in_force);
}

Result<DataParts> data_parts(Rooms& rooms, Reader& reader, Case const& found, Ground const& ground,
                             Application const& application, std::vector<api::AnswerPage>& pages,
                             Audience audience, Language language) {
    DataParts parts;
    parts.burden = TRY(load_burden(reader, found.id));
    auto decided = TRY(load_decided(reader, rooms.store.sealer(), found.id));
    if (decided) parts.decided = decided_view(*decided, audience, language);
    if (ground.item->data.empty()) return parts;
    auto known = TRY(known_now(rooms, reader, found, ground, application));
    parts.sources = source_views(known, Moment::handed_in, audience, language);
    parts.disputes = TRY(dispute_views(rooms, reader, found, ground, application, audience, language));
    add_late(ground, known, application, pages, audience, language);
    if (audience == Audience::staff) add_confirmed(known, pages, language);
    return parts;
}

}  // namespace tongban::cases
