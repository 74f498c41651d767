#include "http/static_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "house.h"
#include "kit/scenario.h"

namespace tongban::http {
namespace {

namespace fs = std::filesystem;

struct Static : testing::Test {
    fs::path root = fs::temp_directory_path() / ("tongban-static-" + std::to_string(::getpid()));
    House house;
    std::unique_ptr<Dispatcher> dispatcher;
    std::unique_ptr<kit::Browser> browser;

    void SetUp() override {
        put("web/portal/index.html", "portal");
        put("web/portal/assets/app-3fa9.js", "0123456789");
        put("web/portal/assets/app-3fa9.js.br", "packed");
        put("web/portal/.env", "hidden");
        put("web/desk/index.html", "desk");
        put("secret.txt", "secret");
        fs::create_symlink(root / "secret.txt", root / "web/portal/link.txt");
        fs::create_symlink("index.html", root / "web/portal/start.html");
        house.settings.web_root = (root / "web").string();
        dispatcher =
            std::make_unique<Dispatcher>(house.routes, house.authenticator, house.clock, house.settings);
        browser = std::make_unique<kit::Browser>(*dispatcher);
    }
    void TearDown() override { fs::remove_all(root); }
    void put(std::string const& path, std::string const& text) {
        fs::create_directories((root / path).parent_path());
        std::ofstream(root / path) << text;
    }
};

TEST_F(Static, ServesBothAppsAndTheirPages) {
    for (auto const* url : {"/", "/cases/mine", "/index.html", "/start.html"})
        EXPECT_EQ(browser->get(url).body, "portal") << url;
    for (auto const* url : {"/desk/", "/desk/queue/9", "/desk/index.html"})
        EXPECT_EQ(browser->get(url).body, "desk") << url;
    EXPECT_EQ(browser->get("/desk").header("Location"), "/desk/");
    EXPECT_EQ(browser->get("/").type, "text/html; charset=utf-8");
    EXPECT_EQ(browser->get("/").header("Cache-Control"), "no-cache");
    EXPECT_EQ(browser->get("/assets/app-3fa9.js").header("Cache-Control"),
              "public, max-age=31536000, immutable");
}

TEST_F(Static, HandsOutNothingElse) {
    for (auto const* url :
         {"/none.js", "/.env", "/link.txt", "/assets", "/desk/none.js", "/assets/app-3fa9.js/x.js"}) {
        auto answer = browser->get(url);
        EXPECT_TRUE(answer.status == 404 || answer.body == "portal") << url << answer;
        EXPECT_EQ(answer.body.find("secret"), std::string::npos) << url;
        EXPECT_EQ(answer.body.find("hidden"), std::string::npos) << url;
    }
    EXPECT_EQ(browser->get("/none.js").type, "text/html; charset=utf-8");
    EXPECT_EQ(browser->get("/../secret.txt").code, "path_is_malformed");
    EXPECT_EQ(browser->get("/%2e%2e/%2e%2e/secret.txt").code, "path_is_malformed");
    EXPECT_EQ(browser->get("/api/x").code, "no_such_page") << "the interface never falls back to a page";
    EXPECT_EQ(browser->post("/index.html").status, 404);
}

TEST_F(Static, PackedForThoseWhoTakeIt) {
    auto packed = browser->get("/assets/app-3fa9.js", {{"Accept-Encoding", "gzip, br"}});
    EXPECT_EQ(packed.body, "packed");
    EXPECT_EQ(packed.header("Content-Encoding"), "br");
    EXPECT_EQ(packed.header("Vary"), "Accept-Encoding");
    EXPECT_EQ(packed.type, "text/javascript; charset=utf-8");
    auto plain = browser->get("/assets/app-3fa9.js", {{"Accept-Encoding", "gzip, br;q=0"}});
    EXPECT_EQ(plain.body, "0123456789");
    EXPECT_NE(plain.header("ETag"), packed.header("ETag"));
}

TEST_F(Static, UnchangedIsNotSentAgain) {
    auto tag = browser->get("/").header("ETag");
    auto again = browser->get("/", {{"If-None-Match", "W/\"x\", " + tag}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    put("web/portal/index.html", "portal, rebuilt");
    EXPECT_EQ(browser->get("/", {{"If-None-Match", tag}}).body, "portal, rebuilt");
}

TEST_F(Static, Ranges) {
    auto range = [&](std::string text, kit::Headers more = {}) {
        more.emplace_back("Range", text);
        return browser->get("/assets/app-3fa9.js", more);
    };
    EXPECT_EQ(range("bytes=2-4").body, "234");
    EXPECT_EQ(range("bytes=2-4").status, 206);
    EXPECT_EQ(range("bytes=2-4").header("Content-Range"), "bytes 2-4/10");
    EXPECT_EQ(range("bytes=7-").body, "789");
    EXPECT_EQ(range("bytes=-3").body, "789");
    EXPECT_EQ(range("bytes=-30").body, "0123456789");
    EXPECT_EQ(range("bytes=8-30").header("Content-Range"), "bytes 8-9/10");
    EXPECT_EQ(range("bytes=10-").status, 416);
    EXPECT_EQ(range("bytes=10-").header("Content-Range"), "bytes */10");
    for (auto const* whole : {"bytes=4-2", "bytes=", "bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b"}) {
        EXPECT_EQ(range(whole).status, 200) << whole;
    }
    EXPECT_EQ(range("bytes=2-4", {{"If-Range", "\"old\""}}).status, 200);
    EXPECT_EQ(range("bytes=2-4", {{"If-Range", range("bytes=0-0").header("ETag")}}).status, 206);
}

TEST(StaticWithoutRoot, IsAPlainPage) {
    House house;
    Dispatcher dispatcher(house.routes, house.authenticator, house.clock, house.settings);
    kit::Browser browser(dispatcher);
    auto answer = browser.get("/");
    EXPECT_EQ(answer.status, 404);
    EXPECT_NE(answer.body.find("没有这个页面"), std::string::npos);
}

TEST(AcceptEncoding, IsReadExactly) {
    EXPECT_TRUE(accepts_coding("gzip, deflate, br", "br"));
    EXPECT_TRUE(accepts_coding("br;q=0.5", "br"));
    EXPECT_FALSE(accepts_coding("br;q=0.0", "br"));
    EXPECT_FALSE(accepts_coding("brotli", "br"));
    EXPECT_FALSE(accepts_coding("", "br"));
}

}  // namespace
}  // namespace tongban::http
