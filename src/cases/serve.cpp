// 送达 of what is fetched or sent, with its record (送达回证).
#include "cases/desk.h"

namespace tongban::cases {

namespace {

ServiceMethod method_of(api::ServiceMethod method) {
    if (method == api::ServiceMethod::courier) return ServiceMethod::courier;
    return method == api::ServiceMethod::electronic ? ServiceMethod::electronic : ServiceMethod::in_person;
}

std::string method_words(std::string_view method, Language language) {
    bool zh = language == Language::zh;
    if (method == "courier") return zh ? "邮寄送达" : "By courier";
    if (method == "electronic") return zh ? "电子送达" : "Electronically";
    return zh ? "窗口当面领取" : "Handed over at the window";
}

/// `sent_to`: the address that the applicant gave, empty when they gave none.
std::string place_of(Ground const& ground, Actor const& by, ServiceRow const& row,
                     std::string const& sent_to) {
    if (row.method == "electronic") return ground.picture->site().name + "“我的证照”";
    if (row.method == "courier") return sent_to.empty() ? "申请人处" : sent_to;
    auto const* hall = ground.picture->hall(by.hall);
    return hall != nullptr ? hall->name : "窗口";
}

std::map<std::string, std::string> letter_words(Ground const& ground, Actor const& by, ServiceRow const& row,
                                                std::string const& sent_to) {
    auto how = method_words(row.method, Language::zh);
    if (!row.tracking_no.empty()) how += "，单号" + row.tracking_no;
    std::map<std::string, std::string> words{{"method", how},
                                             {"place", place_of(ground, by, row, sent_to)},
                                             {"served_at", chinese_time(row.served_at)},
                                             {"receiver", row.recipient},
                                             {"server_name", row.server}};
    if (!row.relation.empty()) words["proxy_reason"] = "由" + row.relation + "代收";
    if (!row.refused_note.empty()) words["refusal_note"] = row.refused_note;
    bool signs = row.method == "in_person" && row.refused_note.empty();
    if (signs) words["sign_here"] = "　";  // room for a pen
    if (ground.item->card) words["remark"] = "交付：" + ground.item->card->zh;
    return words;
}

}  // namespace

api::ServiceKept service_view(ServiceRow const& row, Ground const& ground, Language language) {
    api::ServiceKept view;
    view.method = MUST(api::read_service_method(row.method));
    view.method_text = method_words(row.method, language);
    view.recipient = mask_name(row.recipient);
    view.at = to_text(row.served_at);
    view.server = who_words(*ground.picture, row.server, language);
    if (!row.relation.empty()) view.relation = row.relation;
    if (!row.tracking_no.empty()) view.tracking_no = row.tracking_no;
    if (!row.refused_note.empty()) view.refused_note = row.refused_note;
    if (!row.letter.empty()) view.letter = row.letter;
    return view;
}

Result<api::DeskCase> Desk::serve(Actor const& by, std::string_view case_no, api::ServiceGiven const& wish,
                                  std::string_view key, Language language) {
    Asked const asked{by, case_no, "cases.serve", wish.version, key, language};
    return act(asked, [&](Tx& tx, Opened const& opened) -> Result<Acted> {
        auto const& sealer = rooms_.store.sealer();
        auto const& ground = opened.ground;
        ServiceRow row;
        row.served_at = ground.now;
        if (wish.at) row.served_at = TRY(read_instant(*wish.at));
        row.method = api::to_text(wish.method);
        row.staff = by.staff.text;
        row.recipient = trimmed(wish.recipient);
        row.relation = trimmed(wish.relation.value_or(""));
        row.tracking_no = trimmed(wish.tracking_no.value_or(""));
        row.refused_note = trimmed(wish.refused_note.value_or(""));
        row.server = acting_name(*ground.picture, by);
        auto next = TRY(decide_serve(opened.found, {method_of(wish.method), row.recipient, row.served_at},
                                     ground.today()));
        auto facts = facts_of(opened, next);
        auto rounds = TRY(load_applications(tx, sealer, next.id));
        auto const& delivery = rounds.front().delivery;
        facts.more = letter_words(ground, by, row, delivery ? delivery->address : std::string());
        row.letter = order_letter(tx, sealer, "service", facts);
        insert_service(tx, sealer, next.id, row);
        insert_event(tx, sealer, next.id, event_of(by, ground, next, "served", row.letter));
        rooms_.notify.send(tx, message_of(next, ground, "cases.served"));
        tx.emit({"cases.concluded", next.id.text, {{"case", next.id.text}, {"licence", next.licence.text}}});
        return Acted{std::move(next), {{"method", row.method}}};
    });
}

}  // namespace tongban::cases
