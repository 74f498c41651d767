#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <pthread.h>

#include <algorithm>
#include <array>
#include <atomic>
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

namespace {
/// A context that has its key. A thread uses few keys, again and again: to take in a key costs more than a
/// short text, and HMAC() would also look the algorithm up under a lock of the library for every call.
class KeyedMac {
public:
    KeyedMac() : mac_(EVP_MAC_CTX_new(fetched_hmac()), &EVP_MAC_CTX_free) {}
    ~KeyedMac() { OPENSSL_cleanse(key_.data(), key_.size()); }
    KeyedMac(KeyedMac const&) = delete;
    KeyedMac& operator=(KeyedMac const&) = delete;

    [[nodiscard]] bool has(std::string_view key) const { return is_keyed_ && key_ == key; }
    bool take(std::string_view key) {
        OPENSSL_cleanse(key_.data(), key_.size());
        key_ = key;
        char digest[] = "SHA256";
        OSSL_PARAM const parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                         OSSL_PARAM_construct_end()};
        // An empty key is a key; a null pointer would mean "the one before".
        return is_keyed_ =
                   EVP_MAC_init(mac_.get(), key.empty() ? raw("") : raw(key), key.size(), parameters) == 1;
    }
    bool sum(std::string_view bytes, Bytes& out) {
        std::size_t length = 0;
        return EVP_MAC_init(mac_.get(), nullptr, 0, nullptr) == 1 &&
               EVP_MAC_update(mac_.get(), raw(bytes), bytes.size()) == 1 &&
               EVP_MAC_final(mac_.get(), reinterpret_cast<unsigned char*>(out.data()), &length, out.size()) ==
                   1 &&
               length == out.size();
    }

private:
    MacContext mac_;
    Bytes key_;
    bool is_keyed_ = false;
};
}  // namespace

Bytes hmac_sha256(std::string_view key, std::string_view bytes) {
    thread_local std::array<KeyedMac, 4> macs;
    thread_local std::size_t oldest = 0;
    auto mac = std::ranges::find_if(macs, [&](KeyedMac const& one) { return one.has(key); });
    bool done = true;
    if (mac == macs.end()) {
        mac = macs.begin() + static_cast<std::ptrdiff_t>(oldest++ % macs.size());
        done = mac->take(key);
    }
    Bytes out(32, '\0');
    ensure(done && mac->sum(bytes, out), "HMAC-SHA-256 is always available");
    return out;
}

namespace {
/// Random bytes fetched ahead, by each thread for itself: the source asks the kernel each time, and a
/// submission wants dozens of a few bytes. Given out once and wiped here.
class RandomStock {
public:
    static constexpr std::size_t size = 512;
    ~RandomStock() { OPENSSL_cleanse(bytes_, size); }

    Bytes take(std::size_t count) {
        if (size - used_ < count || forks_ != forks_so_far()) {
            fetch(bytes_, size);
            used_ = 0;
            forks_ = forks_so_far();
        }
        Bytes out(reinterpret_cast<char const*>(bytes_) + used_, count);
        OPENSSL_cleanse(bytes_ + used_, count);
        used_ += count;
        return out;
    }
    static void fetch(unsigned char* to, std::size_t count) {
        ensure(RAND_bytes(to, static_cast<int>(count)) == 1, "the random source answers");
    }

private:
    /// A child process must not give out what its parent has in stock.
    static int forks_so_far() {
        static std::atomic<int> forks{0};
        static int const registered = pthread_atfork(nullptr, nullptr, [] { ++forks; });
        ensure(registered == 0, "a child process is heard of");
        return forks;
    }

    int forks_ = 0;
    unsigned char bytes_[size] = {};
    std::size_t used_ = size;
};
}  // namespace

Bytes random_bytes(std::size_t count) {
    thread_local RandomStock stock;
    if (count <= RandomStock::size / 4) return stock.take(count);
    Bytes out(count, '\0');
    RandomStock::fetch(reinterpret_cast<unsigned char*>(out.data()), count);
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
