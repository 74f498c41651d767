#include <gtest/gtest.h>

#include <thread>

#include "house.h"
#include "http/api.h"
#include "http/dispatch.h"
#include "kit/scenario.h"

namespace tongban::http {
namespace {

struct Dispatching : testing::Test {
    House house;
    std::unique_ptr<Dispatcher> made;
    Dispatcher& dispatcher() {
        if (!made)
            made =
                std::make_unique<Dispatcher>(house.routes, house.authenticator, house.clock, house.settings);
        return *made;
    }
    kit::Browser as(std::string who) {
        kit::Browser browser(dispatcher());
        if (!who.empty()) browser.keep_cookie("who", who);
        return browser;
    }
};

TEST_F(Dispatching, RoutesToHandlers) {
    auto nobody = as("");
    EXPECT_EQ(nobody.get("/api/house/open?a=%E5%91%A8").text("/query_a"), "周");
    EXPECT_EQ(nobody.get("/api/house/rooms/%E5%8E%85").text("/param_name"), "厅");
    EXPECT_EQ(nobody.get("/api/house/rooms/hall").find("/param_name"), nullptr)
        << "a literal beats a parameter";
    EXPECT_EQ(nobody.put("/api/house/rooms/hall", {{"a", 1}}).text("/param_name"), "hall");
}

TEST_F(Dispatching, WaitsForWhatAReplyWaitsFor) {
    auto later = [](Result<void> outcome) -> Awaited {
        return [outcome](auto told) { std::thread([told, outcome] { told(outcome); }).detach(); };
    };
    Error const lost{ErrorKind::unavailable, "database_is_away", ""};
    auto add = [&](std::string const& path, Result<void> outcome,
                   std::function<Result<Reply>(Error const&)> otherwise) {
        house.routes.get(path, Permission::anyone(), [=](Request const&) -> Result<Reply> {
            auto reply = ok("{}");
            reply.once = later(outcome);
            reply.otherwise = otherwise;
            return reply;
        });
    };
    add("/api/house/kept", {}, {});
    add("/api/house/lost", lost, {});
    add("/api/house/found", lost, [](Error const&) { return Result<Reply>(created("{}")); });
    add("/api/house/worse", lost, [](Error const&) -> Result<Reply> { throw Bug{"secret"}; });
    add("/api/house/again", lost, [=](Error const&) -> Result<Reply> {
        auto reply = created("{}");
        reply.once = later({});
        return reply;
    });
    auto nobody = as("");
    EXPECT_EQ(nobody.get("/api/house/kept").status, 200);
    EXPECT_EQ(nobody.get("/api/house/lost").status, 503);
    EXPECT_EQ(nobody.get("/api/house/found").status, 201);
    EXPECT_EQ(nobody.get("/api/house/worse").status, 500);
    EXPECT_EQ(nobody.get("/api/house/again").status, 201);
}

TEST_F(Dispatching, RefusesByName) {
    auto clerk = as("clerk"), resident = as("resident"), ended = as("ended"), broken = as("broken");
    kit::run(
        dispatcher(),
        {
            {.name = "no route", .url = "/api/house/nothing", .status = 404, .code = "no_such_page"},
            {.name = "no route at all", .url = "/api", .status = 404, .code = "no_such_page"},
            {.name = "an empty parameter", .url = "/api/house/rooms/", .status = 404, .code = "no_such_page"},
            {.name = "wrong method",
             .method = "POST",
             .url = "/api/house/mine/",
             .status = 404,
             .code = "no_such_page"},
            {.name = "another method",
             .method = "DELETE",
             .url = "/api/house/open",
             .status = 405,
             .code = "method_not_allowed"},
            {.name = "unknown method",
             .method = "BREW",
             .url = "/api/house/open",
             .status = 405,
             .code = "method_not_allowed"},
            {.name = "malformed path", .url = "/api/house/%00", .status = 400, .code = "path_is_malformed"},
            {.name = "malformed query",
             .url = "/api/house/open?a=%zz",
             .status = 400,
             .code = "query_is_malformed"},
            {.name = "nobody", .url = "/api/house/mine", .status = 401, .code = "sign_in_first"},
            {.name = "nobody, role needed", .url = "/api/house/work", .status = 401, .code = "sign_in_first"},
            {.name = "signed in", .url = "/api/house/mine", .as = &resident, .status = 200},
            {.name = "wrong role",
             .url = "/api/house/work",
             .as = &resident,
             .status = 403,
             .code = "permission_is_missing"},
            {.name = "right role",
             .url = "/api/house/work",
             .as = &clerk,
             .status = 200,
             .contains = {"clerk"}},
            {.name = "granted to none",
             .url = "/api/house/none",
             .as = &clerk,
             .status = 403,
             .code = "permission_is_missing"},
            {.name = "session ended",
             .url = "/api/house/mine",
             .as = &ended,
             .status = 401,
             .code = "session_ended"},
            {.name = "an ended session may still see what all see",
             .url = "/api/house/open",
             .as = &ended,
             .status = 200,
             .contains = {"anyone"}},
            {.name = "who asks cannot be told",
             .url = "/api/house/open",
             .as = &broken,
             .status = 503,
             .code = "database_is_away"},
            {.name = "body over the route's limit",
             .method = "POST",
             .url = "/api/house/open",
             .body = std::string(1001, ' '),
             .status = 413,
             .code = "body_is_too_large"},
            {.name = "body of another type",
             .method = "POST",
             .url = "/api/house/open",
             .body = "a=1",
             .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
             .status = 415,
             .code = "content_type_is_not_accepted"},
            {.name = "a route that reads its bodies itself",
             .method = "POST",
             .url = "/api/house/letterbox",
             .body = "a=1",
             .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
             .status = 200,
             .contains = {"a=1"}},
            {.name = "multipart without boundary",
             .method = "POST",
             .url = "/api/house/open",
             .body = "x",
             .headers = {{"Content-Type", "multipart/form-data"}},
             .status = 400,
             .code = "multipart_is_malformed"},
        });
}

TEST_F(Dispatching, AllowNamesTheMethods) {
    auto nobody = as("");
    EXPECT_EQ(nobody.del("/api/house/open").header("Allow"), "GET, HEAD, POST");
    EXPECT_EQ(nobody.send("BREW", "/api/house/work", "", {}).header("Allow"), "GET, HEAD");
    EXPECT_EQ(nobody.send("HEAD", "/api/house/open", "", {}).status, 200);
}

TEST_F(Dispatching, UnsafeMethodsNeedTheTokenOfTheSession) {
    auto clerk = as("clerk"), nobody = as("");
    kit::run(dispatcher(),
             {
                 {.name = "the token", .method = "POST", .url = "/api/house/mine", .as = &clerk},
                 {.name = "another token",
                  .method = "POST",
                  .url = "/api/house/mine",
                  .headers = {{"X-CSRF-Token", "token-of-resident"}},
                  .as = &clerk,
                  .status = 403,
                  .code = "csrf_token_is_wrong"},
                 {.name = "no token",
                  .method = "POST",
                  .url = "/api/house/mine",
                  .headers = {{"X-CSRF-Token", ""}},
                  .as = &clerk,
                  .status = 403,
                  .code = "csrf_token_is_wrong"},
                 {.name = "no session, no token", .method = "POST", .url = "/api/house/open"},
                 {.name = "an open route, with session, no token",
                  .method = "POST",
                  .url = "/api/house/open",
                  .headers = {{"X-CSRF-Token", ""}},
                  .as = &clerk,
                  .status = 403,
                  .code = "csrf_token_is_wrong"},
                 {.name = "a machine",
                  .method = "POST",
                  .url = "/api/house/machine",
                  .headers = {{"X-CSRF-Token", ""}, {"Sec-Fetch-Site", "cross-site"}},
                  .as = &clerk},
             });
}

TEST_F(Dispatching, UnsafeMethodsComeFromOurOwnPages) {
    auto post = [&](kit::Headers headers) {
        auto nobody = as("");
        if (headers.empty() || headers[0].first != "Sec-Fetch-Site")
            headers.emplace_back("Sec-Fetch-Site", "");
        return nobody.send("POST", "/api/house/open", "", std::move(headers)).code;
    };
    EXPECT_EQ(post({{"Sec-Fetch-Site", "cross-site"}}), "request_comes_from_elsewhere");
    EXPECT_EQ(post({{"Sec-Fetch-Site", "same-site"}}), "request_comes_from_elsewhere");
    EXPECT_EQ(post({{"Sec-Fetch-Site", "none"}}), "");
    EXPECT_EQ(post({{"Origin", "https://evil.test"}}), "request_comes_from_elsewhere");
    EXPECT_EQ(post({{"Origin", "null"}}), "request_comes_from_elsewhere");
    EXPECT_EQ(post({{"Origin", "https://Tongban.test"}}), "");
    EXPECT_EQ(post({{"Origin", "http://tongban.test:81"}}), "request_comes_from_elsewhere");
    EXPECT_EQ(post({}), "");
    EXPECT_EQ(as("").get("/api/house/open", {{"Sec-Fetch-Site", "cross-site"}}).status, 200);
}

TEST_F(Dispatching, AttemptsSlideWithTheClock) {
    auto nobody = as("");
    EXPECT_EQ(nobody.post("/api/house/few").status, 200);
    house.clock.advance(std::chrono::seconds(20));
    EXPECT_EQ(nobody.post("/api/house/few").status, 200);
    auto refused = nobody.post("/api/house/few");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.code, "too_many_attempts");
    EXPECT_EQ(refused.header("Retry-After"), "40");
    kit::Browser other(dispatcher(), "10.0.0.2");
    EXPECT_EQ(other.post("/api/house/few").status, 200) << "another client is not refused";
    house.clock.advance(std::chrono::seconds(40));
    EXPECT_EQ(nobody.post("/api/house/few").status, 200) << "the first attempt left the window";
    EXPECT_EQ(nobody.post("/api/house/few").header("Retry-After"), "20");
    EXPECT_NE(nobody.get("/metrics").body.find("tongban_http_refused_attempts_total 2\n"), std::string::npos);
}

TEST(Attempts, MemoryIsBounded) {
    Attempts attempts(100);
    for (int i = 0; i < 1000; ++i)
        (void)attempts.refused_for("client " + std::to_string(i), {.attempts = 1}, Instant{0});
    EXPECT_EQ(attempts.keys(), 100u);
    EXPECT_GT(attempts.refused_for("client 999", {.attempts = 1}, Instant{1}), 0);
}

TEST(Attempts, ASubscriberOfIpv6IsOneClient) {
    EXPECT_EQ(network_of("2001:db8:1:2:a::1"), network_of("2001:db8:1:2:b::9"));
    EXPECT_NE(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
    EXPECT_NE(network_of("::ffff:10.0.0.1"), network_of("::ffff:10.0.0.2"));
    EXPECT_NE(network_of("10.0.0.1"), network_of("10.0.0.2"));
}

TEST_F(Dispatching, OurBugsEndOneRequest) {
    auto nobody = as("");
    for (auto const* url : {"/api/house/bug", "/api/house/thrown", "/api/house/odd", "/api/house/split"}) {
        auto answer = nobody.get(url);
        EXPECT_EQ(answer.status, 500) << url;
        EXPECT_EQ(answer.code, "internal_error") << url;
        EXPECT_EQ(answer.body.find("secret"), std::string::npos) << url;
        EXPECT_NE(answer.text("/detail").find(answer.text("/trace")), std::string::npos)
            << "the number to tell";
    }
    auto inner = nobody.get("/api/house/inner");
    EXPECT_EQ(inner.status, 500);
    EXPECT_EQ(inner.code, "query_failed");
    EXPECT_EQ(inner.body.find("SELECT"), std::string::npos);
    EXPECT_EQ(nobody.get("/api/house/open").status, 200) << "and life goes on";
}

TEST(Problem, CarriesWhatPeopleAndProgramsNeed) {
    auto reply = problem({ErrorKind::invalid,
                          "application_is_incomplete",
                          "还差一项。",
                          {{"/answers/relation", "field_is_missing", ""}, {"/a", "b", "c"}}},
                         "t1");
    EXPECT_EQ(reply.status, 422);
    EXPECT_EQ(reply.type, "application/problem+json");
    EXPECT_EQ(
        reply.body,
        R"({"type":"urn:tongban:problem:application_is_incomplete","title":"填写有误","status":422,)"
        R"("detail":"还差一项。","code":"application_is_incomplete","fields":[{"path":"/answers/relation",)"
        R"("code":"field_is_missing"},{"path":"/a","code":"b","detail":"c"}],"trace":"t1"})");
}

TEST(Problem, EveryKindHasItsStatusAndWords) {
    std::vector<std::pair<ErrorKind, int>> const table{
        {ErrorKind::bad_request, 400}, {ErrorKind::unauthenticated, 401}, {ErrorKind::forbidden, 403},
        {ErrorKind::not_found, 404},   {ErrorKind::conflict, 409},        {ErrorKind::too_large, 413},
        {ErrorKind::unsupported, 415}, {ErrorKind::invalid, 422},         {ErrorKind::too_many, 429},
        {ErrorKind::unavailable, 503}, {ErrorKind::internal, 500}};
    for (auto [kind, status] : table) {
        auto reply = problem({.kind = kind, .code = "some_code"}, "t");
        EXPECT_EQ(reply.status, status);
        auto body = MUST(read_json(reply.body));
        EXPECT_FALSE(body.at("detail").as_string().empty()) << status;
    }
}

TEST_F(Dispatching, UploadsArriveAsPartsAndFields) {
    auto answer = as("").upload("/api/house/open", "file", "周.txt", "text/plain", "hello", {{"kind", "证"}});
    EXPECT_EQ(answer.text("/file_file"), "周.txt:hello");
    EXPECT_EQ(answer.text("/field_kind"), "证");
}

TEST_F(Dispatching, EveryReplyProtectsTheBrowser) {
    auto nobody = as("");
    for (auto const* url :
         {"/", "/desk/", "/api/house/open", "/api/house/bug", "/api/house/%00", "/api/none", "/metrics"}) {
        auto answer = nobody.get(url);
        EXPECT_NE(answer.header("Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos)
            << url;
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << url;
        EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin") << url;
        EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin") << url;
        EXPECT_EQ(answer.header("Strict-Transport-Security"), "") << url;
        EXPECT_EQ(answer.header("X-Trace").size(), 16u) << url;
    }
    auto unsafe = std::string("'unsafe-inline'");
    EXPECT_EQ(nobody.get("/").header("Content-Security-Policy").find(unsafe), std::string::npos);
    EXPECT_NE(nobody.get("/desk/").header("Content-Security-Policy").find("style-src 'self' " + unsafe),
              std::string::npos);
    EXPECT_NE(nobody.get("/desk/").header("Content-Security-Policy").find("frame-src 'self' blob:"),
              std::string::npos);
    EXPECT_EQ(nobody.get("/api/house/open").header("Cache-Control"), "no-store");
    auto letter = nobody.get("/api/house/letter");
    EXPECT_NE(letter.header("Content-Security-Policy").find("frame-ancestors 'self'"), std::string::npos);
    EXPECT_EQ(letter.header("Content-Disposition"), "inline");
    EXPECT_EQ(nobody.get("/api/house/letter/saved").header("Content-Disposition"),
              "attachment; filename*=UTF-8''%e8%af%81%e6%98%8e%201.pdf");
}

TEST_F(Dispatching, BehindTlsThePromiseIsStrict) {
    house.settings.secure_cookies = true;
    EXPECT_EQ(as("").get("/").header("Strict-Transport-Security"), "max-age=31536000");
}

TEST_F(Dispatching, OnlyATrustedProxyIsBelieved) {
    house.settings.trusted_proxies = {"127.0.0.1", "10.9.9.9"};
    auto client = [&](std::string peer, std::string forwarded) {
        kit::Browser browser(dispatcher(), std::move(peer));
        return browser.get("/api/house/open", {{"X-Forwarded-For", forwarded}}).text("/client");
    };
    EXPECT_EQ(client("127.0.0.1", "192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(client("127.0.0.1", "6.6.6.6, 192.0.2.7, 10.9.9.9"), "192.0.2.7")
        << "what stands left is hearsay";
    EXPECT_EQ(client("192.0.2.1", "192.0.2.7"), "192.0.2.1");
    EXPECT_EQ(client("127.0.0.1", "<script>"), "127.0.0.1");
    EXPECT_EQ(client("127.0.0.1", ""), "127.0.0.1");
    auto post = [&](std::string peer) {
        kit::Browser browser(dispatcher(), std::move(peer));
        return browser
            .send(
                "POST", "/api/house/open", "",
                {{"Sec-Fetch-Site", ""}, {"Origin", "https://zwfw.test"}, {"X-Forwarded-Host", "zwfw.test"}})
            .code;
    };
    EXPECT_EQ(post("127.0.0.1"), "");
    EXPECT_EQ(post("192.0.2.1"), "request_comes_from_elsewhere");
}

TEST_F(Dispatching, HealthTellsWhatIsWrong) {
    EXPECT_EQ(as("").get("/healthz").body, R"({"status":"ok"})");
    made.reset();
    house.settings.health = [] {
        return Result<void>(Error{ErrorKind::unavailable, "database_is_away", ""});
    };
    auto answer = as("").get("/healthz");
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.code, "database_is_away");
}

TEST_F(Dispatching, MetricsCountAndAreNotForTheWorld) {
    house.settings.metrics = [] { return std::vector<Metric>{{"tongban_backlog", "Deliveries waiting", 3}}; };
    auto nobody = as("");
    nobody.get("/api/house/open");
    nobody.get("/api/none");
    auto text = nobody.get("/metrics").body;
    for (auto const* line :
         {"tongban_http_requests_total{class=\"2xx\"} 1\n", "{class=\"4xx\"} 1\n",
          "tongban_http_request_seconds_bucket{le=\"+Inf\"} 2\n", "tongban_http_in_flight 1\n",
          "# TYPE tongban_backlog gauge\ntongban_backlog 3\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    }
    EXPECT_EQ(nobody.get("/metrics", {{"X-Forwarded-For", "192.0.2.7"}}).code, "no_such_page");
}

TEST_F(Dispatching, TheContractIsServed) {
    EXPECT_EQ(as("").get("/api/openapi.json").code, "no_such_page");
    made.reset();
    house.settings.openapi = R"({"openapi":"3.1.0"})";
    EXPECT_EQ(as("").get("/api/openapi.json").body, house.settings.openapi);
}

TEST_F(Dispatching, OwnRoutesAreThoseOfTheContract) {
    Figures figures;
    auto checked = check_contract(own_routes(house.settings, figures), api::contract());
    EXPECT_TRUE(checked.ok()) << checked.error().detail;
}

TEST(Routing, TwoRoutesForOneRequestAreABug) {
    House house;
    house.routes.get("/api/house/rooms/{other}", Permission::anyone(), {});
    EXPECT_THROW(Dispatcher(house.routes, house.authenticator, house.clock, house.settings), Bug);
}

TEST(Routing, GrantsAddUp) {
    Routes routes;
    routes.grant({"a.b"}, {"clerk"});
    routes.grant({"a.b"}, {"clerk", "reviewer"});
    EXPECT_EQ(routes.grants().at("a.b"), (std::vector<std::string>{"clerk", "reviewer"}));
}

TEST(Requests, CookiesAndHeaders) {
    Request request{.headers = {{"cookie", "a=1; who=x=y;b=2"}, {"IDEMPOTENCY-KEY", "k"}}};
    EXPECT_EQ(request.cookie("who"), "x=y");
    EXPECT_EQ(request.cookie("b"), "2");
    EXPECT_EQ(request.cookie("ho"), "");
    EXPECT_EQ(request.idempotency_key(), "k");
    EXPECT_THROW((void)request.param("none"), Bug);
}

TEST_F(Dispatching, ManyThreadsAtOnce) {
    auto& shared = dispatcher();
    std::atomic<int> good{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 100; ++j) {
                good += shared.handle(RawRequest{.target = "/api/house/open"}).status == 200;
                (void)shared.handle(RawRequest{.method = "POST", .target = "/api/house/few"});
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 400);
}

}  // namespace
}  // namespace tongban::http
