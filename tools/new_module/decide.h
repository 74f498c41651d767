// The rules of `@name@`: pure. Refusals stand in order of precedence.
#pragma once

#include "base/base.h"

namespace tongban::@name@ {

/// The text as it is kept. Refuses: @name@_entry_is_empty.
Result<std::string> decide_add(std::string_view text);

}  // namespace tongban::@name@
