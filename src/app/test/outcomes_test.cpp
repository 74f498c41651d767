// The other ways a case may go: corrected, refused, denied, withdrawn.
#include "world.h"

namespace tongban::app {

namespace {

class Outcomes : public HouseTest {
protected:
    kit::Answer answer(std::string const& case_no, json::object answers, json::array materials) {
        return world.resident().post("/api/cases/mine/" + case_no + "/correction",
                                     {{"version", world.mine(case_no).integer("/version")},
                                      {"answers", std::move(answers)},
                                      {"materials", std::move(materials)}});
    }
    std::string letter_state(std::string const& case_no, std::string_view kind) {
        auto shown = world.mine(case_no);
        for (auto const& letter : shown.json.at("letters").as_array())
            if (letter.at("kind").as_string() == kind) return std::string(letter.at("state").as_string());
        return "absent";
    }
    std::string letter_text(std::string const& case_no, std::string_view kind) {
        auto shown = world.mine(case_no);
        for (auto const& letter : shown.json.at("letters").as_array())
            if (letter.at("kind").as_string() == kind)
                return world.resident()
                    .get("/api/cases/mine/" + case_no + "/letters/" +
                         std::string(letter.at("id").as_string()))
                    .body;
        return "";
    }
};
INSTANTIATE_TEST_SUITE_P(all, Outcomes, testing::ValuesIn(kit::databases()), kit::database_name);

constexpr char const* paper = "material:household_register";
constexpr char const* unit = "field:receiving_unit";

TEST_P(Outcomes, one_notice_names_all_gaps_and_one_answer_mends_them) {
    auto case_no = world.file_case(world.resident());
    auto asked = world.ask_correction(case_no, {paper, unit});
    ASSERT_EQ(asked.status, 200) << asked;
    EXPECT_EQ(asked.text("/state"), "correction");
    world.pump();
    EXPECT_EQ(letter_state(case_no, "correction"), "ready");
    auto shown = world.mine(case_no);
    ASSERT_NE(shown.find("/correction/gaps/1"), nullptr) << shown;
    EXPECT_EQ(shown.text("/correction/due/day"), "2026-11-05");
    EXPECT_EQ(world.resident().get("/api/cases/mine").text("/waiting/0/act"), "correct");

    EXPECT_EQ(answer(case_no, {}, {world.promise("household_register")}).field("/answers/receiving_unit"),
              "gap_is_not_answered");
    auto outside = answer(case_no, {{"receiving_unit", "示例银行"}, {"purpose", "school"}},
                          {world.promise("household_register")});
    EXPECT_EQ(outside.code, "answer_is_outside_the_notice") << outside;
    EXPECT_EQ(outside.field("/answers/purpose"), "answer_is_outside_the_notice");
    EXPECT_EQ(answer(case_no, {{"receiving_unit", "示例银行"}},
                     {world.promise("household_register"), world.promise("birth_certificate")})
                  .code,
              "answer_is_outside_the_notice");
    auto wrong = answer(case_no, {{"receiving_unit", ""}}, {world.promise("household_register")});
    EXPECT_EQ(wrong.code, "application_is_incomplete") << wrong;

    auto file = world.upload(world.resident());
    json::object upload{
        {"key", "household_register"}, {"way", "upload"}, {"files", json::array{{{"id", file}}}}};
    auto mended = answer(case_no, {{"receiving_unit", "示例银行云溪支行"}}, {upload});
    ASSERT_EQ(mended.status, 200) << mended;
    EXPECT_EQ(mended.text("/state"), "received");
    auto seen = world.desk(case_no);
    EXPECT_NE(seen.body.find("示例银行云溪支行"), std::string::npos);
    EXPECT_NE(seen.body.find("示例银行梧桐里分理处"), std::string::npos) << "the value before stays visible";
    EXPECT_EQ(world.accept(case_no).text("/state"), "accepted");
}

TEST_P(Outcomes, a_second_notice_may_only_repeat_the_first) {
    auto case_no = world.file_case(world.resident());
    world.ask_correction(case_no, {paper});
    EXPECT_EQ(world.ask_correction(case_no, {unit}).code, "case_awaits_correction");
    ASSERT_EQ(answer(case_no, {}, {world.promise("household_register")}).status, 200);
    EXPECT_EQ(world.ask_correction(case_no, {unit}).code, "gap_was_not_in_the_first_notice");
    EXPECT_EQ(world.ask_correction(case_no, {paper}).status, 200);
}

TEST_P(Outcomes, a_notice_names_gaps_of_this_case_and_each_once) {
    auto case_no = world.file_case(world.resident());
    EXPECT_EQ(world.ask_correction(case_no, {"material:marriage_licence"}).code,
              "gap_names_nothing_of_this_case");
    EXPECT_EQ(world.ask_correction(case_no, {"field:applicant_name"}).code, "gap_names_nothing_of_this_case")
        << "what the register says is no gap of the person";
    EXPECT_EQ(world.ask_correction(case_no, {paper, paper}).code, "gap_is_named_twice");
    EXPECT_GE(world.ask_correction(case_no, {}).status, 400);
    EXPECT_EQ(world.mine(case_no).text("/state"), "received");
    EXPECT_EQ(answer(case_no, {}, {}).code, "case_awaits_no_correction");
}

TEST_P(Outcomes, after_acceptance_nothing_more_is_asked) {
    auto case_no = world.file_case(world.resident());
    ASSERT_EQ(world.accept(case_no).status, 200);
    EXPECT_EQ(world.ask_correction(case_no, {paper}).code, "case_is_already_accepted");
    EXPECT_EQ(
        world.act(clerk, case_no, "refusal", {{"reason", "不归本机关管"}, {"basis", "第三十二条"}}).code,
        "case_is_already_accepted");
    EXPECT_EQ(world.accept(case_no).code, "case_is_already_accepted");
}

TEST_P(Outcomes, a_refusal_gives_reason_basis_and_remedies_in_a_letter) {
    auto case_no = world.file_case(world.resident());
    EXPECT_EQ(world.act(clerk, case_no, "refusal", {{"reason", "　　"}, {"basis", "第三十二条"}}).code,
              "refusal_needs_reason_and_basis");
    auto refused = world.act(clerk, case_no, "refusal",
                             {{"reason", "对方户籍不在本街道"},
                              {"basis", "参照行政许可法第三十二条"},
                              {"right_body", "对方户籍所在地的街道办事处或乡镇人民政府"}});
    ASSERT_EQ(refused.status, 200) << refused;
    world.pump();
    auto shown = world.mine(case_no);
    EXPECT_EQ(shown.text("/state"), "not_accepted");
    EXPECT_EQ(shown.text("/outcome/kind"), "not_accepted");
    EXPECT_EQ(shown.text("/outcome/reason"), "对方户籍不在本街道");
    EXPECT_NE(shown.text("/outcome/remedies").find("行政复议"), std::string::npos);
    EXPECT_EQ(shown.text("/outcome/remedies").find('{'), std::string::npos)
        << shown.text("/outcome/remedies");
    EXPECT_TRUE(letter_text(case_no, "not_accepted").starts_with("%PDF-"));
    EXPECT_EQ(world.accept(case_no).code, "case_already_closed");
}

TEST_P(Outcomes, a_denial_gives_reason_basis_and_remedies_in_a_letter) {
    auto case_no = world.file_case(world.resident());
    ASSERT_EQ(world.accept(case_no).status, 200);
    json::object wish{{"verdict", "deny"}, {"opinion", "核实不符，不予出具。"}};
    EXPECT_EQ(world.act(reviewer, case_no, "decision", wish).code, "denial_needs_reason_and_basis");
    wish["reason"] = "社区核实的情况与承诺不符";
    wish["basis"] = "国务院令第722号";
    auto denied = world.act(reviewer, case_no, "decision", wish);
    ASSERT_EQ(denied.status, 200) << denied;
    world.pump();
    auto shown = world.mine(case_no);
    EXPECT_EQ(shown.text("/state"), "denied");
    EXPECT_EQ(shown.text("/outcome/kind"), "denied");
    EXPECT_TRUE(letter_text(case_no, "denial").starts_with("%PDF-"));
    EXPECT_EQ(world.resident().get("/api/licences/mine").json.at("licences").as_array().size(), 0u);
    for (auto const& text : world.messages()) EXPECT_EQ(text.find('{'), std::string::npos) << text;
}

TEST_P(Outcomes, the_applicant_withdraws_until_the_decision) {
    auto withdraw = [&](std::string const& case_no) {
        return world.resident().post(
            "/api/cases/mine/" + case_no + "/withdrawal",
            {{"version", world.mine(case_no).integer("/version")}, {"reason", "不需要了"}});
    };
    auto fresh = world.file_case(world.resident());
    EXPECT_EQ(withdraw(fresh).text("/state"), "withdrawn");
    EXPECT_EQ(withdraw(fresh).code, "case_already_closed");
    world.pump();
    EXPECT_TRUE(letter_text(fresh, "withdrawal").starts_with("%PDF-"));
    auto steps = world.mine(fresh).json.at("timeline").as_array();
    EXPECT_EQ(steps.back().at("letter_title").as_string(), "撤回申请确认书");
    auto reviewed = world.file_case(world.resident());
    ASSERT_EQ(world.accept(reviewed).status, 200);
    EXPECT_EQ(withdraw(reviewed).text("/state"), "withdrawn");
    EXPECT_EQ(world.as(reviewer).get("/api/cases/desk/queues/to_review").integer("/total"), 0);
    auto decided = world.file_case(world.resident());
    ASSERT_EQ(world.accept(decided).status, 200);
    ASSERT_EQ(world.approve(decided).status, 200);
    EXPECT_EQ(withdraw(decided).code, "case_already_decided");
    world.pump();
    EXPECT_EQ(withdraw(decided).code, "case_already_closed");
}

TEST_P(Outcomes, a_draft_is_dropped_with_its_papers) {
    auto draft = world.fill_draft(world.resident(), World::Papers::uploaded);
    auto file = draft.text("/materials/1/files/0/id");
    if (file.empty()) file = draft.text("/materials/2/files/0/id");
    ASSERT_EQ(world.resident().get("/api/files/uploads/" + file).status, 200) << draft;
    EXPECT_EQ(world.resident().del("/api/cases/drafts/" + draft.text("/id")).status, 204);
    EXPECT_EQ(world.resident().get("/api/cases/drafts/" + draft.text("/id")).code, "draft_is_unknown");
    world.go_to("2026-10-15 10:24");
    world.pump();
    EXPECT_EQ(world.resident().get("/api/files/uploads/" + file).status, 404);
}

TEST_P(Outcomes, a_draft_that_nobody_finishes_is_erased_on_the_day_that_was_told) {
    auto draft = world.fill_draft(world.resident(), World::Papers::uploaded);
    auto file = draft.text("/materials/1/files/0/id");
    if (file.empty()) file = draft.text("/materials/2/files/0/id");
    ASSERT_FALSE(file.empty()) << draft;
    auto url = "/api/cases/drafts/" + draft.text("/id");
    EXPECT_EQ(world.resident().get("/api/cases/drafts").text("/drafts/0/kept_until"), "2027-01-13")
        << "90 days from 15 October";
    world.go_to("2027-01-13 23:50");
    world.pump();
    ASSERT_EQ(world.resident().get(url).status, 200);
    world.go_to("2027-01-14 07:00");
    world.pump();
    EXPECT_EQ(world.resident().get(url).code, "draft_is_unknown");
    world.go_to("2027-01-17 07:00");
    world.pump();
    EXPECT_EQ(world.resident().get("/api/files/uploads/" + file).status, 404);
}

TEST_P(Outcomes, a_look_at_masked_values_is_recorded_with_its_reason) {
    auto case_no = world.file_case(world.resident());
    auto seen = world.desk(case_no);
    EXPECT_EQ(seen.body.find(zhou_id_number), std::string::npos);
    EXPECT_EQ(seen.body.find(li_id_number), std::string::npos);
    auto url = "/api/cases/desk/cases/" + case_no + "/reveal";
    EXPECT_GE(world.as(clerk).post(url, {{"reason", ""}}).status, 400);
    auto whole = world.as(clerk).post(url, {{"reason", "核对户口簿"}});
    ASSERT_EQ(whole.status, 200) << whole;
    EXPECT_NE(whole.body.find(zhou_id_number), std::string::npos);
    EXPECT_NE(whole.body.find(li_id_number), std::string::npos);
}

}  // namespace

}  // namespace tongban::app
