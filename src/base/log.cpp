#include <atomic>
#include <cstdio>

#include "base/base.h"

namespace tongban {

namespace {
std::atomic<LogLevel> threshold{LogLevel::info};

std::string_view name_of(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warning:
            return "warning";
        case LogLevel::error:
            break;
    }
    return "error";
}
}  // namespace

void log(LogLevel level, std::string_view what,
         std::initializer_list<std::pair<std::string_view, std::string>> facts) {
    if (level < threshold.load(std::memory_order_relaxed)) return;
    json::object line;
    line["at"] = to_text(SystemClock{}.now());
    line["level"] = name_of(level);
    line["what"] = what;
    for (auto const& [name, fact] : facts) line[name] = fact;
    auto text = json::serialize(line) + "\n";
    // One call per line: lines of several threads do not mix.
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void log_threshold(LogLevel least) {
    threshold.store(least, std::memory_order_relaxed);
}

}  // namespace tongban
