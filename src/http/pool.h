// A fixed number of threads and a bounded queue: what does not fit is refused at once rather than kept
// waiting.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tongban::http {

class Pool {
public:
    Pool(int threads, std::size_t queue_most);
    ~Pool() { stop(); }
    /// False if the queue is full or the pool has stopped: the work will not be done.
    bool submit(std::function<void()> work);
    /// What is queued is still done.
    void stop();

private:
    void serve();
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    std::size_t queue_most_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tongban::http
