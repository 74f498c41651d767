#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "sign/x509.h"

namespace tongban::sign {

namespace {

class SoftwareSigner final : public Signer {
public:
    SoftwareSigner(Key key, Bytes certificate, std::vector<Bytes> issuers)
        : key_(std::move(key)), certificate_(std::move(certificate)), issuers_(std::move(issuers)) {}
    Algorithm algorithm() const override { return Algorithm::ecdsa_p256_sha256; }
    Bytes certificate_der() const override { return certificate_; }
    std::vector<Bytes> issuers_der() const override { return issuers_; }
    Result<Bytes> sign(std::string_view message) override {
        std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
        auto const* data = reinterpret_cast<unsigned char const*>(message.data());
        Bytes made(128, '\0');
        std::size_t size = made.size();
        bool done = EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
                    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(made.data()), &size, data,
                                   message.size()) == 1;
        if (!done)
            return Error{ErrorKind::unavailable, "seal_device_does_not_answer", "印章密钥暂时无法使用"};
        made.resize(size);
        return made;
    }

private:
    Key key_;
    Bytes certificate_;
    std::vector<Bytes> issuers_;
};

void add_name(X509_NAME* name, int nid, std::string_view text, bool& all_well) {
    auto const* bytes = reinterpret_cast<unsigned char const*>(text.data());
    all_well &= X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, const_cast<unsigned char*>(bytes),
                                           int(text.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int nid, char const* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    auto* made = X509V3_EXT_conf_nid(nullptr, &context, nid, const_cast<char*>(value));
    bool done = made && X509_add_ext(certificate, made, -1) == 1;
    X509_EXTENSION_free(made);
    return done;
}

/// A certificate with a random serial number, not yet named, extended or signed.
Certificate blank_certificate(EVP_PKEY* key, Validity validity) {
    Certificate made(X509_new());
    X509_set_version(made.get(), X509_VERSION_3);
    unsigned char serial[16];
    ensure(RAND_bytes(serial, sizeof serial) == 1, "no random numbers");
    serial[0] = static_cast<unsigned char>((serial[0] & 0x3f) | 0x40);  // positive, and always 16 bytes
    auto* number = BN_bin2bn(serial, sizeof serial, nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(made.get()));
    BN_free(number);
    ASN1_TIME_set(X509_getm_notBefore(made.get()), time_t(validity.from.ms / 1000));
    ASN1_TIME_set(X509_getm_notAfter(made.get()), time_t(validity.until.ms / 1000));
    X509_set_pubkey(made.get(), key);
    return made;
}

CertifiedKey pem_pair(EVP_PKEY* key, X509* certificate) {
    MemoryBio key_out(BIO_new(BIO_s_mem())), certificate_out(BIO_new(BIO_s_mem()));
    ensure(PEM_write_bio_PKCS8PrivateKey(key_out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
               PEM_write_bio_X509(certificate_out.get(), certificate) == 1,
           "a key in memory cannot fail to be written");
    return {text_of(key_out.get()), text_of(certificate_out.get())};
}

Key new_key() {
    Key made(EVP_EC_gen("P-256"));
    ensure(made != nullptr, "no key could be made");
    return made;
}

}  // namespace

Result<std::unique_ptr<Signer>> software_signer(std::string_view key_pem, std::string_view certificate_pem,
                                                std::string_view issuers_pem) {
    auto key = key_from_pem(key_pem);
    auto certificates = certificates_from_pem(certificate_pem);
    if (!key || certificates.size() != 1 || !is_p256(key.get()))
        return Error{ErrorKind::unavailable, "seal_key_cannot_be_read", "印章密钥或证书无法读取"};
    if (X509_check_private_key(certificates[0].get(), key.get()) != 1)
        return Error{ErrorKind::unavailable, "seal_certificate_does_not_match_key", "印章证书与密钥不是一对"};
    std::vector<Bytes> issuers;
    for (auto const& one : certificates_from_pem(issuers_pem)) issuers.push_back(der_of(one.get()));
    return std::unique_ptr<Signer>(
        std::make_unique<SoftwareSigner>(std::move(key), der_of(certificates[0].get()), std::move(issuers)));
}

CertifiedKey make_demonstration_ca(std::string_view name, Validity validity) {
    auto key = new_key();
    auto made = blank_certificate(key.get(), validity);
    bool well = true;
    auto* subject = X509_get_subject_name(made.get());
    add_name(subject, NID_countryName, "CN", well);
    add_name(subject, NID_commonName, name, well);
    well = well && X509_set_issuer_name(made.get(), subject) == 1 &&
           add_extension(made.get(), made.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
           add_extension(made.get(), made.get(), NID_key_usage, "critical,keyCertSign,cRLSign") &&
           add_extension(made.get(), made.get(), NID_subject_key_identifier, "hash") &&
           X509_sign(made.get(), key.get(), EVP_sha256()) > 0;
    ensure(well, "the demonstration authority's name is a constant of the program");
    return pem_pair(key.get(), made.get());
}

Result<CertifiedKey> make_seal_certificate(CertifiedKey const& authority, std::string_view body_name,
                                           std::string_view credit_code, Validity validity) {
    auto issuer_key = key_from_pem(authority.key_pem);
    auto issuers = certificates_from_pem(authority.certificate_pem);
    if (!issuer_key || issuers.size() != 1 || X509_check_private_key(issuers[0].get(), issuer_key.get()) != 1)
        return Error{ErrorKind::unavailable, "seal_key_cannot_be_read", "发证机构密钥无法读取"};
    auto* issuer = issuers[0].get();
    auto key = new_key();
    auto made = blank_certificate(key.get(), validity);
    bool well = true;
    auto* subject = X509_get_subject_name(made.get());
    add_name(subject, NID_countryName, "CN", well);
    add_name(subject, NID_organizationName, body_name, well);
    add_name(subject, NID_organizationIdentifier, credit_code, well);
    add_name(subject, NID_commonName, body_name, well);
    well = well && X509_set_issuer_name(made.get(), X509_get_subject_name(issuer)) == 1 &&
           add_extension(made.get(), issuer, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(made.get(), issuer, NID_key_usage, "critical,digitalSignature,nonRepudiation") &&
           add_extension(made.get(), issuer, NID_subject_key_identifier, "hash") &&
           add_extension(made.get(), issuer, NID_authority_key_identifier, "keyid:always") &&
           X509_sign(made.get(), issuer_key.get(), EVP_sha256()) > 0;
    if (!well)
        return Error{ErrorKind::invalid, "certificate_cannot_be_made", "机关名称或信用代码不能写入证书"};
    return pem_pair(key.get(), made.get());
}

}  // namespace tongban::sign
