// What the server itself answers: src/http/api.yaml.
#include "http/api.h"
#include "http/dispatch.h"

namespace tongban::http {

Routes own_routes(Settings const& settings, Figures const& figures) {
    Routes routes;
    routes.get("/healthz", Permission::anyone(), [&settings](Request const&) -> Result<Reply> {
        if (settings.health) TRY(settings.health());
        return ok(api::write({.status = api::HealthStatus::ok}));
    });
    routes.get("/metrics", Permission::anyone(), [&](Request const& request) -> Result<Reply> {
        // What came in through the proxy came from outside.
        if (!request.header("X-Forwarded-For").empty())
            return Error{ErrorKind::not_found, "no_such_page", ""};
        auto more = settings.metrics ? settings.metrics() : std::vector<Metric>{};
        return Reply{.type = "text/plain; version=0.0.4; charset=utf-8", .body = figures.text(more)};
    });
    routes.get("/api/openapi.json", Permission::anyone(), [&settings](Request const&) -> Result<Reply> {
        if (settings.openapi.empty()) return Error{ErrorKind::not_found, "no_such_page", ""};
        return ok(settings.openapi);
    });
    return routes;
}

}  // namespace tongban::http
