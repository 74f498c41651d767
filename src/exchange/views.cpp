// What supervisors and operators see.
#include <algorithm>

#include "exchange/state.h"

namespace tongban::exchange {

namespace {
constexpr std::size_t page = 50;

api::SourceState to_api(SourceState state) {
    switch (state) {
        case SourceState::ok:
            return api::SourceState::ok;
        case SourceState::slow:
            return api::SourceState::slow;
        case SourceState::down:
            return api::SourceState::down;
        case SourceState::paused:
            return api::SourceState::paused;
        case SourceState::unknown:
            break;
    }
    return api::SourceState::unknown;
}

std::optional<std::string> time_text(std::optional<Instant> at) {
    if (!at) return std::nullopt;
    return to_text(*at);
}

std::optional<std::string> filled_text(std::string text) {
    if (text.empty()) return std::nullopt;
    return text;
}

std::optional<std::int64_t> percentile(std::vector<std::int64_t> const& sorted, std::size_t percent) {
    if (sorted.empty()) return std::nullopt;
    return sorted[std::min(sorted.size() - 1, sorted.size() * percent / 100)];
}

/// `<ms>|<id>` of the last row of a page.
std::pair<Instant, std::string> read_cursor(std::string_view after) {
    constexpr std::int64_t far_ms = 253'402'300'800'000;  // the year 10000
    auto cut = after.find('|');
    if (cut == std::string_view::npos || cut > 15) return {Instant{far_ms}, ""};
    std::int64_t ms = 0;
    for (char c : after.substr(0, cut)) {
        if (c < '0' || c > '9') return {Instant{far_ms}, ""};
        ms = ms * 10 + (c - '0');
    }
    return {Instant{ms}, std::string(after.substr(cut + 1))};
}

api::Resource shown(Resource const& resource, Language language) {
    api::Resource out;
    out.code = resource.code;
    out.name = resource.name;
    out.name_en = resource.name_en;
    bool english = language == Language::en;
    out.provider = english ? resource.provider_en : resource.provider;
    out.source = filled_text(resource.source);
    out.summary = english ? resource.summary_en : resource.summary;
    out.share = resource.share == "unconditional" ? api::Share::unconditional : api::Share::conditional;
    out.condition = filled_text(english ? resource.condition_en : resource.condition);
    out.mode = resource.mode == "batch" ? api::Mode::batch : api::Mode::api;
    out.update_cycle = resource.update_cycle;
    for (auto const& [name, type] : resource.parameters) out.parameters.push_back({name, type});
    for (auto const& field : resource.fields)
        out.fields.push_back({field.key, field.name, field.name_en,
                              static_cast<api::FieldType>(static_cast<int>(field.type)), field.sensitive});
    out.security_grade = resource.security_grade;
    out.published_on = resource.published_on;
    return out;
}
}  // namespace

Result<api::Source> Exchange::State::source(store::Reader& reader, Connector const& connector,
                                            Language language) const {
    auto now = clock_.now();
    auto today = start_of(beijing_day(now));
    auto health = engine_->health(connector.source);
    api::Source out;
    out.source = connector.source;
    out.name = connector.name;
    out.name_en = connector.name_en;
    out.provider = connector.provider;
    out.state = to_api(state_of(health, now));
    out.down_since = time_text(health.failing_since);
    out.last_ok = time_text(health.last_ok);
    out.last_failure = time_text(health.last_failure);
    out.failure_text = filled_text(why_text(health.failure, language));
    for (auto const& row : TRY(reader.rows(sql::count_outcomes, connector.source, today))) {
        auto outcome = row.text("outcome");
        auto calls = row.integer("calls");
        out.calls_today += calls;
        if (outcome == "found" || outcome == "several") out.found += calls;
        if (outcome == "none") out.none += calls;
        if (outcome == "late" || outcome == "down" || outcome == "wrong" || outcome == "refused")
            out.failed += calls;
    }
    std::vector<std::int64_t> times;
    for (auto const& row : TRY(reader.rows(sql::last_times, connector.source, today)))
        times.push_back(row.integer("ms"));
    std::sort(times.begin(), times.end());
    out.p50_ms = percentile(times, 50);
    out.p95_ms = percentile(times, 95);
    return out;
}

Result<api::Sources> Exchange::State::sources(Language language) const {
    auto catalogue = catalogue_.load();
    auto reader = TRY(store_.reader());
    std::map<std::string, std::int64_t> open;
    for (auto const& row : TRY(reader->rows(sql::count_open_corrections)))
        open[row.text("source")] = row.integer("corrections");
    auto lists = TRY(load_lists(*reader));
    api::Sources out;
    for (auto const& [name, connector] : catalogue->connectors) {
        auto shown = TRY(source(*reader, *connector, language));
        shown.open_corrections = open[name];
        std::vector<api::Batch> batch;
        for (auto const& [code, endpoint] : connector->endpoints) {
            auto const& resource = *catalogue->resource(code);
            shown.resources.push_back({code, resource.name, resource.name_en});
            if (language == Language::en) shown.provider = resource.provider_en;
            if (!endpoint.list) continue;
            api::Batch state;
            state.code = code;
            state.name = language == Language::en ? resource.name_en : resource.name;
            for (auto const& list : lists)
                if (list.resource == code) {
                    state.rows = list.lines;
                    state.failed_rows = list.failed;
                    state.data_at = time_text(list.data_at);
                    state.pulled_at = time_text(list.pulled_at);
                    state.failure_text = filled_text(why_text(list.failure, language));
                }
            batch.push_back(std::move(state));
        }
        if (!batch.empty()) shown.batch = std::move(batch);
        out.sources.push_back(std::move(shown));
    }
    return out;
}

std::string Exchange::State::who(Call const& call, Language language) const {
    bool const zh = language == Language::zh;
    if (call.asked_by.starts_with("resident:")) return zh ? "本人" : "the person";
    if (!call.asked_by.starts_with("staff:")) return zh ? "系统" : "the system";
    auto number = call.asked_by.substr(6);
    auto picture = org_.picture();
    auto const* staff = picture->staff(StaffId{number});
    return staff == nullptr ? number : staff->name;
}

Result<api::Call> Exchange::State::shown(store::Reader& reader, Call const& call, Language language) const {
    auto catalogue = catalogue_.load();
    auto const* resource = catalogue->resource(call.resource);
    auto answer = answer_of(call, resource);
    api::Call out;
    out.id = call.id;
    out.at = to_text(call.asked_at);
    out.resource_name = language == Language::zh ? answer.resource_name : answer.resource_name_en;
    out.item = call.purpose.item.text;
    auto const& purpose = call.purpose;
    bool const en = language == Language::en;
    out.item_name =
        filled_text(en && !purpose.item_name_en.empty() ? purpose.item_name_en : purpose.item_name);
    out.case_no = filled_text(call.purpose.case_no);
    auto person = identity_.person(reader, call.purpose.person);
    out.person = person.ok() ? mask_name(person->name) : "";
    out.by = who(call, language);
    out.basis = call.purpose.basis == "duty" ? api::Basis::duty : api::Basis::consent;
    out.purpose = en && !purpose.why_en.empty() ? purpose.why_en : purpose.why;
    out.outcome = static_cast<api::CallOutcome>(static_cast<int>(call.outcome));
    auto why = why_text(call.reason, language);
    out.outcome_text = why.empty() ? outcome_text(answer, language) : why;
    if (call.ms) out.ms = *call.ms;
    out.cached = call.from == Call::From::earlier_answer;
    return out;
}

Result<api::Calls> Exchange::State::calls(std::string const& source, std::string const& after,
                                          Language language) const {
    if (catalogue_.load()->connector(source) == nullptr)
        return Error{ErrorKind::not_found, "source_is_unknown", "没有这个数据来源。"};
    auto [before, id] = read_cursor(after);
    auto reader = TRY(store_.reader());
    auto calls = TRY(calls_of_source(*reader, store_.sealer(), source, before, id));
    api::Calls out;
    for (std::size_t i = 0; i < std::min(calls.size(), page); ++i)
        out.calls.push_back(TRY(shown(*reader, calls[i], language)));
    if (calls.size() > page)
        out.next = std::to_string(calls[page - 1].asked_at.ms) + "|" + calls[page - 1].id;
    return out;
}

Result<api::Corrections> Exchange::State::corrections(std::string const& after, Language language) const {
    auto catalogue = catalogue_.load();
    auto reader = TRY(store_.reader());
    auto rows = TRY(reader->rows(sql::list_corrections, after.empty() ? std::string("~") : after));
    auto tickets = TRY(read_tickets(rows, store_.sealer()));
    api::Corrections out;
    for (std::size_t i = 0; i < std::min(tickets.size(), page); ++i) {
        auto const& ticket = tickets[i];
        auto const& correction = ticket.correction;
        auto const* connector = catalogue->connector(ticket.source);
        auto const* resource = catalogue->resource(correction.resource);
        auto const* field = resource == nullptr ? nullptr : resource->field(correction.field);
        bool const zh = language == Language::zh;
        api::Correction shown;
        shown.id = correction.id;
        shown.at = to_text(correction.at);
        shown.changed_at = to_text(correction.changed_at);
        shown.source = ticket.source;
        shown.source_name = connector == nullptr ? ticket.source : zh ? connector->name : connector->name_en;
        shown.resource_name = resource == nullptr ? correction.resource
                              : zh                ? resource->name
                                                  : resource->name_en;
        shown.field_name = field == nullptr ? correction.field : zh ? field->name : field->name_en;
        shown.state = static_cast<api::CorrectionState>(static_cast<int>(correction.state));
        shown.answer = filled_text(correction.answer);
        shown.failure_text = filled_text(why_text(ticket.failure, language));
        shown.case_no = filled_text(ticket.case_no);
        out.corrections.push_back(std::move(shown));
    }
    if (tickets.size() > page) out.next = tickets[page - 1].correction.id;
    return out;
}

api::Resources Exchange::State::resources(Language language) const {
    api::Resources out;
    for (auto const& [code, resource] : catalogue_.load()->resources)
        out.resources.push_back(exchange::shown(*resource, language));
    return out;
}

}  // namespace tongban::exchange
