#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>

#include "client/client.h"

namespace tongban::client {

namespace {
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::array<std::pair<Scheme, std::string_view>, 5> schemes{{{Scheme::none, "none"},
                                                                      {Scheme::bearer, "bearer"},
                                                                      {Scheme::hmac_sha256, "hmac_sha256"},
                                                                      {Scheme::hmac_sm3, "hmac_sm3"},
                                                                      {Scheme::sorted_sm3, "sorted_sm3"}}};

/// Path and query as they will be sent; `/` where the address has neither.
std::string target_of(std::string const& url) {
    auto host = url.find("://");
    auto from = url.find_first_of("/?", host == std::string::npos ? 0 : host + 3);
    if (from == std::string::npos) return "/";
    return url[from] == '?' ? "/" + url.substr(from) : url.substr(from);
}

Pairs pairs_of(std::string_view text) {
    Pairs pairs;
    while (!text.empty()) {
        auto end = std::min(text.find('&'), text.size());
        auto pair = text.substr(0, end);
        auto equals = std::min(pair.find('='), pair.size());
        if (!pair.empty())
            pairs.emplace_back(percent_decoded(pair.substr(0, equals)),
                               equals < pair.size() ? percent_decoded(pair.substr(equals + 1)) : "");
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return pairs;
}

void sign_pairs(Call& call, Signing const& signing, std::string const& timestamp, std::string_view nonce) {
    bool const in_query = call.method == "GET";
    auto mark = call.url.find('?');
    std::string text = in_query ? (mark == std::string::npos ? "" : call.url.substr(mark + 1)) : call.body;
    if (!text.empty()) text += '&';
    text += "key_id=" + percent_encoded(signing.key_id) + "&timestamp=" + timestamp +
            "&nonce=" + percent_encoded(nonce);
    text += "&sign=" + sorted_sm3(pairs_of(text), signing.key);
    if (in_query)
        call.url = call.url.substr(0, mark) + "?" + text;
    else
        call.body = text;
}

void sign_headers(Call& call, Signing const& signing, std::string const& timestamp, std::string_view nonce) {
    auto text = signed_text(call.method, target_of(call.url), timestamp, nonce, call.body);
    call.headers.emplace_back("X-Key-Id", signing.key_id);
    call.headers.emplace_back("X-Timestamp", timestamp);
    call.headers.emplace_back("X-Nonce", nonce);
    if (signing.scheme == Scheme::hmac_sha256)
        call.headers.emplace_back("X-Sign", to_hex(hmac_sha256(signing.key, text)));
    else
        call.headers.emplace_back("X-SM3", to_hex(hmac_sm3(signing.key, text)));
}
}  // namespace

std::string_view to_text(Scheme scheme) {
    for (auto const& [each, text] : schemes)
        if (each == scheme) return text;
    return "";
}

std::optional<Scheme> read_scheme(std::string_view text) {
    for (auto const& [scheme, each] : schemes)
        if (each == text) return scheme;
    return std::nullopt;
}

Bytes sm3(std::string_view bytes) {
    Bytes out(32, '\0');
    auto done = EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr,
                           EVP_sm3(), nullptr);
    ensure(done == 1, "SM3 is part of OpenSSL 3");
    return out;
}

Bytes hmac_sm3(std::string_view key, std::string_view bytes) {
    Bytes out(32, '\0');
    unsigned length = 0;
    auto const* raw = reinterpret_cast<unsigned char const*>(bytes.data());
    auto* done = HMAC(EVP_sm3(), key.data(), static_cast<int>(key.size()), raw, bytes.size(),
                      reinterpret_cast<unsigned char*>(out.data()), &length);
    ensure(done != nullptr && length == out.size(), "SM3 is part of OpenSSL 3");
    return out;
}

std::string signed_text(std::string_view method, std::string_view target, std::string_view timestamp,
                        std::string_view nonce, std::string_view body) {
    std::string text;
    for (auto part : {method, target, timestamp, nonce}) text.append(part) += '\n';
    return text.append(body);
}

std::string sorted_sm3(Pairs pairs, std::string_view key) {
    std::sort(pairs.begin(), pairs.end());
    std::string text;
    for (auto const& [name, value] : pairs) {
        if (name == "sign") continue;
        text.append(name).append("=").append(value) += '&';
    }
    return to_hex(sm3(text.append("key=").append(key)));
}

void sign(Call& call, Signing const& signing, Instant now, std::string_view nonce) {
    auto timestamp = std::to_string(now.ms);
    switch (signing.scheme) {
        case Scheme::none:
            return;
        case Scheme::bearer:
            call.headers.emplace_back("Authorization", "Bearer " + signing.key);
            return;
        case Scheme::sorted_sm3:
            return sign_pairs(call, signing, timestamp, nonce);
        case Scheme::hmac_sha256:
        case Scheme::hmac_sm3:
            return sign_headers(call, signing, timestamp, nonce);
    }
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::string_view plain = "-._~";
    std::string out;
    for (char c : text) {
        bool const letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (letter || plain.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        auto byte = static_cast<unsigned char>(c);
        out += {'%', hex[byte >> 4], hex[byte & 15]};
    }
    return out;
}

std::string percent_decoded(std::string_view text) {
    auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

}  // namespace tongban::client
