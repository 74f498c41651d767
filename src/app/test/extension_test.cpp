// 延期: a reviewer asks the head for more time, the head agrees or not, the applicant reads why and until
// when.
#include <algorithm>

#include "officers.h"

namespace tongban::app {

namespace {

class Extending : public HouseTest {
protected:
    std::string accepted_case() {
        auto number = world.file_case(world.resident());
        EXPECT_EQ(world.accept(number).status, 200);
        return number;
    }
    kit::Answer ask(std::string const& number, int days = 5, std::string const& who = reviewer) {
        return world.as(who).post("/api/cases/desk/cases/" + number + "/extension/request",
                                  longer(number, days, asked_for, who));
    }
    kit::Answer extend(std::string const& number, int days = 10, std::string const& why = asked_for) {
        return world.as(head).post("/api/cases/desk/cases/" + number + "/extension",
                                   longer(number, days, why));
    }
    kit::Answer decline(std::string const& number, std::string const& why = "窗口已经收到协查回函") {
        auto version = world.desk(number, head).integer("/version");
        return world.as(head).post("/api/cases/desk/cases/" + number + "/extension/refusal",
                                   {{"version", version}, {"reason", why}});
    }
    json::object longer(std::string const& number, int days, std::string const& why,
                        std::string const& who = head) {
        return {{"version", world.desk(number, who).integer("/version")}, {"days", days}, {"reason", why}};
    }
    static constexpr char const* asked_for = "对方户籍档案要外地协查。";
    std::string code(kit::Answer const& answer) { return answer.status < 300 ? "" : answer.code; }
    std::vector<std::string> waiting(std::string const& who = head) {
        auto answer = world.as(who).get("/api/cases/desk/queues/to_extend");
        EXPECT_EQ(answer.status, 200) << answer;
        std::vector<std::string> numbers;
        for (auto const& row : answer.json.at("rows").as_array())
            numbers.emplace_back(row.at("case_no").as_string());
        EXPECT_EQ(answer.integer("/total"), static_cast<std::int64_t>(numbers.size()));
        return numbers;
    }
    /// `extend yes`, `ask_extension no case_was_extended_already`: what that member of staff may do about it.
    std::vector<std::string> offered(std::string const& number, std::string const& who) {
        std::vector<std::string> acts;
        auto seen = world.desk(number, who);
        for (auto const& act : seen.json.at("acts").as_array()) {
            std::string name(act.at("name").as_string());
            if (name.find("exten") == std::string::npos) continue;
            bool allowed = act.at("allowed").as_bool();
            acts.push_back(name + (allowed ? " yes" : " no " + std::string(act.at("code").as_string())));
        }
        return acts;
    }
    /// What the steps of the applicant's case say, with their notes.
    std::string steps(std::string const& number) {
        std::string all;
        auto mine = world.mine(number);
        for (auto const& step : mine.json.at("timeline").as_array()) {
            all += std::string(step.at("what").as_string());
            if (auto const* note = step.as_object().if_contains("note"))
                all += " " + std::string(note->as_string());
            all += "\n";
        }
        return all;
    }
};
INSTANTIATE_TEST_SUITE_P(all, Extending, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(Extending, what_the_reviewer_asks_for_lies_in_the_heads_queue_until_the_head_agrees) {
    auto number = accepted_case();
    EXPECT_EQ(offered(number, reviewer), std::vector<std::string>{"ask_extension yes"});
    EXPECT_EQ(offered(number, head), std::vector<std::string>{"extend yes"});
    EXPECT_TRUE(waiting().empty());
    auto asked = ask(number);
    ASSERT_EQ(asked.status, 200) << asked;
    EXPECT_EQ(offered(number, reviewer),
              std::vector<std::string>{"ask_extension no extension_is_asked_already"});
    EXPECT_EQ(waiting(), std::vector{number});
    EXPECT_EQ(world.as(head).get("/api/cases/desk/queues").text("/queues/0/name"), "to_extend");
    EXPECT_EQ(world.as(head).get("/api/cases/desk/queues").integer("/queues/0/count"), 1);
    EXPECT_EQ(world.as(head).get("/api/cases/desk/queues/to_extend").text("/rows/0/step"), "审核，待批延期");
    EXPECT_TRUE(waiting(reviewer).empty()) << "it is the head's";
    EXPECT_EQ(world.mine(number).text("/clock/due/day"), "2026-10-19") << "asking moves nothing";
    EXPECT_EQ(steps(number).find("延期"), std::string::npos) << "not yet the applicant's business";

    auto seen = world.desk(number, head);
    EXPECT_EQ(offered(number, head), (std::vector<std::string>{"extend yes", "decline_extension yes"}));
    EXPECT_EQ(seen.integer("/extending/last/days"), 5);
    EXPECT_EQ(seen.text("/extending/last/reason"), "对方户籍档案要外地协查。");
    EXPECT_EQ(seen.text("/extending/last/who"), "示例街道 沈秋石");
    EXPECT_EQ(seen.json.at("extending").at("choices").as_array().size(), 10U);
    EXPECT_EQ(seen.text("/extending/choices/4/due/day"), "2026-10-26");

    auto extended = extend(number, 5);
    ASSERT_EQ(extended.status, 200) << extended;
    EXPECT_EQ(extended.text("/clock/due/day"), "2026-10-26");
    EXPECT_TRUE(waiting().empty());
    world.pump();
    auto mine = world.mine(number);
    EXPECT_EQ(mine.text("/clock/due/day"), "2026-10-26");
    EXPECT_NE(mine.text("/explanation").find("原定10月19日（周一）前办完，经批准延长了5个工作日"),
              std::string::npos)
        << mine.text("/explanation");
    EXPECT_NE(steps(number).find("经负责人批准，延长办理期限 对方户籍档案要外地协查。"), std::string::npos)
        << steps(number);
    EXPECT_EQ(steps(number).find("请示"), std::string::npos);
    auto told = world.messages();
    EXPECT_TRUE(std::any_of(told.begin(), told.end(), [](std::string const& text) {
        return text.find("经批准延长到10月26日") != std::string::npos;
    }));
}

TEST_P(Extending, the_letter_says_it_and_can_be_seen_before) {
    auto number = accepted_case();
    auto preview = [&](std::string const& who, int days) {
        return world.as(who).post("/api/cases/desk/cases/" + number + "/preview",
                                  {{"act", "extend"}, {"days", days}, {"reason", "要外地协查"}});
    };
    for (auto const* who : {head, reviewer}) EXPECT_EQ(preview(who, 10).body.substr(0, 5), "%PDF-");
    EXPECT_EQ(code(preview(head, 11)), "extension_days_are_out_of_range");
    ASSERT_EQ(extend(number).status, 200);
    world.pump();
    auto mine = world.mine(number);
    std::string told;
    for (auto const& letter : mine.json.at("letters").as_array())
        if (letter.at("kind").as_string() == "extension")
            told += std::string(letter.at("state").as_string()) + " " +
                    std::string(letter.at("number").as_string());
    EXPECT_EQ(told, "ready 示街延字〔2026〕第1号");
    EXPECT_EQ(mine.text("/clock/due/day"), "2026-11-02");
}

TEST_P(Extending, the_head_declines_with_a_reason_and_may_be_asked_again) {
    auto number = accepted_case();
    EXPECT_EQ(code(decline(number)), "extension_is_not_asked");
    ASSERT_EQ(ask(number).status, 200);
    EXPECT_EQ(code(decline(number, "　　　")), "declining_needs_reason");
    ASSERT_EQ(decline(number).status, 200);
    EXPECT_TRUE(waiting().empty());
    auto seen = world.desk(number, reviewer);
    EXPECT_EQ(seen.text("/extending/last/reason"), "窗口已经收到协查回函");
    EXPECT_EQ(seen.text("/extending/last/who"), "示例街道 方正平");
    EXPECT_EQ(seen.text("/extending/last/what"), "declined");
    EXPECT_EQ(world.mine(number).text("/clock/due/day"), "2026-10-19");
    EXPECT_EQ(steps(number).find("延期"), std::string::npos) << "the office's own going to and fro";
    EXPECT_EQ(ask(number, 3).status, 200);
    EXPECT_EQ(waiting(), std::vector{number});
    EXPECT_EQ(world.approve(number).status, 200) << "who decides no longer needs the time";
    EXPECT_TRUE(waiting().empty());
}

TEST_P(Extending, is_refused_where_the_law_says_so) {
    auto number = accepted_case();
    EXPECT_EQ(code(ask(number, 11)), "extension_days_are_out_of_range");
    EXPECT_EQ(code(extend(number, 10, "　　　")), "extension_needs_reason");
    EXPECT_EQ(ask(number, 5, clerk).status, 403);
    EXPECT_EQ(ask(number, 5, head).status, 403) << "a head extends and asks nobody";
    auto version = world.desk(number).integer("/version");
    auto by_reviewer = [&](std::string const& verb) {
        return world.as(reviewer)
            .post("/api/cases/desk/cases/" + number + verb,
                  {{"version", version}, {"days", 5}, {"reason", "要外地协查"}})
            .status;
    };
    EXPECT_EQ(by_reviewer("/extension"), 403);
    EXPECT_EQ(by_reviewer("/extension/refusal"), 403);
    ASSERT_EQ(ask(number).status, 200);
    EXPECT_EQ(code(ask(number, 3, "sl004")), "extension_is_asked_already");
    ASSERT_EQ(extend(number).status, 200);
    EXPECT_EQ(code(extend(number)), "case_was_extended_already");
    EXPECT_EQ(code(ask(number)), "case_was_extended_already");
    auto late = accepted_case();
    world.go_to("2026-10-23 09:00");
    EXPECT_EQ(code(extend(late)), "limit_has_passed_already");
    EXPECT_EQ(code(ask(late)), "limit_has_passed_already");
}

TEST_P(Extending, who_accepted_may_not_ask) {
    auto number = world.file_case(world.resident());
    auto both = world.as("sl005");
    auto take_post = [&](char const* post) {
        EXPECT_EQ(both.post("/api/identity/post", {{"post", post}}).status, 200);
    };
    take_post("990102001-window");
    auto url = "/api/cases/desk/cases/" + number;
    auto version = both.get(url).integer("/version");
    ASSERT_EQ(both.post(url + "/acceptance", {{"version", version}}).status, 200);
    take_post("990102001-review");
    auto asked = both.post(url + "/extension/request",
                           {{"version", version + 1}, {"days", 5}, {"reason", "要外地协查"}});
    EXPECT_EQ(code(asked), "reviewer_was_acceptor");
}

}  // namespace
}  // namespace tongban::app
