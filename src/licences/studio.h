// The one thread that draws: Pango's and cairo's objects belong to their thread. Others hand it work and
// wait.
#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "sign/sign.h"

namespace tongban::licences {

class Studio {
public:
    using Work = std::function<Result<Bytes>(sign::Renderer&)>;

    explicit Studio(std::string fonts_directory);
    ~Studio();
    Studio(Studio const&) = delete;
    Studio& operator=(Studio const&) = delete;

    /// Refuses: fonts_are_missing, renderer_is_closing, and what the work refuses.
    Result<Bytes> run(Work work);
    void close();    ///< ends the thread; whoever waits, or comes later, hears renderer_is_closing
    void warm_up();  ///< opens fonts in the background, and logs when it cannot

private:
    std::future<Result<Bytes>> queue(Work work);
    void draw();
    Result<void> open();

    std::string fonts_directory_;
    std::optional<sign::Fonts> fonts_;        // of the thread
    std::optional<sign::Renderer> renderer_;  // of the thread
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::packaged_task<Result<Bytes>()>> waiting_;
    bool closing_ = false;
    std::thread thread_;
};

}  // namespace tongban::licences
