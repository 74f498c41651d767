// A register's late answer, for a case that is still open.
#include "cases/data_views.h"
#include "cases/follow.h"

namespace tongban::cases {

Result<void> Follow::answer_came(Tx& tx, json::object const& body) {
    CaseId const id{std::string(body.at("subject").as_string())};
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

}  // namespace tongban::cases
