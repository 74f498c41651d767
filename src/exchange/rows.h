// Rows of `exchange` <-> structs.
#pragma once

#include "exchange/decide.h"
#include "exchange/mapping.h"
#include "exchange/sql.h"

namespace tongban::exchange {

/// One call, as kept.
struct Call {
    std::string id, key, resource, source;
    std::int64_t turn = 0;
    Purpose purpose;       ///< `by` only as text, in asked_by
    std::string asked_by;  ///< Actor::text()
    std::string asked_blind;
    json::object asked;
    Instant asked_at{}, limit_at{};
    Outcome outcome = Outcome::asking;
    std::string reason;
    std::optional<Instant> answered_at{}, data_at{}, down_since{};
    int count = 0;
    std::optional<int> ms{};
    json::object fields{};
    enum class From { source, earlier_answer } from = From::source;
    bool erased = false;
};

Bytes blind_of(store::Sealer const& sealer, std::string_view resource, json::object const& asked);

void insert_call(store::Tx& tx, store::Sealer const& sealer, Call const& call);
void save_answer(store::Tx& tx, store::Sealer const& sealer, Call const& call);
/// In their order. What was asked and answered is opened only where `Open::all` is wanted.
enum class Open { nothing, all };
Result<std::vector<Call>> calls_of_subject(store::Reader& reader, store::Sealer const& sealer,
                                           std::string_view subject);
Result<std::optional<Call>> load_call(store::Reader& reader, store::Sealer const& sealer,
                                      std::string_view subject, std::string_view id);
Result<std::optional<Call>> same_question(store::Reader& reader, store::Sealer const& sealer,
                                          std::string_view blind, Instant since);
/// The page after the cursor `<ms>|<id>`, at most 51; nothing is opened.
Result<std::vector<Call>> calls_of_source(store::Reader& reader, store::Sealer const& sealer,
                                          std::string_view source, Instant before, std::string_view id);

struct Ticket {
    std::string subject;
    Correction correction;
    std::string source, ticket, failure, case_no;
    PersonId person;
    json::object said{};  ///< asked, held, stated, note
};
Result<std::vector<Ticket>> read_tickets(store::Rows const& rows, store::Sealer const& sealer);
void insert_ticket(store::Tx& tx, store::Sealer const& sealer, Ticket const& ticket);
store::Blob seal_ticket_answer(store::Sealer const& sealer, std::string_view id, std::string_view words);

struct ListState {
    std::string resource, batch, failure;
    std::int64_t lines = 0, failed = 0;
    std::optional<Instant> data_at{}, pulled_at{};
};
Result<std::vector<ListState>> load_lists(store::Reader& reader);

/// What a list says: the lines of one person. Nothing while the list was never fetched.
struct Listed {
    std::vector<json::object> lines;
    Instant data_at{};
};
Result<std::optional<Listed>> find_in_list(store::Reader& reader, store::Sealer const& sealer,
                                           std::string_view resource, std::string_view value);
std::string line_blind(store::Sealer const& sealer, std::string_view resource, std::string_view value);
store::Blob seal_line(store::Sealer const& sealer, std::string_view id, json::object const& fields);

Result<std::map<std::string, Health, std::less<>>> load_health(store::Reader& reader);
void save_health(store::Tx& tx, std::string_view source, Health const& health);

}  // namespace tongban::exchange
