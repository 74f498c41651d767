// Files of the keys folder: made once, readable by their owner only.
#pragma once

#include "store/store.h"

namespace tongban::store {

/// `<data_directory>/keys/<name>`: `length` bytes, kept as hexadecimal text. Refuses with keys_are_missing or
/// keys_are_readable_by_others.
Result<Bytes> open_key(std::string const& data_directory, std::string const& name, std::size_t length,
                       Sealer::Keys keys);

/// The Ed25519 key that signs heads of the audit chain.
class AuditKey {
public:
    static Result<AuditKey> open(std::string const& data_directory, Sealer::Keys keys);
    [[nodiscard]] std::string sign(std::string_view text) const;  ///< hexadecimal
    [[nodiscard]] bool verify(std::string_view text, std::string_view signature) const;

private:
    Bytes seed_;
};

}  // namespace tongban::store
