#include <algorithm>
#include <array>
#include <cstring>

#include "base/base.h"

namespace tongban {

namespace {
struct Decoded {
    char32_t point = 0;
    std::size_t length = 0;  ///< 0: not well-formed here
};

Decoded decode(std::string_view text) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto first = byte(0);
    if (first < 0x80) return {first, 1};
    std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return {};
    char32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        point = point << 6 | (byte(i) & 0x3F);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return {};
    return {point, length};
}

/// How many bytes in front are ASCII without NUL, counted by eights.
std::size_t plain_ascii(std::string_view text) {
    constexpr std::uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    std::size_t count = 0;
    for (std::uint64_t eight = 0; text.size() - count >= sizeof eight; count += sizeof eight) {
        std::memcpy(&eight, text.data() + count, sizeof eight);
        // With no high bit set, taking one from each byte borrows only where there is a zero.
        if (((eight | (eight - ones)) & highs) != 0) break;
    }
    return count;
}

bool is_space(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 || c == 0xFEFF;
}

/// Two-character family names that are still common (复姓).
constexpr std::array<std::u32string_view, 20> double_family_names{
    U"欧阳", U"上官", U"司马", U"诸葛", U"尉迟", U"东方", U"皇甫", U"公孙", U"慕容", U"令狐",
    U"长孙", U"宇文", U"司徒", U"轩辕", U"夏侯", U"端木", U"独孤", U"南宫", U"闻人", U"百里"};

std::string stars(std::size_t count) {
    return std::string(count, '*');
}

/// Position just behind the earliest of `marks` in `text` that is not the start of `unless`; npos when there
/// is none.
std::size_t behind_first(std::string_view text, std::initializer_list<std::string_view> marks,
                         std::string_view unless) {
    auto best = std::string_view::npos;
    for (auto mark : marks) {
        for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
            if (text.substr(at).starts_with(unless)) continue;
            best = std::min(best, at + mark.size());
            break;
        }
    }
    return best;
}
}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        text.remove_prefix(plain_ascii(text));
        if (text.empty()) return true;
        auto next = decode(text);
        if (next.length == 0 || next.point == 0) return false;
        text.remove_prefix(next.length);
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::u32string to_code_points(std::string_view text) {
    std::u32string out;
    while (!text.empty()) {
        auto next = decode(text);
        ensure(next.length != 0, "text is UTF-8; is_utf8() is asked at the border");
        out += next.point;
        text.remove_prefix(next.length);
    }
    return out;
}

std::string from_code_points(std::u32string_view text) {
    std::string out;
    for (auto c : text) {
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (c < 0x800) {
            out += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
        } else if (c < 0x10000) {
            out += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                    static_cast<char>(0x80 | (c & 0x3F))};
        } else {
            out += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
                    static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
        }
    }
    return out;
}

std::string trimmed(std::string_view text) {
    std::size_t begin = text.size(), end = 0, at = 0;
    while (at < text.size()) {
        auto next = decode(text.substr(at));
        auto length = std::max<std::size_t>(next.length, 1);
        if (next.length == 0 || !is_space(next.point)) {
            begin = std::min(begin, at);
            end = at + length;
        }
        at += length;
    }
    return begin < end ? std::string(text.substr(begin, end - begin)) : std::string{};
}

std::string mask_name(std::string_view name) {
    auto points = to_code_points(name);
    if (points.empty()) return "";
    auto family = std::u32string_view(points).substr(0, 2);
    auto is_double = points.size() > 2 && std::find(double_family_names.begin(), double_family_names.end(),
                                                    family) != double_family_names.end();
    std::size_t kept = is_double ? 2 : 1;
    return from_code_points(points.substr(0, kept)) + stars(std::max<std::size_t>(points.size() - kept, 1));
}

std::string mask_id_number(std::string_view number) {
    if (number.size() <= 10) return stars(number.size());
    return std::string(number.substr(0, 4)) + stars(number.size() - 8) +
           std::string(number.substr(number.size() - 4));
}

std::string mask_phone(std::string_view number) {
    if (number.size() < 9) return stars(number.size());
    return std::string(number.substr(0, 3)) + stars(number.size() - 7) +
           std::string(number.substr(number.size() - 4));
}

std::string mask_address(std::string_view address) {
    auto end = behind_first(address, {"村", "社区", "路", "街", "巷"}, "街道");
    if (end == std::string_view::npos) end = behind_first(address, {"街道", "镇", "乡"}, " ");
    if (end == std::string_view::npos) {
        auto points = to_code_points(address);
        return from_code_points(
                   std::u32string_view(points).substr(0, std::min<std::size_t>(points.size() / 2, 6))) +
               "****";
    }
    return std::string(address.substr(0, end)) + "****";
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
    // Through a volatile, or the compiler could leave the loop early.
    unsigned char volatile seen = difference;
    return seen == 0;
}

}  // namespace tongban
