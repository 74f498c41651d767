#include <libpq-fe.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>

#include "copies.h"

namespace tongban::bench {

namespace {

[[noreturn]] void give_up(std::string const& why) {
    std::fprintf(stderr, "copies: %s\n", why.c_str());
    std::exit(1);
}

class Sqlite final : public Database {
public:
    explicit Sqlite(std::string const& file) {
        if (sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
            give_up("cannot open " + file);
        run("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA journal_mode = OFF");
        indexes_ =
            rows_of("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").rows;
        for (auto const& index : indexes_) run(("DROP INDEX " + index[0].bytes).c_str());
    }
    ~Sqlite() override { sqlite3_close(db_); }

    std::vector<std::string> tables() override {
        std::vector<std::string> names;
        for (auto const& row :
             rows_of(
                 "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1")
                 .rows)
            names.push_back(row[0].bytes);
        return names;
    }
    Table read(std::string const& name) override {
        auto table = rows_of("SELECT * FROM " + name);
        table.name = name;
        return table;
    }
    void begin() override { run("BEGIN IMMEDIATE"); }
    void commit() override { run("COMMIT"); }
    void settle() override {
        for (auto const& index : indexes_) run(index[1].bytes.c_str());
        run("ANALYZE; PRAGMA journal_mode = WAL");
    }

    void append(Table const& table) override {
        std::string sql = "INSERT INTO " + table.name + " VALUES (?";
        for (std::size_t i = 1; i < table.columns.size(); ++i) sql += ",?";
        auto* insert = prepare(sql + ")");
        for (auto const& row : table.rows) {
            for (std::size_t i = 0; i < row.size(); ++i) bind(insert, int(i) + 1, row[i]);
            if (sqlite3_step(insert) != SQLITE_DONE) give_up(table.name + ": " + sqlite3_errmsg(db_));
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
    }

private:
    void run(char const* sql) {
        if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(db_));
    }
    sqlite3_stmt* prepare(std::string const& sql) {
        sqlite3_stmt* made = nullptr;
        if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &made, nullptr) != SQLITE_OK)
            give_up(sql + ": " + sqlite3_errmsg(db_));
        return made;
    }
    static void bind(sqlite3_stmt* to, int at, Cell const& cell) {
        switch (cell.kind) {
            case Cell::Kind::null:
                sqlite3_bind_null(to, at);
                break;
            case Cell::Kind::integer:
                sqlite3_bind_int64(to, at, std::strtoll(cell.bytes.c_str(), nullptr, 10));
                break;
            case Cell::Kind::text:
                sqlite3_bind_text(to, at, cell.bytes.data(), int(cell.bytes.size()), SQLITE_STATIC);
                break;
            case Cell::Kind::blob:
                sqlite3_bind_blob(to, at, cell.bytes.data(), int(cell.bytes.size()), SQLITE_STATIC);
                break;
        }
    }
    Table rows_of(std::string const& sql) {
        Table table;
        auto* select = prepare(sql);
        for (int i = 0; i < sqlite3_column_count(select); ++i)
            table.columns.emplace_back(sqlite3_column_name(select, i));
        while (sqlite3_step(select) == SQLITE_ROW) {
            Cells row;
            for (int i = 0; i < sqlite3_column_count(select); ++i) {
                auto type = sqlite3_column_type(select, i);
                auto const* bytes = static_cast<char const*>(sqlite3_column_blob(select, i));
                auto kind = type == SQLITE_INTEGER ? Cell::Kind::integer
                            : type == SQLITE_BLOB  ? Cell::Kind::blob
                                                   : Cell::Kind::text;
                if (type == SQLITE_NULL)
                    row.push_back({});
                else if (type == SQLITE_INTEGER)
                    row.push_back({kind, std::to_string(sqlite3_column_int64(select, i))});
                else
                    row.push_back({kind, std::string(bytes, std::size_t(sqlite3_column_bytes(select, i)))});
            }
            table.rows.push_back(std::move(row));
        }
        sqlite3_finalize(select);
        return table;
    }
    sqlite3* db_ = nullptr;
    std::vector<Cells> indexes_;  ///< made again at the end: sorted once instead of kept row by row
};

constexpr Oid type_bytea = 17, type_int8 = 20, type_int2 = 21, type_int4 = 23;

class Postgres final : public Database {
public:
    explicit Postgres(std::string const& url) : link_(PQconnectdb(url.c_str())) {
        if (PQstatus(link_) != CONNECTION_OK) give_up(PQerrorMessage(link_));
        run("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'");
        indexes_ =
            rows_of(
                "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND NOT EXISTS "
                "(SELECT 1 FROM pg_constraint WHERE conname = indexname)")
                .rows;
        for (auto const& index : indexes_) run(("DROP INDEX " + index[0].bytes).c_str());
    }
    ~Postgres() override { PQfinish(link_); }

    std::vector<std::string> tables() override {
        std::vector<std::string> names;
        for (auto const& row :
             rows_of("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").rows)
            names.push_back(row[0].bytes);
        return names;
    }
    Table read(std::string const& name) override {
        auto table = rows_of("SELECT * FROM " + name);
        table.name = name;
        return table;
    }
    void begin() override { run("BEGIN"); }
    void commit() override { run("COMMIT"); }
    void settle() override {
        for (auto const& index : indexes_) run(index[1].bytes.c_str());
        run("VACUUM ANALYZE");
    }

    void append(Table const& table) override {
        auto* started = PQexec(link_, ("COPY " + table.name + " FROM STDIN").c_str());
        if (PQresultStatus(started) != PGRES_COPY_IN) give_up(PQerrorMessage(link_));
        PQclear(started);
        std::string lines;
        for (auto const& row : table.rows) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                if (i) lines += '\t';
                write(lines, row[i]);
            }
            lines += '\n';
        }
        if (PQputCopyData(link_, lines.data(), int(lines.size())) != 1 || PQputCopyEnd(link_, nullptr) != 1)
            give_up(PQerrorMessage(link_));
        while (auto* done = PQgetResult(link_)) {
            if (PQresultStatus(done) != PGRES_COMMAND_OK) give_up(table.name + ": " + PQerrorMessage(link_));
            PQclear(done);
        }
    }

private:
    void run(char const* sql) {
        auto* done = PQexec(link_, sql);
        if (PQresultStatus(done) != PGRES_COMMAND_OK) give_up(PQerrorMessage(link_));
        PQclear(done);
    }
    static void write(std::string& lines, Cell const& cell) {
        constexpr char const* digits = "0123456789abcdef";
        if (cell.kind == Cell::Kind::null) lines += "\\N";
        if (cell.kind == Cell::Kind::blob) {
            lines += "\\\\x";
            for (unsigned char c : cell.bytes) lines += {digits[c >> 4], digits[c & 15]};
            return;
        }
        for (char c : cell.bytes) {
            if (c == '\\' || c == '\t' || c == '\n' || c == '\r') lines += '\\';
            lines += c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c;
        }
    }
    Table rows_of(std::string const& sql) {
        auto* found = PQexec(link_, sql.c_str());
        if (PQresultStatus(found) != PGRES_TUPLES_OK) give_up(PQerrorMessage(link_));
        Table table;
        for (int i = 0; i < PQnfields(found); ++i) table.columns.emplace_back(PQfname(found, i));
        for (int r = 0; r < PQntuples(found); ++r) {
            Cells row;
            for (int i = 0; i < PQnfields(found); ++i) row.push_back(cell_of(found, r, i));
            table.rows.push_back(std::move(row));
        }
        PQclear(found);
        return table;
    }
    static Cell cell_of(PGresult* found, int row, int column) {
        if (PQgetisnull(found, row, column)) return {};
        std::string text(PQgetvalue(found, row, column), std::size_t(PQgetlength(found, row, column)));
        auto type = PQftype(found, column);
        if (type == type_int8 || type == type_int2 || type == type_int4) return {Cell::Kind::integer, text};
        if (type != type_bytea) return {Cell::Kind::text, text};
        std::string bytes;
        for (std::size_t i = 2; i + 1 < text.size(); i += 2)
            bytes += char(std::stoi(text.substr(i, 2), nullptr, 16));
        return {Cell::Kind::blob, bytes};
    }
    PGconn* link_;
    std::vector<Cells> indexes_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(std::string const& file) {
    return std::make_unique<Sqlite>(file);
}
std::unique_ptr<Database> open_postgres(std::string const& url) {
    return std::make_unique<Postgres>(url);
}

}  // namespace tongban::bench
