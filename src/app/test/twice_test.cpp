// The same request twice, and two people at the same thing: one effect, one answer, nobody's work lost.
#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "world.h"

namespace tongban::app {

namespace {

using Papers = World::Papers;

class Twice : public HouseTest {
protected:
    /// Each in its own thread and with its own copy of the browser, all let go at once.
    std::vector<kit::Answer> together(
        std::vector<std::pair<kit::Browser, std::function<kit::Answer(kit::Browser&)>>> all) {
        std::vector<kit::Answer> answers(all.size());
        std::vector<std::thread> threads;
        std::atomic<std::size_t> ready{0};
        for (auto& each : all) each.first.get("/api/identity/me");
        for (std::size_t i = 0; i < all.size(); ++i)
            threads.emplace_back([&, i] {
                ++ready;
                while (ready < all.size()) std::this_thread::yield();
                answers[i] = all[i].second(all[i].first);
            });
        for (auto& thread : threads) thread.join();
        return answers;
    }
    json::object version_of(std::string const& case_no, std::string const& who = clerk) {
        return {{"version", world.desk(case_no, who).integer("/version")}};
    }
};
INSTANTIATE_TEST_SUITE_P(all, Twice, testing::ValuesIn(kit::databases()), kit::database_name);

int count(std::vector<kit::Answer> const& answers, int status) {
    return static_cast<int>(
        std::count_if(answers.begin(), answers.end(), [&](auto const& a) { return a.status == status; }));
}

TEST_P(Twice, a_draft_submitted_twice_is_one_case_with_one_receipt) {
    auto draft = world.fill_draft(world.resident(), Papers::promised);
    auto first = world.submit(world.resident(), draft);
    auto second = world.submit(world.resident(), draft);
    ASSERT_EQ(first.status, 201) << first;
    EXPECT_EQ(second.status, 201) << second;
    EXPECT_EQ(first.body, second.body);
    world.pump();
    EXPECT_EQ(world.submit(world.resident(), draft).text("/query_code"), first.text("/query_code"));
    EXPECT_EQ(world.resident().get("/api/cases/mine").json.at("open").as_array().size(), 1u);
    EXPECT_EQ(world.as(li)
                  .post("/api/cases/drafts/" + draft.text("/id") + "/submission",
                        {{"version", 2}, {"declaration", world.agreed("/declaration")}})
                  .status,
              404)
        << "and only to the person who filed it";
}

TEST_P(Twice, a_draft_submitted_by_two_threads_is_one_case_with_one_receipt) {
    for (int round = 0; round < 8; ++round) {
        auto draft = world.fill_draft(world.resident(), Papers::promised);
        auto send = [&](kit::Browser& browser) { return world.submit(browser, draft); };
        auto answers = together({{world.resident(), send}, {world.resident(), send}});
        EXPECT_EQ(answers[0].status, 201) << answers[0];
        EXPECT_EQ(answers[1].status, 201) << answers[1];
        EXPECT_EQ(answers[0].body, answers[1].body);
    }
    EXPECT_EQ(world.resident().get("/api/cases/mine").json.at("open").as_array().size(), 8u);
    EXPECT_EQ(world.as(clerk).get("/api/cases/desk/queues/to_accept").integer("/total"), 8);
}

TEST_P(Twice, an_acceptance_repeated_under_its_key_gives_the_first_answer) {
    auto case_no = world.file_case(world.resident());
    auto url = "/api/cases/desk/cases/" + case_no + "/acceptance";
    auto body = version_of(case_no);
    auto first = world.as(clerk).post(url, body, {{"Idempotency-Key", "one-tap"}});
    auto again = world.as(clerk).post(url, body, {{"Idempotency-Key", "one-tap"}});
    ASSERT_EQ(first.status, 200) << first;
    EXPECT_EQ(again.status, 200) << again;
    EXPECT_EQ(again.text("/state"), "accepted");
    EXPECT_EQ(again.integer("/version"), first.integer("/version"));
    EXPECT_EQ(world.as(clerk).post(url, body, {{"Idempotency-Key", "another"}}).code,
              "case_changed_meanwhile");
    auto other = world.file_case(world.resident());
    auto used = world.as(clerk).post("/api/cases/desk/cases/" + other + "/acceptance", version_of(other),
                                     {{"Idempotency-Key", "one-tap"}});
    EXPECT_EQ(used.text("/state"), "accepted") << "a key speaks of one case only\n" << used;
}

TEST_P(Twice, an_opened_draft_repeated_under_its_key_is_the_same_draft) {
    json::object wish{{"item", item_code}, {"region", street}};
    auto first = world.resident().post("/api/cases/drafts", wish, {{"Idempotency-Key", "k"}});
    auto again = world.resident().post("/api/cases/drafts", wish, {{"Idempotency-Key", "k"}});
    EXPECT_EQ(first.text("/id"), again.text("/id"));
    auto others = world.as(li).post("/api/cases/drafts", wish, {{"Idempotency-Key", "k"}});
    EXPECT_NE(others.text("/id"), first.text("/id")) << "keys are each person's own";
}

TEST_P(Twice, whoever_acts_on_an_old_version_is_told) {
    auto case_no = world.file_case(world.resident());
    auto stale = [&](std::string const& who, std::string const& verb, json::object body) {
        body["version"] = 77;
        return world.act(who, case_no, verb, std::move(body)).code;
    };
    json::array const gaps{
        {{"key", "material:household_register"}, {"problem", "看不清"}, {"remedy", "请重拍"}}};
    EXPECT_EQ(stale(clerk, "acceptance", {}), "case_changed_meanwhile");
    EXPECT_EQ(stale(clerk, "correction", {{"gaps", gaps}}), "case_changed_meanwhile");
    EXPECT_EQ(stale(clerk, "refusal", {{"reason", "理由"}, {"basis", "依据"}}), "case_changed_meanwhile");
    ASSERT_EQ(world.ask_correction(case_no, {"material:household_register"}).status, 200);
    auto answer = world.resident().post("/api/cases/mine/" + case_no + "/correction",
                                        {{"version", 1},
                                         {"answers", json::object{}},
                                         {"materials", json::array{world.promise("household_register")}}});
    EXPECT_EQ(answer.code, "case_changed_meanwhile") << answer;
    EXPECT_EQ(world.resident().post("/api/cases/mine/" + case_no + "/withdrawal", {{"version", 1}}).code,
              "case_changed_meanwhile");
    auto reviewed = world.file_case(world.resident());
    ASSERT_EQ(world.accept(reviewed).status, 200);
    for (auto const* verb : {"decision", "opinion"}) {
        json::object body{{"version", 1}, {"verdict", std::string(verb) == "decision" ? "approve" : "agree"}};
        body[std::string(verb) == "decision" ? "opinion" : "text"] = "同意";
        EXPECT_EQ(world.act(reviewer, reviewed, verb, body).code, "case_changed_meanwhile") << verb;
    }
    auto draft = world.fill_draft(world.resident(), Papers::promised);
    auto saved =
        world.resident().put("/api/cases/drafts/" + draft.text("/id"),
                             world.saving(1, world.good_answers(), world.good_materials(Papers::promised)));
    EXPECT_EQ(saved.code, "draft_changed_meanwhile") << saved;
}

TEST_P(Twice, of_two_clerks_at_once_exactly_one_wins) {
    for (int round = 0; round < 8; ++round) {
        auto case_no = world.file_case(world.resident());
        json::object accept = version_of(case_no);
        json::object refuse{
            {"version", accept["version"]}, {"reason", "对方户籍不在本街道"}, {"basis", "第三十二条"}};
        auto url = "/api/cases/desk/cases/" + case_no + "/";
        auto answers =
            together({{world.as(clerk),
                       [&](kit::Browser& browser) { return browser.post(url + "acceptance", accept); }},
                      {world.as(other_clerk),
                       [&](kit::Browser& browser) { return browser.post(url + "refusal", refuse); }}});
        EXPECT_EQ(count(answers, 200), 1) << answers[0] << "\n" << answers[1];
        EXPECT_EQ(count(answers, 409), 1);
        auto state = world.mine(case_no).text("/state");
        EXPECT_EQ(state, answers[0].status == 200 ? "accepted" : "not_accepted");
        EXPECT_EQ(world.mine(case_no).integer("/version"), 2);
    }
    auto verified = world.store().verify_audit();
    EXPECT_TRUE(verified.ok()) << verified.error().detail;
}

TEST_P(Twice, numbers_of_letters_have_no_gaps_whoever_asks_at_once) {
    std::vector<std::string> cases;
    for (int i = 0; i < 6; ++i) cases.push_back(world.file_case(world.resident()));
    std::vector<std::pair<kit::Browser, std::function<kit::Answer(kit::Browser&)>>> acts;
    for (auto const& case_no : cases)
        acts.emplace_back(
            world.as(acts.size() % 2 == 0 ? clerk : other_clerk), [case_no](kit::Browser& browser) {
                return browser.post("/api/cases/desk/cases/" + case_no + "/acceptance", {{"version", 1}});
            });
    auto answers = together(std::move(acts));
    EXPECT_EQ(count(answers, 200), 6);
    std::set<std::string> numbers;
    for (auto const& case_no : cases) {
        auto shown = world.mine(case_no);
        for (auto const& letter : shown.json.at("letters").as_array())
            if (letter.at("kind").as_string() == "acceptance")
                numbers.emplace(letter.at("number").as_string());
    }
    ASSERT_EQ(numbers.size(), 6u);
    for (int i = 1; i <= 6; ++i) {
        auto ending = "第" + std::to_string(i) + "号";
        EXPECT_TRUE(std::any_of(numbers.begin(), numbers.end(), [&](auto const& n) {
            return n.ends_with(ending);
        })) << ending;
    }
}

TEST_P(Twice, guesses_sent_at_once_are_all_counted) {
    auto receipt = world.submit(world.resident(), world.fill_draft(world.resident(), Papers::promised));
    auto wrong = receipt.text("/query_code") == "000000" ? "000001" : "000000";
    std::vector<std::pair<kit::Browser, std::function<kit::Answer(kit::Browser&)>>> guesses;
    for (int i = 0; i < 12; ++i)
        guesses.emplace_back(world.nobody(), [&](kit::Browser& browser) {
            return browser.post("/api/cases/progress",
                                {{"case_no", receipt.text("/case_no")}, {"query_code", wrong}});
        });
    auto answers = together(std::move(guesses));
    EXPECT_EQ(count(answers, 404), 5);
    EXPECT_EQ(count(answers, 429), 7);
}

TEST_P(Twice, two_reviewers_at_once_make_one_licence) {
    auto case_no = world.file_case(world.resident());
    ASSERT_EQ(world.accept(case_no).status, 200);
    json::object wish{{"version", 2}, {"verdict", "approve"}, {"opinion", "同意出具。"}};
    auto decide = [&](kit::Browser& browser) {
        return browser.post("/api/cases/desk/cases/" + case_no + "/decision", wish);
    };
    auto answers = together({{world.as(reviewer), decide}, {world.as("sl004"), decide}});
    EXPECT_EQ(count(answers, 200), 1) << answers[0] << "\n" << answers[1];
    world.pump();
    world.pump();
    EXPECT_EQ(world.resident().get("/api/licences/mine").json.at("licences").as_array().size(), 1u);
}

}  // namespace

}  // namespace tongban::app
