// Conditions of cells in words. Only simple forms are put into words; any other stands as it is written.
#include <array>

#include "rules/dmn/explain.h"

namespace tongban::rules::dmn {

std::string_view trim(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

namespace {

/// `"深圳"`, `60`, `date("2026-01-01")`, `@"P1D"`, true: what a reader sees of a constant; nothing for
/// others.
std::optional<Wording> constant(std::string_view text) {
    text = trim(text);
    if (text == "true") return Wording{"是", "yes"};
    if (text == "false") return Wording{"否", "no"};
    if (text == "null") return Wording{"没有", "nothing"};
    if (Decimal::read(text)) return Wording{std::string(text), std::string(text)};
    for (std::string_view const lead : {"date(", "date and time(", "time(", "duration(", "@", ""}) {
        if (!text.starts_with(lead)) continue;
        auto inner = text.substr(lead.size());
        if (lead.ends_with('(') && inner.ends_with(')')) inner = trim(inner.substr(0, inner.size() - 1));
        if (inner.size() < 2 || inner.front() != '"' || inner.find('"', 1) != inner.size() - 1) continue;
        auto const bare = std::string(inner.substr(1, inner.size() - 2));
        if (!lead.empty()) return Wording{bare, bare};
        return Wording{"「" + bare + "」", "\"" + bare + "\""};
    }
    return std::nullopt;
}

bool is_day(std::string_view text) {
    return text.find("date") != std::string_view::npos || text.find("@\"") != std::string_view::npos;
}

std::optional<Wording> comparison(std::string_view text) {
    struct Form {
        std::string_view symbol, zh, en, zh_day, en_day;
    };
    static constexpr std::array<Form, 5> forms = {
        Form{">=", "不低于 ", "at least ", "不早于 ", "not before "},
        Form{"<=", "不高于 ", "at most ", "不晚于 ", "not after "},
        Form{"!=", "不是 ", "not ", "不是 ", "not "}, Form{">", "高于 ", "more than ", "晚于 ", "after "},
        Form{"<", "低于 ", "less than ", "早于 ", "before "}};
    for (auto const& form : forms) {
        if (!text.starts_with(form.symbol)) continue;
        auto const what = constant(text.substr(form.symbol.size()));
        if (!what) return std::nullopt;
        bool const day = is_day(text);
        return Wording{std::string(day ? form.zh_day : form.zh) + what->zh,
                       std::string(day ? form.en_day : form.en) + what->en};
    }
    return std::nullopt;
}

std::optional<Wording> interval(std::string_view text) {
    if (text.size() < 5 || std::string_view("[(]").find(text.front()) == std::string_view::npos ||
        std::string_view("])[").find(text.back()) == std::string_view::npos)
        return std::nullopt;
    auto const dots = text.find("..");
    if (dots == std::string_view::npos) return std::nullopt;
    auto const low = constant(text.substr(1, dots - 1));
    auto const high = constant(text.substr(dots + 2, text.size() - dots - 3));
    if (!low || !high) return std::nullopt;
    bool const low_in = text.front() == '[', high_in = text.back() == ']';
    Wording made{"在 " + low->zh + " 和 " + high->zh + " 之间", "between " + low->en + " and " + high->en};
    if (low_in && high_in) made.zh += "（含两端）", made.en += " inclusive";
    if (low_in && !high_in) made.zh += "（不含 " + high->zh + "）", made.en += " (without " + high->en + ")";
    if (!low_in && high_in) made.zh += "（不含 " + low->zh + "）", made.en += " (without " + low->en + ")";
    if (!low_in && !high_in) made.zh += "（不含两端）", made.en += " (without either)";
    return made;
}

std::optional<Wording> single(std::string_view text) {
    text = trim(text);
    if (auto made = constant(text)) return made;
    if (auto made = comparison(text)) return made;
    return interval(text);
}

/// At the commas that stand outside texts and brackets.
std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t from = 0;
    int depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"' && (i == 0 || text[i - 1] != '\\')) in_text = !in_text;
        if (in_text) continue;
        if (text[i] == '(' || text[i] == '[' || text[i] == '{') ++depth;
        if (text[i] == ')' || text[i] == ']' || text[i] == '}') --depth;
        if (text[i] == ',' && depth <= 0) parts.push_back(text.substr(from, i - from)), from = i + 1;
    }
    parts.push_back(text.substr(from));
    return parts;
}

std::optional<Wording> several(std::string_view text) {
    Wording whole;
    for (auto const part : split(text)) {
        auto const made = single(part);
        if (!made) return std::nullopt;
        whole.zh += (whole.zh.empty() ? "" : "或") + made->zh;
        whole.en += (whole.en.empty() ? "" : " or ") + made->en;
    }
    return whole;
}

}  // namespace

Wording wording_of(std::string_view test) {
    auto const text = trim(test);
    if (text == "-") return {"不限", "anything"};
    if (text.starts_with("not(") && text.ends_with(')'))
        if (auto const inner = several(text.substr(4, text.size() - 5)))
            return {"除" + inner->zh + "以外", "anything but " + inner->en};
    if (auto const made = several(text)) return *made;
    return {"符合 " + std::string(text), "as in " + std::string(text)};
}

}  // namespace tongban::rules::dmn
