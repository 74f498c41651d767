// A copy of all rows, made while others write, and taken into an empty database of either kind.
#include <filesystem>
#include <fstream>

#include "kit/kit.h"
#include "ledger.h"

using namespace tongban;
using ledger::same;

namespace {
namespace fs = std::filesystem;

inline constexpr std::string_view diary_sqlite =
    "CREATE TABLE diary_page (id TEXT NOT NULL PRIMARY KEY, words TEXT, version INTEGER NOT NULL) STRICT;"
    "CREATE TABLE diary_note (page TEXT NOT NULL, kind TEXT NOT NULL, flag INTEGER, body BLOB, "
    "PRIMARY KEY (page, kind)) STRICT;"
    "INSERT INTO diary_page VALUES ('seed', 'of the migration', 1);";
inline constexpr std::string_view diary_postgres =
    "CREATE TABLE diary_page (id TEXT NOT NULL PRIMARY KEY, words TEXT, version BIGINT NOT NULL);"
    "CREATE TABLE diary_note (page TEXT NOT NULL, kind TEXT NOT NULL, flag SMALLINT, body BYTEA, "
    "PRIMARY KEY (page, kind));"
    "INSERT INTO diary_page VALUES ('seed', 'of the migration', 1);";

store::Schema diary() {
    store::Schema made;
    made.migrations = {{"diary", "0001_open", diary_sqlite, diary_postgres}};
    return made;
}

constexpr auto insert_page =
    same("diary.insert_page", "INSERT INTO diary_page (id, words, version) VALUES ($1, $2, 1)");
constexpr auto insert_note =
    same("diary.insert_note", "INSERT INTO diary_note (page, kind, flag, body) VALUES ($1, $2, $3, $4)");
constexpr auto load_page = same("diary.load_page", "SELECT words FROM diary_page WHERE id = $1");
constexpr auto load_notes = same("diary.load_notes", "SELECT flag, body FROM diary_note WHERE page = $1");
constexpr auto count_pages = same("diary.count_pages", "SELECT count(*) AS n FROM diary_page");

class copies : public testing::TestWithParam<std::pair<store::Dialect, store::Dialect>> {
protected:
    copies() {
        options_.data_directory = directory_.path() + "/data";
        if (GetParam().second == store::Dialect::postgres) {
            database_ = std::make_unique<kit::PostgresDatabase>();
            options_.database = database_->url();
        }
        fs::create_directories(options_.data_directory);
        fs::create_directories(rows_);
        fs::copy(from_.directory() + "/keys", options_.data_directory + "/keys");
    }
    void write(int pages) {
        auto tx = MUST(from_->begin());
        for (int i = 0; i < pages; ++i) {
            auto id = "page" + std::to_string(next_++);
            tx->write(insert_page, id, "第一行\n\"引号\" \\ 末");
            tx->write(insert_note, id, "sealed", std::optional<std::int64_t>{},
                      from_->sealer().seal("diary_note.body", id, std::string("a\0b", 3)));
        }
        tx->audit({"staff:s1", "ledger.open", "pages", {}});
        MUST(tx->commit());
        MUST(from_->seal_audit());
    }
    std::unique_ptr<store::Store> target() { return MUST(store::Store::open(options_, clock_, {diary()})); }
    std::string refusal(store::Copy const& copy) {
        auto taken = target()->copy_in(rows_, copy);
        return taken.ok() ? "ok" : taken.error().code;
    }

    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::FreshStore from_ = kit::fresh_store(GetParam().first, clock_, {diary()});
    kit::TempDir directory_;
    std::string rows_ = directory_.path() + "/rows";
    std::unique_ptr<kit::PostgresDatabase> database_;
    store::Options options_;
    int next_ = 1;
};

std::string names(testing::TestParamInfo<std::pair<store::Dialect, store::Dialect>> const& info) {
    auto name = [](store::Dialect dialect) {
        return dialect == store::Dialect::sqlite ? "sqlite" : "postgres";
    };
    return std::string(name(info.param.first)) + "_to_" + name(info.param.second);
}
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, copies,
                         testing::Values(std::pair{store::Dialect::sqlite, store::Dialect::sqlite},
                                         std::pair{store::Dialect::sqlite, store::Dialect::postgres},
                                         std::pair{store::Dialect::postgres, store::Dialect::sqlite},
                                         std::pair{store::Dialect::postgres, store::Dialect::postgres}),
                         names);

TEST_P(copies, hold_every_row_as_it_was_on_either_database) {
    write(1203);  // more than two pages
    auto copy = MUST(from_->copy_out(rows_));
    EXPECT_EQ(copy.rows.at("diary_page"), 1204);
    EXPECT_EQ(copy.audit_sealed, 1);
    auto to = target();
    MUST(to->copy_in(rows_, copy));
    MUST(to->check_schema());
    auto reader = MUST(to->reader());
    EXPECT_EQ(MUST(reader->rows(count_pages))[0].integer("n"), 1204);
    EXPECT_EQ(MUST(reader->rows(load_page, "page7"))[0].text("words"), "第一行\n\"引号\" \\ 末");
    auto note = MUST(reader->rows(load_notes, "page7"));
    EXPECT_TRUE(note[0].is_null("flag"));
    EXPECT_EQ(MUST(to->sealer().open_sealed("diary_note.body", "page7", note[0].bytes("body"))),
              std::string("a\0b", 3));
    auto audit = MUST(to->verify_audit());
    EXPECT_EQ(audit.head, copy.audit_head);
    EXPECT_FALSE(audit.head.empty());
}

TEST_P(copies, are_of_one_moment_whatever_is_written_meanwhile) {
    write(700);
    std::atomic<bool> enough{false};
    std::thread writer([&] {
        while (!enough) write(3);
    });
    std::vector<store::Copy> made;
    for (int i = 0; i < 5; ++i) {
        auto copy = MUST(from_->copy_out(rows_));
        EXPECT_EQ(copy.rows.at("diary_page"), copy.rows.at("diary_note") + 1) << "half a transaction";
        EXPECT_EQ((copy.rows.at("diary_note") - 700) % 3, 0);
        made.push_back(std::move(copy));
    }
    enough = true;
    writer.join();
    auto to = target();
    MUST(to->copy_in(rows_, made.back()));
    MUST(to->verify_audit());
}

TEST_P(copies, go_into_empty_places_only_and_with_their_own_keys) {
    write(3);
    auto copy = MUST(from_->copy_out(rows_));
    auto foreign = copy;
    foreign.key_fingerprint = "another";
    EXPECT_EQ(refusal(foreign), "keys_do_not_fit_database");
    auto newer = copy;
    newer.migrations.emplace_back("diary", "0009_later");
    EXPECT_EQ(refusal(newer), "database_is_newer_than_program");
    EXPECT_EQ(refusal(copy), "ok");
    EXPECT_EQ(refusal(copy), "database_is_not_empty");
}

TEST_P(copies, that_are_damaged_leave_nothing_behind) {
    write(3);
    auto const copy = MUST(from_->copy_out(rows_));
    auto file = rows_ + "/diary_page.jsonl";
    std::ifstream in(file);
    std::string const whole(std::istreambuf_iterator<char>(in), {});
    for (auto const& wrong :
         {whole.substr(0, whole.size() / 2), whole + "[\"one more\",null,1]\n", whole + "{}\n",
          whole + "[\"short\"]\n", whole + "[true,null,1]\n", whole + "[{\"b\":\"???\"},null,1]\n",
          "[\"id\",\"nobody\"]\n" + whole.substr(whole.find('\n') + 1), std::string()}) {
        std::ofstream(file, std::ios::trunc) << wrong;
        EXPECT_EQ(refusal(copy), "backup_is_damaged") << wrong.substr(0, 200);
    }
    std::ofstream(file, std::ios::trunc) << whole;
    auto other = copy;
    other.rows.erase("diary_note");
    EXPECT_EQ(refusal(other), "backup_is_damaged");
    other = copy;
    other.rows["ledger_gone"] = 0;
    EXPECT_EQ(refusal(other), "backup_is_damaged");
    EXPECT_EQ(refusal(copy), "ok") << "nothing of the tries is left";
}

TEST_P(copies, that_do_not_fit_on_the_disk_are_refused) {
    write(1);
    auto copied = from_->copy_out(directory_.path() + "/nowhere");
    ASSERT_FALSE(copied.ok());
    EXPECT_EQ(copied.error().code, "disk_cannot_be_written");
}
