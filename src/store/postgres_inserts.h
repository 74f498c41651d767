// What several transactions insert into one table, in one statement of many rows: PostgreSQL begins and ends
// a statement once for eight rows instead of eight times, which is half of what a short insert costs.
#pragma once

#include <deque>
#include <optional>

#include "store/postgres.h"

namespace tongban::store {

/// An INSERT of one row of parameters and constants, taken apart. One with a key (Query::key) may also read
/// in a nested SELECT, or change a row that is there.
struct RowInsert {
    std::string table, head, row,
        tail;  ///< `INSERT INTO t (…) VALUES `, `($1, …)`, ` ON CONFLICT DO NOTHING`
    int parameters = 0;
    std::vector<std::size_t> key{};  ///< indices of parameters
    std::vector<std::string> named;  ///< tables: the one it fills, then those it reads
    bool changes = false;            ///< a row that is there: no two of one key in one statement
    /// Nothing for any other statement.
    static std::optional<RowInsert> of(std::string_view sql, std::string_view key = {});
    /// The statement for so many rows; their parameters follow each other.
    [[nodiscard]] std::string for_rows(std::size_t rows) const;
};

/// For one thread at a time.
class PostgresInserts {
public:
    /// The steps of all `lists`, each list in its order. Only inserts move, where nothing that stays names
    /// their tables and no two lists share a key: to the first of them, those that read to the last, behind
    /// what they read; nobody in the batch can tell. What comes back points into `lists` and into this
    /// object, until the next call.
    PostgresSteps joined(std::vector<std::vector<PostgresStep> const*> const& lists);

private:
    /// A statement that was seen before.
    struct Known {
        std::string_view text;
        std::optional<RowInsert> insert;
        std::unordered_map<std::size_t, std::string> for_rows;
        std::unordered_map<std::string, bool> naming;  ///< whether it names a table
        bool names(std::string const& table);
    };
    /// The rows of one insert in a batch.
    struct Group {
        PostgresSteps rows;
        std::unordered_map<std::string, std::size_t> lists_by_key;
        bool collides = false;  ///< by a key
        std::size_t met = 0;    ///< so many of the rows were come by when the steps are put in order
        void add(RowInsert const& insert, PostgresStep const& step, std::size_t list);
    };
    using Groups = std::unordered_map<Known*, Group>;
    Known& known(PostgresStep const& step);
    void put_together(Known& about, PostgresSteps const& rows, PostgresSteps& out);
    /// Takes out of the groups what collides, what names or is named by `others`, and so on.
    static void leave_alone(Groups& groups, std::vector<Known*> others);

    std::unordered_map<std::string, Known, TextHash, std::equal_to<>> known_;  ///< by text
    std::deque<PostgresStep> made_;
};

}  // namespace tongban::store
