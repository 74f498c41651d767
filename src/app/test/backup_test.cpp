// A back-up and the way back, with real cases: on both databases, and from one to the other.
#include "app/backup.h"

#include <filesystem>
#include <fstream>

#include "app/sums.h"
#include "world.h"

namespace tongban::app {

namespace {
namespace fs = std::filesystem;

class Backup : public HouseTest {
protected:
    kit::TempDir place;  // first: the others stand in it
    std::string to = place.path() + "/backup";
    std::string data = place.path() + "/restored";

    BackupFacts make() {
        auto made = back_up(world.house(), world.clock, to);
        EXPECT_TRUE(made.ok()) << made.error().code << " " << made.error().detail;
        return made.ok() ? *made : BackupFacts{};
    }
    void bring_keys() {
        fs::create_directories(data);
        fs::copy(world.directory() + "/keys", data + "/keys");
    }
    HouseOptions target() { return options_for(data, database.get()); }
    std::string restoring() {
        auto done = restore(to, target(), world.clock);
        return done.ok() ? "ok" : done.error().code;
    }
    std::string verdict() {
        auto done = verify_backup(to);
        return done.ok() ? "ok" : done.error().code + " " + done.error().detail;
    }
    void onto(store::Dialect dialect) {
        if (dialect == store::Dialect::postgres) database = std::make_unique<kit::PostgresDatabase>();
    }
    static void change(std::string const& file, std::string const& more) {
        std::ofstream(file, std::ios::app) << more;
    }

    std::unique_ptr<kit::PostgresDatabase> database;
};
INSTANTIATE_TEST_SUITE_P(all, Backup, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(Backup, brings_the_same_case_back_on_either_database) {
    auto case_no = world.conclude_case();
    auto uploaded = world.file_case(world.resident(), World::Papers::uploaded);
    world.pump();
    MUST(world.store().seal_audit());
    auto before = world.mine(case_no);
    auto const head = MUST(world.store().verify_audit()).head;
    auto const facts = make();
    EXPECT_GT(facts.files, 2) << "letters, the licence, an upload";
    EXPECT_TRUE(facts.missing.empty());
    EXPECT_EQ(verdict(), "ok");
    EXPECT_FALSE(fs::exists(to + "/keys"));
    for (auto other : kit::databases()) {
        fs::remove_all(data);
        database.reset();
        onto(other);
        bring_keys();
        auto restored = restore(to, target(), world.clock);
        ASSERT_TRUE(restored.ok()) << restored.error().code << restored.error().detail;
        auto house = MUST(House::build(target(), world.clock));
        MUST(house->open_doors());
        EXPECT_EQ(MUST(house->store().verify_audit()).head, head);
        http::Dispatcher dispatcher(house->routes(), house->authenticator(), world.clock, {});
        kit::Browser person(dispatcher);
        ASSERT_EQ(person.sign_in("resident", zhou, password_of(zhou)).status, 200);
        auto after = person.get("/api/cases/mine/" + case_no);
        EXPECT_EQ(tongban::to_text(after.json), tongban::to_text(before.json));
        auto licence = person.get("/api/licences/mine/" + before.text("/licence/id") + "/file");
        EXPECT_EQ(licence.type, "application/pdf") << licence;
        EXPECT_EQ(person.get("/api/cases/mine/" + uploaded).status, 200);
        EXPECT_EQ(restoring(), "place_is_not_empty");
    }
}

TEST_P(Backup, holds_nothing_a_stranger_could_read) {
    world.file_case(world.resident(), World::Papers::uploaded);
    world.pump();
    make();
    for (auto const& entry : fs::recursive_directory_iterator(to)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::string const whole(std::istreambuf_iterator<char>(in), {});
        for (auto const* personal : {zhou_name, zhou_id_number, zhou, li_id_number})
            EXPECT_EQ(whole.find(personal), std::string::npos) << entry.path() << " tells " << personal;
    }
    std::ifstream key(world.directory() + "/keys/master.key");
    std::string const secret(std::istreambuf_iterator<char>(key), {});
    for (auto const& entry : fs::recursive_directory_iterator(to)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::string const whole(std::istreambuf_iterator<char>(in), {});
        EXPECT_EQ(whole.find(secret.substr(0, 32)), std::string::npos) << entry.path();
    }
}

TEST_P(Backup, that_was_touched_is_named) {
    world.file_case(world.resident(), World::Papers::uploaded);
    make();
    auto sealed = std::string();
    for (auto const& entry : fs::recursive_directory_iterator(to + "/files"))
        if (entry.is_regular_file()) sealed = entry.path().string();
    for (auto const& file : {to + "/rows/cases_case.jsonl", to + "/README.txt", sealed}) {
        fs::copy(file, place.path() + "/kept");
        change(file, "x");
        EXPECT_EQ(verdict().substr(0, 17), "backup_is_damaged") << file;
        fs::remove(file);
        EXPECT_EQ(verdict().substr(0, 17), "backup_is_damaged") << file;
        fs::rename(place.path() + "/kept", file);
    }
    change(to + "/more", "x");
    EXPECT_NE(verdict().find("多出文件 more"), std::string::npos);
    fs::remove(to + "/more");
    EXPECT_EQ(verdict(), "ok");
    // Whoever mends the sums as well is found out by the numbers and the files that rows speak of.
    change(to + "/rows/cases_case.jsonl", "[]\n");
    MUST(write_sums(to));
    EXPECT_NE(verdict().find("cases_case.jsonl 的行数不符"), std::string::npos) << verdict();
    fs::remove(to + "/SHA256SUMS");
    EXPECT_EQ(verdict().substr(0, 17), "backup_is_damaged");
    EXPECT_EQ(verify_backup(place.path()).error().code, "backup_is_unknown");
    std::ofstream(to + "/manifest.json", std::ios::trunc) << R"({"format":2})";
    EXPECT_EQ(verdict().substr(0, 17), "backup_is_unknown");
    std::ofstream(to + "/manifest.json", std::ios::trunc) << R"({"format":1})";
    EXPECT_EQ(verdict().substr(0, 17), "backup_is_unknown");
}

TEST_P(Backup, tells_of_files_that_are_lost_and_not_of_those_that_were_erased) {
    world.file_case(world.resident(), World::Papers::uploaded);
    auto draft = world.fill_draft(world.as(li), World::Papers::uploaded);
    auto drop = world.as(li).del("/api/cases/drafts/" + draft.text("/id"));
    EXPECT_EQ(drop.status, 204) << drop;
    world.pump();
    EXPECT_TRUE(make().missing.empty());
    for (auto const& entry : fs::recursive_directory_iterator(world.directory() + "/files"))
        if (entry.is_regular_file()) fs::remove(entry.path());
    fs::remove_all(to);
    auto facts = make();
    EXPECT_FALSE(facts.missing.empty());
    EXPECT_EQ(verdict(), "ok") << "as whole as what it was made of";
    facts.missing.clear();
}

TEST_P(Backup, never_overwrites_and_goes_nowhere_without_keys) {
    world.file_case(world.resident());
    make();
    EXPECT_EQ(back_up(world.house(), world.clock, to).error().code, "place_is_not_empty");
    onto(GetParam());
    EXPECT_EQ(restoring(), "keys_are_missing");
    bring_keys();
    std::ofstream(data + "/keys/master.key", std::ios::trunc) << std::string(64, 'a') << "\n";
    EXPECT_EQ(restoring(), "keys_do_not_fit_database");
    EXPECT_FALSE(fs::exists(data + "/tongban.db")) << "nothing is left of a try that failed";
    EXPECT_FALSE(fs::exists(data + "/files"));
    fs::copy_file(world.directory() + "/keys/master.key", data + "/keys/master.key",
                  fs::copy_options::overwrite_existing);
    std::ofstream(data + "/something") << "x";
    EXPECT_EQ(restoring(), "place_is_not_empty");
    fs::remove(data + "/something");
    EXPECT_EQ(restoring(), "ok");
    EXPECT_EQ(restoring(), "place_is_not_empty");
}

TEST_P(Backup, to_a_place_that_cannot_be_written_leaves_nothing) {
    std::ofstream(place.path() + "/file") << "x";
    auto refused = back_up(world.house(), world.clock, place.path() + "/file/backup");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "disk_cannot_be_written");
    EXPECT_FALSE(fs::exists(to));
}

}  // namespace

}  // namespace tongban::app
