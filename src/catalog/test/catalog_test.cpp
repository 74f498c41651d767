#include "catalog/catalog.h"

#include "catalog/api.h"
#include "catalog/rows.h"
#include "kinship_pack.h"
#include "kit/scenario.h"

namespace tongban::catalog {
namespace {

using test::PackCopy;

ItemId const kinship{"992080005001"};
constexpr char const* item_file = "catalog/items/992080005001/item.json";

class Nobody final : public http::Authenticator {
public:
    Result<Actor> authenticate(http::Request const&) override { return Actor{}; }
    std::string csrf_token(http::Request const&) override { return {}; }
};

class CatalogTest : public testing::TestWithParam<store::Dialect> {
protected:
    SetClock clock{kit::at("2026-10-15 09:24")};
    kit::FreshStore store = kit::fresh_store(GetParam(), clock, {org::schema(), schema()});
    test::KinshipPack copy;
    org::Org org{*store, clock};
    Catalog catalog{*store, clock, org};
    http::Routes routes{};
    Nobody nobody{};
    http::Settings settings{};

    void SetUp() override { MUST(org.import({test::demo_city().string()})); }
    void import() { MUST(catalog.import(copy.pack())); }
    /// Routes are known when the browser opens.
    kit::Browser browser() {
        catalog.routes(routes);
        dispatcher = std::make_unique<http::Dispatcher>(routes, nobody, clock, settings);
        return kit::Browser(*dispatcher);
    }
    std::unique_ptr<http::Dispatcher> dispatcher{};
};
INSTANTIATE_TEST_SUITE_P(all, CatalogTest, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(CatalogTest, EveryQueryIsUnderstood) {
    EXPECT_TRUE(store->check_queries().ok());
}

TEST_P(CatalogTest, TheSameContentKeepsItsVersion) {
    import();
    clock.set(kit::at("2026-11-02 10:00"));
    import();
    auto item = MUST(catalog.item(kinship));
    EXPECT_EQ(item->version, 1);
    EXPECT_EQ(tongban::to_text(item->published_on), "2026-10-15");
}

TEST_P(CatalogTest, AnotherContentIsTheNextVersionAndTheOldOneStays) {
    import();
    clock.set(kit::at("2026-11-02 10:00"));
    copy.change(item_file, "{ \"value\": 2,", "{ \"value\": 1,");
    import();
    auto now = MUST(catalog.item(kinship));
    EXPECT_EQ(now->version, 2);
    EXPECT_EQ(now->promise.value, 1);
    EXPECT_EQ(tongban::to_text(now->published_on), "2026-11-02");
    auto before = MUST(catalog.item(kinship, 1));
    EXPECT_EQ(before->promise.value, 2);
    EXPECT_EQ(tongban::to_text(before->published_on), "2026-10-15");
    EXPECT_EQ(catalog.item(kinship, 3).error().code, "item_version_is_unknown");
}

TEST_P(CatalogTest, ARestartServesTheSame) {
    import();
    copy.change(item_file, "{ \"value\": 2,", "{ \"value\": 1,");
    import();
    Catalog again(*store, clock, org);
    EXPECT_EQ(again.item(kinship).error().code, "item_is_unknown");
    MUST(again.start());
    EXPECT_EQ(MUST(again.item(kinship))->version, 2);
    EXPECT_EQ(MUST(again.item(kinship, 1))->promise.value, 2);
}

TEST_P(CatalogTest, AnItemThePackNoLongerHasIsWithdrawnButItsVersionStays) {
    import();
    std::filesystem::remove_all(copy.path("catalog/items/992080005001"));
    import();
    EXPECT_EQ(catalog.item(kinship).error().code, "item_is_unknown");
    EXPECT_EQ(MUST(catalog.item(kinship, 1))->name, "亲属关系情况证明");
    EXPECT_EQ(browser().get("/api/catalog/home").integer("/total"), 0);
}

TEST_P(CatalogTest, AWithdrawnItemComesBackWithItsVersion) {
    import();
    std::filesystem::rename(copy.path("catalog/items/992080005001"), copy.path("kept"));
    import();
    std::filesystem::create_directories(copy.path("catalog/items"));
    std::filesystem::rename(copy.path("kept"), copy.path("catalog/items/992080005001"));
    import();
    EXPECT_EQ(MUST(catalog.item(kinship))->version, 1);
}

TEST_P(CatalogTest, AWrongPackChangesNothing) {
    import();
    copy.change(item_file, "{ \"value\": 2,", "{ \"value\": 1,");
    copy.change("catalog/themes.json", "\"proof\"", "\"sport\"");
    EXPECT_EQ(catalog.import(copy.pack()).error().code, "pack_has_errors");
    EXPECT_EQ(MUST(catalog.item(kinship))->version, 1);
}

TEST_P(CatalogTest, AnImportIsAnnouncedOnlyWhenSomethingChanged) {
    int heard = 0;
    store->consumers().add("test.hears", {"catalog.imported"},
                           [&](store::Tx&, store::Event const&, Instant) -> Result<void> {
                               ++heard;
                               return {};
                           });
    import();
    import();
    MUST(store->run_pending());
    EXPECT_EQ(heard, 1);
}

TEST_P(CatalogTest, AWordReadOtherwiseIsFoundWithoutANewVersion) {
    import();
    copy.change("catalog/pinyin.json", "\"words\": {", "\"words\": { \"情况\": \"abc xyz\",");
    import();
    EXPECT_EQ(MUST(catalog.item(kinship))->version, 1);
    EXPECT_EQ(browser().get("/api/catalog/search?q=abcxyz").integer("/count"), 1);
}

TEST_P(CatalogTest, ARunningServerHearsOfAnImportBesideIt) {
    Catalog beside(*store, clock, org);
    MUST(beside.import(copy.pack()));
    EXPECT_FALSE(catalog.item(kinship).ok());
    MUST(store->run_pending());
    EXPECT_TRUE(catalog.item(kinship).ok());
}

TEST_P(CatalogTest, AKeptVersionThatNoLongerReadsIsOurFaultAndSaysSo) {
    import();
    {
        auto tx = MUST(store->begin());
        save_version(*tx, Content{kinship, json::object{}, json::object{}, json::object{}, json::object{}}, 9,
                     clock.today());
        MUST(tx->commit());
    }
    auto item = catalog.item(kinship, 9);
    ASSERT_FALSE(item.ok());
    EXPECT_EQ(item.error().code, "item_version_is_not_readable");
    EXPECT_EQ(item.error().kind, ErrorKind::internal);
}

TEST_P(CatalogTest, TheIssuerIsTheTownThatContainsTheRegion) {
    import();
    auto item = MUST(catalog.item(kinship));
    EXPECT_EQ(MUST(catalog.issuer(*item, RegionCode{"990102001000"})).letter_sign, "示街");
    EXPECT_EQ(MUST(catalog.issuer(*item, RegionCode{"990102001003"})).letter_sign, "示街");
    for (auto const* region : {"990102000000", "990100000000", "110101001000", "", "99"}) {
        auto issuer = catalog.issuer(*item, RegionCode{region});
        ASSERT_FALSE(issuer.ok()) << region;
        EXPECT_EQ(issuer.error().code, "item_is_not_available_here") << region;
    }
}

TEST_P(CatalogTest, Contract) {
    catalog.routes(routes);
    EXPECT_TRUE(http::check_contract(routes, api::contract()).ok());
}

TEST_P(CatalogTest, Home) {
    import();
    auto page = browser();
    auto home = page.get("/api/catalog/home");
    EXPECT_EQ(home.status, 200) << home;
    EXPECT_EQ(home.integer("/total"), 1);
    EXPECT_EQ(home.text("/frequent/0/code"), kinship.text);
    EXPECT_EQ(home.text("/themes/0/name"), "证明与查询");
    EXPECT_EQ(home.text("/themes/0/items/0/name"), "亲属关系情况证明");
    EXPECT_EQ(page.get("/api/catalog/home?region=990121000000").integer("/total"), 1);
    EXPECT_EQ(page.get("/api/catalog/home?region=110000000000").code, "region_is_unknown");
}

TEST_P(CatalogTest, Search) {
    import();
    auto page = browser();
    for (auto const* query : {"%E4%BA%B2%E5%B1%9E%E8%AF%81%E6%98%8E", "qsgx", "qinshu", "kinship", ""}) {
        auto found = page.get(std::string("/api/catalog/search?q=") + query);
        EXPECT_EQ(found.integer("/count"), 1) << query << found;
        EXPECT_EQ(found.text("/hits/0/code"), kinship.text) << query;
    }
    auto hit = page.get("/api/catalog/search?q=qsgx");
    EXPECT_EQ(hit.text("/hits/0/time_text"), "2个工作日办完");
    EXPECT_EQ(hit.text("/hits/0/fee_text"), "不收费");
    EXPECT_EQ(hit.integer("/hits/0/visits"), 0);
    EXPECT_EQ(page.get("/api/catalog/search?q=qsgx&audience=person").integer("/count"), 1);
    EXPECT_EQ(page.get("/api/catalog/search?q=qsgx&audience=organisation").integer("/count"), 0);
    EXPECT_EQ(page.get("/api/catalog/search?q=qsgx&region=990102001001").integer("/count"), 1);
    EXPECT_EQ(page.get("/api/catalog/search?audience=both").code, "audience_is_unknown");
    EXPECT_EQ(page.get("/api/catalog/search?q=" + std::string(61, 'a')).code, "query_is_too_long");
    EXPECT_EQ(page.get("/api/catalog/search?region=1").code, "region_is_unknown");
}

TEST_P(CatalogTest, WhoAsksInEnglishIsAnsweredInEnglish) {
    import();
    auto page = browser();
    kit::Headers const english{{"Accept-Language", "en"}};
    EXPECT_EQ(page.get("/api/catalog/home", english).text("/frequent/0/name"), "Proof of kinship");
    EXPECT_EQ(page.get("/api/catalog/home", english).text("/themes/0/name"), "Proofs and look-ups");
    auto found = page.get("/api/catalog/search?q=qsgx", english);
    EXPECT_EQ(found.text("/hits/0/name"), "Proof of kinship");
    EXPECT_EQ(found.text("/hits/0/time_text"), "Done in 2 working days");
    EXPECT_EQ(found.text("/hits/0/fee_text"), "不收费") << "this pack has no English for it";
    auto guide = page.get("/api/catalog/items/992080005001", english);
    EXPECT_EQ(guide.text("/name"), "Proof of kinship");
    EXPECT_EQ(guide.text("/theme_name"), "Proofs and look-ups");
    EXPECT_EQ(page.get("/api/catalog/items/992080005001/application", english).text("/name"),
              "Proof of kinship");
}

TEST_P(CatalogTest, TheGeneralGuideOffersEveryTown) {
    import();
    auto guide = browser().get("/api/catalog/items/992080005001");
    EXPECT_EQ(guide.status, 200) << guide;
    EXPECT_EQ(guide.find("/bodies")->as_array().size(), 6u);
    EXPECT_EQ(guide.text("/bodies/0/county_name"), "示例区");
    EXPECT_EQ(guide.find("/body"), nullptr);
    EXPECT_EQ(guide.find("/available")->as_bool(), true);
    EXPECT_EQ(guide.text("/promise/text"), "2个工作日");
    EXPECT_EQ(guide.text("/theme_name"), "证明与查询");
    EXPECT_EQ(guide.integer("/version"), 1);
    EXPECT_EQ(guide.text("/published_on"), "2026-10-15");
    EXPECT_EQ(guide.text("/phones/consult"), "12345");
    EXPECT_EQ(guide.text("/materials/0/way"), "waived");
    EXPECT_EQ(guide.text("/materials/5/necessity"), "optional");
    EXPECT_EQ(guide.text("/remedies/text").find('{'), std::string::npos);
}

TEST_P(CatalogTest, TheGuideOfAVillageNamesItsTown) {
    import();
    auto guide = browser().get("/api/catalog/items/992080005001?region=990102001002");
    EXPECT_EQ(guide.text("/body/code"), "11990102MB0D20011R");
    EXPECT_EQ(guide.text("/body/region_name"), "示例市示例区示例街道");
    EXPECT_EQ(guide.text("/implementation_code"), "11990102MB0D20011R5992080005001");
    EXPECT_EQ(guide.text("/halls/0/name"), "示例街道便民服务中心");
    EXPECT_EQ(guide.text("/phones/consult"), "12345转2100");
    EXPECT_NE(guide.text("/remedies/text").find("示例市示例区人民法院"), std::string::npos);
}

TEST_P(CatalogTest, TheGuideOfACountyNarrowsTheChoice) {
    import();
    auto page = browser();
    auto guide = page.get("/api/catalog/items/992080005001?region=990121000000");
    EXPECT_EQ(guide.find("/bodies")->as_array().size(), 3u);
    EXPECT_EQ(guide.text("/bodies/0/region_name"), "云溪镇");
    EXPECT_EQ(guide.find("/body"), nullptr);
    EXPECT_EQ(guide.find("/available")->as_bool(), true);
    EXPECT_EQ(page.get("/api/catalog/items/992080005001?region=1").code, "region_is_unknown");
    auto unknown = page.get("/api/catalog/items/992080009001");
    EXPECT_EQ(unknown.status, 404);
    EXPECT_EQ(unknown.code, "item_is_unknown");
}

TEST_P(CatalogTest, ATownWithoutBodyCanReadTheGuideButNotApply) {
    import();
    PackCopy places("org");
    places.change("org/regions.csv", "990121201203,石坪村,village,990121201000,Shiping Village\n",
                  "990121201203,石坪村,village,990121201000,\n990121202000,新设乡,town,990121000000,\n");
    MUST(org.import(places.pack()));
    auto guide = browser().get("/api/catalog/items/992080005001?region=990121202000");
    EXPECT_EQ(guide.status, 200);
    EXPECT_EQ(guide.find("/available")->as_bool(), false);
    EXPECT_EQ(guide.find("/body"), nullptr);
    auto item = MUST(catalog.item(kinship));
    EXPECT_EQ(catalog.issuer(*item, RegionCode{"990121202000"}).error().code, "item_is_not_available_here");
}

TEST_P(CatalogTest, WhatTheWizardAsks) {
    import();
    auto asked = browser().get("/api/catalog/items/992080005001/application");
    EXPECT_EQ(asked.status, 200) << asked;
    EXPECT_EQ(asked.integer("/version"), 1);
    EXPECT_EQ(asked.text("/notice/hash").size(), 64u);
    EXPECT_EQ(asked.text("/notice/hash"), MUST(catalog.item(kinship))->notice.hash);
    EXPECT_EQ(asked.text("/materials/0/ways/0"), "waived");
    EXPECT_EQ(asked.text("/materials/2/ways/1"), "promise");
    EXPECT_EQ(asked.text("/materials/2/promise/key"), "household_register");
    EXPECT_EQ(asked.integer("/materials/2/size_max"), 10 * 1024 * 1024);
    EXPECT_NE(asked.find("/materials/3/when/op"), nullptr);
    EXPECT_EQ(asked.find("/materials/2/when"), nullptr);
    EXPECT_EQ(asked.text("/collection/0"), "electronic");
    EXPECT_NE(asked.find("/form/pages/0/fields/0"), nullptr);
}

}  // namespace
}  // namespace tongban::catalog
