// Exact checks of national identifiers. All take text as typed and return it normalised, or refuse by name.
// Demonstration data uses region prefix 99, unassigned in GB/T 2260, so that no number belongs to a person.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/ids.h"

namespace tongban {

enum class Sex { female, male };
struct IdNumber {
    std::string text;   ///< 18 characters, X in upper case
    RegionCode region;  ///< its first six digits, padded to 12
    Day birth{};
    Sex sex = Sex::female;
};

/// 公民身份号码, GB 11643-1999 (ISO 7064 MOD 11-2); old 15-digit numbers are lengthened. `today` refuses
/// future births. Refuses: id_number_has_wrong_length, id_number_has_wrong_character,
/// id_number_has_no_such_date, id_number_check_is_wrong.
Result<IdNumber> read_id_number(std::string_view text, Day today);
/// 统一社会信用代码, GB 32100-2015, with the inner 组织机构代码 check (GB 11714). Refuses:
/// credit_code_has_wrong_length, credit_code_has_wrong_character, credit_code_check_is_wrong.
Result<std::string> read_credit_code(std::string_view text);
Result<std::string> read_org_code(std::string_view text);  ///< GB 11714-1997; org_code_check_is_wrong …
Result<std::string> read_registration_number(std::string_view text);  ///< 15 digits, ISO 7064 MOD 11,10
Result<std::string> read_phone(
    std::string_view text);  ///< mobile; spaces removed; phone_is_not_a_mobile_number
Result<std::string> read_bank_card(std::string_view text);  ///< Luhn, 16–19 digits
Result<std::string> read_plate(std::string_view text);      ///< GA 36
Result<RegionCode> read_region(std::string_view text);      ///< 6, 9 or 12 digits, padded to 12
/// 电子证照标识, GB/T 36904. `read` is strict; `make` appends version and check (ISO 7064 MOD 37,36).
Result<std::string> read_licence_identifier(std::string_view text);
std::string make_licence_identifier(std::string_view type_code21, std::string_view issuer18,
                                    std::string_view serial, std::string_view version3);
/// Check character of ISO 7064 MOD 37,36 over [0-9A-Z]+.
char check_mod_37_36(std::string_view text);
/// Case number: region(6) + yyyymmdd + serial(6) + check by ISO 7064 MOD 37,36. Refuses:
/// case_number_is_malformed, case_number_check_is_wrong.
std::string make_case_number(RegionCode const& region, Day day, int serial);
Result<std::string> read_case_number(std::string_view text);

/// One region inside another (or equal): trailing zero groups of the 12 digits are wild.
bool region_contains(RegionCode const& outer, RegionCode const& inner);

}  // namespace tongban
