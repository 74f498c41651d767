#include <filesystem>
#include <fstream>
#include <set>

#include "client/test/wire.h"
#include "identity/sql.h"
#include "kit/by_cookie.h"
#include "kit/kit.h"
#include "kit/scenario.h"
#include "kit/tree.h"
#include "notify/api.h"
#include "notify/notify.h"
#include "notify/sql.h"
#include "org/sql.h"

using namespace tongban;
using namespace tongban::notify;
using client::test::Heard;
using client::test::Line;
using client::test::Wire;

namespace {
namespace fs = std::filesystem;
constexpr auto deep = fs::copy_options::recursive;

void put(std::string const& file, std::string const& text) {
    fs::create_directories(fs::path(file).parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

constexpr char const* templates = R"({"templates":[
    {"kind":"cases.accepted","zh":{"title":"已受理","text":"您的“{item}”已受理"},"en":{"title":"Accepted","text":"accepted"},
     "sms":"您的办件{case_no}请在{due}前看。"},
    {"kind":"cases.received","zh":{"title":"已收到","text":"您的“{item}”已收到"},"en":{"title":"Received","text":"received"}}]})";
constexpr char const* gateway =
    R"({"url":"$SIM/send","receipts":"$SIM/receipts/{id}","callback":"http://us/api/notify/sms/receipts",
    "sign":{"scheme":"hmac_sha256","key_id":"us","key_name":"sms-key","demo_secret":"gateway-secret"},"sender":"示例市政务服务",
    "deadline_ms":5000,"demo":true,"codes":[{"kind":"confirmation","zh":"验证码{code}，{minutes}分钟内有效。"}]})";
constexpr char const* zhou_phone = "19900000001";

class sms : public ::testing::TestWithParam<store::Dialect> {
protected:
    void gateway_is(Wire::Script script, std::string const& address = "") {
        log_threshold(LogLevel::error);
        wire_ = std::make_unique<Wire>(std::move(script));
        people();
        put(pack_.path() + "/notify/templates.json", templates);
        put(pack_.path() + "/notify/sms.json", gateway);
        put(store_.directory() + "/keys/sms-key", "gateway-secret");
        notify_ = std::make_unique<Notify>(
            *store_, clock_,
            notify::SmsLine{org_, identity_, client_, address == "none" ? "" : wire_->url()});
        notify_->routes(routes_);
        notify_->consumers(store_->consumers());
        notify_->jobs(store_->jobs());
        dispatcher_ = std::make_unique<http::Dispatcher>(routes_, authenticator_, clock_, http::Settings{});
        MUST(notify_->import(Pack{pack_.path()}));
        MUST(notify_->start());
    }
    /// The residents of the demonstration, without their passwords: hashing them is slow.
    void people() {
        kit::TempDir folder;
        for (auto const* part : {"org", "identity"})
            fs::copy(kit::tree_root() / "packs/demo-city" / part, folder.path() + "/" + part, deep);
        auto file = folder.path() + "/org/site.json";
        std::ifstream in(file);
        std::string site(std::istreambuf_iterator<char>(in), {});
        put(file, site.replace(site.find("true"), 4, "false"));
        MUST(org_.import(Pack{folder.path()}));
        MUST(identity_.import(Pack{folder.path()}));
        auto reader = MUST(store_->reader());
        zhou_ = MUST(identity_.find(*reader, zhou_phone)).value();
    }
    void send(std::string const& key, std::string const& kind = "cases.accepted") {
        auto tx = MUST(store_->begin());
        notify_->send(*tx, {zhou_,
                            kind,
                            "/cases/1",
                            {{"item", "残疾人证"}, {"case_no", "9901-17"}, {"due", "2026-10-16"}},
                            key});
        MUST(tx->commit());
    }
    Result<std::string> send_code(Code const& code) {
        auto tx = MUST(store_->begin());
        auto id = notify_->send_code(*tx, code);
        if (id.ok()) MUST(tx->commit());
        return id;
    }
    void pump(std::chrono::seconds later = std::chrono::seconds{0}) {
        clock_.advance(later);
        MUST(store_->run_pending());
    }
    kit::Answer list(std::string const& role = "operator", std::string const& language = "zh") {
        kit::Browser browser(*dispatcher_);
        if (!role.empty()) browser.keep_cookie("role", role);
        return browser.get("/api/notify/sms", {{"Accept-Language", language}});
    }
    kit::Answer receipt(std::string const& body, std::string const& key = "gateway-secret",
                        std::chrono::minutes ago = std::chrono::minutes{0}) {
        auto timestamp = std::to_string((clock_.now() - ago).ms);
        auto text = client::signed_text("POST", "/api/notify/sms/receipts", timestamp, "n-1", body);
        kit::Browser browser(*dispatcher_);
        return browser.send("POST", "/api/notify/sms/receipts", body,
                            {{"Content-Type", "application/json"},
                             {"X-Key-Id", "us"},
                             {"X-Timestamp", timestamp},
                             {"X-Nonce", "n-1"},
                             {"X-Sign", to_hex(hmac_sha256(key, text))}});
    }
    /// Why work waits for another try, each once.
    std::string failing() {
        std::set<std::string> codes;
        for (auto const& waiting : MUST(store_->failing())) codes.insert(waiting.code);
        std::string all;
        for (auto const& code : codes) all += code + " ";
        return all;
    }
    std::string state(std::string const& id) {
        auto reader = MUST(store_->reader());
        return std::string(to_text(MUST(notify_->sms_state(*reader, id))));
    }

    SetClock clock_{kit::at("2026-10-15 09:24")};
    std::unique_ptr<Wire> wire_;
    kit::FreshStore store_ =
        kit::fresh_store(GetParam(), clock_, {org::schema(), identity::schema(), notify::schema()});
    org::Org org_{*store_, clock_};
    identity::Identity identity_{*store_, clock_, org_};
    client::Client client_;
    kit::TempDir pack_;
    PersonId zhou_;
    std::unique_ptr<Notify> notify_;
    http::Routes routes_;
    kit::ByCookie authenticator_{"role", kit::staff_in_role};
    std::unique_ptr<http::Dispatcher> dispatcher_;
};

void takes_it(Heard const& heard, Line const& line) {
    line.answer(heard.method == "POST" ? 202 : 404, "application/json", "{}");
}
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, sms, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(sms, what_the_template_says_goes_to_the_persons_phone_once) {
    gateway_is(takes_it);
    send("case1:accepted");
    send("case1:accepted");
    send("case1:received", "cases.received");
    pump();
    auto heard = wire_->heard();
    ASSERT_EQ(heard.size(), 1U);
    auto body = MUST(read_json(heard[0].body));
    EXPECT_EQ(heard[0].target, "/send");
    EXPECT_EQ(body.at("phone").as_string(), zhou_phone);
    EXPECT_EQ(body.at("text").as_string(), "您的办件9901-17请在10月16日（周五）前看。");
    EXPECT_EQ(body.at("sign").as_string(), "示例市政务服务");
    EXPECT_EQ(body.at("callback").as_string(), "http://us/api/notify/sms/receipts");
    auto& headers = heard[0].headers;
    auto text =
        client::signed_text("POST", "/send", headers["x-timestamp"], headers["x-nonce"], heard[0].body);
    EXPECT_EQ(headers["x-sign"], to_hex(hmac_sha256("gateway-secret", text)));
    EXPECT_EQ(list().text("/messages/0/state"), "sent");
    EXPECT_EQ(list().text("/messages/0/person"), "周**");
    EXPECT_EQ(list().body.find(zhou_phone), std::string::npos);
}

TEST_P(sms, text_and_phone_lie_sealed_and_go_when_the_gateway_has_them) {
    std::atomic<bool> well = false;
    gateway_is(
        [&](Heard const&, Line const& line) { line.answer(well ? 200 : 500, "application/json", "{}"); });
    MUST(
        send_code({zhou_, "confirmation", "204917", clock_.now() + std::chrono::minutes{10}, "19912345678"}));
    pump();
    auto const* sql = "SELECT sealed FROM notify_sms";
    auto sealed = [&] {
        auto reader = MUST(store_->reader());
        auto rows = MUST(reader->rows(store::Query{"test.sealed", sql, sql}));
        return rows[0].bytes("sealed");
    };
    EXPECT_FALSE(sealed().empty());
    EXPECT_EQ(sealed().find("204917"), std::string::npos);
    EXPECT_EQ(sealed().find("19912345678"), std::string::npos);
    well = true;
    pump(std::chrono::seconds{2});
    EXPECT_TRUE(sealed().empty());
    EXPECT_NE(wire_->heard().back().body.find("19912345678"), std::string::npos);
}

TEST_P(sms, a_gateway_that_fails_is_asked_again_and_then_left_alone_for_a_while) {
    std::atomic<int> status = 503;
    gateway_is([&](Heard const&, Line const& line) { line.answer(status, "application/json", "{}"); });
    for (auto const* key : {"a", "b", "c", "d"}) send(key);
    pump();
    EXPECT_EQ(wire_->heard().size(), 3U) << "the fourth did not wait for it";
    EXPECT_EQ(failing(), "gateway_has_an_error gateway_is_paused ");
    auto shown = list("supervisor", "en");
    EXPECT_EQ(shown.integer("/waiting"), 4);
    EXPECT_EQ(shown.integer("/failing"), 3);
    EXPECT_EQ(shown.text("/gateway/failure_text"), "the gateway reports an error");
    EXPECT_EQ(shown.text("/gateway/failing_since"), "2026-10-15T09:24:00+08:00");
    status = 200;
    pump(std::chrono::seconds{40});
    pump(std::chrono::seconds{40});
    EXPECT_EQ(list().integer("/waiting"), 0);
    EXPECT_EQ(list().find("/gateway/failure_text"), nullptr);
}

TEST_P(sms, what_the_gateway_refuses_or_what_is_too_late_is_not_sent_again) {
    std::atomic<int> status = 400;
    gateway_is([&](Heard const&, Line const& line) { line.answer(status, "application/json", "{}"); });
    auto refused =
        MUST(send_code({zhou_, "confirmation", "111111", clock_.now() + std::chrono::minutes{10}}));
    pump();
    EXPECT_EQ(state(refused), "failed");
    EXPECT_EQ(list().text("/messages/0/failure_text"), "短信网关拒绝发送");
    status = 500;
    auto late = MUST(send_code({zhou_, "confirmation", "222222", clock_.now() + std::chrono::minutes{10}}));
    pump();
    EXPECT_EQ(state(late), "waiting");
    pump(std::chrono::minutes{11});
    EXPECT_EQ(state(late), "given_up");
}

TEST_P(sms, a_gateway_that_cannot_be_reached_is_named) {
    gateway_is([](Heard const&, Line const& line) { line.say(""); });
    send("a");
    pump();
    EXPECT_EQ(failing(), "gateway_does_not_answer ");
    EXPECT_EQ(list().text("/messages/0/failure_text"), "短信网关没有答复");
}

TEST_P(sms, what_our_own_end_interrupts_is_no_failure_of_the_gateway) {
    gateway_is(takes_it);
    client_.stop();
    send("a");
    pump();
    EXPECT_EQ(failing(), "program_stopped ");
    EXPECT_EQ(list().integer("/failing"), 0);
}

TEST_P(sms, a_receipt_is_believed_from_the_gateway_only) {
    gateway_is(takes_it);
    auto id = MUST(send_code({zhou_, "confirmation", "204917", clock_.now() + std::chrono::minutes{10}}));
    pump();
    auto body = to_text(Json{{"id", id}, {"state", "delivered"}});
    EXPECT_EQ(receipt(body, "another-secret").code, "signature_is_wrong");
    EXPECT_EQ(receipt(body, "gateway-secret", std::chrono::minutes{6}).code, "signature_is_wrong")
        << "an old one";
    EXPECT_EQ(receipt(R"({"id":"nobody","state":"failed"})").code, "sms_is_unknown");
    EXPECT_EQ(receipt(R"({"id":"x"})").status, 422);
    EXPECT_EQ(receipt(to_text(Json{{"id", id}, {"state", "waiting"}})).status, 204);
    EXPECT_EQ(state(id), "sent");
    EXPECT_EQ(receipt(body).status, 204);
    EXPECT_EQ(state(id), "delivered");
    EXPECT_EQ(receipt(to_text(Json{{"id", id}, {"state", "failed"}})).status, 204);
    EXPECT_EQ(state(id), "delivered") << "the first word stands";
}

TEST_P(sms, receipts_that_nobody_brings_are_fetched) {
    gateway_is([](Heard const& heard, Line const& line) {
        if (heard.method == "POST") return void(line.answer(202, "application/json", "{}"));
        line.answer(200, "application/json", R"({"state":"failed","why":"unreachable"})");
    });
    auto id = MUST(send_code({zhou_, "confirmation", "204917", clock_.now() + std::chrono::minutes{10}}));
    pump();
    pump(std::chrono::minutes{2});
    EXPECT_EQ(wire_->heard().back().target, "/receipts/" + id);
    EXPECT_EQ(state(id), "failed");
    EXPECT_EQ(list().text("/messages/0/failure_text"), "没有送达手机");
    pump(std::chrono::days{91});
    EXPECT_EQ(list().json.at("messages").as_array().size(), 0U) << "operators no longer need it";
}

TEST_P(sms, without_a_gateway_nothing_waits_for_one) {
    gateway_is(takes_it, "none");
    send("a");
    EXPECT_EQ(send_code({zhou_, "confirmation", "1", clock_.now() + std::chrono::minutes{1}}).error().code,
              "sms_is_not_available");
    pump();
    EXPECT_EQ(list().integer("/waiting"), 0);
    EXPECT_EQ(*list().find("/gateway/connected"), Json(false));
    auto reader = MUST(store_->reader());
    EXPECT_EQ(notify_->sms_state(*reader, "x").error().code, "sms_is_unknown");
}

TEST_P(sms, a_code_needs_a_text_of_its_kind) {
    gateway_is(takes_it);
    EXPECT_EQ(send_code({zhou_, "lottery", "1", clock_.now() + std::chrono::minutes{1}}).error().code,
              "sms_is_not_available");
    MUST(send_code({zhou_, "confirmation", "204917", clock_.now() + std::chrono::minutes{10}}));
    pump();
    EXPECT_NE(wire_->heard()[0].body.find("验证码204917，10分钟内有效。"), std::string::npos);
}

TEST_P(sms, somebody_without_a_phone_is_told_of_to_operators) {
    gateway_is(takes_it);
    auto tx = MUST(store_->begin());
    notify_->send(*tx,
                  {PersonId{"nobody"}, "cases.accepted", "", {{"case_no", "1"}, {"due", "2026-10-16"}}, "k"});
    MUST(tx->commit());
    pump();
    EXPECT_EQ(list().text("/messages/0/failure_text"), "没有手机号");
    EXPECT_EQ(failing(), "") << "phone_is_missing is no reason to try again";
}

TEST_P(sms, who_may_look_is_told_by_roles) {
    gateway_is(takes_it);
    EXPECT_EQ(list("").status, 401);
    EXPECT_EQ(list("clerk").status, 403);
    EXPECT_EQ(list("supervisor").status, 200);
    auto same = http::check_contract(routes_, notify::api::contract());
    EXPECT_TRUE(same.ok()) << same.error().detail;
    auto understood = store_->check_queries();
    EXPECT_TRUE(understood.ok()) << understood.error().detail;
}

TEST_P(sms, a_wrong_pack_says_where) {
    gateway_is(takes_it);
    auto with = [&](std::string const& file, std::string text, std::string const& from,
                    std::string const& to) {
        text.replace(text.find(from), from.size(), to);
        put(pack_.path() + "/notify/" + file, text);
        auto refused = notify_->import(Pack{pack_.path()});
        put(pack_.path() + "/notify/templates.json", templates);
        put(pack_.path() + "/notify/sms.json", gateway);
        if (refused.ok()) return std::string();
        auto const& error = refused.error();
        return error.fields.empty() ? error.detail : error.fields[0].path + " " + error.fields[0].code;
    };
    EXPECT_NE(with("templates.json", templates, "{case_no}请", "{item}请").find("短信里不能有 {item}"),
              std::string::npos);
    EXPECT_EQ(with("sms.json", gateway, "$SIM/send", "ftp://x"), "notify/sms.json#/url address_is_malformed");
    EXPECT_EQ(with("sms.json", gateway, "sms-key", "../key"),
              "notify/sms.json#/sign/key_name pack_id_is_malformed");
    EXPECT_EQ(with("sms.json", gateway, "{code}", "{name}"),
              "notify/sms.json#/codes/0/zh template_names_no_value");
    EXPECT_EQ(with("sms.json", gateway, "hmac_sha256", "md5"),
              "notify/sms.json#/sign/scheme pack_value_is_not_one_of");
    EXPECT_EQ(with("sms.json", gateway, R"("key_name":"sms-key",)", ""),
              "notify/sms.json#/sign/key_name pack_value_is_missing");
    std::filesystem::remove(pack_.path() + "/notify/sms.json");
    MUST(notify_->import(Pack{pack_.path()}));
    EXPECT_EQ(*list().find("/gateway/connected"), Json(false)) << "a region without SMS";
}

TEST_P(sms, a_demonstration_makes_the_gateways_key) {
    gateway_is(takes_it);
    auto key = store_.directory() + "/keys/sms-key";
    fs::remove(key);
    MUST(notify_->import(Pack{pack_.path()}));
    EXPECT_FALSE(fs::exists(key));
    kit::TempDir folder;
    fs::copy(kit::tree_root() / "packs/demo-city/org", folder.path() + "/org", fs::copy_options::recursive);
    MUST(org_.import(Pack{folder.path()}));
    MUST(notify_->import(Pack{pack_.path()}));
    EXPECT_TRUE(fs::exists(key));
    fs::remove(key);
    fs::create_symlink(folder.path() + "/nowhere", key);
    EXPECT_EQ(notify_->import(Pack{pack_.path()}).error().code, "key_cannot_be_written");
}
