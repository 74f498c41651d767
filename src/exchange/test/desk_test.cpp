// Lists, corrections, and what supervisors and operators see.
#include "exchange/api.h"
#include "kit/by_cookie.h"
#include "world.h"

using namespace tongban;
using namespace tongban::exchange;
using namespace tongban::exchange::test;

namespace {
class watching : public ::testing::TestWithParam<store::Dialect> {
protected:
    void rig(Wire::Script script, Setting const& setting = {}) {
        rig_ = std::make_unique<Rig>(GetParam(), std::move(script), setting);
        wire_up();
    }
    void wire_up() {
        rig_->exchange->jobs(rig_->store->jobs());
        rig_->exchange->consumers(rig_->store->consumers());
        rig_->exchange->routes(routes_);
        dispatcher_ =
            std::make_unique<http::Dispatcher>(routes_, authenticator_, rig_->clock, http::Settings{});
    }
    kit::Answer get(std::string const& url, std::string const& role = "operator",
                    std::string const& language = "zh") {
        kit::Browser browser(*dispatcher_);
        if (!role.empty()) browser.keep_cookie("role", role);
        return browser.get(url, {{"Accept-Language", language}});
    }
    Json source(std::string const& name, std::string const& language = "zh") {
        auto all = get("/api/exchange/sources", "supervisor", language);
        for (auto const& each : all.json.at("sources").as_array())
            if (each.at("source").as_string() == name) return each;
        ADD_FAILURE() << all;
        return {};
    }
    std::unique_ptr<Rig> rig_;
    http::Routes routes_;
    kit::ByCookie authenticator_{"role", kit::staff_in_role};
    std::unique_ptr<http::Dispatcher> dispatcher_;
};

std::string const good_list = "\xEF\xBB\xBF身份证号,学校,年级,姓名\r\n" + zhou + ",\"第一,小学\",3,周\r\n" +
                              li + ",第二小学,4,李\r\n" + li + ",第三小学,4,李\r\n";

Ask enrolment(std::string const& number) {
    return {"enrolment", "enrolment", {{"id_number", number}}};
}
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, watching, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(watching, the_routes_are_those_of_the_contract) {
    rig([](Heard const&, Line const&) {});
    auto same = http::check_contract(routes_, api::contract());
    EXPECT_TRUE(same.ok()) << same.error().detail;
}

TEST_P(watching, a_list_is_fetched_and_answered_from_here) {
    std::mutex mutex;
    std::string text = good_list;
    rig([&](Heard const& heard, Line const& line) {
        EXPECT_EQ(heard.target, "/edu/list.csv");
        EXPECT_EQ(heard.headers.at("authorization"), "Bearer secret-edu");
        std::scoped_lock lock(mutex);
        line.answer(200, "text/csv", text);
    });
    EXPECT_EQ(verdict(rig_->one({enrolment(zhou)}, "d0")), "down list_is_not_here_yet");
    MUST(rig_->store->run_pending());
    auto found = rig_->one({enrolment(zhou)}, "d1");
    EXPECT_EQ(verdict(found), "found");
    EXPECT_EQ(to_text(Json(found.fields)), R"({"school":"第一,小学","grade":3})");
    EXPECT_EQ(found.data_at, kit::at("2026-10-15 09:24"));
    EXPECT_EQ(verdict(rig_->one({enrolment("990121196604040112")}, "d2")), "none");
    auto several = rig_->one({enrolment(li)}, "d3");
    EXPECT_EQ(verdict(several), "several");
    EXPECT_EQ(several.count, 2);
    for (auto const& row : rig_->rows("SELECT blind, sealed FROM exchange_list_line")) {
        EXPECT_EQ(row.bytes("sealed").find("小学"), std::string::npos);
        EXPECT_EQ(row.text("blind").size(), 64U);
    }
    auto batch = source("edu").at("batch").at(0);
    EXPECT_EQ(batch.at("rows"), 3);
    EXPECT_EQ(batch.at("failed_rows"), 0);
    {
        std::scoped_lock lock(mutex);
        text = "身份证号,学校,年级\n" + zhou + ",第九小学,4\n";
    }
    rig_->clock.advance(std::chrono::hours{23});
    MUST(rig_->store->run_pending());
    EXPECT_EQ(rig_->wire.heard().size(), 1U) << "once a day is enough";
    rig_->clock.advance(std::chrono::hours{2});
    MUST(rig_->store->run_pending());
    EXPECT_EQ(rig_->one({enrolment(zhou)}, "d4").fields.at("school").as_string(), "第九小学");
    EXPECT_EQ(verdict(rig_->one({enrolment(li)}, "d5")), "none")
        << "the new list took the place of the old one";
}

TEST_P(watching, a_list_that_a_later_pack_no_longer_names_goes_with_all_its_lines) {
    rig([](Heard const&, Line const& line) { line.answer(200, "text/csv", good_list); });
    MUST(rig_->store->run_pending());
    EXPECT_EQ(rig_->rows("SELECT id FROM exchange_list_line").size(), 3U);
    std::filesystem::remove_all(rig_->pack.path() + "/exchange");
    MUST(rig_->exchange->import(Pack{rig_->pack.path()}));
    EXPECT_EQ(rig_->rows("SELECT id FROM exchange_list_line").size(), 0U);
    EXPECT_EQ(get("/api/exchange/sources").json.at("sources").as_array().size(), 0U);
    write_pack(rig_->pack.path());
    MUST(rig_->exchange->import(Pack{rig_->pack.path()}));
    EXPECT_EQ(verdict(rig_->one({enrolment(zhou)})), "down list_is_not_here_yet");
}

TEST_P(watching, a_list_that_is_wrong_leaves_the_old_one) {
    std::mutex mutex;
    std::string text = good_list;
    int status = 200;
    rig([&](Heard const&, Line const& line) {
        std::scoped_lock lock(mutex);
        line.answer(status, "text/csv", text);
    });
    MUST(rig_->store->run_pending());
    auto next_day = [&](std::string fresh, int with = 200) {
        std::scoped_lock lock(mutex);
        text = std::move(fresh);
        status = with;
        rig_->clock.advance(std::chrono::hours{25});
    };
    auto failure = [&] {
        MUST(rig_->store->run_pending());
        auto batch = source("edu", "en").at("batch").at(0);
        auto const* said = batch.as_object().if_contains("failure_text");
        return said == nullptr ? std::string() : std::string(said->as_string());
    };
    next_day("<html>", 200);
    EXPECT_EQ(failure(), "answer is not in the agreed form");
    next_day("", 503);
    EXPECT_EQ(failure(), "reports an error of its own");
    next_day("身份证号,学校,年级\n" + zhou + ",第一小学,三\n");
    EXPECT_EQ(failure(), "answer holds a value nobody knows");
    EXPECT_EQ(verdict(rig_->one({enrolment(zhou)}, "d1")), "found");
    next_day(good_list);
    EXPECT_EQ(failure(), "");
}

TEST_P(watching, a_list_of_changes_adds_to_what_is_there) {
    std::mutex mutex;
    std::string text = "op,身份证号,学校,年级\nI," + zhou + ",第一小学,3\nI," + li + ",第二小学,4\n";
    rig([&](Heard const&, Line const& line) {
        std::scoped_lock lock(mutex);
        line.answer(200, "text/csv", text);
    });
    auto file = rig_->pack.path() + "/exchange/connectors/edu.json";
    std::ifstream in(file);
    std::string connector(std::istreambuf_iterator<char>(in), {});
    std::string const hours = R"("every_hours":24)";
    put(file, connector.replace(connector.find(hours), hours.size(),
                                hours + R"(,"mode":"changes","operation":"op")"));
    MUST(rig_->exchange->import(Pack{rig_->pack.path()}));
    MUST(rig_->store->run_pending());
    EXPECT_EQ(rig_->one({enrolment(zhou)}, "d1").fields.at("grade"), 3);
    {
        std::scoped_lock lock(mutex);
        text = "op,身份证号,学校,年级\nU," + zhou + ",第一小学,4\nD," + li +
               ",,\nI,990102201812010019,第二小学,1\n";
    }
    rig_->clock.advance(std::chrono::hours{25});
    MUST(rig_->store->run_pending());
    EXPECT_EQ(rig_->one({enrolment(zhou)}, "d2").fields.at("grade"), 4);
    EXPECT_EQ(verdict(rig_->one({enrolment(li)}, "d3")), "none");
    EXPECT_EQ(verdict(rig_->one({enrolment("990102201812010019")}, "d4")), "found");
    EXPECT_EQ(source("edu").at("batch").at(0).at("rows"), 2);
}

TEST_P(watching, slow_work_that_our_own_end_interrupts_is_done_after_the_start) {
    rig([](Heard const&, Line const& line) { line.answer(200, "text/csv", good_list); });
    rig_->calls->stop();
    MUST(rig_->store->run_pending());
    auto failing = MUST(rig_->store->failing());
    ASSERT_EQ(failing.size(), 1U);
    EXPECT_EQ(failing[0].code, "program_stopped");
    EXPECT_FALSE(source("edu").at("batch").at(0).as_object().contains("failure_text"))
        << "no fault of theirs";
}

TEST_P(watching, a_correction_reaches_the_source_and_its_answer_comes_back) {
    std::mutex mutex;
    int status = 503;
    std::string state = R"({"state":"open"})";
    rig([&](Heard const& heard, Line const& line) {
        std::scoped_lock lock(mutex);
        if (heard.target == "/pop/corrections") {
            auto body = MUST(read_json(heard.body));
            EXPECT_EQ(body.at("field").as_string(), "sex");
            EXPECT_EQ(body.at("held").as_string(), "女");
            EXPECT_EQ(body.at("stated").as_string(), "男");
            EXPECT_EQ(body.at_pointer("/asked/id_number").as_string(), zhou);
            EXPECT_TRUE(is_id(body.at("ticket").as_string()));
            line.answer(status, "application/json", R"({"ref":"pop 7"})");
        } else if (heard.target == "/pop/corrections/pop%207") {
            line.answer(200, "application/json", state);
        } else {
            line.answer(200, "application/json", person_answer(zhou));
        }
    });
    auto answer = rig_->one({Rig::population()});
    auto dispute = [&](std::string const& call, std::string const& field,
                       std::string const& subject = "draft-1") {
        auto tx = MUST(rig_->store->begin());
        auto made = rig_->exchange->dispute(
            *tx, {call, field, "男", rig_->exchange ? PersonId{"p"} : PersonId{}, subject, "写错了", "C1"});
        if (made.ok()) MUST(tx->commit());
        return made;
    };
    EXPECT_EQ(dispute("nothing", "sex").error().code, "call_is_unknown");
    EXPECT_EQ(dispute(answer.call, "sex", "draft-2").error().code, "call_is_unknown");
    EXPECT_EQ(dispute(answer.call, "size").error().code, "field_is_unknown");
    auto id = MUST(dispute(answer.call, "sex"));
    EXPECT_EQ(MUST(dispute(answer.call, "sex")), id) << "one ticket";
    auto now = [&] {
        auto reader = MUST(rig_->store->reader());
        return MUST(rig_->exchange->corrections(*reader, "draft-1")).at(0);
    };
    MUST(rig_->store->run_pending());
    EXPECT_EQ(now().state, CorrectionState::open);
    auto shown = get("/api/exchange/corrections");
    EXPECT_EQ(shown.text("/corrections/0/failure_text"), "对方系统报错");
    EXPECT_EQ(shown.text("/corrections/0/field_name"), "字段sex");
    EXPECT_EQ(shown.text("/corrections/0/case_no"), "C1");
    EXPECT_EQ(source("pop").at("open_corrections"), 1);
    {
        std::scoped_lock lock(mutex);
        status = 202;
    }
    rig_->clock.advance(std::chrono::seconds{2});
    MUST(rig_->store->run_pending());
    EXPECT_EQ(now().state, CorrectionState::sent);
    rig_->clock.advance(std::chrono::minutes{6});
    MUST(rig_->store->run_pending());
    EXPECT_EQ(now().state, CorrectionState::sent) << "nobody there has looked yet";
    {
        std::scoped_lock lock(mutex);
        state = R"({"state":"mended","answer":"已更正"})";
    }
    rig_->clock.advance(std::chrono::minutes{6});
    MUST(rig_->store->run_pending());
    EXPECT_EQ(now().state, CorrectionState::mended);
    EXPECT_EQ(now().answer, "已更正");
    EXPECT_EQ(get("/api/exchange/corrections", "operator", "en").text("/corrections/0/answer"), "已更正");
    EXPECT_EQ(get("/api/exchange/corrections?after=" + id).json.at("corrections").as_array().size(), 0U);
    EXPECT_EQ(source("pop").at("open_corrections"), 0);
}

TEST_P(watching, a_source_without_corrections_leaves_the_ticket_with_us) {
    rig([](Heard const&, Line const& line) { line.answer(200, "application/json", person_answer(zhou)); });
    auto file = rig_->pack.path() + "/exchange/connectors/pop.json";
    std::ifstream in(file);
    std::string text(std::istreambuf_iterator<char>(in), {});
    std::string const part = R"("corrections":{"path":"/corrections"},)";
    put(file, text.erase(text.find(part), part.size()));
    MUST(rig_->exchange->import(Pack{rig_->pack.path()}));
    auto answer = rig_->one({Rig::population()});
    auto tx = MUST(rig_->store->begin());
    MUST(rig_->exchange->dispute(*tx, {answer.call, "sex", "男", PersonId{"p"}, "draft-1", ""}));
    MUST(tx->commit());
    MUST(rig_->store->run_pending());
    EXPECT_EQ(get("/api/exchange/corrections").text("/corrections/0/failure_text"), "对方没有提供纠错接口");
}

TEST_P(watching, operators_see_how_sources_are_and_who_asked_them) {
    rig([](Heard const& heard, Line const& line) {
        if (heard.target == "/mar/cx") return void(line.answer(200, "application/json", R"({"code":404})"));
        if (heard.target == "/hh/ws") return void(line.answer(500, "text/plain", ""));
        line.answer(200, "application/json", person_answer(zhou));
    });
    rig_->ask({Rig::population(), Rig::household(), {"marriage", "marriage", {{"id_number", zhou}}}});
    rig_->exchange->stop();
    auto pop = source("pop");
    EXPECT_EQ(pop.at("state").as_string(), "ok");
    EXPECT_EQ(pop.at("calls_today"), 1);
    EXPECT_EQ(pop.at("found"), 1);
    EXPECT_TRUE(pop.as_object().contains("p50_ms"));
    EXPECT_EQ(pop.at_pointer("/resources/0/code").as_string(), "population");
    EXPECT_EQ(source("mar").at("none"), 1);
    auto hh = source("hh");
    EXPECT_EQ(hh.at("state").as_string(), "down");
    EXPECT_EQ(hh.at("failed"), 1);
    EXPECT_EQ(hh.at("failure_text").as_string(), "对方系统报错");
    EXPECT_EQ(hh.at("down_since").as_string(), "2026-10-15T09:24:00+08:00");
    EXPECT_EQ(source("edu").at("state").as_string(), "unknown");
    auto calls = get("/api/exchange/sources/pop/calls", "supervisor");
    EXPECT_EQ(calls.text("/calls/0/person"), "周**");
    EXPECT_EQ(calls.text("/calls/0/by"), "本人");
    EXPECT_EQ(calls.text("/calls/0/item_name"), "亲属关系情况证明");
    EXPECT_EQ(calls.text("/calls/0/purpose"), "核对您的信息");
    EXPECT_EQ(calls.text("/calls/0/outcome"), "found");
    EXPECT_FALSE(calls.json.at_pointer("/calls/0").as_object().contains("case_no")) << "a draft";
    auto tx = MUST(rig_->store->begin());
    rig_->exchange->keep(*tx, "draft-1", "99010220261015000001X");
    MUST(tx->commit());
    EXPECT_EQ(get("/api/exchange/sources/pop/calls").text("/calls/0/case_no"), "99010220261015000001X");
    EXPECT_EQ(calls.body.find(zhou), std::string::npos);
    EXPECT_EQ(get("/api/exchange/sources/hh/calls").text("/calls/0/outcome_text"), "对方系统报错");
    EXPECT_EQ(get("/api/exchange/sources/nobody/calls").code, "source_is_unknown");
    auto resources = get("/api/exchange/resources");
    EXPECT_EQ(resources.text("/resources/0/code"), "enrolment");
    for (auto const* url : {"/api/exchange/sources", "/api/exchange/sources/pop/calls",
                            "/api/exchange/resources", "/api/exchange/corrections"}) {
        EXPECT_EQ(get(url, "").status, 401);
        EXPECT_EQ(get(url, "clerk").status, 403) << url;
    }
}

TEST_P(watching, long_lists_of_calls_come_in_pages) {
    rig([](Heard const&, Line const& line) { line.answer(200, "application/json", person_answer(zhou)); });
    std::vector<Ask> asks;
    for (int i = 0; i < 60; ++i) asks.push_back(Rig::population(zhou, "p" + std::to_string(i)));
    rig_->ask(asks);
    rig_->exchange->stop();
    auto first = get("/api/exchange/sources/pop/calls");
    EXPECT_EQ(first.json.at("calls").as_array().size(), 50U);
    auto next = first.text("/next");
    auto second = get("/api/exchange/sources/pop/calls?after=" + client::percent_encoded(next));
    EXPECT_EQ(second.json.at("calls").as_array().size(), 10U);
    EXPECT_EQ(second.find("/next"), nullptr);
    EXPECT_EQ(get("/api/exchange/sources/pop/calls?after=nonsense").json.at("calls").as_array().size(), 50U);
}

TEST_P(watching, a_demonstration_makes_its_keys_and_nobody_else_does) {
    rig([](Heard const&, Line const&) {});
    auto key = rig_->store.directory() + "/keys/key-pop";
    std::filesystem::remove(key);
    MUST(rig_->exchange->import(Pack{rig_->pack.path()}));
    EXPECT_FALSE(std::filesystem::exists(key)) << "this site is no demonstration";
    kit::TempDir folder;
    std::filesystem::copy(kit::tree_root() / "packs/demo-city/org", folder.path() + "/org",
                          std::filesystem::copy_options::recursive);
    MUST(rig_->org.import(Pack{folder.path()}));
    MUST(rig_->exchange->import(Pack{rig_->pack.path()}));
    std::ifstream in(key);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "secret-pop");
    auto mode = std::filesystem::status(key).permissions();
    EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::filesystem::remove(key);
    std::filesystem::create_symlink(folder.path() + "/nowhere", key);
    EXPECT_EQ(rig_->exchange->import(Pack{rig_->pack.path()}).error().code, "key_cannot_be_written");
}
