// Owning handles for OpenSSL's objects, and the few readings of certificates that several files need.
#pragma once

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "sign/sign.h"

namespace tongban::sign {

template <auto free_it>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        free_it(object);
    }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using MemoryBio = std::unique_ptr<BIO, Freed<BIO_free_all>>;

MemoryBio bio_over(std::string_view bytes);
std::string text_of(BIO* bio);
Key key_from_pem(std::string_view pem);  ///< null when it is none; never asks for a password
std::vector<Certificate> certificates_from_pem(std::string_view pem);
Certificate certificate_from_der(std::string_view der);  ///< null when it is none
Bytes der_of(X509 const* certificate);
Bytes der_of(X509_NAME const* name);
Bytes serial_der(X509 const* certificate);
std::string name_entry(X509 const* certificate, int nid);  ///< of the subject, UTF-8; empty when absent
bool is_p256(EVP_PKEY const* key);

}  // namespace tongban::sign
