// Rows <-> structs of `supervision`, and the sums kept with them.
#pragma once

#include "store/store.h"
#include "supervision/model.h"

namespace tongban::supervision {

using store::Reader;
using store::Tx;

struct Kept {
    Watched watched;
    std::int64_t revision = 0;
};
Result<std::optional<Kept>> load_watched(Reader& reader, CaseId const& id);
/// Writes the row and what changes in the sums. Whoever counted the same case meanwhile makes the transaction
/// fail with case_was_counted_meanwhile (or row_already_exists): try again.
void keep_watched(Tx& tx, std::optional<Kept> const& before, Watched const& now);
void forget_everything(Tx& tx);

/// A row of the lists; what only the sums need is not there.
Watched read_listed(store::Row const& row);

}  // namespace tongban::supervision
