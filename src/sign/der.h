// Writing DER (ITU-T X.690), only what signatures need.
#pragma once

#include "sign/sign.h"

namespace tongban::sign::der {

constexpr unsigned char integer = 0x02, bit_string = 0x03, octet_string = 0x04, sequence = 0x30, set = 0x31;
constexpr unsigned char context(unsigned char number) {
    return static_cast<unsigned char>(0xa0 + number);
}

Bytes item(unsigned char tag, std::string_view content);
Bytes small_integer(unsigned char value);                           ///< 0–127
Bytes object(char const* dotted);                                   ///< OBJECT IDENTIFIER
Bytes set_of(std::vector<Bytes> members, unsigned char tag = set);  ///< in the order X.690 11.6 wants

}  // namespace tongban::sign::der
