// Rows <-> structs.
#pragma once

#include "licences/model.h"

namespace tongban::licences {

constexpr std::string_view secrets_place = "licences_licence.secrets_sealed";
constexpr std::string_view holder_place = "licences_licence.holder_sealed";
constexpr std::string_view reason_place = "licences_licence.reason_sealed";
constexpr std::string_view basis_place = "licences_licence.basis_sealed";
constexpr std::string_view seal_key_place = "licences_seal.key_sealed";
constexpr std::string_view authority_key_place = "licences_authority.key_sealed";
constexpr std::string_view check_place = "licences_licence.check_blind";
constexpr std::string_view token_place = "licences_licence.token_blind";

store::Blob seal_secrets(store::Sealer const& sealer, Licence const& licence);
store::Blob seal_holder(store::Sealer const& sealer, Licence const& licence);
Result<Licence> read_licence(store::Sealer const& sealer, store::Row const& row);

/// Of the JSON that an import keeps.
Result<Type> read_type(std::string_view text);

}  // namespace tongban::licences
