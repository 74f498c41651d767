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

/// What those who watch over cases may know of one: ids, codes and days, never people.
struct Facts {
    CaseId id;
    std::string case_no, short_no;
    ItemId item;
    std::string item_name;
    BodyId body;        ///< the responsible one
    std::string state;  ///< as api.yaml spells it
    bool is_closed = false;
    bool is_answered = false;  ///< closed by a final answer: concluded, denied, not_accepted
    Instant received_at{};
    bool was_received = true;  ///< false while papers are still to be brought, and when nobody brought them
    std::optional<Instant> closed_at;
    /// The office's running clock (acceptance, review, service); absent while nobody's clock or the
    /// applicant's runs, and when closed.
    std::optional<Due> due;
    LimitUnit due_unit = LimitUnit::working_day;
    std::optional<Day> statutory;  ///< where the law allows longer than was promised
    bool decided_at_once = false;
    int fields_saved = 0;     ///< filled in by data
    int papers_saved = 0;     ///< waived, or taken from a licence
    std::string review_role;  ///< whose turn it is; empty when nobody reviews
    StaffId accepted_by;      ///< who may therefore not review
    Instant changed_at{};
    std::string trouble;                         ///< why the licence cannot be made; since changed_at
    std::optional<Instant> letter_failed_since;  ///< a letter that could not be made yet
    /// A source of data that gave no answer to a case that waits for the office: its provider's name, and
    /// since when it is silent. Of several the one that is silent longest.
    struct Silent {
        std::string provider;
        Instant since{};
        std::string provider_en{};
    };
    std::optional<Silent> silent;
    /// A special step (特别程序) told to the applicant whose last day has passed without a record.
    struct PastStep {
        std::string name, name_en;
        Instant since{};
    };
    std::optional<PastStep> past_step;
    /// What is known now may be otherwise then, without any news: a question is still on its way or its
    /// answer may still come, or a special step ends its last day.
    std::optional<Instant> look_again_at;
};

/// News that others may hear. Bodies carry the case's id and codes only.
///   cases.received  cases.correction_asked  cases.corrected  cases.accepted  cases.deemed_accepted
///   cases.not_accepted  cases.opinion_given  cases.approved  cases.denied  cases.concluded  cases.withdrawn
///   cases.withdrawn_by_silence  cases.letter_ordered  cases.due_changed  cases.licence_troubled
///   cases.letter_failed  cases.letter_made (one that failed before)  cases.decided_at_once  cases.data_came
///   cases.special_started  cases.special_finished  cases.extended  cases.issued
///   cases.submitted (papers are to be brought)
/// 文书模板: what a pack must have as cases/letters/<key>.json. A letter ordered without one waits for it.
struct LetterForm {
    std::string key, title;
};
/// Of every letter that this program can order.
std::vector<LetterForm> letter_forms();

class Cases final : public Module {
public:
    explicit Cases(Rooms rooms);
    ~Cases() override;
    void routes(http::Routes& routes) override;
    void consumers(store::Consumers& consumers) override;
    void jobs(store::Jobs& jobs) override;
    Result<void> start() override;

    /// Refuses: case_is_unknown.
    Result<Facts> facts(store::Reader& reader, CaseId const& id) const;
    /// The next 200 cases behind `after`, in the order of their ids: for whoever builds sums anew.
    Result<std::vector<CaseId>> ids_after(store::Reader& reader, CaseId const& after) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

store::Schema schema();

}  // namespace tongban::cases
