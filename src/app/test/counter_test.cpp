// At the counter and on the spot: special steps with their clock, service of what is fetched, and who looked.
#include <thread>

#include "officers.h"

namespace tongban::app {

namespace {

class Counter : public HouseTest {
protected:
    /// The same item with more in it, published as its next version; and who checks.
    void change_item(std::string const& more) {
        kit::TempDir place;
        auto pack = place.path() + "/pack";
        copy_pack(pack);
        edit(pack + "/catalog/items/992080005001/item.json", R"("flow": ["reviewer:审核"],)",
             R"("flow": ["reviewer:审核"], )" + more);
        add_officers(pack);
        auto imported = world.house().import(Pack{pack});
        ASSERT_TRUE(imported.ok()) << imported.error().code << imported.error().detail;
        world.restart();
    }
    void change_item_with_check() {
        change_item(
            R"("special_steps": [{"key": "site_check", "name": "现场核查", "x-en": {"name": "Site check"},
            "role": "inspector", "officers": 2, "limit": {"value": 10, "unit": "working_day"},
            "counts_in_limit": false, "basis": "行政许可法第三十四条",
            "findings": [{"key": "place", "label": "场所与申请一致", "x-en": {"label": "Place as stated"}},
                         {"key": "fire", "label": "消防通道畅通", "x-en": {"label": "Fire exits clear"}}]}],)");
    }
    std::string accepted_case() {
        auto number = world.file_case(world.resident());
        EXPECT_EQ(world.accept(number).status, 200);
        return number;
    }
    kit::Answer plan(std::string const& number, std::string const& who = reviewer) {
        return world.act(who, number, "special",
                         {{"step", "site_check"}, {"planned_on", "2026-10-16"}, {"place", "示例路18号"}});
    }
    json::object record(json::array officers = {inspector, second_inspector}) {
        return {{"step", "site_check"},
                {"officers", std::move(officers)},
                {"place", "示例路18号一楼"},
                {"began_at", "2026-10-15T09:23:10+08:00"},
                {"ended_at", "2026-10-15T01:23:50.5Z"},
                {"findings",
                 json::array{{{"key", "place"}, {"result", "ok"}},
                             {{"key", "fire"}, {"result", "not_ok"}, {"note", "通道堆物，已当场清理"}}}},
                {"conclusion", "pass"},
                {"attended_by", "周桂兰"}};
    }
    std::string code(kit::Answer const& answer) { return answer.status < 300 ? "" : answer.code; }
    /// Of a queue of that member of staff: the numbers in it.
    std::vector<std::string> queue(std::string const& who, std::string const& name) {
        auto answer = world.as(who).get("/api/cases/desk/queues/" + name);
        EXPECT_EQ(answer.status, 200) << answer;
        std::vector<std::string> numbers;
        for (auto const& row : answer.json.at("rows").as_array())
            numbers.emplace_back(row.at("case_no").as_string());
        return numbers;
    }
    /// State and number of the letters of that kind.
    std::vector<std::string> letters(std::string const& number, std::string const& kind) {
        std::vector<std::string> found;
        auto mine = world.mine(number);
        for (auto const& letter : mine.json.at("letters").as_array())
            if (letter.at("kind").as_string() == kind)
                found.push_back(std::string(letter.at("state").as_string()) + " " +
                                std::string(letter.at("number").as_string()));
        return found;
    }
    /// Approved, to be fetched at the window, the licence made.
    std::string case_to_be_fetched() {
        auto draft = world.fill_draft(world.resident(), World::Papers::promised);
        auto wish = world.saving(draft.integer("/version"), world.good_answers(),
                                 world.good_materials(World::Papers::promised));
        wish.as_object()["collection"] = "window";
        auto saved = world.resident().put("/api/cases/drafts/" + draft.text("/id"), wish);
        EXPECT_EQ(saved.status, 200) << saved;
        auto number = world.submit(world.resident(), saved).text("/case_no");
        EXPECT_EQ(world.accept(number).status, 200);
        EXPECT_EQ(world.approve(number).status, 200);
        world.pump();
        return number;
    }
    std::map<std::string, int> looks(std::string const& what) {
        std::map<std::string, int> by_who;
        auto answer = world.resident().get("/api/identity/looks");
        for (auto const& look : answer.json.at("looks").as_array())
            for (auto const& each : look.at("what").as_array())
                if (each.as_string() == what) ++by_who[std::string(look.at("who").as_string())];
        return by_who;
    }
};
INSTANTIATE_TEST_SUITE_P(all, Counter, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(Counter, a_site_check_rests_the_clock_and_is_recorded_by_two_officers) {
    change_item_with_check();
    auto number = accepted_case();
    EXPECT_EQ(code(world.approve(number)), "special_step_is_missing");
    EXPECT_EQ(queue(inspector, "to_review"), std::vector{number});
    EXPECT_EQ(
        code(world.act(reviewer, number, "special", {{"step", "hearing"}, {"planned_on", "2026-10-16"}})),
        "special_step_is_unknown");
    EXPECT_EQ(
        code(world.act(reviewer, number, "special", {{"step", "site_check"}, {"planned_on", "2027-10-16"}})),
        "planned_day_is_out_of_time");
    auto planned = plan(number);
    ASSERT_EQ(planned.status, 200) << planned;
    EXPECT_EQ(planned.text("/clock/kind"), "special");
    EXPECT_EQ(planned.text("/clock/lamp/text"), "特别程序");
    EXPECT_EQ(planned.text("/special/0/state"), "planned");
    EXPECT_EQ(planned.text("/special/0/limit_text"), "10个工作日");
    EXPECT_EQ(planned.text("/special/0/candidates/0/name"), "岳青山");
    EXPECT_EQ(code(plan(number)), "special_step_is_open");
    EXPECT_EQ(code(world.approve(number)), "special_step_is_open");
    EXPECT_NE(world.mine(number).text("/sentence").find("正在现场核查"), std::string::npos);

    auto seen = world.desk(number, inspector);
    auto done = world.act(inspector, number, "special/result", record());
    ASSERT_EQ(done.status, 200) << done;
    EXPECT_EQ(done.text("/special/0/state"), "passed");
    EXPECT_EQ(done.text("/special/0/record/officers/1/name"), "卫长河");
    EXPECT_EQ(done.text("/special/0/record/findings/1/note"), "通道堆物，已当场清理");
    EXPECT_EQ(done.text("/clock/kind"), "review");
    EXPECT_TRUE(queue(inspector, "to_review").empty());
    EXPECT_EQ(code(plan(number)), "special_step_has_passed");
    EXPECT_EQ(world.approve(number).status, 200);
    world.pump();
    EXPECT_EQ(letters(number, "special_notice"), std::vector<std::string>{"ready 示街特字〔2026〕第1号"});
    EXPECT_EQ(letters(number, "site_record"), std::vector<std::string>{"ready 示街核字〔2026〕第1号"});
    EXPECT_EQ(letters(number, "approval"), std::vector<std::string>{"ready 示街准字〔2026〕第1号"});
    EXPECT_EQ(world.mine(number).text("/state"), "concluded");
}

TEST_P(Counter, a_record_is_refused_where_the_law_says_so) {
    change_item_with_check();
    auto number = accepted_case();
    EXPECT_EQ(code(world.act(inspector, number, "special/result", record())), "special_step_is_not_open");
    ASSERT_EQ(plan(number, inspector).status, 200);
    auto refused = [&](json::object body, std::string const& who = inspector) {
        return code(world.act(who, number, "special/result", std::move(body)));
    };
    EXPECT_EQ(refused(record({inspector})), "officers_are_too_few");
    EXPECT_EQ(refused(record({inspector, inspector})), "officer_is_named_twice");
    EXPECT_EQ(refused(record({inspector, clerk})), "reviewer_was_acceptor");
    EXPECT_EQ(refused(record({inspector, reviewer})), "officer_has_not_the_role");
    EXPECT_EQ(refused(record(), reviewer), "case_is_not_at_this_post");
    auto late = record();
    late["ended_at"] = "2026-10-15T10:00:00+08:00";
    EXPECT_EQ(refused(late), "record_is_out_of_time");
    late["ended_at"] = "2026-10-15T10:00:00";
    EXPECT_EQ(world.act(inspector, number, "special/result", late).status, 422) << "no zone, no time";
    late["ended_at"] = "2026-10-15T25:00:00+08:00";
    EXPECT_EQ(world.act(inspector, number, "special/result", late).status, 422);
    auto less = record();
    less["findings"] = json::array{{{"key", "place"}, {"result", "ok"}}};
    EXPECT_EQ(refused(less), "findings_are_incomplete");
    EXPECT_EQ(
        world.as(clerk).post("/api/cases/desk/cases/" + number + "/special", Json(json::object{})).status,
        403);
}

TEST_P(Counter, photos_belong_to_the_case_and_a_repeated_key_records_once) {
    change_item_with_check();
    auto number = accepted_case();
    ASSERT_EQ(plan(number).status, 200);
    auto photo = world.upload(world.as(inspector));
    auto body = record();
    body["photos"] = json::array{photo};
    body["version"] = world.desk(number, inspector).integer("/version");
    auto url = "/api/cases/desk/cases/" + number + "/special/result";
    auto first = world.as(inspector).post(url, body, {{"Idempotency-Key", "once"}});
    ASSERT_EQ(first.status, 200) << first;
    auto again = world.as(inspector).post(url, body, {{"Idempotency-Key", "once"}});
    EXPECT_EQ(again.status, 200) << again;
    EXPECT_EQ(again.integer("/version"), first.integer("/version"));
    EXPECT_EQ(world.as(reviewer).get("/api/cases/desk/cases/" + number + "/files/" + photo).status, 200);
    world.pump();
    EXPECT_EQ(letters(number, "site_record").size(), 1U);
}

TEST_P(Counter, of_two_officers_at_once_one_records) {
    change_item_with_check();
    auto number = accepted_case();
    ASSERT_EQ(plan(number).status, 200);
    auto body = record();
    body["version"] = world.desk(number, inspector).integer("/version");
    auto url = "/api/cases/desk/cases/" + number + "/special/result";
    std::vector<kit::Browser> officers;
    for (int i = 0; i < 4; ++i) {
        officers.push_back(world.as(inspector));
        officers.push_back(world.as(second_inspector));
    }
    std::vector<kit::Answer> answers(officers.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < officers.size(); ++i)
        threads.emplace_back([&, i] { answers[i] = officers[i].post(url, body); });
    for (auto& thread : threads) thread.join();
    std::map<int, int> told;
    for (auto const& answer : answers) ++told[answer.status];
    EXPECT_EQ(told, (std::map<int, int>{{200, 1}, {409, 7}})) << answers[0] << answers[1];
}

TEST_P(Counter, what_is_fetched_is_served_at_the_window_with_a_record) {
    auto number = case_to_be_fetched();
    EXPECT_EQ(world.mine(number).text("/state"), "issued");
    EXPECT_NE(world.mine(number).text("/explanation").find("示例街道便民服务中心"), std::string::npos);
    EXPECT_EQ(queue(clerk, "to_serve"), std::vector{number});
    EXPECT_TRUE(queue(clerk, "to_issue").empty());
    EXPECT_EQ(world.desk(number).text("/clock/due/day"), "2026-10-29")
        << "ten working days from the decision";
    EXPECT_EQ(code(world.act(clerk, number, "service", {{"method", "in_person"}, {"recipient", " "}})),
              "service_names_no_recipient");
    EXPECT_EQ(code(world.act(
                  clerk, number, "service",
                  {{"method", "in_person"}, {"recipient", zhou_name}, {"at", "2026-10-14T09:00:00+08:00"}})),
              "service_is_out_of_time");
    json::object body{{"method", "in_person"}, {"recipient", "李晓燕"}, {"relation", "女儿"}};
    body["version"] = world.desk(number).integer("/version");
    auto url = "/api/cases/desk/cases/" + number + "/service";
    auto served = world.as(clerk).post(url, body, {{"Idempotency-Key", "s"}});
    ASSERT_EQ(served.status, 200) << served;
    EXPECT_EQ(served.text("/state"), "concluded");
    EXPECT_EQ(served.text("/service/method_text"), "窗口当面领取");
    EXPECT_EQ(served.text("/service/recipient"), mask_name("李晓燕"));
    EXPECT_EQ(world.as(clerk).post(url, body, {{"Idempotency-Key", "s"}}).status, 200);
    EXPECT_EQ(code(world.act(clerk, number, "service", {{"method", "in_person"}, {"recipient", zhou_name}})),
              "case_already_closed");
    world.pump();
    EXPECT_EQ(letters(number, "service"), std::vector<std::string>{"ready 示街送字〔2026〕第1号"});
    EXPECT_TRUE(queue(clerk, "to_serve").empty());
    auto early = accepted_case();
    EXPECT_EQ(code(world.act(clerk, early, "service", {{"method", "courier"}, {"recipient", zhou_name}})),
              "case_is_not_issued");
}

TEST_P(Counter, a_card_is_handed_over_even_if_all_was_electronic) {
    change_item(R"("card": {"name": "居住证（卡）", "x-en": {"name": "Residence card"}},)");
    auto number = world.conclude_case();
    EXPECT_EQ(world.mine(number).text("/state"), "issued");
    EXPECT_EQ(world.desk(number).text("/card"), "居住证（卡）");
    EXPECT_EQ(code(world.act(clerk, number, "service", {{"method", "electronic"}, {"recipient", zhou_name}})),
              "card_is_not_served_electronically");
    auto sent = world.act(clerk, number, "service",
                          {{"method", "courier"}, {"recipient", zhou_name}, {"tracking_no", "SF1029384756"}});
    ASSERT_EQ(sent.status, 200) << sent;
    EXPECT_EQ(sent.text("/service/tracking_no"), "SF1029384756");
    EXPECT_EQ(world.mine(number).text("/state"), "concluded");
}

TEST_P(Counter, papers_are_received_only_where_some_are_awaited) {
    auto number = world.file_case(world.resident());
    auto again = world.as(clerk).post("/api/cases/desk/cases/" + number + "/papers",
                                      {{"version", 1}, {"received", json::array{}}});
    EXPECT_EQ(again.code, "case_awaits_no_papers") << again;
    EXPECT_EQ(code(world.act(clerk, number, "papers", {{"received", json::array{}}})),
              "case_awaits_no_papers");
    EXPECT_TRUE(queue(clerk, "to_receive").empty());
}

TEST_P(Counter, whoever_looked_is_shown_to_the_person_once_a_day_and_files_each_time) {
    auto draft = world.fill_draft(world.resident(), World::Papers::uploaded);
    auto number = world.submit(world.resident(), draft).text("/case_no");
    for (int i = 0; i < 3; ++i) ASSERT_EQ(world.desk(number).status, 200);
    ASSERT_EQ(world.desk(number, other_clerk).status, 200);
    std::string const page = "办件内容（已隐去部分号码）", paper = "您交的材料";
    EXPECT_EQ(looks(page), (std::map<std::string, int>{{"林静", 1}, {"赵一禾", 1}}));
    auto shown = world.desk(number);
    std::string file;
    for (auto const& material : shown.json.at("materials").as_array())
        if (!material.at("files").as_array().empty())
            file = std::string(material.at("files").at(0).at("id").as_string());
    for (int i = 0; i < 2; ++i)
        ASSERT_EQ(world.as(clerk).get("/api/cases/desk/cases/" + number + "/files/" + file).status, 200);
    EXPECT_EQ(looks(paper), (std::map<std::string, int>{{"林静", 2}}));
    EXPECT_EQ(world.desk(number, clerk_elsewhere).status, 404);
    EXPECT_EQ(looks(page).size(), 2U) << "who may not see it did not look";
}

TEST_P(Counter, the_correction_page_counts_the_days_that_are_left_to_the_applicant) {
    auto number = world.file_case(world.resident());
    ASSERT_EQ(world.ask_correction(number, {"material:household_register"}).status, 200);
    EXPECT_EQ(world.mine(number).text("/clock/lamp/text"), "还有 15 个工作日");
    EXPECT_EQ(world.desk(number).text("/clock/lamp/text"), "等申请人");
}

}  // namespace

}  // namespace tongban::app
