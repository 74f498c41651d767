// The board over real cases: what events add up to is what the history adds up to.
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>

#include "departments.h"
#include "officers.h"
#include "supervision/test/projections.h"

namespace tongban::app {

namespace {

constexpr char const* ouyang = "19900000006";
constexpr char const* counter_item = "992080009002";  ///< asks registers too; with papers, a check and a card

json::object board_of(World& world, std::string const& region = "990102000000") {
    auto shown = world.as("qu002").get("/api/supervision/board?region=" + region);
    EXPECT_EQ(shown.status, 200) << shown;
    auto board = shown.json.as_object();
    board.erase("at");
    return board;
}

class Watching : public HouseTest {
protected:
    json::object board() { return board_of(world); }
};
INSTANTIATE_TEST_SUITE_P(all, Watching, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(Watching, a_day_of_cases_is_counted_as_it_happens_and_the_same_built_anew) {
    auto concluded = world.conclude_case();
    auto waiting = world.file_case(world.resident());
    auto asked = world.file_case(world.as(ouyang));
    EXPECT_EQ(world.ask_correction(asked, {"field:contact_phone"}).status, 200);
    auto refused = world.file_case(world.as(ouyang));
    EXPECT_EQ(world
                  .act(clerk, refused, "refusal",
                       {{"reason", "不属于本机关职权"}, {"basis", "《行政许可法》第三十二条"}})
                  .status,
              200);
    auto withdrawn = world.file_case(world.as(ouyang));
    EXPECT_EQ(world.as(ouyang)
                  .post("/api/cases/mine/" + withdrawn + "/withdrawal",
                        {{"version", world.mine(withdrawn, ouyang).integer("/version")}})
                  .status,
              200);
    world.pump();
    auto live = board();
    auto const& totals = live.at("totals").as_object();
    EXPECT_EQ(totals.at("received_today").as_int64(), 5) << live;
    EXPECT_EQ(totals.at("concluded_today").as_int64(), 2) << "one served, one not accepted";
    EXPECT_EQ(totals.at("open").as_int64(), 2);
    MUST(world.house().rebuild_supervision());
    EXPECT_EQ(tongban::to_text(Json(board())), tongban::to_text(Json(live)));

    // The limits pass: what is due counts without any event, what is deemed accepted by the job's.
    world.go_to("2026-10-22 09:00");
    EXPECT_EQ(board().at("totals").at("near_due").as_int64(), 1);
    world.go_to("2026-10-23 09:00");
    world.pump();
    live = board();
    MUST(world.house().rebuild_supervision());
    EXPECT_EQ(tongban::to_text(Json(board())), tongban::to_text(Json(live)));
    EXPECT_NE(concluded, waiting);
}

std::string text_in(std::string const& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Lives of cases of every kind, step by step; a life's steps keep their order, lives are mixed.
class MixedDay : public Departments {
protected:
    using Step = std::function<void()>;
    struct Life {
        std::vector<Step> steps;
        std::size_t done = 0;
    };

    MixedDay() {
        auto pack = pack_.path() + "/pack";
        auto items = pack + "/catalog/items/";
        std::filesystem::copy(items + asking_item, items + counter_item,
                              std::filesystem::copy_options::recursive);
        auto item = MUST(read_json(text_in(items + counter_item + "/item.json"))).as_object();
        item["code"] = counter_item;
        item["name"] = "要交材料要核查的证明";
        item["collection"] = json::array{"electronic", "window", "courier"};
        item["bring_within"] = {{"value", 15}, {"unit", "working_day"}};
        item["card"] = {{"name", "证明卡"}, {"x-en", {{"name", "Card"}}}};
        item["materials"].as_array()[1].as_object()["ways"] =
            json::array{"waived", "upload", "promise", "window"};
        item["special_steps"] =
            MUST(read_json(R"([{"key": "site_check", "name": "现场核查", "x-en": {"name": "Site check"},
            "role": "inspector", "officers": 2, "limit": {"value": 10, "unit": "working_day"},
            "counts_in_limit": false, "basis": "行政许可法第三十四条",
            "findings": [{"key": "place", "label": "场所与申请一致", "x-en": {"label": "As stated"}}]}])"));
        std::ofstream(items + counter_item + "/item.json") << tongban::to_text(Json(item));
        add_officers(pack);
        world.join_departments(pack, wire_.url());
    }

    void set_down(std::string const& path, bool is_down) {
        std::scoped_lock lock(says_.mutex);
        if (is_down)
            says_.down.insert(path);
        else
            says_.down.erase(path);
    }
    void set_held(std::string const& path) {
        std::scoped_lock lock(says_.mutex);
        says_.held.insert(path);
    }
    /// With the register's paper given in `way` where the register did not say.
    std::string file(std::string const& item, json::object submission = {},
                     std::string const& way = "promise") {
        auto& who = world.resident();
        auto draft = who.post("/api/cases/drafts", {{"item", item}, {"region", street}});
        EXPECT_EQ(draft.status, 201) << draft;
        draft = save(who, draft, people());
        draft = agree(who, draft.text("/id"));
        if (outcome(draft, "household") != "found") {
            auto answers = people();
            answers["address"] = "自己填的地址1号";
            json::object paper{{"key", "household_register"}, {"way", way}};
            if (way == "promise") paper["promise"] = text("/materials/1/promise");
            draft = save(who, draft, answers, {{"materials", json::array{paper}}});
        }
        auto receipt = submit(who, draft, std::move(submission));
        EXPECT_EQ(receipt.status, 201) << receipt;
        return receipt.text("/case_no");
    }
    void good(kit::Answer const& answer) { EXPECT_EQ(answer.status, 200) << answer; }
    void of_mine(std::string const& number, std::string const& verb, json::object body = {}) {
        body["version"] = world.mine(number).integer("/version");
        good(world.resident().post("/api/cases/mine/" + number + "/" + verb, std::move(body)));
    }
    void deny(std::string const& number) {
        good(world.act(reviewer, number, "decision",
                       {{"verdict", "deny"},
                        {"opinion", "关系不能证明。"},
                        {"reason", "关系不能证明"},
                        {"basis", "测试条例第一条"}}));
    }
    void check_on_site(std::string const& number) {
        auto at = tongban::to_text(world.clock.now());
        good(world.act(inspector, number, "special/result",
                       {{"step", "site_check"},
                        {"officers", json::array{inspector, second_inspector}},
                        {"place", "示例路18号"},
                        {"began_at", at},
                        {"ended_at", at},
                        {"findings", json::array{{{"key", "place"}, {"result", "ok"}}}},
                        {"conclusion", "pass"}}));
    }
    Life life(std::vector<std::function<void(std::string&)>> steps) {
        auto number = std::make_shared<std::string>();
        numbers_.push_back(number);
        Life made;
        for (auto& step : steps) made.steps.emplace_back([number, step = std::move(step)] { step(*number); });
        return made;
    }

    std::vector<std::string> projections() { return supervision::test::projections(world.store()); }
    void compare(std::string const& when) {
        world.pump();
        auto live = projections();
        MUST(world.house().rebuild_supervision());
        EXPECT_EQ(projections(), live) << when;
    }
    std::string why_stuck(std::string const& number) {
        auto board = board_of(world);
        for (auto const& row : board.at("stuck").as_array())
            if (row.at("case_no").as_string() == number)
                return std::string(row.at("why_code").as_string()) + " " +
                       std::string(row.at("why").as_string());
        return "moves";
    }

    std::vector<std::shared_ptr<std::string>> numbers_;
};
INSTANTIATE_TEST_SUITE_P(all, MixedDay, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(MixedDay, is_counted_as_it_happens_and_the_same_built_anew_after_every_step) {
    auto accept = [&](std::string& number) { good(world.accept(number)); };
    auto approve = [&](std::string& number) { good(world.approve(number)); };
    std::vector<Life> lives;
    lives.push_back(life({[&](std::string& number) { number = file(asking_item); }}));  // decided at once
    lives.push_back(life({[&](std::string& number) {
                              set_down("household", true);
                              number = file(asking_item);
                              set_down("household", false);
                          },
                          accept, approve}));
    lives.push_back(life(
        {[&](std::string& number) {
             set_down("household", true);
             number = file(counter_item, {}, "window");
             set_down("household", false);
             EXPECT_EQ(world.mine(number).text("/state"), "submitted");
         },
         [&](std::string& number) {
             good(world.act(clerk, number, "papers", {{"received", json::array{"household_register"}}}));
         },
         accept,
         [&](std::string& number) {
             good(world.act(reviewer, number, "special",
                            {{"step", "site_check"}, {"planned_on", "2026-10-16"}}));
         },
         [&](std::string& number) { check_on_site(number); },
         [&](std::string& number) {
             good(world.act(head, number, "extension", {{"days", 10}, {"reason", "要外地协查"}}));
         },
         approve,
         [&](std::string& number) {
             world.pump();
             EXPECT_EQ(world.mine(number).text("/state"), "issued");
             good(world.act(clerk, number, "service", {{"method", "in_person"}, {"recipient", zhou_name}}));
         }}));
    lives.push_back(
        life({[&](std::string& number) {
                  number = file(asking_item, {{"by_person", true}});
              },
              [&](std::string& number) { good(world.ask_correction(number, {"field:phone"})); },
              [&](std::string& number) {
                  of_mine(number, "correction", {{"answers", {{"phone", li}}}, {"materials", json::array{}}});
              },
              accept, [&](std::string& number) { deny(number); }}));
    lives.push_back(life({[&](std::string& number) {
                              number = file(asking_item, {{"by_person", true}});
                          },
                          [&](std::string& number) {
                              good(world.act(clerk, number, "refusal",
                                             {{"reason", "不属于本机关职权"}, {"basis", "测试条例"}}));
                          }}));
    lives.push_back(life({[&](std::string& number) {
                              number = file(asking_item, {{"by_person", true}});
                          },
                          accept, [&](std::string& number) { of_mine(number, "withdrawal"); }}));
    lives.push_back(life({[&](std::string& number) { number = file(asking_item, {{"by_person", true}}); }}));
    lives.push_back(life({[&](std::string& number) {  // papers that nobody brings
        set_down("household", true);
        number = file(counter_item, {}, "window");
        set_down("household", false);
    }}));

    std::uint64_t chance = 20261015;
    for (std::size_t left = lives.size(); left > 0;) {
        chance = chance * 6364136223846793005U + 1442695040888963407U;
        auto& next = lives[(chance >> 33) % lives.size()];
        if (next.done == next.steps.size()) continue;
        next.steps[next.done++]();
        if (next.done == next.steps.size()) --left;
        compare("step " + std::to_string(next.done) + " of life " + std::to_string(&next - lives.data()));
    }
    auto items = board_of(world).at("items").as_array();
    std::int64_t at_once = 0, fields = 0, papers = 0;
    for (auto const& item : items) {
        at_once += item.at("instant_30").as_int64();
        fields += item.at("fields_saved").as_int64();
        papers += item.at("papers_saved").as_int64();
    }
    EXPECT_EQ(at_once, 1);
    EXPECT_GE(fields, 7 * 3) << "name, number and phone of each, and addresses";
    EXPECT_GE(papers, 7 + 5);
    for (auto const* later : {"2026-10-22 18:00", "2026-10-23 09:00", "2026-11-20 09:00"}) {
        world.go_to(later);
        compare(later);
    }
    EXPECT_EQ(count("SELECT COUNT(*) AS n FROM supervision_case WHERE received_on IS NULL"), 1)
        << "papers that nobody brought were never received";
}

TEST_P(MixedDay, a_register_that_is_down_makes_cases_stuck_until_somebody_decides) {
    set_down("household", true);
    auto number = file(asking_item);
    set_down("household", false);
    compare("down");
    EXPECT_EQ(why_stuck(number), "source_down 示例市公安局的数据没有答复，要靠人工核实");
    good(world.accept(number));
    compare("accepted");
    EXPECT_NE(why_stuck(number), "moves") << "the office has it, and no data";
    good(world.approve(number));
    compare("approved");
    EXPECT_EQ(why_stuck(number), "moves");
}

TEST_P(MixedDay, a_late_answer_frees_the_case) {
    set_held("household");
    auto number = file(asking_item);
    compare("late");
    EXPECT_EQ(why_stuck(number), "source_down 示例市公安局的数据没有答复，要靠人工核实");
    wire_.let_go();
    for (int looks = 0; looks < 5000 && world.mine(number).integer("/version") == 1; ++looks) world.pump();
    compare("answered");
    EXPECT_EQ(why_stuck(number), "moves");
}

TEST_P(MixedDay, an_answer_that_never_comes_is_looked_for_again) {
    set_held("household");
    auto number = file(asking_item);
    world.pump();
    EXPECT_EQ(count("SELECT COUNT(*) AS n FROM store_job WHERE kind = 'supervision.look_again'"), 1);
    world.clock.advance(std::chrono::minutes{2});
    compare("two minutes later");
    EXPECT_EQ(count("SELECT COUNT(*) AS n FROM store_job WHERE kind = 'supervision.look_again'"), 0);
    EXPECT_NE(why_stuck(number), "moves");
}

TEST_P(MixedDay, a_check_past_its_last_day_makes_a_case_stuck_until_it_is_recorded) {
    auto number = file(counter_item, {{"by_person", true}});
    good(world.accept(number));
    good(world.act(reviewer, number, "special", {{"step", "site_check"}, {"planned_on", "2026-10-16"}}));
    auto last = world.desk(number, reviewer).text("/special/0/due/day");
    world.go_to(last + " 23:59");
    compare("its last day");
    EXPECT_EQ(why_stuck(number), "moves");
    world.clock.advance(std::chrono::minutes{1});
    compare("the day is over, and no event told it");
    EXPECT_EQ(why_stuck(number), "past_step 现场核查过了期限，还没有记录");
    auto board = board_of(world);
    EXPECT_EQ(tongban::to_text(Json(board.at("reasons"))), R"([{"code":"past_step","count":1}])");
    check_on_site(number);
    compare("recorded");
    EXPECT_EQ(why_stuck(number), "moves");
}

}  // namespace

}  // namespace tongban::app
