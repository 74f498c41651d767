// The request target: `/path?query`, percent-decoded strictly.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/base.h"

namespace tongban::http {

struct Target {
    std::string path;
    std::map<std::string, std::string> query;
};

/// Refuses (400) path_is_malformed: not beginning with /, wrong or unfinished %xx, NUL and control
/// characters, an encoded / or \, `.` and `..` segments, text that is not UTF-8. query_is_malformed:
/// likewise, and a name twice.
Result<Target> read_target(std::string_view text);

}  // namespace tongban::http
