#include "store/sqlite.h"
#include "store/sqlite_log.h"

namespace tongban::store {

namespace {
constexpr int busy_wait_ms = 10'000;

/// For the whole process, before its first connection. What a savepoint may have to undo stays in memory: by
/// default it goes into a temporary file beyond 64 KiB, and one submission touches more pages than that. (A
/// limit instead of "always" would be allocated whole, each time.) Nobody asks SQLite how much memory it
/// uses, so it need not count under a lock.
void configure_once() {
    constexpr int undo_in_memory = -1;
    static bool const configured =
        sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, undo_in_memory) == SQLITE_OK &&
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
    (void)configured;  // somebody else in this process may have opened a database before: then it is slower
}

std::string code_text(sqlite3* db) {
    return std::to_string(sqlite3_extended_errcode(db));
}

Error translated(sqlite3* db, std::string_view query) {
    switch (sqlite3_extended_errcode(db)) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
            return failure::row_already_exists();
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return failure::reference_is_broken();
        default:
            break;
    }
    switch (sqlite3_extended_errcode(db) & 0xFF) {
        case SQLITE_CONSTRAINT:
            return failure::row_breaks_a_rule();
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return failure::is_busy();
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_NOMEM:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return failure::does_not_answer();
        default:
            return failure::query_failed(query);
    }
}
}  // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(std::string const& file, Use use) {
    configure_once();
    std::unique_ptr<SqliteConnection> made(new SqliteConnection);
    auto flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    auto const* vfs = use == Use::write ? vfs_that_gathers_the_log() : nullptr;
    if (sqlite3_open_v2(file.c_str(), &made->db_, flags, vfs) != SQLITE_OK)
        return failure::cannot_be_opened(made->db_ == nullptr ? "内存不足" : sqlite3_errmsg(made->db_));
    sqlite3_extended_result_codes(made->db_, 1);
    sqlite3_busy_timeout(made->db_, busy_wait_ms);
    sqlite3_db_config(made->db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // A quoted name that names nothing must be an error, as on PostgreSQL, and not silently a text.
    sqlite3_db_config(made->db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(made->db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    std::string pragmas =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA "
        "trusted_schema = OFF;";
    // The writer keeps the pages of a busy hour (KiB), and moves them from the log into the file (after so
    // many pages) seldom enough that one page changed by many transactions is moved once.
    pragmas += use == Use::read ? "PRAGMA query_only = ON;"
                                : "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8192;";
    auto set = made->run_script("pragmas", pragmas);
    if (!set.ok()) return failure::cannot_be_opened(sqlite3_errmsg(made->db_));
    return made;
}

SqliteConnection::~SqliteConnection() {
    for (auto& [text, statement] : statements_) sqlite3_finalize(statement.handle);
    sqlite3_close(db_);
}

Error SqliteConnection::failed(Query const& query) {
    auto error = translated(db_, query.name);
    log_failure(query.name, code_text(db_), sqlite3_errmsg(db_), error);
    return error;
}

Result<SqliteConnection::Statement*> SqliteConnection::statement(Query const& query) {
    auto found = statements_.find(query.sqlite);
    if (found != statements_.end()) return &found->second;
    Statement made;
    char const* tail = nullptr;
    auto code = sqlite3_prepare_v3(db_, query.sqlite.data(), static_cast<int>(query.sqlite.size()),
                                   SQLITE_PREPARE_PERSISTENT, &made.handle, &tail);
    if (code != SQLITE_OK) return failed(query);
    auto rest =
        std::string_view(tail, static_cast<std::size_t>(query.sqlite.data() + query.sqlite.size() - tail));
    if (made.handle == nullptr || !trimmed(rest).empty()) {
        sqlite3_finalize(made.handle);
        auto error = failure::query_failed(query.name);
        log_failure(query.name, "-", "a query is exactly one statement", error);
        return error;
    }
    for (int i = 1; i <= sqlite3_bind_parameter_count(made.handle); ++i)
        made.places.push_back(sqlite3_bind_parameter_index(made.handle, ("$" + std::to_string(i)).c_str()));
    std::vector<std::string> columns;
    for (int i = 0; i < sqlite3_column_count(made.handle); ++i)
        columns.emplace_back(sqlite3_column_name(made.handle, i));
    made.columns = std::make_shared<std::vector<std::string> const>(std::move(columns));
    return &statements_.emplace(std::string(query.sqlite), std::move(made)).first->second;
}

int SqliteConnection::bind(Statement const& statement, std::vector<Value> const& parameters) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        auto* handle = statement.handle;
        auto place = statement.places[i];
        int code = SQLITE_OK;
        if (auto const* number = std::get_if<std::int64_t>(&parameters[i])) {
            code = sqlite3_bind_int64(handle, place, *number);
        } else if (auto const* text = std::get_if<std::string>(&parameters[i])) {
            code = sqlite3_bind_text64(handle, place, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
        } else if (auto const* blob = std::get_if<Blob>(&parameters[i])) {
            // A null pointer would bind NULL: an empty blob still needs an address.
            auto const* data = blob->bytes.empty() ? "" : blob->bytes.data();
            code = sqlite3_bind_blob64(handle, place, data, blob->bytes.size(), SQLITE_STATIC);
        } else {
            code = sqlite3_bind_null(handle, place);
        }
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

std::vector<Value> SqliteConnection::row_of(Statement const& statement) {
    std::vector<Value> row;
    row.reserve(statement.columns->size());
    for (int i = 0; i < static_cast<int>(statement.columns->size()); ++i) {
        auto* handle = statement.handle;
        auto type = sqlite3_column_type(handle, i);
        auto bytes = [&](void const* from) {
            auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle, i));
            return size == 0 ? std::string{} : std::string(static_cast<char const*>(from), size);
        };
        if (type == SQLITE_INTEGER)
            row.emplace_back(std::int64_t{sqlite3_column_int64(handle, i)});
        else if (type == SQLITE_NULL)
            row.emplace_back(Null{});
        else if (type == SQLITE_BLOB)
            row.emplace_back(Blob{bytes(sqlite3_column_blob(handle, i))});
        else
            row.emplace_back(
                bytes(sqlite3_column_text(handle, i)));  // a fraction comes as text on both databases
    }
    return row;
}

Result<SqliteConnection::Done> SqliteConnection::run(Query const& query,
                                                     std::vector<Value> const& parameters) {
    TRY(check_texts(query, parameters));
    auto* prepared = TRY(statement(query));
    if (prepared->places.size() != parameters.size())
        ensure(false, (std::string(query.name) + ": wrong number of parameters").c_str());
    Done done;
    std::vector<std::vector<Value>> cells;
    auto code = bind(*prepared, parameters);
    if (code == SQLITE_OK)
        while ((code = sqlite3_step(prepared->handle)) == SQLITE_ROW) cells.push_back(row_of(*prepared));
    if (code != SQLITE_DONE) {
        auto error = failed(query);
        sqlite3_reset(prepared->handle);
        return error;
    }
    done.touched = sqlite3_stmt_readonly(prepared->handle) != 0 ? 0 : sqlite3_changes64(db_);
    sqlite3_reset(prepared->handle);
    sqlite3_clear_bindings(prepared->handle);
    done.rows = Rows(prepared->columns, std::move(cells));
    return done;
}

Result<void> SqliteConnection::run_all(std::vector<SqliteWrite> const& writes) {
    for (auto const& write : writes) {
        auto done = TRY(run(write.query, write.parameters));
        if (write.expect >= 0 && done.touched != write.expect) return write.otherwise;
    }
    return {};
}

Result<void> SqliteConnection::run_script(std::string_view name, std::string_view text) {
    if (sqlite3_exec(db_, std::string(text).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
    return failed(Query{name, {}, {}});
}

Result<void> SqliteConnection::prepare(Query const& query) {
    TRY(statement(query));
    return {};
}

Result<void> SqliteConnection::control(std::string_view statement) {
    TRY(run(Query{statement, statement, {}}, {}));
    return {};
}

}  // namespace tongban::store
