// Back-up and the way back. A back-up is a folder: every row as of one moment (rows/), every sealed file
// (files/), what it is (manifest.json), how to use it (README.txt) and the checksums of all that (SHA256SUMS,
// as sha256sum -c reads them). The keys are never in it.
#pragma once

#include "app/house.h"

namespace tongban::app {

struct BackupFacts {
    store::Copy copy;
    Instant made_at{};
    std::string program;  ///< version of the program that made it
    std::int64_t files = 0, bytes = 0;
    /// Files that a row speaks of and that were not there when the back-up was made.
    std::vector<std::string> missing;
    [[nodiscard]] std::int64_t rows() const;
};

/// Makes the folder `to` while servers go on. Refuses: place_is_not_empty, disk_cannot_be_written, and what
/// reading refuses.
Result<BackupFacts> back_up(House& house, Clock const& clock, std::string const& to);

/// Reads everything again and compares; needs neither keys nor a database. Refuses: backup_is_unknown,
/// backup_is_damaged, naming the first wrong place.
Result<BackupFacts> verify_backup(std::string const& folder);

/// Puts a verified back-up into an empty database and a data folder that holds nothing but keys/. Then
/// migrates, and proves the audit. Refuses: place_is_not_empty, keys_are_missing, what verify_backup and
/// Store::copy_in refuse.
Result<BackupFacts> restore(std::string const& folder, HouseOptions const& options, Clock const& clock);

}  // namespace tongban::app
