#include <filesystem>

#include "store/running.h"
#include "store/sql.h"

namespace tongban::store {

namespace {
namespace fs = std::filesystem;

Result<void> make_directory(std::string const& directory) {
    std::error_code failed;
    if (fs::is_directory(directory, failed)) return {};
    fs::create_directories(directory, failed);
    if (failed) return failure::cannot_be_opened("无法新建数据目录 " + directory);
    fs::permissions(directory, fs::perms::owner_all, failed);
    return {};
}

/// A database with tables belongs to keys that exist somewhere; only an empty one gets new keys.
Result<Sealer::Keys> keys_wanted(Database& database) {
    auto view = TRY(database.view());
    auto has = TRY(view->read(sql::has_schema, {}));
    return has[0].integer("found") == 0 ? Sealer::Keys::make_if_missing : Sealer::Keys::must_exist;
}

/// The store's own tables first, and once.
std::vector<Schema> with_own(std::vector<Schema> schemas) {
    std::vector<Schema> all{schema()};
    for (auto& one : schemas) {
        auto is_own = !one.migrations.empty() && one.migrations.front().module == "store";
        if (!is_own) all.push_back(std::move(one));
    }
    return all;
}
}  // namespace

Result<std::unique_ptr<Store>> Store::open(Options options, Clock const& clock, std::vector<Schema> schemas) {
    TRY(make_directory(options.data_directory));
    auto database = TRY(options.database.empty() ? open_sqlite(options.data_directory, options.connections)
                                                 : open_postgres(options.database, options.connections));
    auto keys = TRY(keys_wanted(*database));
    auto sealer = TRY(Sealer::open(options.data_directory, keys));
    auto audit_key = TRY(AuditKey::open(options.data_directory, keys));
    return std::unique_ptr<Store>(
        std::make_unique<RunningStore>(std::move(options), clock, with_own(std::move(schemas)),
                                       std::move(sealer), std::move(audit_key), std::move(database)));
}

RunningStore::RunningStore(Options options, Clock const& clock, std::vector<Schema> schemas, Sealer sealer,
                           AuditKey audit_key, std::unique_ptr<Database> database)
    : options_(std::move(options)),
      clock_(clock),
      schemas_(std::move(schemas)),
      sealer_(std::move(sealer)),
      audit_key_(std::move(audit_key)),
      database_(std::move(database)) {}

RunningStore::~RunningStore() {
    stop();
}

Result<std::unique_ptr<Tx>> RunningStore::begin() {
    ensure(!StoreTx::is_open_on_this_thread(*this),
           "a transaction is open on this thread already: pass it on, or hear the event with add_slow");
    auto session = TRY(database_->begin());
    return std::unique_ptr<Tx>(std::make_unique<StoreTx>(*this, std::move(session)));
}

Result<std::unique_ptr<Reader>> RunningStore::reader(Snapshot snapshot) {
    auto session = TRY(database_->view(snapshot));
    return std::unique_ptr<Reader>(std::make_unique<StoreReader>(std::move(session)));
}

Result<void> RunningStore::check_queries() {
    for (auto const& schema : schemas_) {
        for (auto const* query : schema.queries) {
            auto session = TRY(database_->view());
            auto prepared = session->prepare(*query);
            if (!prepared.ok())
                return Error{ErrorKind::internal, "query_does_not_prepare",
                             std::string(query->name) + " 在此数据库上无法准备，原因见日志。"};
        }
    }
    return {};
}

Result<void> RunningStore::ping() {
    auto view = TRY(database_->view());
    TRY(view->read(sql::ping, {}));
    return {};
}

Result<Store::Backlog> RunningStore::backlog() {
    auto view = TRY(reader());
    auto rows = TRY(view->rows(sql::backlog, clock_.now()));
    auto row = rows[0];
    Backlog backlog;
    backlog.deliveries = row.integer("deliveries");
    backlog.failing = row.integer("failing_deliveries") + row.integer("failing_jobs");
    backlog.jobs_due = row.integer("jobs_due");
    backlog.unsealed_audit = row.integer("unsealed_audit");
    return backlog;
}

Result<std::vector<Store::Waiting>> RunningStore::failing() {
    auto view = TRY(reader());
    auto rows = TRY(view->rows(sql::failing_work));
    std::vector<Waiting> all;
    for (auto row : rows)
        all.push_back({row.text("who"), row.text("code"), row.integer("n"), row.instant("since")});
    return all;
}

Result<std::optional<Instant>> RunningStore::newest_moment() {
    auto view = TRY(reader());
    auto rows = TRY(view->rows(sql::newest_seal));
    return rows[0].maybe_instant("at");
}

}  // namespace tongban::store
