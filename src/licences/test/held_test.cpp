// Licences that somebody holds: ours and those of other registers; what is used is logged.
#include "world.h"

using namespace tongban;
using namespace tongban::licences;
using namespace tongban::licences::testing;

namespace {
class licences_held : public Site {
protected:
    licences_held() { MUST(identity_.import(pack_)); }
    PersonId person(std::string_view number) {
        auto reader = MUST(store_->reader());
        return *MUST(identity_.find(*reader, number));
    }
    std::vector<Held> held(std::string_view number, std::string_view type) {
        auto id = person(number);
        auto reader = MUST(store_->reader());
        return MUST(licences_.held(*reader, MUST(identity_.person(*reader, id)), type));
    }
    /// The pack with another register.
    Result<void> import_register(std::string const& text) {
        auto folder = std::filesystem::path(copy_.path()) / "pack";
        std::filesystem::remove_all(folder);
        std::filesystem::copy(tree_root() / "packs/demo-city", folder,
                              std::filesystem::copy_options::recursive);
        std::ofstream(folder / "licences/held.json") << text;
        return licences_.import(Pack{folder.string()});
    }
    kit::TempDir copy_;
};
constexpr char const* li = "99010219810725024X";
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, licences_held, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(licences_held, a_licence_of_another_issuer_is_found_by_its_holder) {
    auto found = held(li, "marriage_certificate");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].type_name, "结婚证");
    EXPECT_EQ(found[0].issuer_name, "示例市示例区民政局");
    EXPECT_EQ(found[0].origin, Held::Origin::register_of_others);
    EXPECT_EQ(found[0].face.at(0).key, "spouse_name");
    EXPECT_TRUE(held(li, "estate_certificate").empty());
    EXPECT_TRUE(held("990102195603120029", "marriage_certificate").empty());
}

TEST_P(licences_held, what_has_expired_is_not_held) {
    EXPECT_TRUE(held("990121198506150552", "residence_permit").empty()) << "expired in 2025";
    EXPECT_EQ(held("990102198801300315", "health_certificate").size(), 1U);
    clock_.set(kit::at("2027-02-11 09:00"));
    EXPECT_TRUE(held("990102198801300315", "health_certificate").empty());
}

TEST_P(licences_held, ours_are_held_too_and_a_use_shows_in_their_history) {
    auto zhou = person("990102195603120029");
    auto wish = order();
    wish.holder = zhou;
    auto issued = MUST(licences_.issue(wish));
    auto found = held("990102195603120029", "kinship_proof");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, issued.id);
    EXPECT_EQ(found[0].origin, Held::Origin::ours);
    {
        auto tx = MUST(store_->begin());
        licences_.record_use(*tx, {issued.id, Actor::system("rules"), "99010220261015000012A", "代替户口簿"});
        MUST(tx->commit());
    }
    auto shown = get(zhou.text, "/api/licences/mine/" + issued.id.text);
    int used = 0;
    for (auto const& each : shown.json.at("history").as_array())
        if (each.at("what").as_string() == "used") {
            ++used;
            EXPECT_EQ(each.at("case_no").as_string(), "99010220261015000012A");
            EXPECT_EQ(each.at("purpose").as_string(), "代替户口簿");
        }
    EXPECT_EQ(used, 1) << shown;
}

TEST_P(licences_held, a_firm_holds_by_its_credit_code) {
    auto reader = MUST(store_->reader());
    auto found = MUST(licences_.held_by_firm(*reader, "91990102MADEM0011M", "business_licence"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].holder_name, "示例区好味来餐饮店有限公司");
}

TEST_P(licences_held, what_a_register_no_longer_sends_is_not_held_and_comes_back_with_its_id) {
    auto before = held(li, "marriage_certificate").at(0).id;
    MUST(import_register(R"({"as_of":"2026-10-13","types":[],"licences":[]})"));
    EXPECT_TRUE(held(li, "marriage_certificate").empty());
    MUST(licences_.import(pack_));
    EXPECT_EQ(held(li, "marriage_certificate").at(0).id, before);
}

TEST_P(licences_held, a_wrong_register_is_refused_whole) {
    auto one = [](std::string const& more) {
        return R"({"as_of":"2026-10-13","types":[{"key":"t","name":"某证","face":[]}],"licences":[{)" + more +
               R"("issuer":"某局","holder":"李晓燕","issued_on":"2020-01-01","face":{}}]})";
    };
    for (auto const& more : {R"("type":"u","number":"n1","holder_number":"99010219810725024X",)",
                             R"("type":"t","number":"n1","holder_number":"12",)",
                             R"("type":"t","holder_number":"99010219810725024X",)"})
        EXPECT_EQ(import_register(one(more)).error().code, "pack_file_is_wrong") << more;
    EXPECT_EQ(held(li, "marriage_certificate").size(), 1U);
    EXPECT_TRUE(
        import_register(one(R"("type":"t","number":"n1","holder_number":"99010219810725024X",)")).ok());
}
