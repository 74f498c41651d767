// The English of an item (`x-en` in its files) over what is said in Chinese. Chinese stays where English is
// missing; what people agree to is the Chinese, and its hash.
#pragma once

#include "catalog/item_reader.h"

namespace tongban::catalog {

/// Name, summary, facts and remedies of item.json.
void read_english(org::PackNode const& item, Item& out, Card& card);
/// Of a text that people agree to; nothing where the pack has none.
std::optional<Text::English> english_of(org::PackNode const& text);

/// Tells English that does not stand beside its Chinese: unknown members, too long, another number of lines.
void check_english(Content const& content, std::string const& place, org::Troubles& troubles);

json::object guide_in_english(Content const& content, json::object guide);
json::object application_in_english(Content const& content, json::object application);

}  // namespace tongban::catalog
