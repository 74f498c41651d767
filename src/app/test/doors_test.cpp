// Who comes in: sessions, forged requests, lock-out, and every route against every role.
#include <algorithm>
#include <set>

#include "app/rooms.h"
#include "world.h"

namespace tongban::app {

namespace {

class Doors : public HouseTest {};
INSTANTIATE_TEST_SUITE_P(all, Doors, testing::ValuesIn(kit::databases()), kit::database_name);

constexpr char const* drafts = "/api/cases/drafts";
constexpr char const* ma = "19900000010";

json::object draft_wish() {
    return {{"item", item_code}, {"region", street}};
}

TEST_P(Doors, a_cookie_is_worth_nothing_after_signing_out) {
    auto browser = world.resident();
    auto const cookies = browser.cookies();
    EXPECT_EQ(browser.post("/api/identity/sign-out").status, 204);
    EXPECT_EQ(browser.get("/api/cases/mine").code, "sign_in_first");
    auto thief = world.nobody();
    for (auto const& [name, value] : cookies) thief.keep_cookie(name, value);
    EXPECT_EQ(thief.get("/api/cases/mine").code, "session_ended");
    EXPECT_EQ(thief.get("/api/identity/me").json.at("signed_in"), Json(false));
    auto forger = world.nobody();
    forger.keep_cookie(cookies.begin()->first, "AAAA");
    EXPECT_EQ(forger.get("/api/cases/mine").code, "session_ended");
}

TEST_P(Doors, a_session_ends_by_itself) {
    auto browser = world.resident();
    ASSERT_EQ(browser.get("/api/cases/mine").status, 200);
    world.clock.advance(std::chrono::hours{2});
    EXPECT_EQ(browser.get("/api/cases/mine").code, "session_ended");
    world.clock.advance(-std::chrono::hours{2} + std::chrono::minutes{1});
    for (int i = 0; i < 200 && browser.get("/api/cases/mine").status == 200; ++i)
        world.clock.advance(std::chrono::minutes{9});
    EXPECT_EQ(browser.get("/api/cases/mine").code, "session_ended")
        << "busy for a day and a quarter, still the same";
}

TEST_P(Doors, a_request_that_another_site_made_is_refused) {
    auto& browser = world.resident();
    auto send = [&](kit::Headers headers) {
        return browser.send("POST", drafts, to_text(Json(draft_wish())), std::move(headers)).code;
    };
    EXPECT_EQ(send({{"X-CSRF-Token", ""}}), "csrf_token_is_wrong");
    EXPECT_EQ(send({{"X-CSRF-Token", "guessed"}}), "csrf_token_is_wrong");
    EXPECT_EQ(send({{"X-CSRF-Token", world.as(li).get("/api/identity/me").text("/csrf")}}),
              "csrf_token_is_wrong");
    EXPECT_EQ(send({{"Sec-Fetch-Site", "cross-site"}}), "request_comes_from_elsewhere");
    EXPECT_EQ(send({{"Sec-Fetch-Site", "same-site"}}), "request_comes_from_elsewhere");
    EXPECT_EQ(send({{"Sec-Fetch-Site", ""}, {"Origin", "https://evil.example"}}),
              "request_comes_from_elsewhere");
    EXPECT_EQ(send({}), "");
    EXPECT_EQ(browser.get(drafts).json.at("drafts").as_array().size(), 1u)
        << "only the honest one opened a draft";
    auto elsewhere =
        world.nobody().send("POST", "/api/identity/sign-in",
                            R"({"audience":"resident","account":"19900000001","password":"Tongban-2026"})",
                            {{"Sec-Fetch-Site", "cross-site"}});
    EXPECT_EQ(elsewhere.code, "request_comes_from_elsewhere") << "nor is anybody signed in from elsewhere";
}

TEST_P(Doors, wrong_passwords_lock_the_account_for_a_while) {
    auto browser = world.nobody();
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(browser.sign_in("resident", ma, "wrong-password").code, "account_or_password_is_wrong");
    EXPECT_GE(browser.sign_in("resident", ma, "wrong-password").status, 400);
    auto locked = browser.sign_in("resident", ma, "Tongban-2026");
    EXPECT_EQ(locked.code, "account_is_locked") << locked;
    EXPECT_FALSE(locked.header("Retry-After").empty());
    EXPECT_EQ(browser.get("/api/cases/mine").code, "sign_in_first");
    EXPECT_EQ(world.nobody().sign_in("resident", "19900000008", "Tongban-2026").status, 200)
        << "nobody else is";
    world.clock.advance(std::chrono::hours{1});
    EXPECT_EQ(browser.sign_in("resident", ma, "Tongban-2026").status, 200);
}

TEST_P(Doors, an_account_that_does_not_exist_answers_like_one_that_does) {
    auto unknown = world.nobody().sign_in("resident", "19900009999", "wrong-password");
    auto known = world.nobody().sign_in("resident", ma, "wrong-password");
    EXPECT_EQ(unknown.status, known.status);
    EXPECT_EQ(unknown.code, known.code);
    EXPECT_EQ(unknown.text("/detail"), known.text("/detail"));
    EXPECT_EQ(world.nobody().sign_in("staff", zhou, "Tongban-2026").code, "account_or_password_is_wrong");
    EXPECT_EQ(world.nobody().sign_in("resident", clerk, "Desk-2026").code, "account_or_password_is_wrong");
}

/// Which roles hold which permission: said here once more, so that a grant too many is seen.
std::map<std::string, std::set<std::string>> const& lawful() {
    static std::map<std::string, std::set<std::string>> const table{
        {"cases.apply", {"resident"}},
        {"cases.work", {"clerk", "reviewer", "inspector", "head"}},
        {"cases.inspect", {"inspector", "reviewer"}},
        {"cases.extend", {"head"}},
        {"cases.accept", {"clerk"}},
        {"cases.intake", {"clerk"}},
        {"cases.review", {"reviewer"}},
        {"exchange.watch", {"supervisor", "operator"}},
        {"files.upload", {"resident", "clerk", "inspector"}},
        {"licences.hold", {"resident"}},
        {"licences.revoke", {"keeper", "reviewer"}},
        {"notify.read", {"resident"}},
        {"notify.watch", {"supervisor", "operator"}},
        {"supervision.watch", {"supervisor"}},
        {"identity.choose_post",
         {"clerk", "reviewer", "inspector", "head", "keeper", "supervisor", "operator", "auditor",
          "staff without post"}},
        {"identity.own", {"resident"}}};
    return table;
}

std::string filled(std::string_view pattern) {
    return fill(pattern,
                [](std::string_view name) { return name == "name" ? "to_accept" : "990102202610150000022"; });
}

TEST_P(Doors, every_route_is_open_to_its_roles_and_to_nobody_else) {
    std::map<std::string, kit::Browser> roles{
        {"anyone", world.nobody()},        {"resident", world.resident()},
        {"clerk", world.as(clerk)},        {"reviewer", world.as(reviewer)},
        {"keeper", world.as(keeper)},      {"staff without post", world.as(both_roles)},
        {"supervisor", world.as("qu002")}, {"operator", world.as("sy001")},
        {"auditor", world.as("sj001")}};
    std::set<std::string> listed;
    auto routes = contracts();
    // Signing out ends the sessions that the others need.
    std::stable_partition(routes.begin(), routes.end(),
                          [](auto const& route) { return !route.pattern.ends_with("/sign-out"); });
    std::map<http::Method, std::string> const names{{http::Method::get, "GET"},
                                                    {http::Method::post, "POST"},
                                                    {http::Method::put, "PUT"},
                                                    {http::Method::del, "DELETE"}};
    for (auto const& route : routes) {
        std::string const permission(route.permission);
        bool const open = permission == "anyone";
        ASSERT_TRUE(open || lawful().contains(permission)) << permission << " is in no role's hands";
        auto const& method = names.at(route.method);
        listed.insert(method + " " + std::string(route.pattern));
        for (auto& [role, browser] : roles) {
            auto answer = browser.send(method, filled(route.pattern), method == "GET" ? "" : "{}", {});
            auto what = role + ": " + method + " " + std::string(route.pattern);
            bool const may = open || lawful().at(permission).contains(role);
            bool const refused = answer.code == "sign_in_first" || answer.code == "permission_is_missing";
            EXPECT_EQ(refused, !may) << what << "\n" << answer;
            if (refused) {
                EXPECT_EQ(answer.status, role == "anyone" ? 401 : 403) << what;
            }
            EXPECT_LT(answer.status, 500) << what << "\n" << answer;
        }
    }
    EXPECT_EQ(listed.size(), world.house().routes().all().size()) << "routes outside the contract";
}

TEST_P(Doors, the_contract_is_kept_and_every_query_prepares) {
    auto kept = http::check_contract(world.house().routes(), contracts());
    EXPECT_TRUE(kept.ok()) << kept.error().detail;
    auto prepared = world.store().check_queries();
    EXPECT_TRUE(prepared.ok()) << prepared.error().detail;
}

TEST(OpenApi, names_every_route) {
    auto document = read_json(openapi_text());
    ASSERT_TRUE(document.ok()) << document.error().detail;
    std::map<http::Method, std::string> const names{{http::Method::get, "get"},
                                                    {http::Method::post, "post"},
                                                    {http::Method::put, "put"},
                                                    {http::Method::del, "delete"}};
    EXPECT_TRUE(document->at("openapi").as_string().starts_with("3."));
    auto const& paths = document->at("paths").as_object();
    for (auto const& route : contracts()) {
        auto const* path = paths.if_contains(route.pattern);
        ASSERT_NE(path, nullptr) << route.pattern;
        EXPECT_TRUE(path->as_object().contains(names.at(route.method))) << route.pattern;
    }
}

}  // namespace

}  // namespace tongban::app
