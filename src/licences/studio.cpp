#include "licences/studio.h"

#include <sys/resource.h>
#include <unistd.h>

namespace tongban::licences {

Studio::Studio(std::string fonts_directory) : fonts_directory_(std::move(fonts_directory)) {
    thread_ = std::thread([this] { draw(); });
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
    if (thread_.joinable()) thread_.join();
}

Result<void> Studio::open() {
    if (renderer_) return {};
    fonts_.emplace(TRY(sign::Fonts::open(fonts_directory_)));
    renderer_.emplace(TRY(sign::Renderer::open(*fonts_)));
    return {};
}

std::future<Result<Bytes>> Studio::queue(Work work) {
    std::packaged_task<Result<Bytes>()> task([this, work = std::move(work)]() -> Result<Bytes> {
        auto opened = open();
        if (opened.ok()) return work(*renderer_);
        log(LogLevel::error, "renderer_does_not_open", {{"code", opened.error().code}});
        return opened.error();
    });
    auto answer = task.get_future();
    std::scoped_lock lock(mutex_);
    if (closing_) return answer;  // the task goes, and with it the promise
    waiting_.push_back(std::move(task));
    changed_.notify_all();
    return answer;
}

Result<Bytes> Studio::run(Work work) {
    try {
        return queue(std::move(work)).get();
    } catch (std::future_error const&) {
        return Error{ErrorKind::unavailable, "renderer_is_closing", "程序正在停止，稍后会自动再试。"};
    }
}

void Studio::warm_up() {
    queue([](sign::Renderer&) -> Result<Bytes> {
        log(LogLevel::info, "renderer_is_ready");
        return Bytes{};
    });
}

void Studio::draw() {
    constexpr int politeness =
        5;  // requests go first; previews, which somebody waits for, before letters' other work
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), politeness);
    for (;;) {
        std::packaged_task<Result<Bytes>()> task;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [&] { return closing_ || !waiting_.empty(); });
            if (closing_)
                return;  // whoever still waits sees a broken promise and tries again after the start
            task = std::move(waiting_.front());
            waiting_.pop_front();
        }
        task();
    }
}

}  // namespace tongban::licences
