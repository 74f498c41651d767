// Moments that people give: when a check began, when a letter was handed over.
#include <optional>

#include "cases/parts.h"

namespace tongban::cases {

namespace {
/// Takes two digits and what must stand before them; -1 when they are not there.
int take_two(std::string_view& rest, std::string_view before) {
    auto digit = [](char c) { return c >= '0' && c <= '9'; };
    auto at = before.size();
    if (!rest.starts_with(before) || rest.size() < at + 2 || !digit(rest[at]) || !digit(rest[at + 1]))
        return -1;
    int value = (rest[at] - '0') * 10 + (rest[at + 1] - '0');
    rest.remove_prefix(at + 2);
    return value;
}

/// Minutes east of Greenwich; nullopt for anything else than Z or +08:00.
std::optional<int> read_offset(std::string_view rest) {
    if (rest == "Z") return 0;
    bool west = rest.starts_with('-');
    int hours = take_two(rest, west ? "-" : "+"), minutes = take_two(rest, ":");
    if (hours < 0 || minutes < 0 || hours > 14 || minutes > 59 || !rest.empty()) return std::nullopt;
    return (west ? -1 : 1) * (hours * 60 + minutes);
}
}  // namespace

Result<Instant> read_instant(std::string_view text) {
    Error const malformed{ErrorKind::invalid, "time_is_malformed", "时间写成 2026-10-15T09:24:00+08:00。"};
    auto day = read_day(text.substr(0, 10));
    if (!day.ok()) return malformed;
    auto rest = text.substr(10);
    int hours = take_two(rest, "T"), minutes = take_two(rest, ":"), seconds = 0;
    if (rest.starts_with(':')) seconds = take_two(rest, ":");
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59)
        return malformed;
    if (rest.starts_with('.')) {  // parts of a second change nothing here
        rest.remove_prefix(1);
        rest.remove_prefix(std::min(rest.find_first_not_of("0123456789"), rest.size()));
    }
    auto offset = read_offset(rest);
    if (!offset) return malformed;
    using namespace std::chrono;
    auto at = day->time_since_epoch() + std::chrono::hours{hours} + std::chrono::minutes{minutes - *offset} +
              std::chrono::seconds{seconds};
    return Instant{duration_cast<milliseconds>(at).count()};
}

}  // namespace tongban::cases
