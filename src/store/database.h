// What the store needs from a database, and nothing more: SQLite and PostgreSQL each give these two classes.
#pragma once

#include "store/store.h"

namespace tongban::store {

/// One open transaction or read view. Destroyed without commit() it is rolled back. After the first error
/// every call gives that error again and nothing more is sent.
class Session {
public:
    virtual ~Session() = default;
    virtual Result<Rows> read(Query const& query, std::vector<Value> const& parameters) = 0;
    /// See Reader::foresee; only asked where is_far().
    virtual void foresee(Query const&, std::vector<Value>) {}
    [[nodiscard]] virtual bool is_far() const { return false; }
    virtual void queue(Query const& query, std::vector<Value> parameters, std::int64_t expect,
                       Error otherwise) = 0;
    virtual Result<void> commit() = 0;
    virtual Durability commit_later() {
        Durability known;
        known.settle(commit());
        return known;
    }
    /// Several statements without parameters: a migration.
    virtual Result<void> run_script(std::string_view name, std::string_view text) = 0;
    /// Only parses and plans.
    virtual Result<void> prepare(Query const& query) = 0;
};

class Database {
public:
    virtual ~Database() = default;
    virtual Result<std::unique_ptr<Session>> begin() = 0;
    virtual Result<std::unique_ptr<Session>> view(Snapshot snapshot = Snapshot::shared) = 0;
    /// Somebody waits at this moment: for a connection, or to write.
    [[nodiscard]] virtual bool is_crowded() = 0;
    [[nodiscard]] virtual Dialect dialect() const = 0;
    [[nodiscard]] virtual bool is_new() const = 0;
};

Result<std::unique_ptr<Database>> open_sqlite(std::string const& directory, int readers);
Result<std::unique_ptr<Database>> open_postgres(std::string const& url, int connections);

// Errors of databases, the same from both. Details never carry values of rows.
namespace failure {
Error cannot_be_opened(std::string const& why);
Error does_not_answer();     ///< connection lost, disk full, file damaged: nothing was done
Error outcome_is_unknown();  ///< connection lost while COMMIT was on its way: all of it was done, or nothing
Error is_busy();             ///< waited too long, or lost a race; trying again helps
Error row_already_exists();
Error reference_is_broken();
Error row_breaks_a_rule();
Error query_failed(std::string_view query);
Error text_is_not_utf8(std::string_view query);
}  // namespace failure

/// The one log line of a failed statement: query, the database's code and words (constraint names, never
/// values).
void log_failure(std::string_view query, std::string const& code, std::string const& words,
                 Error const& error);

/// Statements are looked up by their text itself, without a copy of it. Length and end tell them apart nearly
/// always, and the whole of a long text is read once more to compare it.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        constexpr std::size_t enough = 40;
        auto const end = text.substr(text.size() - std::min(text.size(), enough));
        return std::hash<std::string_view>{}(end) ^ (text.size() * 0x9E3779B97F4A7C15U);  // 2^64 / φ
    }
};

/// Texts must be UTF-8 without NUL on both databases; PostgreSQL alone would refuse them.
Result<void> check_texts(Query const& query, std::vector<Value> const& parameters);

}  // namespace tongban::store
