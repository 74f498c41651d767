#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>

#include "base/base.h"

namespace tongban {

namespace {
unsigned char const* raw(std::string_view bytes) {
    return reinterpret_cast<unsigned char const*>(bytes.data());
}

using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

EVP_MD const* fetched_sha256() {
    static EVP_MD const* const digest = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return digest;
}

EVP_MAC* fetched_hmac() {
    static EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    return mac;
}

/// One symbol of `symbols` per accepted byte; bytes beyond the last whole multiple are thrown away, so none
/// is favoured.
std::string random_text(std::string_view symbols, std::size_t count) {
    auto limit = 256 - 256 % symbols.size();
    std::string out;
    while (out.size() < count) {
        for (unsigned char byte : random_bytes(count)) {
            if (byte < limit && out.size() < count) out += symbols[byte % symbols.size()];
        }
    }
    return out;
}

std::string base64(std::string_view bytes, std::string_view symbols, std::string_view padding) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        auto whole = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k <= whole; ++k) out += symbols[group >> (18 - 6 * k) & 63];
        for (auto k = whole; k < 3; ++k) out += padding;
    }
    return out;
}
}  // namespace

Bytes sha256(std::string_view bytes) {
    Bytes out(32, '\0');
    auto done = EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr,
                           fetched_sha256(), nullptr);
    ensure(done == 1, "SHA-256 is always available");
    return out;
}

std::string sha256_hex(std::string_view bytes) {
    return to_hex(sha256(bytes));
}

Bytes hmac_sha256(std::string_view key, std::string_view bytes) {
    // One context a thread: HMAC() would look the algorithm up under a lock of the library for every call.
    thread_local MacContext const mac(EVP_MAC_CTX_new(fetched_hmac()), &EVP_MAC_CTX_free);
    char digest[] = "SHA256";
    OSSL_PARAM const parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                     OSSL_PARAM_construct_end()};
    Bytes out(32, '\0');
    std::size_t length = 0;
    // An empty key is a key; a null pointer would mean "the one before".
    auto const* secret = key.empty() ? raw("") : raw(key);
    auto done =
        EVP_MAC_init(mac.get(), secret, key.size(), parameters) == 1 &&
        EVP_MAC_update(mac.get(), raw(bytes), bytes.size()) == 1 &&
        EVP_MAC_final(mac.get(), reinterpret_cast<unsigned char*>(out.data()), &length, out.size()) == 1;
    ensure(done && length == out.size(), "HMAC-SHA-256 is always available");
    return out;
}

Bytes random_bytes(std::size_t count) {
    Bytes out(count, '\0');
    auto done = RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count));
    ensure(done == 1, "the random source answers");
    return out;
}

std::string random_digits(std::size_t count) {
    return random_text("0123456789", count);
}

std::string random_code(std::size_t count) {
    return random_text("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", count);
}

std::string to_hex(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (unsigned char byte : bytes) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

std::string to_base64(std::string_view bytes) {
    return base64(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", "=");
}

std::string to_base64url(std::string_view bytes) {
    return base64(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", "");
}

}  // namespace tongban
