// Zones: offsets, and places from the IANA tables that ICU carries.
#include <unicode/basictz.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "rules/temporal.h"

namespace tongban::rules {

namespace {

/// Places that have been named so far. They are few, and live as long as the program.
class Places {
public:
    std::optional<std::uint16_t> find(std::string_view name) {
        {
            std::shared_lock const lock(mutex_);
            auto const found = index_.find(name);
            if (found != index_.end()) return found->second;
        }
        auto const id =
            icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int>(name.size())));
        icu::UnicodeString canonical;
        UBool system = 0;
        UErrorCode error = U_ZERO_ERROR;
        icu::TimeZone::getCanonicalID(id, canonical, system, error);
        if (U_FAILURE(error) || system == 0) return std::nullopt;
        std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
        std::unique_lock const lock(mutex_);
        auto const [entry, added] =
            index_.emplace(std::string(name), static_cast<std::uint16_t>(zones_.size()));
        if (added) zones_.push_back({entry->first, std::move(zone)});
        return entry->second;
    }
    std::string name(std::uint16_t place) {
        std::shared_lock const lock(mutex_);
        return zones_[place].name;
    }
    std::int64_t ahead(std::uint16_t place, double ms, UBool local) {
        icu::TimeZone const* zone = nullptr;
        {
            std::shared_lock const lock(mutex_);
            zone = zones_[place].zone.get();
        }
        std::int32_t raw = 0, saving = 0;
        UErrorCode error = U_ZERO_ERROR;
        zone->getOffset(ms, local, raw, saving, error);
        return U_FAILURE(error) ? 0 : (raw + saving) / 1000;
    }

private:
    struct Place {
        std::string name;
        std::unique_ptr<icu::TimeZone> zone;
    };
    std::shared_mutex mutex_;
    std::map<std::string, std::uint16_t, std::less<>> index_;
    std::deque<Place> zones_;
};

Places& places() {
    static Places all;
    return all;
}

std::optional<Zone> read_offset(std::string_view text) {
    bool const west = text[0] == '-';
    text.remove_prefix(1);
    if ((text.size() != 5 && text.size() != 8) || text[2] != ':' || (text.size() == 8 && text[5] != ':'))
        return std::nullopt;
    std::int32_t parts[3] = {0, 0, 0};
    for (std::size_t i = 0; i * 3 < text.size(); ++i) {
        for (char const c : text.substr(i * 3, 2)) {
            if (c < '0' || c > '9') return std::nullopt;
            parts[i] = parts[i] * 10 + (c - '0');
        }
    }
    std::int32_t const seconds = (parts[0] * 60 + parts[1]) * 60 + parts[2];
    if (parts[1] > 59 || parts[2] > 59 || seconds > 14 * 3600) return std::nullopt;
    return Zone::offset(west ? -seconds : seconds);
}

}  // namespace

std::optional<Zone> Zone::read(std::string_view text) {
    if (text == "Z" || text == "z") return offset(0);
    if (text.starts_with('+') || text.starts_with('-')) return read_offset(text);
    if (!text.starts_with('@') || text.size() > 64) return std::nullopt;
    auto const found = places().find(text.substr(1));
    if (!found) return std::nullopt;
    return Zone{Kind::place, *found, 0};
}

std::string Zone::text() const {
    if (kind == Kind::none) return "";
    if (kind == Kind::place) return "@" + place_name();
    if (seconds == 0) return "Z";
    auto two = [](std::int32_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    std::int32_t const size = seconds < 0 ? -seconds : seconds;
    std::string out = (seconds < 0 ? "-" : "+") + two(size / 3600) + ":" + two(size / 60 % 60);
    if (size % 60 != 0) out += ":" + two(size % 60);
    return out;
}

std::string Zone::place_name() const {
    return kind == Kind::place ? places().name(place) : "";
}

std::optional<std::int64_t> Zone::ahead(Date day, std::int64_t nanos) const {
    return ahead_by(Clock::local, day, nanos);
}

std::optional<std::int64_t> Zone::ahead_of_utc(Date day, std::int64_t nanos) const {
    return ahead_by(Clock::utc, day, nanos);
}

std::optional<std::int64_t> Zone::ahead_by(Clock clock, Date day, std::int64_t nanos) const {
    if (kind == Kind::none) return std::nullopt;
    if (kind == Kind::offset) return seconds;
    // The tables serve from 1200 to 2800; beyond, the year that looks alike 400 years on. Every fourth
    // century begins on the same weekday.
    constexpr std::int64_t cycle = 146'097, first = -281'240, last = 303'154;
    std::int64_t days = day.days;
    if (days < first) days = first + ((days - first) % cycle + cycle) % cycle;
    if (days > last) days = last - cycle + (days - last) % cycle;
    double const ms = static_cast<double>(days) * 86'400'000.0 + static_cast<double>(nanos / 1'000'000);
    return places().ahead(place, ms, clock == Clock::local ? 1 : 0);
}

}  // namespace tongban::rules
