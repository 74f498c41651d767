// The readers and writers that tools/apigen.py makes, tried on test/api.yaml.
#include <gtest/gtest.h>

#include "http_sample/api.h"

namespace tongban::http_sample::api {
namespace {

std::string const least = R"("item":"甲乙丙丁","state":"open","count":2)";

/// `/path code` of every wrong field.
std::vector<std::string> wrong_in(std::string const& body) {
    auto read = read_wish(body);
    if (read.ok()) return {};
    EXPECT_EQ(read.error().kind, ErrorKind::invalid) << read.error().code;
    EXPECT_EQ(read.error().code, "request_has_wrong_fields");
    std::vector<std::string> out;
    for (auto const& field : read.error().fields) out.push_back(field.path + " " + field.code);
    return out;
}
std::vector<std::string> wrong_with(std::string const& field) {
    return wrong_in("{" + least + "," + field + "}");
}
using Wrong = std::vector<std::string>;

TEST(Generated, ReadsTheLeastAndFillsDefaults) {
    auto read = read_wish("{" + least + "}");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->item, "甲乙丙丁");
    EXPECT_EQ(read->state, State::open);
    EXPECT_EQ(read->count, 2);
    EXPECT_EQ(read->way, WishWay::new_);
    EXPECT_FALSE(read->urgent);
    EXPECT_FALSE(read->parts.has_value());
    EXPECT_FALSE(read->note.has_value());
}

TEST(Generated, WhatIsWrittenReadsBackEqual) {
    Wish wish{.item = "证",
              .state = State::closed,
              .count = 3,
              .way = WishWay::value_2nd_floor,
              .mood = "说不好",
              .urgent = true,
              .weight = 1.5,
              .day = "2026-10-15",
              .at = "2026-10-15T09:24:05+08:00",
              .amount = "-12.50",
              .code = "A0-7",
              .note = "备注",
              .parts = {{{.name = "甲", .parts = {{{.name = "乙"}}}}}},
              .answers = json::object{{"任意", json::array{1, nullptr}}},
              .names = {{{"a", "b"}}},
              .anything = 5,
              .inner = WishInner{.class_ = "c"},
              .maybe = Part{.name = "丙"}};
    auto read = read_wish(write(wish));
    ASSERT_TRUE(read.ok()) << read.error().fields.at(0).path << read.error().fields.at(0).code;
    EXPECT_TRUE(*read == wish) << write(*read);
}

TEST(Generated, OptionalIsLeftOutAndNullableIsWrittenNull) {
    EXPECT_EQ(write(Part{.name = "甲"}), R"({"name":"甲","seen_by":null})");
}

TEST(Generated, NamesEveryWrongFieldAtOnce) {
    EXPECT_EQ(wrong_in(R"({"item":"一二三四五","count":"2","extra":1,"a/b":1})"),
              (Wrong{"/extra field_is_unknown", "/a~1b field_is_unknown", "/item field_is_too_long",
                     "/state field_is_missing", "/count field_has_wrong_type"}));
}

TEST(Generated, RefusesByName) {
    EXPECT_EQ(wrong_in(R"({"item":"","state":"shut","count":0})"),
              (Wrong{"/item field_is_too_short", "/state field_is_not_one_of", "/count field_is_too_small"}));
    EXPECT_EQ(wrong_in("[]"), (Wrong{" field_has_wrong_type"}));
    EXPECT_EQ(
        wrong_in(R"({"item":null,"state":1,"count":4})"),
        (Wrong{"/item field_has_wrong_type", "/state field_has_wrong_type", "/count field_is_too_large"}));
    EXPECT_EQ(wrong_in(R"({"item":"甲","state":"open","count":1.0})"),
              (Wrong{"/count field_has_wrong_type"}));
    EXPECT_EQ(wrong_in(R"({"item":"甲","state":"open","count":9223372036854775808})"),
              (Wrong{"/count field_is_too_large"}));
    EXPECT_EQ(wrong_with(R"("urgent":0)"), (Wrong{"/urgent field_has_wrong_type"}));
    EXPECT_EQ(wrong_with(R"("urgent":null)"), (Wrong{"/urgent field_has_wrong_type"}));
    EXPECT_EQ(wrong_with(R"("weight":9.6)"), (Wrong{"/weight field_is_too_large"}));
    EXPECT_EQ(wrong_with(R"("note":null,"maybe":null)"), Wrong{});
    EXPECT_EQ(wrong_with(R"("way":"by_foot")"), (Wrong{"/way field_is_not_one_of"}));
    EXPECT_EQ(wrong_with(R"("answers":[])"), (Wrong{"/answers field_has_wrong_type"}));
    EXPECT_EQ(wrong_with(R"("names":{"x":"四个字了"})"), (Wrong{"/names/x field_is_too_long"}));
    EXPECT_EQ(wrong_with(R"("inner":{})"), (Wrong{"/inner/class field_is_missing"}));
}

TEST(Generated, RefusesFormsThatAreNone) {
    for (auto const* day : {"2026-02-29", "2026-2-1", "20260201", ""}) {
        EXPECT_EQ(wrong_with("\"day\":\"" + std::string(day) + "\""), (Wrong{"/day field_is_not_a_date"}))
            << day;
    }
    for (auto const* at : {"2026-10-15T09:24:05", "2026-10-15 09:24:05Z", "2026-10-15T24:00:00Z",
                           "2026-10-15T09:24:05.Z", "2026-10-15T09:24:05+8:00", "2026-02-30T09:24:05Z"}) {
        EXPECT_EQ(wrong_with("\"at\":\"" + std::string(at) + "\""), (Wrong{"/at field_is_not_a_time"})) << at;
    }
    for (auto const* at : {"2026-10-15T09:24:05Z", "2026-10-15T09:24:05.123-03:30"}) {
        EXPECT_EQ(wrong_with("\"at\":\"" + std::string(at) + "\""), Wrong{}) << at;
    }
    for (auto const* amount :
         {"", "-", "1.", ".5", "01", "1e3", "1,000", "１", "12345678901234567890123456789012345.1"}) {
        EXPECT_EQ(wrong_with("\"amount\":\"" + std::string(amount) + "\""),
                  (Wrong{"/amount field_is_not_a_decimal"}))
            << amount;
    }
    for (auto const* code : {"A0-", "A0-1234", "a0-1", "A0-1\\n", "AA0-1", "A0_1"}) {
        EXPECT_EQ(wrong_with("\"code\":\"" + std::string(code) + "\""), (Wrong{"/code field_has_wrong_form"}))
            << code;
    }
    EXPECT_EQ(wrong_with(R"("code":"FF-123")"), Wrong{});
}

TEST(Generated, PointsIntoLists) {
    EXPECT_EQ(wrong_with(R"("parts":[])"), (Wrong{"/parts field_has_too_few_items"}));
    EXPECT_EQ(wrong_with(R"("parts":[1,2,3])"), (Wrong{"/parts field_has_too_many_items"}));
    EXPECT_EQ(wrong_with(R"("parts":{})"), (Wrong{"/parts field_has_wrong_type"}));
    EXPECT_EQ(
        wrong_with(
            R"("parts":[{"name":"甲","seen_by":null},{"name":"乙","seen_by":"丙","parts":[{"name":3}]}])"),
        (Wrong{"/parts/1/parts/0/name field_has_wrong_type", "/parts/1/parts/0/seen_by field_is_missing"}));
}

TEST(Generated, BodyThatIsNoJson) {
    for (auto const* body : {"", "{", "{\"item\":\"\xff\"}", "{\"item\":\"甲\",\"item\":\"乙\"}"}) {
        auto read = read_wish(body);
        ASSERT_FALSE(read.ok());
        EXPECT_EQ(read.error().code, "body_is_not_json");
        EXPECT_EQ(read.error().kind, ErrorKind::bad_request);
    }
}

TEST(Generated, WrongFieldsAreCounted) {
    std::string body = "{" + least;
    for (int i = 0; i < 300; ++i) body += ",\"x" + std::to_string(i) + "\":1";
    EXPECT_EQ(wrong_in(body + "}").size(), 100u);
}

TEST(Generated, EnumsReadAndWriteTheirText) {
    EXPECT_EQ(to_text(WishWay::value_2nd_floor), "2nd-floor");
    EXPECT_EQ(*read_wish_way("by_post"), WishWay::by_post);
    EXPECT_EQ(read_state("ajar").error().code, "field_is_not_one_of");
}

TEST(Contract, SaysEveryDifferenceToTheRouteTable) {
    auto handler = [](http::Request const&) -> Result<http::Reply> { return http::no_content(); };
    http::Routes routes;
    routes.post("/api/sample/wishes/{id}", {"sample.wish"}, handler);
    routes.del("/api/sample/wishes/{id}", http::Permission::signed_in(), handler);
    EXPECT_TRUE(http::check_contract(routes, contract()).ok());
    http::Routes others;
    others.post("/api/sample/wishes/{id}", {"sample.grant"}, handler);
    auto checked = http::check_contract(others, contract());
    ASSERT_FALSE(checked.ok());
    EXPECT_EQ(checked.error().code, "routes_differ_from_contract");
    EXPECT_EQ(checked.error().detail,
              "only in the route table: POST /api/sample/wishes/{id} (sample.grant)\n"
              "only in api.yaml: DELETE /api/sample/wishes/{id} (signed_in)\n"
              "only in api.yaml: POST /api/sample/wishes/{id} (sample.wish)\n");
}

}  // namespace
}  // namespace tongban::http_sample::api
