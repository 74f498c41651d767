#include <algorithm>
#include <set>

#include "http/dispatch.h"

namespace tongban::http {

std::string_view method_name(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::del:
            return "DELETE";
    }
    return "";
}

std::optional<Method> read_method(std::string_view text) {
    if (text == "GET" || text == "HEAD") return Method::get;
    if (text == "POST") return Method::post;
    if (text == "PUT") return Method::put;
    if (text == "DELETE") return Method::del;
    return std::nullopt;
}

void Routes::add(Method method, std::string pattern, Permission permission, Handler handler,
                 RouteOptions options) {
    ensure(pattern.starts_with('/'), "a route's pattern begins with /");
    ensure(!permission.name.empty(), "a route names its permission");
    routes_.push_back({method, std::move(pattern), permission, std::move(handler), options});
}

void Routes::grant(Permission permission, std::vector<std::string> const& roles) {
    auto& held = grants_[std::string(permission.name)];
    for (auto const& role : roles) {
        if (std::ranges::find(held, role) == held.end()) held.push_back(role);
    }
}

bool Routes::may(Actor const& actor, Permission permission) const {
    if (permission == Permission::anyone()) return true;
    if (actor.kind == ActorKind::anyone) return false;
    if (permission == Permission::signed_in()) return true;
    auto found = grants_.find(std::string(permission.name));
    if (found == grants_.end()) return false;
    return std::ranges::any_of(found->second, [&](std::string const& role) {
        return std::ranges::find(actor.roles, role) != actor.roles.end();
    });
}

Result<void> check_contract(Routes const& routes, std::vector<RouteContract> const& contract) {
    auto line = [](Method method, std::string_view pattern, std::string_view permission) {
        return std::string(method_name(method)) + " " + std::string(pattern) + " (" +
               std::string(permission) + ")";
    };
    std::set<std::string> table, told;
    for (auto const& route : routes.all())
        table.insert(line(route.method, route.pattern, route.permission.name));
    for (auto const& each : contract) told.insert(line(each.method, each.pattern, each.permission));
    std::string detail;
    for (auto const& each : table) {
        if (!told.contains(each)) detail += "only in the route table: " + each + "\n";
    }
    for (auto const& each : told) {
        if (!table.contains(each)) detail += "only in api.yaml: " + each + "\n";
    }
    if (detail.empty()) return {};
    return Error{ErrorKind::internal, "routes_differ_from_contract", detail};
}

// The table: a literal segment beats a parameter, so /mine/{no} and /mine/closed can stand together.

namespace {
std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> out;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        auto end = path.find('/');
        out.emplace_back(path.substr(0, end));
        path.remove_prefix(end == std::string_view::npos ? path.size() : end);
    }
    return out;
}
bool is_parameter(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}
}  // namespace

void RouteTable::add(Route route) {
    auto segments = segments_of(route.pattern);
    std::string shape;
    for (auto const& segment : segments) shape += "/" + (is_parameter(segment) ? std::string("{}") : segment);
    shape += std::string(" ") + std::string(method_name(route.method));
    ensure(shapes_.insert(shape).second, ("two routes for " + shape).c_str());
    entries_.push_back({std::move(route), std::move(segments)});
}

RouteTable::Match RouteTable::find(Method method, std::string_view path) const {
    Match best;
    std::size_t best_literals = 0;
    auto wanted = segments_of(path);
    for (auto const& entry : entries_) {
        if (entry.segments.size() != wanted.size()) continue;
        std::map<std::string, std::string> params;
        std::size_t literals = 1;  // earlier literals weigh more
        bool fits = true;
        for (std::size_t i = 0; i < wanted.size() && fits; ++i) {
            auto const& segment = entry.segments[i];
            literals *= 2;
            if (is_parameter(segment)) {
                fits = !wanted[i].empty();
                params.emplace(segment.substr(1, segment.size() - 2), wanted[i]);
            } else {
                fits = segment == wanted[i];
                ++literals;
            }
        }
        if (!fits) continue;
        best.allowed.push_back(entry.route.method);
        if (entry.route.method != method || literals <= best_literals) continue;
        best_literals = literals;
        best.route = &entry.route;
        best.params = std::move(params);
    }
    return best;
}

}  // namespace tongban::http
