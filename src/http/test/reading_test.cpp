// Reading targets and multipart bodies: small grammars, so tables of what is taken and what is refused.
#include <gtest/gtest.h>

#include "http/multipart.h"
#include "http/target.h"

namespace tongban::http {
namespace {

TEST(Target, DecodesPathAndQuery) {
    auto read = read_target("/api/%E8%AF%81/a+b?q=%E5%91%A8+x%2By&empty=&flag&&");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->path, "/api/证/a+b");
    EXPECT_EQ(read->query,
              (std::map<std::string, std::string>{{"q", "周 x+y"}, {"empty", ""}, {"flag", ""}}));
}

TEST(Target, RefusesPathsThatCouldMeanTwoThings) {
    for (auto const* text :
         {"",       "x",         "http://a/b", "*",      "/%00",  "/%zz",      "/%4",       "/%",
          "/a%2fb", "/a%2Fb",    "/a\\b",      "/a%5cb", "/../x", "/a/..",     "/%2e%2e/x", "/./x",
          "/%ff",   "/a%0d%0ab", "/a#b",       "/证",    "/a b",  "/%ED%A0%80"}) {
        auto read = read_target(text);
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().code, "path_is_malformed") << text;
        EXPECT_EQ(read.error().kind, ErrorKind::bad_request);
    }
}

TEST(Target, RefusesQueriesThatCouldMeanTwoThings) {
    for (auto const* text : {"/?a=%zz", "/?a=%00", "/?a=1&a=2", "/?a=%ff", "/?%=1"}) {
        auto read = read_target(text);
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_EQ(read.error().code, "query_is_malformed") << text;
    }
}

std::string const type = "multipart/form-data; boundary=XX";
std::string part(std::string const& header, std::string const& content) {
    return "--XX\r\n" + header + "\r\n\r\n" + content + "\r\n";
}
std::string const end = "--XX--\r\n";

TEST(Multipart, ReadsFilesAndFields) {
    auto body = part("Content-Disposition: form-data; name=\"kind\"", "身份证") +
                part(
                    "Content-Disposition: form-data; name=\"file\"; filename=\"C:\\照片\\周%22.jpg\"\r\n"
                    "Content-Type: image/JPEG",
                    std::string("\xff\xd8\0\r\n--X\r\n", 10)) +
                part("Content-Disposition: form-data; name=empty; filename=\"\"\r\nContent-Type: a/b", "") +
                end;
    auto read = read_multipart("multipart/form-data; boundary=\"XX\"", body);
    ASSERT_TRUE(read.ok()) << read.error().detail;
    EXPECT_EQ(read->fields, (std::map<std::string, std::string>{{"kind", "身份证"}}));
    ASSERT_EQ(read->uploads.size(), 1u);
    EXPECT_EQ(read->uploads[0].field, "file");
    EXPECT_EQ(read->uploads[0].file_name, "周\".jpg");
    EXPECT_EQ(read->uploads[0].content_type, "image/jpeg");
    EXPECT_EQ(read->uploads[0].bytes, std::string("\xff\xd8\0\r\n--X\r\n", 10));
}

TEST(Multipart, AnEmptyPartIsEmptyText) {
    auto read = read_multipart(type, part("Content-Disposition: form-data; name=\"a\"", "") + end);
    ASSERT_TRUE(read.ok()) << read.error().detail;
    EXPECT_EQ(read->fields.at("a"), "");
}

TEST(Multipart, RefusesEveryOtherDialect) {
    std::string const named = "Content-Disposition: form-data; name=\"a\"";
    std::vector<std::pair<std::string, std::string>> const wrong{
        {"multipart/form-data", part(named, "1") + end},
        {"multipart/mixed; boundary=XX", part(named, "1") + end},
        {"multipart/form-data; boundary=a\tb", part(named, "1") + end},
        {"multipart/form-data; boundary=X; boundary=XX", part(named, "1") + end},
        {type, ""},
        {type, "preamble\r\n" + part(named, "1") + end},
        {type, part(named, "1")},
        {type, part(named, "1") + "--XX"},
        {type, part(named, "1") + end + "epilogue"},
        {type, "--XX\n" + named + "\n\n1\n--XX--\n"},
        {type, part("Content-Type: text/plain", "1") + end},
        {type, part(named + "\r\n" + named, "1") + end},
        {type, part("Content-Disposition: form-data; name=\"\"", "1") + end},
        {type, part("Content-Disposition: attachment; name=\"a\"", "1") + end},
        {type, part("Content-Disposition: form-data; name=\"a", "1") + end},
        {type, part(named + "\r\nContent-Transfer-Encoding: base64", "MQ==") + end},
        {type, part(named, "1") + part(named, "2") + end},
        {type, part(named, "\xff") + end},
        {type, part("X: " + std::string(5000, 'x') + "\r\n" + named, "1") + end}};
    for (auto const& [content_type, body] : wrong) {
        auto read = read_multipart(content_type, body);
        ASSERT_FALSE(read.ok()) << content_type << "\n" << body.substr(0, 200);
        EXPECT_EQ(read.error().code, "multipart_is_malformed");
    }
}

TEST(Multipart, TakesTwentyPartsAndNoMore) {
    std::string body;
    for (int i = 0; i < 20; ++i)
        body += part("Content-Disposition: form-data; name=\"p" + std::to_string(i) + "\"", "x");
    EXPECT_TRUE(read_multipart(type, body + end).ok());
    auto read = read_multipart(type, body + part("Content-Disposition: form-data; name=\"q\"", "x") + end);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, "multipart_has_too_many_parts");
}

}  // namespace
}  // namespace tongban::http
