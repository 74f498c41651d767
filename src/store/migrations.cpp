#include <algorithm>

#include "store/running.h"
#include "store/sql.h"

namespace tongban::store {

namespace {
Error schema_is_old(std::string const& which) {
    return {ErrorKind::unavailable, "schema_is_old",
            "数据库结构较旧，缺少 " + which + "。请先运行 tongban migrate。"};
}

Error database_is_newer(std::string const& which) {
    return {ErrorKind::unavailable, "database_is_newer_than_program",
            "数据库中已有 " + which + "，比本程序新。请改用新版程序。"};
}

std::string_view text_of(Migration const& migration, Dialect dialect) {
    return dialect == Dialect::sqlite ? migration.sqlite : migration.postgres;
}

std::string full_name(Migration const& migration) {
    return std::string(migration.module) + "/" + std::string(migration.name);
}

constexpr std::string_view fingerprint_purpose = "fingerprint";
}  // namespace

Result<RunningStore::Applied> RunningStore::applied_migrations(Session& session) {
    Applied applied;
    auto has = TRY(session.read(sql::has_schema, {}));
    if (has[0].integer("found") == 0) return applied;
    auto rows = TRY(session.read(sql::applied_migrations, {}));
    for (auto row : rows) applied[{row.text("module"), row.text("name")}] = row.text("text_hash");
    return applied;
}

Result<void> RunningStore::check_applied(Applied const& applied) const {
    std::set<std::string_view> modules;
    std::map<std::pair<std::string, std::string>, std::string> known;
    for (auto const& schema : schemas_) {
        for (auto const& migration : schema.migrations) {
            modules.insert(migration.module);
            known[{std::string(migration.module), std::string(migration.name)}] =
                sha256_hex(migration.postgres);
        }
    }
    for (auto const& [name, hash] : applied) {
        if (!modules.contains(name.first)) continue;  // of a service that this program was built without
        auto found = known.find(name);
        if (found == known.end()) return database_is_newer(name.first + "/" + name.second);
        if (found->second != hash)
            return Error{ErrorKind::unavailable, "migration_was_changed",
                         "迁移 " + name.first + "/" + name.second +
                             " 执行之后又被改动；已执行的迁移不可更改，请另加一个。"};
    }
    return {};
}

std::string RunningStore::key_fingerprint() const {
    return to_hex(sealer_.derive(fingerprint_purpose)).substr(0, 32);
}

Result<void> RunningStore::check_key(Session& session, IfUnknown if_unknown) {
    auto mine = key_fingerprint();
    auto rows = TRY(session.read(sql::key_fingerprints, {}));
    if (rows.empty() && if_unknown == IfUnknown::note) {
        session.queue(sql::note_key, {mine, clock_.now().ms}, 1, failure::row_breaks_a_rule());
        return {};
    }
    if (!rows.empty() && rows[0].text("fingerprint") == mine) return {};
    return Error{ErrorKind::unavailable, "keys_do_not_fit_database",
                 "密钥目录与此数据库不相配：请取回当初的密钥，否则已加密的内容打不开。"};
}

Result<void> RunningStore::check_sorting(Session& session) {
    auto rows = TRY(session.read(sql::sorts_by_bytes, {}));
    if (rows[0].integer("by_bytes") == 1) return {};
    return Error{ErrorKind::unavailable, "database_has_wrong_collation",
                 "数据库的排序规则须为 C，否则与 SQLite 排序不同：createdb -T template0 -l C -E UTF8 库名。"};
}

Result<void> RunningStore::migrate() {
    auto session = TRY(database_->begin());
    TRY(session->read(sql::lock_migrations, {}));
    TRY(check_sorting(*session));
    auto applied = TRY(applied_migrations(*session));
    TRY(check_applied(applied));
    for (auto const& schema : schemas_) {
        for (auto const& migration : schema.migrations) {
            if (applied.contains({std::string(migration.module), std::string(migration.name)})) continue;
            TRY(session->run_script(migration.name, text_of(migration, dialect())));
            session->queue(sql::insert_migration,
                           {std::string(migration.module), std::string(migration.name),
                            sha256_hex(migration.postgres), clock_.now().ms},
                           1, failure::row_breaks_a_rule());
            log(LogLevel::info, "migration_applied", {{"migration", full_name(migration)}});
        }
    }
    TRY(check_key(*session, IfUnknown::note));
    return session->commit();
}

Result<void> RunningStore::check_schema() {
    auto session = TRY(database_->view());
    auto applied = TRY(applied_migrations(*session));
    TRY(check_applied(applied));
    for (auto const& schema : schemas_)
        for (auto const& migration : schema.migrations)
            if (!applied.contains({std::string(migration.module), std::string(migration.name)}))
                return schema_is_old(full_name(migration));
    // Known before any module fills its memory: what is outdated from here on is noticed.
    memories_.start_from(TRY(generations()));
    return check_key(*session, IfUnknown::refuse);
}

}  // namespace tongban::store
