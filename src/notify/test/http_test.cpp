#include <filesystem>
#include <fstream>

#include "kit/by_cookie.h"
#include "kit/kit.h"
#include "kit/scenario.h"
#include "kit/tree.h"
#include "notify/api.h"
#include "notify/notify.h"
#include "notify/sql.h"

using namespace tongban;
using namespace tongban::notify;

namespace {
class notify_http : public ::testing::TestWithParam<store::Dialect> {
protected:
    notify_http() {
        notify_.routes(routes_);
        dispatcher_ = std::make_unique<http::Dispatcher>(routes_, authenticator_, clock_, http::Settings{});
        MUST(notify_.import({(kit::tree_root() / "packs/demo-city").string()}));
    }
    void send(std::string const& to, std::string const& key, std::string const& kind = "cases.accepted") {
        auto tx = MUST(store_->begin());
        notify_.send(*tx, {PersonId{to},
                           kind,
                           "/cases/1",
                           {{"item", "亲属关系情况证明"},
                            {"case_no", "9901-17"},
                            {"body", "示例街道"},
                            {"due", "2026-10-16"},
                            {"licence", "示街证〔2026〕1号"}},
                           key});
        MUST(tx->commit());
    }
    kit::Answer ask(std::string const& who, std::string const& url = "/api/notify/messages") {
        kit::Browser at(*dispatcher_);
        at.keep_cookie("who", who);
        return at.get(url);
    }
    kit::Answer read(std::string const& who, std::string const& id) {
        kit::Browser at(*dispatcher_);
        at.keep_cookie("who", who);
        return at.post("/api/notify/messages/" + id + "/reading", nullptr, {{"X-CSRF-Token", "t"}});
    }

    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::FreshStore store_ = kit::fresh_store(GetParam(), clock_, {notify::schema()});
    Notify notify_{*store_, clock_};
    http::Routes routes_;
    kit::ByCookie authenticator_{"who", kit::resident};
    std::unique_ptr<http::Dispatcher> dispatcher_;
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, notify_http, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(notify_http, the_routes_are_those_of_the_contract_and_every_query_prepares) {
    auto same = http::check_contract(routes_, api::contract());
    EXPECT_TRUE(same.ok()) << same.error().detail;
    auto prepared = store_->check_queries();
    EXPECT_TRUE(prepared.ok()) << prepared.error().detail;
}

TEST_P(notify_http, a_message_reaches_its_person_once) {
    send("zhou", "case1:accepted");
    send("zhou", "case1:accepted");
    send("li", "case1:accepted");
    auto mine = ask("zhou");
    EXPECT_EQ(mine.integer("/unread"), 1) << mine;
    ASSERT_NE(mine.find("/messages"), nullptr);
    EXPECT_EQ(mine.find("/messages")->as_array().size(), 1U);
    EXPECT_EQ(mine.text("/messages/0/title"), "已受理");
    EXPECT_NE(mine.text("/messages/0/text").find("10月16日（周五）"), std::string::npos);
    EXPECT_EQ(mine.text("/messages/0/link"), "/cases/1");
    EXPECT_EQ(ask("zhou", "/api/notify/messages?lang=en").text("/messages/0/title"), "Accepted");
    EXPECT_EQ(ask("").status, 401);
}

TEST_P(notify_http, reading_is_ones_own_doing) {
    send("zhou", "case1:accepted");
    auto id = ask("zhou").text("/messages/0/id");
    EXPECT_EQ(read("li", id).code, "message_is_unknown");
    EXPECT_EQ(ask("zhou").integer("/unread"), 1);
    EXPECT_EQ(read("zhou", id).status, 204);
    EXPECT_EQ(read("zhou", id).status, 204) << "twice does no harm";
    EXPECT_EQ(ask("zhou").integer("/unread"), 0);
    EXPECT_EQ(*ask("zhou").find("/messages/0/read"), Json(true));
}

TEST_P(notify_http, a_kind_without_words_stops_nothing) {
    send("zhou", "k", "cases.unheard_of");
    EXPECT_EQ(ask("zhou").find("/messages")->as_array().size(), 0U);
}

TEST_P(notify_http, a_message_keeps_its_words_and_lies_sealed) {
    send("zhou", "case1:accepted");
    kit::TempDir pack;
    std::filesystem::create_directories(pack.path() + "/notify");
    std::ofstream(pack.path() + "/notify/templates.json")
        << R"({"templates": [{"kind": "cases.accepted", "zh": {"title": "改了", "text": "改了"},
              "en": {"title": "changed", "text": "changed"}}]})";
    MUST(notify_.import({pack.path()}));
    EXPECT_EQ(ask("zhou").text("/messages/0/title"), "已受理");
    clock_.advance(std::chrono::seconds{1});
    send("zhou", "case2:accepted");
    EXPECT_EQ(ask("zhou").text("/messages/0/title"), "改了");
    auto const* sql = "SELECT sealed FROM notify_message";
    auto reader = MUST(store_->reader());
    for (auto const& row : MUST(reader->rows(store::Query{"test.sealed", sql, sql})))
        EXPECT_EQ(row.bytes("sealed").find("受理"), std::string::npos);
}

TEST_P(notify_http, templates_outlive_a_restart) {
    Notify second(*store_, clock_);
    MUST(second.start());
    auto tx = MUST(store_->begin());
    second.send(*tx, {PersonId{"zhou"}, "licences.revoked", "", {{"item", "证明"}}, "k"});
    MUST(tx->commit());
    EXPECT_EQ(ask("zhou").text("/messages/0/title"), "证照已撤销");
    EXPECT_EQ(ask("zhou").find("/messages/0/link"), nullptr);
}

TEST_P(notify_http, a_wrong_pack_says_where) {
    kit::TempDir pack;
    std::filesystem::create_directories(pack.path() + "/notify");
    std::ofstream(pack.path() + "/notify/templates.json")
        << R"({"templates": [{"kind": "cases.accepted", "zh": {"title": "{name}您好", "text": "啊啊"},
              "en": {"title": "changed", "text": "changed"}}]})";
    auto refused = notify_.import({pack.path()});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "pack_file_is_wrong");
    EXPECT_NE(refused.error().detail.find("{name}"), std::string::npos);
}
