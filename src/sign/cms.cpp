#include "sign/cms.h"

#include "sign/der.h"
#include "sign/x509.h"

namespace tongban::sign {

namespace {

constexpr char const* oid_data = "1.2.840.113549.1.7.1";
constexpr char const* oid_signed_data = "1.2.840.113549.1.7.2";
constexpr char const* oid_content_type = "1.2.840.113549.1.9.3";
constexpr char const* oid_message_digest = "1.2.840.113549.1.9.4";
constexpr char const* oid_signing_certificate_v2 = "1.2.840.113549.1.9.16.2.47";
constexpr char const* oid_sha256 = "2.16.840.1.101.3.4.2.1";
constexpr char const* oid_ecdsa_with_sha256 = "1.2.840.10045.4.3.2";

Bytes sequence(std::initializer_list<Bytes> parts) {
    Bytes content;
    for (auto const& part : parts) content += part;
    return der::item(der::sequence, content);
}

Bytes attribute(char const* type, Bytes const& value) {
    return sequence({der::object(type), der::item(der::set, value)});
}

/// ESSCertIDv2 (RFC 5035, 5.4.1.1): binds the signature to this very certificate. SHA-256 is its default, so
/// not named.
Bytes signing_certificate(X509 const* certificate) {
    auto directory_name = der::item(der::context(4), der_of(X509_get_issuer_name(certificate)));
    auto issuer_serial = sequence({sequence({directory_name}), serial_der(certificate)});
    auto hash = der::item(der::octet_string, sha256(der_of(certificate)));
    return sequence({sequence({sequence({hash, issuer_serial})})});
}

/// No signingTime: PAdES takes the time from the signature dictionary (EN 319 142-1, 6.3).
std::vector<Bytes> signed_attributes(std::string_view content_hash, X509 const* certificate) {
    return {attribute(oid_content_type, der::object(oid_data)),
            attribute(oid_message_digest, der::item(der::octet_string, content_hash)),
            attribute(oid_signing_certificate_v2, signing_certificate(certificate))};
}

}  // namespace

Result<Bytes> make_cms(std::string_view content_hash, Signer& signer) {
    ensure(signer.algorithm() == Algorithm::ecdsa_p256_sha256, "the only algorithm there is");
    auto certificate = certificate_from_der(signer.certificate_der());
    if (!certificate) return Error{ErrorKind::unavailable, "seal_key_cannot_be_read", "印章证书无法读取"};
    // RFC 5652, 5.4: signed as a SET, though they stand in the structure as [0].
    auto attributes = der::set_of(signed_attributes(content_hash, certificate.get()));
    auto signature = TRY(signer.sign(attributes));
    return cms_of({Bytes(content_hash), signer.certificate_der(), signer.issuers_der(), signature});
}

Bytes cms_of(CmsParts const& parts) {
    auto certificate = certificate_from_der(parts.certificate);
    ensure(certificate != nullptr, "the certificate was read before");
    auto digest = sequence({der::object(oid_sha256)});
    auto signer_info = sequence({
        der::small_integer(1),
        sequence({der_of(X509_get_issuer_name(certificate.get())), serial_der(certificate.get())}),
        digest,
        der::set_of(signed_attributes(parts.content_hash, certificate.get()), der::context(0)),
        sequence({der::object(oid_ecdsa_with_sha256)}),
        der::item(der::octet_string, parts.signature),
    });
    auto certificates = parts.issuers;
    certificates.push_back(parts.certificate);
    auto signed_data = sequence({
        der::small_integer(1),
        der::item(der::set, digest),
        sequence({der::object(oid_data)}),
        der::set_of(certificates, der::context(0)),
        der::item(der::set, signer_info),
    });
    return sequence({der::object(oid_signed_data), der::item(der::context(0), signed_data)});
}

}  // namespace tongban::sign
