// The built web apps: <root>/portal at /, <root>/desk at /desk/.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "http/http.h"

namespace tongban::http {

class StaticFiles {
public:
    explicit StaticFiles(std::string root);
    /// The file, an app's index.html for a path without dot (its router decides), or nothing.
    std::optional<Reply> serve(Request const& request);

private:
    struct Content {
        std::int64_t size = 0, changed_ns = 0;
        Bytes bytes;
        std::string tag;
    };
    std::shared_ptr<Content const> load(std::string const& path);
    std::optional<Reply> reply_with(Request const& request, std::string const& path);

    std::string root_;  ///< canonical; empty: no files
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Content const>> kept_;
    std::size_t kept_bytes_ = 0;
};

/// `Accept-Encoding` names this coding and does not weigh it 0.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

}  // namespace tongban::http
