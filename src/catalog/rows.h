// Rows <-> items and lists.
#pragma once

#include "catalog/contents.h"

namespace tongban::catalog {

struct StoredItem {
    Card card;
    std::string card_text, hash;
    bool present = false;
};
Result<std::vector<StoredItem>> load_items(store::Reader& reader);
Result<std::map<std::string, std::string>> load_lists(store::Reader& reader);

struct StoredVersion {
    Content content;
    Day published_on{};
};
/// Refuses: item_version_is_unknown.
Result<StoredVersion> load_version(store::Reader& reader, ItemId const& code, int version);

void save_version(store::Tx& tx, Content const& content, int version, Day published_on);
void save_item(store::Tx& tx, Card const& card);
void withdraw_item(store::Tx& tx, ItemId const& code);
void save_list(store::Tx& tx, std::string_view name, std::string const& content);

}  // namespace tongban::catalog
