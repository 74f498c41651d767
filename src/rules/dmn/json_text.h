// Values as JSON text with exact numbers: `0.1` stays 0.1, `9007199254740993` keeps its last digit. (A parsed
// boost::json value could not do that: it holds doubles.)
#pragma once

#include <string>
#include <string_view>

#include "base/base.h"
#include "rules/value.h"

namespace tongban::rules::dmn {

/// Numbers exactly as written; `{"$date":"2026-10-15"}` and its like as in rules::from_json. Refuses
/// input_is_not_json (detail says where), json_value_is_malformed.
Result<Value> read_json_text(std::string_view text);
/// Numbers as JSON numbers, dates, times and durations as strings in FEEL's own spelling, functions and
/// ranges as strings.
std::string json_text(Value const& value);

}  // namespace tongban::rules::dmn
