// What the catalogue holds in memory, and how the routes show it.
#pragma once

#include <atomic>
#include <mutex>

#include "catalog/rows.h"

namespace tongban::catalog {

using http::Language;

/// Everything in force at one moment; an import replaces it whole.
struct Shelf {
    Index index;
    Lists lists;
    std::map<std::string, int> versions;  ///< by code, of items in force
};

struct Catalog::State {
    store::Store& store;
    Clock const& clock;
    org::Org& org;
    std::atomic<std::shared_ptr<Shelf const>> shelf{std::make_shared<Shelf const>()};
    std::mutex mutex{};  ///< guards kept
    std::map<std::pair<std::string, int>, std::shared_ptr<Item const>> kept{};

    Result<void> reload(store::Reader& reader);
    Result<std::shared_ptr<Item const>> item(ItemId const& code, int version);
    Result<std::shared_ptr<Item const>> load(store::Reader& reader, ItemId const& code, int version);
};

/// Whose bodies issue an item: of which level, and there of which department (empty: the region's own body).
struct Issue {
    org::Level level = org::Level::town;
    std::string_view department{};
};
/// The body that issues such an item for `asked`: of that region or of one above it. Null when there is none.
org::Body const* issuer_of(org::Picture const& picture, Issue const& issue, RegionCode const& asked);
/// True when somebody at, above or below the region issues such items. An empty region asks for anywhere.
bool is_offered(org::Picture const& picture, Issue const& issue, RegionCode const& region);

/// Refuses: region_is_unknown.
Result<json::object> guide_for(Item const& item, Lists const& lists, org::Picture const& picture,
                               std::optional<RegionCode> const& region, Language language);

}  // namespace tongban::catalog
