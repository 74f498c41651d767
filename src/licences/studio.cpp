#include "licences/studio.h"

#include <pthread.h>
#include <sched.h>

namespace tongban::licences {

namespace {
/// As many as the two threads of the store that order letters and licences: each waits for what it ordered.
constexpr int hands = 2;

/// People wait for answers, papers can wait for people: drawing takes what is left of a busy machine, and
/// gives way at once. No lock of the database is held meanwhile. Where that is refused it draws at the usual
/// pace.
void take_what_is_left() {
    sched_param const none{};
    (void)sched_setscheduler(0, SCHED_IDLE, &none);
    pthread_setname_np(pthread_self(), "studio");
}
}  // namespace

Studio::Studio(std::string fonts_directory) : fonts_directory_(std::move(fonts_directory)) {
    for (int i = 0; i < hands; ++i) threads_.emplace_back([this] { draw(); });
}

Studio::~Studio() {
    close();
}

void Studio::close() {
    {
        std::scoped_lock lock(mutex_);
        closing_ = true;
        waiting_.clear();
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

Result<void> Studio::open(Desk& desk) const {
    if (desk.renderer) return {};
    desk.fonts.emplace(TRY(sign::Fonts::open(fonts_directory_)));
    desk.renderer.emplace(TRY(sign::Renderer::open(*desk.fonts)));
    return {};
}

std::future<Result<Bytes>> Studio::queue(Turn turn, Work work) {
    Task task([this, work = std::move(work)](Desk& desk) -> Result<Bytes> {
        auto opened = open(desk);
        if (opened.ok()) return work(*desk.renderer);
        log(LogLevel::error, "renderer_does_not_open", {{"code", opened.error().code}});
        return opened.error();
    });
    auto answer = task.get_future();
    std::scoped_lock lock(mutex_);
    if (closing_) return answer;  // the task goes, and with it the promise
    waiting_.insert(turn == Turn::first ? waiting_.begin() : waiting_.end(), std::move(task));
    changed_.notify_one();
    return answer;
}

Result<Bytes> Studio::run(Turn turn, Work work) {
    try {
        return queue(turn, std::move(work)).get();
    } catch (std::future_error const&) {
        return Error{ErrorKind::unavailable, "renderer_is_closing", "程序正在停止，稍后会自动再试。"};
    }
}

void Studio::warm_up() {
    queue(Turn::last, [](sign::Renderer&) -> Result<Bytes> {
        log(LogLevel::info, "renderer_is_ready");
        return Bytes{};
    });
}

void Studio::draw() {
    take_what_is_left();
    Desk desk;
    for (;;) {
        Task task;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return closing_ || !waiting_.empty(); });
            if (closing_)
                return;  // whoever still waits sees a broken promise and tries again after the start
            task = std::move(waiting_.front());
            waiting_.pop_front();
        }
        task(desk);
    }
}

}  // namespace tongban::licences
