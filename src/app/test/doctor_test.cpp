// The doctor: every trouble it knows is made, named and explained.
#include "app/doctor.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "client/test/wire.h"
#include "world.h"

namespace tongban::app {

namespace {
namespace fs = std::filesystem;

class Doctor : public HouseTest {
protected:
    std::vector<Finding> look() { return examine(world.options(), world.clock); }
    /// `bad`, `attention`, `good`, or `not looked at`.
    std::string health(std::string const& check) { return health(look(), check); }
    static std::string health(std::vector<Finding> const& all, std::string const& check) {
        std::string found = "not looked at";
        for (auto const& each : all)
            if (each.check == check) found = to_text(each.health);
        return found;
    }
    static Finding finding(std::vector<Finding> const& all, std::string const& check) {
        for (auto const& each : all)
            if (each.check == check) return each;
        return {};
    }
};
INSTANTIATE_TEST_SUITE_P(all, Doctor, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(Doctor, finds_a_sound_site_sound_and_says_so_in_both_languages) {
    world.conclude_case();
    MUST(world.store().seal_audit());
    auto all = look();
    for (auto const* check : {"data_folder", "disk_space", "keys", "fonts", "database", "clock", "calendar",
                              "seals", "letters", "files", "backlog", "audit"}) {
        EXPECT_EQ(health(all, check), "good") << check << ": " << finding(all, check).says.zh;
        EXPECT_FALSE(finding(all, check).says.en.empty());
    }
    EXPECT_EQ(health(all, "sources"), "attention") << "nobody said where the departments are";
    EXPECT_EQ(health(all, "sms"), "attention");
    EXPECT_EQ(worst(all), Health::attention);
    EXPECT_NE(report(all, "zh").find("✓ keys  密钥都在"), std::string::npos) << report(all, "zh");
    EXPECT_NE(report(all, "en").find("✓ keys  The keys are there"), std::string::npos);
    auto json = report_json(all, world.clock.now());
    EXPECT_EQ(json.at("health").as_string(), "attention");
    EXPECT_EQ(json.at("findings").as_array().size(), all.size());
}

TEST_P(Doctor, explains_each_trouble_with_a_remedy) {
    auto const data = world.directory();
    ::chmod((data + "/keys/audit.key").c_str(), 0644);
    auto all = look();
    EXPECT_EQ(health(all, "keys"), "bad");
    EXPECT_NE(finding(all, "keys").fix.zh.find("chmod 600"), std::string::npos);
    EXPECT_NE(report(all, "zh").find("怎么办：chmod 600"), std::string::npos);
    EXPECT_NE(report(all, "en").find("Do: chmod 600"), std::string::npos);
    EXPECT_EQ(health(all, "database"), "not looked at") << "no house is built with keys that others may read";
    ::chmod((data + "/keys/audit.key").c_str(), 0600);
    ::chmod(data.c_str(), 0755);
    EXPECT_EQ(health("data_folder"), "attention");
    ::chmod(data.c_str(), 0700);
    fs::rename(data + "/keys/audit.key", data + "/away");
    EXPECT_EQ(health("keys"), "bad");
    EXPECT_FALSE(fs::exists(data + "/keys/audit.key")) << "looking makes no keys";
    fs::rename(data + "/away", data + "/keys/audit.key");

    auto options = world.options();
    options.fonts = data;
    EXPECT_EQ(health(examine(options, world.clock), "fonts"), "bad");
    options.data_directory = data + "/nowhere";
    EXPECT_EQ(health(examine(options, world.clock), "data_folder"), "bad");
    options.data_directory = data + "/files";
    options.database.clear();
    fs::create_directories(options.data_directory);
    EXPECT_EQ(health(examine(options, world.clock), "database"), "bad");
    options.database = "postgres://nobody@127.0.0.1:1/nothing";
    options.data_directory = data;
    EXPECT_EQ(health(examine(options, world.clock), "database"), "bad");
}

TEST_P(Doctor, notices_time) {
    MUST(world.store().seal_audit());
    EXPECT_EQ(health("calendar"), "good") << "in October nobody knows the next year yet";
    world.clock.set(kit::at("2026-12-02 09:00"));
    EXPECT_EQ(health("calendar"), "attention");
    world.clock.set(kit::at("2027-01-02 09:00"));
    EXPECT_EQ(health("calendar"), "bad");
    world.clock.set(kit::at("2026-10-15 09:00"));
    EXPECT_EQ(health("clock"), "bad") << "records of 9:24 are there";
    world.clock.set(kit::at("2036-10-15 09:00"));
    EXPECT_EQ(health("seals"), "bad");
}

TEST_P(Doctor, names_letters_that_an_upgrade_brought_and_they_come_after_the_import) {
    MUST(world.store().seal_audit());
    auto forget = [&](std::string const& letter) {  // as it is under the pack of before the upgrade
        auto text = "DELETE FROM licences_template WHERE name = 'letter/" + letter + "'";
        auto tx = MUST(world.store().begin());
        tx->write(store::Query{"t", text, text});
        MUST(tx->commit());
    };
    forget("withdrawal");
    EXPECT_EQ(health("letters"), "attention") << "nobody waits yet";
    forget("lapse");
    auto withdrawn = world.file_case(world.resident());
    auto silent = world.file_case(world.resident());
    ASSERT_EQ(world.ask_correction(silent, {"material:household_register"}).status, 200);
    auto& who = world.resident();
    EXPECT_EQ(who.post("/api/cases/mine/" + withdrawn + "/withdrawal", {{"version", 1}}).status, 200);
    world.pump();
    world.go_to("2026-11-06 00:30");
    world.pump();
    EXPECT_EQ(world.mine(silent).text("/state"), "withdrawn") << "no act waits for a template";
    auto const number = world.letter(withdrawn, "withdrawal").number;
    EXPECT_EQ(world.letter(withdrawn, "withdrawal").state, "failed");
    EXPECT_EQ(world.letter(silent, "lapse").state, "failed");
    MUST(world.store().seal_audit());  // else each look waits to see whether a server does
    auto told = finding(look(), "letters");
    EXPECT_EQ(told.health, Health::bad);
    EXPECT_EQ(told.says.zh,
              "导入的地区包里没有这些文书的模板：撤回申请确认书、终止办理告知书；等着它们的文书有 2 份。");
    EXPECT_NE(told.fix.zh.find("withdrawal.json lapse.json，再 tongban import"), std::string::npos);
    EXPECT_NE(told.fix.en.find("tongban import"), std::string::npos);

    MUST(world.house().import(Pack{TONGBAN_PACK}));
    world.go_to("2026-11-06 01:30");
    world.pump();
    EXPECT_EQ(world.letter(withdrawn, "withdrawal").state, "ready") << "and nobody started it again";
    EXPECT_EQ(world.letter(withdrawn, "withdrawal").number, number) << "its number was its own all the time";
    EXPECT_EQ(world.letter(silent, "lapse").state, "ready");
    EXPECT_NE(world.letter(silent, "lapse").text.find("2026年11月6日起终止办理"), std::string::npos)
        << "it tells of the day of the act, not of the import";
    MUST(world.store().seal_audit());
    auto all = look();
    EXPECT_EQ(health(all, "letters"), "good");
    EXPECT_EQ(health(all, "backlog"), "good");
}

class DoctorOutside : public Doctor {
protected:
    DoctorOutside() {
        MUST(world.store().seal_audit());  // else each look waits to see whether a server does
        write("DELETE FROM exchange_list");
        for (std::string const list : {"enrolment", "disability"})  // as if fetched this morning
            write(
                "INSERT INTO exchange_list (resource, batch, line_count, failed_count, data_at, pulled_at, "
                "failure) VALUES ('" +
                list + "', 'b', 3, 0, " + ago(hours{3}) + ", " + ago(hours{3}) + ", '')");
    }
    using hours = std::chrono::hours;
    std::string ago(std::chrono::milliseconds time) { return std::to_string((world.clock.now() - time).ms); }
    void write(std::string const& text) {
        store::Query const query{"t", text, text};
        auto tx = MUST(world.store().begin());
        tx->write(query);
        MUST(tx->commit());
    }
    void keep_health(std::string const& source, int failures, std::string const& since,
                     std::string const& why) {
        write("DELETE FROM exchange_health WHERE source = '" + source + "'");
        write(
            "INSERT INTO exchange_health (source, failures_in_row, failing_since, last_ok, last_failure, "
            "failure) VALUES ('" +
            source + "', " + std::to_string(failures) + ", " + since + ", NULL, " + since + ", '" + why +
            "')");
    }
    void add_sms(int count, std::string const& state, std::string const& failure, std::string const& made) {
        for (int i = 0; i < count; ++i) {
            auto id = state + std::to_string(i) + made;
            write(
                "INSERT INTO notify_sms (id, person, key, kind, sealed, state, failure, tries, made_at, "
                "until_at) "
                "VALUES ('" +
                id + "', 'p', '" + id + "', 'k', NULL, '" + state + "', '" + failure + "', 1, " + made +
                ", " + made + ")");
        }
    }
    std::vector<Finding> look_outside() {
        auto options = world.options();
        options.exchange_at = wire_.url();
        return examine(options, world.clock);
    }
    static std::string line(std::vector<Finding> const& all, std::string const& check,
                            std::string const& word) {
        for (auto const& each : all)
            if (each.check == check && each.says.zh.find(word) != std::string::npos) {
                EXPECT_TRUE(each.health == Health::good || !each.fix.zh.empty()) << each.says.zh;
                EXPECT_EQ(each.fix.zh.empty(), each.fix.en.empty()) << each.says.zh;
                return std::string(to_text(each.health)) + " " + each.says.zh;
            }
        return "nothing about " + word;
    }

    std::atomic<bool> households_down_{false};
    client::test::Wire wire_{[this](client::test::Heard const& heard, client::test::Line const& talk) {
        bool down = households_down_ && heard.target.starts_with("/hh/");
        talk.answer(down ? 503 : 200, "text/plain", down ? "DOWN" : "UP");
    }};
};
INSTANTIATE_TEST_SUITE_P(all, DoctorOutside, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(DoctorOutside, asks_departments_how_they_are_and_tells_what_is_kept_of_them) {
    EXPECT_EQ(line(look_outside(), "sources", "都通"), "good 15 个数据来源都通。");
    households_down_ = true;
    auto all = look_outside();
    EXPECT_EQ(line(all, "sources", "户籍库"), "attention 户籍库连不上。");
    EXPECT_EQ(health(all, "sources"), "attention") << "one of fifteen";
    keep_health("hh", 9, ago(hours{25}), "source_is_not_reachable");
    auto told = line(look_outside(), "sources", "户籍库");
    EXPECT_TRUE(told.starts_with("bad 户籍库连不上，自2026年10月14日")) << told;
    EXPECT_NE(told.find("已暂停询问"), std::string::npos);
    households_down_ = false;
    keep_health("hh", 0, ago(hours{1}), "answer_cannot_be_read");
    told = line(look_outside(), "sources", "户籍库");
    EXPECT_TRUE(told.starts_with("attention 户籍库最近一次询问没有成功（答复的格式不对）")) << told;

    write("UPDATE exchange_list SET pulled_at = " + ago(hours{24 * 9}) + " WHERE resource = 'enrolment'");
    EXPECT_TRUE(line(look_outside(), "sources", "名单").starts_with("attention"))
        << report(look_outside(), "zh");
    write("DELETE FROM exchange_list WHERE resource = 'enrolment'");
    EXPECT_NE(line(look_outside(), "sources", "名单").find("还没有取到过"), std::string::npos);
    fs::remove(world.directory() + "/keys/hh");
    EXPECT_EQ(line(look_outside(), "sources", "户籍库"), "bad 户籍库的密钥没有，谁也问不了它。");
    EXPECT_TRUE(line(look(), "sources", "没有设置地址").starts_with("attention 15 个数据来源没有设置地址"));
    write("UPDATE exchange_source SET current = 0");
    EXPECT_EQ(health("sources"), "good") << "a region may do without";
}

TEST_P(DoctorOutside, tells_which_sms_wait_and_why) {
    EXPECT_EQ(line(look_outside(), "sms", "短信"), "good 短信网关已接，在等的有 0 条。");
    EXPECT_EQ(line(look(), "sms", "地址"), "attention 短信网关没有设置地址，不发短信。");
    add_sms(2, "waiting", "gateway_does_not_answer", ago(std::chrono::minutes{30}));
    auto told = line(look_outside(), "sms", "发不出去");
    EXPECT_TRUE(told.starts_with("attention 2 条短信发不出去（短信网关没有答复）")) << told;
    world.clock.advance(hours{1});
    EXPECT_TRUE(line(look_outside(), "sms", "发不出去").starts_with("bad"));
    write("DELETE FROM notify_sms");
    add_sms(5, "failed", "not_delivered", ago(hours{2}));
    EXPECT_EQ(line(look_outside(), "sms", "没有送到"), "attention 一天里 5 条短信有 5 条没有送到。");
    fs::remove(world.directory() + "/keys/sms");
    EXPECT_EQ(line(look_outside(), "sms", "密钥"), "bad 短信网关的密钥没有。");
    write("DELETE FROM notify_sms_setting");
    EXPECT_EQ(health(look_outside(), "sms"), "good");
}

TEST_P(Doctor, notices_work_that_fails_files_that_do_not_open_and_an_old_schema) {
    world.conclude_case();
    auto tx = MUST(world.store().begin());
    tx->emit({"cases.letter_ordered",
              "01k7h0000000000000000000zz",
              {{"case", "01k7h0000000000000000000zz"}, {"letter", "none"}}});
    MUST(tx->commit());
    world.pump();
    auto all = look();
    EXPECT_EQ(health(all, "backlog"), "attention") << report(all, "zh");
    EXPECT_NE(finding(all, "backlog").says.zh.find("cases.make_letter"), std::string::npos);
    EXPECT_EQ(health(all, "audit"), "attention") << "nobody seals while no server runs";
    world.clock.advance(std::chrono::hours{2});
    EXPECT_EQ(health("backlog"), "bad");
    for (auto const& entry : fs::recursive_directory_iterator(world.directory() + "/files"))
        if (entry.is_regular_file()) std::ofstream(entry.path(), std::ios::app) << "x";
    all = look();
    EXPECT_EQ(health(all, "files"), "bad");
    EXPECT_NE(finding(all, "files").fix.zh.find("files/"), std::string::npos);
    constexpr store::Query forget{"t", "DELETE FROM store_migration WHERE module = 'cases'",
                                  "DELETE FROM store_migration WHERE module = 'cases'"};
    tx = MUST(world.store().begin());
    tx->write(forget);
    MUST(tx->commit());
    all = look();
    EXPECT_EQ(health(all, "database"), "bad");
    EXPECT_NE(finding(all, "database").fix.zh.find("tongban migrate"), std::string::npos);
}

}  // namespace

}  // namespace tongban::app
