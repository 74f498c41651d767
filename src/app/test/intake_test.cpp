// 窗口收件 over HTTP: a clerk files for the person at the counter, who confirms exactly what is handed in;
// and applications on line whose papers are brought to a window afterwards.
#include "departments.h"

namespace tongban::app {
namespace {

constexpr char const* stranger_number = "990102197001011238";
constexpr char const* base = "/api/cases/desk/intake";
constexpr char const* elsewhere = "990102002000";  ///< 河东街道, whose window is hd001

class Intake : public Departments {
protected:
    json::object card(std::string const& name = zhou_name, std::string const& number = zhou_id_number,
                      std::string const& phone = zhou) {
        return {{"name", name}, {"id_number", number}, {"phone", phone}};
    }
    kit::Answer open_at(std::string const& who, json::object more = {}, kit::Headers headers = {}) {
        json::object body{
            {"item", asking_item}, {"region", street}, {"method", "id_card"}, {"applicant", card()}};
        for (auto const& [key, value] : more) body[key] = value;
        return world.as(who).post(base, body, std::move(headers));
    }
    static std::string at(kit::Answer const& draft,
                          std::string_view pattern = "/api/cases/desk/intake/{id}") {
        return fill(pattern, [&](std::string_view) { return draft.text("/id"); });
    }
    kit::Answer save_at(std::string const& who, kit::Answer const& draft, json::object more = {},
                        json::object answers = {}) {
        if (answers.empty()) answers = people();
        auto body = saving(draft, std::move(answers), std::move(more));
        auto saved = world.as(who).put(at(draft), body);
        EXPECT_EQ(saved.status, 200) << saved;
        return saved;
    }
    kit::Answer again(std::string const& who, kit::Answer const& draft) {
        return world.as(who).get(at(draft));
    }
    /// Promises the household register and tells the address by hand: nothing is asked on consent.
    kit::Answer filled(std::string const& who, json::object more = {}) {
        auto draft = open_at(who, std::move(more));
        EXPECT_EQ(draft.status, 201) << draft;
        auto answers = people();
        answers["address"] = "自己说的地址1号";
        return save_at(who, draft, {{"materials", promise()}}, answers);
    }
    json::array promise() {
        return {json::object{
            {"key", "household_register"}, {"way", "promise"}, {"promise", text("/materials/1/promise")}}};
    }
    std::string ask_screen(std::string const& who, kit::Answer const& draft,
                           std::string const& about = "application") {
        auto asked = world.as(who).post(at(draft, "/api/cases/desk/intake/{id}/confirmation"),
                                        {{"way", "screen"}, {"about", about}});
        EXPECT_EQ(asked.status, 200) << asked;
        auto url = asked.text("/url");
        EXPECT_EQ(url.rfind("/confirm/", 0), 0U);
        return url.substr(9);
    }
    static std::string link(std::string const& token) { return "/api/cases/confirmations/" + token; }
    static json::array agreed_to(kit::Answer const& page) {
        json::array all;
        for (auto const& one : page.find("/texts")->as_array()) {
            auto const& text = one.at("text");
            all.push_back(
                {{"key", text.at("key")}, {"version", text.at("version")}, {"hash", text.at("hash")}});
        }
        return all;
    }
    /// The person reads and says yes.
    kit::Answer say_yes(std::string const& token) {
        auto page = world.nobody().get(link(token));
        EXPECT_EQ(page.status, 200) << page;
        return world.nobody().post(
            link(token), {{"shown", page.text("/shown")}, {"right", true}, {"agreed", agreed_to(page)}});
    }
    void confirm(std::string const& who, kit::Answer const& draft, std::string const& about = "application") {
        auto said = say_yes(ask_screen(who, draft, about));
        EXPECT_EQ(said.status, 200) << said;
        EXPECT_EQ(said.text("/state"), "confirmed");
    }
    kit::Answer hand_in(std::string const& who, kit::Answer const& draft) {
        return world.as(who).post(
            at(draft, "/api/cases/desk/intake/{id}/submission"),
            {{"version", draft.integer("/version")}, {"declaration", text("/declaration")}});
    }
    std::string state_of(std::string const& who, kit::Answer const& draft,
                         std::string const& about = "application") {
        return world.as(who)
            .get(at(draft, "/api/cases/desk/intake/{id}/confirmation?about=" + about))
            .text("/state");
    }
    /// The code in the newest SMS to that phone.
    std::string code_on_phone(std::string const& phone) {
        world.pump();
        std::string code;
        for (auto const& heard : wire_.heard()) {
            if (heard.target != "/sms/send") continue;
            auto body = MUST(read_json(heard.body));
            if (body.at("phone").as_string() != phone) continue;
            auto told = std::string(body.at("text").as_string());
            auto where = told.find_first_of("0123456789");
            code = told.substr(where, 6);
        }
        return code;
    }
    kit::Answer give(std::string const& who, kit::Answer const& draft, std::string const& code) {
        return world.as(who).post(at(draft, "/api/cases/desk/intake/{id}/confirmation/code"),
                                  {{"code", code}});
    }
    static std::string wrong_one(std::string const& code) { return code == "000000" ? "000001" : "000000"; }
    std::int64_t looks_by(std::string const& staff) {
        return count("SELECT COUNT(*) AS n FROM identity_access WHERE actor = 'staff:" + staff + "'");
    }
};
INSTANTIATE_TEST_SUITE_P(all, Intake, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(Intake, a_window_takes_what_another_region_answers_for_and_the_rules_decide_at_once) {
    auto draft = open_at(clerk_elsewhere);
    ASSERT_EQ(draft.status, 201) << draft;
    EXPECT_EQ(draft.text("/channel"), "window");
    draft = save_at(clerk_elsewhere, draft);
    EXPECT_TRUE(draft.find("/data/consent_needed")->as_bool());
    EXPECT_EQ(state_of(clerk_elsewhere, draft, "consent"), "none");
    auto token = ask_screen(clerk_elsewhere, draft, "consent");
    auto page = world.nobody().get(link(token));
    ASSERT_EQ(page.status, 200) << page;
    EXPECT_EQ(page.text("/about"), "consent");
    EXPECT_EQ(page.text("/applicant"), mask_name(zhou_name));
    EXPECT_EQ(page.text("/hall_name"), "河东街道便民服务中心");
    EXPECT_EQ(page.text("/texts/0/name"), "consent");
    EXPECT_EQ(page.find("/asks")->as_array().size(), 4U);
    EXPECT_TRUE(page.find("/pages")->as_array().empty());
    EXPECT_EQ(state_of(clerk_elsewhere, draft, "consent"), "waiting");
    ASSERT_EQ(say_yes(token).status, 200);
    EXPECT_EQ(state_of(clerk_elsewhere, draft, "consent"), "confirmed");
    draft = world.as(clerk_elsewhere).post(at(draft, "/api/cases/desk/intake/{id}/data"), json::object{});
    for (int looks = 0; looks < 2000 && draft.find("/data/asking")->as_bool(); ++looks)
        draft = again(clerk_elsewhere, draft);
    EXPECT_EQ(draft.text("/locked/address/value"), home);
    EXPECT_TRUE(draft.find("/instant/possible")->as_bool()) << draft;
    EXPECT_TRUE(world.as(clerk_elsewhere)
                    .post(at(draft, "/api/cases/desk/intake/{id}/check"))
                    .find("/ready")
                    ->as_bool());

    auto refused = hand_in(clerk_elsewhere, draft);
    EXPECT_EQ(refused.code, "not_confirmed_by_the_person");
    confirm(clerk_elsewhere, draft);
    auto receipt = hand_in(clerk_elsewhere, draft);
    ASSERT_EQ(receipt.status, 201) << receipt;
    auto number = receipt.text("/case_no");
    EXPECT_TRUE(receipt.find("/decided/at_once")->as_bool());
    EXPECT_EQ(receipt.text("/body_name"), "示例市示例区人民政府示例街道办事处");
    EXPECT_EQ(hand_in(clerk_elsewhere, draft).text("/case_no"), number) << "repeated, the first receipt";
    world.pump();
    auto shown = world.desk(number, clerk_elsewhere);
    EXPECT_EQ(shown.text("/accepting_hall"), "河东街道便民服务中心");
    EXPECT_EQ(shown.text("/responsible_hall"), "示例街道便民服务中心");
    EXPECT_EQ(shown.text("/source"), "窗口");
    EXPECT_EQ(shown.text("/state"), "concluded") << shown;
    EXPECT_EQ(world.mine(number).text("/state"), "concluded") << "the case is the person's own";
    EXPECT_EQ(world.as(reviewer_elsewhere).get("/api/cases/desk/cases/" + number).status, 404);
    EXPECT_GE(looks_by(clerk_elsewhere), 2) << "the clerk, and for each register asked";
    EXPECT_EQ(count("SELECT COUNT(*) AS n FROM identity_access WHERE actor = 'system:rules'"), 1);
}

TEST_P(Intake, who_took_it_in_may_accept_and_never_reviews) {
    auto draft = filled(clerk);
    confirm(clerk, draft);
    auto number = hand_in(clerk, draft).text("/case_no");
    auto shown = world.desk(number);
    EXPECT_EQ(shown.text("/state"), "received");
    auto const& first = shown.json.at("history").at(0);
    EXPECT_NE(std::string(first.at("who").as_string()).find("林静"), std::string::npos) << shown;
    ASSERT_EQ(world.accept(number).status, 200);
    EXPECT_EQ(world.approve(number).status, 200);
    world.pump();
    EXPECT_EQ(world.mine(number).text("/state"), "concluded");
    EXPECT_EQ(count("SELECT COUNT(*) AS n FROM cases_agreement"), 3) << "notice, promise, declaration";
    EXPECT_EQ(count("SELECT COUNT(*) AS n FROM cases_confirmation WHERE state = 'confirmed'"), 1)
        << "what was confirmed stays with the case";
}

TEST_P(Intake, a_code_on_the_persons_phone_confirms_too_and_wrong_ones_are_counted) {
    auto draft = filled(clerk);
    auto ask = [&] {
        return world.as(clerk).post(at(draft, "/api/cases/desk/intake/{id}/confirmation"), {{"way", "code"}});
    };
    auto asked = ask();
    ASSERT_EQ(asked.status, 200) << asked;
    EXPECT_EQ(asked.text("/sent_to"), mask_phone(zhou));
    EXPECT_EQ(asked.text("/until"), "2026-10-15T09:34:00+08:00");
    auto code = code_on_phone(zhou);
    ASSERT_EQ(code.size(), 6U);
    for (int tries = 0; tries < 5; ++tries)
        EXPECT_EQ(give(clerk, draft, wrong_one(code)).code, "confirmation_code_is_wrong");
    EXPECT_EQ(give(clerk, draft, code).code, "confirmation_is_over") << "five wrong ones spend it";
    ASSERT_EQ(ask().status, 200);
    EXPECT_EQ(give(clerk, draft, code).code, "confirmation_code_is_wrong") << "the newer one replaces it";
    world.clock.advance(std::chrono::minutes{10});
    EXPECT_EQ(give(clerk, draft, code_on_phone(zhou)).code, "confirmation_is_over") << "too late";
    EXPECT_EQ(state_of(clerk, draft), "over");
    ASSERT_EQ(ask().status, 200);
    auto said = give(clerk, draft, code_on_phone(zhou));
    ASSERT_EQ(said.status, 200) << said;
    EXPECT_EQ(said.text("/state"), "confirmed");
    ASSERT_EQ(hand_in(clerk, draft).status, 201);
}

TEST_P(Intake, codes_are_not_sent_without_end_and_answer_what_was_shown) {
    auto draft = filled(clerk);
    auto ask = [&] {
        return world.as(clerk).post(at(draft, "/api/cases/desk/intake/{id}/confirmation"), {{"way", "code"}});
    };
    ASSERT_EQ(ask().status, 200);
    auto code = code_on_phone(zhou);
    auto answers = people();
    answers["address"] = "后来改的地址2号";
    draft = save_at(clerk, draft, {{"materials", promise()}}, answers);
    EXPECT_EQ(give(clerk, draft, code).code, "draft_changed_meanwhile");
    for (int sent = 1; sent < 5; ++sent) ASSERT_EQ(ask().status, 200);
    EXPECT_EQ(ask().code, "too_many_codes");
}

TEST_P(Intake, any_change_after_the_yes_voids_it) {
    auto draft = filled(clerk);
    confirm(clerk, draft);
    EXPECT_EQ(state_of(clerk, draft), "confirmed");
    auto answers = people();
    answers["address"] = "后来改的地址2号";
    draft = save_at(clerk, draft, {{"materials", promise()}}, answers);
    EXPECT_EQ(state_of(clerk, draft), "void");
    EXPECT_EQ(hand_in(clerk, draft).code, "not_confirmed_by_the_person");
    confirm(clerk, draft);
    EXPECT_EQ(hand_in(clerk, draft).status, 201);
}

TEST_P(Intake, a_late_answer_that_changes_what_was_shown_voids_the_yes) {
    {
        std::scoped_lock lock(says_.mutex);
        says_.held.insert("household");
    }
    auto draft = save_at(clerk, open_at(clerk));
    confirm(clerk, draft, "consent");
    world.as(clerk).post(at(draft, "/api/cases/desk/intake/{id}/data"), json::object{});
    auto answers = people();
    answers["address"] = "自己说的地址1号";
    draft = save_at(clerk, again(clerk, draft), {{"materials", promise()}}, answers);
    confirm(clerk, draft);
    wire_.let_go();
    for (int looks = 0; looks < 5000 && state_of(clerk, draft) == "confirmed"; ++looks) world.pump();
    EXPECT_EQ(state_of(clerk, draft), "void") << "the register's address stands there now";
    EXPECT_EQ(hand_in(clerk, draft).code, "not_confirmed_by_the_person");
}

TEST_P(Intake, the_person_may_say_that_something_is_wrong) {
    auto draft = filled(clerk);
    auto token = ask_screen(clerk, draft);
    auto page = world.nobody().get(link(token));
    EXPECT_EQ(page.find("/texts")->as_array().size(), 3U) << "notice, promise, declaration";
    EXPECT_FALSE(page.find("/pages")->as_array().empty());
    EXPECT_EQ(page.body.find(zhou_id_number), std::string::npos) << "numbers are masked";
    json::object wrong{{"shown", page.text("/shown")}, {"right", false}, {"note", "地址写错了"}};
    ASSERT_EQ(world.nobody().post(link(token), wrong).status, 200);
    auto told = world.as(clerk).get(at(draft, "/api/cases/desk/intake/{id}/confirmation"));
    EXPECT_EQ(told.text("/state"), "wrong");
    EXPECT_EQ(told.text("/note"), "地址写错了");
    EXPECT_EQ(world.nobody().post(link(token), wrong).status, 200) << "sent twice, said once";
    EXPECT_EQ(world.nobody().get(link(token)).code, "confirmation_is_over");
    EXPECT_EQ(hand_in(clerk, draft).code, "not_confirmed_by_the_person");
}

TEST_P(Intake, a_screen_confirms_what_it_shows_and_only_with_every_text) {
    auto draft = filled(clerk);
    auto token = ask_screen(clerk, draft);
    auto page = world.nobody().get(link(token));
    json::object yes{{"shown", page.text("/shown")}, {"right", true}};
    EXPECT_EQ(world.nobody().post(link(token), yes).code, "text_is_not_agreed_to");
    auto agreed = agreed_to(page);
    agreed[0].as_object()["hash"] = "older";
    yes["agreed"] = agreed;
    EXPECT_EQ(world.nobody().post(link(token), yes).code, "text_is_not_the_present_version");
    yes["agreed"] = agreed_to(page);
    auto answers = people();
    answers["address"] = "后来改的地址2号";
    draft = save_at(clerk, draft, {{"materials", promise()}}, answers);
    EXPECT_EQ(world.nobody().post(link(token), yes).code, "draft_changed_meanwhile");
    EXPECT_EQ(world.nobody().get(link((token[0] == 'A' ? "B" : "A") + token.substr(1))).code,
              "confirmation_is_over")
        << "no guessing";
    auto newer = ask_screen(clerk, draft);
    EXPECT_EQ(world.nobody().get(link(token)).code, "confirmation_is_over") << "replaced";
    ASSERT_EQ(say_yes(newer).status, 200);
    ASSERT_EQ(hand_in(clerk, draft).status, 201);
    EXPECT_EQ(world.nobody().get(link(newer)).code, "confirmation_is_over");
    auto late = filled(clerk);
    auto slow = ask_screen(clerk, late);
    world.clock.advance(std::chrono::minutes{20});
    EXPECT_EQ(world.nobody().get(link(slow)).code, "confirmation_is_over");
}

TEST_P(Intake, nothing_half_filled_is_shown_to_the_person_and_a_clerk_agrees_to_nothing) {
    auto draft = open_at(clerk);
    auto refused =
        world.as(clerk).post(at(draft, "/api/cases/desk/intake/{id}/confirmation"), {{"way", "screen"}});
    EXPECT_EQ(refused.code, "application_is_incomplete");
    EXPECT_FALSE(refused.field("/answers/other_name").empty()) << refused;
    draft = save_at(clerk, draft);
    auto consent = world.as(clerk).post(at(draft, "/api/cases/desk/intake/{id}/data"),
                                        {{"consent", text("/data_consent")}});
    EXPECT_EQ(consent.code, "consent_is_the_persons");
    confirm(clerk, draft, "consent");
    auto twice = world.as(clerk).post(at(draft, "/api/cases/desk/intake/{id}/confirmation"),
                                      {{"way", "screen"}, {"about", "consent"}});
    EXPECT_EQ(twice.code, "no_consent_is_needed");
    EXPECT_EQ(again(clerk, draft).find("/notice"), nullptr) << "the notice is not the clerk's to agree to";
}

TEST_P(Intake, whoever_is_not_known_is_registered_with_the_card_seen) {
    auto draft = open_at(clerk, {{"applicant", card("石守拙", stranger_number, "19900000077")}});
    ASSERT_EQ(draft.status, 201) << draft;
    EXPECT_EQ(draft.text("/applicant/name"), "石守拙");
    auto again_here =
        open_at(clerk, {{"method", "typed"}, {"applicant", card("石守拙", stranger_number, "19900000077")}});
    EXPECT_EQ(again_here.status, 201) << again_here;
    EXPECT_EQ(open_at(clerk, {{"applicant", card("石守信", stranger_number)}}).code,
              "person_is_known_by_another_name");
    EXPECT_EQ(open_at(clerk, {{"method", "code"}}).code, "person_is_not_named");
    EXPECT_EQ(open_at(clerk, {{"method", "code"}, {"code", "00000000"}}).code, "code_is_unknown_or_old");
    auto shown = world.resident().get("/api/identity/my-code").text("/code");
    auto known = open_at(clerk, {{"method", "code"}, {"code", shown}});
    ASSERT_EQ(known.status, 201) << known;
    EXPECT_EQ(known.text("/applicant/name"), zhou_name);
    EXPECT_EQ(open_at(clerk, {{"method", "code"}, {"code", shown}}).code, "code_is_unknown_or_old")
        << "spent";
}

TEST_P(Intake, each_hall_sees_its_own_and_a_colleague_goes_on_after_a_restart) {
    auto draft = filled(clerk);
    auto key = kit::Headers{{"Idempotency-Key", "one"}};
    auto second = open_at(clerk, {}, key);
    EXPECT_EQ(open_at(clerk, {}, key).text("/id"), second.text("/id")) << "a double tap opens one";
    EXPECT_EQ(world.as(clerk).del(at(second)).status, 204);
    auto file = world.upload(world.as(clerk));
    auto answers = people();
    answers["address"] = "自己说的地址1号";
    json::array scan{json::object{{"key", "household_register"},
                                  {"way", "upload"},
                                  {"files", json::array{json::object{{"id", file}}}}}};
    draft = save_at(clerk, draft, {{"materials", scan}}, answers);
    EXPECT_EQ(again(clerk_elsewhere, draft).code, "draft_is_unknown");
    EXPECT_EQ(world.resident().get("/api/cases/drafts/" + draft.text("/id")).code, "draft_is_unknown");
    EXPECT_TRUE(world.as(clerk_elsewhere).get(base).find("/drafts")->as_array().empty());
    world.restart();
    auto list = world.as(other_clerk).get(base);
    ASSERT_EQ(list.find("/drafts")->as_array().size(), 1U) << list;
    EXPECT_EQ(list.text("/drafts/0/applicant"), mask_name(zhou_name));
    EXPECT_EQ(list.text("/drafts/0/filer"), "林静");
    EXPECT_EQ(again(other_clerk, draft).status, 200);
    EXPECT_EQ(looks_by(other_clerk), 1);
    EXPECT_EQ(world.as(other_clerk).get(at(draft, "/api/cases/desk/intake/{id}/files/" + file)).status, 200);
    EXPECT_EQ(world.as(clerk_elsewhere).get(at(draft, "/api/cases/desk/intake/{id}/files/" + file)).status,
              404);
    answers["address"] = "同事改的地址3号";
    draft = save_at(other_clerk, draft, {{"materials", scan}}, answers);
    confirm(other_clerk, draft);
    world.restart();
    auto receipt = hand_in(other_clerk, draft);
    ASSERT_EQ(receipt.status, 201) << receipt;
    EXPECT_TRUE(world.as(clerk).get(base).find("/drafts")->as_array().empty());
}

TEST_P(Intake, papers_handed_over_at_the_window_are_received_with_it) {
    auto draft = open_at(clerk, {{"region", elsewhere}});
    auto answers = people();
    answers["address"] = "自己说的地址1号";
    json::array handed{json::object{{"key", "household_register"}, {"way", "window"}}};
    draft = save_at(clerk, draft, {{"materials", handed}}, answers);
    confirm(clerk, draft);
    auto receipt = hand_in(clerk, draft);
    ASSERT_EQ(receipt.status, 201) << receipt;
    EXPECT_EQ(receipt.find("/bring_by"), nullptr);
    auto shown = world.desk(receipt.text("/case_no"));
    EXPECT_EQ(shown.text("/state"), "received");
    EXPECT_EQ(shown.text("/accepting_hall"), "示例街道便民服务中心");
    EXPECT_EQ(shown.text("/responsible_hall"), "河东街道便民服务中心");
}

TEST_P(Intake, on_line_papers_may_be_brought_later_to_any_window) {
    auto& who = world.resident();
    auto draft = open(who);
    auto answers = people();
    answers["address"] = "自己填的地址1号";
    json::array brought{json::object{{"key", "household_register"}, {"way", "window"}}};
    draft = save(who, draft, answers, {{"materials", brought}});
    auto receipt = submit(who, draft);
    ASSERT_EQ(receipt.status, 201) << receipt;
    EXPECT_EQ(receipt.text("/bring_by/day"), "2026-11-05");
    EXPECT_EQ(receipt.find("/accept_by"), nullptr);
    auto number = receipt.text("/case_no");
    auto mine = world.mine(number);
    EXPECT_EQ(mine.text("/state"), "submitted");
    EXPECT_EQ(mine.text("/clock/kind"), "bringing");
    EXPECT_NE(world.messages().front().find("11月5日"), std::string::npos) << world.messages().front();
    auto waiting = world.as(clerk).get("/api/cases/desk/queues/to_receive");
    ASSERT_EQ(waiting.find("/rows")->as_array().size(), 1U) << waiting;
    EXPECT_EQ(world.accept(number).code, "case_awaits_papers");
    EXPECT_EQ(world.act(clerk_elsewhere, number, "papers", {{"received", json::array{}}}).code,
              "papers_are_missing");
    auto done =
        world.act(clerk_elsewhere, number, "papers", {{"received", json::array{"household_register"}}});
    ASSERT_EQ(done.status, 200) << done;
    EXPECT_EQ(done.text("/state"), "received");
    EXPECT_EQ(done.text("/accepting_hall"), "河东街道便民服务中心");
    world.pump();
    EXPECT_EQ(world.mine(number).text("/letters/0/kind"), "receipt");
}

TEST_P(Intake, papers_that_never_come_count_as_withdrawn_after_one_reminder) {
    auto& who = world.resident();
    auto answers = people();
    answers["address"] = "自己填的地址1号";
    json::array brought{json::object{{"key", "household_register"}, {"way", "window"}}};
    auto number = submit(who, save(who, open(who), answers, {{"materials", brought}})).text("/case_no");
    world.go_to("2026-11-02 09:30");
    world.pump();
    EXPECT_EQ(world.messages().size(), 2U);
    world.go_to("2026-11-06 00:30");
    world.pump();
    EXPECT_EQ(world.mine(number).text("/state"), "withdrawn");
    auto late = world.act(clerk, number, "papers", {{"received", json::array{"household_register"}}});
    EXPECT_EQ(late.code, "case_already_closed");
    EXPECT_EQ(world.mine(number).text("/sentence"), "到期没有交来材料，视为撤回申请");
    auto letter = world.letter(number, "lapse");
    EXPECT_EQ(letter.number.substr(letter.number.find("终字")), "终字〔2026〕第1号");
    for (std::string const words : {"您于2026年10月15日提交", "选择把下列材料交到窗口",
                                    "交材料的期限到2026年11月5日。期限已过，没有收到：", "1．居民户口簿。",
                                    "材料在提交申请之日起15个工作日内交到窗口", "因此，您的申请视为撤回",
                                    "我单位自2026年11月6日起终止办理", "我单位没有作出决定"})
        EXPECT_NE(letter.text.find(words), std::string::npos) << words << "\n" << letter.text;
    EXPECT_EQ(letter.text.find("补正"), std::string::npos) << letter.text;
    EXPECT_EQ(world.messages().front().find('{'), std::string::npos) << world.messages().front();
    EXPECT_NE(world.messages().front().find("终止办理告知书"), std::string::npos);
}

class Firms : public HouseTest {};
INSTANTIATE_TEST_SUITE_P(all, Firms, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(Firms, are_named_where_one_applies_and_no_consent_is_given_where_none_is_asked) {
    auto& leader = world.as("19900000005");
    json::object wish{{"item", "990131003001"}, {"region", "990102000000"}};
    EXPECT_EQ(leader.post("/api/cases/drafts", wish).code, "firm_is_missing");
    wish["firm"] = "91990102MADEM0011M";
    auto draft = leader.post("/api/cases/drafts", wish);
    ASSERT_EQ(draft.status, 201) << draft;
    EXPECT_EQ(draft.text("/applicant/kind"), "organisation");
    auto consent = leader.post("/api/cases/drafts/" + draft.text("/id") + "/data",
                               {{"consent", {{"key", "data_consent"}, {"version", "1"}, {"hash", "x"}}}});
    EXPECT_EQ(consent.code, "no_consent_is_needed");
}

}  // namespace
}  // namespace tongban::app
