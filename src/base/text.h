// Text: always UTF-8, always counted in code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tongban {

bool is_utf8(std::string_view text);             ///< well-formed, no surrogates, no NUL
std::size_t code_points(std::string_view text);  ///< of well-formed text
std::u32string to_code_points(std::string_view text);
std::string from_code_points(std::u32string_view text);
std::string trimmed(std::string_view text);  ///< without leading and trailing white space, U+3000 too

// Masks for screens (domain.md §9). They hide; they do not validate.
std::string mask_name(std::string_view name);  ///< 周桂兰 -> 周**, 欧阳修 -> 欧阳*, 马超 -> 马*
std::string mask_id_number(std::string_view number);  ///< 9901**********0028
std::string mask_phone(std::string_view number);      ///< 138****8000
std::string mask_address(std::string_view address);   ///< kept up to the street or village, then ****

/// Compares in constant time, for codes and tokens.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// `{name}` in `text` replaced by what `value(name)` returns; an unknown name is left as it is.
template <class F>
std::string fill(std::string_view text, F&& value) {
    std::string out;
    while (!text.empty()) {
        auto open = text.find('{');
        auto close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos) {
            out += text;
            break;
        }
        out += text.substr(0, open);
        out += value(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace tongban
