#include <gtest/gtest.h>

#include "client/client.h"

using namespace tongban;
using namespace tongban::client;

namespace {
std::string header(Call const& call, std::string_view name) {
    for (auto const& [each, value] : call.headers)
        if (each == name) return value;
    return "";
}
constexpr Instant now{1'700'000'000'000};
}  // namespace

TEST(sign, sm3_gives_what_the_standard_shows) {
    // GB/T 32905-2016, annex A.
    EXPECT_EQ(to_hex(sm3("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

TEST(sign, a_header_covers_method_target_time_nonce_and_body) {
    for (auto scheme : {Scheme::hmac_sha256, Scheme::hmac_sm3}) {
        Call call;
        call.method = "POST";
        call.url = "http://h:80/a/b?x=%E5%91%A8";
        call.body = "{}";
        sign(call, {scheme, "us", "secret"}, now, "nonce-1");
        EXPECT_EQ(header(call, "X-Key-Id"), "us");
        EXPECT_EQ(header(call, "X-Timestamp"), "1700000000000");
        EXPECT_EQ(header(call, "X-Nonce"), "nonce-1");
        auto text = signed_text("POST", "/a/b?x=%E5%91%A8", "1700000000000", "nonce-1", "{}");
        EXPECT_EQ(text, "POST\n/a/b?x=%E5%91%A8\n1700000000000\nnonce-1\n{}");
        if (scheme == Scheme::hmac_sha256)
            EXPECT_EQ(header(call, "X-Sign"), to_hex(hmac_sha256("secret", text)));
        else
            EXPECT_EQ(header(call, "X-SM3"), to_hex(hmac_sm3("secret", text)));
    }
}

TEST(sign, sorted_pairs_stand_in_the_form_or_in_the_query) {
    auto expected = sorted_sm3({{"timestamp", "1700000000000"},
                                {"name", "周 桂兰"},
                                {"key_id", "us"},
                                {"sign", "no"},
                                {"nonce", "n1"}},
                               "k");
    EXPECT_EQ(expected, to_hex(sm3("key_id=us&name=周 桂兰&nonce=n1&timestamp=1700000000000&key=k")));
    Call form;
    form.method = "POST";
    form.url = "http://h/q";
    form.body = "name=" + percent_encoded("周 桂兰");
    sign(form, {Scheme::sorted_sm3, "us", "k"}, now, "n1");
    EXPECT_TRUE(form.body.ends_with("&sign=" + expected)) << form.body;
    Call query;
    query.url = "http://h/q?name=" + percent_encoded("周 桂兰");
    sign(query, {Scheme::sorted_sm3, "us", "k"}, now, "n1");
    EXPECT_TRUE(query.url.ends_with("&sign=" + expected)) << query.url;
    EXPECT_TRUE(query.headers.empty());
}

TEST(sign, a_bearer_shows_its_key_and_none_shows_nothing) {
    Call call;
    call.url = "http://h";
    sign(call, {Scheme::bearer, "", "k"}, now, "n");
    EXPECT_EQ(header(call, "Authorization"), "Bearer k");
    Call plain;
    sign(plain, {}, now, "n");
    EXPECT_TRUE(plain.headers.empty());
    EXPECT_EQ(read_scheme("hmac_sm3"), Scheme::hmac_sm3);
    EXPECT_FALSE(read_scheme("md5"));
    EXPECT_EQ(to_text(Scheme::sorted_sm3), "sorted_sm3");
}

TEST(sign, percent_encoding_goes_both_ways) {
    for (std::string text : {"a b+c&d=e/%", "周桂兰", "~._-", ""})
        EXPECT_EQ(percent_decoded(percent_encoded(text)), text);
    EXPECT_EQ(percent_decoded("a+b%2"), "a b%2");
}
