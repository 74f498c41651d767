#include <openssl/evp.h>

#include "store/keys.h"

namespace tongban::store {

namespace {
// A sealed value: version (1 byte), key id (4), nonce (12), ciphertext, tag (16).
constexpr char version = 1;
constexpr std::size_t key_id_length = 4, nonce_length = 12, tag_length = 16;
constexpr std::size_t head_length = 1 + key_id_length + nonce_length;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

/// Looked up once: the library takes a lock for every look-up by name.
EVP_CIPHER const* aes_256_gcm() {
    static EVP_CIPHER const* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return cipher;
}

unsigned char const* raw(std::string_view bytes) {
    return reinterpret_cast<unsigned char const*>(bytes.data());
}
unsigned char* raw(Bytes& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

/// With the length of the place in front, so that no other split of the same characters gives the same bytes.
Bytes associated(std::string_view place, std::string_view row_id) {
    return std::to_string(place.size()) + ":" + std::string(place) + std::string(row_id);
}

Error does_not_open() {
    return {ErrorKind::internal, "sealed_value_does_not_open",
            "加密保存的内容打不开：它可能被改动、移动过，或者密钥不对。"};
}
}  // namespace

Result<Sealer> Sealer::open(std::string const& data_directory, Keys keys) {
    Sealer sealer;
    sealer.master_ = TRY(open_key(data_directory, "master.key", 32, keys));
    sealer.columns_ = sealer.derive("sealed columns");
    sealer.columns_id_ = sha256(sealer.columns_).substr(0, key_id_length);
    sealer.index_ = sealer.derive("blind index");
    return sealer;
}

Bytes Sealer::derive(std::string_view purpose) const {
    return hmac_sha256(master_, "tongban " + std::string(purpose));
}

Blob Sealer::seal(std::string_view place, std::string_view row_id, std::string_view plain) const {
    auto out = std::string(1, version) + columns_id_ + random_bytes(nonce_length);
    auto extra = associated(place, row_id);
    Bytes hidden(plain.size(), '\0'), tag(tag_length, '\0');
    Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int length = 0;
    auto done =
        EVP_EncryptInit_ex(cipher.get(), aes_256_gcm(), nullptr, raw(columns_),
                           raw(std::string_view(out).substr(1 + key_id_length))) == 1 &&
        EVP_EncryptUpdate(cipher.get(), nullptr, &length, raw(extra), static_cast<int>(extra.size())) == 1 &&
        EVP_EncryptUpdate(cipher.get(), raw(hidden), &length, raw(plain), static_cast<int>(plain.size())) ==
            1 &&
        EVP_EncryptFinal_ex(cipher.get(), raw(hidden) + length, &length) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_length, tag.data()) == 1;
    ensure(done, "AES-256-GCM is always available");
    return {out + hidden + tag};
}

Result<std::string> Sealer::open_sealed(std::string_view place, std::string_view row_id,
                                        std::string_view sealed) const {
    if (sealed.size() < head_length + tag_length || sealed[0] != version ||
        sealed.substr(1, key_id_length) != columns_id_)
        return does_not_open();
    auto nonce = sealed.substr(1 + key_id_length, nonce_length);
    auto hidden = sealed.substr(head_length, sealed.size() - head_length - tag_length);
    Bytes tag(sealed.substr(sealed.size() - tag_length));
    auto extra = associated(place, row_id);
    Bytes plain(hidden.size(), '\0');
    Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int length = 0;
    auto opened =
        EVP_DecryptInit_ex(cipher.get(), aes_256_gcm(), nullptr, raw(columns_), raw(nonce)) == 1 &&
        EVP_DecryptUpdate(cipher.get(), nullptr, &length, raw(extra), static_cast<int>(extra.size())) == 1 &&
        EVP_DecryptUpdate(cipher.get(), raw(plain), &length, raw(hidden), static_cast<int>(hidden.size())) ==
            1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_length, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(cipher.get(), raw(plain) + length, &length) == 1;
    if (!opened) return does_not_open();
    return plain;
}

std::string Sealer::blind(std::string_view place, std::string_view plain) const {
    return to_hex(hmac_sha256(index_, associated(place, plain)));
}

}  // namespace tongban::store
