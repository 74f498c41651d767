#include "sign/x509.h"

namespace tongban::sign {

namespace {

template <class T, class F>
Bytes encoded(T* object, F write) {
    unsigned char* bytes = nullptr;
    int size = write(object, &bytes);
    if (size <= 0) return {};
    Bytes made(reinterpret_cast<char*>(bytes), std::size_t(size));
    OPENSSL_free(bytes);
    return made;
}

int no_password(char*, int, int, void*) {
    return -1;
}

}  // namespace

MemoryBio bio_over(std::string_view bytes) {
    MemoryBio made(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
    ensure(made != nullptr, "out of memory");
    return made;
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    auto size = BIO_get_mem_data(bio, &data);
    return std::string(data, std::size_t(size));
}

Key key_from_pem(std::string_view pem) {
    auto bio = bio_over(pem);
    return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr));
}

std::vector<Certificate> certificates_from_pem(std::string_view pem) {
    auto bio = bio_over(pem);
    std::vector<Certificate> all;
    while (auto* one = PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr)) all.emplace_back(one);
    return all;
}

Certificate certificate_from_der(std::string_view der) {
    auto const* at = reinterpret_cast<unsigned char const*>(der.data());
    auto const* end = at + der.size();
    Certificate made(d2i_X509(nullptr, &at, long(der.size())));
    return at == end ? std::move(made) : nullptr;
}

Bytes der_of(X509 const* certificate) {
    return encoded(certificate, i2d_X509);
}
Bytes der_of(X509_NAME const* name) {
    return encoded(name, i2d_X509_NAME);
}
Bytes serial_der(X509 const* certificate) {
    return encoded(X509_get0_serialNumber(certificate), i2d_ASN1_INTEGER);
}

std::string name_entry(X509 const* certificate, int nid) {
    auto* name = X509_get_subject_name(certificate);
    int index = name ? X509_NAME_get_index_by_NID(name, nid, -1) : -1;
    auto* entry = index >= 0 ? X509_NAME_get_entry(name, index) : nullptr;
    auto* data = entry ? X509_NAME_ENTRY_get_data(entry) : nullptr;
    unsigned char* text = nullptr;
    int size = data ? ASN1_STRING_to_UTF8(&text, data) : -1;
    if (size < 0) return {};
    std::string made(reinterpret_cast<char*>(text), std::size_t(size));
    OPENSSL_free(text);
    return made;
}

bool is_p256(EVP_PKEY const* key) {
    char group[64] = "";
    std::size_t size = 0;
    return key && EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 &&
           std::string_view(group, size) == "prime256v1";
}

}  // namespace tongban::sign
