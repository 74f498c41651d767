// JSON whose numbers are decimal, for those who calculate with them.
#pragma once

#include "base/json.h"

namespace tongban {

/// As strict as read_json, and refuses the same; but a number stands as `{"$number":"0.10"}`, spelt as it was
/// written, so that none becomes a double.
Result<Json> read_exact_json(std::string_view text);

}  // namespace tongban
