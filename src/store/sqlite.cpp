#include "store/sqlite.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tongban::store {

namespace {

/// Writes wait here until something must be known, as on PostgreSQL: the baton is held for SQL and for
/// nothing else, so that sealing and the making of rows go on side by side.
class SqliteTransaction final : public Session {
public:
    explicit SqliteTransaction(SqliteWriter& writer) : writer_(writer) {}
    ~SqliteTransaction() override {
        if (holds_) writer_.drop();
    }

    Result<Rows> read(Query const& query, std::vector<Value> const& parameters) override {
        TRY(flush());
        auto done = writer_.connection().run(query, parameters);
        if (!done.ok()) return fail(done.error());
        return std::move(done->rows);
    }

    void queue(Query const& query, std::vector<Value> parameters, std::int64_t expect,
               Error otherwise) override {
        if (failed_) return;
        waiting_.push_back({query, std::move(parameters), expect, std::move(otherwise)});
        if (waiting_.size() >= waiting_most) (void)flush();
    }

    Result<void> commit() override {
        ensure(!ended_, "a transaction ends once");
        ended_ = true;
        if (failed_) return *failed_;
        if (!holds_) return waiting_.empty() ? Result<void>{} : writer_.run(std::move(waiting_)).wait();
        TRY(flush());
        holds_ = false;
        return writer_.keep();
    }

    Durability commit_later() override {
        if (failed_ || holds_ || waiting_.empty()) return Session::commit_later();
        ended_ = true;
        return writer_.run(std::move(waiting_));
    }

    Result<void> run_script(std::string_view name, std::string_view text) override {
        TRY(flush());
        auto done = writer_.connection().run_script(name, text);
        if (!done.ok()) return fail(done.error());
        return {};
    }

    Result<void> prepare(Query const& query) override {
        TRY(flush());
        return writer_.connection().prepare(query);
    }

private:
    static constexpr std::size_t waiting_most = 64;

    /// Holds the baton from here on.
    Result<void> flush() {
        if (failed_) return *failed_;
        if (!holds_) {
            auto taken = writer_.take();
            if (!taken.ok()) return fail(taken.error());
            holds_ = true;
        }
        auto done = writer_.connection().run_all(std::exchange(waiting_, {}));
        if (!done.ok()) return fail(done.error());
        return {};
    }

    Error fail(Error error) {
        failed_ = std::move(error);
        return *failed_;
    }

    SqliteWriter& writer_;
    std::vector<SqliteWrite> waiting_;
    std::optional<Error> failed_;
    bool holds_ = false, ended_ = false;
};

using ReaderPool = Pool<SqliteConnection>;

class SqliteView final : public Session {
public:
    SqliteView(ReaderPool& pool, ReaderPool::Held held, Snapshot snapshot)
        : pool_(pool), held_(std::move(held)), begins_(snapshot == Snapshot::shared) {}
    ~SqliteView() override {
        if (held_->in_transaction()) (void)held_->control("ROLLBACK");
        pool_.give_back(std::move(held_));
    }
    Result<Rows> read(Query const& query, std::vector<Value> const& parameters) override {
        if (begins_ && !held_->in_transaction()) TRY(held_->control("BEGIN"));
        begins_ = true;  // to open one view for several questions costs less than one for each
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
    bool begins_;  ///< with the next question, if it has not
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
        return std::unique_ptr<Session>(std::make_unique<SqliteTransaction>(writer_));
    }
    Result<std::unique_ptr<Session>> view(Snapshot snapshot) override {
        auto held = TRY(readers_.take());
        return std::unique_ptr<Session>(std::make_unique<SqliteView>(readers_, std::move(held), snapshot));
    }
    [[nodiscard]] bool is_crowded() override { return writer_.somebody_waits() || readers_.somebody_waits(); }
    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    [[nodiscard]] bool is_new() const override { return is_new_; }

private:
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
