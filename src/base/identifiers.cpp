#include <algorithm>
#include <array>

#include "base/base.h"

namespace tongban {

namespace {
constexpr std::string_view base36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view credit_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100: no I O Z S V

Error invalid(std::string code, std::string detail) {
    return {ErrorKind::invalid, std::move(code), std::move(detail)};
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_digit);
}
int value_of(char c, std::string_view alphabet = base36) {
    auto at = alphabet.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// As people type: full-width forms of a Chinese keyboard become ASCII, white space goes, letters become
/// upper case.
std::string as_typed(std::string_view text) {
    if (!is_utf8(text)) return "?";
    std::u32string out;
    for (auto c : to_code_points(text)) {
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (c == ' ' || c == 0x3000 || c == 0xA0 || (c >= '\t' && c <= '\r')) continue;
        if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
        out += c;
    }
    return from_code_points(out);
}

/// ISO 7064 MOD 11-2 over 17 digits, as GB 11643 writes it.
char id_number_check(std::string_view first17) {
    constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (first17[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

char org_code_check(std::string_view first8) {
    constexpr std::array weights{3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += value_of(first8[i]) * weights[i];
    auto check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check);
}

char credit_code_check(std::string_view first17) {
    int sum = 0, weight = 1;
    for (char c : first17) {
        sum += value_of(c, credit_alphabet) * weight;
        weight = weight * 3 % 31;
    }
    return credit_alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

/// ISO 7064 MOD 11,10 (hybrid) over digits: one digit.
char check_mod_11_10(std::string_view digits) {
    int p = 10;
    for (char c : digits) {
        auto s = (p + (c - '0')) % 10;
        p = (s == 0 ? 10 : s) * 2 % 11;
    }
    return static_cast<char>('0' + (11 - p) % 10);
}

bool is_credit_code(std::string_view text) {
    return read_credit_code(text).ok();
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (;;) {
        auto end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

constexpr std::string_view licence_root = "1.2.156.3005.2.";
constexpr std::size_t licence_serial_max = 64;

bool licence_parts_are_well_formed(std::vector<std::string_view> const& parts) {
    auto is_base36 = [](std::string_view s) { return s.find_first_not_of(base36) == std::string_view::npos; };
    return parts.size() == 5 && parts[0].size() == 21 && is_credit_code(parts[0].substr(0, 18)) &&
           all_digits(parts[0].substr(18)) && is_credit_code(parts[1]) && !parts[2].empty() &&
           parts[2].size() <= licence_serial_max && is_base36(parts[2]) && parts[3].size() == 3 &&
           all_digits(parts[3]) && parts[4].size() == 1 && is_base36(parts[4]);
}

std::string joined(std::string_view a, std::string_view b, std::string_view c, std::string_view d) {
    std::string out;
    for (auto part : {a, b, c, d}) out += part;
    return out;
}

/// 省简称, one code point each.
constexpr std::u32string_view province_signs =
    U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
constexpr std::u32string_view plate_symbols = U"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
constexpr std::u32string_view plate_last_signs = U"挂学警港澳";

bool is_plate_symbol(char32_t c) {
    return plate_symbols.find(c) != std::u32string_view::npos;
}
bool is_plate_digit(char32_t c) {
    return c >= '0' && c <= '9';
}
bool is_energy_letter(char32_t c) {
    return c >= 'A' && c <= 'K' && c != 'I';
}

bool is_ordinary_plate(std::u32string_view rest) {
    return rest.size() == 5 && std::all_of(rest.begin(), rest.end() - 1, is_plate_symbol) &&
           (is_plate_symbol(rest[4]) || plate_last_signs.find(rest[4]) != std::u32string_view::npos);
}

/// GA 36-2018: small cars letter first, large ones letter last.
bool is_new_energy_plate(std::u32string_view rest) {
    if (rest.size() != 6) return false;
    auto small = is_energy_letter(rest[0]) && is_plate_symbol(rest[1]) &&
                 std::all_of(rest.begin() + 2, rest.end(), is_plate_digit);
    auto large = std::all_of(rest.begin(), rest.end() - 1, is_plate_digit) && is_energy_letter(rest[5]);
    return small || large;
}
}  // namespace

Result<IdNumber> read_id_number(std::string_view text, Day today) {
    auto number = as_typed(text);
    if (number.size() != 18 && number.size() != 15)
        return invalid("id_number_has_wrong_length", "身份证号应为 18 位（老证 15 位），请核对。");
    auto body = std::string_view(number).substr(0, number.size() == 18 ? 17 : 15);
    if (!all_digits(body) || (number.size() == 18 && !is_digit(number[17]) && number[17] != 'X'))
        return invalid("id_number_has_wrong_character", "身份证号只能是数字，末位可以是 X，请核对。");
    if (number.size() == 15) {
        number.insert(6, "19");
        number += id_number_check(number);
    }
    auto birth = read_day(number.substr(6, 4) + "-" + number.substr(10, 2) + "-" + number.substr(12, 2));
    if (!birth.ok() || *birth > today)
        return invalid("id_number_has_no_such_date", "身份证号中的出生日期不存在，请核对第 7 至 14 位。");
    if (id_number_check(number) != number[17])
        return invalid("id_number_check_is_wrong", "身份证号最后一位对不上，请逐位核对。");
    auto sex = (number[16] - '0') % 2 == 1 ? Sex::male : Sex::female;
    auto region = RegionCode{number.substr(0, 6) + "000000"};
    return IdNumber{std::move(number), std::move(region), *birth, sex};
}

Result<std::string> read_credit_code(std::string_view text) {
    auto code = as_typed(text);
    if (code.size() != 18)
        return invalid("credit_code_has_wrong_length", "统一社会信用代码应为 18 位，请核对。");
    if (code.find_first_not_of(credit_alphabet) != std::string::npos || !all_digits(code.substr(2, 6)))
        return invalid("credit_code_has_wrong_character",
                       "统一社会信用代码中没有字母 I、O、Z、S、V，请核对。");
    if (credit_code_check(std::string_view(code).substr(0, 17)) != code[17] ||
        org_code_check(std::string_view(code).substr(8, 8)) != code[16])
        return invalid("credit_code_check_is_wrong", "统一社会信用代码校验不符，请逐位核对。");
    return code;
}

Result<std::string> read_org_code(std::string_view text) {
    auto code = as_typed(text);
    std::erase(code, '-');  // printed as D2143569-X
    if (code.size() != 9) return invalid("org_code_has_wrong_length", "组织机构代码应为 9 位，请核对。");
    if (code.find_first_not_of(base36) != std::string::npos)
        return invalid("org_code_has_wrong_character", "组织机构代码只能是数字和字母，请核对。");
    if (org_code_check(code) != code[8])
        return invalid("org_code_check_is_wrong", "组织机构代码校验不符，请逐位核对。");
    return code;
}

Result<std::string> read_registration_number(std::string_view text) {
    auto number = as_typed(text);
    if (number.size() != 15)
        return invalid("registration_number_has_wrong_length", "营业执照注册号应为 15 位，请核对。");
    if (!all_digits(number))
        return invalid("registration_number_has_wrong_character", "营业执照注册号只能是数字，请核对。");
    if (check_mod_11_10(std::string_view(number).substr(0, 14)) != number[14])
        return invalid("registration_number_check_is_wrong", "营业执照注册号校验不符，请逐位核对。");
    return number;
}

Result<std::string> read_phone(std::string_view text) {
    auto number = as_typed(text);
    std::erase(number, '-');
    if (number.starts_with("+86")) number.erase(0, 3);
    if (number.size() != 11 || !all_digits(number) || number[0] != '1' || number[1] < '3')
        return invalid("phone_is_not_a_mobile_number", "手机号应为 1 开头的 11 位数字，请核对。");
    return number;
}

Result<std::string> read_bank_card(std::string_view text) {
    auto number = as_typed(text);
    if (number.size() < 16 || number.size() > 19)
        return invalid("bank_card_has_wrong_length", "银行卡号应为 16 至 19 位，请核对。");
    if (!all_digits(number)) return invalid("bank_card_has_wrong_character", "银行卡号只能是数字，请核对。");
    int sum = 0;
    for (std::size_t i = 0; i < number.size(); ++i) {  // Luhn, from the right
        auto digit = number[number.size() - 1 - i] - '0';
        if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    if (sum % 10 != 0) return invalid("bank_card_check_is_wrong", "银行卡号校验不符，请逐位核对。");
    return number;
}

Result<std::string> read_plate(std::string_view text) {
    auto plate = as_typed(text);
    auto points = to_code_points(plate);
    std::erase(points, U'·');
    auto rest = std::u32string_view(points).substr(std::min<std::size_t>(points.size(), 2));
    auto starts_right = points.size() > 2 && province_signs.find(points[0]) != std::u32string_view::npos &&
                        points[1] >= 'A' && is_plate_symbol(points[1]);
    if (!starts_right || (!is_ordinary_plate(rest) && !is_new_energy_plate(rest)))
        return invalid("plate_is_malformed", "车牌号格式不对，例如 粤A12345，请核对。");
    return from_code_points(points);
}

Result<RegionCode> read_region(std::string_view text) {
    auto code = as_typed(text);
    auto known_length = code.size() == 6 || code.size() == 9 || code.size() == 12;
    if (!known_length || !all_digits(code) || code[0] == '0')
        return invalid("region_code_is_malformed", "区划代码应为 6、9 或 12 位数字。");
    code.resize(12, '0');
    return RegionCode{std::move(code)};
}

char check_mod_37_36(std::string_view text) {
    int p = 36;
    for (char c : text) {
        auto value = value_of(c);
        ensure(value >= 0, "MOD 37,36 takes digits and capital letters");
        p = (p + value) % 36;
        p = (p == 0 ? 36 : p) * 2 % 37;
    }
    return base36[static_cast<std::size_t>((37 - p) % 36)];
}

Result<std::string> read_licence_identifier(std::string_view text) {
    auto identifier = as_typed(text);
    auto wrong = invalid("licence_identifier_is_malformed", "电子证照标识格式不对，请核对。");
    if (!identifier.starts_with(licence_root)) return wrong;
    auto parts = split(std::string_view(identifier).substr(licence_root.size()), '.');
    if (!licence_parts_are_well_formed(parts)) return wrong;
    if (check_mod_37_36(joined(parts[0], parts[1], parts[2], parts[3])) != parts[4][0])
        return invalid("licence_identifier_check_is_wrong", "电子证照标识校验不符，请逐位核对。");
    return identifier;
}

std::string make_licence_identifier(std::string_view type_code21, std::string_view issuer18,
                                    std::string_view serial, std::string_view version3) {
    auto all = joined(type_code21, issuer18, serial, version3);
    std::string identifier(licence_root);
    for (auto part : {type_code21, issuer18, serial, version3}) identifier.append(part).append(".");
    identifier += check_mod_37_36(all);
    ensure(read_licence_identifier(identifier).ok(), "the parts of a licence identifier are well-formed");
    return identifier;
}

std::string make_case_number(RegionCode const& region, Day day, int serial) {
    ensure(region.text.size() == 12 && all_digits(region.text), "a region has 12 digits");
    ensure(serial > 0 && serial <= 999'999, "a case serial has at most six digits");
    auto date = to_text(day);
    std::erase(date, '-');
    auto digits = std::to_string(serial);
    auto number = region.text.substr(0, 6) + date + std::string(6 - digits.size(), '0') + digits;
    return number + check_mod_37_36(number);
}

Result<std::string> read_case_number(std::string_view text) {
    auto number = as_typed(text);
    std::erase(number, '-');
    auto wrong = invalid("case_number_is_malformed", "办件编号应为 20 位数字加 1 位校验码，请核对。");
    if (number.size() != 21 || !all_digits(number.substr(0, 20))) return wrong;
    if (!read_day(number.substr(6, 4) + "-" + number.substr(10, 2) + "-" + number.substr(12, 2)).ok())
        return wrong;
    if (check_mod_37_36(std::string_view(number).substr(0, 20)) != number[20])
        return invalid("case_number_check_is_wrong", "办件编号校验不符，请逐位核对。");
    return number;
}

bool region_contains(RegionCode const& outer, RegionCode const& inner) {
    auto const& code = outer.text;
    if (code.size() != 12 || inner.text.size() != 12) return false;
    std::size_t length = 12;
    for (std::size_t start : {9U, 6U, 4U, 2U}) {
        auto group_is_wild = code.find_first_not_of('0', start) == std::string::npos;
        if (group_is_wild) length = start;
    }
    return inner.text.compare(0, length, code, 0, length) == 0;
}

}  // namespace tongban
