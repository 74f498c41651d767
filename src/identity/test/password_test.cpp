#include "identity/password.h"

#include <gtest/gtest.h>

using namespace tongban;
using namespace tongban::identity;

TEST(passwords, fit_their_own_hash_only) {
    Passwords passwords;
    auto hash = passwords.hash("Tongban-2026");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
    EXPECT_NE(hash, passwords.hash("Tongban-2026")) << "every hash has its own salt";
    EXPECT_TRUE(MUST(passwords.fits("Tongban-2026", hash)));
    EXPECT_FALSE(MUST(passwords.fits("tongban-2026", hash)));
    EXPECT_FALSE(MUST(passwords.fits("Tongban-2026", "no hash at all")));
}

TEST(passwords, are_refused_when_too_many_are_looked_at) {
    Passwords full(0, std::chrono::milliseconds{0});
    EXPECT_EQ(full.fits("x", "y").error().code, "sign_in_is_busy");
    EXPECT_EQ(full.pretend("x").error().kind, ErrorKind::unavailable);
}
