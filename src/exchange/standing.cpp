// What operators are told of sources without asking any of them.
#include "exchange/state.h"

namespace tongban::exchange {

namespace {
/// One failed fetch is tried again within the hour; people are told when a list is older than this.
constexpr int fetches_missed_max = 2;

Result<std::optional<Standing::Overdue>> overdue_list(std::vector<ListState> const& lists,
                                                      Connector const& connector, Catalogue const& catalogue,
                                                      Instant now) {
    std::optional<Standing::Overdue> oldest;
    for (auto const& [code, endpoint] : connector.endpoints) {
        if (!endpoint.list) continue;
        std::optional<Instant> fetched;
        for (auto const& list : lists)
            if (list.resource == code) fetched = list.pulled_at;
        if (fetched && *fetched + endpoint.list->every * fetches_missed_max > now) continue;
        if (oldest && !oldest->fetched_at) continue;
        if (oldest && fetched && *oldest->fetched_at <= *fetched) continue;
        auto const& resource = *catalogue.resource(code);
        oldest = Standing::Overdue{resource.name, resource.name_en, fetched};
    }
    return oldest;
}
}  // namespace

Result<std::vector<Standing>> Exchange::State::standings(store::Reader& reader) const {
    auto catalogue = TRY(kept_catalogue(reader));
    auto health = TRY(load_health(reader));
    auto lists = TRY(load_lists(reader));
    std::vector<Standing> all;
    for (auto const& [source, connector] : catalogue->connectors) {
        Standing one;
        one.source = source;
        one.name = connector->name;
        one.name_en = connector->name_en;
        auto base = base_of(*connector, address_);
        one.has_address = !base.empty();
        if (one.has_address && !connector->health_path.empty())
            one.health_url = base + connector->health_path;
        one.has_key = connector->scheme == client::Scheme::none || !key_of(*connector).empty();
        if (auto known = health.find(source); known != health.end()) {
            one.last_ok = known->second.last_ok;
            one.failing_since = known->second.failing_since;
            one.is_paused = known->second.failures_in_row >= connector->breaker.failures;
            if (one.failing_since) {
                one.failure = why_text(known->second.failure, Language::zh);
                one.failure_en = why_text(known->second.failure, Language::en);
            }
        }
        one.overdue_list = TRY(overdue_list(lists, *connector, *catalogue, clock_.now()));
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace tongban::exchange
