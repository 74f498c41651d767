// An invented body, its seal, and documents to try things on. Fonts are opened once: they are large.
#pragma once

#include "places.h"
#include "sign/sign.h"

namespace tongban::sign::testing {

Renderer& renderer();
Template pack_template(std::string const& path);       ///< below packs/demo-city, without .json
Template template_of(std::string const& blocks_json);  ///< a template around these blocks
Values kinship_values();
constexpr Instant noon{1795233600000};  ///< 2026-11-21T12:00:00+08:00

struct SealedSample {
    CertifiedKey authority;
    std::unique_ptr<Signer> signer;
    SealPicture picture;
};
SealedSample& sample_seal();

Bytes rendered(Layout const& layout);
Bytes sealed(Layout const& layout);
/// A sealed kinship proof; made once.
Bytes const& sealed_proof();
/// What pdftotext reads, in reading order.
std::string text_of_pdf(Bytes const& pdf);

}  // namespace tongban::sign::testing
