// The rows of a whole database as files that anybody can read, and back. The tables are those of the
// database, whatever the modules: so these statements are made here from its own lists and not kept as files.
#include <openssl/evp.h>

#include <deque>
#include <fstream>

#include "store/running.h"
#include "store/sql.h"

namespace tongban::store {

namespace {

constexpr Query list_columns{
    "store.list_columns",
    "SELECT m.name AS table_name, c.name AS column_name, c.pk AS key_position "
    "FROM sqlite_master m, pragma_table_info(m.name) c "
    "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY m.name, c.cid",
    "SELECT CAST(c.relname AS TEXT) AS table_name, CAST(a.attname AS TEXT) AS column_name, "
    "COALESCE((SELECT k.n FROM unnest(i.indkey) WITH ORDINALITY AS k(attnum, n) "
    "WHERE k.attnum = a.attnum), 0) AS key_position "
    "FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace AND s.nspname = current_schema() "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary "
    "WHERE c.relkind = 'r' ORDER BY c.relname, a.attnum"};

constexpr int page_rows = 500;

struct Table {
    std::string name;
    std::vector<std::string> columns;
    std::map<std::int64_t, std::string> key;  ///< columns by their place in the primary key
};

Error damaged(std::string const& what) {
    return {ErrorKind::invalid, "backup_is_damaged", "备份不完整或已被改动：" + what + "。"};
}

Error not_written(std::string const& file) {
    return {ErrorKind::unavailable, "disk_cannot_be_written", "写不进 " + file + "，请看磁盘是否已满。"};
}

Result<std::vector<Table>> tables_of(Session& session) {
    auto rows = TRY(session.read(list_columns, {}));
    std::vector<Table> tables;
    for (auto row : rows) {
        if (tables.empty() || tables.back().name != row.text("table_name"))
            tables.push_back({row.text("table_name"), {}, {}});
        tables.back().columns.push_back(row.text("column_name"));
        if (auto place = row.integer("key_position"); place > 0)
            tables.back().key[place] = row.text("column_name");
    }
    for (auto const& table : tables)
        if (table.key.empty()) ensure(false, ("table " + table.name + " has no primary key").c_str());
    return tables;
}

std::string joined(std::vector<std::string> const& names) {
    std::string all;
    for (auto const& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

std::vector<std::string> places(std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t i = 1; i <= count; ++i) all.push_back("$" + std::to_string(i));
    return all;
}

std::vector<std::string> key_of(Table const& table) {
    std::vector<std::string> key;
    for (auto const& [place, column] : table.key) key.push_back(column);
    return key;
}

/// Texts of statements: a session may keep a query until it flushes, so they live as long as the transaction.
using Texts = std::deque<std::string>;

/// Pages by the primary key: `first` without a place to go on from.
struct Pages {
    std::string first, next;
    explicit Pages(Table const& table) {
        auto key = key_of(table);
        auto order = " ORDER BY " + joined(key) + " LIMIT " + std::to_string(page_rows);
        auto from = "SELECT " + joined(table.columns) + " FROM " + table.name;
        first = from + order;
        next = from + " WHERE (" + joined(key) + ") > (" + joined(places(key.size())) + ")" + order;
    }
};

Json to_cell(Value const& value) {
    if (auto const* number = std::get_if<std::int64_t>(&value)) return *number;
    if (auto const* text = std::get_if<std::string>(&value)) return Json(*text);
    if (auto const* blob = std::get_if<Blob>(&value)) return json::object{{"b", to_base64(blob->bytes)}};
    return nullptr;
}

Result<Bytes> from_base64(std::string_view text) {
    Bytes out(text.size() / 4 * 3, '\0');
    auto length =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<unsigned char const*>(text.data()), static_cast<int>(text.size()));
    auto padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    if (length < padding || text.size() % 4 != 0) return damaged("字节列不是 base64");
    out.resize(static_cast<std::size_t>(length - padding));
    return out;
}

Result<Value> from_cell(Json const& cell) {
    if (cell.is_null()) return Value{Null{}};
    if (cell.is_int64()) return Value{cell.as_int64()};
    if (cell.is_string()) return Value{std::string(cell.as_string())};
    if (cell.is_object() && cell.as_object().contains("b") && cell.as_object().at("b").is_string())
        return Value{Blob{TRY(from_base64(cell.as_object().at("b").as_string()))}};
    return damaged("有一格不是数、文字或字节");
}

std::string file_of(std::string const& directory, std::string const& table) {
    return directory + "/" + table + ".jsonl";
}

Result<std::int64_t> write_table(Session& session, Table const& table, std::string const& directory) {
    auto file = file_of(directory, table.name);
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    json::array names;
    for (auto const& column : table.columns) names.emplace_back(column);
    out << to_text(Json(std::move(names))) << '\n';
    Pages const pages(table);
    auto const key = key_of(table);
    std::vector<Value> from;
    std::int64_t written = 0;
    for (;;) {
        auto const& text = from.empty() ? pages.first : pages.next;
        auto rows = TRY(session.read(Query{table.name, text, text}, from));
        for (auto row : rows) {
            json::array cells;
            for (auto const& column : table.columns) cells.push_back(to_cell(row.cell(column)));
            out << to_text(Json(std::move(cells))) << '\n';
        }
        if (!out) return not_written(file);
        written += static_cast<std::int64_t>(rows.size());
        if (rows.size() < page_rows) break;
        from.clear();
        for (auto const& column : key) from.push_back(rows[rows.size() - 1].cell(column));
    }
    out.close();
    if (!out) return not_written(file);
    return written;
}

Result<json::array> read_line(std::string const& line, std::string const& where) {
    auto value = read_json(line);
    if (!value.ok() || !value->is_array()) return damaged(where);
    return std::move(value->as_array());
}

Result<std::int64_t> read_table(Session& session, Table const& table, std::string const& directory,
                                Texts& texts) {
    std::ifstream in(file_of(directory, table.name), std::ios::binary);
    std::string line;
    if (!std::getline(in, line)) return damaged("缺少 " + table.name + " 的行");
    std::vector<std::string> columns;
    auto const named = TRY(read_line(line, table.name));
    for (auto const& name : named) {
        if (!name.is_string()) return damaged(table.name + " 的列不相符");
        columns.emplace_back(name.as_string());
        if (std::ranges::find(table.columns, columns.back()) == table.columns.end())
            return damaged(table.name + " 的列不相符");
    }
    auto const& insert = texts.emplace_back("INSERT INTO " + table.name + " (" + joined(columns) +
                                            ") VALUES (" + joined(places(columns.size())) + ")");
    auto const& name = texts.emplace_back(table.name);
    auto const& empty =
        texts.emplace_back("DELETE FROM " + name);  // of what its migration may have put there
    session.queue(Query{name, empty, empty}, {}, -1, {});
    std::int64_t count = 0;
    for (; std::getline(in, line); ++count) {
        auto where = table.name + " 第 " + std::to_string(count + 1) + " 行";
        auto cells = TRY(read_line(line, where));
        if (cells.size() != columns.size()) return damaged(where);
        std::vector<Value> values;
        for (auto const& cell : cells) values.push_back(TRY(from_cell(cell)));
        session.queue(Query{name, insert, insert}, std::move(values), -1, {});
    }
    return count;
}

}  // namespace

Result<Copy> RunningStore::copy_out(std::string const& directory) {
    auto session = TRY(database_->view());
    auto const tables = TRY(tables_of(*session));
    Copy copy;
    auto keys = TRY(session->read(sql::key_fingerprints, {}));
    if (!keys.empty()) copy.key_fingerprint = keys[0].text("fingerprint");
    auto applied = TRY(applied_migrations(*session));
    for (auto const& [name, hash] : applied) copy.migrations.push_back(name);
    auto seal = TRY(session->read(sql::last_audit_seal, {}));
    if (!seal.empty()) {
        copy.audit_sealed = seal[0].integer("position");
        copy.audit_head = seal[0].text("link");
    }
    for (auto const& table : tables) copy.rows[table.name] = TRY(write_table(*session, table, directory));
    return copy;
}

Result<void> RunningStore::lay_schema(Session& session, Copy const& copy) {
    std::set<std::pair<std::string, std::string>> wanted(copy.migrations.begin(), copy.migrations.end());
    for (auto const& schema : schemas_) {
        for (auto const& migration : schema.migrations) {
            if (wanted.erase({std::string(migration.module), std::string(migration.name)}) == 0) continue;
            auto text = dialect() == Dialect::sqlite ? migration.sqlite : migration.postgres;
            TRY(session.run_script(migration.name, text));
        }
    }
    if (wanted.empty()) return {};
    return Error{ErrorKind::unavailable, "database_is_newer_than_program",
                 "备份中有 " + wanted.begin()->first + "/" + wanted.begin()->second +
                     "，比本程序新。请改用新版程序。"};
}

Result<void> RunningStore::copy_in(std::string const& directory, Copy const& copy) {
    Texts texts;
    if (copy.key_fingerprint != key_fingerprint())
        return Error{ErrorKind::unavailable, "keys_do_not_fit_database",
                     "密钥目录与这份备份不相配：请取回当初的密钥，否则已加密的内容打不开。"};
    auto session = TRY(database_->begin());
    TRY(session->read(sql::lock_migrations, {}));
    TRY(check_sorting(*session));
    auto const there = TRY(session->read(list_columns, {}));
    if (!there.empty())
        return Error{ErrorKind::conflict, "database_is_not_empty",
                     "数据库里已有表 " + there[0].text("table_name") +
                         "。恢复只往空的地方放，从不覆盖：请另建一个空的数据库或目录。"};
    TRY(lay_schema(*session, copy));
    auto const tables = TRY(tables_of(*session));
    for (auto const& table : tables) {
        auto told = copy.rows.find(table.name);
        if (told == copy.rows.end()) return damaged("没有说明 " + table.name);
        if (TRY(read_table(*session, table, directory, texts)) != told->second)
            return damaged(table.name + " 的行数不符");
    }
    if (tables.size() != copy.rows.size()) return damaged("表的数目不符");
    return session->commit();
}

}  // namespace tongban::store
