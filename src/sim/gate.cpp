#include "sim/gate.h"

#include <charconv>

#include "base/base.h"

namespace tongban::sim {

namespace {

using client::Scheme;
using client::Signing;
constexpr std::int64_t off_at_most_ms = 5 * 60 * 1000;
constexpr std::int64_t nonces_stay_ms = 10 * 60 * 1000;

Error refusal(std::string code) {
    return {ErrorKind::unauthenticated, std::move(code), "签名校验失败"};
}

std::string pair_of(Pairs const& pairs, std::string_view name) {
    for (auto const& [key, value] : pairs) {
        if (key == name) return value;
    }
    return "";
}

Result<Signing> read_signing(std::string const& text, std::string const& file) {
    Error malformed{ErrorKind::invalid, "connector_is_malformed", file};
    auto all = TRY(read_json(text));
    auto const* sign = all.is_object() ? all.as_object().if_contains("sign") : nullptr;
    if (sign == nullptr || !sign->is_object()) return malformed;
    auto word = [&](std::string_view key) {
        auto const* value = sign->as_object().if_contains(key);
        return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
    };
    auto scheme = client::read_scheme(word("scheme"));
    if (!scheme) return malformed;
    return Signing{*scheme, word("key_id"), word("demo_secret")};
}

}  // namespace

Pairs form_pairs(std::string_view text) {
    Pairs pairs;
    for (std::size_t from = 0; from < text.size();) {
        auto end = text.find('&', from);
        auto pair = text.substr(from, end == std::string_view::npos ? end : end - from);
        auto equals = pair.find('=');
        auto value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        if (!pair.empty()) {
            pairs.emplace_back(client::percent_decoded(pair.substr(0, equals)),
                               client::percent_decoded(value));
        }
        from = end == std::string_view::npos ? text.size() : end + 1;
    }
    return pairs;
}

Result<std::map<std::string, Signing>> read_keys(Pack const& pack) {
    std::map<std::string, Signing> keys;
    for (auto const& file : pack.list("exchange/connectors", ".json")) {
        auto slash = file.rfind('/');
        auto source = file.substr(slash == std::string::npos ? 0 : slash + 1);
        source.resize(source.size() - std::string_view(".json").size());
        keys[source] = TRY(read_signing(TRY(pack.read(file)), file));
    }
    keys["sms"] = TRY(read_signing(TRY(pack.read("notify/sms.json")), "notify/sms.json"));
    return keys;
}

Result<void> Gate::check(Signing const& expected, http::Request const& request) {
    switch (expected.scheme) {
        case Scheme::none:
            return {};
        case Scheme::bearer:
            if (!equal_in_constant_time(request.header("Authorization"), "Bearer " + expected.key)) {
                return refusal("key_is_unknown");
            }
            return {};
        case Scheme::sorted_sm3:
            return check_pairs(expected, request);
        case Scheme::hmac_sha256:
        case Scheme::hmac_sm3:
            return check_headers(expected, request);
    }
    return refusal("key_is_unknown");
}

Result<void> Gate::check_pairs(Signing const& expected, http::Request const& request) {
    auto pairs = form_pairs(request.body);
    if (request.method == http::Method::get) pairs.assign(request.query.begin(), request.query.end());
    if (pair_of(pairs, "key_id") != expected.key_id) return refusal("key_is_unknown");
    auto nonce = pair_of(pairs, "nonce");
    TRY(check_freshness(pair_of(pairs, "timestamp"), nonce));
    if (!equal_in_constant_time(pair_of(pairs, "sign"), client::sorted_sm3(pairs, expected.key))) {
        return refusal("signature_is_wrong");
    }
    return use(expected.key_id, nonce);
}

Result<void> Gate::check_headers(Signing const& expected, http::Request const& request) {
    if (request.header("X-Key-Id") != expected.key_id) return refusal("key_is_unknown");
    auto timestamp = request.header("X-Timestamp"), nonce = request.header("X-Nonce");
    TRY(check_freshness(timestamp, nonce));
    auto method = request.method == http::Method::get ? "GET" : "POST";
    // Our paths need no encoding, and what is signed by header has no query.
    auto text = client::signed_text(method, request.path, timestamp, nonce, request.body);
    bool sm3 = expected.scheme == Scheme::hmac_sm3;
    auto right = to_hex(sm3 ? client::hmac_sm3(expected.key, text) : hmac_sha256(expected.key, text));
    if (!request.query.empty() || !equal_in_constant_time(request.header(sm3 ? "X-SM3" : "X-Sign"), right)) {
        return refusal("signature_is_wrong");
    }
    return use(expected.key_id, nonce);
}

Result<void> Gate::check_freshness(std::string const& timestamp, std::string_view nonce) const {
    std::int64_t ms = 0;
    auto const* end = timestamp.data() + timestamp.size();
    auto [stopped, wrong] = std::from_chars(timestamp.data(), end, ms);
    bool read = wrong == std::errc{} && stopped == end && !timestamp.empty();
    if (!read || std::abs(ms - clock_.now().ms) > off_at_most_ms) return refusal("timestamp_is_stale");
    if (nonce.size() < 8 || nonce.size() > 64) return refusal("signature_is_wrong");
    return {};
}

Result<void> Gate::use(std::string const& key_id, std::string const& nonce) {
    std::lock_guard const lock(mutex_);
    auto now = clock_.now();
    if (now.ms - turned_.ms > nonces_stay_ms) {
        nonces_[1] = std::move(nonces_[0]);
        nonces_[0] = {};
        turned_ = now;
    }
    auto mark = key_id + " " + nonce;
    if (nonces_[1].contains(mark) || !nonces_[0].insert(mark).second) return refusal("nonce_was_used");
    return {};
}

}  // namespace tongban::sim
