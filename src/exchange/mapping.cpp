#include "exchange/mapping.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "rules/rules.h"

namespace tongban::exchange {

namespace {
/// A list longer than this is no list about a person.
constexpr std::size_t list_max = 1000;

Mapped no_answer(Outcome outcome, std::string why) {
    Mapped mapped;
    mapped.outcome = outcome;
    mapped.why = std::move(why);
    return mapped;
}

Mapped map_failure(std::string const& failure) {
    if (failure == "timed_out") return no_answer(Outcome::late, "answer_is_late");
    if (failure == "too_large") return no_answer(Outcome::wrong, "answer_is_too_large");
    if (failure == "broken_answer") return no_answer(Outcome::wrong, "answer_is_broken");
    return no_answer(Outcome::down, "source_is_not_reachable");
}

bool holds(Condition const& condition, int status, Document const& document) {
    if (condition.status && *condition.status != status) return false;
    if (!condition.at) return condition.status.has_value();
    for (auto const& value : document.at(*condition.at)) {
        auto text = scalar_text(value);
        if (condition.equals.empty()
                ? !text.empty()
                : std::find(condition.equals.begin(), condition.equals.end(), text) != condition.equals.end())
            return true;
    }
    return false;
}

bool is_about_somebody_else(AnswerMap const& map, json::object const& asked, Document const& document,
                            std::size_t records) {
    for (auto const& [parameter, place] : map.same) {
        auto const* sent = asked.if_contains(parameter);
        if (sent == nullptr) continue;
        for (std::size_t i = 0; i < records; ++i) {
            auto found = document.in_record(i, place, "");
            if (found.size() != 1 || scalar_text(found[0]) != scalar_text(*sent)) return true;
        }
    }
    return false;
}

/// Of all records, for lists and counts; of the first otherwise.
Found values_of(FieldMap const& map, Document const& document, std::size_t records) {
    if (map.gather == Gather::first) return document.in_record(0, *map.at, map.each);
    Found all;
    for (std::size_t i = 0; i < records; ++i)
        for (auto& value : document.in_record(i, *map.at, map.each)) all.push_back(std::move(value));
    return all;
}

/// Nothing for a field that is not there.
Result<std::optional<Json>> map_field(FieldMap const& map, Document const& document, std::size_t records) {
    Error const wrong{ErrorKind::invalid, "answer_has_a_wrong_value", map.key};
    if (!map.at) return std::optional<Json>(Json(static_cast<std::int64_t>(records)));
    auto found = values_of(map, document, records);
    if (map.gather == Gather::count)
        return std::optional<Json>(Json(static_cast<std::int64_t>(found.size())));
    if (map.gather == Gather::first) {
        if (found.size() > 1) return wrong;
        auto value = found.empty() ? std::optional<Json>() : TRY(typed(map, found[0]));
        if (!value && map.required) return wrong;
        return value;
    }
    if (found.size() > list_max) return wrong;
    json::array list;
    for (auto const& each : found) {
        auto value = TRY(typed(map, each));
        if (value) list.push_back(std::move(*value));
    }
    return std::optional<Json>(std::move(list));
}

Mapped map_records(AnswerMap const& map, Document const& document, std::size_t records) {
    Mapped mapped;
    mapped.outcome = Outcome::found;
    mapped.count = static_cast<int>(records);
    for (auto const& each : map.fields) {
        auto value = map_field(each, document, records);
        if (!value.ok()) {
            auto wrong = no_answer(Outcome::wrong, "answer_has_a_wrong_value");
            wrong.field = each.key;
            return wrong;
        }
        if (*value) mapped.fields[each.key] = std::move(**value);
    }
    if (auto const* count = mapped.fields.if_contains("count"); count != nullptr && count->is_int64())
        mapped.count = static_cast<int>(count->get_int64());
    if (map.data_at) {
        auto found = document.at(*map.data_at);
        if (!found.empty()) mapped.data_at = read_moment(scalar_text(found[0]), map.data_at_date);
    }
    return mapped;
}

Mapped map_document(AnswerMap const& map, json::object const& asked, int status, Document& document) {
    if (map.refused && holds(*map.refused, status, document))
        return no_answer(Outcome::refused, "source_refuses_us");
    if (map.none && holds(*map.none, status, document)) return no_answer(Outcome::none, "");
    if (map.found && !holds(*map.found, status, document))
        return no_answer(Outcome::wrong, "answer_is_neither");
    if (!map.found && (status < 200 || status > 299))
        return no_answer(Outcome::wrong, "question_is_not_understood");
    auto records = document.open_records(map.records);
    if (records == 0)
        return map.none ? no_answer(Outcome::wrong, "answer_has_no_record") : no_answer(Outcome::none, "");
    if (is_about_somebody_else(map, asked, document, records))
        return no_answer(Outcome::wrong, "answer_is_about_somebody_else");
    if (records > 1 && !map.many) {
        auto several = no_answer(Outcome::several, "");
        several.count = static_cast<int>(records);
        return several;
    }
    return map_records(map, document, records);
}

bool expects_status(AnswerMap const& map, int status) {
    for (auto const* condition : {&map.found, &map.none, &map.refused})
        if (*condition && (*condition)->status == status) return true;
    return false;
}

/// What a status says by itself, whatever stands in the body (RFC 9110, 15).
std::optional<Mapped> map_status(AnswerMap const& map, int status) {
    if (expects_status(map, status)) return std::nullopt;
    if (status == 401 || status == 403) return no_answer(Outcome::refused, "source_refuses_us");
    if (status == 429 || status >= 500) return no_answer(Outcome::down, "source_has_an_error");
    if (status >= 300 && status < 400) return no_answer(Outcome::wrong, "source_points_elsewhere");
    return std::nullopt;
}

Result<Json> number(std::string const& text) {
    auto read = rules::Decimal::read(text);
    if (!read) return Error{ErrorKind::invalid, "answer_has_a_wrong_value", ""};
    return rules::to_json(rules::Value(*read));
}

Result<Json> truth(Json const& raw, std::string const& text) {
    if (raw.is_bool()) return raw;
    if (text == "true" || text == "1") return Json(true);
    if (text == "false" || text == "0") return Json(false);
    return Error{ErrorKind::invalid, "answer_has_a_wrong_value", ""};
}

Result<Json> day(FieldMap const& map, std::string const& text) {
    auto at = read_moment(text, map.date.empty() ? "yyyy-MM-dd" : map.date);
    if (!at) return Error{ErrorKind::invalid, "answer_has_a_wrong_value", ""};
    return Json{{"$date", to_text(beijing_day(*at))}};
}
}  // namespace

std::string scalar_text(Json const& value) {
    if (value.is_string()) return {value.get_string().data(), value.get_string().size()};
    if (value.is_bool()) return value.get_bool() ? "true" : "false";
    if (!value.is_double()) return value.is_int64() || value.is_uint64() ? to_text(value) : "";
    std::array<char, 400> digits{};
    auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value.get_double(),
                             std::chars_format::fixed);
    return {digits.data(), end.ptr};
}

Result<std::optional<Json>> typed(FieldMap const& map, Json const& raw) {
    Error const wrong{ErrorKind::invalid, "answer_has_a_wrong_value", map.key};
    if (raw.is_object() || raw.is_array()) return wrong;
    auto text = trimmed(scalar_text(raw));
    if (raw.is_null() || text.empty()) return std::optional<Json>();
    Json value = raw;
    if (!map.values.empty()) {
        auto listed = map.values.find(text);
        if (listed == map.values.end()) return wrong;
        value = listed->second;
        text = scalar_text(value);
    }
    auto type = map.gather == Gather::list ? FieldType::string : map.type;
    Result<Json> made = Json(text);
    if (type == FieldType::number) made = number(text);
    if (type == FieldType::boolean) made = truth(value, text);
    if (type == FieldType::date) made = day(map, text);
    if (!made.ok()) return wrong;
    return std::optional<Json>(std::move(*made));
}

bool may_be_tried_again(client::Reply const& reply) {
    return reply.answered() ? reply.status >= 500 : reply.failure == "no_connection";
}

Mapped map_reply(Endpoint const& endpoint, json::object const& asked, client::Reply const& reply) {
    if (!reply.answered()) return map_failure(reply.failure);
    auto const& map = endpoint.answer;
    if (auto said = map_status(map, reply.status)) return std::move(*said);
    auto document = map.format == Format::xml ? read_xml_document(reply.body, map.namespaces)
                                              : read_json_document(reply.body);
    if (document.ok()) return map_document(map, asked, reply.status, **document);
    // Some say “none” by their status alone.
    if (map.none && map.none->status == reply.status && !map.none->at) return no_answer(Outcome::none, "");
    bool const well = reply.status >= 200 && reply.status < 300;
    return no_answer(Outcome::wrong, well ? "answer_cannot_be_read" : "question_is_not_understood");
}

}  // namespace tongban::exchange
