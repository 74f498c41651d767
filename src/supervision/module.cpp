#include "supervision/state.h"

namespace tongban::supervision {

namespace {
/// Everything after which a case may look different from outside. A kind that is missing here shows as a
/// difference between the board and `tongban rebuild supervision`; a test in src/app compares them.
std::vector<std::string> const case_news{
    "cases.received",         "cases.correction_asked", "cases.corrected",       "cases.accepted",
    "cases.deemed_accepted",  "cases.not_accepted",     "cases.opinion_given",   "cases.approved",
    "cases.denied",           "cases.concluded",        "cases.withdrawn",       "cases.withdrawn_by_silence",
    "cases.due_changed",      "cases.licence_troubled", "cases.letter_failed",   "cases.letter_made",
    "cases.submitted",        "cases.issued",           "cases.special_started", "cases.extended",
    "cases.special_finished", "cases.data_came"};
// cases.decided_at_once comes with cases.approved of the same transaction, cases.letter_ordered changes
// nothing yet.

/// A register answers drafts as well as cases.
bool is_of_no_case(Result<void> const& projected) {
    return !projected.ok() && projected.error().code == "case_is_unknown";
}
}  // namespace

Source source_of(cases::Cases const& cases) {
    return {[&cases](store::Reader& reader, CaseId const& id) { return cases.facts(reader, id); },
            [&cases](store::Reader& reader, CaseId const& after) { return cases.ids_after(reader, after); }};
}

Supervision::Supervision(store::Store& store, Clock const& clock, org::Org& org, catalog::Catalog& catalog,
                         Source source)
    : state_(std::make_unique<State>(store, clock, org, catalog, std::move(source))) {}
Supervision::~Supervision() = default;

void Supervision::consumers(store::Consumers& consumers) {
    auto& state = *state_;
    consumers.add("supervision.follow", case_news,
                  [&state](store::Tx& tx, store::Event const& event, Instant) -> Result<void> {
                      return state.project(tx, CaseId{event.aggregate});
                  });
    consumers.add("supervision.sources", {"exchange.answered"},
                  [&state](store::Tx& tx, store::Event const& event, Instant) -> Result<void> {
                      auto projected = state.project(tx, CaseId{event.aggregate});
                      return is_of_no_case(projected) ? Result<void>{} : projected;
                  });
    consumers.add_slow(
        "supervision.posts", {"org.imported"},
        [&state](store::Event const&, Instant) -> Result<void> { return state.look_at_posts_again(); });
}

void Supervision::jobs(store::Jobs& jobs) {
    auto& state = *state_;
    jobs.add(std::string(look_again_job),
             [&state](store::Tx& tx, std::string const& key, json::object const&, Instant) -> Result<void> {
                 return state.project(tx, CaseId{key});
             });
}

Result<std::int64_t> Supervision::rebuild() {
    return state_->rebuild();
}

}  // namespace tongban::supervision
