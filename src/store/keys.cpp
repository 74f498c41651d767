#include "store/keys.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace tongban::store {

namespace {
namespace fs = std::filesystem;

Error missing(std::string const& file) {
    return {ErrorKind::unavailable, "keys_are_missing",
            "找不到密钥 " + file +
                "。数据库已有内容，不会另造密钥：请从保管处取回密钥目录（权限 0600）后再启动。"};
}

Error unusable(std::string const& why) {
    return {ErrorKind::unavailable, "keys_cannot_be_used", "密钥不能使用：" + why + "。"};
}

std::optional<Bytes> from_hex(std::string_view text) {
    Bytes out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        constexpr std::string_view digits = "0123456789abcdef";
        auto high = digits.find(text[i]), low = digits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        out += static_cast<char>(high << 4 | low);
    }
    return text.size() % 2 == 0 ? std::optional(out) : std::nullopt;
}

/// Written beside and linked into place: two processes that start at once agree on one key, and half a key is
/// never seen.
Result<void> write_key(fs::path const& file, std::string const& text) {
    auto draft = file.string() + "." + random_digits(12);
    auto out = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (out < 0) return unusable("无法写入密钥目录");
    auto written =
        ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(out) == 0;
    ::close(out);
    auto linked = written && (::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST);
    ::unlink(draft.c_str());
    if (!linked) return unusable("无法写入密钥目录");
    auto folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

unsigned char const* raw(std::string_view bytes) {
    return reinterpret_cast<unsigned char const*>(bytes.data());
}

Key private_key(Bytes const& seed) {
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(seed), seed.size()), &EVP_PKEY_free);
    ensure(key != nullptr, "an Ed25519 key is 32 bytes");
    return key;
}
}  // namespace

Result<Bytes> open_key(std::string const& data_directory, std::string const& name, std::size_t length,
                       Sealer::Keys keys) {
    auto folder = fs::path(data_directory) / "keys";
    auto file = folder / name;
    std::error_code failed;
    if (!fs::exists(file, failed)) {
        if (keys == Sealer::Keys::must_exist) return missing("keys/" + name);
        fs::create_directories(folder, failed);
        fs::permissions(folder, fs::perms::owner_all, failed);
        if (failed) return unusable("无法新建密钥目录");
        TRY(write_key(file, to_hex(random_bytes(length)) + "\n"));
    }
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0) return missing("keys/" + name);
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return unusable("keys/" + name + " 可被他人读取，请改为 0600");
    std::ifstream in(file);
    auto key = from_hex(trimmed(std::string(std::istreambuf_iterator<char>(in), {})));
    if (!key || key->size() != length) return unusable("keys/" + name + " 内容不完整");
    return *key;
}

Result<AuditKey> AuditKey::open(std::string const& data_directory, Sealer::Keys keys) {
    AuditKey made;
    made.seed_ = TRY(open_key(data_directory, "audit.key", 32, keys));
    return made;
}

std::string AuditKey::sign(std::string_view text) const {
    auto key = private_key(seed_);
    Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    Bytes signature(64, '\0');
    auto length = signature.size();
    auto done = EVP_DigestSignInit(digest.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                               raw(text), text.size()) == 1;
    ensure(done && length == signature.size(), "Ed25519 is always available");
    return to_hex(signature);
}

bool AuditKey::verify(std::string_view text, std::string_view signature) const {
    auto bytes = from_hex(signature);
    if (!bytes) return false;
    auto key = private_key(seed_);
    Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return EVP_DigestVerifyInit(digest.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(digest.get(), raw(*bytes), bytes->size(), raw(text), text.size()) == 1;
}

}  // namespace tongban::store
