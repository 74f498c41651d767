// Figures of the server itself, in Prometheus' text format.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "http/http.h"

namespace tongban::http {

class Figures {
public:
    void answered(int status, std::int64_t microseconds);
    std::atomic<std::int64_t> in_flight{0}, refused_attempts{0}, refused_busy{0}, connections{0};
    [[nodiscard]] std::string text(std::vector<Metric> const& more) const;

private:
    static constexpr std::array<double, 10> bounds_{0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5};
    std::array<std::atomic<std::int64_t>, 6> by_class_{};  ///< [2]: 2xx …
    std::array<std::atomic<std::int64_t>, bounds_.size() + 1> in_bucket_{};
    std::atomic<std::int64_t> microseconds_{0};
};

}  // namespace tongban::http
