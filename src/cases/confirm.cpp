#include "cases/confirm.h"

#include <algorithm>

#include "cases/data.h"

namespace tongban::cases {

Error confirmation_is_over() {
    return Error{ErrorKind::not_found, "confirmation_is_over",
                 "这次确认已经结束或过了时间。请工作人员再请您确认一次。"};
}

ConfirmLimits ConfirmLimits::embedded() {
    auto all = MUST(read_json(data::confirmation));
    auto figure = [&](char const* name) { return static_cast<int>(all.at(name).at("value").as_int64()); };
    return {std::chrono::minutes{figure("screen_minutes")}, std::chrono::minutes{figure("code_minutes")},
            figure("wrong_codes_max"), figure("codes_max")};
}

ConfirmState confirm_state(std::optional<Confirmation> const& newest, std::string_view present, Instant now) {
    if (!newest) return ConfirmState::none;
    if (newest->state == "wrong") return ConfirmState::wrong;
    if (newest->state == "confirmed")
        return newest->shown == present ? ConfirmState::confirmed : ConfirmState::void_now;
    return now >= newest->until ? ConfirmState::over : ConfirmState::waiting;
}

Result<void> may_send_code(std::int64_t sent_before, ConfirmLimits const& limits) {
    if (sent_before < limits.codes_max) return {};
    return Error{
        ErrorKind::too_many, "too_many_codes",
        "这份申请已经发了" + std::to_string(limits.codes_max) + "次确认码，不能再发。请改用副屏确认。"};
}

Result<Confirmation> decide_answer(Confirmation const& newest, Answered const& answered,
                                   std::string_view present, Instant now) {
    std::string const state = answered.word == PersonsWord::right ? "confirmed" : "wrong";
    if (newest.state == state && newest.shown == answered.shown) return newest;
    if (newest.state != "waiting" || now >= newest.until) return confirmation_is_over();
    if (answered.shown != present)
        return Error{ErrorKind::conflict, "draft_changed_meanwhile",
                     "内容刚刚改过。请再看一遍，没有错再确认。"};
    Confirmation next = newest;
    next.state = state;
    next.shown = answered.shown;
    next.answered_at = now;
    if (answered.word == PersonsWord::right) next.texts = answered.agreed;
    if (answered.word == PersonsWord::wrong) next.note = answered.note;
    return next;
}

Result<void> all_are_agreed(std::vector<api::TextAgreed> const& shown,
                            std::vector<api::TextAgreed> const& agreed) {
    for (auto const& text : shown) {
        if (std::find(agreed.begin(), agreed.end(), text) != agreed.end()) continue;
        bool older =
            std::any_of(agreed.begin(), agreed.end(), [&](auto const& one) { return one.key == text.key; });
        if (older)
            return Error{ErrorKind::conflict, "text_is_not_the_present_version",
                         "有的内容更新了，请重新阅读并确认。"};
        return Error{ErrorKind::invalid, "text_is_not_agreed_to", "请逐条阅读并勾选。"};
    }
    return {};
}

Result<void> may_take_code(Confirmation const& newest, CodeGiven given, std::int64_t tries,
                           ConfirmLimits const& limits, Instant now) {
    if (newest.state != "waiting" || newest.way != "code" || now >= newest.until ||
        tries > limits.wrong_codes_max)
        return confirmation_is_over();
    if (given == CodeGiven::fits) return {};
    auto left = limits.wrong_codes_max - tries;
    return Error{ErrorKind::invalid, "confirmation_code_is_wrong",
                 left > 0 ? "确认码不对，还可以试" + std::to_string(left) + "次。"
                          : std::string("确认码不对，这个码不能再用了。请重新发一个。")};
}

Result<void> may_hand_in(std::optional<Confirmation> const& newest, std::string_view present) {
    if (newest && newest->state == "confirmed" && newest->shown == present) return {};
    return Error{ErrorKind::conflict, "not_confirmed_by_the_person",
                 "还没有请本人确认现在的内容。请本人在副屏上或用短信确认码确认后再提交。"};
}

}  // namespace tongban::cases
