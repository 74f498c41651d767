#include <algorithm>
#include <future>

#include "http/dispatch.h"
#include "http/multipart.h"
#include "http/target.h"

namespace tongban::http {

namespace {

constexpr std::size_t body_limit_without_route = 64 * 1024;

std::string new_trace() {
    return to_hex(random_bytes(8));
}

bool changes_things(Method method) {
    return method != Method::get;
}

bool is_json(std::string_view type) {
    auto bare = type.substr(0, type.find(';'));
    while (bare.ends_with(' ')) bare.remove_suffix(1);
    return bare == "application/json" || (bare.starts_with("application/") && bare.ends_with("+json"));
}

/// The address that the nearest trusted proxy saw; what stands further left anybody may have written.
std::string client_of(Request const& request, std::string const& peer,
                      std::vector<std::string> const& trusted) {
    auto is_trusted = [&](std::string_view who) { return std::ranges::find(trusted, who) != trusted.end(); };
    if (!is_trusted(peer)) return peer;
    auto const all = request.header("X-Forwarded-For");
    std::string_view rest = all;
    while (!rest.empty()) {
        auto comma = rest.rfind(',');
        auto last = trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
        if (last.empty() || last.size() > 45 ||
            last.find_first_not_of("0123456789abcdefABCDEF.:") != std::string::npos) {
            return peer;
        }
        if (!is_trusted(last)) return last;
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(0, comma);
    }
    return peer;
}

/// Behind a trusted proxy the public name of the site stands in X-Forwarded-Host.
void take_forwarded_host(Request& request, std::string const& peer, std::vector<std::string> const& trusted) {
    auto host = request.header("X-Forwarded-Host");
    if (host.empty() || std::ranges::find(trusted, peer) == trusted.end()) return;
    std::erase_if(request.headers,
                  [](auto const& each) { return each.first == "Host" || each.first == "host"; });
    request.headers.emplace_back("Host", host);
}

Reply not_found_page() {
    return {.status = 404,
            .type = "text/html; charset=utf-8",
            .body =
                "<!doctype html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<title>没有这个页面</title>\n<h1>没有这个页面</h1>\n"
                "<p>网址可能有误，或页面已经移走。</p>\n<p><a href=\"/\">回到首页</a></p>\n</html>\n"};
}

void refuse_line_breaks(Reply const& reply) {
    for (auto const& [name, value] : reply.headers) {
        bool clean = (name + value).find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
        ensure(clean, "a reply's header has a line break");
    }
}

}  // namespace

Dispatcher::State::State(Routes const& r, Authenticator& a, Clock const& c, Settings const& s)
    : routes(r), authenticator(a), clock(c), settings(s), files(s.web_root) {
    auto const own = own_routes(settings, figures);
    for (auto const& route : own.all()) table.add(route);
    for (auto const& route : routes.all()) table.add(route);
}

std::size_t Dispatcher::State::body_limit(std::string_view method, std::string_view target) const {
    auto read = read_target(target);
    auto verb = read_method(method);
    if (!read.ok() || !verb) return body_limit_without_route;
    auto match = table.find(*verb, read->path);
    if (match.route == nullptr) return body_limit_without_route;
    return std::min(match.route->options.body_limit, settings.body_limit_max);
}

Result<void> Dispatcher::State::check_origin(Route const& route, Request const& request) {
    if (!changes_things(request.method) || !route.options.csrf) return {};
    if (!comes_from_here(request)) {
        return Error{ErrorKind::forbidden, "request_comes_from_elsewhere", "请在本网站的页面上操作。"};
    }
    if (request.actor.kind == ActorKind::anyone) return {};
    auto token = authenticator.csrf_token(request);
    if (token.empty() || !equal_in_constant_time(request.header("X-CSRF-Token"), token)) {
        return Error{ErrorKind::forbidden, "csrf_token_is_wrong", "页面已过期，请刷新后重试。"};
    }
    return {};
}

Result<void> Dispatcher::State::check_attempts(Route const& route, Request const& request) {
    auto limit = route.options.limit;
    if (limit.attempts <= 0) return {};
    auto key =
        network_of(request.client) + " " + std::string(method_name(route.method)) + " " + route.pattern;
    int wait = attempts.refused_for(key, limit, clock.now());
    if (wait == 0) return {};
    ++figures.refused_attempts;
    auto detail = wait < 120 ? std::to_string(wait) + " 秒" : std::to_string((wait + 59) / 60) + " 分钟";
    return Error{.kind = ErrorKind::too_many,
                 .code = "too_many_attempts",
                 .detail = "操作太频繁，请 " + detail + "后再试。",
                 .retry_after_seconds = wait};
}

Result<void> Dispatcher::State::admit(Route const& route, Request& request) {
    bool open = route.permission == Permission::anyone();
    auto actor = authenticator.authenticate(request);
    if (actor.ok()) {
        request.actor = std::move(actor).value();
    } else if (!open || actor.error().kind != ErrorKind::unauthenticated) {
        return actor.error();
    }
    if (!routes.may(request.actor, route.permission)) {
        if (request.actor.kind == ActorKind::anyone) {
            return Error{ErrorKind::unauthenticated, "sign_in_first", "请先登录。"};
        }
        return Error{ErrorKind::forbidden, "permission_is_missing", "您没有办理这项操作的权限。"};
    }
    TRY(check_origin(route, request));
    return check_attempts(route, request);
}

Result<void> Dispatcher::State::read_body(Request& request) {
    auto type = request.header("Content-Type");
    if (request.body.empty() || type.empty() || is_json(type)) return {};
    if (!type.starts_with("multipart/form-data")) {
        return Error{ErrorKind::unsupported, "content_type_is_not_accepted", "不支持这种内容格式。"};
    }
    auto parts = TRY(read_multipart(type, request.body));
    request.uploads = std::move(parts.uploads);
    request.fields = std::move(parts.fields);
    request.body.clear();
    request.body.shrink_to_fit();
    return {};
}

Result<Reply> Dispatcher::State::run(Route const& route, Request& request) {
    auto limit = std::min(route.options.body_limit, settings.body_limit_max);
    if (request.body.size() > limit) {
        return Error{ErrorKind::too_large, "body_is_too_large", "提交的内容太大。"};
    }
    TRY(admit(route, request));
    if (!route.options.any_body) TRY(read_body(request));
    return route.handler(request);
}

void Dispatcher::State::answer_without_route(Handled& handled, Request const& request,
                                             std::vector<Method> const& allowed) {
    if (!allowed.empty()) {
        handled.reply = refuse({ErrorKind::bad_request, "method_not_allowed", "这个地址不支持这种操作。"},
                               request.trace, 405);
        std::string names;
        for (auto method : allowed) {
            names += (names.empty() ? "" : ", ") + std::string(method_name(method));
            if (method == Method::get) names += ", HEAD";
        }
        handled.reply.headers.emplace_back("Allow", names);
        return;
    }
    if (auto found = files.serve(request)) {
        handled.reply = std::move(*found);
        handled.route = "static";
        return;
    }
    bool api = request.path == "/api" || request.path.starts_with("/api/");
    if (!api && request.method == Method::get)
        handled.reply = not_found_page();
    else
        handled.reply =
            problem({ErrorKind::not_found, "no_such_page", "没有这个页面或接口。"}, request.trace);
}

Reply Dispatcher::State::guarded(std::string_view trace, std::function<Result<Reply>()> const& make) {
    auto failed = [&](std::string const& code, std::string const& what) {
        log(LogLevel::error, "request_failed",
            {{"trace", std::string(trace)}, {"code", code}, {"what", what}});
    };
    try {
        auto made = make();
        if (made.ok()) {
            refuse_line_breaks(*made);
            return std::move(made).value();
        }
        auto const& error = made.error();
        if (error.kind == ErrorKind::internal) failed(error.code, error.detail);
        return problem(error, trace);
    } catch (Bug const& bug) {
        failed("bug", bug.what);
    } catch (std::exception const& wrong) {
        failed("exception", wrong.what());
    } catch (...) {
        failed("unknown_exception", "");
    }
    return problem({ErrorKind::internal, "internal_error", ""}, trace);
}

void Dispatcher::State::answer(Handled& handled, Request& request) {
    auto match = table.find(request.method, request.path);
    request.params = std::move(match.params);
    if (match.route != nullptr) handled.route = match.route->pattern;
    handled.reply = guarded(request.trace, [&]() -> Result<Reply> {
        if (match.route != nullptr) return run(*match.route, request);
        answer_without_route(handled, request, match.allowed);
        return std::move(handled.reply);
    });
}

Dispatcher::State::Handled Dispatcher::State::begin(std::string method, std::string path, std::string trace) {
    ++figures.in_flight;
    if (trace.empty()) trace = new_trace();
    Handled handled;
    handled.method = std::move(method);
    handled.path = std::move(path);
    handled.trace = std::move(trace);
    return handled;
}

void Dispatcher::State::take_otherwise(Handled& handled, Error const& why) {
    auto const other = std::exchange(handled.reply, {}).otherwise;
    handled.reply = guarded(handled.trace, [&] { return other ? other(why) : Result<Reply>(why); });
}

Reply Dispatcher::State::finish(Handled handled) {
    using namespace std::chrono;
    auto& reply = handled.reply;
    add_security_headers(reply, handled.path, settings);
    reply.headers.emplace_back("X-Trace", handled.trace);
    auto took = duration_cast<microseconds>(steady_clock::now() - handled.begun).count();
    --figures.in_flight;
    figures.answered(reply.status, took);
    log(reply.status >= 500 ? LogLevel::warning : LogLevel::info, "request",
        {{"method", handled.method},
         {"route", handled.route},
         {"status", std::to_string(reply.status)},
         {"ms", std::to_string(took / 1000)},
         {"trace", handled.trace}});
    return std::move(reply);
}

Reply Dispatcher::State::settled(Handled handled) {
    while (auto once = std::exchange(handled.reply.once, {})) {
        std::promise<Result<void>> outcome;
        once([&](Result<void> const& told) { outcome.set_value(told); });
        auto const told = outcome.get_future().get();
        if (!told.ok()) take_otherwise(handled, told.error());
    }
    return finish(std::move(handled));
}

Reply Dispatcher::State::refuse(Error const& error, std::string_view trace, int status) {
    auto reply = problem(error, trace);
    if (status != 0) {
        reply.status = status;
        auto body = MUST(read_json(reply.body));
        body.as_object()["status"] = status;
        reply.body = to_text(body);
    }
    return reply;
}

Dispatcher::State::Handled Dispatcher::State::refuse_unread(Error const& error, int status) {
    auto handled = begin("-", "/api/");
    handled.reply = refuse(error, handled.trace, status);
    return handled;
}

Dispatcher::State::Handled Dispatcher::State::handle(Request request) {
    auto handled = begin(std::string(method_name(request.method)), request.path, request.trace);
    request.trace = handled.trace;
    answer(handled, request);
    return handled;
}

Dispatcher::State::Handled Dispatcher::State::handle(RawRequest raw) {
    auto method = read_method(raw.method);
    auto target = read_target(raw.target);
    if (!target.ok()) return refuse_unread(target.error());
    if (!method) {
        auto allowed = table.find(Method::get, target->path).allowed;
        if (allowed.empty()) allowed.push_back(Method::get);
        auto handled = begin("-", target->path);
        Request nothing{.method = Method::post, .path = target->path, .trace = handled.trace};
        answer_without_route(handled, nothing, allowed);
        return handled;
    }
    Request request{.method = *method,
                    .path = std::move(target->path),
                    .params = {},
                    .query = std::move(target->query),
                    .headers = std::move(raw.headers),
                    .body = std::move(raw.body)};
    request.client = client_of(request, raw.peer, settings.trusted_proxies);
    take_forwarded_host(request, raw.peer, settings.trusted_proxies);
    return handle(std::move(request));
}

Dispatcher::Dispatcher(Routes const& routes, Authenticator& authenticator, Clock const& clock,
                       Settings const& settings)
    : state_(std::make_unique<State>(routes, authenticator, clock, settings)) {}
Dispatcher::~Dispatcher() = default;
Reply Dispatcher::handle(Request request) {
    return state_->settled(state_->handle(std::move(request)));
}
Reply Dispatcher::handle(RawRequest request) {
    return state_->settled(state_->handle(std::move(request)));
}

}  // namespace tongban::http
