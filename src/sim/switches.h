// How a department behaves: well, or in one of the ways that departments have. For all its answers or those
// about one person.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.h"

namespace tongban::sim {

/// down     503, health too (when for all)
/// slow     the right answer after `ms`
/// wrong    an answer that breaks off in the middle
/// other    a well-formed answer about somebody else
/// none     nothing on record
/// several  two records where one is expected
/// twice    the same record twice; for short messages the receipt comes twice
enum class Mode { ok, down, slow, wrong, other, none, several, twice };
using tongban::to_text;  // of days, instants and JSON, beside this one
std::string_view to_text(Mode mode);
std::string_view chinese(Mode mode);
std::optional<Mode> read_mode(std::string_view text);
constexpr int slow_ms_default = 4000, slow_ms_most = 60'000;

struct Switch {
    Mode mode = Mode::ok;
    int ms = slow_ms_default;  ///< for slow
};

class Switches {
public:
    /// What a pack presses before anybody comes: stories.json, `switches`. Without the file nothing. Refuses
    /// with stories_are_malformed.
    Result<void> read_presets(Pack const& pack);
    /// All as it was at the beginning.
    void reset();
    /// `id_number` empty: for all answers. Mode::ok takes a switch away.
    void set(std::string const& source, std::string const& id_number, Switch wanted);
    /// That of one of the people asked about, else that of the source.
    [[nodiscard]] Switch for_call(std::string const& source,
                                  std::vector<std::string> const& id_numbers) const;
    struct Pressed {
        Switch all;
        std::map<std::string, Switch> people;
    };
    [[nodiscard]] Pressed of(std::string const& source) const;

private:
    mutable std::mutex mutex_;
    std::map<std::string, Pressed> pressed_{}, presets_{};
};

}  // namespace tongban::sim
