// One item of a pack, from its four files, to what the program works with. Strict: every wrong place is told.
#pragma once

#include "catalog/catalog.h"
#include "catalog/search.h"

namespace tongban::catalog {

/// item.json, form.json, guide.json and texts.json of one item, and what the pack said of the resources that
/// its data name (null for none), as they are kept with the version.
struct Content {
    ItemId code;
    Json item, form, guide, texts, resources{};
    [[nodiscard]] Json json() const;
    [[nodiscard]] std::string hash() const;
};
Content content_of(ItemId const& code, Json const& stored);

struct Parsed {
    Item item;
    Card card;  ///< without spellings
    std::vector<std::string> synonyms;
    std::string proof_kind;  ///< key in community_may_not_issue.json; may be empty
};

/// `place` begins each place that is told: `catalog/items/992080005001`.
Parsed read_item(Content const& content, std::string const& place, org::Troubles& troubles);

}  // namespace tongban::catalog
