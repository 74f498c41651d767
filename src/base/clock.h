// Time. The platform has one zone, Beijing (UTC+8, no summer time); a client's clock is never believed.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tongban {

/// A moment, in milliseconds since 1970-01-01T00:00:00Z. Stored as BIGINT.
struct Instant {
    std::int64_t ms = 0;
    bool operator==(Instant const&) const = default;
    auto operator<=>(Instant const&) const = default;
};
constexpr Instant operator+(Instant at, std::chrono::milliseconds d) {
    return {at.ms + d.count()};
}
constexpr Instant operator-(Instant at, std::chrono::milliseconds d) {
    return {at.ms - d.count()};
}

/// A calendar day in Beijing. Stored as TEXT `2026-10-15`, which sorts.
using Day = std::chrono::sys_days;

Day beijing_day(Instant at);
Instant start_of(Day day);                    ///< 00:00 in Beijing
std::string to_text(Day day);                 ///< 2026-10-15
std::string to_text(Instant at);              ///< 2026-10-15T09:24:05+08:00
std::string chinese_date(Day day);            ///< 2026年10月15日
std::string chinese_time(Instant at);         ///< 2026年10月15日 9:24
Result<Day> read_day(std::string_view text);  ///< refuses with day_is_not_a_date
int year_of(Day day);

/// Asked for the time by everything that needs it, so that every test sets it.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] Day today() const { return beijing_day(now()); }
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
};

/// A clock that stands still until told otherwise. For tests and demonstrations.
class SetClock final : public Clock {
public:
    explicit SetClock(Instant at) : at_(at) {}
    [[nodiscard]] Instant now() const override { return at_; }
    void set(Instant at) { at_ = at; }
    void advance(std::chrono::milliseconds by) { at_ = at_ + by; }

private:
    Instant at_;
};

}  // namespace tongban
