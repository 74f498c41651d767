// Rows <-> the picture.
#pragma once

#include "org/contents.h"

namespace tongban::org {

Result<Picture> load_picture(store::Reader& reader);
/// The fingerprint of the last import; empty before the first.
Result<std::string> load_fingerprint(store::Reader& reader);
Result<std::map<int, std::string>> load_years(store::Reader& reader);

void save_picture(store::Tx& tx, Picture const& picture, Instant now);
void save_year(store::Tx& tx, int year, std::string const& content, Instant now);

}  // namespace tongban::org
