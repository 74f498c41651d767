// Rows <-> structs.
#pragma once

#include "identity/state.h"

namespace tongban::identity {

constexpr std::string_view person_place = "identity_person.sealed";

store::Blob seal_person(store::Sealer const& sealer, Person const& person);
Result<Person> read_person(store::Sealer const& sealer, store::Row const& row);
Session read_session(store::Row const& row);

}  // namespace tongban::identity
