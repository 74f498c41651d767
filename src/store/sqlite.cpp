#include "store/sqlite.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tongban::store {

namespace {
// A batch closes when it is this large or this old, so that nobody waits long for a stream of others.
constexpr int batch_most = 64;
constexpr std::chrono::milliseconds batch_oldest{10};
constexpr std::chrono::seconds baton_patience{30};
}  // namespace

struct SqliteWriter::Batch {
    std::mutex mutex;
    std::condition_variable settled;
    std::optional<Result<void>> outcome;
    int taken = 0;  ///< savepoints opened in it
    int kept = 0;   ///< savepoints that wait for its COMMIT
    std::chrono::steady_clock::time_point opened = std::chrono::steady_clock::now();
};

struct SqliteWriter::Waiter {
    std::condition_variable turn;
    bool has_baton = false;
};

Result<void> SqliteWriter::wait_for_baton() {
    std::unique_lock lock(mutex_);
    if (!held_) {
        held_ = true;
        return {};
    }
    Waiter me;
    waiting_.push_back(&me);
    if (me.turn.wait_for(lock, baton_patience, [&] { return me.has_baton; })) return {};
    std::erase(waiting_, &me);
    return failure::is_busy();
}

void SqliteWriter::pass_on() {
    std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
        held_ = false;
        return;
    }
    hand_over();
}

void SqliteWriter::hand_over() {
    auto* next = waiting_.front();
    waiting_.pop_front();
    next->has_baton = true;
    next->turn.notify_one();
}

Result<void> SqliteWriter::open_batch() {
    TRY(connection_->control("BEGIN IMMEDIATE"));
    batch_ = std::make_shared<Batch>();
    return {};
}

Result<void> SqliteWriter::take() {
    TRY(wait_for_baton());
    auto opened = batch_ == nullptr ? open_batch() : Result<void>{};
    if (opened.ok()) {
        ++batch_->taken;
        opened = connection_->control("SAVEPOINT one");
    }
    if (opened.ok()) return {};
    note_damage();
    if (batch_ != nullptr) commit_batch();
    pass_on();
    return opened;
}

void SqliteWriter::settle(Result<void> const& outcome) {
    std::lock_guard lock(batch_->mutex);
    batch_->outcome = outcome;
    batch_->settled.notify_all();
}

void SqliteWriter::commit_batch() {
    auto done = connection_->control("COMMIT");
    if (!done.ok()) {
        log(LogLevel::error, "batch_was_lost", {{"transactions", std::to_string(batch_->kept)}});
        if (connection_->in_transaction()) (void)connection_->control("ROLLBACK");
    }
    settle(done);
    batch_.reset();
}

void SqliteWriter::note_damage() {
    // SQLite rolls everything back by itself on some errors: then the whole batch is lost, not one
    // transaction.
    if (batch_ == nullptr || connection_->in_transaction()) return;
    settle(failure::does_not_answer());
    batch_.reset();
}

bool SqliteWriter::pass_on_open() {
    if (batch_->taken >= batch_most || std::chrono::steady_clock::now() - batch_->opened > batch_oldest)
        return false;
    // Looked at and handed over under one lock: a waiter that gives up in between would leave the batch to
    // nobody.
    std::lock_guard lock(mutex_);
    if (waiting_.empty()) return false;
    hand_over();
    return true;
}

Result<void> SqliteWriter::keep() {
    auto batch = batch_;
    if (batch == nullptr) {
        pass_on();
        return failure::does_not_answer();
    }
    auto released = connection_->control("RELEASE one");
    if (!released.ok()) {
        drop();
        return released;
    }
    ++batch->kept;
    end_turn();
    std::unique_lock lock(batch->mutex);
    batch->settled.wait(lock, [&] { return batch->outcome.has_value(); });
    return *batch->outcome;
}

void SqliteWriter::drop() {
    note_damage();
    if (batch_ != nullptr) {
        auto undone = connection_->control("ROLLBACK TO one");
        if (undone.ok()) undone = connection_->control("RELEASE one");
        if (!undone.ok()) {
            (void)connection_->control("ROLLBACK");
            note_damage();
        }
    }
    end_turn();
}

void SqliteWriter::end_turn() {
    if (batch_ != nullptr && pass_on_open()) return;
    if (batch_ != nullptr) commit_batch();
    pass_on();
}

namespace {

/// A transaction: holds the baton. Writes run at once; that they are "queued" shows only in when an error
/// surfaces.
class SqliteTransaction final : public Session {
public:
    explicit SqliteTransaction(SqliteWriter& writer) : writer_(writer) {}
    ~SqliteTransaction() override {
        if (!ended_) writer_.drop();
    }

    Result<Rows> read(Query const& query, std::vector<Value> const& parameters) override {
        if (failed_) return *failed_;
        auto done = writer_.connection().run(query, parameters);
        if (!done.ok()) return fail(done.error());
        return std::move(done->rows);
    }

    void queue(Query const& query, std::vector<Value> parameters, std::int64_t expect,
               Error otherwise) override {
        if (failed_) return;
        auto done = writer_.connection().run(query, parameters);
        if (!done.ok())
            (void)fail(done.error());
        else if (expect >= 0 && done->touched != expect)
            (void)fail(std::move(otherwise));
    }

    Result<void> commit() override {
        ensure(!ended_, "a transaction ends once");
        if (failed_) return *failed_;
        ended_ = true;
        return writer_.keep();
    }

    Result<void> run_script(std::string_view name, std::string_view text) override {
        if (failed_) return *failed_;
        auto done = writer_.connection().run_script(name, text);
        if (!done.ok()) return fail(done.error());
        return {};
    }

    Result<void> prepare(Query const& query) override { return writer_.connection().prepare(query); }

private:
    Error fail(Error error) {
        failed_ = std::move(error);
        return *failed_;
    }

    SqliteWriter& writer_;
    std::optional<Error> failed_;
    bool ended_ = false;
};

using ReaderPool = Pool<SqliteConnection>;

/// One snapshot: what other transactions commit meanwhile is not seen.
class SqliteView final : public Session {
public:
    SqliteView(ReaderPool& pool, ReaderPool::Held held) : pool_(pool), held_(std::move(held)) {}
    ~SqliteView() override {
        if (held_->in_transaction()) (void)held_->control("ROLLBACK");
        pool_.give_back(std::move(held_));
    }
    Result<Rows> read(Query const& query, std::vector<Value> const& parameters) override {
        auto done = held_->run(query, parameters);
        if (!done.ok()) return done.error();
        return std::move(done->rows);
    }
    void queue(Query const& query, std::vector<Value>, std::int64_t, Error) override {
        ensure(false, (std::string(query.name) + ": a reader does not write").c_str());
    }
    Result<void> commit() override { return {}; }
    Result<void> run_script(std::string_view name, std::string_view) override {
        return failure::query_failed(name);
    }
    Result<void> prepare(Query const& query) override { return held_->prepare(query); }

private:
    ReaderPool& pool_;
    ReaderPool::Held held_;
};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(std::string file, std::unique_ptr<SqliteConnection> writer, int readers, bool is_new)
        : writer_(std::move(writer)),
          readers_(
              static_cast<std::size_t>(std::max(readers, 1)),
              [file = std::move(file)] { return SqliteConnection::open(file, SqliteConnection::Use::read); }),
          is_new_(is_new) {}

    Result<std::unique_ptr<Session>> begin() override {
        TRY(writer_.take());
        return std::unique_ptr<Session>(std::make_unique<SqliteTransaction>(writer_));
    }
    Result<std::unique_ptr<Session>> view() override {
        auto held = TRY(readers_.take());
        auto view = std::make_unique<SqliteView>(readers_, std::move(held));
        TRY(view->read(begin_view, {}));
        return std::unique_ptr<Session>(std::move(view));
    }
    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    [[nodiscard]] bool is_new() const override { return is_new_; }

private:
    static constexpr Query begin_view{"begin", "BEGIN", "BEGIN"};
    SqliteWriter writer_;
    ReaderPool readers_;
    bool is_new_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(std::string const& directory, int readers) {
    auto file = directory + "/tongban.db";
    struct stat about {};
    auto is_there = ::stat(file.c_str(), &about) == 0;
    auto is_new = !is_there || about.st_size == 0;
    if (!is_there) {
        // Made here and not by SQLite, so that nobody else can read it; the WAL takes over these rights.
        // Never for a file that exists: closing it would drop the locks of this process's other connections.
        auto made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (made < 0) return failure::cannot_be_opened("无法在数据目录中新建 tongban.db");
        ::close(made);
    }
    auto writer = TRY(SqliteConnection::open(file, SqliteConnection::Use::write));
    return std::unique_ptr<Database>(
        std::make_unique<SqliteDatabase>(std::move(file), std::move(writer), readers, is_new));
}

}  // namespace tongban::store
