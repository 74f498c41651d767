#include "http/attempts.h"

#include <arpa/inet.h>

namespace tongban::http {

int Attempts::refused_for(std::string const& key, AttemptLimit limit, Instant now) {
    std::lock_guard lock(mutex_);
    auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        entries_.push_front({key, {}});
        by_key_.emplace(entries_.front().key, entries_.begin());
        if (entries_.size() > keys_most_) {
            by_key_.erase(entries_.back().key);
            entries_.pop_back();
        }
    } else {
        entries_.splice(entries_.begin(), entries_, found->second);
    }
    auto& made = entries_.front().made;
    auto const window = std::chrono::seconds(limit.within_seconds);
    while (!made.empty() && made.front() <= now - window) made.pop_front();
    if (made.size() < static_cast<std::size_t>(limit.attempts)) {
        made.push_back(now);
        return 0;
    }
    auto wait_ms = (made.front() + window).ms - now.ms;
    return static_cast<int>((wait_ms + 999) / 1000);
}

std::size_t Attempts::keys() const {
    std::lock_guard lock(mutex_);
    return entries_.size();
}

std::string network_of(std::string_view address) {
    std::string text(address);
    in6_addr wide{};
    if (inet_pton(AF_INET6, text.c_str(), &wide) != 1) return text;
    std::string_view bytes(reinterpret_cast<char const*>(wide.s6_addr), 16);
    if (bytes.starts_with(std::string_view("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12)))
        return to_hex(bytes);  // IPv4 inside
    return to_hex(bytes.substr(0, 8));
}

}  // namespace tongban::http
