// The gateway for short messages: takes them, shows them, tells a moment later that they arrived.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/base.h"
#include "client/client.h"
#include "sim/switches.h"

namespace tongban::sim {

struct Sms {
    std::string id, phone, text, sign, callback;
    std::string state = "waiting", why{};  ///< waiting, delivered, failed
    Instant at{};
};

class SmsGateway {
public:
    SmsGateway(Clock const& clock, client::Client& client, Switches const& switches, client::Signing signing,
               int receipt_after_ms);
    ~SmsGateway();
    /// The same id again changes nothing. Refuses: message_is_malformed.
    Result<void> take(json::object const& message);
    [[nodiscard]] std::optional<Sms> find(std::string const& id) const;
    /// Newest first; of one phone, or of all.
    [[nodiscard]] std::vector<Sms> messages(std::string const& phone) const;
    void reset();
    void stop();  ///< receipts that wait are not posted any more

private:
    void post_receipts();
    void post(Sms const& message);

    Clock const& clock_;
    client::Client& client_;
    Switches const& switches_;
    client::Signing signing_;
    std::chrono::milliseconds wait_;
    mutable std::mutex mutex_;
    std::condition_variable came_{};
    std::deque<Sms> messages_{};
    std::deque<std::pair<std::chrono::steady_clock::time_point, std::string>> waiting_{};  ///< id, when due
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tongban::sim
