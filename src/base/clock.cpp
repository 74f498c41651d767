#include <cstdio>

#include "base/base.h"

namespace tongban {

namespace {
constexpr std::int64_t ms_of_a_day = 86'400'000;
constexpr std::int64_t beijing_ahead_ms = 8 * 3'600'000;

struct Parts {
    std::chrono::year_month_day date;
    int hour, minute, second;
};

Parts parts_of(Instant at) {
    auto day = beijing_day(at);
    auto second = static_cast<int>((at.ms - start_of(day).ms) / 1000);
    return {std::chrono::year_month_day{day}, second / 3600, second / 60 % 60, second % 60};
}

template <class... A>
std::string printed(char const* format, A... a) {
    char buffer[64];
    auto length = std::snprintf(buffer, sizeof buffer, format, a...);
    return {buffer, static_cast<std::size_t>(length)};
}

unsigned number(std::chrono::month m) {
    return static_cast<unsigned>(m);
}
unsigned number(std::chrono::day d) {
    return static_cast<unsigned>(d);
}
int number(std::chrono::year y) {
    return static_cast<int>(y);
}
}  // namespace

Day beijing_day(Instant at) {
    auto local = at.ms + beijing_ahead_ms;
    auto days = local / ms_of_a_day - (local % ms_of_a_day < 0 ? 1 : 0);
    return Day{std::chrono::days{days}};
}

Instant start_of(Day day) {
    return {day.time_since_epoch().count() * ms_of_a_day - beijing_ahead_ms};
}

std::string to_text(Day day) {
    std::chrono::year_month_day date{day};
    return printed("%04d-%02u-%02u", number(date.year()), number(date.month()), number(date.day()));
}

std::string to_text(Instant at) {
    auto p = parts_of(at);
    return printed("%04d-%02u-%02uT%02d:%02d:%02d+08:00", number(p.date.year()), number(p.date.month()),
                   number(p.date.day()), p.hour, p.minute, p.second);
}

std::string chinese_date(Day day) {
    std::chrono::year_month_day date{day};
    return printed("%d年%u月%u日", number(date.year()), number(date.month()), number(date.day()));
}

std::string chinese_time(Instant at) {
    auto p = parts_of(at);
    return chinese_date(beijing_day(at)) + printed(" %d:%02d", p.hour, p.minute);
}

Result<Day> read_day(std::string_view text) {
    Error wrong{ErrorKind::invalid, "day_is_not_a_date", "日期须写成 2026-10-15 的样子，并且确有这一天。"};
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return wrong;
    int parts[3] = {0, 0, 0};
    for (std::size_t i = 0, part = 0; i < text.size(); ++i) {
        if (i == 4 || i == 7) {
            ++part;
            continue;
        }
        if (text[i] < '0' || text[i] > '9') return wrong;
        parts[part] = parts[part] * 10 + (text[i] - '0');
    }
    std::chrono::year_month_day date{std::chrono::year{parts[0]},
                                     std::chrono::month{static_cast<unsigned>(parts[1])},
                                     std::chrono::day{static_cast<unsigned>(parts[2])}};
    if (!date.ok()) return wrong;
    return Day{date};
}

int year_of(Day day) {
    return number(std::chrono::year_month_day{day}.year());
}

Instant SystemClock::now() const {
    auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace tongban
