// The inner side of the dispatcher, shared by the files of this room.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "http/attempts.h"
#include "http/http.h"
#include "http/metrics.h"
#include "http/static_files.h"

namespace tongban::http {

std::string_view method_name(Method method);
std::optional<Method> read_method(std::string_view text);  ///< HEAD reads as get
int status_of(ErrorKind kind);

class RouteTable {
public:
    void add(Route route);  ///< ensure()s that no other route answers the same requests
    struct Match {
        Route const* route = nullptr;
        std::map<std::string, std::string> params;
        std::vector<Method> allowed;  ///< methods that have a route for this path
    };
    [[nodiscard]] Match find(Method method, std::string_view path) const;

private:
    struct Entry {
        Route route;
        std::vector<std::string> segments;
    };
    std::vector<Entry> entries_;
    std::set<std::string> shapes_;
};

/// The routes of src/http/api.yaml.
Routes own_routes(Settings const& settings, Figures const& figures);

/// Adds what every reply carries: content security policy, no sniffing, no caching of the interface.
void add_security_headers(Reply& reply, std::string_view path, Settings const& settings);

/// The request comes from our own pages, as far as the browser tells (Sec-Fetch-Site, else Origin).
bool comes_from_here(Request const& request);

struct Dispatcher::State {
    Routes const& routes;
    Authenticator& authenticator;
    Clock const& clock;
    Settings settings;
    Figures figures{};
    RouteTable table{};
    Attempts attempts{};
    StaticFiles files;

    State(Routes const& r, Authenticator& a, Clock const& c, Settings const& s);
    /// How large the body of this request may be; known before it is read.
    [[nodiscard]] std::size_t body_limit(std::string_view method, std::string_view target) const;
    /// A request that was handled: what is to be answered, perhaps once something is so (Reply::once), and
    /// what the access log says of it.
    struct Handled {
        Reply reply{};
        std::string route = "-", method = "-", path = "/api/", trace{};
        std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
    };
    Handled handle(Request request);
    Handled handle(RawRequest raw);
    /// A refusal by the server itself, before there is a request; `status` where no kind has it.
    Handled refuse_unread(Error const& error, int status = 0);
    /// What is answered instead, after `once` told this.
    void take_otherwise(Handled& handled, Error const& why);
    /// As it goes out. Each Handled is finished.
    Reply finish(Handled handled);
    /// Waits for what the reply waits for.
    Reply settled(Handled handled);

private:
    Handled begin(std::string method, std::string path, std::string trace = {});
    Reply refuse(Error const& error, std::string_view trace, int status);
    Reply guarded(std::string_view trace, std::function<Result<Reply>()> const& make);
    void answer(Handled& handled, Request& request);
    void answer_without_route(Handled& handled, Request const& request, std::vector<Method> const& allowed);
    Result<Reply> run(Route const& route, Request& request);
    Result<void> admit(Route const& route, Request& request);
    Result<void> check_origin(Route const& route, Request const& request);
    Result<void> check_attempts(Route const& route, Request const& request);
    Result<void> read_body(Request& request);
};

}  // namespace tongban::http
