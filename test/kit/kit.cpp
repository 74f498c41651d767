#include "kit/kit.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <stdexcept>

namespace tongban::kit {

namespace {
namespace fs = std::filesystem;

[[noreturn]] void give_up(std::string const& why) {
    throw std::runtime_error(why);
}

std::string admin_url() {
    auto const* url = std::getenv("TONGBAN_TEST_POSTGRES");
    if (url == nullptr || *url == '\0')
        give_up(
            "TONGBAN_TEST_POSTGRES is not set: run `tools/pg_test_server start --fast` and export the URL on "
            "its "
            "last line");
    return url;
}

void run_as_admin(std::string const& statement) {
    std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(admin_url().c_str()), &PQfinish);
    std::unique_ptr<PGresult, decltype(&PQclear)> done(PQexec(connection.get(), statement.c_str()), &PQclear);
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK)
        give_up("PostgreSQL at TONGBAN_TEST_POSTGRES: " + std::string(PQerrorMessage(connection.get())));
}

std::string url_of(std::string const& name) {
    auto url = admin_url();
    return url.substr(0, url.rfind('/') + 1) + name;
}

std::string fresh_name() {
    return "tongban_test_" + std::to_string(::getpid()) + "_" + random_digits(10);
}

store::Options options_of(std::string const& directory, PostgresDatabase const* database) {
    store::Options options{directory};
    options.connections = 6;
    if (database != nullptr) options.database = database->url();
    return options;
}

template <class T>
T must(Result<T> result, char const* what) {
    if (!result.ok()) give_up(std::string(what) + ": " + result.error().code + ": " + result.error().detail);
    return std::move(result).value();
}

/// Migrated once in this process, and closed, so that files and databases can be copied.
struct Template {
    TempDir directory;
    std::unique_ptr<PostgresDatabase> database;
};

Template const& template_of(store::Dialect dialect, std::vector<store::Schema> const& schemas) {
    static std::map<std::string, Template> made;
    auto key = database_name({dialect, 0});
    for (auto const& schema : schemas)
        for (auto const& migration : schema.migrations)
            key += " " + std::string(migration.module) + "/" + std::string(migration.name);
    if (auto found = made.find(key); found != made.end()) return found->second;
    Template one;
    if (dialect == store::Dialect::postgres) one.database = std::make_unique<PostgresDatabase>();
    {
        SystemClock const clock;
        auto store =
            must(store::Store::open(options_of(one.directory.path(), one.database.get()), clock, schemas),
                 "opening the template database");
        if (auto done = store->migrate(); !done.ok())
            give_up("migrating the template database: " + done.error().code + ": " + done.error().detail);
    }
    return made.emplace(std::move(key), std::move(one)).first->second;
}

unsigned two_digits(std::string_view text, std::size_t at) {
    return static_cast<unsigned>((text.at(at) - '0') * 10 + (text.at(at + 1) - '0'));
}
}  // namespace

std::vector<store::Dialect> databases() {
    return {store::Dialect::sqlite, store::Dialect::postgres};
}

std::string database_name(testing::TestParamInfo<store::Dialect> const& info) {
    return info.param == store::Dialect::sqlite ? "sqlite" : "postgres";
}

TempDir::TempDir() {
    auto pattern = (fs::temp_directory_path() / "tongban-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) give_up("no temporary directory can be made");
    path_ = pattern;
}

TempDir::TempDir(TempDir&& other) noexcept : path_(std::exchange(other.path_, {})) {}

TempDir::~TempDir() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

Instant at(std::string_view beijing_time) {
    auto start = start_of(MUST(read_day(beijing_time.substr(0, 10))));
    ensure(beijing_time.size() == 16 || beijing_time.size() == 19, "a time looks like 2026-10-15 09:24");
    auto seconds = beijing_time.size() == 19 ? two_digits(beijing_time, 17) : 0;
    return start + std::chrono::hours{two_digits(beijing_time, 11)} +
           std::chrono::minutes{two_digits(beijing_time, 14)} + std::chrono::seconds{seconds};
}

PostgresDatabase::PostgresDatabase(Sorting sorting) : name_(fresh_name()), url_(url_of(name_)) {
    std::string language = sorting == Sorting::by_bytes ? "" : " LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";
    run_as_admin("CREATE DATABASE " + name_ +
                 " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'" + language);
}

PostgresDatabase::PostgresDatabase(PostgresDatabase const& template_database)
    : name_(fresh_name()), url_(url_of(name_)) {
    run_as_admin("CREATE DATABASE " + name_ + " TEMPLATE " + template_database.name_);
}

PostgresDatabase::PostgresDatabase(PostgresDatabase&& other) noexcept
    : name_(std::exchange(other.name_, {})), url_(std::exchange(other.url_, {})) {}

PostgresDatabase::~PostgresDatabase() {
    if (name_.empty()) return;
    try {
        run_as_admin("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    } catch (std::exception const& failed) {
        std::fprintf(stderr, "kit: %s\n", failed.what());
    }
}

FreshStore::FreshStore(TempDir directory, std::unique_ptr<PostgresDatabase> database, Clock const& clock,
                       std::vector<store::Schema> schemas)
    : directory_(std::move(directory)),
      database_(std::move(database)),
      clock_(clock),
      schemas_(std::move(schemas)) {
    reopen();
}

store::Options FreshStore::options() const {
    return options_of(directory_.path(), database_.get());
}

void FreshStore::reopen() {
    store_.reset();
    store_ = must(store::Store::open(options(), clock_, schemas_), "opening a fresh store");
}

FreshStore fresh_store(store::Dialect dialect, Clock const& clock,
                       std::vector<store::Schema> const& schemas) {
    auto const& from = template_of(dialect, schemas);
    TempDir directory;
    fs::copy(from.directory.path(), directory.path(), fs::copy_options::recursive);
    auto database = from.database ? std::make_unique<PostgresDatabase>(*from.database) : nullptr;
    return {std::move(directory), std::move(database), clock, schemas};
}

}  // namespace tongban::kit
