// At the counter: walk-ins, codes shown at a window, firms, and who looked.
#include "identity/sql.h"
#include "world.h"

using namespace tongban;
using namespace tongban::identity;
using namespace tongban::identity::testing;

namespace {
constexpr char const* firm = "91990102MADEM0011M";

class identity_counter : public Site {
protected:
    identity_counter() {
        pack_.put("identity/firms.json", firms("2026-03-01", "2026-12-31"));
        MUST(identity_.import(pack_.pack()));
    }
    static std::string firms(std::string const& from, std::string const& until) {
        return R"({"firms": [{"uscc": "91990102MADEM0011M", "name": "示例区好味来餐饮店有限公司",
          "address": "示例路102号", "legal_person": {"name": "周桂兰", "id_number": "990102195603120029"},
          "mandates": [{"id_number": "99010219810725024X", "valid_from": ")" +
               from + R"(", "valid_until": ")" + until + R"("}]}]})";
    }
    PersonId person(std::string const& number) {
        auto reader = MUST(store_->reader());
        return *MUST(identity_.find(*reader, number));
    }
    Result<PersonId> register_one(WalkIn const& who) {
        auto tx = MUST(store_->begin());
        auto id = identity_.register_walk_in(*tx, clerk_, who);
        if (id.ok()) MUST(tx->commit());
        return id;
    }
    Result<PersonId> spend(std::string const& code) {
        auto tx = MUST(store_->begin());
        auto id = identity_.spend_code(*tx, code);
        if (!id.ok()) return id;
        auto done = tx->commit();
        return done.ok() ? id : Result<PersonId>(done.error());
    }
    std::string refusal(std::string const& uscc, std::string const& number) {
        auto reader = MUST(store_->reader());
        auto acting = identity_.acting_for(*reader, person(number), uscc);
        return acting.ok() ? "" : acting.error().code;
    }
    Actor clerk_ = [] {
        Actor by;
        by.kind = ActorKind::staff;
        by.staff = StaffId{"sl001"};
        by.body = BodyId{"11990102MB0D20011R"};
        return by;
    }();
    std::string const zhou_ = "990102195603120029", li_ = "99010219810725024X";
    WalkIn const stranger_{"陈大力", "990121197912050333", "19900000008", "白鹭村2组7号",
                           RegionCode{"990102001000"}};
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, identity_counter, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(identity_counter, a_stranger_with_a_card_is_registered_once_at_level_two) {
    auto first = MUST(register_one(stranger_));
    auto moved = stranger_;
    moved.phone = "19900000018";
    EXPECT_EQ(MUST(register_one(moved)), first);
    auto reader = MUST(store_->reader());
    auto known = MUST(identity_.person(*reader, first));
    EXPECT_EQ(known.real_name_level, 2);
    EXPECT_EQ(known.phone, "19900000018") << "without an account the newest phone counts";
    EXPECT_EQ(known.region.text, "990102001000");
    EXPECT_EQ(kit::Browser(*dispatcher_).sign_in("resident", "19900000018", "Tongban-2026").status, 401)
        << "registered, but without an account";
}

TEST_P(identity_counter, a_phone_of_somebody_else_is_told_but_signs_nobody_else_in) {
    auto borrowed = stranger_;
    borrowed.phone = "19900000001";
    auto id = MUST(register_one(borrowed));
    auto reader = MUST(store_->reader());
    EXPECT_EQ(MUST(identity_.person(*reader, id)).phone, "19900000001");
    EXPECT_EQ(*MUST(identity_.find(*reader, "19900000001")), person(zhou_));
}

TEST_P(identity_counter, who_has_an_account_keeps_the_phone_and_gains_the_level) {
    pack_.put("identity/residents.json", [] {
        auto text = residents();
        return text.replace(text.find("\"real_name_level\": 2"), 20, "\"real_name_level\": 1");
    }());
    MUST(identity_.import(pack_.pack()));
    WalkIn const card{"周桂兰", zhou_, "19900000077", "", RegionCode{"990102001000"}};
    auto id = MUST(register_one(card));
    auto reader = MUST(store_->reader());
    EXPECT_EQ(MUST(identity_.person(*reader, id)).real_name_level, 2);
    EXPECT_EQ(MUST(identity_.person(*reader, id)).phone, "19900000001");
}

TEST_P(identity_counter, a_card_with_another_name_is_no_proof) {
    WalkIn const other{"周桂花", zhou_, "19900000001", "", RegionCode{"990102001000"}};
    EXPECT_EQ(register_one(other).error().code, "person_is_known_by_another_name");
}

TEST_P(identity_counter, a_code_is_shown_once_for_a_minute_and_spent_by_its_first_use) {
    kit::Browser at(*dispatcher_);
    at.sign_in("resident", "19900000001", "Tongban-2026");
    auto shown = at.get("/api/identity/my-code");
    ASSERT_EQ(shown.status, 200) << shown;
    EXPECT_EQ(shown.text("/code").size(), 8U);
    EXPECT_EQ(shown.text("/until"), "2026-10-15T09:25:00+08:00");
    EXPECT_EQ(MUST(spend(shown.text("/code"))), person(zhou_));
    EXPECT_EQ(spend(shown.text("/code")).error().code, "code_is_unknown_or_old") << "spent";
    auto old = at.get("/api/identity/my-code").text("/code");
    auto fresh = at.get("/api/identity/my-code").text("/code");
    EXPECT_EQ(spend(old).error().code, "code_is_unknown_or_old") << "a new one replaces it";
    clock_.set(kit::at("2026-10-15 09:25"));
    EXPECT_EQ(spend(fresh).error().code, "code_is_unknown_or_old") << "a minute has passed";
}

TEST_P(identity_counter, a_legal_person_and_an_agent_act_for_the_firm_while_the_mandate_holds) {
    kit::Browser at(*dispatcher_);
    at.sign_in("resident", "19900000002", "Tongban-2026");
    auto mine = at.get("/api/identity/firms");
    EXPECT_EQ(mine.text("/firms/0/uscc"), firm);
    EXPECT_EQ(mine.text("/firms/0/role"), "agent");
    EXPECT_EQ(mine.text("/firms/0/legal_person"), mask_name("周桂兰"));
    EXPECT_EQ(mine.text("/firms/0/valid_until"), "2026-12-31");
    EXPECT_EQ(refusal(firm, zhou_), "");
    EXPECT_EQ(refusal("91990102MADEM10146", zhou_), "firm_is_unknown");
    MUST(register_one(stranger_));
    EXPECT_EQ(refusal(firm, stranger_.id_number), "mandate_is_missing");
    clock_.set(kit::at("2027-01-01 09:00"));
    EXPECT_EQ(refusal(firm, li_), "mandate_is_not_valid_today");
    EXPECT_EQ(refusal(firm, zhou_), "") << "an office does not run out";
}

TEST_P(identity_counter, a_pack_with_a_wrong_firm_changes_nothing) {
    for (auto const& [from, until] : {std::pair{"2026-13-01", "2026-12-31"}, {"2026-03-01", "2026-02-01"}}) {
        pack_.put("identity/firms.json", firms(from, until));
        EXPECT_EQ(identity_.import(pack_.pack()).error().code, "pack_file_is_wrong");
    }
    EXPECT_EQ(refusal(firm, li_), "");
    pack_.put("identity/firms.json", R"({"firms": []})");
    MUST(identity_.import(pack_.pack()));
    EXPECT_EQ(refusal(firm, zhou_), "firm_is_unknown") << "the register does not know it any more";
}

TEST_P(identity_counter, a_person_sees_who_looked_and_a_page_seen_twice_a_day_is_one_row) {
    auto const number = std::string("99010220261015000012A");
    Access view{person(zhou_), "staff:sl001", clerk_.body, "办理您的申请", "duty", number, {"case.page"}};
    for (int i = 0; i < 3; ++i) MUST(identity_.record_view(view));
    view.actor = "staff:sl005";
    MUST(identity_.record_view(view));
    {
        auto tx = MUST(store_->begin());
        Access call{person(zhou_), "system:rules", {}, "核对户籍", "consent", number, {"公安户籍：户籍地址"}};
        call.basis_text = "您在10月15日的授权";
        identity_.record_access(*tx, call);
        MUST(tx->commit());
    }
    kit::Browser at(*dispatcher_);
    at.sign_in("resident", "19900000001", "Tongban-2026");
    auto looks = at.get("/api/identity/looks");
    ASSERT_EQ(looks.status, 200) << looks;
    auto const& all = looks.json.at("looks").as_array();
    ASSERT_EQ(all.size(), 3U);
    std::map<std::string, Json> by_who;
    for (auto const& each : all) by_who[std::string(each.at("who").as_string())] = each;
    EXPECT_EQ(by_who.at("林静").at("what").at(0).as_string(), "办件内容（已隐去部分号码）");
    EXPECT_EQ(by_who.at("系统").at("basis_text").as_string(), "您在10月15日的授权");
    EXPECT_EQ(by_who.at("系统").at("what").at(0).as_string(), "公安户籍：户籍地址");
    EXPECT_TRUE(by_who.contains("顾小满"));
    auto english = at.get("/api/identity/looks", {{"Accept-Language", "en"}});
    EXPECT_NE(english.body.find("Statutory duty"), std::string::npos);
    clock_.set(kit::at("2026-10-16 00:01"));
    MUST(identity_.record_view(view));
    EXPECT_EQ(count("SELECT count(*) AS n FROM identity_access"), 4) << "a new day, a new row";
}

TEST_P(identity_counter, looks_come_in_pages_and_a_foreign_cursor_shows_the_first) {
    for (int i = 0; i < 60; ++i) {
        auto tx = MUST(store_->begin());
        identity_.record_access(*tx, {person(zhou_), "staff:sl001", clerk_.body, "办理", "duty", "", {}});
        MUST(tx->commit());
    }
    kit::Browser at(*dispatcher_);
    at.sign_in("resident", "19900000001", "Tongban-2026");
    auto first = at.get("/api/identity/looks");
    EXPECT_EQ(first.json.at("looks").as_array().size(), 50U);
    auto cursor = first.text("/next");
    cursor.replace(cursor.find('|'), 1, "%7C");
    EXPECT_EQ(at.get("/api/identity/looks?after=" + cursor).json.at("looks").as_array().size(), 10U);
    for (auto const* odd : {"x", "%7C", "12x%7Cy"})
        EXPECT_EQ(at.get(std::string("/api/identity/looks?after=") + odd).json.at("looks").as_array().size(),
                  50U);
}
