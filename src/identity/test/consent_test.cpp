// Consents to ask registers: kept as read, withdrawn by the person alone, used up by handing in.
#include "identity/sql.h"
#include "world.h"

using namespace tongban;
using namespace tongban::identity;
using namespace tongban::identity::testing;

namespace {
class identity_consent : public Site {
protected:
    identity_consent() { MUST(identity_.import(pack_.pack())); }
    PersonId person(std::string const& number) {
        auto reader = MUST(store_->reader());
        return *MUST(identity_.find(*reader, number));
    }
    std::string give(PersonId const& who, std::string const& subject) {
        Consent consent;
        consent.person = who;
        consent.subject = subject;
        consent.item = ItemId{"992080005001"};
        consent.item_name = "亲属关系情况证明";
        consent.text_key = "data_consent";
        consent.text_version = "1";
        consent.text_hash = std::string(64, 'a');
        consent.text_title = "同意查询";
        consent.resources = {"户口簿信息", "婚姻登记"};
        consent.given_at = clock_.now();
        auto tx = MUST(store_->begin());
        auto id = identity_.give_consent(*tx, consent);
        MUST(tx->commit());
        return id;
    }
    std::optional<Consent> in_force(PersonId const& who, std::string const& subject) {
        auto reader = MUST(store_->reader());
        return MUST(identity_.consent_for(*reader, who, subject));
    }
    std::string const zhou_ = "990102195603120029", li_ = "99010219810725024X";
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, identity_consent, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(identity_consent, is_kept_as_it_was_read_and_holds_for_one_application) {
    auto id = give(person(zhou_), "draft-1");
    auto found = in_force(person(zhou_), "draft-1");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, id);
    EXPECT_EQ(found->text_hash, std::string(64, 'a'));
    EXPECT_EQ(found->resources, (std::vector<std::string>{"户口簿信息", "婚姻登记"}));
    EXPECT_FALSE(in_force(person(zhou_), "draft-2"));
    EXPECT_FALSE(in_force(person(li_), "draft-1"));
}

TEST_P(identity_consent, is_used_up_with_its_application) {
    give(person(zhou_), "draft-1");
    auto tx = MUST(store_->begin());
    identity_.use_up_consents(*tx, "draft-1");
    MUST(tx->commit());
    EXPECT_FALSE(in_force(person(zhou_), "draft-1"));
}

TEST_P(identity_consent, is_read_and_withdrawn_by_the_person_alone) {
    auto mine = give(person(zhou_), "draft-1");
    auto used = give(person(zhou_), "draft-2");
    {
        auto tx = MUST(store_->begin());
        identity_.use_up_consents(*tx, "draft-2");
        MUST(tx->commit());
    }
    kit::Browser zhou(*dispatcher_), li(*dispatcher_);
    zhou.sign_in("resident", "19900000001", "Tongban-2026");
    li.sign_in("resident", "19900000002", "Tongban-2026");
    EXPECT_EQ(zhou.get("/api/identity/consents").json.at("consents").as_array().size(), 2U);
    EXPECT_TRUE(li.get("/api/identity/consents").json.at("consents").as_array().empty());
    EXPECT_EQ(li.post("/api/identity/consents/" + mine + "/withdrawal", json::object{}).code,
              "consent_is_unknown");
    EXPECT_EQ(zhou.post("/api/identity/consents/" + used + "/withdrawal", json::object{}).code,
              "consent_is_used_up");
    for (int twice = 0; twice < 2; ++twice) {
        auto reply = zhou.post("/api/identity/consents/" + mine + "/withdrawal", json::object{});
        ASSERT_EQ(reply.status, 200) << reply;
        auto const& all = reply.json.at("consents").as_array();
        auto const& first = all[0].at("id").as_string() == mine ? all[0] : all[1];
        EXPECT_EQ(first.at("state").as_string(), "withdrawn");
        EXPECT_FALSE(first.at("may_withdraw").as_bool());
    }
    EXPECT_FALSE(in_force(person(zhou_), "draft-1"));
}
