// The only file that knows Boost.Beast: sockets, framing, deadlines. What Beast 1.81 lets through although it
// should not (Host, Transfer-Encoding, Expect, HTTP/1.0 with chunks) is refused here, before a body is
// believed.
//
// One thread runs the io_context: everything in this file happens on it, except what stands inside
// Pool::submit.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <set>
#include <thread>

#include "http/dispatch.h"
#include "http/pool.h"

#if defined(__SANITIZE_ADDRESS__)
// AddressSanitizer does not follow Boost.Context from stack to stack: where a stack ends it asks for the
// signal stack and takes its own question for an overflow. Only that question is excused.
extern "C" char const* __asan_default_suppressions();
extern "C" char const* __asan_default_suppressions() {
    return "interceptor_name:sigaltstack";
}
#endif

namespace tongban::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using namespace std::chrono_literals;

namespace {

constexpr auto header_deadline = 10s;  // from the first byte of a request; a new connection has none yet
constexpr auto idle_deadline = 60s;    // between requests
constexpr auto body_grace = 10s;       // then a body must have come at body_bytes_per_second on average
constexpr std::size_t body_bytes_per_second = 4096;
constexpr auto write_grace = 30s;
constexpr auto linger_most = 3s;
constexpr auto stop_grace = 10s;
constexpr std::uint32_t header_most = 16 * 1024;
constexpr std::size_t buffer_most = 64 * 1024;
constexpr std::size_t connections_most = 4096;
constexpr std::size_t queue_per_worker = 32;
constexpr std::size_t large_body = 1024 * 1024;
constexpr std::size_t large_bodies_most = 512 * 1024 * 1024;  // of all requests in memory together

using Parser = beast::http::request_parser<beast::http::string_body>;
using Fields = beast::http::fields;

/// Why a request is refused before it is dispatched.
struct Framing {
    int status = 0;  ///< 0: fine
    char const* code = "";
    char const* detail = "";
};

Framing malformed(char const* code) {
    return {400, code, "请求格式有误。"};
}

/// What RFC 9112 demands and Beast 1.81 does not look at (its upstream: boostorg/beast 3096, 3098, 3100).
Framing check_framing(beast::http::request_header<Fields> const& header) {
    auto hosts = header.count(beast::http::field::host);
    if (hosts > 1 || (hosts == 0 && header.version() == 11)) return malformed("host_is_missing_or_repeated");
    auto host = header[beast::http::field::host];
    if (host.find_first_of("/\\@?# \t,") != beast::string_view::npos) return malformed("host_is_malformed");
    auto codings = header.count(beast::http::field::transfer_encoding);
    if (codings > 0) {
        bool chunked = beast::iequals(header[beast::http::field::transfer_encoding], "chunked");
        if (codings > 1 || !chunked || header.version() == 10)
            return malformed("transfer_encoding_is_not_chunked");
        if (header.count(beast::http::field::content_length) > 0) return malformed("body_has_two_lengths");
    }
    if (header.count(beast::http::field::content_length) > 1) return malformed("body_has_two_lengths");
    auto expect = header[beast::http::field::expect];
    if (!expect.empty() && !beast::iequals(expect, "100-continue")) {
        return {417, "expectation_is_unknown", "请求格式有误。"};
    }
    return {};
}

Framing of_error(beast::error_code const& wrong) {
    using beast::http::error;
    if (wrong == error::header_limit || wrong == error::buffer_overflow) {
        return {431, "header_is_too_large", "请求头太大。"};
    }
    if (wrong == error::body_limit) return {413, "body_is_too_large", "提交的内容太大。"};
    if (wrong.category() == make_error_code(error::bad_method).category())
        return malformed("request_is_malformed");
    return {};  // the connection is gone; nobody reads an answer
}

std::string http_date() {
    char out[40];
    auto now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    auto length = std::strftime(out, sizeof out, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {out, length};
}

enum class Connection { stays, closes };

}  // namespace

struct Server::State {
    struct Session;
    Settings settings;
    Dispatcher dispatcher;
    std::set<Session*>
        sessions{};  ///< io thread only; stands before `io`, whose end destroys the last of them
    std::size_t large_bodies = 0;  ///< bytes, io thread only
    bool stopping = false;         ///< io thread only
    asio::io_context io{1};
    tcp::acceptor acceptor{io};
    std::unique_ptr<Pool> pool{};
    std::thread thread{};

    State(Settings s, Routes const& routes, Authenticator& authenticator, Clock const& clock)
        : settings(std::move(s)), dispatcher(routes, authenticator, clock, settings) {}

    Dispatcher::State& inner() { return *dispatcher.state_; }
    Result<int> listen();
    void accept_all(asio::yield_context yield);
    void begin_stop();
    using Handled = Dispatcher::State::Handled;
    using Give = std::function<void(Reply)>;  ///< to the connection that waits for it; any thread
    Reply dispatch(RawRequest request, asio::yield_context yield);
    void give_once(std::shared_ptr<Handled> handled, Give const& give);
};

/// One connection.
struct Server::State::Session {
    State& server;
    beast::tcp_stream stream;
    std::string peer;
    beast::flat_buffer buffer{buffer_most};
    bool waits = true;  ///< for the first byte of a request
    bool is_first = true;
    std::size_t reserved = 0;  ///< of State::large_bodies

    Session(State& s, tcp::socket socket) : server(s), stream(std::move(socket)) {
        beast::error_code none;
        stream.socket().set_option(tcp::no_delay(true), none);
        auto endpoint = stream.socket().remote_endpoint(none);
        if (!none) peer = endpoint.address().to_string();
        server.sessions.insert(this);
        ++server.inner().figures.connections;
    }
    ~Session() {
        --server.inner().figures.connections;
        server.large_bodies -= reserved;
        server.sessions.erase(this);
        if (server.stopping && server.sessions.empty()) server.io.stop();
    }
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;

    void run(asio::yield_context yield);
    bool await_first_byte(asio::yield_context yield);
    Connection one_request(asio::yield_context yield);
    beast::error_code read_body(Parser& parser, asio::yield_context yield);
    bool reserve(std::size_t bytes);
    Connection refuse(Framing const& why, asio::yield_context yield);
    Connection write(Reply reply, bool head, Connection wish, asio::yield_context yield);
    void linger(asio::yield_context yield);
};

// The life of a connection.

void Server::State::Session::run(asio::yield_context yield) {
    while (!server.stopping && await_first_byte(yield)) {
        auto next = one_request(yield);
        server.large_bodies -= std::exchange(reserved, 0);
        if (next == Connection::closes) break;
    }
    beast::error_code none;
    stream.socket().shutdown(tcp::socket::shutdown_send, none);
}

/// False when the other side closed, or sent nothing for too long.
bool Server::State::Session::await_first_byte(asio::yield_context yield) {
    if (buffer.size() > 0) return true;  // pipelined
    waits = true;
    stream.expires_after(std::exchange(is_first, false) ? header_deadline : idle_deadline);
    beast::error_code wrong;
    auto count = stream.async_read_some(buffer.prepare(4096), yield[wrong]);
    if (wrong) return false;
    buffer.commit(count);
    waits = false;
    return true;
}

Connection Server::State::Session::one_request(asio::yield_context yield) {
    Parser parser;
    parser.header_limit(header_most);
    parser.body_limit(boost::none);  // the route decides, once the header is there
    stream.expires_after(header_deadline);
    beast::error_code wrong;
    beast::http::async_read_header(stream, buffer, parser, yield[wrong]);
    if (wrong) return refuse(of_error(wrong), yield);
    auto const& header = parser.get();
    if (auto framing = check_framing(header); framing.status != 0) return refuse(framing, yield);
    std::string method(header.method_string()), target(header.target());
    auto limit = server.inner().body_limit(method, target);
    auto length = parser.content_length();
    if (length && *length > limit) return refuse(of_error(beast::http::error::body_limit), yield);
    parser.body_limit(limit);
    if (!reserve(length ? static_cast<std::size_t>(*length) : parser.chunked() ? limit : 0)) {
        ++server.inner().figures.refused_busy;
        return refuse({503, "server_is_busy", "现在办事的人较多，请稍后再试。"}, yield);
    }
    if (!header[beast::http::field::expect].empty() && header.version() == 11 && !parser.is_done()) {
        static std::string const go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(stream, asio::buffer(go_on), yield[wrong]);
    }
    if (!wrong) wrong = read_body(parser, yield);
    if (wrong) return refuse(of_error(wrong), yield);

    RawRequest raw{.method = method, .target = std::move(target), .peer = peer};
    for (auto const& field : header) raw.headers.emplace_back(field.name_string(), field.value());
    bool keep = header.keep_alive();
    raw.body = std::move(parser.get().body());
    auto reply = server.dispatch(std::move(raw), yield);
    return write(std::move(reply), method == "HEAD", keep ? Connection::stays : Connection::closes, yield);
}

beast::error_code Server::State::Session::read_body(Parser& parser, asio::yield_context yield) {
    auto const begun = std::chrono::steady_clock::now();
    std::size_t received = buffer.size();
    beast::error_code wrong;
    while (!wrong && !parser.is_done()) {
        stream.expires_at(begun + body_grace + std::chrono::seconds(received / body_bytes_per_second));
        received += beast::http::async_read_some(stream, buffer, parser, yield[wrong]);
    }
    return wrong;
}

/// Keeps the memory of large bodies within bounds, whoever sends how many at once.
bool Server::State::Session::reserve(std::size_t bytes) {
    if (bytes <= large_body) return true;
    if (server.large_bodies + bytes > large_bodies_most) return false;
    server.large_bodies += bytes;
    reserved = bytes;
    return true;
}

Connection Server::State::Session::refuse(Framing const& why, asio::yield_context yield) {
    if (why.status == 0) return Connection::closes;
    Error error{.kind = ErrorKind::bad_request,
                .code = why.code,
                .detail = why.detail,
                .retry_after_seconds = why.status == 503 ? 2 : 0};
    write(server.inner().finish(server.inner().refuse_unread(error, why.status)), false, Connection::closes,
          yield);
    linger(yield);
    return Connection::closes;
}

Connection Server::State::Session::write(Reply reply, bool head, Connection wish, asio::yield_context yield) {
    beast::http::response<beast::http::string_body> out;
    out.version(11);
    out.result(static_cast<unsigned>(reply.status));
    if (server.stopping) wish = Connection::closes;
    out.keep_alive(wish == Connection::stays);
    out.set(beast::http::field::date, http_date());
    for (auto const& [name, value] : reply.headers) out.insert(name, value);
    bool has_body = reply.status != 204 && reply.status != 304;
    if (has_body) {
        if (!reply.type.empty()) out.set(beast::http::field::content_type, reply.type);
        out.content_length(reply.body.size());
    }
    auto const size = reply.body.size();
    if (has_body && !head) out.body() = std::move(reply.body);
    stream.expires_after(write_grace + std::chrono::seconds(size / body_bytes_per_second));
    beast::error_code wrong;
    beast::http::response_serializer<beast::http::string_body> serializer(out);
    if (head)
        beast::http::async_write_header(stream, serializer, yield[wrong]);
    else
        beast::http::async_write(stream, serializer, yield[wrong]);
    return wrong ? Connection::closes : wish;
}

/// Reads on for a moment after a refusal: closing at once would reset the connection, and the answer would be
/// lost.
void Server::State::Session::linger(asio::yield_context yield) {
    beast::error_code wrong;
    stream.socket().shutdown(tcp::socket::shutdown_send, wrong);
    stream.expires_after(linger_most);
    std::string waste(64 * 1024, '\0');
    wrong = {};
    while (!wrong) stream.async_read_some(asio::buffer(waste), yield[wrong]);
}

// From the connection to the handlers and back.

Reply Server::State::dispatch(RawRequest request, asio::yield_context yield) {
    auto start = [this](auto done, RawRequest raw) {
        // std::function wants to copy, and `done` can only move.
        auto shared = std::make_shared<decltype(done)>(std::move(done));
        auto kept = std::make_shared<RawRequest>(std::move(raw));
        Give give = [this, shared](Reply reply) {
            auto held = std::make_shared<Reply>(std::move(reply));
            asio::post(io, [shared, held] { std::move (*shared)(std::move(*held)); });
        };
        bool taken = pool->submit([this, kept, give] {
            auto handled = std::make_shared<Handled>();
            try {
                *handled = inner().handle(std::move(*kept));
            } catch (
                std::exception const& wrong) {  // memory ran out, say: this request ends, the others live
                log(LogLevel::error, "request_failed", {{"code", "exception"}, {"what", wrong.what()}});
                handled->reply = Reply{.status = 500, .type = "text/plain", .body = ""};
            }
            give_once(std::move(handled), give);
        });
        if (taken) return;
        ++inner().figures.refused_busy;
        give(inner().finish(inner().refuse_unread({.kind = ErrorKind::unavailable,
                                                   .code = "server_is_busy",
                                                   .detail = "现在办事的人较多，请稍后再试。",
                                                   .retry_after_seconds = 2})));
    };
    return asio::async_initiate<asio::yield_context, void(Reply)>(start, yield, std::move(request));
}

/// Gives the reply, once what it waits for is known; no thread waits with it.
void Server::State::give_once(std::shared_ptr<Handled> handled, Give const& give) {
    auto once = std::exchange(handled->reply.once, {});
    if (!once) return give(inner().finish(std::move(*handled)));
    pool->goes_on_outside();
    once([this, handled, give](Result<void> const& told) {
        auto finish = [this, handled, give] { give(inner().finish(std::move(*handled))); };
        auto instead = [this, handled, give, why = told.ok() ? Error{} : told.error()] {
            inner().take_otherwise(*handled, why);
            give_once(handled, give);
        };
        if (!told.ok() && !pool->submit(instead)) {
            handled->reply.otherwise = {};  // it may be slow, and nobody is left to make it
            inner().take_otherwise(*handled, told.error());
            asio::post(io, finish);
        }
        if (told.ok()) asio::post(io, finish);
        pool->is_done_outside();
    });
}

void Server::State::accept_all(asio::yield_context yield) {
    while (acceptor.is_open()) {
        beast::error_code wrong;
        tcp::socket socket(io);
        acceptor.async_accept(socket, yield[wrong]);
        if (wrong == asio::error::operation_aborted) return;
        if (wrong || sessions.size() >= connections_most) {
            // Out of descriptors, or of patience: those inside go first.
            asio::steady_timer pause(io, 100ms);
            pause.async_wait(yield[wrong]);
            continue;
        }
        auto session = std::make_shared<Session>(*this, std::move(socket));
        asio::spawn(
            io, [session = std::move(session)](asio::yield_context own) { session->run(own); },
            [](std::exception_ptr failed) {
                if (failed) log(LogLevel::error, "connection_failed");
            });
    }
}

// Start and stop.

Result<int> Server::State::listen() {
    beast::error_code wrong;
    auto address = asio::ip::make_address(settings.address, wrong);
    if (!wrong) acceptor.open(tcp::endpoint(address, 0).protocol(), wrong);
    if (!wrong) acceptor.set_option(asio::socket_base::reuse_address(true), wrong);
    if (!wrong) acceptor.bind({address, static_cast<unsigned short>(settings.port)}, wrong);
    if (!wrong) acceptor.listen(1024, wrong);
    auto where = settings.address + ":" + std::to_string(settings.port);
    if (wrong == asio::error::address_in_use) {
        return Error{ErrorKind::unavailable, "port_is_taken", where + " 已被占用。"};
    }
    if (wrong) return Error{ErrorKind::unavailable, "address_cannot_be_used", where + ": " + wrong.message()};
    return acceptor.local_endpoint().port();
}

void Server::State::begin_stop() {
    stopping = true;
    beast::error_code none;
    acceptor.close(none);
    for (auto* session : sessions) {
        if (session->waits) session->stream.cancel();
    }
    if (sessions.empty()) return io.stop();
    auto limit = std::make_shared<asio::steady_timer>(io, stop_grace);
    limit->async_wait([this, limit](beast::error_code) { io.stop(); });
}

Server::Server(Settings settings, Routes const& routes, Authenticator& authenticator, Clock const& clock)
    : state_(std::make_unique<State>(std::move(settings), routes, authenticator, clock)) {}

Server::~Server() {
    stop();
}

Result<int> Server::start() {
    int port = TRY(state_->listen());
    auto workers = std::max(1, state_->settings.workers);
    auto seats = state_->settings.seats > 0 ? std::min(state_->settings.seats, workers) : workers;
    state_->pool =
        std::make_unique<Pool>(workers, seats, static_cast<std::size_t>(workers) * queue_per_worker);
    asio::spawn(
        state_->io, [state = state_.get()](asio::yield_context yield) { state->accept_all(yield); },
        [](std::exception_ptr failed) {
            if (failed) log(LogLevel::error, "accepting_failed");
        });
    state_->thread = std::thread([state = state_.get()] { state->io.run(); });
    log(LogLevel::info, "server_started",
        {{"address", state_->settings.address}, {"port", std::to_string(port)}});
    return port;
}

void Server::stop() {
    if (!state_->thread.joinable()) return;
    asio::post(state_->io, [state = state_.get()] { state->begin_stop(); });
    state_->thread.join();
    state_->pool->stop();
    log(LogLevel::info, "server_stopped");
}

bool Server::is_crowded() const {
    return state_->pool->is_crowded();
}

}  // namespace tongban::http
