#include "exchange/state.h"

namespace tongban::exchange {

void Exchange::routes(http::Routes& routes) {
    auto& state = *state_;
    http::Permission const watch{"exchange.watch"};
    routes.get("/api/exchange/sources", watch, [&state](http::Request const& q) -> Result<http::Reply> {
        return http::ok(api::write(TRY(state.sources(q.language()))));
    });
    routes.get("/api/exchange/sources/{source}/calls", watch,
               [&state](http::Request const& q) -> Result<http::Reply> {
                   auto after = q.asked("after").value_or("");
                   return http::ok(api::write(TRY(state.calls(q.param("source"), after, q.language()))));
               });
    routes.get("/api/exchange/resources", watch, [&state](http::Request const& q) -> Result<http::Reply> {
        return http::ok(api::write(state.resources(q.language())));
    });
    routes.get("/api/exchange/corrections", watch, [&state](http::Request const& q) -> Result<http::Reply> {
        auto after = q.asked("after").value_or("");
        return http::ok(api::write(TRY(state.corrections(after, q.language()))));
    });
    routes.grant(watch, {"supervisor", "operator"});
}

}  // namespace tongban::exchange
