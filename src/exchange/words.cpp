// What people read about a call.
#include <array>

#include "exchange/model.h"

namespace tongban::exchange {

namespace {
struct Words {
    std::string_view code, zh, en;
};
constexpr std::array<Words, 20> reasons{
    {{"answer_is_late", "没有在限定时间内答复", "did not answer in time"},
     {"source_is_not_reachable", "连不上对方系统", "cannot be reached"},
     {"source_has_an_error", "对方系统报错", "reports an error of its own"},
     {"source_is_paused", "连续失败，暂停询问", "failed again and again; not asked for a while"},
     {"source_refuses_us", "对方不同意查询", "does not let us ask"},
     {"source_points_elsewhere", "对方要求转到别处，没有跟随", "points elsewhere; not followed"},
     {"question_is_not_understood", "对方看不懂请求", "does not understand the question"},
     {"answer_is_too_large", "答复过大，没有读完", "answer is too large and was not read"},
     {"answer_is_broken", "答复残缺", "answer is broken off"},
     {"answer_cannot_be_read", "答复的格式不对", "answer is not in the agreed form"},
     {"answer_is_neither", "答复既不是查到也不是没有", "answer says neither found nor none"},
     {"answer_has_no_record", "答复说查到了却没有内容", "answer says found but holds nothing"},
     {"answer_is_about_somebody_else", "答复的是别人的信息", "answer is about somebody else"},
     {"answer_has_a_wrong_value", "答复里有不认识的值", "answer holds a value nobody knows"},
     {"address_is_not_set", "还没有设置对方系统的地址", "address is not set"},
     {"key_is_missing", "还没有配置密钥", "key is not there yet"},
     {"list_is_not_here_yet", "名单还没有取到", "list has not been fetched yet"},
     {"program_stopped", "询问时平台停止过", "we stopped while asking"},
     {"draft_was_dropped", "本人放弃了填写", "the person dropped the draft"},
     {"source_takes_no_corrections", "对方没有提供纠错接口", "takes no corrections"}}};

std::string english_time(Instant at) {
    constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                                "July",    "August",   "September", "October", "November", "December"};
    auto text = to_text(at);
    std::chrono::year_month_day date{beijing_day(at)};
    return std::to_string(static_cast<unsigned>(date.day())) + " " +
           months[static_cast<unsigned>(date.month()) - 1] + " " + text.substr(11, 5);
}

std::string in_chinese(Answer const& answer) {
    auto const& who = answer.provider;
    switch (answer.outcome) {
        case Outcome::asking:
            return "正在向" + who + "查询。";
        case Outcome::found:
            return who + "已答复。";
        case Outcome::none:
            return who + "没有查到相关记录。";
        case Outcome::several:
            return who + "查到" + std::to_string(answer.count) + "条记录，无法自动确定是哪一条。";
        case Outcome::late:
            return who + "的系统答复较慢，答复来了会自动补上。";
        case Outcome::wrong:
            return who + "返回的内容有问题，没有采用。";
        case Outcome::refused:
            return who + "没有同意这次查询。";
        case Outcome::not_asked:
            return "还没有向" + who + "查询。";
        case Outcome::down:
            break;
    }
    if (answer.why == "address_is_not_set" || answer.why == "list_is_not_here_yet")
        return who + "的系统还没有接通。";
    if (!answer.down_since) return who + "的系统暂时没有答复。";
    return who + "的系统自" + chinese_time(*answer.down_since) + "起没有答复。";
}

std::string in_english(Answer const& answer) {
    auto const& who = answer.provider_en;
    switch (answer.outcome) {
        case Outcome::asking:
            return "Asking " + who + ".";
        case Outcome::found:
            return who + " has answered.";
        case Outcome::none:
            return who + " has no such record.";
        case Outcome::several:
            return who + " has " + std::to_string(answer.count) + " records; which one cannot be told.";
        case Outcome::late:
            return who + " is slow; its answer is added when it comes.";
        case Outcome::wrong:
            return who + " sent something that cannot be used.";
        case Outcome::refused:
            return who + " did not agree to be asked.";
        case Outcome::not_asked:
            return who + " has not been asked yet.";
        case Outcome::down:
            break;
    }
    if (answer.why == "address_is_not_set" || answer.why == "list_is_not_here_yet")
        return who + " is not connected yet.";
    if (!answer.down_since) return who + " does not answer at the moment.";
    return who + " has not answered since " + english_time(*answer.down_since) + ".";
}
}  // namespace

std::string outcome_text(Answer const& answer, Language language) {
    return language == Language::zh ? in_chinese(answer) : in_english(answer);
}

std::string why_text(std::string_view code, Language language) {
    for (auto const& words : reasons)
        if (words.code == code) return std::string(language == Language::zh ? words.zh : words.en);
    return "";
}

}  // namespace tongban::exchange
