#include "cases/module_parts.h"

namespace tongban::cases {

namespace {
constexpr std::string_view erase_job = "cases.erase_drafts";
constexpr auto erase_every = std::chrono::hours{6};

CaseId case_of(json::object const& body) {
    return CaseId{std::string(body.at("case").as_string())};
}
}  // namespace

Cases::Cases(Rooms rooms) : parts_(std::make_unique<Parts>(rooms)) {}
Cases::~Cases() = default;

void Cases::consumers(store::Consumers& consumers) {
    auto& parts = *parts_;
    consumers.add_slow("cases.make_letter", {"cases.letter_ordered"},
                       [&parts](store::Event const& event, Instant) -> Result<void> {
                           std::string letter(event.body.at("letter").as_string());
                           return make_letter(parts.rooms, case_of(event.body), letter);
                       });
    consumers.add_slow("cases.make_licence", {"cases.approved"},
                       [&parts](store::Event const& event, Instant) -> Result<void> {
                           return parts.follow.make_licence(case_of(event.body));
                       });
    consumers.add("cases.answer_came", {"exchange.answered"},
                  [&parts](store::Tx& tx, store::Event const& event, Instant) -> Result<void> {
                      return parts.follow.answer_came(tx, event.body);
                  });
    consumers.add("cases.dispute_answered", {"exchange.correction_answered"},
                  [&parts](store::Tx& tx, store::Event const& event, Instant) -> Result<void> {
                      return parts.follow.dispute_answered(tx, event.body);
                  });
    consumers.add("cases.licence_revoked", {"licences.revoked"},
                  [&parts](store::Tx& tx, store::Event const& event, Instant) -> Result<void> {
                      LicenceId const licence{std::string(event.body.at("licence").as_string())};
                      return parts.follow.licence_revoked(tx, licence);
                  });
    consumers.add("cases.consent_withdrawn", {"identity.consent_withdrawn"},
                  [&parts](store::Tx& tx, store::Event const& event, Instant) -> Result<void> {
                      return parts.drafts.forget(tx, event.body.at("subject").as_string());
                  });
    consumers.add_slow(
        "cases.recount", {"org.calendar_imported"},
        [&parts](store::Event const&, Instant) -> Result<void> { return parts.follow.recount(); });
}

void Cases::jobs(store::Jobs& jobs) {
    auto& parts = *parts_;
    jobs.add("cases.acceptance_due",
             [&parts](store::Tx& tx, std::string const& key, json::object const&, Instant) -> Result<void> {
                 return parts.follow.acceptance_due(tx, CaseId{key});
             });
    jobs.add("cases.correction_due",
             [&parts](store::Tx& tx, std::string const& key, json::object const&, Instant) -> Result<void> {
                 return parts.follow.correction_due(tx, CaseId{key});
             });
    jobs.add("cases.papers_remind",
             [&parts](store::Tx& tx, std::string const& key, json::object const&, Instant) -> Result<void> {
                 return parts.follow.papers_remind(tx, CaseId{key});
             });
    jobs.add("cases.papers_due",
             [&parts](store::Tx& tx, std::string const& key, json::object const&, Instant) -> Result<void> {
                 return parts.follow.papers_due(tx, CaseId{key});
             });
    jobs.add(std::string(erase_job),
             [&parts](store::Tx& tx, std::string const& key, json::object const&, Instant) -> Result<void> {
                 bool more = TRY(parts.drafts.erase_left(tx));
                 auto now = parts.rooms.clock.now();
                 tx.plan(erase_job, key, more ? now : now + erase_every);
                 return {};
             });
}

Result<void> Cases::start() {
    auto tx = TRY(parts_->rooms.store.begin());
    tx->plan(erase_job, "all", parts_->rooms.clock.now());
    return tx->commit();
}

}  // namespace tongban::cases
