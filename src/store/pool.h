// Connections shared by threads: whoever waits longest gets the next one.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "store/database.h"

namespace tongban::store {

template <class Connection>
class Pool {
public:
    using Held = std::unique_ptr<Connection>;
    using Maker = std::function<Result<Held>()>;
    Pool(std::size_t most, Maker make) : most_(most), make_(std::move(make)) {}

    /// An idle connection that still answers, else a new one, else waits.
    Result<Held> take() {
        auto place = TRY(take_place());
        if (place.held && place.held->is_alive()) return std::move(place.held);  // it may have to ask
        place.held.reset();
        auto made = make_();
        if (!made.ok()) free_up({});
        return made;
    }

    void give_back(Held held) {
        if (!held->may_be_kept()) held.reset();
        free_up({std::move(held)});
    }

    [[nodiscard]] bool somebody_waits() {
        std::lock_guard lock(mutex_);
        return !waiting_.empty();
    }

private:
    /// The right to one of `most_` connections; none is made for it yet where it holds none.
    struct Place {
        Held held{};
    };
    /// On the stack of the thread that waits; touched under the mutex. Each is woken by itself: with dozens
    /// of threads on a few connections, waking all for each of them costs more than what they ask.
    struct Waiter {
        std::condition_variable turn;
        std::optional<Place> place{};
    };

    Result<Place> take_place() {
        std::unique_lock lock(mutex_);
        if (!idle_.empty()) {
            auto place = std::move(idle_.back());
            idle_.pop_back();
            return place;
        }
        if (used_ < most_) {
            ++used_;
            return Place{};
        }
        Waiter me;
        waiting_.push_back(&me);
        if (!me.turn.wait_for(lock, patience, [&] { return me.place.has_value(); })) {
            std::erase(waiting_, &me);
            return failure::is_busy();
        }
        return std::move(*me.place);
    }

    void free_up(Place place) {
        std::lock_guard lock(mutex_);
        if (waiting_.empty()) {
            if (place.held)
                idle_.push_back(std::move(place));
            else
                --used_;
            return;
        }
        auto* next = waiting_.front();
        waiting_.pop_front();
        next->place = std::move(place);
        next->turn.notify_one();
    }

    static constexpr std::chrono::seconds patience{10};
    std::size_t const most_;
    Maker make_;
    std::mutex mutex_;
    std::vector<Place> idle_;  ///< while there are some, nobody waits
    std::deque<Waiter*> waiting_;
    std::size_t used_ = 0;  ///< places given out, and idle ones
};

}  // namespace tongban::store
