// What a pack says about catalog: read and checked whole, before anything is written.
#pragma once

#include "catalog/item_reader.h"

namespace tongban::catalog {

struct Theme {
    std::string id, name, name_en;
};

/// The pack's lists, as they are kept: themes in their order, words with their own reading.
struct Lists {
    std::vector<Theme> themes;
    std::map<std::string, std::string> pinyin;
    [[nodiscard]] Json themes_json() const;
    [[nodiscard]] Json pinyin_json() const;
};
Lists read_stored_lists(Json const& themes, Json const& pinyin);

struct Contents {
    Lists lists;
    struct One {
        Content content;
        Card card;  ///< with spellings, version not yet known
    };
    std::vector<One> items;  ///< by code
};

/// Refuses: pack_has_errors.
Result<Contents> read_contents(Pack const& pack);

}  // namespace tongban::catalog
