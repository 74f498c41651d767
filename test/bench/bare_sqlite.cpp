// bare_sqlite DATABASE STATEMENTS COUNT BATCH: the statements of one submission in a bare loop, BATCH of them
// to a COMMIT, prepared once, WAL, synchronous=FULL and foreign keys as the server has them. STATEMENTS: a
// file of records `<sql length> <parameters>\n<sql>` and per parameter `<kind> <length>\n<bytes>`, kind i
// (integer), t (text), b (bytes) or n (nothing). In texts the mark
// ##00000000## stands for what differs from submission to submission. Prints one JSON object.
#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

namespace {

struct Parameter {
    char kind = 'n';
    std::string bytes;
    std::size_t mark = std::string::npos;
};
struct Statement {
    std::string sql;
    std::vector<Parameter> parameters;
    sqlite3_stmt* prepared = nullptr;
};

constexpr char const* mark = "##00000000##";

[[noreturn]] void give_up(char const* what, sqlite3* db) {
    std::fprintf(stderr, "bare_sqlite: %s: %s\n", what, db != nullptr ? sqlite3_errmsg(db) : "");
    std::exit(1);
}

std::string piece(std::istream& in, std::size_t length) {
    std::string bytes(length, '\0');
    in.read(bytes.data(), std::streamsize(length));
    in.get();
    return bytes;
}

std::vector<Statement> read_statements(char const* path) {
    std::ifstream in(path, std::ios::binary);
    std::vector<Statement> statements;
    std::size_t length = 0, count = 0;
    while (in >> length >> count) {
        in.get();
        Statement one;
        one.sql = piece(in, length);
        for (std::size_t i = 0; i < count; ++i) {
            Parameter parameter;
            in >> parameter.kind >> length;
            in.get();
            parameter.bytes = piece(in, length);
            if (parameter.kind == 't') parameter.mark = parameter.bytes.find(mark);
            one.parameters.push_back(std::move(parameter));
        }
        statements.push_back(std::move(one));
    }
    return statements;
}

void execute(sqlite3* db, char const* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) give_up(sql, db);
}

void run(sqlite3* db, Statement& one, char const* serial) {
    int at = 0;
    for (auto& parameter : one.parameters) {
        ++at;
        auto const* bytes = parameter.bytes.data();
        int size = int(parameter.bytes.size());
        if (parameter.kind == 'i')
            sqlite3_bind_int64(one.prepared, at, std::strtoll(bytes, nullptr, 10));
        else if (parameter.kind == 'b')
            sqlite3_bind_blob(one.prepared, at, bytes, size, SQLITE_STATIC);
        else if (parameter.kind == 't') {
            if (parameter.mark != std::string::npos)
                std::memcpy(parameter.bytes.data() + parameter.mark, serial, std::strlen(mark));
            sqlite3_bind_text(one.prepared, at, bytes, size, SQLITE_STATIC);
        } else
            sqlite3_bind_null(one.prepared, at);
    }
    int step = sqlite3_step(one.prepared);
    while (step == SQLITE_ROW) step = sqlite3_step(one.prepared);
    if (step != SQLITE_DONE) give_up(one.sql.c_str(), db);
    sqlite3_reset(one.prepared);
}

}  // namespace

int main(int count, char** words) {
    if (count < 5) give_up("DATABASE STATEMENTS COUNT BATCH", nullptr);
    auto statements = read_statements(words[2]);
    int wanted = std::atoi(words[3]), batch = std::atoi(words[4]);
    int first = count > 5 ? std::atoi(words[5]) : 1;
    sqlite3* db = nullptr;
    if (sqlite3_open(words[1], &db) != SQLITE_OK) give_up("open", db);
    execute(db, "PRAGMA journal_mode = WAL");
    execute(db, "PRAGMA synchronous = FULL");
    execute(db, "PRAGMA foreign_keys = ON");
    for (auto& one : statements)
        if (sqlite3_prepare_v2(db, one.sql.c_str(), -1, &one.prepared, nullptr) != SQLITE_OK)
            give_up(one.sql.c_str(), db);
    auto from = std::chrono::steady_clock::now();
    for (int done = 0; done < wanted;) {
        execute(db, "BEGIN IMMEDIATE");
        for (int i = 0; i < batch && done < wanted; ++i, ++done) {
            char serial[16];
            std::snprintf(serial, sizeof serial, "%012d", first + done);
            for (auto& one : statements) run(db, one, serial);
        }
        execute(db, "COMMIT");
    }
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    std::printf("{\"transactions\":%d,\"batch\":%d,\"seconds\":%.4f,\"rate\":%.1f}\n", wanted, batch, seconds,
                wanted / seconds);
    for (auto& one : statements) sqlite3_finalize(one.prepared);
    sqlite3_close(db);
    return 0;
}
