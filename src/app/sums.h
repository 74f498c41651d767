// Checksums of a folder, in the form that sha256sum reads and writes.
#pragma once

#include <string>

#include "base/base.h"

namespace tongban::app {

/// Writes <folder>/SHA256SUMS over every other file in it. Refuses: disk_cannot_be_written.
Result<void> write_sums(std::string const& folder);
/// Every file that is listed is there as it was, and no other. Refuses: backup_is_damaged, naming the first
/// that is not.
Result<void> check_sums(std::string const& folder);

}  // namespace tongban::app
