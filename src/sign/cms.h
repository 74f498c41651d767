// CMS SignedData (RFC 5652) with one signer and detached content, as PAdES wants it (ETSI EN 319 142-1).
#pragma once

#include "sign/sign.h"

namespace tongban::sign {

/// Written by hand, because the key may sit in a device that only answers "sign this", and because the usual
/// library cannot write it for the national algorithms. `content_hash` is SHA-256.
Result<Bytes> make_cms(std::string_view content_hash, Signer& signer);

/// What a structure consists of; the rest follows from it.
struct CmsParts {
    Bytes content_hash;
    Bytes certificate;  ///< the signer's
    std::vector<Bytes> issuers;
    Bytes signature;
};
/// The only bytes we write for these parts: the verifier makes them again and compares.
Bytes cms_of(CmsParts const& parts);

}  // namespace tongban::sign
