// The doctor: every trouble it knows is made, named and explained.
#include "app/doctor.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>

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
                              "seals", "files", "backlog", "audit"}) {
        EXPECT_EQ(health(all, check), "good") << check << ": " << finding(all, check).says.zh;
        EXPECT_FALSE(finding(all, check).says.en.empty());
    }
    EXPECT_EQ(worst(all), Health::good);
    EXPECT_NE(report(all, "zh").find("✓ keys  密钥都在"), std::string::npos) << report(all, "zh");
    EXPECT_NE(report(all, "en").find("✓ keys  The keys are there"), std::string::npos);
    auto json = report_json(all, world.clock.now());
    EXPECT_EQ(json.at("health").as_string(), "good");
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
