// Who may ask: keys of the pack's connectors, signatures, timestamps, nonces.
#pragma once

#include <array>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "client/client.h"
#include "http/http.h"

namespace tongban::sim {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// Of application/x-www-form-urlencoded, decoded, in their order.
Pairs form_pairs(std::string_view text);

/// Source → how its callers sign, from exchange/connectors/*.json; `sms` from notify/sms.json. Refuses with
/// connector_is_malformed, pack_file_is_missing.
Result<std::map<std::string, client::Signing>> read_keys(Pack const& pack);

class Gate {
public:
    explicit Gate(Clock const& clock) : clock_(clock) {}
    /// Refuses, all unauthenticated: key_is_unknown, timestamp_is_stale, signature_is_wrong, nonce_was_used.
    Result<void> check(client::Signing const& expected, http::Request const& request);

private:
    Result<void> check_pairs(client::Signing const& expected, http::Request const& request);
    Result<void> check_headers(client::Signing const& expected, http::Request const& request);
    Result<void> check_freshness(std::string const& timestamp, std::string_view nonce) const;
    Result<void> use(std::string const& key_id, std::string const& nonce);

    Clock const& clock_;
    std::mutex mutex_;
    std::array<std::unordered_set<std::string>, 2> nonces_{};  ///< of these ten minutes, and of those before
    Instant turned_{};
};

}  // namespace tongban::sim
