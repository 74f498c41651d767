#include "notify/model.h"

#include <algorithm>
#include <array>

namespace tongban::notify {

namespace {
constexpr std::array known{"item", "case_no", "due", "body", "licence", "reason"};
constexpr std::array week_zh{"日", "一", "二", "三", "四", "五", "六"};
constexpr std::array week_en{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array month_en{"January", "February", "March",     "April",   "May",      "June",
                              "July",    "August",   "September", "October", "November", "December"};

std::string value_of(json::object const& values, std::string_view name, Language language, Day today) {
    auto const* found = values.if_contains(json::string_view(name.data(), name.size()));
    if (found == nullptr) return "";
    if (!found->is_string()) return to_text(*found);
    std::string text(found->get_string());
    auto day = read_day(text);
    return day.ok() ? spoken_day(*day, language, today) : text;
}
}  // namespace

std::string spoken_day(Day day, Language language, Day today) {
    std::chrono::year_month_day date{day};
    auto week = std::chrono::weekday{day}.c_encoding();
    auto month = static_cast<unsigned>(date.month()), of_month = static_cast<unsigned>(date.day());
    auto other_year = year_of(day) != year_of(today);
    if (language == Language::en) {
        auto text = std::string(week_en[week]) + " " + std::to_string(of_month) + " " + month_en[month - 1];
        return other_year ? text + " " + std::to_string(year_of(day)) : text;
    }
    auto text = std::to_string(month) + "月" + std::to_string(of_month) + "日（周" + week_zh[week] + "）";
    return other_year ? std::to_string(year_of(day)) + "年" + text : text;
}

std::vector<std::string> unknown_placeholders(Words const& words) {
    std::vector<std::string> unknown;
    auto note = [&](std::string_view name) {
        if (std::find(known.begin(), known.end(), name) == known.end()) unknown.emplace_back(name);
        return std::string();
    };
    fill(words.title, note);
    fill(words.text, note);
    return unknown;
}

std::vector<std::string> forbidden_in_sms(std::string_view text) {
    std::vector<std::string> forbidden;
    fill(text, [&](std::string_view name) {
        if (name != "case_no" && name != "due" && name != "body") forbidden.emplace_back(name);
        return std::string();
    });
    return forbidden;
}

Words write_out(Words const& words, json::object const& values, Language language, Day today) {
    auto value = [&](std::string_view name) { return value_of(values, name, language, today); };
    return {fill(words.title, value), fill(words.text, value)};
}

}  // namespace tongban::notify
