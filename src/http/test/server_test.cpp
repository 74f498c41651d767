// The server over real sockets: framing, order, deadlines, stopping.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <future>
#include <mutex>

#include "house.h"

namespace tongban::http {
namespace {

class Wire {
public:
    explicit Wire(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(static_cast<std::uint16_t>(port));
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        open_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    }
    ~Wire() { ::close(socket_); }
    Wire(Wire const&) = delete;
    Wire& operator=(Wire const&) = delete;
    [[nodiscard]] bool is_open() const { return open_; }
    void send(std::string const& text) const {
        for (std::size_t at = 0; at < text.size();) {
            auto count = ::send(socket_, text.data() + at, text.size() - at, MSG_NOSIGNAL);
            if (count <= 0) return;
            at += static_cast<std::size_t>(count);
        }
    }
    /// Everything until the text stands in it, or the other side closes.
    std::string read_until(std::string const& text) {
        std::string out;
        char piece[4096];
        while (out.find(text) == std::string::npos) {
            auto count = ::recv(socket_, piece, sizeof piece, 0);
            if (count <= 0) break;
            out.append(piece, static_cast<std::size_t>(count));
        }
        return out;
    }
    std::string read_all() { return read_until("\1 never sent"); }

private:
    int socket_;
    bool open_ = false;
};

/// Lets a handler wait until the test allows it to go on.
class Gate {
public:
    void open() {
        std::lock_guard lock(mutex_);
        open_ = true;
        wake_.notify_all();
    }
    void pass() {
        std::unique_lock lock(mutex_);
        ++inside_;
        wake_.notify_all();
        wake_.wait(lock, [this] { return open_; });
    }
    void await_inside(int count) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return inside_ >= count; });
    }

private:
    std::mutex mutex_;
    std::condition_variable wake_;
    bool open_ = false;
    int inside_ = 0;
};

struct Serving : testing::Test {
    House house;
    Gate gate;
    std::unique_ptr<Server> server;
    int port = 0;

    int start() {
        house.settings.port = 0;
        house.routes.get("/api/house/slow", Permission::anyone(), [this](Request const&) -> Result<Reply> {
            gate.pass();
            return ok("\"slow\"");
        });
        house.routes.post("/api/house/record", Permission::anyone(),
                          [](Request const& r) -> Result<Reply> {
                              auto read = TRY(read_json(r.body));
                              return created(to_text(read));
                          },
                          {.body_limit = 2'000'000});
        server = std::make_unique<Server>(house.settings, house.routes, house.authenticator, house.clock);
        port = MUST(server->start());
        return port;
    }
    std::string ask(std::string const& text) {
        Wire wire(port);
        wire.send(text);
        return wire.read_all();
    }
    static int count(std::string const& text, std::string const& what) {
        int found = 0;
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
        return found;
    }
};

std::string const host = "Host: x\r\n";
std::string post(std::string const& headers, std::string const& body) {
    return "POST /api/house/record HTTP/1.1\r\n" + host + headers + "\r\n" + body;
}
std::string const close_after = "Connection: close\r\n";

TEST_F(Serving, AnswersPipelinedRequestsInOrder) {
    start();
    std::string all;
    for (int i = 0; i < 20; ++i) {
        all +=
            post("Content-Length: 2\r\n" + std::string(i == 19 ? close_after : ""), std::to_string(10 + i));
    }
    auto answer = ask(all);
    std::size_t at = 0;
    for (int i = 0; i < 20; ++i) {
        at = answer.find("\r\n\r\n" + std::to_string(10 + i), at);
        ASSERT_NE(at, std::string::npos) << i << answer;
    }
    EXPECT_EQ(count(answer, "HTTP/1.1 201 "), 20);
}

TEST_F(Serving, HeadHasTheHeadersOnly) {
    start();
    auto answer = ask("HEAD /healthz HTTP/1.1\r\n" + host + close_after + "\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 ")) << answer;
    EXPECT_NE(answer.find("Content-Length: 15\r\n"), std::string::npos) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
    EXPECT_NE(answer.find("\r\nDate: "), std::string::npos);
}

TEST_F(Serving, KeepsTheConnectionForTheNextRequest) {
    start();
    Wire wire(port);
    for (int i = 0; i < 3; ++i) {
        wire.send("GET /healthz HTTP/1.1\r\n" + host + "\r\n");
        EXPECT_NE(wire.read_until("\"ok\"}").find(" 200 "), std::string::npos);
    }
}

TEST_F(Serving, RefusesWhatCouldBeReadInTwoWays) {
    start();
    std::vector<std::pair<std::string, std::string>> const table{
        {"host_is_missing_or_repeated", "GET /healthz HTTP/1.1\r\n\r\n"},
        {"host_is_missing_or_repeated", "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
        {"host_is_malformed", "GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        {"request_is_malformed", "GET /healthz HTTP/3.9\r\nHost: a\r\n\r\n"},
        {"request_is_malformed", "GET /healthz HTTP/1.1\nHost: a\n\n"},
        {"request_is_malformed", "GET /healthz HTTP/1.1\r\nHost : a\r\n\r\n"},
        {"request_is_malformed", "\x16\x03\x01 nonsense\r\n\r\n"},
        {"transfer_encoding_is_not_chunked",
         post("Transfer-Encoding: xchunked\r\n", "5\r\nhello\r\n0\r\n\r\n")},
        {"transfer_encoding_is_not_chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
        {"transfer_encoding_is_not_chunked",
         "POST /api/house/record HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n5\r\n0\r\n\r\n"},
        {"request_is_malformed",
         post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "1\r\n5\r\n0\r\n\r\n")},
        {"request_is_malformed", post("Content-Length: 1\r\nContent-Length: 2\r\n", "55")},
        {"body_has_two_lengths", post("Content-Length: 1\r\nContent-Length: 1\r\n", "5")},
        {"request_is_malformed", post("Content-Length: -1\r\n", "5")},
        {"request_is_malformed", post("Transfer-Encoding: chunked\r\n", "zz\r\n5\r\n0\r\n\r\n")},
        {"header_is_too_large",
         "GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"},
        {"expectation_is_unknown", post("Expect: wonders\r\nContent-Length: 1\r\n", "5")}};
    for (auto const& [code, text] : table) {
        Wire wire(port);
        wire.send(text);
        auto answer = wire.read_until("\"trace\"");
        EXPECT_NE(answer.find("\"code\":\"" + code + "\""), std::string::npos) << text.substr(0, 200) << "\n"
                                                                               << answer;
        EXPECT_NE(answer.find("Connection: close"), std::string::npos) << text.substr(0, 200);
        EXPECT_NE(answer.find("X-Content-Type-Options: nosniff"), std::string::npos);
    }
}

TEST_F(Serving, ABodyOverTheLimitIsAnsweredBeforeItIsRead) {
    start();
    Wire declared(port);
    declared.send(post("Content-Length: 67108864\r\n", "x"));
    EXPECT_NE(declared.read_until("\"trace\"").find("\"code\":\"body_is_too_large\""), std::string::npos);
    Wire chunked(port);
    chunked.send(post("Transfer-Encoding: chunked\r\n", "1e8481\r\n" + std::string(2'000'001, ' ')));
    EXPECT_TRUE(chunked.read_until("\"trace\"").starts_with("HTTP/1.1 413 "));
}

TEST_F(Serving, TakesLargeAndChunkedBodies) {
    start();
    auto large = "\"" + std::string(1'500'000, 'a') + "\"";
    auto answer = ask(post(close_after + "Content-Length: " + std::to_string(large.size()) + "\r\n", large));
    EXPECT_TRUE(answer.ends_with(large));
    EXPECT_TRUE(ask(post(close_after + "Transfer-Encoding: chunked\r\n", "2\r\n[1\r\n3\r\n,2]\r\n0\r\n\r\n"))
                    .ends_with("[1,2]"));
}

TEST_F(Serving, GoesOnWhenAskedToExpect) {
    start();
    Wire wire(port);
    wire.send(post("Content-Length: 1\r\nExpect: 100-continue\r\n" + close_after, ""));
    EXPECT_EQ(wire.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    wire.send("7");
    EXPECT_TRUE(wire.read_all().starts_with("HTTP/1.1 201 "));
}

TEST_F(Serving, RefusesWhenTheQueueIsFull) {
    house.settings.workers = 1;
    start();
    std::vector<std::unique_ptr<Wire>> waiting;
    auto slow = "GET /api/house/slow HTTP/1.1\r\n" + host + close_after + "\r\n";
    for (int i = 0; i < 40; ++i) {
        waiting.push_back(std::make_unique<Wire>(port));
        waiting.back()->send(slow);
        if (i == 0) gate.await_inside(1);
    }
    // One works, 32 wait; of the 40 seven were refused, and they alone are answered while the gate is shut.
    int refused = 0, answered = 0;
    std::vector<std::future<std::string>> answers;
    for (auto& wire : waiting)
        answers.push_back(std::async(std::launch::async, [&wire] { return wire->read_all(); }));
    for (bool counted = false; !counted;) {
        auto metrics = std::count_if(answers.begin(), answers.end(), [](auto& each) {
            return each.wait_for(std::chrono::milliseconds(5)) == std::future_status::ready;
        });
        counted = metrics == 7;
    }
    gate.open();
    for (auto& each : answers) {
        auto text = each.get();
        refused += text.find("\"code\":\"server_is_busy\"") != std::string::npos &&
                   text.find("Retry-After: 2\r\n") != std::string::npos && text.starts_with("HTTP/1.1 503 ");
        answered += text.starts_with("HTTP/1.1 200 ");
    }
    EXPECT_EQ(refused, 7);
    EXPECT_EQ(answered, 33);
}

TEST_F(Serving, StopFinishesWhatIsInFlight) {
    start();
    Wire idle(port), busy(port);
    idle.send("GET /healthz HTTP/1.1\r\n" + host + "\r\n");
    idle.read_until("\"ok\"}");
    busy.send("GET /api/house/slow HTTP/1.1\r\n" + host + "\r\n");
    gate.await_inside(1);
    auto stopped = std::async(std::launch::async, [this] { server->stop(); });
    EXPECT_EQ(idle.read_all(), "") << "an idle connection is closed at once";
    gate.open();
    auto answer = busy.read_all();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 ")) << answer;
    EXPECT_NE(answer.find("Connection: close"), std::string::npos);
    stopped.get();
    EXPECT_FALSE(Wire(port).is_open());
}

/// What replies wait for, until the test says how it ended.
struct Pending {
    std::mutex mutex;
    std::vector<std::function<void(Result<void> const&)>> waiting;
    Awaited once() {
        return [this](auto told) {
            std::lock_guard lock(mutex);
            waiting.push_back(std::move(told));
        };
    }
    std::size_t count() {
        std::lock_guard lock(mutex);
        return waiting.size();
    }
    void await(std::size_t wanted) {
        while (count() < wanted) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    void tell(Result<void> const& outcome) {
        for (auto& told : std::exchange(waiting, {})) told(outcome);
    }
};

struct ServingLater : Serving {
    Pending pending;
    void SetUp() override {
        house.settings.workers = 1;
        house.routes.get("/api/house/later", Permission::anyone(), [this](Request const& r) -> Result<Reply> {
            auto reply = ok("\"kept\"");
            reply.once = pending.once();
            if (!r.asked("plain"))
                reply.otherwise = [](Error const& why) -> Result<Reply> {
                    return created("\"instead of " + why.code + "\"");
                };
            return reply;
        });
        start();
    }
    std::future<std::string> later(std::string const& query = "") {
        return std::async(std::launch::async, [this, query] {
            return ask("GET /api/house/later" + query + " HTTP/1.1\r\n" + host + close_after + "\r\n");
        });
    }
};

TEST_F(ServingLater, ManyRepliesWaitWithoutAThread) {
    std::vector<std::future<std::string>> waiting;
    for (int i = 0; i < 8; ++i) waiting.push_back(later());
    pending.await(8);
    auto other = ask("GET /api/house/open HTTP/1.1\r\n" + host + close_after + "\r\n");
    EXPECT_TRUE(other.starts_with("HTTP/1.1 200 ")) << "the only worker is free";
    pending.tell({});
    for (auto& each : waiting) {
        auto answer = each.get();
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("\"kept\"")) << answer;
    }
}

TEST_F(ServingLater, AnotherReplyIsGivenWhereItWasNotKept) {
    auto instead = later(), refused = later("?plain=1");
    pending.await(2);
    pending.tell(Error{ErrorKind::conflict, "somebody_was_first", "已有人办理。"});
    EXPECT_TRUE(instead.get().ends_with("\"instead of somebody_was_first\""));
    auto answer = refused.get();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 409 ")) << answer;
    EXPECT_NE(answer.find("\"code\":\"somebody_was_first\""), std::string::npos) << answer;
}

TEST_F(ServingLater, StopWaitsForWhatIsStillToBeTold) {
    auto waiting = later();
    pending.await(1);
    auto stopped = std::async(std::launch::async, [this] { server->stop(); });
    EXPECT_EQ(stopped.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
    pending.tell({});
    EXPECT_TRUE(waiting.get().ends_with("\"kept\""));
    stopped.get();
}

TEST_F(Serving, APortIsTakenOnce) {
    house.settings.port = start();
    Server second(house.settings, house.routes, house.authenticator, house.clock);
    auto started = second.start();
    ASSERT_FALSE(started.ok());
    EXPECT_EQ(started.error().code, "port_is_taken");
    auto elsewhere = house.settings;
    elsewhere.address = "192.0.2.1";
    Server third(elsewhere, house.routes, house.authenticator, house.clock);
    EXPECT_EQ(third.start().error().code, "address_cannot_be_used");
}

TEST_F(Serving, SlowAndSilentClientsAreCut_slow) {
    start();
    auto drip = [this](std::string const& begin, std::string const& piece) {
        Wire wire(port);
        wire.send(begin);
        for (int seconds = 0; seconds < 30; ++seconds) {
            pollfd nothing{-1, 0, 0};
            ::poll(&nothing, 1, 1000);
            if (piece.empty() && seconds < 12) continue;
            wire.send(piece);
            if (seconds >= 12) return wire.read_all();  // returns only if the other side closed
        }
        return std::string("not cut");
    };
    auto header = std::async(std::launch::async, drip, "GET / HTTP/1.1\r\nX: ", "a");
    auto body = std::async(std::launch::async, drip, post("Content-Length: 900\r\n", "["), " ");
    auto silent = std::async(std::launch::async, drip, "", "");
    EXPECT_EQ(header.get(), "");
    EXPECT_EQ(body.get(), "");
    EXPECT_EQ(silent.get(), "");
}

/// The suite of malformed requests lives outside this tree; TONGBAN_HOSTILE names its script. Skipped without
/// it: the kind `hostile` of the tests asks the whole program the same.
TEST_F(Serving, SurvivesTheHostileSuite_slow) {
    auto const* script = std::getenv("TONGBAN_HOSTILE");
    if (script == nullptr) GTEST_SKIP() << "TONGBAN_HOSTILE is not set";
    start();
    auto command = std::string("f=$(mktemp); echo '{\"kind\":\"x\"}' > $f; python3 ") + script + " " +
                   std::to_string(port) +
                   " --get /healthz --post /api/house/record --body $f; r=$?; rm $f; exit $r";
    EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace tongban::http
