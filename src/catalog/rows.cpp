#include "catalog/rows.h"

#include "catalog/sql.h"

namespace tongban::catalog {

Result<std::vector<StoredItem>> load_items(store::Reader& reader) {
    std::vector<StoredItem> out;
    auto rows = TRY(reader.rows(sql::load_items));
    for (auto row : rows) {
        StoredItem item;
        item.card_text = row.text("card");
        item.card = read_card(MUST(read_json(item.card_text)));
        item.card.code = row.id<ItemId>("code");
        item.card.version = static_cast<int>(row.integer("version"));
        item.hash = row.text("hash");
        item.present = row.flag("present");
        out.push_back(std::move(item));
    }
    return out;
}

Result<std::map<std::string, std::string>> load_lists(store::Reader& reader) {
    std::map<std::string, std::string> out;
    auto rows = TRY(reader.rows(sql::load_lists));
    for (auto row : rows) out.emplace(row.text("name"), row.text("content"));
    return out;
}

Result<StoredVersion> load_version(store::Reader& reader, ItemId const& code, int version) {
    auto row = TRY(reader.maybe_one(sql::load_version, code, version));
    if (!row) return Error{ErrorKind::not_found, "item_version_is_unknown", "事项没有这个版本。"};
    auto content = TRY(read_json((*row)[0].text("content")));
    return StoredVersion{content_of(code, content), (*row)[0].day("published_on")};
}

void save_version(store::Tx& tx, Content const& content, int version, Day published_on) {
    tx.write(sql::save_version, content.code, version, content.hash(), canonical_text(content.json()),
             published_on);
}

void save_item(store::Tx& tx, Card const& card) {
    tx.write(sql::save_item, card.code, card.version, canonical_text(to_json(card)));
}

void withdraw_item(store::Tx& tx, ItemId const& code) {
    tx.write(sql::withdraw_item, code);
}

void save_list(store::Tx& tx, std::string_view name, std::string const& content) {
    tx.write(sql::save_list, name, content);
}

}  // namespace tongban::catalog
