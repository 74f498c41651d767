#include "org/org.h"

#include "kit/scenario.h"
#include "org/api.h"
#include "pack_copy.h"

namespace tongban::org {
namespace {

using test::PackCopy;

class Nobody final : public http::Authenticator {
public:
    Result<Actor> authenticate(http::Request const&) override { return Actor{}; }
    std::string csrf_token(http::Request const&) override { return {}; }
};

class OrgTest : public testing::TestWithParam<store::Dialect> {
protected:
    SetClock clock{kit::at("2026-10-15 09:24")};
    kit::FreshStore store = kit::fresh_store(GetParam(), clock, {schema()});
    PackCopy copy{"org"};
    std::vector<std::string> heard{};

    void listen() {
        store->consumers().add("test.hears", {"org.imported", "org.calendar_imported"},
                               [this](store::Tx&, store::Event const& event, Instant) -> Result<void> {
                                   heard.push_back(event.kind + " " + tongban::to_text(Json(event.body)));
                                   return {};
                               });
    }
    std::vector<std::string> news() {
        MUST(store->run_pending());
        return std::exchange(heard, {});
    }
};
INSTANTIATE_TEST_SUITE_P(all, OrgTest, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(OrgTest, EveryQueryIsUnderstood) {
    EXPECT_TRUE(store->check_queries().ok());
}

TEST_P(OrgTest, ImportsOnceAndSaysSoOnce) {
    listen();
    Org org(*store, clock);
    MUST(org.import(copy.pack()));
    EXPECT_EQ(news(), std::vector<std::string>{"org.imported {}"});
    MUST(org.import(copy.pack()));
    EXPECT_EQ(news(), std::vector<std::string>{});
    EXPECT_EQ(org.picture()->site().name, "示例市政务服务");
}

TEST_P(OrgTest, ARestartFindsTheSamePicture) {
    std::size_t regions = 0;
    {
        Org org(*store, clock);
        MUST(org.import(copy.pack()));
        regions = org.picture()->regions().size();
    }
    Org again(*store, clock);
    EXPECT_TRUE(again.picture()->regions().empty());
    MUST(again.start());
    auto picture = again.picture();
    EXPECT_EQ(picture->regions().size(), regions);
    EXPECT_EQ(picture->bodies().size(), 17u);
    EXPECT_EQ(picture->bodies()[0].name, "示例市人民政府");
    EXPECT_EQ(picture->body_of(RegionCode{"990102001000"})->kind, BodyKind::street_office);
    EXPECT_EQ(picture->post(PostId{"990102001-window"})->roles, std::vector<std::string>{"clerk"});
    EXPECT_EQ(picture->staff(StaffId{"sl005"})->posts.size(), 2u);
    EXPECT_TRUE(picture->site().demonstration);
}

TEST_P(OrgTest, AWrongPackChangesNothing) {
    Org org(*store, clock);
    MUST(org.import(copy.pack()));
    copy.change("org/site.json", "示例市政务服务", "另一个名称");
    copy.change("org/staff.json", "\"990102001-keeper\"", "\"990102001-door\"");
    EXPECT_EQ(org.import(copy.pack()).error().code, "pack_has_errors");
    MUST(org.start());
    EXPECT_EQ(org.picture()->site().name, "示例市政务服务");
}

TEST_P(OrgTest, WhoLeftIsKnownByIdButHasNoPost) {
    Org org(*store, clock);
    MUST(org.import(copy.pack()));
    copy.change("org/staff.json", R"({"id": "sl002", "name": "赵一禾", "posts": ["990102001-window"]},)", "");
    MUST(org.import(copy.pack()));
    auto picture = org.picture();
    ASSERT_NE(picture->staff(StaffId{"sl002"}), nullptr);
    EXPECT_EQ(picture->staff(StaffId{"sl002"})->name, "赵一禾");
    EXPECT_TRUE(picture->staff(StaffId{"sl002"})->posts.empty());
    EXPECT_FALSE(picture->staff(StaffId{"sl001"})->posts.empty());
}

TEST_P(OrgTest, WhoComesBackWorksAgain) {
    Org org(*store, clock);
    MUST(org.import(copy.pack()));
    auto before = copy.read("org/staff.json");
    copy.change("org/staff.json", R"({"id": "sl002", "name": "赵一禾", "posts": ["990102001-window"]},)", "");
    MUST(org.import(copy.pack()));
    copy.write("org/staff.json", before);
    MUST(org.import(copy.pack()));
    EXPECT_EQ(org.picture()->staff(StaffId{"sl002"})->posts.size(), 1u);
    EXPECT_TRUE(org.picture()->former_.staff.empty());
}

TEST_P(OrgTest, ANewYearIsAnnouncedOnceAndAChangedOneAgain) {
    Org org(*store, clock);
    MUST(org.import(copy.pack()));
    listen();
    EXPECT_FALSE(org.picture()->calendar().has_year(2027));
    copy.write("org/calendar/2027.json", R"({"year":2027,"holidays":{"2027-01-01":"元旦"},"make_up":{}})");
    MUST(org.import(copy.pack()));
    EXPECT_EQ(news(), std::vector<std::string>{R"(org.calendar_imported {"year":2027})"});
    MUST(org.import(copy.pack()));
    EXPECT_EQ(news(), std::vector<std::string>{});
    copy.change("org/calendar/2027.json", "\"元旦\"", "\"新年\"");
    MUST(org.import(copy.pack()));
    EXPECT_EQ(news(), std::vector<std::string>{R"(org.calendar_imported {"year":2027})"});
    Org again(*store, clock);
    MUST(again.start());
    EXPECT_EQ(again.picture()->calendar().holiday_name(MUST(read_day("2027-01-01"))), "新年");
}

TEST_P(OrgTest, ARunningServerHearsOfAnImportBesideIt) {
    Org server(*store, clock);
    Org beside(*store, clock);
    MUST(beside.import(copy.pack()));
    EXPECT_TRUE(server.picture()->regions().empty());
    MUST(store->run_pending());
    EXPECT_FALSE(server.picture()->regions().empty());
}

TEST_P(OrgTest, Routes) {
    Org org(*store, clock);
    MUST(org.import(copy.pack()));
    http::Routes routes;
    org.routes(routes);
    EXPECT_TRUE(http::check_contract(routes, api::contract()).ok());
    Nobody nobody;
    http::Settings settings;
    http::Dispatcher dispatcher(routes, nobody, clock, settings);
    kit::Browser browser(dispatcher);

    auto site = browser.get("/api/org/site");
    EXPECT_EQ(site.status, 200) << site;
    EXPECT_EQ(site.text("/name"), "示例市政务服务");
    EXPECT_EQ(site.text("/today"), "2026-10-15");
    EXPECT_EQ(site.text("/now"), "2026-10-15T09:24:00+08:00");
    EXPECT_EQ(site.integer("/calendar_until"), 2026);

    auto regions = browser.get("/api/org/regions");
    EXPECT_EQ(regions.find("/regions")->as_array().size(), 30u);
    EXPECT_EQ(regions.text("/regions/0/level"), "province");
    EXPECT_EQ(regions.find("/regions/0/parent"), nullptr);
    EXPECT_EQ(regions.text("/regions/1/parent"), "990000000000");

    auto all = browser.get("/api/org/halls");
    EXPECT_EQ(all.find("/halls")->as_array().size(), 9u);
    auto near = browser.get("/api/org/halls?region=990102001002");
    EXPECT_EQ(near.find("/halls")->as_array().size(), 3u);
    EXPECT_EQ(near.text("/halls/0/id"), "hall-990102001");
    EXPECT_EQ(near.text("/halls/0/region_name"), "示例市示例区示例街道");
    EXPECT_EQ(near.text("/halls/2/id"), "hall-990100");
    auto nowhere = browser.get("/api/org/halls?region=110000000000");
    EXPECT_EQ(nowhere.status, 404);
    EXPECT_EQ(nowhere.code, "region_is_unknown");
}

TEST_P(OrgTest, TheSiteSaysHowFarTheCalendarReaches) {
    Org org(*store, clock);
    copy.write("org/calendar/2027.json", R"({"year":2027,"holidays":{"2027-01-01":"元旦"},"make_up":{}})");
    MUST(org.import(copy.pack()));
    http::Routes routes;
    org.routes(routes);
    Nobody nobody;
    http::Settings settings;
    http::Dispatcher dispatcher(routes, nobody, clock, settings);
    kit::Browser browser(dispatcher);
    EXPECT_EQ(browser.get("/api/org/site").integer("/calendar_until"), 2027);
    clock.set(kit::at("2029-03-01 09:00"));
    EXPECT_EQ(browser.get("/api/org/site").integer("/calendar_until"), 2027);
}

}  // namespace
}  // namespace tongban::org
