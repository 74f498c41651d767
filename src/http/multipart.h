// multipart/form-data (RFC 7578), read strictly: browsers write one dialect, and anything else is refused.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/http.h"

namespace tongban::http {

struct Multipart {
    std::vector<Upload> uploads;
    std::map<std::string, std::string> fields;
};

/// Refuses (400) multipart_is_malformed, multipart_has_too_many_parts.
Result<Multipart> read_multipart(std::string_view content_type, std::string_view body);

}  // namespace tongban::http
