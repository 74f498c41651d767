#include "store/postgres.h"

#include <algorithm>

#include "store/postgres_writer.h"

namespace tongban::store {

namespace {
// A pipeline is sent when it grows beyond this, so that neither side fills the other's buffers.
constexpr std::size_t steps_most = 64;
constexpr std::size_t bytes_most = 1 << 20;

std::size_t size_of(std::vector<Value> const& parameters) {
    std::size_t size = 0;
    for (auto const& value : parameters) {
        if (auto const* text = std::get_if<std::string>(&value)) size += text->size();
        if (auto const* blob = std::get_if<Blob>(&value)) size += blob->bytes.size();
    }
    return size;
}

/// Writes wait here until something must be known: then BEGIN, the writes and the question go in one
/// pipeline.
class PostgresSession final : public Session {
public:
    /// Without an opening each pipeline is a transaction of its own.
    PostgresSession(PostgresPool& pool, PostgresWriter& writer, PostgresStep const* opening)
        : pool_(pool), writer_(writer), opening_(opening) {}

    Result<Rows> read(Query const& query, std::vector<Value> const& parameters) override {
        if (failed_) return *failed_;
        auto known = found_in_foreseen(query, parameters);
        std::optional<Rows> answer;
        if (known != foreseen_.end()) {
            answer = std::move(known->answer);
            foreseen_.erase(known);
        }
        if (answer) return std::move(*answer);
        waiting_.push_back({query, parameters});
        return ask();
    }

    void foresee(Query const& query, std::vector<Value> parameters) override {
        if (found_in_foreseen(query, parameters) == foreseen_.end())
            foreseen_.push_back({{query, std::move(parameters)}, {}});
    }
    [[nodiscard]] bool is_far() const override { return true; }

    void queue(Query const& query, std::vector<Value> parameters, std::int64_t expect,
               Error otherwise) override {
        if (failed_) return;
        foreseen_.clear();
        bytes_ += size_of(parameters);
        PostgresStep step{query, std::move(parameters)};
        if (expect >= 0) {
            step.guarded = guarded_for(expect, query);
            step.otherwise = std::move(otherwise);
        }
        waiting_.push_back(std::move(step));
        if (waiting_.size() >= steps_most || bytes_ >= bytes_most) (void)flush();
    }

    Result<void> commit() override {
        if (failed_) return *failed_;
        // Nothing was asked or sent so far: the whole transaction is a list.
        if (!held_)
            return waiting_.empty() ? Result<void>{} : writer_.run(std::exchange(waiting_, {})).wait();
        waiting_.push_back(commit_step);
        auto done = flush();
        if (done.ok()) return {};
        return (*held_)->is_outcome_unknown() ? failure::outcome_is_unknown() : done.error();
    }

    Durability commit_later() override {
        if (failed_ || held_ || waiting_.empty()) return Session::commit_later();
        return writer_.run(std::exchange(waiting_, {}));
    }

    Result<void> run_script(std::string_view name, std::string_view text) override {
        TRY(flush());
        auto done = (*held_)->run_script(name, text);
        if (!done.ok()) failed_ = done.error();
        return done;
    }

    Result<void> prepare(Query const& query) override {
        PostgresStep step;
        step.query = query;
        TRY(borrow());
        return (*held_)->prepare({&step});
    }

private:
    /// Answers once there are some, until they are asked for.
    struct Foreseen {
        PostgresStep step;
        std::optional<Rows> answer;
    };

    std::vector<Foreseen>::iterator found_in_foreseen(Query const& query,
                                                      std::vector<Value> const& parameters) {
        return std::ranges::find_if(foreseen_, [&](Foreseen const& one) {
            return one.step.query.postgres == query.postgres && one.step.parameters == parameters;
        });
    }

    /// Sends what waits, whose last step is the question, and what is foreseen behind it.
    Result<Rows> ask() {
        auto question = waiting_.size() - 1;
        for (auto const& one : foreseen_)
            if (!one.answer) waiting_.push_back(one.step);
        auto answers = TRY(flush());
        auto next = question;
        for (auto& one : foreseen_)
            if (!one.answer) one.answer = std::move(answers[++next]);
        return std::move(answers[question]);
    }

    Result<void> borrow() {
        if (held_) return {};
        auto taken = BorrowedConnection::take(pool_);
        if (!taken.ok()) return failed_.emplace(taken.error());
        held_.emplace(std::move(taken).value());
        return {};
    }

    Result<std::vector<Rows>> flush() {
        if (failed_) return *failed_;
        auto const waiting = std::exchange(waiting_, {});
        bytes_ = 0;
        PostgresSteps steps;
        if (opening_ != nullptr) steps.push_back(opening_);
        for (auto const& step : waiting) steps.push_back(&step);
        if (steps.empty()) return std::vector<Rows>{};
        TRY(borrow());
        // Should run() throw for a bug, BEGIN may be among the lost steps: nothing more may be sent.
        failed_ = failure::query_failed(steps.back()->query.name);
        auto done = (*held_)->run(steps);
        if (!done.ok()) return failed_.emplace(done.error());
        failed_.reset();
        if (std::exchange(opening_, nullptr) != nullptr) done->erase(done->begin());
        return done;
    }

    PostgresPool& pool_;
    PostgresWriter& writer_;
    PostgresStep const* opening_;             ///< until it is sent
    std::optional<BorrowedConnection> held_;  ///< from the first thing sent
    std::vector<PostgresStep> waiting_;
    std::vector<Foreseen> foreseen_;
    std::size_t bytes_ = 0;
    std::optional<Error> failed_;
};

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(std::string url, int connections)
        : pool_(static_cast<std::size_t>(std::max(connections, 2)),
                [url = std::move(url)] { return PostgresConnection::open(url); }) {}

    Result<std::unique_ptr<Session>> begin() override { return session(&begin_step); }
    Result<std::unique_ptr<Session>> view(Snapshot snapshot) override {
        return session(snapshot == Snapshot::none ? nullptr : &begin_view_step);
    }
    [[nodiscard]] bool is_crowded() override { return pool_.somebody_waits() || writer_.somebody_waits(); }
    [[nodiscard]] Dialect dialect() const override { return Dialect::postgres; }
    [[nodiscard]] bool is_new() const override { return false; }

private:
    Result<std::unique_ptr<Session>> session(PostgresStep const* opening) {
        return std::unique_ptr<Session>(std::make_unique<PostgresSession>(pool_, writer_, opening));
    }

    PostgresPool pool_;
    PostgresWriter writer_{pool_};
};
}  // namespace

Result<std::unique_ptr<Database>> open_postgres(std::string const& url, int connections) {
    TRY(PostgresConnection::open(url));
    return std::unique_ptr<Database>(std::make_unique<PostgresDatabase>(url, connections));
}

}  // namespace tongban::store
