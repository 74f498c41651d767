// The board over played cases, on both databases: from events to rows, sums and lists, and built anew.
#include <set>

#include "kit/kit.h"
#include "kit/scenario.h"
#include "kit/tree.h"
#include "projections.h"
#include "supervision/rows.h"
#include "supervision/sql.h"
#include "supervision/state.h"

namespace tongban::supervision {
namespace {

constexpr char const* kinship = "992080005001";
BodyId const street{"11990102MB0D20011R"};    // 示例街道
BodyId const river{"11990102MB0D2002XH"};     // 河东街道, same county
BodyId const far_town{"11990121MB0D21014T"};  // another county

class Supervisor final : public http::Authenticator {
public:
    Result<Actor> authenticate(http::Request const&) override {
        Actor actor;
        actor.kind = ActorKind::staff;
        actor.staff = StaffId{"qu002"};
        actor.roles = {role};
        actor.region = RegionCode{"990102000000"};
        return actor;
    }
    std::string csrf_token(http::Request const&) override { return "token"; }
    std::string role = "supervisor";
};

class Board : public testing::TestWithParam<store::Dialect> {
protected:
    Board() {
        MUST(org.import(Pack{(kit::tree_root() / "packs/demo-city").string()}));
        room.routes(routes);
        room.consumers(store->consumers());
        MUST(store->run_pending());
    }
    cases::Facts& filed(BodyId const& body, std::string_view received = "2026-10-14 10:00") {
        auto id = "01k7h000000000000000000" + std::to_string(100 + played.size());
        auto& facts = played[id];
        facts.id = CaseId{id};
        facts.case_no = "99010200120261014000" + std::to_string(100 + played.size()) + "X";
        facts.short_no = "1014-000" + std::to_string(100 + played.size()) + "X";
        facts.item = ItemId{kinship};
        facts.item_name = "亲属关系情况证明";
        facts.body = body;
        facts.state = "received";
        facts.received_at = facts.changed_at = kit::at(received);
        facts.due = Due{MUST(read_day("2026-10-22")), false};
        return facts;
    }
    void answer(cases::Facts& facts, std::string_view at, std::string state = "concluded") {
        facts.state = std::move(state);
        facts.is_closed = true;
        facts.is_answered = facts.state != "withdrawn";
        facts.due.reset();
        facts.review_role.clear();
        facts.closed_at = facts.changed_at = kit::at(at);
    }
    void tell(std::string const& kind = "cases.received") {
        for (auto const& [id, facts] : played) {
            auto tx = MUST(store->begin());
            tx->emit({kind, id, {{"case", id}}});
            MUST(tx->commit());
        }
        MUST(store->run_pending());
    }
    kit::Answer ask(std::string const& url, kit::Headers headers = {}) {
        http::Settings settings;
        http::Dispatcher dispatcher(routes, supervisor, clock, settings);
        return kit::Browser(dispatcher).get(url, std::move(headers));
    }
    std::vector<std::string> projections() { return test::projections(*store); }

    SetClock clock{kit::at("2026-10-15 09:24")};
    kit::FreshStore store =
        kit::fresh_store(GetParam(), clock, {org::schema(), catalog::schema(), cases::schema(), schema()});
    org::Org org{*store, clock};
    catalog::Catalog catalog{*store, clock, org};
    std::map<std::string, cases::Facts> played{};
    Supervision room{
        *store,
        clock,
        org,
        catalog,
        {[this](store::Reader&, CaseId const& id) -> Result<cases::Facts> { return played.at(id.text); },
         [this](store::Reader&, CaseId const& after) -> Result<std::vector<CaseId>> {
             std::vector<CaseId> ids;
             for (auto const& [id, facts] : played)
                 if (id > after.text && ids.size() < 3) ids.push_back(CaseId{id});
             return ids;
         }}};
    http::Routes routes;
    Supervisor supervisor;
};
INSTANTIATE_TEST_SUITE_P(all, Board, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(Board, EveryQueryIsUnderstood) {
    EXPECT_TRUE(store->check_queries().ok());
    EXPECT_TRUE(http::check_contract(routes, api::contract()).ok());
}

TEST_P(Board, CountsWhatCameWhatWasAnsweredAndWhatIsLate) {
    filed(street);
    filed(street, "2026-10-15 00:10").due = Due{MUST(read_day("2026-10-16")), true};
    auto& late = filed(street, "2026-09-21 10:00");
    late.state = "accepted";
    late.due = Due{MUST(read_day("2026-10-13")), false};
    late.statutory = MUST(read_day("2026-10-20"));
    late.review_role = "reviewer";
    filed(river, "2026-10-14 23:59").due.reset();  // waits for the applicant
    answer(filed(river, "2026-10-12 09:00"), "2026-10-15 08:00");
    answer(filed(river, "2026-10-09 09:00"), "2026-10-14 23:59");
    answer(filed(river), "2026-10-15 09:00", "withdrawn");
    filed(far_town);
    tell();

    auto board = ask("/api/supervision/board");
    ASSERT_EQ(board.status, 200) << board;
    EXPECT_EQ(board.text("/region_name"), "示例市示例区");
    EXPECT_EQ(board.text("/day"), "2026-10-15");
    EXPECT_EQ(board.text("/at"), "2026-10-15T09:24:00+08:00");
    EXPECT_EQ(board.integer("/totals/open"), 4) << board;
    EXPECT_EQ(board.integer("/totals/received_today"), 1);
    EXPECT_EQ(board.integer("/totals/concluded_today"), 1) << "a withdrawal is no answer of the office";
    EXPECT_EQ(board.integer("/totals/near_due"), 1);
    EXPECT_EQ(board.integer("/totals/overdue"), 1);
    EXPECT_EQ(board.integer("/totals/stuck"), 0);
    auto const& days = board.find("/days")->as_array();
    ASSERT_EQ(days.size(), 14U);
    EXPECT_EQ(board.text("/days/0/day"), "2026-10-02");
    EXPECT_EQ(board.integer("/days/12/received"), 3);
    EXPECT_EQ(board.integer("/days/12/concluded"), 1);
    EXPECT_EQ(board.text("/bodies/0/name"), "示例街道") << "the late one first";
    EXPECT_EQ(board.integer("/bodies/0/overdue"), 1);
    EXPECT_EQ(board.text("/bodies/1/id"), river.text);
    EXPECT_EQ(board.integer("/bodies/1/concluded_today"), 1);
    for (auto const& body : board.find("/bodies")->as_array())
        EXPECT_NE(body.at("id").as_string(), far_town.text);
    EXPECT_EQ(board.integer("/items/0/open"), 4);
    EXPECT_EQ(board.integer("/items/0/concluded_30"), 2);
    EXPECT_EQ(board.integer("/items/0/median_days"), 3) << "of three and four";
    EXPECT_EQ(board.text("/late/0/lamp/text"), "超 2 日");
    EXPECT_EQ(board.text("/late/0/statutory"), "2026-10-20");
    EXPECT_EQ(board.text("/late/0/state_text"), "审查中");
    EXPECT_EQ(board.text("/near/0/lamp/text"), "明天到期");
    EXPECT_EQ(board.text("/near/0/body_name"), "示例街道");
    EXPECT_EQ(board.find("/late")->as_array().size(), 1U);

    auto yesterday = ask("/api/supervision/board?day=2026-10-14&region=990102002000");
    EXPECT_EQ(yesterday.integer("/totals/received_today"), 2) << yesterday;
    EXPECT_EQ(yesterday.integer("/totals/concluded_today"), 1);
    EXPECT_EQ(yesterday.integer("/totals/open"), 1) << "what is open is told as of now";
    clock.set(kit::at("2026-10-23 09:00"));
    EXPECT_EQ(ask("/api/supervision/board").integer("/totals/overdue"), 3) << "days pass without any event";
}

TEST_P(Board, TellsWhatIsStuckAndWhy) {
    auto& silent = filed(street);
    silent.silent = cases::Facts::Silent{"示例市公安局", kit::at("2026-10-14 10:00"), "Example City Police"};
    auto& lonely = filed(far_town, "2026-10-12 10:00");
    lonely.state = "accepted";
    lonely.review_role = "nobody_has_this";
    auto& acceptor_alone = filed(street, "2026-10-12 10:00");
    acceptor_alone.state = "accepted";
    acceptor_alone.review_role = "reviewer";
    tell();
    auto board = ask("/api/supervision/board");
    EXPECT_EQ(board.integer("/totals/stuck"), 1) << board;
    EXPECT_EQ(board.text("/stuck/0/why_code"), "source_down");
    EXPECT_EQ(board.text("/stuck/0/why"), "示例市公安局的数据没有答复，要靠人工核实");
    EXPECT_EQ(board.integer("/stuck/0/days"), 1);
    EXPECT_EQ(board.text("/stuck/0/since"), "2026-10-14T10:00:00+08:00");
    EXPECT_EQ(board.integer("/bodies/0/stuck"), 1);
    EXPECT_EQ(tongban::to_text(*board.find("/reasons")), R"([{"code":"source_down","count":1}])");
    auto english = ask("/api/supervision/board", {{"Accept-Language", "en"}});
    EXPECT_EQ(english.text("/stuck/0/why"),
              "The data of Example City Police gave no answer; somebody has to check by hand");
    EXPECT_EQ(english.text("/stuck/0/state_text"), "To accept");

    silent.silent.reset();
    tell("cases.corrected");
    EXPECT_EQ(ask("/api/supervision/board").integer("/totals/stuck"), 0);
    EXPECT_TRUE(ask("/api/supervision/board").find("/stuck")->as_array().empty());
}

TEST_P(Board, CountsTheReasonsOfAllThatIsStuckAndNotOnlyOfWhatItLists) {
    for (int i = 0; i < 23; ++i) {
        auto& late = filed(i % 2 == 0 ? street : river);
        late.state = "accepted";
        late.past_step = {"现场核查", "Site check", kit::at("2026-10-14 10:00")};
    }
    for (int i = 0; i < 2; ++i) filed(street).silent = cases::Facts::Silent{"示例市公安局", clock.now(), ""};
    filed(far_town).silent = cases::Facts::Silent{"示例市公安局", clock.now(), ""};
    tell();
    auto board = ask("/api/supervision/board");
    EXPECT_EQ(board.find("/stuck")->as_array().size(), 20U);
    EXPECT_EQ(tongban::to_text(*board.find("/reasons")),
              R"([{"code":"past_step","count":23},{"code":"source_down","count":2}])");
}

TEST(Reasons, AreAllNamedWhereTheyAreCounted) {
    for (auto code : {StuckCode::source_down, StuckCode::licence_trouble, StuckCode::letter_failed,
                      StuckCode::past_step, StuckCode::no_reviewer})
        EXPECT_NE(sql::stuck_reasons.sqlite.find("'" + std::string(to_text(code)) + "'"), std::string::npos);
}

TEST_P(Board, LooksAgainAtWhoMayReviewWhenPostsChange) {
    auto& waiting = filed(street);
    waiting.state = "accepted";
    waiting.review_role = "reviewer";
    tell();
    EXPECT_EQ(ask("/api/supervision/board").integer("/totals/stuck"), 0);
    waiting.review_role = "inspector_general";  // as if the post had gone
    auto tx = MUST(store->begin());
    tx->emit({"org.imported", "org", {}});
    MUST(tx->commit());
    MUST(store->run_pending());
    EXPECT_EQ(ask("/api/supervision/board").text("/stuck/0/why_code"), "no_reviewer");
}

TEST_P(Board, BuiltAnewIsTheSameAsFedByEvents) {
    for (int i = 0; i < 8; ++i) filed(i % 2 == 0 ? street : river);
    tell();
    auto& moved = played.begin()->second;
    moved.state = "accepted";
    moved.due = Due{MUST(read_day("2026-10-15")), false};
    answer(played.rbegin()->second, "2026-10-15 09:00");
    played.rbegin()->second.decided_at_once = true;
    tell("cases.accepted");
    tell("cases.accepted");
    auto live = projections();
    EXPECT_GT(live.size(), 12U);
    EXPECT_EQ(MUST(room.rebuild()), 8);
    EXPECT_EQ(projections(), live);
    EXPECT_EQ(MUST(room.rebuild()), 8);
    EXPECT_EQ(projections(), live);
    EXPECT_EQ(ask("/api/supervision/board").integer("/items/0/instant_30"), 1);
}

TEST_P(Board, WhoCountsACaseSecondIsRefusedAndCountsAgain) {
    auto& facts = filed(street);
    tell();
    auto first = MUST(store->begin());
    auto seen = MUST(load_watched(*first, facts.id));
    first.reset();
    auto now = seen->watched;
    now.state = "accepted";
    for (auto const* expected : {"ok", "case_was_counted_meanwhile"}) {
        auto tx = MUST(store->begin());
        keep_watched(*tx, seen, now);
        auto done = tx->commit();
        EXPECT_EQ(done.ok() ? "ok" : done.error().code, expected);
    }
}

TEST_P(Board, ListsAreReadPageByPage) {
    for (int i = 0; i < 120; ++i) {
        auto& facts = filed(i % 3 == 0 ? river : street);
        facts.due = Due{MUST(read_day(i % 2 == 0 ? "2026-10-12" : "2026-10-13")), false};
        facts.silent = cases::Facts::Silent{"示例市公安局", kit::at("2026-10-14 10:00")};
    }
    tell();
    EXPECT_EQ(ask("/api/supervision/board").find("/late")->as_array().size(), 20U);
    for (std::string const list : {"late", "stuck"}) {
        std::set<std::string> seen;
        std::string after;
        int pages = 0;
        do {
            auto page = ask("/api/supervision/cases?list=" + list + after);
            ASSERT_EQ(page.status, 200) << page;
            for (auto const& row : page.find("/rows")->as_array())
                seen.emplace(row.at("case_no").as_string());
            auto next = page.text("/next");
            after = next.empty() ? "" : "&after=" + next.replace(next.find('|'), 1, "%7C");
            ++pages;
        } while (!after.empty());
        EXPECT_EQ(seen.size(), 120U);
        EXPECT_EQ(pages, 3);
    }
    auto of_body = ask("/api/supervision/cases?list=late&body=" + river.text + "&item=" + kinship);
    EXPECT_EQ(of_body.find("/rows")->as_array().size(), 40U);
    EXPECT_TRUE(ask("/api/supervision/cases?list=late&item=nothing").find("/rows")->as_array().empty());
    EXPECT_TRUE(ask("/api/supervision/cases?list=near").find("/rows")->as_array().empty());
}

TEST_P(Board, IsForSupervisorsOfTheRegionOnly) {
    EXPECT_EQ(ask("/api/supervision/board?region=990102001000").status, 200);
    EXPECT_EQ(ask("/api/supervision/board?region=990121000000").code, "region_is_not_yours");
    EXPECT_EQ(ask("/api/supervision/board?region=990100000000").code, "region_is_not_yours");
    EXPECT_EQ(ask("/api/supervision/board?region=123").code, "region_is_unknown");
    EXPECT_EQ(ask("/api/supervision/board?day=soon").code, "day_is_not_a_date");
    EXPECT_EQ(ask("/api/supervision/cases?list=good").code, "list_is_unknown");
    EXPECT_EQ(ask("/api/supervision/cases?list=late&after=%7C%7C&region=990102001000").status, 200);
    supervisor.role = "clerk";
    EXPECT_EQ(ask("/api/supervision/board").status, 403);
    EXPECT_EQ(ask("/api/supervision/cases?list=late").status, 403);
}

TEST_P(Board, ReadsIndexesAndNeverAllCases) {
    for (int i = 0; i < 400; ++i) answer(filed(street), "2026-10-15 09:00");
    filed(street);
    tell();
    if (GetParam() == store::Dialect::postgres) {
        auto tx = MUST(store->begin());
        tx->write({"t", "ANALYZE supervision_case", "ANALYZE supervision_case"});
        MUST(tx->commit());
    }
    for (auto const* query : {&sql::list_due, &sql::list_stuck, &sql::stuck_reasons}) {
        std::string plan;
        auto explained = GetParam() == store::Dialect::sqlite
                             ? "EXPLAIN QUERY PLAN " + std::string(query->sqlite)
                             : "EXPLAIN " + std::string(query->postgres);
        bool due = query == &sql::list_due;
        bool reasons = query == &sql::stuck_reasons;
        std::vector<store::Value> values{"990102000000", "990102999999"};
        if (due) values.insert(values.end(), {"0000-00-00", "2026-10-14", ""});
        if (!due && !reasons) values.emplace_back(std::int64_t{0});
        if (!reasons) values.insert(values.end(), {"", "", "", std::int64_t{20}});
        auto rows = MUST(MUST(store->reader())->read({"t", explained, explained}, values));
        for (auto row : rows)
            plan += row.text(GetParam() == store::Dialect::sqlite ? "detail" : "QUERY PLAN") + "\n";
        EXPECT_NE(plan.find(due       ? "supervision_case_due"
                            : reasons ? "supervision_case_"
                                      : "supervision_case_stuck"),
                  std::string::npos)
            << plan;
        EXPECT_EQ(plan.find("SCAN supervision_case"), std::string::npos) << plan;
    }
}

}  // namespace
}  // namespace tongban::supervision
