// How often somebody may try: a sliding window per client and route, in bounded memory.
#pragma once

#include <deque>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/http.h"

namespace tongban::http {

class Attempts {
public:
    explicit Attempts(std::size_t keys_most = 50'000) : keys_most_(keys_most) {}
    /// Counts an attempt and returns 0, or counts nothing and returns the seconds until the next may be made.
    int refused_for(std::string const& key, AttemptLimit limit, Instant now);
    [[nodiscard]] std::size_t keys() const;

private:
    struct Entry {
        std::string key;
        std::deque<Instant> made;
    };
    mutable std::mutex mutex_;
    std::size_t keys_most_;
    std::list<Entry>
        entries_;  ///< the one asked about last stands first; the last is forgotten when there are too many
    std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
};

/// The part of an address that one subscriber cannot change at will: IPv4 whole, of IPv6 the first 64 bits.
std::string network_of(std::string_view address);

}  // namespace tongban::http
