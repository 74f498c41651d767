// Rows <-> structs. What is personal goes through the sealer here and nowhere else.
#pragma once

#include <map>

#include "cases/api.h"
#include "cases/cases.h"
#include "cases/model.h"
#include "cases/sql.h"

namespace tongban::cases {

using store::Reader;
using store::Sealer;
using store::Tx;

/// 纠错: what the person says in place of a register's datum.
struct Stated {
    Json value;
    std::string note;
};

struct Draft {
    std::string id;
    PersonId person;  ///< the applicant, or who acts for the firm
    std::string channel =
        "online";      ///< online: the person files; window: a clerk, for the person at the counter
    StaffId filer;     ///< of window
    HallId hall;       ///< of window
    std::string firm;  ///< uscc of the firm that applies; empty: a person does
    ItemId item;
    int item_version = 0;
    RegionCode region;
    std::string step;
    std::int64_t version = 1;
    json::object answers;
    std::vector<api::MaterialGiven> materials;
    std::optional<api::TextAgreed> notice;
    Instant notice_agreed_at{};
    std::string collection;
    std::map<std::string, Stated> disputes;  ///< by field key
    std::optional<api::Delivery> delivery;
    Instant created_at{}, updated_at{};
    [[nodiscard]] json::object disputed() const;  ///< the values alone
};

/// Whence an answer came, as it was when the application was handed in.
struct AnswerSource {
    std::string datum, zh, en;  ///< key of the datum; 市公安局：户口簿信息
    Instant answered_at{}, data_at{};
};

/// 纠错 as handed in: both values stand.
struct DisputeRow {
    std::string field, ticket, note, source_zh, source_en;
    Json value, source_value;
};

/// What was asked for, in one round.
struct Application {
    int round = 1;
    Instant at{};
    json::object answers;
    std::vector<api::MaterialGiven> materials;
    std::string collection;
    json::object given;  ///< what the server supplied, by path: later checks and the licence use the same
    std::map<std::string, AnswerSource> sources;  ///< by field key
    std::vector<DisputeRow> disputes;
    std::map<std::string, licences::Held> licences;  ///< by material key, as they stood when it was handed in
    std::optional<api::Delivery> delivery;
};

struct Party {
    PersonId person;
    std::string name, id_number, phone;
};

struct Agreement {
    std::string key, version, hash;
    Instant agreed_at{};
};

struct EventRow {
    std::int64_t seq = 0;
    Instant at{};
    std::string kind, actor, who, letter, note;
};

struct CorrectionRow : Correction {
    std::string letter;
};

struct OpinionRow {
    Instant at{};
    std::string post, staff, verdict, who, text;
};

struct LetterRow {
    std::string id, kind, title, number, state, file, trouble;
    Instant ordered_at{};
    std::optional<Instant> made_at, read_at;
};

struct OutcomeRow : Grounds {
    std::string kind, remedies;
};

/// One special procedure: its plan, and its record once there is one. As kept, sealed.
struct SpecialRow {
    std::int64_t seq = 0;
    std::string step;
    Day planned_on{};
    std::string place, planned_by, notice;  ///< who planned it by name; letter
    std::string conclusion, letter;         ///< empty while it is open
    json::object record;                    ///< as api::SpecialKept reads it
};

struct ServiceRow {
    Instant served_at{};
    std::string method, staff, letter;
    std::string recipient, relation, tracking_no, refused_note, server;
};

/// What the person at the counter was asked to confirm, and their answer.
struct Confirmation {
    std::string draft, id;
    std::string about, way;  ///< consent, application; screen, code
    std::string shown;  ///< keyed mark of everything shown: when the code was sent, or when they answered
    StaffId asked_by;
    Instant asked_at{}, until{};
    std::string state = "waiting";  ///< waiting, confirmed, wrong
    std::optional<Instant> answered_at;
    std::vector<api::TextAgreed> texts;  ///< agreed to, or of way code: told by the code
    std::string note;                    ///< what the person says is wrong
};
/// Of one asking: `token` of way screen, `code` of way code; the other is empty.
struct Secrets {
    std::string token, code;
};

void insert_confirmation(Tx& tx, Sealer const& sealer, Confirmation const& asked, Secrets const& secrets);
void save_answer(Tx& tx, Sealer const& sealer,
                 Confirmation const& answered);  ///< fails: confirmation_is_over
Result<std::optional<Confirmation>> newest_confirmation(Reader& reader, Sealer const& sealer,
                                                        std::string_view draft, std::string_view about);
/// Only while nothing newer replaced it.
Result<std::optional<Confirmation>> confirmation_by_token(Reader& reader, Sealer const& sealer,
                                                          std::string_view token);
Result<bool> code_fits(Reader& reader, Sealer const& sealer, Confirmation const& asked,
                       std::string_view code);

Result<Draft> load_draft(Reader& reader, Sealer const& sealer, std::string_view id);
Result<std::vector<Draft>> load_drafts(Reader& reader, Sealer const& sealer, PersonId const& person);
Result<std::vector<Draft>> load_drafts(Reader& reader, Sealer const& sealer, HallId const& hall);
/// Up to 100 of this channel last saved before then, the oldest first.
Result<std::vector<Draft>> load_drafts_left(Reader& reader, Sealer const& sealer, std::string_view channel,
                                            Instant before);
void insert_draft(Tx& tx, Sealer const& sealer, Draft const& draft);
void save_draft(Tx& tx, Sealer const& sealer, Draft const& draft);  ///< fails with draft_changed_meanwhile

std::string clocks_text(Case const& found);
void read_clocks(Case& found, std::string_view text);
Case read_case(store::Row const& row);
Result<Case> load_case(Reader& reader, CaseId const& id);  ///< refuses: case_is_unknown
Result<Case> load_case(Reader& reader, std::string_view case_no);
/// Until the transaction ends nobody else changes this case (by id or number), so that what is read of it
/// bit by bit fits together. To be said before the first look at it.
void hold_case(Tx& tx, std::string_view id_or_number);
void insert_case(Tx& tx, Sealer const& sealer, Case const& fresh, std::string_view query_code,
                 Limits const& limits);
/// `next.version` is one more than what was read; fails with case_changed_meanwhile.
void save_case(Tx& tx, Case const& next, Limits const& limits, Instant now);
Result<std::string> load_query_code(Reader& reader, Sealer const& sealer, CaseId const& id);
std::string short_number(std::string_view case_no);  ///< 990102001… -> 0928-000417T

void insert_party(Tx& tx, Sealer const& sealer, CaseId const& id, std::string_view role, Party const& party);
Result<Party> load_party(Reader& reader, Sealer const& sealer, CaseId const& id, std::string_view role);
/// nullopt when nobody has that role.
Result<std::optional<Party>> maybe_party(Reader& reader, Sealer const& sealer, CaseId const& id,
                                         std::string_view role);
Result<std::string> open_name(Sealer const& sealer, CaseId const& id, std::string_view sealed);

/// Why it was decided at once or not; nothing for items that never are.
struct DecidedRow {
    bool at_once = false;
    struct Kept {
        std::string key, result, zh, en, staff_zh, staff_en;
    };
    std::vector<Kept> reasons;
};
void insert_decided(Tx& tx, Sealer const& sealer, CaseId const& id, Instant at, DecidedRow const& decided);
Result<std::optional<DecidedRow>> load_decided(Reader& reader, Sealer const& sealer, CaseId const& id);
void insert_burden(Tx& tx, Case const& found, api::Burden const& burden);
Result<std::optional<api::Burden>> load_burden(Reader& reader, CaseId const& id);

void insert_application(Tx& tx, Sealer const& sealer, CaseId const& id, Application const& application);
Result<std::vector<Application>> load_applications(Reader& reader, Sealer const& sealer, CaseId const& id);
void insert_agreements(Tx& tx, CaseId const& id, std::vector<Agreement> const& agreements);
Result<std::vector<Agreement>> load_agreements(Reader& reader, CaseId const& id);

void insert_event(Tx& tx, Sealer const& sealer, CaseId const& id, EventRow const& event);
Result<std::vector<EventRow>> load_events(Reader& reader, Sealer const& sealer, CaseId const& id);
void insert_correction(Tx& tx, Sealer const& sealer, CaseId const& id, CorrectionRow const& correction);
Result<std::vector<CorrectionRow>> load_corrections(Reader& reader, Sealer const& sealer, CaseId const& id);
void insert_opinion(Tx& tx, Sealer const& sealer, CaseId const& id, std::int64_t seq,
                    OpinionRow const& opinion);
Result<std::vector<OpinionRow>> load_opinions(Reader& reader, Sealer const& sealer, CaseId const& id);
void insert_outcome(Tx& tx, Sealer const& sealer, CaseId const& id, OutcomeRow const& outcome);
Result<std::optional<OutcomeRow>> load_outcome(Reader& reader, Sealer const& sealer, CaseId const& id);
/// Whose letter, and how its number begins: `示街收字〔2026〕第`. The rest is counted up in the database,
/// without gaps, so that nobody waits to know it.
struct LetterNumber {
    BodyId body;
    std::string head;
};
void insert_letter(Tx& tx, Sealer const& sealer, CaseId const& id, LetterRow const& letter,
                   LetterNumber const& number, Json const& values);
Result<std::vector<LetterRow>> load_letters(Reader& reader, CaseId const& id);
struct LetterToMake {
    LetterRow row;
    Json values;
};
Result<LetterToMake> load_letter(Reader& reader, Sealer const& sealer, CaseId const& id,
                                 std::string_view letter);

void insert_special(Tx& tx, Sealer const& sealer, CaseId const& id, SpecialRow const& special);
void record_special(Tx& tx, Sealer const& sealer, CaseId const& id, SpecialRow const& special);
Result<std::vector<SpecialRow>> load_special(Reader& reader, Sealer const& sealer, CaseId const& id);
void insert_service(Tx& tx, Sealer const& sealer, CaseId const& id, ServiceRow const& service);
Result<std::optional<ServiceRow>> load_service(Reader& reader, Sealer const& sealer, CaseId const& id);

}  // namespace tongban::cases
