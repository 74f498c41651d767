// Work on finished PDF bytes with qpdf: the furniture of PDF/A-2u, and the place for a signature.
#pragma once

#include "sign/sign.h"

namespace tongban::sign {

/// Adds XMP, output intent and what else PDF/A-2u wants; takes out what it forbids. Refuses:
/// pdf_cannot_be_signed.
Result<Bytes> with_archive_furniture(Bytes const& pdf, Metadata const& metadata);

/// A PDF with an empty signature: bytes up to `gap_from` and from `gap_until` are to be signed, the gap
/// between them is
/// `<0000…>`.
struct Unsigned {
    Bytes pdf;
    std::size_t gap_from = 0, gap_until = 0;
};
constexpr std::size_t signature_room = 4000;  ///< bytes kept for the CMS structure

Result<Unsigned> with_signature_place(std::string_view pdf, SealPicture const& picture, SealSpot const& spot,
                                      std::string_view signer_name, Instant signing_time);

std::string pdf_time(Instant at);  ///< D:20261121093000+08'00'

}  // namespace tongban::sign
