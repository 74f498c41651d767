// Personal data stands nowhere in the clear: not in the database, not in files, not in logs or metrics. The
// audit holds.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "world.h"

namespace tongban::app {

namespace {

namespace fs = std::filesystem;

class Privacy : public HouseTest {
protected:
    /// Everything that whoever steals the disk would read, one string a file or table.
    std::map<std::string, std::string> everything_at_rest() {
        std::map<std::string, std::string> found;
        for (auto const& entry : fs::recursive_directory_iterator(world.directory())) {
            if (!entry.is_regular_file()) continue;
            std::ifstream in(entry.path(), std::ios::binary);
            std::stringstream bytes;
            bytes << in.rdbuf();
            found[fs::relative(entry.path(), world.directory()).string()] = bytes.str();
        }
        if (GetParam() == store::Dialect::postgres) read_tables(found);
        return found;
    }

private:
    void read_tables(std::map<std::string, std::string>& found) {
        auto reader = std::move(world.store().reader()).value();
        auto rows = [&](std::string const& text) {
            return MUST(reader->read(store::Query{"test.read_table", text, text}, {}));
        };
        for (auto table :
             rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")) {
            auto name = table.text("tablename");
            for (auto row : rows("SELECT t::text AS row FROM " + name + " t"))
                found[name] += row.text("row") + "\n";
        }
    }
};
INSTANTIATE_TEST_SUITE_P(all, Privacy, testing::ValuesIn(kit::databases()), kit::database_name);

std::vector<std::string> secrets() {
    return {zhou_name,    zhou_id_number,         zhou,           "李晓燕",         li_id_number,
            "示例路26号", "示例银行梧桐里分理处", "户籍对不上号", "请补充工作单位", "核实后父女关系不实"};
}

void expect_none(std::string const& where, std::string const& bytes) {
    for (auto const& secret : secrets()) {
        EXPECT_EQ(bytes.find(secret), std::string::npos) << where << " holds " << secret;
        EXPECT_EQ(bytes.find(to_hex(secret)), std::string::npos) << where << " holds " << secret << " in hex";
    }
}

/// A life with a correction, looks at the whole data, refusals of every kind, and a certificate.
void live(World& world) {
    world.nobody().sign_in("resident", zhou, "wrong-password");
    auto draft = world.fill_draft(world.resident(), World::Papers::uploaded);
    auto case_no = world.submit(world.resident(), draft).text("/case_no");
    world.as(clerk).get(std::string("/api/cases/desk/search?q=") + zhou_id_number);
    world.as(clerk).get("/api/cases/desk/search?q=" + in_query(zhou_name));
    world.as(clerk).post("/api/cases/desk/cases/" + case_no + "/reveal", {{"reason", "户籍对不上号"}});
    world.as(clerk).post("/api/cases/desk/cases/" + case_no + "/acceptance", {{"version", zhou_name}});
    ASSERT_EQ(world.ask_correction(case_no, {"field:other_name"}).status, 200);
    auto mended = world.resident().post("/api/cases/mine/" + case_no + "/correction",
                                        {{"version", world.mine(case_no).integer("/version")},
                                         {"answers", {{"other_name", "李晓燕"}}},
                                         {"materials", json::array{}}});
    ASSERT_EQ(mended.status, 200) << mended;
    ASSERT_EQ(world.act(clerk, case_no, "acceptance", {{"note", "请补充工作单位"}}).status, 200);
    ASSERT_EQ(world.approve(case_no).status, 200);
    world.pump();
    ASSERT_EQ(world.mine(case_no).text("/state"), "concluded");
    world.fill_draft(world.resident(), World::Papers::uploaded);
    auto number = in_query(world.mine(case_no).text("/licence/number"));
    auto found = world.as(keeper).get("/api/licences/desk?number=" + number);
    auto revoked = world.as(keeper).post("/api/licences/desk/" + found.text("/id") + "/revocation",
                                         {{"kind", "false_commitment"},
                                          {"reason", "核实后父女关系不实"},
                                          {"basis", "国务院令第716号第十二条"},
                                          {"version", found.integer("/version")}});
    ASSERT_EQ(revoked.status, 200) << revoked;
    world.pump();
}

TEST_P(Privacy, nothing_personal_is_at_rest_in_the_clear) {
    live(world);
    for (auto const& [where, bytes] : everything_at_rest()) expect_none(where, bytes);
}

TEST_P(Privacy, logs_and_metrics_tell_nothing_personal) {
    world.resident();
    log_threshold(LogLevel::debug);
    testing::internal::CaptureStderr();
    live(world);
    auto logged = testing::internal::GetCapturedStderr();
    log_threshold(LogLevel::error);
    EXPECT_NE(logged.find("/api/cases/mine/{no}"), std::string::npos) << "something is logged at all";
    expect_none("the log", logged);
    auto metrics = world.nobody().get("/metrics");
    ASSERT_EQ(metrics.status, 200);
    EXPECT_NE(metrics.body.find("tongban_deliveries_waiting"), std::string::npos);
    expect_none("/metrics", metrics.body);
}

TEST_P(Privacy, the_audit_of_a_life_is_whole) {
    live(world);
    auto sealed = world.store().seal_audit();
    ASSERT_TRUE(sealed.ok());
    auto report = world.store().verify_audit();
    ASSERT_TRUE(report.ok()) << report.error().detail;
    EXPECT_EQ(report->tail, 0);
    EXPECT_GE(report->sealed, 10);
}

}  // namespace

}  // namespace tongban::app
