#include "http/pool.h"

#include "base/base.h"

namespace tongban::http {

Pool::Pool(int threads, int seats, std::size_t queue_most, std::chrono::milliseconds lull)
    : seats_(seats), free_seats_(seats), queue_most_(queue_most), lull_(lull) {
    for (int i = 0; i < threads; ++i) {
        auto& worker = workers_.emplace_back();
        worker.thread = std::thread([this, &worker] { serve(worker); });
    }
}

bool Pool::submit(std::function<void()> work) {
    Worker* called = nullptr;
    {
        std::lock_guard lock(mutex_);
        if (stopping_ || queue_.size() >= queue_most_) return false;
        queue_.push_back(std::move(work));
        if (is_more_than_seats()) crowded_until_ = std::chrono::steady_clock::now() + lull_;
        called = call_for_a_seat();  // otherwise whoever ends its work takes the next
    }
    wake(called);
    return true;
}

void Pool::goes_on_outside() {
    std::lock_guard lock(mutex_);
    ++outside_;
}

void Pool::is_done_outside() {
    std::lock_guard lock(mutex_);
    if (--outside_ == 0) none_outside_.notify_all();
}

bool Pool::is_more_than_seats() const {
    auto const at_work = seats_ - free_seats_;
    return static_cast<int>(queue_.size()) + at_work + outside_ > seats_;
}

bool Pool::is_crowded() {
    std::lock_guard lock(mutex_);
    return is_more_than_seats() || std::chrono::steady_clock::now() < crowded_until_;
}

void Pool::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        wake(call());
    }
    for (auto& worker : workers_) {
        if (worker.thread.joinable()) worker.thread.join();
    }
    std::unique_lock lock(mutex_);
    none_outside_.wait(lock, [this] { return outside_ == 0; });
}

void Pool::serve(Worker& me) {
    std::unique_lock lock(mutex_);
    for (;;) {
        while (queue_.empty() ? !stopping_ : free_seats_ <= 0) rest(me, lock);
        if (queue_.empty()) {  // it is over, and each tells the next
            wake(call());
            return;
        }
        --free_seats_;
        auto work = std::move(queue_.front());
        queue_.pop_front();
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

void Pool::rest(Worker& me, std::unique_lock<std::mutex>& lock) {
    me.is_called = false;
    resting_.push_back(&me);
    me.wake.wait(lock, [&me] { return me.is_called; });
    --called_;
}

Pool::Worker* Pool::call() {
    if (resting_.empty()) return nullptr;
    auto* worker = resting_.back();
    resting_.pop_back();
    worker->is_called = true;
    ++called_;
    return worker;
}

Pool::Worker* Pool::call_for_a_seat() {
    return free_seats_ > called_ ? call() : nullptr;
}

void Pool::wake(Worker* called) {
    if (called != nullptr) called->wake.notify_one();
}

void Pool::stand_up() {
    Worker* called = nullptr;
    {
        std::lock_guard lock(mutex_);
        ++free_seats_;
        if (!queue_.empty()) called = call_for_a_seat();
    }
    wake(called);
}

void Pool::sit_down() {
    std::lock_guard lock(mutex_);
    --free_seats_;
}

}  // namespace tongban::http
