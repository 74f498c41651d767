// Limits: due days over holidays and worked weekends, what happens when one passes, a year whose calendar
// comes late, and an item that changes while people fill it in.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "world.h"

namespace tongban::app {

namespace {

using Papers = World::Papers;

class Limits : public HouseTest {
protected:
    void import(std::string const& folder) {
        auto done = world.house().import(Pack{folder});
        ASSERT_TRUE(done.ok()) << done.error().code << " " << done.error().detail;
    }
    void import_next_year() {
        kit::TempDir folder;
        auto pack = folder.path() + "/pack";
        copy_pack(pack);
        std::filesystem::create_directory(pack + "/org/calendar");
        std::ofstream(pack + "/org/calendar/2027.json")
            << R"({"year":2027,"holidays":{"2027-01-01":"元旦"},"make_up":{}})";
        import(pack);
    }
};
INSTANTIATE_TEST_SUITE_P(all, Limits, testing::ValuesIn(kit::databases()), kit::database_name);

struct DueCase {
    char const* filed;
    char const* accept_by;
};

TEST_P(Limits, the_acceptance_limit_counts_working_days) {
    for (auto const& each :
         {DueCase{"2026-09-30 10:00", "2026-10-13"},     // 国庆 rests, Saturday 10-10 works
          DueCase{"2026-10-09 23:59:59", "2026-10-15"},  // the first counted day is that Saturday
          DueCase{"2026-10-10 00:00", "2026-10-16"},     // filed on it
          DueCase{"2026-10-15 09:24", "2026-10-22"},
          DueCase{"2026-10-17 15:00", "2026-10-23"}}) {  // a Saturday that rests
        world.go_to(each.filed);
        auto receipt = world.submit(world.resident(), world.fill_draft(world.resident(), Papers::promised));
        EXPECT_EQ(receipt.text("/accept_by/day"), each.accept_by) << each.filed;
        EXPECT_EQ(receipt.json.at_pointer("/accept_by/provisional"), Json(false));
        auto shown = world.mine(receipt.text("/case_no"));
        EXPECT_EQ(shown.text("/clock/due/day"), each.accept_by);
        EXPECT_EQ(shown.integer("/clock/total"), 5) << shown;
    }
}

TEST_P(Limits, silence_of_the_window_is_acceptance_from_the_day_of_receipt) {
    auto case_no = world.file_case(world.resident());
    world.go_to("2026-10-22 23:59");
    world.pump();
    EXPECT_EQ(world.mine(case_no).text("/state"), "received");
    world.go_to("2026-10-23 00:01");
    world.pump();
    auto shown = world.mine(case_no);
    EXPECT_EQ(shown.text("/state"), "accepted") << shown;
    EXPECT_EQ(shown.text("/clock/due/day"), "2026-10-19")
        << "two working days from receipt, so it is late already";
    EXPECT_LT(shown.integer("/clock/left"), 0);
    EXPECT_EQ(world.as(reviewer).get("/api/cases/desk/queues/overdue").integer("/total"), 1);
    EXPECT_EQ(world.messages().size(), 2u);
    EXPECT_EQ(world.approve(case_no).status, 200) << "nobody accepted, so nobody is barred";
}

TEST_P(Limits, silence_of_the_applicant_is_withdrawal) {
    auto case_no = world.file_case(world.resident());
    ASSERT_EQ(world.ask_correction(case_no, {"material:household_register"}).status, 200);
    world.go_to("2026-11-05 23:59");
    world.pump();
    EXPECT_EQ(world.mine(case_no).text("/state"), "correction");
    world.go_to("2026-11-06 00:01");
    world.pump();
    auto shown = world.mine(case_no);
    EXPECT_EQ(shown.text("/state"), "withdrawn") << shown;
    auto told = world.messages();
    EXPECT_TRUE(std::any_of(told.begin(), told.end(),
                            [](auto const& text) { return text.find("视为撤回") != std::string::npos; }));
    for (auto const& text : told) EXPECT_EQ(text.find('{'), std::string::npos) << text;
    EXPECT_EQ(shown.text("/sentence"), "到期没有补正，视为撤回申请");

    auto letter = world.letter(case_no, "lapse");
    ASSERT_EQ(letter.state, "ready") << shown;
    EXPECT_EQ(letter.title, "终止办理告知书");
    EXPECT_EQ(letter.number, "示街终字〔2026〕第1号");
    for (std::string const words :
         {"申请，需要补正。我单位于2026年10月15日发出《补正告知书》（示街补字〔2026〕第1号）",
          "期限到2026年11月5日。期限已过，没有收到补正：", "1．居民户口簿：这一处看不清楚。",
          "依据：参照《中华人民共和国行政许可法》第三十二条第一款第四项", "本事项的补正期限为15个工作日",
          "因此，您的申请视为撤回，我单位自2026年11月6日起终止办理。", "我单位没有作出决定",
          "可以随时重新申请", "60日内向示例市示例区人民政府申请行政复议", zhou_id_number})
        EXPECT_NE(letter.text.find(words), std::string::npos) << words << "\n" << letter.text;
    auto steps = shown.json.at("timeline").as_array();
    EXPECT_EQ(steps.back().at("letter_title").as_string(), "终止办理告知书");
    EXPECT_EQ(world.desk(case_no).json.at("letters").as_array().back().at("kind").as_string(), "lapse");
    auto english = world.resident().get("/api/cases/mine/" + case_no, {{"Accept-Language", "en"}});
    EXPECT_EQ(english.json.at("letters").as_array().back().at("title").as_string(),
              "Notice that handling has ended");
    auto count = shown.json.at("letters").as_array().size();
    world.pump();
    EXPECT_EQ(world.mine(case_no).json.at("letters").as_array().size(), count) << "it ends once";
}

TEST_P(Limits, a_notice_of_the_old_year_that_lapses_in_the_new_one_is_numbered_in_the_new_one) {
    world.go_to("2026-11-30 10:00");
    auto case_no = world.file_case(world.resident());
    world.go_to("2026-12-01 10:00");
    ASSERT_EQ(world.ask_correction(case_no, {"material:household_register"}).status, 200);
    world.go_to("2027-01-05 00:30");
    world.pump();
    auto letter = world.letter(case_no, "lapse");
    EXPECT_EQ(letter.number, "示街终字〔2027〕第1号") << world.mine(case_no);
    EXPECT_NE(letter.text.find("（示街补字〔2026〕第1号）"), std::string::npos) << letter.text;
    EXPECT_NE(letter.text.find("期限到2026年12月22日"), std::string::npos) << letter.text;
    EXPECT_NE(letter.text.find("自2027年1月5日起终止办理"), std::string::npos)
        << "the day the program saw it: " << letter.text;
}

TEST_P(Limits, an_answered_correction_starts_the_five_days_anew) {
    auto case_no = world.file_case(world.resident());
    world.go_to("2026-10-19 10:00");
    ASSERT_EQ(world.ask_correction(case_no, {"material:household_register"}).status, 200);
    world.go_to("2026-10-27 10:00");
    auto mended = world.resident().post("/api/cases/mine/" + case_no + "/correction",
                                        {{"version", world.mine(case_no).integer("/version")},
                                         {"answers", json::object{}},
                                         {"materials", json::array{world.promise("household_register")}}});
    EXPECT_EQ(mended.text("/clock/due/day"), "2026-11-03") << mended;
    world.go_to("2026-11-03 23:00");
    world.pump();
    EXPECT_EQ(world.mine(case_no).text("/state"), "received")
        << "the first limit passed long ago and counts no more";
    world.go_to("2026-11-04 00:01");
    world.pump();
    EXPECT_EQ(world.mine(case_no).text("/state"), "accepted");
}

TEST_P(Limits, a_due_day_of_an_unknown_year_is_provisional_and_recounted_when_the_year_comes) {
    world.go_to("2026-12-30 10:00");
    auto receipt = world.submit(world.resident(), world.fill_draft(world.resident(), Papers::promised));
    auto case_no = receipt.text("/case_no");
    EXPECT_EQ(receipt.text("/accept_by/day"), "2027-01-06") << receipt;
    EXPECT_EQ(receipt.json.at_pointer("/accept_by/provisional"), Json(true));
    auto accepted = world.file_case(world.resident());
    EXPECT_EQ(world.accept(accepted).text("/clock/due/day"), "2027-01-01");
    world.pump();

    import_next_year();
    world.pump();
    auto shown = world.mine(case_no);
    EXPECT_EQ(shown.text("/clock/due/day"), "2027-01-07") << shown;
    EXPECT_EQ(shown.json.at_pointer("/clock/due/provisional"), Json(false));
    EXPECT_EQ(world.mine(accepted).text("/clock/due/day"), "2027-01-04");
    auto told = world.messages();
    EXPECT_EQ(std::count_if(told.begin(), told.end(),
                            [](auto const& text) { return text.find("办结日期改为") != std::string::npos; }),
              2);
    for (auto const& text : told) EXPECT_EQ(text.find('{'), std::string::npos) << text;
    world.go_to("2027-01-07 23:00");
    world.pump();
    EXPECT_EQ(world.mine(case_no).text("/state"), "received") << "the timer moved with the day";
    world.go_to("2027-01-08 00:01");
    world.pump();
    EXPECT_EQ(world.mine(case_no).text("/state"), "accepted");
}

TEST_P(Limits, a_provisional_day_ends_no_case_before_the_year_is_known) {
    world.go_to("2026-12-10 10:00");
    auto case_no = world.file_case(world.resident());
    world.go_to("2026-12-14 10:00");
    ASSERT_EQ(world.ask_correction(case_no, {"material:household_register"}).status, 200);
    auto asked = world.mine(case_no);
    EXPECT_EQ(asked.text("/correction/due/day"), "2027-01-04") << asked;
    EXPECT_EQ(asked.json.at_pointer("/correction/due/provisional"), Json(true));
    world.go_to("2027-01-05 09:00");
    world.pump();
    EXPECT_EQ(world.mine(case_no).text("/state"), "correction")
        << "the new year's holidays may make it later";
    import_next_year();
    world.pump();
    EXPECT_EQ(world.mine(case_no).text("/correction/due/day"), "2027-01-05");
    world.go_to("2027-01-06 00:01");
    world.pump();
    EXPECT_EQ(world.mine(case_no).text("/state"), "withdrawn");
    EXPECT_NE(world.letter(case_no, "lapse").text.find("期限到2027年1月5日"), std::string::npos);
}

TEST_P(Limits, importing_the_same_pack_again_changes_nothing) {
    auto case_no = world.file_case(world.resident());
    auto before = world.mine(case_no).body;
    import(TONGBAN_PACK);
    world.pump();
    EXPECT_EQ(world.nobody().get(std::string("/api/catalog/items/") + item_code).integer("/version"), 1);
    EXPECT_EQ(world.mine(case_no).integer("/version"), 1);
    EXPECT_EQ(world.resident().get("/api/identity/me").json.at("signed_in"), Json(true))
        << "sessions live on";
}

TEST_P(Limits, an_item_republished_under_a_draft_is_shown_and_pinned_at_submission) {
    auto old_case = world.file_case(world.resident());
    auto draft = world.fill_draft(world.resident(), Papers::promised);
    kit::TempDir folder;
    auto pack = folder.path() + "/pack";
    copy_pack(pack);
    auto item = pack + "/catalog/items/" + item_code;
    edit(item + "/item.json", R"("promise": { "value": 2,)", R"("promise": { "value": 1,)");
    edit(item + "/texts.json", "我填写的内容和上传的材料都是真实的", "我填写的内容和上传的材料全部真实");
    edit(item + "/texts.json", R"("version": "2026-12",
    "title": "真实性声明")",
         R"("version": "2027-01",
    "title": "真实性声明")");
    import(pack);
    world.pump();

    auto changed = world.resident().get("/api/cases/drafts/" + draft.text("/id"));
    EXPECT_EQ(changed.json.at("item_changed"), Json(true)) << changed;
    EXPECT_EQ(changed.integer("/item_version"), 2);
    EXPECT_EQ(changed.json.at("answers"), draft.json.at("answers")) << "nothing filled in is lost";
    auto refused = world.submit(world.resident(), changed);
    EXPECT_EQ(refused.code, "application_is_incomplete") << refused;
    EXPECT_EQ(refused.field("/declaration"), "text_is_not_the_present_version");

    auto present = world.nobody().get(std::string("/api/catalog/items/") + item_code + "/application");
    auto const& text = present.json.at("declaration");
    auto receipt = world.resident().post(
        "/api/cases/drafts/" + draft.text("/id") + "/submission",
        {{"version", changed.integer("/version")},
         {"declaration",
          {{"key", text.at("key")}, {"version", text.at("version")}, {"hash", text.at("hash")}}}});
    ASSERT_EQ(receipt.status, 201) << receipt;
    auto new_case = receipt.text("/case_no");
    EXPECT_EQ(world.desk(new_case).integer("/item_version"), 2);
    EXPECT_EQ(world.accept(new_case).text("/clock/due/day"), "2026-10-16");
    EXPECT_EQ(world.desk(old_case).integer("/item_version"), 1);
    EXPECT_EQ(world.accept(old_case).text("/clock/due/day"), "2026-10-19")
        << "the old case keeps the old promise";
}

TEST_P(Limits, an_item_for_firms_names_the_firm_and_is_asked_for_by_duty) {
    constexpr char const* food = "990131003001";
    constexpr char const* county = "990102000000";
    auto& agent = world.as("19900000005");
    EXPECT_EQ(agent.post("/api/cases/drafts", {{"item", food}, {"region", county}}).code, "firm_is_missing");
    auto draft =
        agent.post("/api/cases/drafts", {{"item", food}, {"region", county}, {"firm", "91990102MADEM0011M"}});
    ASSERT_EQ(draft.status, 201) << draft;
    Json wish{{"consent", {{"key", "data_consent"}, {"version", "1"}, {"hash", std::string(64, '0')}}}};
    EXPECT_EQ(agent.post("/api/cases/drafts/" + draft.text("/id") + "/data", wish).code,
              "no_consent_is_needed");
}

}  // namespace

}  // namespace tongban::app
