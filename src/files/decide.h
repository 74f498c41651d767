// Pure rules about names and kinds: no I/O.
#pragma once

#include "files/model.h"

namespace tongban::files {

/// `pdf`, `jpeg` or `png`, as the name says; empty when it says nothing or something else.
std::string kind_by_name(std::string_view name);

/// Of libmagic's type; empty for what we do not take.
std::string kind_by_type(std::string_view mime_type);

/// `found` is empty for content we do not take. Refuses: file_is_not_what_its_name_says,
/// file_kind_is_not_accepted.
Result<void> judge_kind(std::string_view name, std::string_view found);

/// Without folders, control and direction marks, at most 200 code points, with the ending of its kind.
std::string clean_name(std::string_view name, std::string_view kind);

std::string type_of(std::string_view kind);  ///< image/jpeg

}  // namespace tongban::files
