// The door of `supervision`: the board of a region (效能监督). Its tables are projections of cases, fed by
// their events and built anew from their history at any time; README.md tells its words.
#pragma once

#include <functional>

#include "base/base.h"
#include "cases/cases.h"
#include "catalog/catalog.h"
#include "http/http.h"
#include "org/org.h"
#include "store/store.h"

namespace tongban::supervision {

/// Where the facts come from: `cases`, or a test that plays it.
struct Source {
    std::function<Result<cases::Facts>(store::Reader&, CaseId const&)> facts;
    std::function<Result<std::vector<CaseId>>(store::Reader&, CaseId const& after)> ids_after;
};
Source source_of(cases::Cases const& cases);

class Supervision final : public Module {
public:
    Supervision(store::Store& store, Clock const& clock, org::Org& org, catalog::Catalog& catalog,
                Source source);
    ~Supervision() override;
    void routes(http::Routes& routes) override;
    void consumers(store::Consumers& consumers) override;  ///< what happens to cases, and changed posts
    void jobs(store::Jobs& jobs) override;                 ///< looks again where an answer may still come

    /// Empties the projections and counts every case again, in portions, while the server runs. Returns how
    /// many cases there are.
    Result<std::int64_t> rebuild();

    struct State;

private:
    std::unique_ptr<State> state_;
};

store::Schema schema();

}  // namespace tongban::supervision
