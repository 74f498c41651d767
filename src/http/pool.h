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
    /// Work that has come to wait for something without a thread, until it has ended.
    void goes_on_outside();
    void is_done_outside();
    /// More work is there than seats, queued, at work or outside, or it was within the last `lull`: in a
    /// crowd there are moments in which everybody has just been answered, and who is to wait until the crowd
    /// is over does not begin in one.
    [[nodiscard]] bool is_crowded();
    /// What is queued is still done, and what goes on outside is waited for.
    void stop();

private:
    struct Worker {
        std::thread thread{};
        std::condition_variable wake{};
        bool is_called = false;
    };

    void stand_up() override;
    void sit_down() override;
    void serve(Worker& me);
    void rest(Worker& me, std::unique_lock<std::mutex>& lock);
    Worker* call();             ///< who is to be woken, best without the lock
    Worker* call_for_a_seat();  ///< nobody where those called already will have all free seats
    static void wake(Worker* called);
    [[nodiscard]] bool is_more_than_seats() const;

    std::mutex mutex_;
    std::condition_variable none_outside_;
    std::deque<std::function<void()>> queue_;
    int const seats_;
    int free_seats_;  ///< below zero while more sit than there are seats
    int called_ = 0;  ///< not yet awake
    int outside_ = 0;
    std::size_t queue_most_;
    std::chrono::steady_clock::duration lull_;
    std::chrono::steady_clock::time_point crowded_until_;
    bool stopping_ = false;
    std::deque<Worker> workers_;
    /// The last one to lie down is called first: what it worked with is still near the processor.
    std::vector<Worker*> resting_;
};

}  // namespace tongban::http
