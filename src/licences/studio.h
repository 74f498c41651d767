// The threads that draw: Pango's and cairo's objects belong to their thread. Others hand them work and wait.
#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "sign/sign.h"

namespace tongban::licences {

class Studio {
public:
    using Work = std::function<Result<Bytes>(sign::Renderer&)>;
    /// Previews are looked at while they are made; letters and licences come a moment later anyhow.
    enum class Turn { first, last };

    explicit Studio(std::string fonts_directory);
    ~Studio();
    Studio(Studio const&) = delete;
    Studio& operator=(Studio const&) = delete;

    /// Refuses: fonts_are_missing, renderer_is_closing, and what the work refuses.
    Result<Bytes> run(Turn turn, Work work);
    void close();    ///< ends the threads; whoever waits, or comes later, hears renderer_is_closing
    void warm_up();  ///< opens fonts in the background, and logs when it cannot

private:
    /// What one thread draws with.
    struct Desk {
        std::optional<sign::Fonts> fonts;
        std::optional<sign::Renderer> renderer;
    };
    using Task = std::packaged_task<Result<Bytes>(Desk&)>;

    std::future<Result<Bytes>> queue(Turn turn, Work work);
    void draw();
    Result<void> open(Desk& desk) const;

    std::string fonts_directory_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> waiting_;
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tongban::licences
