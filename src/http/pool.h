// Threads, fewer seats, and a bounded queue: what does not fit is refused at once rather than kept waiting.
// Whoever has a seat works; a thread that stands up (base/seats.h) lets another one work in its place.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/seats.h"

namespace tongban::http {

class Pool final : public Seats {
public:
    Pool(int threads, int seats, std::size_t queue_most,
         std::chrono::milliseconds lull = std::chrono::milliseconds{20});
    ~Pool() { stop(); }
    Pool(Pool const&) = delete;
    Pool& operator=(Pool const&) = delete;
    /// False if the queue is full or the pool has stopped: the work will not be done.
    bool submit(std::function<void()> work);
    /// Work waits for a seat, or did so within the last `lull`: in a crowd there are moments in which
    /// everybody has just been answered, and who is to wait until the crowd is over does not begin in one.
    [[nodiscard]] bool is_crowded();
    /// What is queued is still done.
    void stop();

private:
    void stand_up() override;
    void sit_down() override;
    void serve();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    int free_seats_;  ///< below zero while more sit than there are seats
    std::size_t queue_most_;
    std::chrono::steady_clock::duration lull_;
    std::chrono::steady_clock::time_point crowded_until_;  ///< kept while work is put where no seat is free
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tongban::http
