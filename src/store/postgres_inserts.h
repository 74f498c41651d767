// What several transactions insert into one table, in one statement of many rows: PostgreSQL begins and ends
// a statement once for eight rows instead of eight times, which is half of what a short insert costs.
#pragma once

#include <deque>
#include <optional>

#include "store/postgres.h"

namespace tongban::store {

/// An INSERT of one row of parameters and constants, taken apart. With ON CONFLICT only where nothing is done
/// then: two rows of one statement may not both change a third.
struct RowInsert {
    std::string table, head, row,
        tail;  ///< `INSERT INTO t (…) VALUES `, `($1, …)`, ` ON CONFLICT DO NOTHING`
    int parameters = 0;
    /// Nothing for any other statement.
    static std::optional<RowInsert> of(std::string_view sql);
    /// The statement for so many rows; their parameters follow each other.
    [[nodiscard]] std::string for_rows(std::size_t rows) const;
};

/// For one thread at a time.
class PostgresInserts {
public:
    /// The steps of all `lists`, each list in its order. Only inserts into a table that nothing else in these
    /// lists names move, to the first of them: nobody in the batch can tell. What comes back points into
    /// `lists` and into this object, until the next call.
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
    Known& known(PostgresStep const& step);
    void join(Known& about, PostgresSteps const& rows, PostgresSteps& out);

    std::unordered_map<std::string, Known, TextHash, std::equal_to<>> known_;  ///< by text
    std::deque<PostgresStep> made_;
};

}  // namespace tongban::store
