// What was asked, for the page and for whoever proves that somebody asked.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/base.h"

namespace tongban::sim {

struct CallSeen {
    Instant at{};
    std::string source, resource, about;  ///< `about`: masked
    std::string said;                     ///< found, none, refused …
    int status = 200;
    std::string call, item, case_no, basis;  ///< of the headers X-Call-Id, X-Item, X-Case-No, X-Basis
};

class CallsSeen {
public:
    void add(CallSeen seen) {
        std::lock_guard const lock(mutex_);
        ++counts_[seen.source];
        last_.push_front(std::move(seen));
        if (last_.size() > kept_most) last_.pop_back();
    }
    [[nodiscard]] std::vector<CallSeen> last(std::string const& source = {}) const {
        std::lock_guard const lock(mutex_);
        std::vector<CallSeen> out;
        for (auto const& each : last_) {
            if (source.empty() || each.source == source) out.push_back(each);
        }
        return out;
    }
    [[nodiscard]] int count(std::string const& source) const {
        std::lock_guard const lock(mutex_);
        auto found = counts_.find(source);
        return found == counts_.end() ? 0 : found->second;
    }
    void reset() {
        std::lock_guard const lock(mutex_);
        last_.clear();
        counts_.clear();
    }

private:
    static constexpr std::size_t kept_most = 500;
    mutable std::mutex mutex_;
    std::deque<CallSeen> last_{};
    std::map<std::string, int> counts_{};
};

}  // namespace tongban::sim
