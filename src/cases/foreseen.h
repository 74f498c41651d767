// What a page of a case will ask once the case is known: said at once, it is one trip to PostgreSQL instead
// of a dozen (see Reader::foresee). Only what the page asks in any case stands here; the rest is asked when
// wanted.
#pragma once

#include "cases/rows.h"

namespace tongban::cases {

void foresee_own_page(Rooms& rooms, Reader& reader, Case const& found, catalog::Item const& item);
void foresee_desk_page(Rooms& rooms, Reader& reader, Case const& found, catalog::Item const& item);

}  // namespace tongban::cases
