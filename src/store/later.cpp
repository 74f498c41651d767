// What is known of a commit, and who wants to know.
#include <condition_variable>
#include <mutex>

#include "base/seats.h"
#include "store/database.h"

namespace tongban::store {

struct Durability::State {
    std::mutex mutex{};
    std::condition_variable known{};
    std::optional<Result<void>> outcome{};
    std::exception_ptr bug{};
    std::vector<Told> waiting{};
};

Durability::Durability() : state_(std::make_shared<State>()) {}

Result<void> Durability::wait() const {
    std::unique_lock lock(state_->mutex);
    if (!state_->outcome) {
        OutOfSeat const others_go_on;
        state_->known.wait(lock, [&] { return state_->outcome.has_value(); });
    }
    if (state_->bug != nullptr) std::rethrow_exception(state_->bug);
    return *state_->outcome;
}

void Durability::tell(Told told) const {
    {
        std::lock_guard lock(state_->mutex);
        if (!state_->outcome) return state_->waiting.push_back(std::move(told));
    }
    told(*state_->outcome);
}

void Durability::settle(Result<void> outcome, std::exception_ptr bug) const {
    auto const state = state_;  // whoever waits may be gone with the last copy as soon as it knows
    std::vector<Told> waiting;
    {
        std::lock_guard lock(state->mutex);
        ensure(!state->outcome, "a commit ends once");
        state->outcome = std::move(outcome);
        state->bug = std::move(bug);
        waiting = std::move(state->waiting);
    }
    state->known.notify_all();
    for (auto const& told : waiting) told(*state->outcome);
}

}  // namespace tongban::store
