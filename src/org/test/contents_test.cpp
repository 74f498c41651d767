#include "org/contents.h"

#include "pack_copy.h"

namespace tongban::org {
namespace {

using test::Fault, test::PackCopy, test::told;

class ContentsFault : public testing::TestWithParam<Fault> {};

TEST_P(ContentsFault, IsToldWithItsPlace) {
    auto const& fault = GetParam();
    PackCopy copy("org");
    copy.change(fault.file, fault.from, fault.to);
    auto read = read_contents(copy.pack());
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, "pack_has_errors");
    EXPECT_EQ(read.error().kind, ErrorKind::invalid);
    EXPECT_EQ(told(read.error(), fault.place), fault.code) << read.error().detail;
}

constexpr char const* regions = "org/regions.csv";
constexpr char const* bodies = "org/bodies.json";
constexpr char const* halls = "org/halls.json";
constexpr char const* posts = "org/posts.json";
constexpr char const* staff = "org/staff.json";
constexpr char const* site = "org/site.json";

Fault const faults[] = {
    {"parent_missing", regions, "示例街道,town,990102000000", "示例街道,town,990103000000",
     "org/regions.csv:6", "region_is_unknown"},
    {"parent_elsewhere", regions, "示例街道,town,990102000000", "示例街道,town,990121000000",
     "org/regions.csv:6", "region_parent_is_wrong"},
    {"level_wrong", regions, "示例街道,town", "示例街道,county", "org/regions.csv:6",
     "region_level_is_wrong"},
    {"code_short", regions, "990102001001,示例社区", "99010200100,示例社区", "org/regions.csv:12",
     "region_code_is_malformed"},
    {"region_twice", regions, "990102002000,河东街道", "990102001000,河东街道", "org/regions.csv:7",
     "pack_names_it_twice"},
    {"province_with_parent", regions, "示例省,province,", "示例省,province,990100000000", "org/regions.csv:2",
     "region_parent_is_wrong"},
    {"header", regions, "code,name,level,parent", "code,name,level", "org/regions.csv:1",
     "csv_header_is_wrong"},
    {"cells", regions, "示例区,county,", "示例区,county,x,", "org/regions.csv:4", "csv_line_is_malformed"},
    {"no_name", regions, ",示例区,county", ",,county", "org/regions.csv:4", "pack_value_is_missing"},
    {"credit_code", bodies, "1199010000D9010051", "1199010000D9010052", "org/bodies.json#/bodies/0/id",
     "credit_code_check_is_wrong"},
    {"body_region", bodies, "\"region\": \"990100000000\"", "\"region\": \"990200000000\"",
     "org/bodies.json#/bodies/0/region", "region_is_unknown"},
    {"two_seats", bodies, "\"region\": \"990102002000\"", "\"region\": \"990102001000\"",
     "org/bodies.json#/bodies/4/region", "pack_names_it_twice"},
    {"two_signs", bodies, "\"河街\"", "\"示街\"", "org/bodies.json#/bodies/4/letter_sign",
     "pack_names_it_twice"},
    {"body_kind", bodies, "\"government\"", "\"company\"", "org/bodies.json#/bodies/0/kind",
     "pack_value_is_not_one_of"},
    {"department_of_a_government", bodies, "\"kind\": \"government\"",
     "\"kind\": \"government\", \"department\": \"civil_affairs\"", "org/bodies.json#/bodies/0/department",
     "department_is_malformed"},
    {"unknown_key", bodies, "\"short_name\"", "\"nickname\"", "org/bodies.json#/bodies/0/nickname",
     "pack_key_is_unknown"},
    {"missing_key", bodies, "\"short_name\"", "\"nickname\"", "org/bodies.json#/bodies/0/short_name",
     "pack_value_is_missing"},
    {"text_with_spaces", bodies, "\"示例市人民政府\"", "\" 示例市人民政府\"",
     "org/bodies.json#/bodies/0/name", "pack_text_is_not_clean"},
    {"long_text", bodies, "\"letter_sign\": \"示市\"", "\"letter_sign\": \"示例市人民政府办公厅\"",
     "org/bodies.json#/bodies/0/letter_sign", "pack_text_is_too_long"},
    {"hall_body", halls, "1199010000D9010051", "1199010000D9010052", "org/halls.json#/halls/0/body",
     "body_is_unknown"},
    {"hall_id", halls, "hall-990100\"", "Hall 990100\"", "org/halls.json#/halls/0/id",
     "pack_id_is_malformed"},
    {"post_hall", posts, "\"hall\": \"hall-990102\"", "\"hall\": \"hall-990199\"",
     "org/posts.json#/posts/2/hall", "hall_is_unknown"},
    {"window_without_hall", posts, "\"hall\": \"hall-990102\", ", "", "org/posts.json#/posts/2/hall",
     "window_post_has_no_hall"},
    {"role", posts, "[\"operator\"]", "[\"king\"]", "org/posts.json#/posts/0/roles/0", "role_is_unknown"},
    {"role_twice", posts, "[\"operator\"]", "[\"operator\", \"operator\"]", "org/posts.json#/posts/0/roles/0",
     "pack_names_it_twice"},
    {"no_roles", posts, "[\"operator\"]", "[]", "org/posts.json#/posts/0/roles", "pack_list_is_empty"},
    {"staff_post", staff, "[\"990102001-window\"]", "[\"990102001-door\"]", "org/staff.json#/staff/0/posts",
     "post_is_unknown"},
    {"staff_twice", staff, "\"sl002\"", "\"sl001\"", "org/staff.json#/staff/1", "pack_names_it_twice"},
    {"flag", site, "true", "\"yes\"", "org/site.json#/demonstration", "pack_value_has_wrong_type"},
    {"address", site, "zwfw.shili.example", "https://zwfw.shili.example/", "org/site.json#/address",
     "site_address_is_not_a_host"},
    {"not_json", site, "{", "[", "org/site.json", "pack_file_is_not_json"},
};
INSTANTIATE_TEST_SUITE_P(all, ContentsFault, testing::ValuesIn(faults), test::fault_name);

TEST(Contents, TellsAllFaultsAtOnce) {
    PackCopy copy("org");
    copy.change(regions, "示例街道,town", "示例街道,county");
    copy.change(bodies, "1199010000D9010051", "1199010000D9010052");
    copy.change(staff, "\"990102001-keeper\"", "\"990102001-door\"");
    auto read = read_contents(copy.pack());
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(told(read.error(), "org/regions.csv:6"), "region_level_is_wrong");
    EXPECT_EQ(told(read.error(), "org/bodies.json#/bodies/0/id"), "credit_code_check_is_wrong");
    EXPECT_EQ(told(read.error(), "org/staff.json#/staff/5/posts"), "post_is_unknown");
}

TEST(Contents, WithoutEnglishAreToldInChinese) {
    PackCopy copy("org");
    copy.change(regions, "示例街道,town,990102000000,Example Subdistrict", "示例街道,town,990102000000,");
    copy.change(bodies, "\"short_name\": \"Example Subdistrict\", ", "");
    auto picture = MUST(read_contents(copy.pack())).picture;
    picture.add_english();
    auto const& told = picture.in(http::Language::en);
    RegionCode const street{"990102001000"};
    EXPECT_EQ(told.full_name(street), "示例街道, Example District, Example City");
    EXPECT_EQ(told.body_of(street)->short_name, "示例街道");
    EXPECT_EQ(told.body_of(street)->name, "Example Subdistrict Office");
    EXPECT_EQ(told.body_of(street)->phone, "12345 ext. 2100");
    EXPECT_EQ(told.hall_of(street)->hours, "Working days 9:00–17:30, Saturday 9:00–12:00");
    EXPECT_EQ(picture.in(http::Language::zh).full_name(street), "示例市示例区示例街道");
    EXPECT_EQ(told.in(http::Language::en).site().city, "Example City");
}

TEST(Contents, EnglishOfAnythingElseIsRefused) {
    PackCopy copy("org");
    copy.change("org/posts.json", "\"x-en\": {\"title\": \"Platform operations\"}",
                "\"x-en\": {\"name\": \"Platform operations\"}");
    auto read = read_contents(copy.pack());
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(told(read.error(), "org/posts.json#/posts/0/x-en/name"), "pack_key_is_unknown");
}

TEST(Contents, AMissingFileIsNamed) {
    PackCopy copy("org");
    std::filesystem::remove(copy.path("org/halls.json"));
    EXPECT_EQ(told(read_contents(copy.pack()).error(), "org/halls.json"), "pack_file_is_missing");
}

TEST(Contents, AListThatIsNotUtf8IsRefused) {
    PackCopy copy("org");
    copy.change(regions, "示例省", "\xca\xbe\xc0\xfd");
    EXPECT_EQ(told(read_contents(copy.pack()).error(), regions), "pack_file_is_not_utf8");
}

TEST(Contents, CalendarsAreCheckedAndNotGivenTwice) {
    PackCopy copy("org");
    copy.write("org/calendar/2027.json", R"({"year":2027,"holidays":{"2027-13-01":"元旦"},"make_up":{}})");
    EXPECT_EQ(told(read_contents(copy.pack()).error(), "org/calendar/2027.json"), "day_is_not_a_date");
    copy.write("org/calendar/2027.json", R"({"year":2027,"holidays":{"2027-01-01":"元旦"},"make_up":{}})");
    copy.write("org/calendar/again.json", R"({"year":2027,"holidays":{"2027-01-01":"新年"},"make_up":{}})");
    EXPECT_EQ(told(read_contents(copy.pack()).error(), "org/calendar/again.json"), "pack_names_it_twice");
}

class DemoCity : public testing::Test {
protected:
    Picture picture = read_contents({test::demo_city().string()}).value().picture;
};

TEST_F(DemoCity, EveryTownHasABodyAHallAWindowAndAReviewer) {
    int towns = 0, villages = 0;
    for (auto const& region : picture.regions()) {
        villages += region.level == Level::village ? 1 : 0;
        if (region.level != Level::town) continue;
        ++towns;
        auto const* body = picture.body_of(region.code);
        ASSERT_NE(body, nullptr) << region.name;
        ASSERT_NE(picture.hall_of(region.code), nullptr);
        EXPECT_EQ(picture.hall_of(region.code)->region, region.code);
        for (auto const* role : {"clerk", "reviewer", "keeper"}) {
            auto found = picture.posts_of(body->id, role);
            ASSERT_EQ(found.size(), 1u) << region.name << role;
            bool worked = false;
            for (auto const& one : picture.staff_)
                for (auto const& post : one.posts) worked = worked || post == found[0].id;
            EXPECT_TRUE(worked) << region.name << role;
        }
    }
    EXPECT_EQ(towns, 6);
    EXPECT_EQ(villages, 20);
}

TEST_F(DemoCity, OnePersonAtShiliStreetHoldsAWindowAndAReviewPost) {
    auto const* both = picture.staff(StaffId{"sl005"});
    ASSERT_NE(both, nullptr);
    EXPECT_EQ(both->posts, (std::vector<PostId>{{"990102001-window"}, {"990102001-review"}}));
}

TEST_F(DemoCity, ALookUpFindsWhatIsThereAndNothingElse) {
    EXPECT_EQ(picture.region(RegionCode{"990102001000"})->name, "示例街道");
    EXPECT_EQ(picture.region(RegionCode{"990102001009"}), nullptr);
    EXPECT_EQ(picture.staff(StaffId{"sl001"})->name, "林静");
    EXPECT_EQ(picture.staff(StaffId{"sl999"}), nullptr);
    EXPECT_EQ(picture.post(PostId{"990102001-window"})->title, "综合窗口");
    EXPECT_EQ(picture.hall(HallId{"hall-990102001"})->name, "示例街道便民服务中心");
    EXPECT_EQ(picture.body(BodyId{"11990102MB0D20011R"})->letter_sign, "示街");
    EXPECT_EQ(picture.body_of(RegionCode{"990102001001"}), nullptr);
}

TEST_F(DemoCity, NamesRunFromTheCityDown) {
    EXPECT_EQ(picture.full_name(RegionCode{"990102001001"}), "示例市示例区示例街道示例社区");
    EXPECT_EQ(picture.full_name(RegionCode{"990000000000"}), "示例省");
    EXPECT_EQ(picture.full_name(RegionCode{"110000000000"}), "");
}

TEST_F(DemoCity, TheAcceptancePointOfAVillageIsItsTownsHall) {
    EXPECT_EQ(picture.hall_of(RegionCode{"990102001001"})->id.text, "hall-990102001");
    EXPECT_EQ(picture.hall_of(RegionCode{"990000000000"}), nullptr);
}

TEST_F(DemoCity, ADepartmentBesideTheGovernmentIsNotItsSeat) {
    auto bureau = *picture.body_of(RegionCode{"990102000000"});
    bureau.id = BodyId{"bureau"};
    bureau.kind = BodyKind::department;
    picture.bodies_.insert(picture.bodies_.begin(), bureau);
    EXPECT_EQ(picture.body_of(RegionCode{"990102000000"})->name, "示例市示例区人民政府");
}

TEST(LevelOf, FollowsFromTrailingZeros) {
    EXPECT_EQ(level_of(RegionCode{"990000000000"}), Level::province);
    EXPECT_EQ(level_of(RegionCode{"990100000000"}), Level::city);
    EXPECT_EQ(level_of(RegionCode{"990102000000"}), Level::county);
    EXPECT_EQ(level_of(RegionCode{"990102001000"}), Level::town);
    EXPECT_EQ(level_of(RegionCode{"990102001001"}), Level::village);
}

}  // namespace
}  // namespace tongban::org
