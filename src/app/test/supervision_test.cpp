// The board over real cases: what events add up to is what the history adds up to.
#include "world.h"

namespace tongban::app {

namespace {

constexpr char const* ouyang = "19900000006";

class Watching : public HouseTest {
protected:
    json::object board(std::string const& region = "990102000000") {
        auto shown = world.as("qu002").get("/api/supervision/board?region=" + region);
        EXPECT_EQ(shown.status, 200) << shown;
        auto board = shown.json.as_object();
        board.erase("at");
        return board;
    }
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

}  // namespace

}  // namespace tongban::app
