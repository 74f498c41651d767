// Chance that repeats itself: the same seed gives the same numbers on every machine and compiler, which the
// distributions of the standard library do not promise.
#pragma once

#include <cstdint>
#include <iterator>

#include "base/result.h"

namespace tongban::sim {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    /// SplitMix64 (Steele, Lea, Flood 2014).
    std::uint64_t next() {
        auto z = state_ += 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    /// From 0 to count-1.
    int below(int count) {
        ensure(count > 0, "dice have sides");
        return static_cast<int>(((next() >> 32U) * static_cast<std::uint64_t>(count)) >> 32U);
    }
    int between(int low, int high) { return low + below(high - low + 1); }  ///< both included
    bool happens(int per_thousand) { return below(1000) < per_thousand; }
    template <class List>
    auto const& pick(List const& from) {
        return from[static_cast<std::size_t>(below(static_cast<int>(std::size(from))))];
    }

private:
    std::uint64_t state_;
};

}  // namespace tongban::sim
