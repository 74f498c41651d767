#include "app/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/sums.h"

namespace tongban::app {

namespace {
namespace fs = std::filesystem;

constexpr std::int64_t format = 1;

constexpr std::string_view read_me =
    R"(这是通办的备份。里面没有密钥：没有密钥，谁也读不出个人信息；丢了密钥，备份也就没有用了。
密钥在原数据目录的 keys/ 里，请另外抄存两份，放在备份够不到的地方。

检查：  tongban backup verify 本目录          （或在本目录中运行 sha256sum -c SHA256SUMS）
恢复：  1. 新建一个空目录 DIR，把密钥放到 DIR/keys（权限 0600）
        2. tongban restore 本目录 --data DIR [--database postgres://…]   （数据库须是空的）
        3. tongban doctor --data DIR，然后 tongban serve --data DIR

This is a back-up of Tongban. The keys are not in it: without them nobody can read personal data, and without them this
back-up is worth nothing. They lie in keys/ of the data folder; keep two copies where no back-up reaches.

Check:    tongban backup verify THIS-FOLDER        (or run sha256sum -c SHA256SUMS in it)
Restore:  1. make an empty folder DIR and put the keys into DIR/keys (mode 0600)
          2. tongban restore THIS-FOLDER --data DIR [--database postgres://…]   (the database must be empty)
          3. tongban doctor --data DIR, then tongban serve --data DIR

rows/ holds the rows of all tables, one JSON line each, as of one moment; {"b":"…"} is base64 of bytes. files/ holds sealed files.
)";

Error not_written(std::string const& what) {
    return {ErrorKind::unavailable, "disk_cannot_be_written", "写不进 " + what + "，请看磁盘是否已满。"};
}

Error damaged(std::string const& what) {
    return {ErrorKind::invalid, "backup_is_damaged", "备份不完整或已被改动：" + what + "。"};
}

Error not_empty(std::string const& place) {
    return {ErrorKind::conflict, "place_is_not_empty",
            place + " 里已有内容。备份和恢复都不覆盖任何东西：请给一个空的地方。"};
}

Result<void> write_file(std::string const& file, std::string_view text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) return not_written(file);
    return {};
}

/// Everything that was written below the folder is on the disk when this returns.
Result<void> settle(std::string const& folder) {
    auto opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    auto done = opened >= 0 && ::syncfs(opened) == 0;
    if (opened >= 0) ::close(opened);
    if (!done) return not_written(folder);
    return {};
}

Result<void> make_folder(std::string const& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) return not_written(folder);
    fs::permissions(folder, fs::perms::owner_all, failed);
    return {};
}

/// Regular files below the folder, by their path in it; those that are half written are left out.
std::vector<std::string> files_below(fs::path const& folder) {
    std::vector<std::string> found;
    std::error_code failed;
    for (fs::recursive_directory_iterator it(folder, failed), end; !failed && it != end;
         it.increment(failed)) {
        std::error_code gone;
        if (it->is_regular_file(gone) && it->path().extension() != ".part")
            found.push_back(it->path().lexically_relative(folder).generic_string());
    }
    std::ranges::sort(found);
    return found;
}

/// Sealed files are written before their rows: whoever copies them after the rows has every file of those
/// rows, unless it was erased in between, with or before its row.
Result<void> copy_files(fs::path const& from, fs::path const& to, BackupFacts& facts) {
    TRY(make_folder(to));
    for (auto const& name : files_below(from)) {
        std::error_code failed;
        fs::create_directories((to / name).parent_path(), failed);
        fs::copy_file(from / name, to / name, failed);
        if (failed == std::errc::no_such_file_or_directory) continue;
        if (failed) return not_written((to / name).string());
        ++facts.files;
        facts.bytes += static_cast<std::int64_t>(fs::file_size(to / name, failed));
    }
    return {};
}

/// Ids of the files that rows/ says belong to something and that files/ does not hold.
Result<std::vector<FileId>> files_not_there(fs::path const& folder) {
    std::ifstream in(folder / "rows/files_file.jsonl", std::ios::binary);
    std::string line;
    std::vector<FileId> missing;
    if (!std::getline(in, line)) return missing;
    auto const columns = TRY(read_json(line));
    std::map<std::string, std::size_t> places;
    if (columns.is_array())
        for (auto const& name : columns.get_array())
            if (name.is_string()) places.emplace(name.get_string(), places.size());
    if (!places.contains("id") || !places.contains("attached_to")) return damaged("rows/files_file.jsonl");
    while (std::getline(in, line)) {
        auto const row = TRY(read_json(line));
        if (!row.is_array() || row.get_array().size() < places.size())
            return damaged("rows/files_file.jsonl");
        auto const& cells = row.get_array();
        auto const& id = cells[places["id"]];
        if (cells[places["attached_to"]].is_null() || !id.is_string()) continue;
        FileId const file{std::string(id.get_string())};
        std::error_code failed;
        if (!fs::exists(folder / "files" / files::place_of(file), failed)) missing.push_back(file);
    }
    return missing;
}

/// Of those, the ones that still belong to something today: they were not erased, they are lost.
Result<std::vector<std::string>> lost_files(House& house, fs::path const& folder) {
    auto const gone = TRY(files_not_there(folder));
    std::vector<std::string> lost;
    auto reader = TRY(house.store().reader());
    for (auto const& id : gone) {
        auto file = house.files().file(*reader, id);
        if (file.ok() && !file->attached_to.empty()) lost.push_back(id.text);
    }
    return lost;
}

Json manifest_of(BackupFacts const& facts) {
    json::array migrations, missing;
    for (auto const& [module, name] : facts.copy.migrations) migrations.push_back(json::array{module, name});
    for (auto const& id : facts.missing) missing.emplace_back(id);
    json::object rows;
    for (auto const& [table, count] : facts.copy.rows) rows.emplace(table, count);
    return json::object{{"format", format},
                        {"program", facts.program},
                        {"made_at", to_text(facts.made_at)},
                        {"made_at_ms", facts.made_at.ms},
                        {"key_fingerprint", facts.copy.key_fingerprint},
                        {"audit", {{"sealed", facts.copy.audit_sealed}, {"head", facts.copy.audit_head}}},
                        {"files", {{"count", facts.files}, {"bytes", facts.bytes}, {"missing", missing}}},
                        {"migrations", migrations},
                        {"rows", rows}};
}

/// The manifest was compared with its checksum before, so a wrong shape is an unknown format rather than a
/// fault.
BackupFacts facts_of(json::object const& manifest) {
    BackupFacts facts;
    auto text = [](Json const& value) { return std::string(value.as_string()); };
    facts.program = text(manifest.at("program"));
    facts.made_at = Instant{manifest.at("made_at_ms").as_int64()};
    facts.copy.key_fingerprint = text(manifest.at("key_fingerprint"));
    facts.copy.audit_sealed = manifest.at("audit").at("sealed").as_int64();
    facts.copy.audit_head = text(manifest.at("audit").at("head"));
    facts.files = manifest.at("files").at("count").as_int64();
    facts.bytes = manifest.at("files").at("bytes").as_int64();
    for (auto const& id : manifest.at("files").at("missing").as_array()) facts.missing.push_back(text(id));
    for (auto const& pair : manifest.at("migrations").as_array())
        facts.copy.migrations.emplace_back(text(pair.at(0)), text(pair.at(1)));
    for (auto const& [table, count] : manifest.at("rows").as_object())
        facts.copy.rows[table] = count.as_int64();
    return facts;
}

Result<BackupFacts> read_manifest(fs::path const& folder) {
    std::ifstream in(folder / "manifest.json", std::ios::binary);
    Error const unknown{ErrorKind::invalid, "backup_is_unknown",
                        folder.string() + " 不是通办的备份，或出自更新的程序。"};
    if (!in) return unknown;
    auto value = read_json(std::string(std::istreambuf_iterator<char>(in), {}));
    if (!value.ok() || !value->is_object()) return unknown;
    auto const& manifest = value->get_object();
    if (auto const* kind = manifest.if_contains("format"); kind == nullptr || *kind != format) return unknown;
    try {
        return facts_of(manifest);
    } catch (std::exception const&) {
        return unknown;
    }
}

bool is_empty(fs::path const& folder) {
    std::error_code failed;
    return !fs::exists(folder, failed) || (fs::is_directory(folder, failed) && fs::is_empty(folder, failed));
}

/// What a data folder may hold before something is put into it: keys/ and nothing else.
bool holds_only_keys(fs::path const& folder) {
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
        if (it->path().filename() != "keys") return false;
    return true;
}

Result<void> fill(House& house, Clock const& clock, std::string const& part, BackupFacts& facts) {
    TRY(make_folder(part + "/rows"));
    facts.made_at = clock.now();
    facts.copy = TRY(house.store().copy_out(part + "/rows"));
    TRY(copy_files(house.store().data_directory() + "/files", part + "/files", facts));
    facts.missing = TRY(lost_files(house, part));
    TRY(write_file(part + "/README.txt", read_me));
    TRY(write_file(part + "/manifest.json", to_text(manifest_of(facts)) + "\n"));
    TRY(write_sums(part));
    return settle(part);
}

/// Takes back what a restore that failed has made, so that it can be tried again.
void clear_away(fs::path const& data) {
    std::error_code failed;
    for (auto const* name : {"files.part", "files", "tongban.db", "tongban.db-wal", "tongban.db-shm"})
        fs::remove_all(data / name, failed);
}

Result<void> take_in(std::string const& folder, HouseOptions const& options, Clock const& clock,
                     BackupFacts const& facts) {
    BackupFacts copied;
    TRY(copy_files(folder + "/files", options.data_directory + "/files.part", copied));
    auto house = TRY(House::build(options, clock));
    TRY(house->store().copy_in(folder + "/rows", facts.copy));
    std::error_code failed;
    fs::rename(options.data_directory + "/files.part", options.data_directory + "/files", failed);
    if (failed) return not_written(options.data_directory + "/files");
    return settle(options.data_directory);
}

}  // namespace

std::int64_t BackupFacts::rows() const {
    std::int64_t all = 0;
    for (auto const& [table, count] : copy.rows) all += count;
    return all;
}

Result<BackupFacts> back_up(House& house, Clock const& clock, std::string const& to) {
    auto target = fs::path(to).lexically_normal().string();
    while (target.size() > 1 && target.ends_with('/')) target.pop_back();
    if (!is_empty(target)) return not_empty(target);
    TRY(house.store().check_schema());
    auto part = target + ".part";
    std::error_code failed;
    fs::remove_all(part, failed);
    BackupFacts facts;
    facts.program = TONGBAN_VERSION;
    auto filled = fill(house, clock, part, facts);
    if (filled.ok()) {
        fs::rename(part, target, failed);
        if (failed) filled = not_written(target);
    }
    if (!filled.ok()) {
        fs::remove_all(part, failed);
        return filled.error();
    }
    TRY(settle(target));
    return facts;
}

Result<BackupFacts> verify_backup(std::string const& folder) {
    auto facts = TRY(read_manifest(folder));
    TRY(check_sums(folder));
    for (auto const& [table, count] : facts.copy.rows) {
        std::ifstream in(folder + "/rows/" + table + ".jsonl", std::ios::binary);
        auto lines = std::count(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>(), '\n');
        if (lines != count + 1) return damaged("rows/" + table + ".jsonl 的行数不符");
    }
    auto const missing = TRY(files_not_there(folder));
    for (auto const& id : missing)
        if (std::ranges::find(facts.missing, id.text) == facts.missing.end())
            return damaged("缺少文件 " + files::place_of(id));
    return facts;
}

Result<BackupFacts> restore(std::string const& folder, HouseOptions const& options, Clock const& clock) {
    auto facts = TRY(verify_backup(folder));
    if (!holds_only_keys(options.data_directory)) return not_empty(options.data_directory);
    std::error_code failed;
    for (auto const* key : {"master.key", "audit.key"})
        if (!fs::exists(options.data_directory + "/keys/" + key, failed))
            return Error{ErrorKind::unavailable, "keys_are_missing",
                         "备份里没有密钥。请先把当初的密钥放到 " + options.data_directory +
                             "/keys（权限 0600），再恢复。"};
    auto taken = take_in(folder, options, clock, facts);
    if (!taken.ok()) {
        clear_away(options.data_directory);
        return taken.error();
    }
    auto house = TRY(House::build(options, clock));
    TRY(house->store().migrate());
    TRY(house->store().check_schema());
    auto audit = TRY(house->store().verify_audit());
    if (audit.sealed != facts.copy.audit_sealed || audit.head != facts.copy.audit_head)
        return damaged("审计链的链尾与备份所记不同");
    return facts;
}

}  // namespace tongban::app
