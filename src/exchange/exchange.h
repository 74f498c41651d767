// The door of `exchange`: asking the registers of other departments (政务数据共享). What may be asked stands
// in the pack as a catalogue (resources) and connectors (sources). Every call leaves a row: for what, about
// whom, by whom, on what basis, with what outcome. A source that fails never stops a person: each outcome has
// a name.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.h"
#include "client/client.h"
#include "http/http.h"
#include "identity/identity.h"
#include "org/org.h"
#include "store/store.h"

namespace tongban::exchange {

/// What came of a call:
/// asking   the person may wait a moment;
/// found    one record (or several, where the resource is a list of things);
/// none     the source is sure that it has none;
/// several  more than one record where one was expected: nothing is taken over;
/// late     not within the deadline; the answer may still come (event `exchange.answered`);
/// down     no connection, an error of theirs, a breaker that is open, an address that is not set;
/// wrong    an answer that cannot be understood, or that is about somebody else;
/// refused  the source does not let us ask (key, permission, purpose);
/// not_asked never asked: only others say this of themselves (a list that is not known).
enum class Outcome { asking, found, none, several, late, down, wrong, refused, not_asked };
std::string_view to_text(Outcome outcome);
std::optional<Outcome> read_outcome(std::string_view text);
/// The source said something that can be built on: found, none, several.
constexpr bool is_answer(Outcome outcome) {
    return outcome == Outcome::found || outcome == Outcome::none || outcome == Outcome::several;
}

using http::Language;

enum class FieldType { string, number, date, boolean, list };
std::string_view to_text(FieldType type);

/// What a text of a register can be (`rent`), in words for people.
struct FieldValue {
    std::string value, name, name_en;
};
struct Field {
    std::string key, name, name_en;
    FieldType type = FieldType::string;
    bool sensitive = false;
    std::vector<FieldValue> values{};  ///< empty: any
};

/// A resource of the catalogue (信息资源, GB/T 21063): what a department lets others ask.
struct Resource {
    std::string code, name, name_en;
    std::string provider, provider_en;  ///< the department that answers
    std::string source;                 ///< its connector; empty: catalogued only, nobody can ask it
    std::string summary, summary_en;
    std::string share;                    ///< unconditional | conditional
    std::string condition, condition_en;  ///< on what condition
    std::string mode;                     ///< api | batch
    std::string update_cycle;
    std::vector<std::pair<std::string, std::string>> parameters;  ///< name, type
    std::vector<Field> fields;
    int security_grade = 1;
    std::string published_on;
    [[nodiscard]] Field const* field(std::string_view key) const;
};

/// For what somebody asks. Kept with the call, told to the source, shown to the person.
struct Purpose {
    std::string subject;  ///< id of the draft, later of the case
    PersonId person;      ///< whom it concerns
    ItemId item;
    std::string item_name;
    Actor by;             ///< who made us ask
    BodyId body{};        ///< the body that needs it; empty: that of `by`
    std::string basis;    ///< `consent` | `duty`
    std::string consent;  ///< id of the consent, for `consent`
    std::string why;      ///< for the person, of the whole purpose; an Ask may say it closer
    std::string case_no{};
    std::string item_name_en{}, why_en{};  ///< empty: told in Chinese
};

struct Ask {
    std::string key;  ///< name in the item's data; `children_estate#2` for one of several
    std::string resource;
    json::object parameters;  ///< text, by the resource's names
    std::string why{};        ///< empty: that of the purpose
    std::string why_en{};     ///< of `why`
};

/// What is known under one key. Never log `fields`.
struct Answer {
    std::string call, key, resource, resource_name, provider, source;
    std::string resource_name_en, provider_en;
    Outcome outcome = Outcome::asking;
    /// Only when found. As rules::from_json reads them: text, whole numbers, `{"$number":"0.5"}`,
    /// `{"$date":"2026-10-15"}`, true/false, lists of text. What the source did not say is not there.
    json::object fields{};
    int count = 0;  ///< how many records the source gave
    Instant asked_at{};
    Instant answered_at{};    ///< 0 while nothing came
    Instant data_at{};        ///< as of when the source's data stands; 0 without an answer
    bool from_cache = false;  ///< an earlier answer to the same question, asked for another subject
    std::string why{};        ///< a code when there is no answer: answer_is_late, source_is_paused …
    std::optional<Instant> down_since{};
};
/// One sentence for people: “市公安局的系统自10月15日 9:02起没有答复。”
std::string outcome_text(Answer const& answer, Language language);

/// 纠错: the person says that the source is wrong. The source hears of it by itself.
struct Dispute {
    std::string call;   ///< of the Answer
    std::string field;  ///< of the resource
    Json stated;        ///< what the person says instead
    PersonId person;
    std::string subject, note;
    std::string case_no{};
};

enum class CorrectionState { open, sent, answered, mended, rejected };
std::string_view to_text(CorrectionState state);
struct Correction {
    std::string id, call, resource, field;
    CorrectionState state = CorrectionState::open;
    std::string answer{};  ///< the source's words, when it gave some
    Instant at{}, changed_at{};
};

/// How one source stands by what is kept of it, for operators: nobody is asked.
struct Standing {
    std::string source, name, name_en;
    std::string health_url;  ///< where it says how it is; empty: it does not say, or has no address
    bool has_address = false, has_key = false;  ///< a source that wants no key has it
    bool is_paused = false;                     ///< failed so often that nobody asks it for a while
    std::optional<Instant> failing_since, last_ok;
    std::string failure, failure_en;  ///< of the last failure, in words; empty while it answers
    /// Of its lists: the one that is oldest, and since when it should have been fetched again.
    struct Overdue {
        std::string name, name_en;
        std::optional<Instant> fetched_at;
    };
    std::optional<Overdue> overdue_list;
};

/// Emits `exchange.answered` {"subject","call","key"} (aggregate: the subject) for an answer that came after
/// its deadline, and `exchange.correction_answered` {"subject","correction"} when a source answered a
/// correction.
class Exchange final : public Module {
public:
    /// `address` takes the place of `$SIM` in connectors; empty: such sources are down, and say so.
    Exchange(store::Store& store, Clock const& clock, org::Org& org, identity::Identity& identity,
             client::Client& client, std::string address = {});
    ~Exchange() override;
    void routes(http::Routes& routes) override;
    void consumers(store::Consumers& consumers) override;
    void jobs(store::Jobs& jobs) override;
    /// `exchange/resources.json`, `exchange/connectors/*.json`; a pack without them brings none. Refuses:
    /// pack_has_errors. On demonstration sites keys that are missing are made from `demo_secret`.
    Result<void> import(Pack const& pack) override;
    Result<void> start() override;  ///< catalogue into memory; what a former process asked is settled

    /// Writes the calls and asks all sources at once; returns when the calls are durable. Open your own
    /// transaction afterwards, not around it (a second begin() on a thread is a Bug). An Ask is not repeated
    /// while its last answer for this subject (same parameters) is fresh, or still on its way. Returns the id
    /// of the call that stands for each Ask. Refuses: resource_is_unknown, parameter_is_missing,
    /// parameter_is_unknown, parameter_is_malformed (no text, too long, control characters).
    Result<std::vector<std::string>> start(Purpose const& purpose, std::vector<Ask> const& asks);
    /// True when nothing of this subject is `asking` any more; false when the time is over.
    Result<bool> wait(std::string_view subject, std::chrono::milliseconds at_most);
    /// The newest call of each key, in the order of the keys. Sees answers the moment they are understood.
    Result<std::vector<Answer>> answers(store::Reader& reader, std::string_view subject) const;
    void foresee_answers(store::Reader& reader, std::string_view subject) const;  ///< see Reader::foresee

    /// Inside the verb: writes the ticket; it is sent afterwards, again and again until the source has it.
    /// Returns its id. Refuses: call_is_unknown (also of another subject), field_is_unknown. The same field
    /// of the same call twice is one ticket.
    Result<std::string> dispute(store::Tx& tx, Dispute const& dispute);
    Result<std::vector<Correction>> corrections(store::Reader& reader, std::string_view subject) const;

    /// Inside submission, once a case: the answers stay with it, and the calls show its number.
    void keep(store::Tx& tx, std::string_view subject, std::string_view case_no);
    /// Inside the verb that drops a draft: what was answered is erased; that it was asked stays known.
    void forget(store::Tx& tx, std::string_view subject);

    /// Null when the catalogue has no such resource. Stays valid when a new pack comes.
    [[nodiscard]] std::shared_ptr<Resource const> resource(std::string_view code) const;

    /// All sources of the last pack, by their name. Reads rows and key files only, so also beside a server,
    /// and without start().
    Result<std::vector<Standing>> standings(store::Reader& reader) const;

    /// For metrics: sources that are not answering now.
    [[nodiscard]] int sources_down() const;
    void stop();  ///< ends its threads; the destructor does it too

    struct State;

private:
    std::unique_ptr<State> state_;
};

store::Schema schema();

}  // namespace tongban::exchange
