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
        std::unique_lock lock(mutex_);
        auto const ticket = next_ticket_++;
        waiting_.push_back(ticket);
        auto const mine = [&] { return waiting_.front() == ticket && (!idle_.empty() || made_ < most_); };
        auto const got = free_.wait_for(lock, patience, mine);
        std::erase(waiting_, ticket);
        free_.notify_all();
        if (!got) return failure::is_busy();
        while (!idle_.empty()) {
            auto held = std::move(idle_.back());
            idle_.pop_back();
            lock.unlock();  // a connection may have to ask
            if (held->is_alive()) return held;
            held.reset();
            lock.lock();
            --made_;
        }
        ++made_;
        lock.unlock();
        auto made = make_();
        if (!made.ok()) lost();
        return made;
    }

    void give_back(Held held) {
        if (!held->may_be_kept()) {
            held.reset();
            return lost();
        }
        std::lock_guard lock(mutex_);
        idle_.push_back(std::move(held));
        free_.notify_all();
    }

private:
    void lost() {
        std::lock_guard lock(mutex_);
        --made_;
        free_.notify_all();
    }

    static constexpr std::chrono::seconds patience{10};
    std::size_t const most_;
    Maker make_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<Held> idle_;
    std::deque<std::uint64_t> waiting_;
    std::uint64_t next_ticket_ = 0;
    std::size_t made_ = 0;
};

}  // namespace tongban::store
