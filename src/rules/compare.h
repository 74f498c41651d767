// Equality and order of values (DMN 1.5, 10.3.2.13, tables 53 and 54), and how a value is written.
#pragma once

#include <compare>
#include <optional>
#include <string>

#include "rules/run.h"

namespace tongban::rules {

/// Three answers of a comparison: `unfit` where the kinds do not compare.
enum class Equality : std::uint8_t { different, equal, unfit };
/// FEEL's `=`: moments by what they mean, lists and contexts all the way down. Null equals only null.
Equality compare_equal(Value const& a, Value const& b, Run& run);
/// The same as a Value: true, false, or types_do_not_fit.
Value equal(Value const& a, Value const& b, Run& run, Place at = {});
/// FEEL's `<`: numbers, strings, dates, times, moments, durations; nothing for others and for mixed kinds.
std::optional<std::strong_ordering> order(Value const& a, Value const& b);
/// Whether the range includes the value; true, false, or trouble where they do not compare.
Value includes(Range const& range, Value const& value, Run& run, Place at = {});

/// As the function string() writes it: texts bare at the top, quoted inside lists and contexts.
std::string feel_text(Value const& value);

}  // namespace tongban::rules
