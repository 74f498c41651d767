// The sentences of a case, Chinese and English side by side (ui.md §7: say what is, who acts, by when).
#include "cases/views.h"

namespace tongban::cases {

namespace {

std::string pick(Language language, std::string zh, std::string en) {
    return language == Language::zh ? std::move(zh) : std::move(en);
}

/// 10月16日（周五） / Friday 16 October; the year only when it is not this year.
std::string day_words(Day day, Day today, Language language) {
    static constexpr char const* zh[] = {"日", "一", "二", "三", "四", "五", "六"};
    static constexpr char const* en[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                         "Thursday", "Friday", "Saturday"};
    static constexpr char const* months[] = {"January",   "February", "March",    "April",
                                             "May",       "June",     "July",     "August",
                                             "September", "October",  "November", "December"};
    std::chrono::year_month_day const date{day};
    auto const weekday = std::chrono::weekday{day}.c_encoding();
    auto const month = static_cast<unsigned>(date.month());
    auto const number = static_cast<unsigned>(date.day());
    bool const same_year = year_of(day) == year_of(today);
    if (language == Language::en)
        return std::string(en[weekday]) + " " + std::to_string(number) + " " + months[month - 1] +
               (same_year ? "" : " " + std::to_string(year_of(day)));
    return (same_year ? "" : std::to_string(year_of(day)) + "年") + std::to_string(month) + "月" +
           std::to_string(number) + "日（周" + zh[weekday] + "）";
}

std::string by_when(Due const& due, Ground const& ground, Language language) {
    auto day = day_words(due.day, ground.day(), language);
    if (!due.provisional) return day;
    return pick(language, "暂定" + day, day + " (provisional)");
}

std::string because_provisional(Due const& due, Language language) {
    if (!due.provisional) return {};
    return pick(language, "放假安排公布后重算，有变化会告诉您。",
                " The holidays of that year are not announced yet; we will tell you if the date changes.");
}

std::string because_extended(Case const& found, Ground const& ground, Language language) {
    if (found.extension == 0) return {};
    auto before = day_words(due_with_extension(found, 0, ground.today()).day, ground.day(), language);
    auto days = std::to_string(found.extension);
    return pick(language,
                "原定" + before + "前办完，经批准延长了" + days + "个工作日，原因写在延期通知书里。",
                " It was to be done by " + before + "; with the head's approval it takes " + days +
                    (found.extension == 1 ? " working day" : " working days") +
                    " longer. The notice of extension says why.");
}

Sentence overdue(Case const& found, Ground const& ground, Language language) {
    auto late = days_late(running_clock(found, ground.limits), ground);
    bool natural = ground.limits.promise.unit == LimitUnit::natural_day;
    auto const* body = ground.picture->body(found.body);
    auto days = std::to_string(late);
    auto en_days = days + (natural ? " day" : " working day") + (late == 1 ? "" : "s");
    return {pick(language, "超了" + days + (natural ? "天" : "个工作日") + "，是我们的责任",
                 "We are " + en_days + " late. It is our fault"),
            pick(language, (body ? body->short_name : "") + "还没有办完。您可以打下面的电话催办。",
                 "It is not finished yet. You can call the number below.")};
}

/// The result is made and is to be handed over.
Sentence to_be_served(Case const& found, Ground const& ground, Language language) {
    auto const* hall = ground.picture->in(language).hall(found.hall);
    auto what = ground.item->card ? ground.item->card->zh : ground.item->result_name;
    if (found.collection == "courier")
        return {pick(language, "办好了，" + by_when(found.serve_by, ground, language) + "前邮寄给您",
                     "Done. Sent to you by " + by_when(found.serve_by, ground, language)),
                pick(language, what + "寄到您留的地址，请留意快递电话。",
                     "It goes to the address you gave; please watch for the courier's call.")};
    return {pick(language, "办好了，请到窗口领取", "Done. Please fetch it at the window"),
            pick(language,
                 "带上身份证到" + std::string(hall != nullptr ? hall->name : "窗口") + "领取" + what + "。",
                 "Bring your ID card to " + std::string(hall != nullptr ? hall->name : "the window") + ".")};
}

Sentence during_special(Case const& found, Ground const& ground, Language language) {
    std::string name, en;
    for (auto const& step : ground.item->special_steps)
        if (step.key == found.special->step) {
            name = step.name.zh;
            en = step.name.en.empty() ? step.name.zh : step.name.en;
        }
    auto day = by_when(found.special->by, ground, language);
    return {pick(language, "正在" + name + "，" + day + "前完成", en + " under way, done by " + day),
            found.special->clock_rests
                ? pick(language, "这段时间不计算在办结期限内，完成后办结日期会顺延，到时告诉您。",
                       "These days do not count; the due date moves by them, and we will tell you.")
                : pick(language, "这段时间计算在办结期限内，办结日期不变。",
                       "These days count; the due date stays.")};
}

Sentence while_open(Case const& found, Ground const& ground, Language language) {
    switch (found.state) {
        case State::received:
            return {
                pick(language, "已收到，" + by_when(found.accept_by, ground, language) + "前告诉您是否受理",
                     "Received. You will hear by " + by_when(found.accept_by, ground, language)),
                pick(language, "现在不用您做什么。到期没有告知的，自收件之日起视为受理。",
                     "Nothing for you to do now. If nobody tells you in time, it counts as accepted from "
                     "receipt.") +
                    because_provisional(found.accept_by, language)};
        case State::correction:
            return {
                pick(language, "请在" + by_when(found.correction_by, ground, language) + "前补正",
                     "Please correct it by " + by_when(found.correction_by, ground, language)),
                pick(language, "要补正的内容一次说清了，都在下面。到期没补，视为撤回申请，以后可以重新申请。",
                     "Everything to correct is listed below, once. If it is not corrected in time the "
                     "application "
                     "counts as withdrawn; you can apply again.") +
                    because_provisional(found.correction_by, language)};
        case State::submitted:
            return {
                pick(language, "请在" + by_when(found.bring_by, ground, language) + "前把材料交到窗口",
                     "Please bring the papers to a window by " + by_when(found.bring_by, ground, language)),
                pick(
                    language,
                    "任何一个政务服务窗口都可以收。材料收齐才开始计算受理期限；到期没交，视为撤回申请。",
                    "Any service window takes them. The days to accept begin when all have come; if they are "
                    "not brought in time the application counts as withdrawn.") +
                    because_provisional(found.bring_by, language)};
        case State::issued:
            return to_be_served(found, ground, language);
        case State::accepted:
            if (found.special) return during_special(found, ground, language);
            if (ground.day() > found.promised.day) return overdue(found, ground, language);
            return {pick(language, "已受理，" + by_when(found.promised, ground, language) + "前办完",
                         "Accepted. Done by " + by_when(found.promised, ground, language)),
                    pick(language, "正在审查。现在不用您做什么，办好了会告诉您。",
                         "Under review. Nothing for you to do; we will tell you when it is done.") +
                        because_extended(found, ground, language) +
                        because_provisional(found.promised, language)};
        default:
            if (!found.trouble.empty())
                return {pick(language, "已准予，制证时遇到问题，正在处理",
                             "Approved; making the document met a problem"),
                        pick(language, "您的姓名里有生僻字或系统暂时不能制证，我们正在处理，不用您再跑。",
                             "We are working on it. You need not do anything.")};
            return {pick(language, "已准予，正在制作电子证明", "Approved. The document is being made"),
                    pick(language, "通常几秒钟就好。", "This usually takes seconds.")};
    }
}

}  // namespace

std::string who_words(org::Picture const& picture, std::string const& who, Language language) {
    if (language == Language::zh) return who;
    for (auto const& body : picture.bodies()) {
        auto const& name = body.short_name;
        bool whole = who.starts_with(name) && (who.size() == name.size() || who[name.size()] == ' ');
        if (whole) return picture.in(language).body(body.id)->short_name + who.substr(name.size());
    }
    return who;
}

std::string item_name(catalog::Item const& item, Language language) {
    return in(language, item.name, item.name_en);
}

std::string handling_in_english(catalog::Item const& item) {
    return "Handling “" + item_name(item, Language::en) + "”";
}

std::string result_name(catalog::Item const& item, Language language) {
    return in(language, item.result_name, item.result_name_en);
}

std::string step_name(catalog::Item const& item, std::size_t step, Language language) {
    if (language == Language::en && step < item.flow_en.size()) return item.flow_en[step];
    auto const& given = item.flow.at(step);
    return given.substr(given.find(':') + 1);
}

std::string item_name(Case const& found, Ground const& ground, Language language) {
    return in(language, found.item_name, ground.item->name_en);
}

WaitedFor waited_in_vain(Case const& found) {
    auto closed_on = beijing_day(found.closed_at.value_or(Instant{}));
    if (found.state != State::withdrawn) return WaitedFor::nothing;
    if (found.correction_by.day != Day{} && found.correction_by.day < closed_on) return WaitedFor::correction;
    bool brings = found.bring_by.day != Day{} && !found.accepted_at &&
                  beijing_day(found.received_at) == found.submitted_on;
    return brings && found.bring_by.day < closed_on ? WaitedFor::papers : WaitedFor::nothing;
}

Sentence sentence_for(Case const& found, Ground const& ground, Language language) {
    switch (found.state) {
        case State::concluded:
            if (ground.item->card)
                return {pick(language, "办完了，" + ground.item->card->zh + "已送达",
                             "Done. Handed over: " + pick(Language::en, "", ground.item->card->en)),
                        pick(language, "电子的也在“我的证照”里，可以下载和出示。",
                             "It is in My licences too, to be downloaded and shown.")};
            return {pick(language, "办完了，证明可以下载", "Done. Your document is ready"),
                    pick(language, "电子证明已送到“我的证照”，和纸质证明效力一样。",
                         "It is in My licences and is worth as much as paper.")};
        case State::denied:
            return {pick(language,
                         ground.item->type == catalog::ItemType::permit ? "决定不予许可" : "决定不予办理",
                         "Refused"),
                    pick(language, "理由和依据写在决定书里。您可以申请行政复议或提起行政诉讼。",
                         "Reasons are in the decision. You may seek review or sue.")};
        case State::not_accepted:
            return {pick(language, "不予受理", "Not accepted"),
                    pick(language, "理由和依据写在决定书里。您可以申请行政复议或提起行政诉讼。",
                         "Reasons are in the decision. You may seek review or sue.")};
        case State::withdrawn:
            if (waited_in_vain(found) == WaitedFor::correction)
                return {pick(language, "到期没有补正，视为撤回申请",
                             "Not corrected in time: counts as withdrawn"),
                        pick(language, "这不是不予办理，您的权利不受影响，可以随时重新申请。材料留存备查。",
                             "This is no refusal and takes no right from you: apply again at any time. "
                             "The papers are kept.")};
            if (waited_in_vain(found) == WaitedFor::papers)
                return {pick(language, "到期没有交来材料，视为撤回申请",
                             "Papers not brought in time: counts as withdrawn"),
                        pick(language, "这不是不予办理，您的权利不受影响，可以随时重新申请。",
                             "This is no refusal and takes no right from you: apply again at any time.")};
            return {pick(language, "您已撤回申请", "You withdrew this application"),
                    pick(language, "不再办理，材料留存备查。以后可以重新申请。",
                         "We stopped and keep the papers. You can apply again.")};
        default:
            return while_open(found, ground, language);
    }
}

Sentence revoked_sentence(Ground const& ground, Language language) {
    auto name = result_name(*ground.item, language);
    return {pick(language, name + "已被撤销，不能再用", name + ": revoked, no longer valid"),
            pick(language, "为什么撤销、依据是什么、不服怎么办，都写在撤销决定书里。",
                 "Why, on what legal basis, and how to seek review or sue is in the decision to revoke.")};
}

std::string event_words(std::string_view kind, Language language) {
    struct Words {
        std::string_view kind, zh, en;
    };
    static constexpr Words all[] = {
        {"received", "提交申请，已收件", "Application received"},
        {"decided_at_once", "符合条件，系统当场准予", "All conditions met: approved at once by the rules"},
        {"dispute_answered", "数据单位答复了纠错", "A register answered the correction"},
        {"data_came", "部门的答复到了", "A register's late answer came"},
        {"correction_asked", "一次性告知补正", "Correction asked"},
        {"corrected", "交来补正", "Correction received"},
        {"accepted", "受理", "Accepted"},
        {"deemed_accepted", "到期没有告知，自收件之日起视为受理",
         "No word in time: deemed accepted from receipt"},
        {"not_accepted", "不予受理", "Not accepted"},
        {"opinion_given", "提出审查意见", "Opinion given"},
        {"sent_back", "退回上一步", "Sent back inside"},
        {"approved", "准予办理", "Approved"},
        {"denied", "不予办理", "Refused"},
        {"concluded", "制证并电子送达", "Document made and served"},
        {"withdrawn", "申请人撤回", "Withdrawn by the applicant"},
        {"withdrawn_by_silence", "到期没有补正，视为撤回", "Not corrected in time: deemed withdrawn"},
        {"submitted", "提交申请，材料待交到窗口", "Submitted; papers to be brought"},
        {"papers_received", "材料交到窗口，已收件", "Papers brought, application received"},
        {"papers_not_brought", "到期没有交来材料，视为撤回", "Papers not brought in time: deemed withdrawn"},
        {"special_started", "特别程序开始", "Special procedure begun"},
        {"special_passed", "特别程序完成，通过", "Special procedure done, passed"},
        {"special_failed", "特别程序完成，未通过", "Special procedure done, not passed"},
        {"extension_asked", "请示延期", "Asked the head for more time"},
        {"extension_declined", "负责人不同意延期", "The head did not agree to more time"},
        {"extended", "经负责人批准，延长办理期限", "Extended with the head's approval"},
        {"issued", "制证完成，等待送达", "Document made, to be served"},
        {"served", "送达，办结", "Served, concluded"},
        {"due_changed", "放假安排公布，期限重算", "Due date recounted after the holidays were announced"},
        {"licence_troubled", "制证遇到问题", "Making the document met a problem"},
    };
    for (auto const& words : all)
        if (words.kind == kind) return std::string(language == Language::zh ? words.zh : words.en);
    return std::string(kind);
}

std::string confirmed_words(std::string_view way, Language language) {
    if (way == "code") return pick(language, "本人用短信确认码确认", "Confirmed by the person, with a code");
    return pick(language, "本人看过并在屏幕上确认", "Read and confirmed by the person on the screen");
}

std::string letter_title(std::string_view kind, Language language) {
    struct Words {
        std::string_view kind, zh, en;
    };
    static constexpr Words all[] = {
        {"receipt", "收件凭证", "Receipt"},
        {"correction", "补正告知书", "Notice of correction"},
        {"acceptance", "受理通知书", "Notice of acceptance"},
        {"not_accepted", "不予受理决定书", "Decision not to accept"},
        {"denial", "不予办理决定书", "Decision to refuse"},
        {"service", "送达回证", "Record of service"},
        {"special_notice", "特别程序告知书", "Notice of a special procedure"},
        {"site_record", "核查笔录", "Record of the check"},
        {"extension", "延期通知书", "Notice of extension"},
        {"approval", "准予办理决定书", "Decision to approve"},
        {"permit_denial", "不予行政许可决定书", "Decision to refuse the licence"},
        {"permit_approval", "准予行政许可决定书", "Decision to grant the licence"},
        {"withdrawal", "撤回申请确认书", "Confirmation of withdrawal"},
        {"lapse", "终止办理告知书", "Notice that handling has ended"},
        {"revocation", "撤销决定书", "Decision to revoke"},
    };
    for (auto const& words : all)
        if (words.kind == kind) return std::string(language == Language::zh ? words.zh : words.en);
    return std::string(kind);
}

std::string promise_words(Limit const& limit, Language language) {
    auto number = std::to_string(limit.value);
    bool natural = limit.unit == LimitUnit::natural_day;
    return pick(language, "受理后" + number + (natural ? "日内办完" : "个工作日内办完"),
                "Done within " + number + (natural ? " days" : " working days") + " of acceptance");
}

std::string collection_words(std::string_view collection, Language language) {
    if (collection == "courier") return pick(language, "邮寄送达", "Sent by courier");
    if (collection == "window") return pick(language, "到窗口领取", "Fetched at the window");
    return pick(language, "电子送达", "Served electronically");
}

std::string channel_words(std::string_view channel, Language language) {
    if (channel == "online") return pick(language, "网上", "On line");
    if (channel == "window") return pick(language, "窗口", "Window");
    return std::string(channel);
}

}  // namespace tongban::cases
