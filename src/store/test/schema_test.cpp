#include <filesystem>

#include "kit/kit.h"
#include "ledger.h"
#include "store/sql.h"

using namespace tongban;
using namespace tongban::ledger;

namespace {
class schema_of : public testing::TestWithParam<store::Dialect> {
protected:
    schema_of() {
        options_.data_directory = directory_.path() + "/data";
        if (GetParam() == store::Dialect::postgres) {
            database_ = std::make_unique<kit::PostgresDatabase>();
            options_.database = database_->url();
        }
    }
    std::unique_ptr<store::Store> open(std::vector<store::Schema> schemas) {
        return MUST(store::Store::open(options_, clock_, std::move(schemas)));
    }
    static store::Schema second() {
        auto made = ledger::schema();
        made.migrations.push_back({"ledger", "0002_more",
                                   "CREATE TABLE ledger_more (id TEXT PRIMARY KEY) STRICT;",
                                   "CREATE TABLE ledger_more (id TEXT PRIMARY KEY);"});
        return made;
    }
    static std::string code_of(Result<void> const& result) {
        return result.ok() ? "ok" : result.error().code;
    }

    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::TempDir directory_;
    std::unique_ptr<kit::PostgresDatabase> database_;
    store::Options options_;
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, schema_of, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(schema_of, a_new_database_is_migrated_once_and_then_left_alone) {
    {
        auto store = open({ledger::schema()});
        EXPECT_EQ(store->is_new(), GetParam() == store::Dialect::sqlite);
        EXPECT_EQ(code_of(store->check_schema()), "schema_is_old");
        EXPECT_EQ(code_of(store->migrate()), "ok");
        EXPECT_EQ(code_of(store->migrate()), "ok");
        EXPECT_EQ(code_of(store->check_schema()), "ok");
    }
    auto store = open({ledger::schema()});
    EXPECT_FALSE(store->is_new());
    EXPECT_EQ(code_of(store->check_schema()), "ok");
}

TEST_P(schema_of, a_newer_program_migrates_and_an_older_one_refuses) {
    EXPECT_EQ(code_of(open({ledger::schema()})->migrate()), "ok");
    EXPECT_EQ(code_of(open({second()})->check_schema()), "schema_is_old");
    EXPECT_EQ(code_of(open({second()})->migrate()), "ok");
    EXPECT_EQ(code_of(open({ledger::schema()})->check_schema()), "database_is_newer_than_program");
    EXPECT_EQ(code_of(open({ledger::schema()})->migrate()), "database_is_newer_than_program");
    EXPECT_EQ(code_of(open({})->check_schema()), "ok")
        << "a program built without a service does not mind its tables";
}

TEST_P(schema_of, a_failing_migration_leaves_nothing_behind) {
    auto bad = second();
    bad.migrations.push_back(
        {"ledger", "0003_bad", "CREATE TABLE ledger_page (id TEXT);", "CREATE TABLE ledger_page (id TEXT);"});
    EXPECT_EQ(code_of(open({bad})->migrate()), "query_failed");
    EXPECT_EQ(code_of(open({ledger::schema()})->migrate()), "ok");
}

TEST_P(schema_of, a_migration_changed_after_it_ran_is_refused) {
    EXPECT_EQ(code_of(open({ledger::schema()})->migrate()), "ok");
    auto changed = ledger::schema();
    changed.migrations[0].postgres = "-- other words";
    EXPECT_EQ(code_of(open({changed})->check_schema()), "migration_was_changed");
}

TEST_P(schema_of, the_stores_own_tables_come_once_even_when_named) {
    auto store = open({store::schema(), ledger::schema()});
    EXPECT_EQ(code_of(store->migrate()), "ok");
    auto checked = store->check_queries();
    EXPECT_TRUE(checked.ok()) << checked.error().detail;
}

TEST_P(schema_of, the_data_directory_is_for_its_owner) {
    namespace fs = std::filesystem;
    auto store = open({});
    EXPECT_EQ(fs::status(options_.data_directory).permissions(), fs::perms::owner_all);
    if (GetParam() == store::Dialect::postgres) return;
    EXPECT_EQ(fs::status(options_.data_directory + "/tongban.db").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
}

TEST(open, refuses_what_cannot_be_opened) {
    SetClock const clock{kit::at("2026-10-15 09:24")};
    kit::TempDir directory;
    store::Options nowhere{directory.path()};
    nowhere.database = "postgres://nobody@127.0.0.1:1/nothing";
    auto opened = store::Store::open(nowhere, clock, {});
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, "database_cannot_be_opened");
    EXPECT_EQ(opened.error().detail.find("nobody"), std::string::npos);
    std::filesystem::create_directory(directory.path() + "/tongban.db");
    EXPECT_EQ(store::Store::open({directory.path()}, clock, {}).error().code, "database_cannot_be_opened");
}

TEST(open, migrate_refuses_a_postgres_that_sorts_otherwise) {
    SetClock const clock{kit::at("2026-10-15 09:24")};
    kit::TempDir directory;
    kit::PostgresDatabase const database(kit::PostgresDatabase::Sorting::by_language);
    store::Options options{directory.path()};
    options.database = database.url();
    EXPECT_EQ(MUST(store::Store::open(options, clock, {}))->migrate().error().code,
              "database_has_wrong_collation");
}
