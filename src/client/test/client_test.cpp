#include "client/client.h"

#include <gtest/gtest.h>

#include <atomic>

#include "client/test/wire.h"

using namespace tongban;
using namespace tongban::client;
using client::test::Heard;
using client::test::Line;
using client::test::Wire;

namespace {
Call to(std::string url, int deadline_ms = 5000) {
    Call call;
    call.url = std::move(url);
    call.deadline_ms = deadline_ms;
    return call;
}
}  // namespace

TEST(client, an_answer_comes_whole_with_its_status_and_headers) {
    Wire wire(
        [](Heard const& heard, Line const& line) { line.answer(201, "text/plain", "echo " + heard.body); });
    Client client;
    auto call = to(wire.url() + "/ask?x=1");
    call.method = "POST";
    call.body = "hello";
    call.headers = {{"X-Who", "tester"}};
    auto reply = client.ask(call);
    EXPECT_EQ(reply.failure, "");
    EXPECT_EQ(reply.status, 201);
    EXPECT_EQ(reply.body, "echo hello");
    EXPECT_EQ(reply.header("content-TYPE"), "text/plain");
    auto heard = wire.heard().at(0);
    EXPECT_EQ(heard.method, "POST");
    EXPECT_EQ(heard.target, "/ask?x=1");
    EXPECT_EQ(heard.headers["x-who"], "tester");
    EXPECT_EQ(heard.headers.count("expect"), 0U);
    EXPECT_EQ(heard.headers.count("accept-encoding"), 0U) << "nothing may unpack to gigabytes";
}

TEST(client, an_error_status_is_an_answer_and_a_redirect_is_not_followed) {
    Wire elsewhere([](Heard const&, Line const& line) { line.answer(200, "text/plain", "stolen"); });
    Wire wire([&](Heard const& heard, Line const& line) {
        if (heard.target == "/down") {
            line.answer(503, "text/plain", "busy");
            return;
        }
        line.say("HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url() + "/\r\nContent-Length: 0\r\n\r\n");
    });
    Client client;
    EXPECT_EQ(client.ask(to(wire.url() + "/down")).status, 503);
    EXPECT_EQ(client.ask(to(wire.url() + "/moved")).status, 302);
    EXPECT_TRUE(elsewhere.heard().empty());
}

TEST(client, every_way_to_give_no_answer_has_a_name) {
    Wire wire([](Heard const& heard, Line const& line) {
        if (heard.target == "/silent") line.hold();
        if (heard.target == "/endless") {
            line.say("HTTP/1.1 200 OK\r\n\r\n");
            while (line.say(std::string(100'000, 'x'))) continue;
        }
        if (heard.target == "/announced")
            line.say("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n"), line.hold();
        if (heard.target == "/headers") {
            line.say("HTTP/1.1 200 OK\r\n");
            while (line.say("X-More: " + std::string(8000, 'x') + "\r\n")) continue;
        }
        if (heard.target == "/short") line.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        if (heard.target == "/nonsense") line.say("HELO nobody\r\n\r\n");
    });
    Client client;
    EXPECT_EQ(client.ask(to(wire.url() + "/silent", 150)).failure, "timed_out");
    EXPECT_EQ(client.ask(to(wire.url() + "/endless")).failure, "too_large");
    EXPECT_EQ(client.ask(to(wire.url() + "/announced")).failure, "too_large");
    EXPECT_EQ(client.ask(to(wire.url() + "/headers")).failure, "too_large");
    EXPECT_EQ(client.ask(to(wire.url() + "/short")).failure, "broken_answer");
    EXPECT_EQ(client.ask(to(wire.url() + "/nonsense")).failure, "broken_answer");
    EXPECT_EQ(client.ask(to("http://127.0.0.1:1/")).failure, "no_connection");
    EXPECT_EQ(client.ask(to("ftp://127.0.0.1/")).failure, "address_is_wrong");
    EXPECT_EQ(client.ask(to("file:///etc/passwd")).failure, "address_is_wrong");
    EXPECT_EQ(client.ask(to(wire.url() + "/\r\nX-Other: 1")).failure, "address_is_wrong");
    wire.let_go();
}

TEST(client, an_answer_that_is_too_large_brings_no_bytes) {
    Wire wire([](Heard const&, Line const& line) { line.answer(200, "text/plain", std::string(5000, 'x')); });
    Client client;
    auto call = to(wire.url());
    call.answer_bytes_max = 4999;
    auto reply = client.ask(call);
    EXPECT_EQ(reply.failure, "too_large");
    EXPECT_EQ(reply.body, "");
    call.answer_bytes_max = 5000;
    EXPECT_EQ(client.ask(call).body.size(), 5000U);
}

TEST(client, a_second_answer_on_the_same_connection_is_nobodys) {
    Wire wire([](Heard const&, Line const& line) {
        std::string const one = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n";
        line.say(one + "abc" + one + "xyz");
        line.hold();
    });
    Client client;
    EXPECT_EQ(client.ask(to(wire.url() + "/1")).body, "abc");
    EXPECT_EQ(client.ask(to(wire.url() + "/2")).body, "abc") << "not what the last one left behind";
    wire.let_go();
}

TEST(client, many_calls_run_at_once_and_one_that_hangs_holds_up_nobody) {
    Wire wire([](Heard const& heard, Line const& line) {
        if (heard.target == "/hang") line.hold();
        line.answer(200, "text/plain", heard.target);
    });
    Client client;
    std::atomic<int> came = 0;
    std::mutex mutex;
    std::condition_variable all;
    client.start(to(wire.url() + "/hang", 60'000), [](Reply const&) {});
    for (int i = 0; i < 40; ++i)
        client.start(to(wire.url() + "/" + std::to_string(i)), [&, i](Reply const& reply) {
            EXPECT_EQ(reply.body, "/" + std::to_string(i));
            std::scoped_lock lock(mutex);
            ++came;
            all.notify_one();
        });
    std::unique_lock lock(mutex);
    all.wait(lock, [&] { return came == 40; });
    wire.let_go();
}

TEST(client, what_runs_when_it_stops_ends_as_stopped) {
    Wire wire([](Heard const&, Line const& line) { line.hold(); });
    Client client;
    std::string failure;
    client.start(to(wire.url()), [&](Reply const& reply) { failure = reply.failure; });
    wire.heard_at_least(1);
    client.stop();
    EXPECT_EQ(failure, "stopped");
    EXPECT_EQ(client.ask(to(wire.url())).failure, "stopped");
    wire.let_go();
}
