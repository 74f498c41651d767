#include "exchange/state.h"

namespace tongban::exchange {

namespace {
Language language_of(http::Request const& request) {
    return request.header("Accept-Language").starts_with("en") ? Language::en : Language::zh;
}
}  // namespace

void Exchange::routes(http::Routes& routes) {
    auto& state = *state_;
    http::Permission const watch{"exchange.watch"};
    routes.get("/api/exchange/sources", watch, [&state](http::Request const& q) -> Result<http::Reply> {
        return http::ok(api::write(TRY(state.sources(language_of(q)))));
    });
    routes.get("/api/exchange/sources/{source}/calls", watch,
               [&state](http::Request const& q) -> Result<http::Reply> {
                   auto after = q.asked("after").value_or("");
                   return http::ok(api::write(TRY(state.calls(q.param("source"), after, language_of(q)))));
               });
    routes.get("/api/exchange/resources", watch, [&state](http::Request const&) -> Result<http::Reply> {
        return http::ok(api::write(state.resources()));
    });
    routes.get("/api/exchange/corrections", watch, [&state](http::Request const& q) -> Result<http::Reply> {
        auto after = q.asked("after").value_or("");
        return http::ok(api::write(TRY(state.corrections(after, language_of(q)))));
    });
    routes.grant(watch, {"supervisor", "operator"});
}

}  // namespace tongban::exchange
