// Receipts of short messages, over a real socket.
#include "sim/sms.h"

#include <gtest/gtest.h>

#include "http/http.h"
#include "sim/gate.h"
#include "sim/simulation.h"

namespace tongban::sim {
namespace {

class Receipts : public testing::Test {
protected:
    SystemClock clock{};
    client::Client client{};
    Switches switches{};
    client::Signing signing{client::Scheme::hmac_sha256, "tongban-sms", "a key of our own"};
    Gate gate{clock};
    NoSessions sessions{};
    http::Routes routes{};
    std::mutex mutex{};
    std::condition_variable came{};
    std::vector<std::string> bodies{};

    Receipts() {
        routes.post("/receipts", http::Permission::anyone(),
                    [this](http::Request const& q) -> Result<http::Reply> {
                        TRY(gate.check(signing, q));
                        std::lock_guard const lock(mutex);
                        bodies.push_back(q.body);
                        came.notify_all();
                        return http::no_content();
                    });
    }
    /// Waits until so many receipts came; a minute is for ever.
    std::vector<std::string> receipts(std::size_t count) {
        std::unique_lock lock(mutex);
        came.wait_for(lock, std::chrono::minutes(1), [&] { return bodies.size() >= count; });
        return bodies;
    }
    static json::object message(std::string_view id, int port) {
        return {{"id", id},
                {"phone", "19900000002"},
                {"text", "您的事办好了"},
                {"sign", "示例市政务服务"},
                {"callback", "http://127.0.0.1:" + std::to_string(port) + "/receipts"}};
    }
};

TEST_F(Receipts, ComeSignedOnceTwiceOrAsFailed) {
    http::Settings settings{.port = 0, .workers = 2};
    http::Server server(settings, routes, sessions, clock);
    int port = MUST(server.start());
    SmsGateway gateway(clock, client, switches, signing, 0);
    MUST(gateway.take(message("m1", port)));
    EXPECT_EQ(receipts(1).at(0), R"({"id":"m1","state":"delivered"})");
    switches.set("sms", "", {Mode::none});
    MUST(gateway.take(message("m2", port)));
    EXPECT_EQ(receipts(2).at(1), R"({"id":"m2","state":"failed","why":"号码不在服务区"})");
    switches.set("sms", "", {Mode::twice});
    MUST(gateway.take(message("m3", port)));
    EXPECT_EQ(receipts(4).at(2), receipts(4).at(3));
    EXPECT_EQ(gateway.find("m3")->state, "delivered");
    gateway.stop();
    client.stop();
    server.stop();
}

TEST_F(Receipts, AreNotPostedAfterStop) {
    SmsGateway gateway(clock, client, switches, signing, 60'000);
    MUST(gateway.take(message("m1", 1)));
    gateway.stop();
    EXPECT_EQ(gateway.find("m1")->state, "waiting");
}

}  // namespace
}  // namespace tongban::sim
