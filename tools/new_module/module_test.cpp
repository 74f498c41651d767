#include "@name@/@name@.h"

#include "@name@/api.h"
#include "kit/kit.h"
#include "kit/scenario.h"

namespace tongban::@name@ {
namespace {

class Clerk final : public http::Authenticator {
public:
    Result<Actor> authenticate(http::Request const&) override {
        Actor actor;
        actor.kind = ActorKind::staff;
        actor.staff = StaffId{"sl001"};
        actor.roles = {"clerk"};
        return actor;
    }
    std::string csrf_token(http::Request const&) override { return "token"; }
};

class @Name@Test : public testing::TestWithParam<store::Dialect> {
protected:
    SetClock clock{kit::at("2026-10-15 09:24")};
    kit::FreshStore store = kit::fresh_store(GetParam(), clock, {schema()});
    @Name@ room{*store, clock};
};
INSTANTIATE_TEST_SUITE_P(all, @Name@Test, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(@Name@Test, EveryQueryIsUnderstood) {
    EXPECT_TRUE(store->check_queries().ok());
}

TEST_P(@Name@Test, WhatIsAddedIsThere) {
    http::Routes routes;
    room.routes(routes);
    EXPECT_TRUE(http::check_contract(routes, api::contract()).ok());
    Clerk clerk;
    http::Settings settings;
    http::Dispatcher dispatcher(routes, clerk, clock, settings);
    kit::Browser browser(dispatcher);
    kit::Headers token{{"X-CSRF-Token", "token"}};

    auto added = browser.post("/api/@name@/entries", {{"text", "材料已齐"}}, token);
    EXPECT_EQ(added.status, 201) << added;
    EXPECT_EQ(added.text("/added_at"), "2026-10-15T09:24:00+08:00");
    auto refused = browser.post("/api/@name@/entries", {{"text", " "}}, token);
    EXPECT_EQ(refused.code, "@name@_entry_is_empty");
    auto all = browser.get("/api/@name@/entries");
    EXPECT_EQ(all.text("/entries/0/text"), "材料已齐");
    EXPECT_EQ(all.find("/entries")->as_array().size(), 1u);
}

}  // namespace
}  // namespace tongban::@name@
