// Hashes, random bytes, encodings: thin adapters over OpenSSL.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tongban {

using Bytes =
    std::string;  ///< raw bytes; a std::string so that it moves through SQL and HTTP without copying

std::string sha256_hex(std::string_view bytes);
Bytes sha256(std::string_view bytes);
Bytes hmac_sha256(std::string_view key, std::string_view bytes);
Bytes random_bytes(std::size_t count);
std::string random_digits(std::size_t count);  ///< unbiased
std::string random_code(
    std::size_t count);  ///< from 23456789ABCDEFGHJKLMNPQRSTUVWXYZ (32 symbols, no 0 O 1 I)
std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);
std::string to_base64url(std::string_view bytes);  ///< no padding

}  // namespace tongban
