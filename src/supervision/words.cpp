#include "supervision/words.h"

#include <algorithm>

namespace tongban::supervision {

namespace {

std::string pick(Language language, std::string zh, std::string en) {
    return language == Language::zh ? std::move(zh) : std::move(en);
}

struct StateWords {
    std::string_view state, zh, en;
};
constexpr std::array<StateWords, 10> states = {{{"submitted", "待收件", "Papers to be brought"},
                                                {"received", "待受理", "To accept"},
                                                {"correction", "待补正", "To be corrected"},
                                                {"accepted", "审查中", "Under review"},
                                                {"approved", "制证中", "Being made"},
                                                {"issued", "待送达", "To be served"},
                                                {"concluded", "已办结", "Done"},
                                                {"denied", "不予办理", "Refused"},
                                                {"not_accepted", "不予受理", "Not accepted"},
                                                {"withdrawn", "已撤回", "Withdrawn"}}};

std::string trouble_words(std::string const& code, Language language) {
    if (code == "character_cannot_be_drawn")
        return pick(language, "制证遇到生僻字，字库里没有，请通知平台运行人员",
                    "A rare character has no glyph; tell the operators");
    if (code == "seal_is_missing")
        return pick(language, "这个机关没有可用的电子印章，请联系印章管理员",
                    "This body has no valid seal; ask the keeper of seals");
    return pick(language, "制证没有成功，系统会自动再试",
                "Making the document failed; it is tried again by itself");
}

}  // namespace

std::string state_words(std::string_view state, Language language) {
    for (auto const& each : states)
        if (each.state == state) return std::string(language == Language::zh ? each.zh : each.en);
    return std::string(state);
}

std::string why_words(Stuck const& stuck, Language language) {
    switch (stuck.code) {
        case StuckCode::source_down:
            return pick(language, stuck.about + "的数据没有答复，要靠人工核实",
                        "The data of " + (stuck.about_en.empty() ? stuck.about : stuck.about_en) +
                            " gave no answer; somebody has to check by hand");
        case StuckCode::licence_trouble:
            return trouble_words(stuck.about, language);
        case StuckCode::letter_failed:
            return pick(language, "文书没有生成，系统会自动再试",
                        "A letter could not be made; it is tried again by itself");
        case StuckCode::past_step:
            return pick(language, stuck.about + "过了期限，还没有记录",
                        (stuck.about_en.empty() ? stuck.about : stuck.about_en) +
                            ": its last day has passed without a record");
        case StuckCode::no_reviewer:
            return pick(language, "没有人可以审查：这个岗位没有人，或只有受理人自己",
                        "Nobody may review: the post is empty, or held only by who accepted");
    }
    return {};
}

api::WatchLamp lamp_of(Watched const& watched, Day today, Calendar const& calendar, Language language) {
    auto due = watched.due->day;
    if (due == today) return {api::WatchLampShape::yellow, pick(language, "今天到期", "Due today")};
    if (due == today + std::chrono::days{1})
        return {api::WatchLampShape::yellow, pick(language, "明天到期", "Due tomorrow")};
    bool natural = watched.due_unit == LimitUnit::natural_day;
    auto count = [&](Day from, Day until) -> std::int64_t {
        if (natural) return (until - from).count();
        return std::max(1, working_days_between(calendar, from, until));
    };
    auto words = [&](std::int64_t n) {
        if (language == Language::zh) return std::to_string(n) + (natural ? " 自然日" : " 日");
        return std::to_string(n) + (natural ? " day" : " working day") + (n == 1 ? "" : "s");
    };
    if (due > today) {
        auto left = words(count(today, due));
        return {api::WatchLampShape::yellow, pick(language, "剩 " + left, left + " left")};
    }
    auto late = words(count(due, today));
    return {api::WatchLampShape::red, pick(language, "超 " + late, late + " late")};
}

}  // namespace tongban::supervision
