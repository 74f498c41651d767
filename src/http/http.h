// The door of `http`: routes with permissions, requests, replies, the server. Boost stays behind it.
// Handlers are plain synchronous functions on a bounded pool; the I/O thread never waits.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.h"

namespace tongban::http {

enum class Method { get, post, put, del };

/// What the reader wants to read: Chinese, or English where they ask for it and there is some.
enum class Language { zh, en };

/// Every route names one. `Permission::anyone()` is explicit. Roles hold permissions through Routes::grant.
struct Permission {
    std::string_view name;  ///< `cases.accept`; module name first
    static constexpr Permission anyone() { return {"anyone"}; }
    static constexpr Permission signed_in() { return {"signed_in"}; }  ///< resident or staff
    bool operator==(Permission const&) const = default;
};

/// One file of a multipart/form-data body.
struct Upload {
    std::string field, file_name, content_type;
    Bytes bytes;
};

struct Request {
    Method method = Method::get;
    std::string path;                           ///< decoded, without query
    std::map<std::string, std::string> params;  ///< of the pattern: {no}
    std::map<std::string, std::string> query;   ///< decoded
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::vector<Upload> uploads;                ///< of multipart bodies
    std::map<std::string, std::string> fields;  ///< other parts of multipart bodies
    Actor actor;
    std::string trace;   ///< id of this request, shown on error pages and in logs
    std::string client;  ///< address of the peer, or of X-Forwarded-For behind a trusted proxy

    [[nodiscard]] std::string const& param(std::string_view name) const;  ///< ensure()s that it exists
    [[nodiscard]] std::optional<std::string> asked(std::string_view name) const;  ///< query parameter
    [[nodiscard]] std::string header(std::string_view name) const;  ///< "" when absent; case-insensitive
    [[nodiscard]] std::string cookie(std::string_view name) const;  ///< "" when absent
    [[nodiscard]] std::string idempotency_key() const;              ///< header Idempotency-Key
    [[nodiscard]] Language language() const;                        ///< by header Accept-Language
};

/// What a reply waits for while no thread waits with it. Tells `told` whether all is well: once, on any
/// thread, at once where it is known already. `told` is short and throws nothing.
using Awaited = std::function<void(std::function<void(Result<void> const&)> told)>;

struct Reply {
    int status = 200;
    std::string type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers{};
    Awaited once{};  ///< it is given only once all is well: what its handler wrote is durable, say …
    std::function<Result<Reply>(Error const&)> otherwise{};  ///< … else this one; without it, the Error
};
Reply ok(std::string json_body);
Reply created(std::string json_body);
Reply no_content();
Reply file(Bytes bytes, std::string type,
           std::string download_name);  ///< inline if the name is empty; no-store
/// The problem+json reply to an Error (RFC 9457): type, title, status, detail, code, fields[], trace.
Reply problem(Error const& error, std::string_view trace);

using Handler = std::function<Result<Reply>(Request const&)>;

/// How often one client (or one `key` of the request) may try, per route.
struct AttemptLimit {
    int attempts = 0;  ///< 0: no limit
    int within_seconds = 60;
};

struct RouteOptions {
    AttemptLimit limit{};  ///< per client address; refused with too_many_attempts and Retry-After
    std::size_t body_limit = 256 * 1024;
    bool csrf = true;       ///< unsafe methods need X-CSRF-Token when a session cookie came along
    bool any_body = false;  ///< of whatever Content-Type; the handler reads Request::body itself
};

struct Route {
    Method method;
    std::string pattern;  ///< `/api/cases/mine/{no}`
    Permission permission;
    Handler handler;
    RouteOptions options;
};

class Routes {
public:
    void add(Method method, std::string pattern, Permission permission, Handler handler,
             RouteOptions options = {});
    void get(std::string pattern, Permission p, Handler h, RouteOptions o = {}) {
        add(Method::get, std::move(pattern), p, std::move(h), o);
    }
    void post(std::string pattern, Permission p, Handler h, RouteOptions o = {}) {
        add(Method::post, std::move(pattern), p, std::move(h), o);
    }
    void put(std::string pattern, Permission p, Handler h, RouteOptions o = {}) {
        add(Method::put, std::move(pattern), p, std::move(h), o);
    }
    void del(std::string pattern, Permission p, Handler h, RouteOptions o = {}) {
        add(Method::del, std::move(pattern), p, std::move(h), o);
    }
    /// Roles: resident, clerk, reviewer, keeper (证照管理), supervisor, operator, auditor.
    void grant(Permission permission, std::vector<std::string> const& roles);
    [[nodiscard]] std::vector<Route> const& all() const { return routes_; }
    [[nodiscard]] bool may(Actor const& actor, Permission permission) const;
    /// Every permission used by a route, with the roles that hold it.
    [[nodiscard]] std::map<std::string, std::vector<std::string>> const& grants() const { return grants_; }

private:
    std::vector<Route> routes_;
    std::map<std::string, std::vector<std::string>> grants_;
};

/// One operation of an api.yaml; `<module>::api::contract()` lists them.
struct RouteContract {
    Method method;
    std::string_view pattern, permission;
};
/// The route table and the contract must name the same routes with the same permissions, both ways. Refuses
/// with routes_differ_from_contract, whose detail names each difference.
Result<void> check_contract(Routes const& routes, std::vector<RouteContract> const& contract);

/// Tells who asks. Implemented by `identity`, wired by `app`.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    /// anyone for a request without session; unauthenticated (session_ended) for a cookie that is not valid
    /// any more.
    virtual Result<Actor> authenticate(Request const& request) = 0;
    /// The CSRF token that belongs to the request's session.
    virtual std::string csrf_token(Request const& request) = 0;
};

struct Metric {
    std::string name, help;
    double value = 0;
};

struct Settings {
    std::string address = "127.0.0.1";
    int port = 8080;         ///< 0: any free one
    int workers = 64;        ///< threads that handle requests, or wait (but see Reply::once)
    int seats = 0;           ///< of them at work at a time (base/seats.h); 0: all
    std::string web_root{};  ///< built web apps: portal at /, desk at /desk/; empty: none
    std::string openapi{};   ///< text of /api/openapi.json
    std::size_t body_limit_max = 24 * 1024 * 1024;
    bool secure_cookies = false;                 ///< behind TLS; also sends Strict-Transport-Security
    std::vector<std::string> trusted_proxies{};  ///< addresses whose X-Forwarded-For and -Host are believed
    std::function<Result<void>()> health{};      ///< for /healthz
    std::function<std::vector<Metric>()> metrics{};  ///< more lines for /metrics, beside the server's own
};

/// A request as it came over the wire: method and target not yet read.
struct RawRequest {
    std::string method = "GET";  ///< any token; HEAD is answered as GET
    std::string target;          ///< `/api/cases/mine?after=x`, percent-encoded
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    std::string peer = "127.0.0.1";
};

/// Routing, authentication, permission, CSRF, limits and problem details without any socket: what tests call.
/// All routes stand in `routes` before; `routes`, `authenticator` and `clock` outlive it. Any thread may call
/// handle.
class Dispatcher {
public:
    Dispatcher(Routes const& routes, Authenticator& authenticator, Clock const& clock,
               Settings const& settings);
    ~Dispatcher();
    Reply handle(Request request);
    Reply handle(RawRequest request);
    struct State;

private:
    friend class Server;
    std::unique_ptr<State> state_;
};

/// One I/O thread and Settings::workers threads for the handlers. Its threads take no signals away from a
/// program that blocks SIGTERM and SIGINT before it makes its first thread; the program waits for them and
/// calls stop().
class Server {
public:
    Server(Settings settings, Routes const& routes, Authenticator& authenticator, Clock const& clock);
    ~Server();
    Result<int> start();  ///< the port; refuses with port_is_taken, address_cannot_be_used
    /// Takes no more connections, finishes what is in flight and returns. Clients get 10 s; a handler that
    /// still runs then is waited for, since it may hold a transaction.
    void stop();
    /// More requests are there than seats, with those whose reply waits, or were a moment ago. From start()
    /// on, any thread.
    [[nodiscard]] bool is_crowded() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tongban::http
