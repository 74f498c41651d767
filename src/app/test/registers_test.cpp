// Registers are asked for an application: consent, answers, fields and papers, decisions at once, and people
// who are not sent away when a register fails.
#include "departments.h"

namespace tongban::app {
namespace {

class registers : public Departments {};
INSTANTIATE_TEST_SUITE_P(all, registers, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(registers, are_not_asked_on_consent_before_the_person_agreed) {
    auto& who = world.resident();
    auto draft = save(who, open(who), people());
    EXPECT_TRUE(draft.find("/data/consent_needed")->as_bool());
    EXPECT_EQ(draft.find("/data/asks")->as_array().size(), 4U);
    EXPECT_EQ(draft.text("/data/asks/0/provider"), "示例市公安局");
    EXPECT_FALSE(draft.text("/data/asks/0/who").empty());
    EXPECT_EQ(draft.text("/data/asks/2/basis_text"), "测试条例第一条");
    draft = ask(who, draft.text("/id"), json::object{});
    EXPECT_EQ(outcome(draft, "estate"), "none");  // a duty, not a matter of consent
    EXPECT_EQ(outcome(draft, "household"), "not_asked");
    for (auto const& heard : wire_.heard()) EXPECT_EQ(heard.target, "/reg/estate");
    auto other_text = text("/notice");
    auto refused = who.post("/api/cases/drafts/" + draft.text("/id") + "/data", {{"consent", other_text}});
    EXPECT_EQ(refused.code, "text_is_not_the_present_version");
    EXPECT_EQ(count("SELECT COUNT(*) AS n FROM identity_consent"), 0);
}

TEST_P(registers, fill_fields_waive_papers_and_say_where_from) {
    auto& who = world.resident();
    auto draft = prepare(who);
    EXPECT_FALSE(draft.find("/data/consent_needed")->as_bool());
    EXPECT_EQ(draft.text("/locked/address/value"), home);
    EXPECT_EQ(draft.text("/locked/address/source"), "household");
    EXPECT_EQ(draft.text("/locked/address/source_name"), "示例市公安局：户口簿信息");
    EXPECT_FALSE(draft.text("/locked/address/age_text").empty());
    EXPECT_EQ(draft.text("/prefill/phone/value"), zhou);
    EXPECT_EQ(offer(draft, "household_register")->at("chosen").as_string(), "waived");
    EXPECT_TRUE(draft.find("/instant/possible")->as_bool()) << draft;
    EXPECT_EQ(draft.text("/known/household.outcome"), "found");
    EXPECT_EQ(draft.integer("/burden/fields_typed"), 2);
    EXPECT_EQ(draft.text("/applicant/kind"), "person");
    EXPECT_EQ(count("SELECT COUNT(*) AS n FROM identity_consent WHERE withdrawn_at IS NULL"), 1);
    agree(who, draft.text("/id"));  // agreeing twice is agreeing
    EXPECT_EQ(count("SELECT COUNT(*) AS n FROM identity_consent"), 1);
    auto english = who.get("/api/cases/drafts/" + draft.text("/id"), {{"Accept-Language", "en"}});
    EXPECT_EQ(english.text("/locked/address/source_name"), "Police: Household register");
}

TEST_P(registers, let_the_rules_decide_at_once_and_the_licence_follows) {
    auto& who = world.resident();
    auto draft = prepare(who);
    auto receipt = submit(who, draft);
    ASSERT_EQ(receipt.status, 201) << receipt;
    EXPECT_TRUE(receipt.find("/decided/at_once")->as_bool());
    EXPECT_EQ(receipt.text("/decided/reasons/0/words"), "户籍能证明两人的关系。");
    auto mine = world.mine(receipt.text("/case_no"));
    EXPECT_EQ(mine.text("/state"), "approved");
    EXPECT_EQ(mine.text("/answers/0/rows/2/value"), home);
    EXPECT_NE(mine.text("/answers/0/rows/2/source").find("户口簿信息"), std::string::npos) << mine;
    EXPECT_EQ(mine.integer("/burden/materials_waived"), 3);
    EXPECT_EQ(mine.find("/data_sources")->as_array().size(), 4U);
    world.pump();
    mine = world.mine(receipt.text("/case_no"));
    EXPECT_EQ(mine.text("/state"), "concluded") << mine;
    EXPECT_FALSE(mine.text("/licence/number").empty());
    EXPECT_EQ(count("SELECT COUNT(*) AS n FROM cases_burden WHERE at_once = 1 AND days = 0 AND outcome = "
                    "'concluded'"),
              1);
    auto again = submit(who, draft);  // a double tap gets the same receipt
    EXPECT_EQ(again.text("/case_no"), receipt.text("/case_no"));
    auto consents = who.get("/api/identity/consents");
    EXPECT_EQ(consents.text("/consents/0/state"), "used_up");
}

TEST_P(registers, never_refuse_by_themselves) {
    say(&Registers::estate, R"({"code":"0","data":[{"no":["示例不动产第1号"]}]})");
    auto& who = world.resident();
    auto draft = prepare(who);
    EXPECT_FALSE(draft.find("/instant/possible")->as_bool());
    auto receipt = submit(who, draft);
    ASSERT_EQ(receipt.status, 201) << receipt;
    EXPECT_FALSE(receipt.find("/decided/at_once")->as_bool());
    EXPECT_EQ(receipt.text("/decided/reasons/1/result"), "no");
    EXPECT_EQ(receipt.text("/decided/reasons/1/words"), "您或孩子名下有房。");
    auto case_no = receipt.text("/case_no");
    EXPECT_EQ(world.mine(case_no).text("/state"), "received");
    auto desk = world.desk(case_no);
    EXPECT_EQ(desk.text("/decided/reasons/1/words"), "您或孩子名下有房。");
    EXPECT_NE(desk.text("/form/0/rows/2/source").find("示例市公安局"), std::string::npos);
    EXPECT_NE(desk.text("/form/0/rows/2/value"), home);  // masked for staff
}

TEST_P(registers, ask_again_when_the_answers_lead_to_another_question) {
    auto& who = world.resident();
    auto draft = prepare(who);
    say(&Registers::kinship, R"({"code":"0","data":[{"proven":"N","relation":""}]})");
    auto changed = people();
    changed["other_id_number"] = li_id_number;
    draft = save(who, draft, changed);
    draft = ask(who, draft.text("/id"), json::object{});
    EXPECT_FALSE(draft.find("/instant/possible")->as_bool());
    draft = save(who, draft, people());  // the first question again: its answer stands
    draft = ask(who, draft.text("/id"), json::object{});
    EXPECT_TRUE(draft.find("/instant/possible")->as_bool()) << draft;
}

TEST_P(registers, decide_nothing_when_the_person_asks_for_a_person) {
    auto& who = world.resident();
    auto receipt = submit(who, prepare(who), {{"by_person", true}});
    ASSERT_EQ(receipt.status, 201) << receipt;
    EXPECT_FALSE(receipt.find("/decided/at_once")->as_bool());
    EXPECT_EQ(world.mine(receipt.text("/case_no")).text("/state"), "received");
}

TEST_P(registers, are_disputed_with_both_values_kept_and_a_person_deciding) {
    auto& who = world.resident();
    auto draft = prepare(who);
    auto wrong = who.put("/api/cases/drafts/" + draft.text("/id"),
                         saving(draft, people(), {{"disputes", {{"other_name", {{"value", "王远"}}}}}}));
    EXPECT_EQ(wrong.field("/disputes/other_name"), "field_has_no_source");
    draft = save(who, draft, people(),
                 {{"disputes", {{"address", {{"value", "新地址路8号"}, {"note", "去年搬的"}}}}}});
    EXPECT_EQ(draft.text("/disputes/address/value"), "新地址路8号");
    EXPECT_EQ(draft.text("/disputes/address/source_value"), home);
    EXPECT_EQ(draft.text("/locked/address/value"), home);
    auto receipt = submit(who, draft);
    ASSERT_EQ(receipt.status, 201) << receipt;
    EXPECT_FALSE(receipt.find("/decided/at_once")->as_bool());
    auto mine = world.mine(receipt.text("/case_no"));
    EXPECT_EQ(mine.text("/disputes/0/value"), "新地址路8号");
    EXPECT_EQ(mine.text("/disputes/0/source_value"), home);
    EXPECT_FALSE(mine.text("/disputes/0/ticket").empty());
    EXPECT_EQ(mine.text("/disputes/0/ticket_state"), "open");
    EXPECT_EQ(mine.text("/answers/0/rows/2/value"), "新地址路8号");
    EXPECT_EQ(world.desk(receipt.text("/case_no")).text("/form/0/rows/2/check/result"), "mismatch");
}

TEST_P(registers, that_are_down_send_nobody_away) {
    take_down("household");
    take_down("kinship");
    auto& who = world.resident();
    auto draft = prepare(who);
    EXPECT_EQ(outcome(draft, "household"), "down");
    EXPECT_EQ(outcome(draft, "homes"), "not_asked");
    EXPECT_FALSE(draft.find("/data/sources/0/instead")->as_string().empty());
    EXPECT_EQ(offer(draft, "household_register")->at("chosen").as_string(), "upload");
    auto answers = people();
    answers["address"] = "自己填的地址1号";
    auto promise = json::array{json::object{
        {"key", "household_register"}, {"way", "promise"}, {"promise", text("/materials/1/promise")}}};
    draft = save(who, draft, answers, {{"materials", promise}});
    auto receipt = submit(who, draft);
    ASSERT_EQ(receipt.status, 201) << receipt;
    auto mine = world.mine(receipt.text("/case_no"));
    EXPECT_EQ(mine.text("/state"), "received");
    EXPECT_EQ(mine.text("/answers/0/rows/2/value"), "自己填的地址1号");
    EXPECT_EQ(receipt.text("/decided/reasons/0/result"), "undetermined");
}

TEST_P(registers, that_answer_late_are_added_to_the_case_and_change_no_answer) {
    {
        std::scoped_lock lock(says_.mutex);
        says_.held.insert("household");
    }
    auto& who = world.resident();
    auto draft = prepare(who);
    EXPECT_EQ(outcome(draft, "household"), "late");
    auto answers = people();
    answers["address"] = "自己填的地址1号";
    auto promise = json::array{json::object{
        {"key", "household_register"}, {"way", "promise"}, {"promise", text("/materials/1/promise")}}};
    auto receipt = submit(who, save(who, draft, answers, {{"materials", promise}}));
    ASSERT_EQ(receipt.status, 201) << receipt;
    auto case_no = receipt.text("/case_no");
    wire_.let_go();
    kit::Answer mine;
    for (int looks = 0; looks < 5000; ++looks) {
        world.pump();
        mine = world.mine(case_no);
        if (mine.integer("/version") > 1) break;
    }
    EXPECT_EQ(mine.integer("/version"), 2) << mine;
    EXPECT_EQ(mine.text("/answers/0/rows/2/value"), "自己填的地址1号");
    EXPECT_NE(mine.text("/answers/0/rows/2/late").find(home), std::string::npos) << mine;
    auto desk = world.desk(case_no);
    bool told = false;
    for (auto const& row : desk.find("/history")->as_array())
        told = told || row.at("what").as_string() == "部门的答复到了";
    EXPECT_TRUE(told) << desk;
}

TEST_P(registers, are_no_longer_used_when_the_consent_is_withdrawn) {
    auto& who = world.resident();
    auto draft = prepare(who);
    auto consents = who.get("/api/identity/consents");
    auto done =
        who.post("/api/identity/consents/" + consents.text("/consents/0/id") + "/withdrawal", json::object{});
    ASSERT_EQ(done.status, 200) << done;
    draft = who.get("/api/cases/drafts/" + draft.text("/id"));
    EXPECT_TRUE(draft.find("/data/consent_needed")->as_bool());
    EXPECT_EQ(draft.find("/locked/address"), nullptr);
    EXPECT_EQ(offer(draft, "household_register")->at("chosen").as_string(), "upload");
    world.pump();  // and what was answered is erased
    auto reader = MUST(world.store().reader());
    draft = who.get("/api/cases/drafts/" + draft.text("/id"));
    EXPECT_EQ(outcome(draft, "household"), "not_asked");
}

TEST_P(registers, have_the_last_word_on_their_fields_whatever_a_client_sends) {
    auto& who = world.resident();
    auto draft = prepare(who);
    auto answers = people();
    answers["address"] = "别人家1号";
    answers["applicant_name"] = "别人";
    draft = save(who, draft, answers,
                 {{"materials", json::array{json::object{{"key", "id_card"}, {"way", "waived"}}}}});
    auto receipt = submit(who, draft);
    ASSERT_EQ(receipt.status, 201) << receipt;
    auto mine = world.mine(receipt.text("/case_no"));
    EXPECT_EQ(mine.text("/answers/0/rows/0/value"), zhou_name);
    EXPECT_EQ(mine.text("/answers/0/rows/2/value"), home);
}

TEST_P(registers, are_asked_for_one_draft_by_its_owner_only) {
    auto draft = prepare(world.resident());
    auto stranger = world.as(li).post("/api/cases/drafts/" + draft.text("/id") + "/data", json::object{});
    EXPECT_EQ(stranger.code, "draft_is_unknown");
}

TEST_P(registers, results_that_are_sent_need_an_address) {
    auto& who = world.resident();
    auto draft = prepare(who);
    draft = save(who, draft, people(), {{"collection", "courier"}});
    auto refused = submit(who, draft);
    EXPECT_EQ(refused.field("/delivery"), "delivery_is_missing");
    auto wrong = who.put(
        "/api/cases/drafts/" + draft.text("/id"),
        saving(draft, people(),
               {{"collection", "courier"},
                {"delivery", {{"recipient", "周桂兰"}, {"phone", "12"}, {"address", "示例路26号"}}}}));
    EXPECT_FALSE(wrong.field("/delivery/phone").empty()) << wrong;
    draft = save(who, draft, people(),
                 {{"collection", "courier"},
                  {"delivery", {{"recipient", "周桂兰"}, {"phone", zhou}, {"address", "示例路26号"}}}});
    EXPECT_EQ(draft.text("/delivery/phone"), zhou);
    EXPECT_EQ(submit(who, draft).status, 201);
}

TEST_P(registers, an_item_that_asks_nothing_needs_no_consent_and_a_person_no_firm) {
    auto& who = world.resident();
    auto refused = who.post("/api/cases/drafts",
                            {{"item", asking_item}, {"region", street}, {"firm", "91990102MADEM0011M"}});
    EXPECT_EQ(refused.code, "no_firm_is_asked");
}

TEST_P(registers, a_dropped_draft_takes_its_answers_and_its_consent_along) {
    auto& who = world.resident();
    auto draft = prepare(who);
    EXPECT_EQ(who.del("/api/cases/drafts/" + draft.text("/id")).status, 204);
    EXPECT_EQ(who.get("/api/identity/consents").text("/consents/0/state"), "used_up");
}

}  // namespace
}  // namespace tongban::app
