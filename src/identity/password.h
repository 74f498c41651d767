// Passwords: argon2id (RFC 9106) with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet). A
// hash costs 35 ms and 19 MiB, so that at most two are made at a time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "base/base.h"

namespace tongban::identity {

class Passwords {
public:
    explicit Passwords(int places = 2, std::chrono::milliseconds wait = std::chrono::seconds{5})
        : free_(places), wait_(wait) {}
    std::string hash(std::string_view password);
    /// Refuses with sign_in_is_busy when no place came free in time.
    Result<bool> fits(std::string_view password, std::string const& encoded);
    /// Costs as much as fits(), for an account that does not exist.
    Result<void> pretend(std::string_view password);

private:
    class Place;
    std::mutex mutex_;
    std::condition_variable freed_;
    int free_;
    std::chrono::milliseconds wait_;
};

}  // namespace tongban::identity
