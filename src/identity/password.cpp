#include "identity/password.h"

#include <argon2.h>

#include "base/seats.h"

namespace tongban::identity {

namespace {
constexpr std::uint32_t passes = 2, memory_kib = 19 * 1024, lanes = 1;
constexpr std::size_t salt_bytes = 16, hash_bytes = 32;

Error busy() {
    return {ErrorKind::unavailable, "sign_in_is_busy", "现在登录的人很多，请过几秒再试。", {}, 5};
}
}  // namespace

/// One of the two places, held while hashing.
class Passwords::Place {
public:
    static Result<Place> take(Passwords& of) {
        OutOfSeat const others_go_on;
        std::unique_lock lock(of.mutex_);
        if (!of.freed_.wait_for(lock, of.wait_, [&] { return of.free_ > 0; })) return busy();
        --of.free_;
        return Place(of);
    }
    Place(Place&& from) noexcept : of_(std::exchange(from.of_, nullptr)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
        if (of_ == nullptr) return;
        std::scoped_lock lock(of_->mutex_);
        ++of_->free_;
        of_->freed_.notify_one();
    }

private:
    explicit Place(Passwords& of) : of_(&of) {}
    Passwords* of_;
};

std::string Passwords::hash(std::string_view password) {
    auto salt = random_bytes(salt_bytes);
    std::string encoded(argon2_encodedlen(passes, memory_kib, lanes, salt_bytes, hash_bytes, Argon2_id),
                        '\0');
    auto done = argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(),
                                      salt.data(), salt.size(), hash_bytes, encoded.data(), encoded.size());
    ensure(done == ARGON2_OK, "argon2id makes a hash");
    encoded.resize(std::char_traits<char>::length(encoded.c_str()));
    return encoded;
}

Result<bool> Passwords::fits(std::string_view password, std::string const& encoded) {
    auto place = TRY(Place::take(*this));
    return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

Result<void> Passwords::pretend(std::string_view password) {
    auto place = TRY(Place::take(*this));
    std::string salt(salt_bytes, 's'), out(hash_bytes, '\0');
    auto done = argon2id_hash_raw(passes, memory_kib, lanes, password.data(), password.size(), salt.data(),
                                  salt.size(), out.data(), out.size());
    ensure(done == ARGON2_OK, "argon2id makes a hash");
    return {};
}

}  // namespace tongban::identity
