#include "exchange/api.h"
#include "exchange/exchange.h"

namespace tongban::exchange {

struct Exchange::State {};

Exchange::Exchange(store::Store&, Clock const&, org::Org&, identity::Identity&, client::Client&, std::string)
    : state_(std::make_unique<State>()) {}
Exchange::~Exchange() = default;

void Exchange::routes(http::Routes& routes) {
    http::Permission const watch{"exchange.watch"};
    routes.get("/api/exchange/sources", watch, [](http::Request const&) -> Result<http::Reply> {
        return http::ok(api::write(api::Sources{}));
    });
    routes.get(
        "/api/exchange/sources/{source}/calls", watch,
        [](http::Request const&) -> Result<http::Reply> { return http::ok(api::write(api::Calls{})); });
    routes.get("/api/exchange/resources", watch, [](http::Request const&) -> Result<http::Reply> {
        return http::ok(api::write(api::Resources{}));
    });
    routes.get("/api/exchange/corrections", watch, [](http::Request const&) -> Result<http::Reply> {
        return http::ok(api::write(api::Corrections{}));
    });
    routes.grant(watch, {"supervisor", "operator"});
}
void Exchange::consumers(store::Consumers&) {}
void Exchange::jobs(store::Jobs&) {}
Result<void> Exchange::import(Pack const&) {
    return {};
}
Result<void> Exchange::start() {
    return {};
}
Result<std::vector<std::string>> Exchange::start(Purpose const&, std::vector<Ask> const&) {
    return std::vector<std::string>{};
}
Result<bool> Exchange::wait(std::string_view, std::chrono::milliseconds) {
    return true;
}
Result<std::vector<Answer>> Exchange::answers(store::Reader&, std::string_view) const {
    return std::vector<Answer>{};
}
Result<std::string> Exchange::dispute(store::Tx&, Dispute const&) {
    return std::string{};
}
Result<std::vector<Correction>> Exchange::corrections(store::Reader&, std::string_view) const {
    return std::vector<Correction>{};
}
void Exchange::keep(store::Tx&, std::string_view, std::string_view) {}
void Exchange::forget(store::Tx&, std::string_view) {}
std::shared_ptr<Resource const> Exchange::resource(std::string_view) const {
    return nullptr;
}
int Exchange::sources_down() const {
    return 0;
}
void Exchange::stop() {}

}  // namespace tongban::exchange
