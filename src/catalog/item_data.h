// What an item asks of sources, what it may decide by itself, and its special steps: those parts of
// item.json.
#pragma once

#include "catalog/conditions.h"

namespace tongban::catalog {

/// The resources that an item's data name, as they are kept with its version: names and types only.
Json resources_of(Json const& item, Json const& all);

/// 事项类型; a public service where the item says none, as versions kept from before there were types do.
ItemType read_type(org::PackNode const& item);

class DataReader {
public:
    /// `resources` as resources_of made it; null when the item asks nothing.
    DataReader(org::PackNode const& item, Json const& resources, Item& out)
        : item_(item), resources_(resources), out_(out) {}
    void declare();                           ///< keys and fields, so that the form may name them
    void read(Conditions const& conditions);  ///< parameters and conditions, once the form is read
    void read_special_steps();
    void check_consent(org::PackNode const& texts, std::optional<Text> text);

private:
    void declare_fields(org::PackNode const& node, Datum& datum) const;
    void read_datum(org::PackNode const& node, Datum& datum, Conditions const& conditions,
                    rules::Names const& names) const;
    void read_instant(Conditions const& conditions);
    SpecialStep special_step(org::PackNode const& node) const;

    org::PackNode const& item_;
    Json const& resources_;
    Item& out_;
};

Limit read_limit(org::PackNode const& node);
/// The Chinese under `name`, the English under `x-en`.
forms::Words read_words(org::PackNode const& node, std::string_view name, std::size_t longest);

}  // namespace tongban::catalog
