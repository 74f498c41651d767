#include "app/house.h"

#include "app/rooms.h"
#include "cases/cases.h"
#include "client/client.h"
#include "exchange/exchange.h"
#include "supervision/supervision.h"

namespace tongban::app {

struct House::Rooms {
    std::unique_ptr<store::Store> store;
    client::Client client;
    org::Org org;
    identity::Identity identity;
    files::Files files;
    catalog::Catalog catalog;
    notify::Notify notify;
    exchange::Exchange exchange;
    licences::Licences licences;
    process::Process process;
    cases::Cases cases;
    supervision::Supervision supervision;
    std::vector<Module*> all{&org,      &identity, &files,   &catalog, &notify,
                             &exchange, &licences, &process, &cases,   &supervision};
    http::Routes routes;

    Rooms(std::unique_ptr<store::Store> opened, HouseOptions const& options, Clock const& clock)
        : store(std::move(opened)),
          org(*store, clock, options.site_address),
          identity(*store, clock, org, options.cookies),
          files(*store, clock, options.check_program),
          catalog(*store, clock, org),
          notify(*store, clock, notify::SmsLine{org, identity, client, options.exchange_at}),
          exchange(*store, clock, org, identity, client, options.exchange_at),
          licences(*store, clock, org, identity, files, notify, options.fonts),
          process(*store, clock),
          cases({*store, clock, org, identity, files, catalog, notify, licences, process, exchange}),
          supervision(*store, clock, org, catalog, supervision::source_of(cases)) {
        for (auto* module : all) {
            module->routes(routes);
            module->consumers(store->consumers());
            module->jobs(store->jobs());
        }
    }
};

House::House(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}
House::~House() = default;

Result<std::unique_ptr<House>> House::build(HouseOptions const& options, Clock const& clock) {
    auto store = TRY(store::Store::open({options.data_directory, options.database}, clock, schemas()));
    std::unique_ptr<House> house(new House(std::make_unique<Rooms>(std::move(store), options, clock)));
    TRY(http::check_contract(house->routes(), contracts()));
    return house;
}

store::Store& House::store() {
    return *rooms_->store;
}
files::Files& House::files() {
    return rooms_->files;
}
org::Org& House::org() {
    return rooms_->org;
}
licences::Licences& House::licences() {
    return rooms_->licences;
}
exchange::Exchange& House::exchange() {
    return rooms_->exchange;
}
notify::Notify& House::notify() {
    return rooms_->notify;
}
http::Routes const& House::routes() const {
    return rooms_->routes;
}
http::Authenticator& House::authenticator() {
    return rooms_->identity;
}

std::vector<http::Metric> House::metrics() {
    auto backlog = rooms_->store->backlog();
    if (!backlog.ok()) return {};
    return {
        {"tongban_deliveries_waiting", "Events not yet delivered", static_cast<double>(backlog->deliveries)},
        {"tongban_deliveries_failing", "Deliveries that failed and wait for another try",
         static_cast<double>(backlog->failing)},
        {"tongban_jobs_due", "Timed jobs that are due", static_cast<double>(backlog->jobs_due)},
        {"tongban_sources_down", "Departments' systems that do not answer now",
         static_cast<double>(rooms_->exchange.sources_down())},
        {"tongban_audit_unsealed", "Audit rows not yet chained",
         static_cast<double>(backlog->unsealed_audit)}};
}

Result<std::string> House::seal_authorities() {
    return rooms_->licences.authorities();
}

Result<std::int64_t> House::rebuild_supervision() {
    return rooms_->supervision.rebuild();
}

Result<void> House::import(Pack const& pack) {
    for (auto* module : rooms_->all) TRY(module->import(pack));
    return {};
}

Result<void> House::open_doors() {
    if (rooms_->store->is_new()) TRY(rooms_->store->migrate());
    TRY(rooms_->store->check_schema());
    for (auto* module : rooms_->all) TRY(module->start());
    return {};
}

void House::start_work() {
    rooms_->store->start();
}
void House::stop_work() {
    rooms_->client.stop();  // slow work that waits for somebody else waits no longer
    rooms_->store->stop();
    rooms_->exchange.stop();
}

}  // namespace tongban::app
