// The door of `cases`: the case (办件) from draft to conclusion. The lifecycle and its clocks are law and
// stand in decide.h as pure functions; who reviews is the item's flow. README.md tells its words and events.
#pragma once

#include <memory>

#include "base/base.h"
#include "catalog/catalog.h"
#include "exchange/exchange.h"
#include "files/files.h"
#include "http/http.h"
#include "identity/identity.h"
#include "licences/licences.h"
#include "notify/notify.h"
#include "org/org.h"
#include "process/process.h"
#include "store/store.h"

namespace tongban::cases {

/// The rooms a case passes through.
struct Rooms {
    store::Store& store;
    Clock const& clock;
    org::Org& org;
    identity::Identity& identity;
    files::Files& files;
    catalog::Catalog& catalog;
    notify::Notify& notify;
    licences::Licences& licences;
    process::Process& process;
    exchange::Exchange& exchange;
};

/// News that others may hear. Bodies carry the case's id and codes only.
///   cases.received  cases.correction_asked  cases.corrected  cases.accepted  cases.deemed_accepted
///   cases.not_accepted  cases.opinion_given  cases.approved  cases.denied  cases.concluded  cases.withdrawn
///   cases.withdrawn_by_silence  cases.letter_ordered  cases.decided_at_once  cases.data_came
class Cases final : public Module {
public:
    explicit Cases(Rooms rooms);
    ~Cases() override;
    void routes(http::Routes& routes) override;
    void consumers(store::Consumers& consumers) override;
    void jobs(store::Jobs& jobs) override;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

store::Schema schema();

}  // namespace tongban::cases
