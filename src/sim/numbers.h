// Makes numbers that base/identifiers reads as valid. All begin with region prefix 99, which belongs to
// nobody.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace tongban::sim {

/// 公民身份号码: region of six digits, birth, sequence 1–999 (odd for men), check by ISO 7064 MOD 11-2.
std::string make_id_number(std::string_view region6, Day birth, int sequence);
/// 统一社会信用代码 of an enterprise: 91, region, eight symbols of the organisation, two checks.
std::string make_credit_code(std::string_view region6, std::string_view body8);
/// `digits` of `value`, with zeros before.
std::string padded(int value, std::size_t digits);
/// 20060518
std::string compact(Day day);

}  // namespace tongban::sim
