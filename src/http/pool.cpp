#include "http/pool.h"

#include "base/base.h"

namespace tongban::http {

Pool::Pool(int threads, int seats, std::size_t queue_most, std::chrono::milliseconds lull)
    : free_seats_(seats), queue_most_(queue_most), lull_(lull) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
}

bool Pool::submit(std::function<void()> work) {
    {
        std::lock_guard lock(mutex_);
        if (stopping_ || queue_.size() >= queue_most_) return false;
        queue_.push_back(std::move(work));
        if (free_seats_ <= 0) {  // whoever ends its work takes the next
            crowded_until_ = std::chrono::steady_clock::now() + lull_;
            return true;
        }
    }
    wake_.notify_one();
    return true;
}

bool Pool::is_crowded() {
    std::lock_guard lock(mutex_);
    return !queue_.empty() || std::chrono::steady_clock::now() < crowded_until_;
}

void Pool::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        wake_.notify_all();
    }
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void Pool::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return queue_.empty() ? stopping_ : free_seats_ > 0; });
        if (queue_.empty()) return;
        --free_seats_;
        auto work = std::move(queue_.front());
        queue_.pop_front();
        if (stopping_ && queue_.empty()) wake_.notify_all();
        lock.unlock();
        {
            Seated const seated(*this);
            work();
        }
        work = nullptr;
        lock.lock();
        ++free_seats_;
    }
}

void Pool::stand_up() {
    {
        std::lock_guard lock(mutex_);
        if (++free_seats_ <= 0 || queue_.empty()) return;
    }
    wake_.notify_one();
}

void Pool::sit_down() {
    std::lock_guard lock(mutex_);
    --free_seats_;
}

}  // namespace tongban::http
