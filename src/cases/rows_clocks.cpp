// The clocks that few cases have, as one JSON column: codes and days, nothing personal.
#include "cases/rows.h"

namespace tongban::cases {

namespace {

Json json_of(Due const& due) {
    return {{"day", to_text(due.day)}, {"provisional", due.provisional}};
}

Day day_at(Json const& value, std::string_view key) {
    return MUST(read_day(std::string_view(value.at(key).as_string())));
}

Due due_at(Json const& value, std::string_view key) {
    auto const& due = value.at(key);
    return {day_at(due, "day"), due.at("provisional").as_bool()};
}

std::string_view unit_name(LimitUnit unit) {
    switch (unit) {
        case LimitUnit::working_day:
            return "working_day";
        case LimitUnit::natural_day:
            return "natural_day";
        case LimitUnit::hour:
            return "hour";
        case LimitUnit::month:
            break;
    }
    return "month";
}

LimitUnit read_unit(std::string_view name) {
    for (auto unit : {LimitUnit::working_day, LimitUnit::natural_day, LimitUnit::hour})
        if (unit_name(unit) == name) return unit;
    return LimitUnit::month;
}

json::object special_json(SpecialOpen const& special) {
    return {{"step", special.step},         {"from", to_text(special.from)},
            {"value", special.limit.value}, {"unit", unit_name(special.limit.unit)},
            {"by", json_of(special.by)},    {"clock_rests", special.clock_rests}};
}

SpecialOpen read_special(Json const& value) {
    return {std::string(value.at("step").as_string()),
            day_at(value, "from"),
            {static_cast<int>(value.at("value").as_int64()),
             read_unit(std::string_view(value.at("unit").as_string()))},
            due_at(value, "by"),
            value.at("clock_rests").as_bool()};
}

}  // namespace

std::string clocks_text(Case const& found) {
    json::object clocks;
    if (found.bring_by.day != Day{}) {
        clocks["submitted_on"] = to_text(found.submitted_on);
        clocks["bring_by"] = json_of(found.bring_by);
    }
    if (found.serve_by.day != Day{}) clocks["serve_by"] = json_of(found.serve_by);
    if (found.extension != 0) clocks["extension"] = found.extension;
    if (found.extension_asked != 0) clocks["extension_asked"] = found.extension_asked;
    if (found.special) clocks["special"] = special_json(*found.special);
    json::array passed, pauses;
    for (auto const& step : found.special_passed) passed.emplace_back(step);
    for (auto const& pause : found.pauses)
        pauses.push_back({{"from", to_text(pause.from)}, {"until", to_text(pause.until)}});
    if (!passed.empty()) clocks["special_passed"] = std::move(passed);
    if (!pauses.empty()) clocks["pauses"] = std::move(pauses);
    return to_text(Json(std::move(clocks)));
}

void read_clocks(Case& found, std::string_view text) {
    auto clocks = MUST(read_json(text));
    auto const& all = clocks.as_object();
    if (all.contains("bring_by")) {
        found.submitted_on = day_at(clocks, "submitted_on");
        found.bring_by = due_at(clocks, "bring_by");
    }
    if (all.contains("serve_by")) found.serve_by = due_at(clocks, "serve_by");
    if (auto const* days = all.if_contains("extension")) found.extension = static_cast<int>(days->as_int64());
    if (auto const* days = all.if_contains("extension_asked"))
        found.extension_asked = static_cast<int>(days->as_int64());
    if (auto const* special = all.if_contains("special")) found.special = read_special(*special);
    if (auto const* passed = all.if_contains("special_passed"))
        for (auto const& step : passed->as_array()) found.special_passed.emplace_back(step.as_string());
    if (auto const* pauses = all.if_contains("pauses"))
        for (auto const& pause : pauses->as_array())
            found.pauses.push_back({day_at(pause, "from"), day_at(pause, "until")});
}

}  // namespace tongban::cases
