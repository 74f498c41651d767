#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/base.h"

using namespace tongban;

TEST(ids, are_ordered_by_time_and_never_repeat) {
    std::set<std::string> ids;
    for (int i = 0; i < 1000; ++i) ids.insert(make_id({1'792'000'000'000}));
    EXPECT_EQ(ids.size(), 1000U);
    for (auto const& id : ids) EXPECT_TRUE(is_id(id)) << id;
    EXPECT_LT(*ids.rbegin(), make_id({1'792'000'000'001}));
    EXPECT_FALSE(is_id(""));
    EXPECT_FALSE(is_id(std::string(25, '0')));
    EXPECT_FALSE(is_id("8" + std::string(25, '0')));
    EXPECT_FALSE(is_id(std::string(25, '0') + "u"));
    EXPECT_FALSE(is_id(std::string(25, '0') + "A"));
}

TEST(ids, hold_the_time_in_the_first_ten_symbols) {
    EXPECT_EQ(make_id({0}).substr(0, 10), "0000000000");
    EXPECT_EQ(make_id({32 * 32 + 33}).substr(0, 10), "0000000111");
    EXPECT_THROW(make_id({-1}), Bug);
}

TEST(clock, days_are_beijings) {
    Instant before{1'792'000'000'000};
    EXPECT_EQ(to_text(before), "2026-10-15T01:46:40+08:00");
    EXPECT_EQ(to_text(beijing_day(before)), "2026-10-15");
    EXPECT_EQ(to_text(beijing_day(start_of(MUST(read_day("2026-10-15"))))), "2026-10-15");
    EXPECT_EQ(to_text(beijing_day(start_of(MUST(read_day("2026-10-15"))) - std::chrono::milliseconds{1})),
              "2026-10-14");
    EXPECT_EQ(to_text(beijing_day({-8 * 3'600'000})), "1970-01-01");
    EXPECT_EQ(to_text(beijing_day({-8 * 3'600'000 - 1})), "1969-12-31");
    EXPECT_EQ(chinese_date(MUST(read_day("2026-10-05"))), "2026年10月5日");
    EXPECT_EQ(chinese_time(start_of(MUST(read_day("2026-10-05"))) + std::chrono::minutes{9 * 60 + 4}),
              "2026年10月5日 9:04");
}

TEST(clock, only_days_that_exist_are_read) {
    EXPECT_TRUE(read_day("2024-02-29").ok());
    for (auto text :
         {"2023-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026/10/15", "20261015", "", "2026-10-1x"}) {
        auto read = read_day(text);
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().code, "day_is_not_a_date");
    }
}

TEST(crypto, matches_published_vectors) {
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),  // RFC 4231, case 2
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(to_base64("f"), "Zg==");  // RFC 4648, 10
    EXPECT_EQ(to_base64("fo"), "Zm8=");
    EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(to_base64url("\xfb\xff\xfe\xff"), "-__-_w");
}

TEST(crypto, random_text_has_the_asked_length_and_symbols) {
    EXPECT_EQ(random_bytes(16).size(), 16U);
    EXPECT_NE(random_bytes(16), random_bytes(16));
    auto digits = random_digits(1000);
    EXPECT_EQ(digits.size(), 1000U);
    EXPECT_EQ(digits.find_first_not_of("0123456789"), std::string::npos);
    for (char c : std::string("0123456789")) EXPECT_NE(digits.find(c), std::string::npos);
    auto code = random_code(1000);
    EXPECT_EQ(code.find_first_not_of("23456789ABCDEFGHJKLMNPQRSTUVWXYZ"), std::string::npos);
    EXPECT_EQ(code.find_first_of("01IO"), std::string::npos);
}

TEST(text, only_well_formed_utf8_passes) {
    for (auto text : {"", "abc", "办事", "\xF0\x9F\x98\x80"}) EXPECT_TRUE(is_utf8(text)) << text;
    for (auto text : {"\x80", "\xC0\x80", "\xE4\xB8", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"})
        EXPECT_FALSE(is_utf8(text));
    EXPECT_FALSE(is_utf8(std::string_view("a\0b", 3)));
}

TEST(text, is_counted_in_code_points) {
    EXPECT_EQ(code_points("办事a\xF0\x9F\x98\x80"), 4U);
    EXPECT_EQ(from_code_points(to_code_points("é办\xF0\x9F\x98\x80z")), "é办\xF0\x9F\x98\x80z");
    EXPECT_EQ(trimmed("\t　 办 事 　\n"), "办 事");
    EXPECT_EQ(trimmed(" 　 "), "");
}

TEST(text, masks_hide_all_but_the_agreed_parts) {
    EXPECT_EQ(mask_name("周桂兰"), "周**");
    EXPECT_EQ(mask_name("欧阳修"), "欧阳*");
    EXPECT_EQ(mask_name("马超"), "马*");
    EXPECT_EQ(mask_name("欧阳"), "欧*");
    EXPECT_EQ(mask_name("马"), "马*");
    EXPECT_EQ(mask_name(""), "");
    EXPECT_EQ(mask_id_number("990102196002290028"), "9901**********0028");
    EXPECT_EQ(mask_id_number("9901"), "****");
    EXPECT_EQ(mask_phone("13800138000"), "138****8000");
    EXPECT_EQ(mask_phone("1380013"), "*******");
    EXPECT_EQ(mask_address("示范市东园区新村街道和平路12号3单元"), "示范市东园区新村****");
    EXPECT_EQ(mask_address("示范市东园街道和平路12号"), "示范市东园街道和平路****");
    EXPECT_EQ(mask_address("示范市清河镇12号"), "示范市清河镇****");
    EXPECT_EQ(mask_address("某处十二号楼"), "某处十****");
}

TEST(text, compares_secrets_and_fills_templates) {
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
    auto value = [](std::string_view name) {
        return name == "who" ? std::string("周桂兰") : "{" + std::string(name) + "}";
    };
    EXPECT_EQ(fill("{who}您好，{what}。{", value), "周桂兰您好，{what}。{");
}

TEST(json, strict_reading) {
    for (auto text :
         {R"({"a":1,"a":2})", R"({"a":{"b":1,"b":1}})", R"(["a\u0000b"])", R"({"a\u0000b":1})", "[1e400]",
          "[NaN]", "[1,]", "{} {}", "", "// x\n{}", "[\"\xff\"]", R"(["\ud800"])", "[01]", "{'a':1}"}) {
        auto read = read_json(text);
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().code, "body_is_not_json");
        EXPECT_EQ(read.error().kind, ErrorKind::bad_request);
        EXPECT_NE(read.error().detail.find("字节"), std::string::npos);
    }
    EXPECT_FALSE(read_json(std::string_view("[\"a\0b\"]", 7)).ok());
    EXPECT_NE(read_json(R"({"a":1,"a":2})").error().detail.find("重复"), std::string::npos);
    EXPECT_TRUE(read_json(" {\"a\": [1, {\"a\": null}], \"b\": {\"a\": true}} \n").ok());
    EXPECT_EQ(MUST(read_json("1e-400")).as_double(), 0);
}

TEST(json, thirty_two_levels_and_no_more) {
    EXPECT_TRUE(read_json(std::string(32, '[') + std::string(32, ']')).ok());
    EXPECT_FALSE(read_json(std::string(33, '[') + std::string(33, ']')).ok());
    EXPECT_FALSE(read_json(std::string(100'000, '[')).ok());
}

TEST(json, every_character_is_written_as_the_library_writes_it_and_reads_back) {
    // Fingerprints and seals are taken over these bytes.
    std::string all = "办事𠮷";
    for (char c = 1; c < 0x7f; ++c) all += std::string(1, c) + "a";
    EXPECT_EQ(to_text(Json(all)), json::serialize(Json(all)));
    EXPECT_EQ(MUST(read_json(to_text(Json(all)))).as_string(), all);
    EXPECT_EQ(to_text(Json("")), "\"\"");
    EXPECT_EQ(to_text(Json("\x1f\x7f\n")), "\"\\u001f\x7f\\n\"");
}

TEST(json, text_is_valid_json_and_keeps_the_order) {
    auto value =
        MUST(read_json(R"({"b":1.1,"a":"办\n\"","big":18446744073709551615,"n":-5,"x":[true,null]})"));
    EXPECT_EQ(to_text(value), R"({"b":1.1,"a":"办\n\"","big":18446744073709551615,"n":-5,"x":[true,null]})");
    EXPECT_EQ(canonical_text(value),
              R"({"a":"办\n\"","b":1.1,"big":18446744073709551615,"n":-5,"x":[true,null]})");
    EXPECT_EQ(canonical_text(MUST(read_json(R"({"a":{"d":1,"c":2}})"))),
              canonical_text(MUST(read_json(R"({ "a" : {"c":2,"d":1} })"))));
    EXPECT_EQ(MUST(read_json("[0.1234567890123456789]")).at(0).as_double(), 0.1234567890123456789);
}

TEST(actor, text_names_kind_and_id) {
    Actor resident;
    EXPECT_EQ(resident.text(), "anyone");
    resident.kind = ActorKind::resident;
    resident.person.text = "p1";
    EXPECT_EQ(resident.text(), "resident:p1");
    EXPECT_EQ(Actor::system("timer").text(), "system:timer");
}

TEST(pack, lists_and_reads_files) {
    char name[] = "/tmp/tongban-pack-XXXXXX";
    Pack pack{mkdtemp(name)};
    std::filesystem::create_directories(std::string(name) + "/items/deep");
    std::ofstream(std::string(name) + "/items/b.json") << "B";
    std::ofstream(std::string(name) + "/items/deep/a.json") << "A";
    std::ofstream(std::string(name) + "/items/c.csv") << "C";
    EXPECT_EQ(pack.list("items", ".json"), (std::vector<std::string>{"items/b.json", "items/deep/a.json"}));
    EXPECT_TRUE(pack.list("none", ".json").empty());
    EXPECT_EQ(MUST(pack.read("items/b.json")), "B");
    EXPECT_EQ(pack.read("items/x.json").error().code, "pack_file_is_missing");
    EXPECT_EQ(pack.read("items").error().code, "pack_file_is_missing");
    std::filesystem::remove_all(name);
}

TEST(result, try_passes_errors_on_and_must_throws) {
    auto half = [](int n) -> Result<int> {
        if (n % 2 != 0) return Error{ErrorKind::invalid, "number_is_odd", ""};
        return n / 2;
    };
    auto quarter = [&](int n) -> Result<int> {
        auto once = TRY(half(n));
        return half(once);
    };
    EXPECT_EQ(MUST(quarter(8)), 2);
    EXPECT_EQ(quarter(3).error().code, "number_is_odd");
    EXPECT_THROW(MUST(quarter(6)), Bug);
    EXPECT_THROW(ensure(false, "never"), Bug);
}
