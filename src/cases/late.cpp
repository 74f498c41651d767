// What registers say after an application was handed in: a late answer, the answer to a 纠错.
#include "cases/data_views.h"
#include "cases/desk.h"
#include "cases/follow.h"

namespace tongban::cases {

Result<void> Follow::answer_came(Tx& tx, json::object const& body) {
    CaseId const id{std::string(body.at("subject").as_string())};
    hold_case(tx, id.text);
    auto rows = TRY(tx.rows(sql::load_case, id));
    if (rows.empty()) return {};  // still a draft: whoever looks at it sees the answer
    auto found = read_case(rows[0]);
    if (is_closed(found.state) || found.decided_at) return {};
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    auto key = std::string(body.at("key").as_string());
    key.resize(std::min(key.size(), key.find('#')));
    std::string name;
    for (auto const& datum : ground.item->data)
        if (datum.key == key) name = source_name(datum, Language::zh);
    if (name.empty()) return {};
    Case next = found;
    ++next.version;
    save_case(tx, next, ground.limits, ground.now);
    insert_event(tx, rooms_.store.sealer(), id,
                 {next.version, ground.now, "data_came", "system:exchange", "", "", name});
    tx.audit({"system:exchange", "cases.data_came", id.text, {{"datum", key}}});
    tx.emit({"cases.data_came", id.text, {{"case", id.text}}});
    return {};
}

Result<void> Follow::dispute_answered(Tx& tx, json::object const& body) {
    CaseId const id{std::string(body.at("subject").as_string())};
    hold_case(tx, id.text);
    auto rows = TRY(tx.rows(sql::load_case, id));
    if (rows.empty()) return {};
    auto found = read_case(rows[0]);
    auto ground = TRY(ground_for(rooms_, found.item, found.item_version));
    auto message = message_of(found, ground, "cases.dispute_answered");
    message.key += ":" + std::string(body.at("correction").as_string());  // one case may have several
    rooms_.notify.send(tx, message);
    if (is_closed(found.state)) return {};
    ++found.version;
    save_case(tx, found, ground.limits, ground.now);
    insert_event(tx, rooms_.store.sealer(), id,
                 {found.version, ground.now, "dispute_answered", "system:exchange", "", "", ""});
    tx.audit({"system:exchange", "cases.dispute_answered", id.text, {}});
    tx.emit({"cases.dispute_answered", id.text, {{"case", id.text}}});
    return {};
}

}  // namespace tongban::cases
