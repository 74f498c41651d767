// A little module of its own for the tests of the store: a ledger of pages.
#pragma once

#include "store/store.h"

namespace tongban::ledger {

using store::Query;

inline constexpr Query insert_page{"ledger.insert_page",
                                   "INSERT INTO ledger_page (id, words, version) VALUES ($1, $2, 1)",
                                   "INSERT INTO ledger_page (id, words, version) VALUES ($1, $2, 1)"};
inline constexpr Query change_page{
    "ledger.change_page",
    "UPDATE ledger_page SET words = $3, version = version + 1 WHERE id = $1 AND version = $2",
    "UPDATE ledger_page SET words = $3, version = version + 1 WHERE id = $1 AND version = $2"};
inline constexpr Query load_page{"ledger.load_page",
                                 "SELECT id, words, version FROM ledger_page WHERE id = $1",
                                 "SELECT id, words, version FROM ledger_page WHERE id = $1"};
inline constexpr Query count_pages{"ledger.count_pages",
                                   "SELECT count(*) AS n, sum(version) AS s FROM ledger_page",
                                   "SELECT count(*) AS n, sum(version) AS s FROM ledger_page"};
inline constexpr Query insert_note{
    "ledger.insert_note", "INSERT INTO ledger_note (page, kind, flag, body) VALUES ($1, $2, $3, $4)",
    "INSERT INTO ledger_note (page, kind, flag, body) VALUES ($1, $2, $3, $4)"};
inline constexpr Query load_notes{"ledger.load_notes",
                                  "SELECT page, kind, flag, body FROM ledger_note WHERE page = $1",
                                  "SELECT page, kind, flag, body FROM ledger_note WHERE page = $1"};

inline constexpr std::string_view tables_sqlite = R"(
CREATE TABLE ledger_page (id TEXT NOT NULL PRIMARY KEY, words TEXT, 
    version INTEGER NOT NULL CHECK (version > 0)) STRICT;
CREATE TABLE ledger_note (page TEXT NOT NULL REFERENCES ledger_page (id), kind TEXT NOT NULL, 
    flag INTEGER, body BLOB, PRIMARY KEY (page, kind)) STRICT;)";
inline constexpr std::string_view tables_postgres = R"(
CREATE TABLE ledger_page (id TEXT NOT NULL PRIMARY KEY, words TEXT, 
    version BIGINT NOT NULL CHECK (version > 0));
CREATE TABLE ledger_note (page TEXT NOT NULL REFERENCES ledger_page (id), kind TEXT NOT NULL, 
    flag SMALLINT, body BYTEA, PRIMARY KEY (page, kind));)";

inline store::Schema schema() {
    store::Schema made;
    made.migrations = {{"ledger", "0001_open", tables_sqlite, tables_postgres}};
    made.queries = {&insert_page, &change_page, &load_page, &count_pages, &insert_note, &load_notes};
    return made;
}

/// Makes a query of a text that is the same on both databases.
constexpr Query same(std::string_view name, std::string_view text) {
    return {name, text, text};
}

}  // namespace tongban::ledger
