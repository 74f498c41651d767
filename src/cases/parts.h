// The parts of `cases` behind its door, and what they share. Each part is a folder of verbs: one function,
// one transaction.
#pragma once

#include <mutex>

#include "cases/cases.h"
#include "cases/decide.h"
#include "cases/rows.h"

namespace tongban::cases {

using http::Language;

/// What a verb needs to know of the ground it stands on, at one moment.
struct Ground {
    std::shared_ptr<org::Picture const> picture;
    std::shared_ptr<catalog::Item const> item;
    Limits limits;
    Instant now{};
    [[nodiscard]] Today today() const { return {now, picture->calendar(), limits}; }
    [[nodiscard]] Day day() const { return beijing_day(now); }
};
Limits limits_of(catalog::Item const& item);
Result<Ground> ground_for(Rooms& rooms, ItemId const& item, int version);

/// Case numbers in blocks per process: gaps allowed, no hot row (architecture §5.9).
class CaseNumbers {
public:
    explicit CaseNumbers(store::Store& store) : store_(store) {}
    Result<std::string> next(RegionCode const& region, Day day);

private:
    store::Store& store_;
    std::mutex guard_;
    struct Block {
        std::int64_t next = 0, end = 0;
    };
    std::map<std::string, Block> blocks_;
};

/// `2026-10-15T09:24+08:00`, `2026-10-15T01:24:05.250Z`. Refuses: time_is_malformed.
Result<Instant> read_instant(std::string_view text);
/// Whoever acts second is refused: case_changed_meanwhile.
Result<void> same_version(Case const& found, std::int64_t read);
/// The timed jobs of a case that has ended or moved on.
void cancel_clocks(store::Tx& tx, CaseId const& id);

/// Papers are to be brought: told again three days before the last one, and what follows after it.
void plan_bringing(store::Tx& tx, Case const& found);

/// Who did it, as the history shows it: 示例街道 林静.
std::string acting_name(org::Picture const& picture, Actor const& by);

}  // namespace tongban::cases
