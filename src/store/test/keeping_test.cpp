// Numbers, first answers, sealed columns, audit.
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "kit/kit.h"
#include "ledger.h"

using namespace tongban;
using namespace tongban::ledger;

namespace {
class keeping : public testing::TestWithParam<store::Dialect> {
protected:
    void audit(int rows) {
        auto tx = MUST(store_->begin());
        for (int i = 0; i < rows; ++i)
            tx->audit({"staff:s1", "ledger.open", "page" + std::to_string(i), {{"n", i}, {"code", "c"}}});
        MUST(tx->commit());
    }
    void tamper(std::string const& text) {
        auto tx = MUST(store_->begin());
        tx->write(same("t", text));
        MUST(tx->commit());
    }
    std::string verdict() {
        auto verified = store_->verify_audit();
        return verified.ok() ? "ok" : verified.error().code + " " + verified.error().detail;
    }

    SetClock clock_{kit::at("2026-10-15 09:24")};
    kit::FreshStore store_ = kit::fresh_store(GetParam(), clock_, {ledger::schema()});
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, keeping, testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(keeping, numbers_have_no_gaps_however_many_ask_and_give_up) {
    std::mutex mutex;
    std::vector<std::int64_t> kept;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 15; ++i) {
                auto tx = MUST(store_->begin());
                auto number = MUST(tx->next_number("letter", "示街受:2026"));
                if ((t + i) % 4 == 0) continue;
                MUST(tx->commit());
                std::lock_guard lock(mutex);
                kept.push_back(number);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    std::sort(kept.begin(), kept.end());
    ASSERT_FALSE(kept.empty());
    for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_EQ(kept[i], static_cast<std::int64_t>(i) + 1);
    auto tx = MUST(store_->begin());
    EXPECT_EQ(MUST(tx->next_number("letter", "示街受:2027")), 1);
    EXPECT_EQ(MUST(tx->next_number("letter", "示街受:2027")), 2);
}

TEST_P(keeping, the_first_answer_is_given_again) {
    {
        auto tx = MUST(store_->begin());
        EXPECT_FALSE(MUST(tx->first_answer("resident:p", "cases.submit", "k1")).has_value());
        tx->keep_answer("resident:p", "cases.submit", "k1", "{\"周桂兰\":1}");
        tx->keep_answer("resident:p", "cases.submit", "", "nothing");
        MUST(tx->commit());
    }
    auto tx = MUST(store_->begin());
    EXPECT_EQ(MUST(tx->first_answer("resident:p", "cases.submit", "k1")), "{\"周桂兰\":1}");
    EXPECT_FALSE(MUST(tx->first_answer("resident:q", "cases.submit", "k1")).has_value());
    EXPECT_FALSE(MUST(tx->first_answer("resident:p", "cases.cancel", "k1")).has_value());
    EXPECT_FALSE(MUST(tx->first_answer("resident:p", "cases.submit", "")).has_value());
    auto rows = MUST(tx->rows(same("t", "SELECT answer, key_hash FROM store_answer")));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].bytes("answer").find("周桂兰"), std::string::npos) << "sealed at rest";
    tx->keep_answer("resident:p", "cases.submit", "k1", "another");
    EXPECT_EQ(tx->commit().error().code, "request_came_twice");
}

TEST_P(keeping, sealed_values_open_only_where_they_were_put) {
    auto const& sealer = store_->sealer();
    auto sealed = sealer.seal("identity_person.name", "p1", "周桂兰");
    EXPECT_EQ(sealed.bytes.find("周桂兰"), std::string::npos);
    EXPECT_EQ(MUST(sealer.open_sealed("identity_person.name", "p1", sealed.bytes)), "周桂兰");
    EXPECT_NE(sealer.seal("identity_person.name", "p1", "周桂兰").bytes, sealed.bytes)
        << "a fresh nonce each time";
    auto code_of = [&](std::string_view place, std::string_view row, std::string_view bytes) {
        auto opened = sealer.open_sealed(place, row, bytes);
        return opened.ok() ? std::string("ok") : opened.error().code;
    };
    EXPECT_EQ(code_of("identity_person.name", "p2", sealed.bytes), "sealed_value_does_not_open");
    EXPECT_EQ(code_of("identity_person.phone", "p1", sealed.bytes), "sealed_value_does_not_open");
    EXPECT_EQ(code_of("identity_person.namep", "1", sealed.bytes), "sealed_value_does_not_open");
    EXPECT_EQ(code_of("identity_person.name", "p1", ""), "sealed_value_does_not_open");
    EXPECT_EQ(code_of("identity_person.name", "p1", sealed.bytes.substr(0, 20)),
              "sealed_value_does_not_open");
    for (std::size_t i = 0; i < sealed.bytes.size(); ++i) {
        auto wrong = sealed.bytes;
        wrong[i] = static_cast<char>(wrong[i] ^ 1);
        EXPECT_EQ(code_of("identity_person.name", "p1", wrong), "sealed_value_does_not_open") << i;
    }
    EXPECT_EQ(MUST(sealer.open_sealed("a", "b", sealer.seal("a", "b", "").bytes)), "");
    EXPECT_EQ(sealer.blind("identity_person.number", "x").size(), 64U);
    EXPECT_EQ(sealer.blind("identity_person.number", "x"), sealer.blind("identity_person.number", "x"));
    EXPECT_NE(sealer.blind("identity_person.number", "x"), sealer.blind("identity_person.phone", "x"));
    EXPECT_EQ(sealer.derive("cookies").size(), 32U);
    EXPECT_NE(sealer.derive("cookies"), sealer.derive("codes"));
}

TEST_P(keeping, keys_are_for_their_owner_and_are_never_made_for_a_database_that_has_tables) {
    namespace fs = std::filesystem;
    auto folder = fs::path(store_.directory()) / "keys";
    EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
    for (auto name : {"master.key", "audit.key"})
        EXPECT_EQ(fs::status(folder / name).permissions(), fs::perms::owner_read | fs::perms::owner_write)
            << name;
    auto sealed = store_->sealer().seal("a", "b", "c");
    store_.reopen();
    EXPECT_EQ(MUST(store_->sealer().open_sealed("a", "b", sealed.bytes)), "c");
    store_.close();
    auto code_of_open = [&] {
        auto opened = store::Store::open(store_.options(), clock_, {ledger::schema()});
        return opened.ok() ? (*opened)->check_schema().ok() ? std::string("ok")
                                                            : (*opened)->check_schema().error().code
                           : opened.error().code;
    };
    EXPECT_EQ(code_of_open(), "ok");
    fs::permissions(folder / "master.key", fs::perms::group_read, fs::perm_options::add);
    EXPECT_EQ(code_of_open(), "keys_cannot_be_used");
    fs::rename(folder / "master.key", folder / "elsewhere");
    EXPECT_EQ(code_of_open(), "keys_are_missing");
    std::ofstream(folder / "master.key") << std::string(64, 'a') << "\n";
    fs::permissions(folder / "master.key", fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(code_of_open(), "keys_do_not_fit_database");
    std::ofstream(folder / "master.key") << "abc";
    EXPECT_EQ(code_of_open(), "keys_cannot_be_used");
}

TEST_P(keeping, audit_rows_are_chained_and_the_tail_is_named) {
    EXPECT_EQ(MUST(store_->verify_audit()).rows, 0);
    audit(3);
    auto tail = MUST(store_->verify_audit());
    EXPECT_EQ(tail.sealed, 0);
    EXPECT_EQ(tail.tail, 3);
    MUST(store_->seal_audit());
    audit(700);
    MUST(store_->seal_audit());
    audit(2);
    auto report = MUST(store_->verify_audit());
    EXPECT_EQ(report.rows, 705);
    EXPECT_EQ(report.sealed, 703);
    EXPECT_EQ(report.tail, 2);
    EXPECT_EQ(report.head.size(), 64U);
    MUST(store_->seal_audit());
    EXPECT_NE(MUST(store_->verify_audit()).head, report.head);
    EXPECT_EQ(MUST(store_->backlog()).unsealed_audit, 0);
}

TEST_P(keeping, two_sealers_at_once_make_one_chain) {
    audit(60);
    auto other = MUST(store::Store::open(store_.options(), clock_, {ledger::schema()}));
    auto seal = [&](store::Store& store) {
        for (int i = 0; i < 20; ++i) {
            auto done = store.seal_audit();
            auto code = done.ok() ? "ok" : done.error().code;
            EXPECT_TRUE(code == "ok" || code == "audit_is_being_sealed" || code == "row_already_exists")
                << code;
        }
    };
    std::thread first([&] { seal(*store_); }), second([&] { seal(*other); });
    first.join();
    second.join();
    EXPECT_EQ(verdict(), "ok");
    EXPECT_EQ(MUST(store_->verify_audit()).sealed, 60);
}

TEST_P(keeping, a_changed_row_is_named) {
    audit(5);
    MUST(store_->seal_audit());
    for (auto change : {"facts = '{}'", "actor = 'staff:s2'", "verb = 'ledger.close'", "at = at + 1"}) {
        auto before =
            MUST(MUST(store_->reader())
                     ->rows(same("t", "SELECT facts, actor, verb, at FROM store_audit WHERE position = 3")));
        tamper(std::string("UPDATE store_audit SET ") + change + " WHERE position = 3");
        EXPECT_EQ(verdict().rfind("audit_chain_is_broken", 0), 0U) << change;
        EXPECT_NE(verdict().find("第 3 行"), std::string::npos) << verdict();
        auto tx = MUST(store_->begin());
        tx->write(
            same("t", "UPDATE store_audit SET facts = $1, actor = $2, verb = $3, at = $4 WHERE position = 3"),
            before[0].text("facts"), before[0].text("actor"), before[0].text("verb"),
            before[0].integer("at"));
        MUST(tx->commit());
        EXPECT_EQ(verdict(), "ok");
    }
}

TEST_P(keeping, a_missing_row_is_named_wherever_it_was) {
    audit(5);
    MUST(store_->seal_audit());
    tamper("DELETE FROM store_audit WHERE position = 5");
    EXPECT_NE(verdict().find("缺少第 5 行"), std::string::npos) << verdict();
    tamper("DELETE FROM store_audit WHERE position = 2");
    EXPECT_NE(verdict().find("缺少第 2 行"), std::string::npos) << verdict();
}

TEST_P(keeping, an_extra_row_and_a_rewritten_chain_are_named) {
    audit(3);
    MUST(store_->seal_audit());
    audit(1);
    tamper("UPDATE store_audit SET position = 4, link = '00' WHERE position IS NULL");
    EXPECT_NE(verdict().find("第 4 行"), std::string::npos) << verdict();
    EXPECT_NE(verdict().find("多出来"), std::string::npos) << verdict();
    tamper("DELETE FROM store_audit WHERE position = 4");
    EXPECT_EQ(verdict(), "ok");
    tamper("UPDATE store_audit_seal SET link = '00'");
    EXPECT_NE(verdict().find("签名不符"), std::string::npos) << verdict();
}

TEST_P(keeping, whoever_lacks_the_key_cannot_seal_a_chain_of_his_own) {
    audit(2);
    MUST(store_->seal_audit());
    tamper("UPDATE store_audit_seal SET sealed_at = sealed_at + 1");
    EXPECT_NE(verdict().find("签名不符"), std::string::npos) << verdict();
}
