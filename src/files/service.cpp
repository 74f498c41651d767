#include <algorithm>

#include "files/decide.h"
#include "files/sql.h"
#include "files/state.h"

namespace tongban::files {

namespace {
constexpr std::string_view name_place = "files_file.name_sealed";
constexpr std::string_view erase_job = "files.erase";
constexpr auto erase_every = std::chrono::hours{1};
constexpr auto stray_after = std::chrono::hours{24};

Error unknown() {
    return {ErrorKind::not_found, "file_is_unknown", "没有找到这个文件，它可能已经删除，请重新上传。"};
}

Result<File> read_row(store::Sealer const& sealer, store::Row const& row) {
    File file;
    file.id = row.id<FileId>("id");
    file.name = TRY(sealer.open_sealed(name_place, file.id.text, row.bytes("name_sealed")));
    file.kind = row.text("kind");
    file.size = row.integer("size");
    file.pages = static_cast<int>(row.integer("pages"));
    file.width = static_cast<int>(row.integer("width"));
    file.height = static_cast<int>(row.integer("height"));
    file.sha256 = row.text("sha256");
    file.owner = row.text("owner");
    file.attached_to = row.text("attached_to");
    return file;
}

/// A loose file past its time counts as gone, even if the job has not come by yet.
bool is_due_for_erasure(store::Row const& row, Instant now) {
    auto at = row.maybe_instant("erase_at");
    return at && *at <= now;
}
}  // namespace

Result<File> Files::State::read_file(store::Reader& reader, FileId const& id) const {
    auto found = TRY(reader.maybe_one(sql::file, id));
    if (!found || is_due_for_erasure((*found)[0], clock_.now())) return unknown();
    return read_row(store_.sealer(), (*found)[0]);
}

Result<File> Files::State::own_file(store::Reader& reader, Actor const& by, FileId const& id) const {
    auto file = TRY(read_file(reader, id));
    if (file.owner != by.text()) return unknown();
    return file;
}

void Files::State::add_row(store::Tx& tx, File const& file, std::optional<Instant> erase_at) const {
    std::optional<std::string> aggregate;
    if (!file.attached_to.empty()) aggregate = file.attached_to;
    tx.write(sql::add_file, file.id, store_.sealer().seal(name_place, file.id.text, file.name), file.kind,
             file.size, file.pages, file.width, file.height, file.sha256, file.owner, aggregate, clock_.now(),
             erase_at);
}

Result<File> Files::State::upload(Actor const& by, http::Upload const& upload) {
    auto checked = TRY(checker_.check(upload.file_name, upload.bytes));
    File file{FileId{make_id(clock_.now())},
              clean_name(upload.file_name, checked.kind),
              checked.kind,
              static_cast<std::int64_t>(checked.bytes.size()),
              checked.pages,
              checked.width,
              checked.height,
              sha256_hex(checked.bytes),
              by.text(),
              ""};
    TRY(vault_.put(file.id, checked.bytes));
    auto tx = TRY(store_.begin());
    add_row(*tx, file, clock_.now() + loose_for);
    tx->audit({by.text(), "files.upload", file.id.text, {{"kind", file.kind}, {"size", file.size}}});
    TRY(tx->commit());
    return file;
}

Result<void> Files::State::drop(Actor const& by, FileId const& id) {
    auto tx = TRY(store_.begin());
    auto file = TRY(own_file(*tx, by, id));
    auto attached = Error{ErrorKind::conflict, "file_is_attached", "这个文件已经交进办件，不能再删除。"};
    if (!file.attached_to.empty()) return attached;
    tx->write_expecting(1, attached, sql::drop_loose_file, id);
    tx->audit({by.text(), "files.drop", id.text, {}});
    TRY(tx->commit());
    vault_.erase(id);
    return {};
}

Result<void> Files::State::erase_loose(store::Tx& tx) const {
    auto now = clock_.now();
    auto due = TRY(tx.rows(sql::files_to_erase, now));
    for (auto const& row : due) {
        // The row goes first: if this is rolled back, a row without bytes remains that nobody can attach any
        // more.
        auto erased = TRY(tx.rows(sql::erase_file, row.text("id"), now));
        if (!erased.empty()) vault_.erase(FileId{row.text("id")});
    }
    // One folder an hour: all 256 in eleven days.
    auto folder = static_cast<unsigned>(now.ms / std::chrono::milliseconds(erase_every).count() % 256);
    vault_.sweep(folder, now - stray_after, [&](FileId const& id) {
        auto found = tx.rows(sql::file_exists, id);
        return !found.ok() || !found->empty();
    });
    auto next = due.size() < 500 ? now + erase_every : now;
    tx.plan(erase_job, "all", next);
    return {};
}

Files::Files(store::Store& store, Clock const& clock, std::string check_program)
    : state_(std::make_unique<State>(store, clock, std::move(check_program))) {}
Files::~Files() = default;

void Files::jobs(store::Jobs& jobs) {
    jobs.add(std::string(erase_job), [this](store::Tx& tx, std::string const&, json::object const&, Instant) {
        return state_->erase_loose(tx);
    });
}

Result<void> Files::start() {
    auto tx = TRY(state_->store_.begin());
    tx->plan(erase_job, "all", state_->clock_.now() + erase_every);
    return tx->commit();
}

Result<File> Files::put_bytes(std::string_view name, std::string_view kind, int pages,
                              std::string_view bytes) {
    File file{FileId{make_id(state_->clock_.now())},
              clean_name(name, kind),
              std::string(kind),
              static_cast<std::int64_t>(bytes.size()),
              pages,
              0,
              0,
              sha256_hex(bytes),
              "made",
              ""};
    TRY(state_->vault_.put(file.id, bytes));
    return file;
}

void Files::attach_made(store::Tx& tx, File const& file, std::string_view aggregate) {
    auto attached = file;
    attached.attached_to = aggregate;
    state_->add_row(tx, attached, std::nullopt);
}

Result<std::vector<File>> Files::attach(store::Tx& tx, Actor const& by, std::vector<FileId> const& ids,
                                        std::string_view aggregate) {
    std::vector<File> files;
    auto now = state_->clock_.now();
    for (auto const& id : ids) {
        auto file = TRY(state_->read_file(tx, id));
        auto here = file.attached_to == aggregate;
        if (!here && (!file.attached_to.empty() || file.owner != by.text())) return unknown();
        tx.write_expecting(1, unknown(), sql::attach_file, id, aggregate, now);
        file.attached_to = aggregate;
        files.push_back(std::move(file));
    }
    return files;
}

Result<std::vector<File>> Files::look(store::Reader& reader, Actor const& by,
                                      std::vector<FileId> const& ids) const {
    std::vector<File> files;
    for (auto const& id : ids) files.push_back(TRY(state_->own_file(reader, by, id)));
    return files;
}

void Files::foresee_of(store::Reader& reader, std::string_view aggregate) const {
    reader.foresee(sql::files_of, aggregate);
}

Result<std::vector<File>> Files::of(store::Reader& reader, std::string_view aggregate) const {
    auto rows = TRY(reader.rows(sql::files_of, aggregate));
    std::vector<File> files;
    for (auto const& row : rows) files.push_back(TRY(read_row(state_->store_.sealer(), row)));
    return files;
}

Result<File> Files::file(store::Reader& reader, FileId const& id) const {
    return state_->read_file(reader, id);
}

Result<std::vector<File>> Files::newest(store::Reader& reader) const {
    auto rows = TRY(reader.rows(sql::newest_files));
    std::vector<File> files;
    for (auto const& row : rows) files.push_back(TRY(read_row(state_->store_.sealer(), row)));
    return files;
}

Result<Bytes> Files::bytes(File const& file) const {
    return state_->vault_.get(file.id);
}

void Files::detach_all(store::Tx& tx, std::string_view aggregate) {
    auto now = state_->clock_.now();
    tx.write(sql::detach_files, aggregate, now);
    tx.plan(erase_job, "all", now);
}

Result<void> Files::keep_only(store::Tx& tx, std::string_view aggregate, std::vector<FileId> const& keep) {
    auto attached = TRY(of(tx, aggregate));
    for (auto const& file : attached) {
        if (std::find(keep.begin(), keep.end(), file.id) != keep.end()) continue;
        // A day for second thoughts; the hourly job erases.
        tx.write(sql::detach_file, file.id, aggregate, state_->clock_.now() + std::chrono::hours{24});
    }
    return {};
}

}  // namespace tongban::files
