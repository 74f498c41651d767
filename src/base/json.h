// JSON values. Boost.JSON is the platform's value type for free-form data (answers of a form, bodies of
// events); everything with a known shape is a struct generated from api.yaml. See docs/adr for why
// Boost.JSON.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tongban {

namespace json = boost::json;
using Json = boost::json::value;

/// Strict: one document of valid UTF-8, at most 32 deep, no NUL in strings, no non-finite numbers, no key
/// twice in an object. Refuses with `body_is_not_json`, kind bad_request, `detail` says where.
Result<Json> read_json(std::string_view text);

/// Compact text.
std::string to_text(Json const& value);

/// Keys sorted, no white space: the same value gives the same bytes, for hashing.
std::string canonical_text(Json const& value);

}  // namespace tongban
