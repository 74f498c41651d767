#include "world.h"

using namespace tongban;
using namespace tongban::identity;
using namespace tongban::identity::testing;

namespace {
class identity_import : public Site {
protected:
    std::string hash_of(std::string const& subject) {
        auto sql = "SELECT password_hash FROM identity_credential WHERE subject = '" + subject + "'";
        auto reader = MUST(store_->reader());
        return MUST(reader->rows(store::Query{"test.hash", sql, sql}))[0].text("password_hash");
    }
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, identity_import, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(identity_import, people_are_found_by_exact_number_or_phone_only) {
    MUST(identity_.import(pack_.pack()));
    auto reader = MUST(store_->reader());
    auto by_number = MUST(identity_.find(*reader, "990102195603120029"));
    ASSERT_TRUE(by_number);
    EXPECT_EQ(MUST(identity_.find(*reader, "199 0000 0001")), by_number);
    EXPECT_EQ(MUST(identity_.find(*reader, "周桂兰")), std::nullopt);
    EXPECT_EQ(MUST(identity_.find(*reader, "19900000077")), std::nullopt);
    auto person = MUST(identity_.person(*reader, *by_number));
    EXPECT_EQ(person.name, "周桂兰");
    EXPECT_EQ(person.region.text, "990102001001");
    EXPECT_EQ(identity_.person(*reader, PersonId{"nobody"}).error().code, "person_is_unknown");
}

TEST_P(identity_import, nothing_personal_lies_open_in_the_database) {
    MUST(identity_.import(pack_.pack()));
    auto const* sql = "SELECT * FROM identity_person";
    auto reader = MUST(store_->reader());
    auto rows = MUST(reader->rows(store::Query{"test.all", sql, sql}));
    ASSERT_EQ(rows.size(), 2U);
    for (auto const& row : rows) {
        EXPECT_EQ(row.bytes("sealed").find("周桂兰"), std::string::npos);
        EXPECT_EQ(row.text("id_number_blind").find("19560312"), std::string::npos);
        EXPECT_EQ(row.text("phone_blind").size(), 64U);
    }
}

TEST_P(identity_import, twice_keeps_ids_and_hashes_no_password_again) {
    MUST(identity_.import(pack_.pack()));
    auto reader = MUST(store_->reader());
    auto id = MUST(identity_.find(*reader, "19900000001"));
    auto hash = hash_of("resident:" + id->text), staff_hash = hash_of("staff:sl001");
    reader.reset();
    pack_.put("identity/residents.json", residents("19900000055"));
    MUST(identity_.import(pack_.pack()));
    reader = MUST(store_->reader());
    EXPECT_EQ(MUST(identity_.find(*reader, "19900000055")), id) << "same person, new phone";
    EXPECT_EQ(MUST(identity_.find(*reader, "19900000001")), std::nullopt);
    EXPECT_EQ(hash_of("resident:" + id->text), hash);
    pack_.put("identity/residents.json", residents("19900000055", "Another-2026"));
    MUST(identity_.import(pack_.pack()));
    EXPECT_NE(hash_of("resident:" + id->text), hash);
    EXPECT_EQ(hash_of("staff:sl001"), staff_hash);
}

TEST_P(identity_import, passwords_come_to_demonstration_sites_only) {
    pack_.put("org/site.json", R"({"name": "示例市政务服务", "city": "示例市", "host_body": "示例市人民政府",
        "address": "zwfw.shili.example", "hotline": "12345", "demonstration": false})");
    MUST(org_.import(pack_.pack()));
    MUST(identity_.import(pack_.pack()));
    EXPECT_EQ(count("SELECT count(*) AS n FROM identity_person"), 2);
    EXPECT_EQ(count("SELECT count(*) AS n FROM identity_credential"), 0);
}

TEST_P(identity_import, a_wrong_pack_changes_nothing_and_says_where_it_is_wrong) {
    auto refused = [&](std::string const& file) {
        pack_.put("identity/residents.json", file);
        auto result = identity_.import(pack_.pack());
        EXPECT_FALSE(result.ok());
        return result.ok() ? Error{} : result.error();
    };
    auto wrong_check = residents();
    wrong_check.replace(wrong_check.find("990102195603120029"), 18, "990102195603120028");
    EXPECT_EQ(refused(wrong_check).code, "pack_file_is_wrong");
    EXPECT_NE(refused(wrong_check).detail.find("id_number_check_is_wrong"), std::string::npos);
    EXPECT_NE(refused(residents("19900000002")).detail.find("重复"), std::string::npos);
    auto elsewhere = residents();
    elsewhere.replace(elsewhere.find("990102001001"), 12, "110101001001");
    EXPECT_NE(refused(elsewhere).detail.find("region"), std::string::npos);
    EXPECT_NE(refused("{}").detail.find("residents.json"), std::string::npos);
    EXPECT_EQ(count("SELECT count(*) AS n FROM identity_person"), 0);
}

TEST(identity_pack, the_demonstration_region_imports_and_each_of_its_people_is_real_enough) {
    SetClock clock(kit::at("2026-10-15 09:24"));
    auto store = kit::fresh_store(store::Dialect::sqlite, clock, {org::schema(), identity::schema()});
    org::Org org(*store, clock);
    Identity identity(*store, clock, org);
    Pack pack{(tree_root() / "packs/demo-city").string()};
    MUST(org.import(pack));
    MUST(identity.import(pack));
    auto reader = MUST(store->reader());
    auto zhou = MUST(identity.person(*reader, MUST(identity.find(*reader, "19900000001")).value()));
    EXPECT_EQ(zhou.name, "周桂兰");
    EXPECT_EQ(zhou.real_name_level, 2);
    for (auto last = 1; last <= 10; ++last) {
        auto digits = std::to_string(last);
        auto phone = "199000000" + std::string(2 - digits.size(), '0') + digits;
        EXPECT_TRUE(MUST(identity.find(*reader, phone))) << phone;
    }
}
