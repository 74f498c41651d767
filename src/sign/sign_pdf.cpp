#include <openssl/obj_mac.h>

#include "sign/cms.h"
#include "sign/pdf.h"
#include "sign/x509.h"

namespace tongban::sign {

Result<Bytes> sign_pdf(std::string_view pdf, Signer& signer, SealPicture const& picture, SealSpot const& spot,
                       Instant signing_time) {
    auto certificate = certificate_from_der(signer.certificate_der());
    if (!certificate) return Error{ErrorKind::unavailable, "seal_key_cannot_be_read", "印章证书无法读取"};
    auto name = name_entry(certificate.get(), NID_commonName);
    auto made = TRY(with_signature_place(pdf, picture, spot, name, signing_time));
    std::string_view whole(made.pdf);
    auto covered = std::string(whole.substr(0, made.gap_from)) + std::string(whole.substr(made.gap_until));
    auto cms = TRY(make_cms(sha256(covered), signer));
    if (cms.size() > signature_room)
        return Error{ErrorKind::internal, "pdf_cannot_be_signed", "the chain of certificates is too long"};
    auto hex = to_hex(cms);
    made.pdf.replace(made.gap_from + 1, hex.size(), hex);
    return std::move(made.pdf);
}

}  // namespace tongban::sign
