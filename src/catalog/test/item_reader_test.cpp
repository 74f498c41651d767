#include <gtest/gtest.h>

#include "catalog/contents.h"
#include "kinship_pack.h"

namespace tongban::catalog {
namespace {

using test::Fault, test::told, test::KinshipPack;

constexpr char const* folder = "catalog/items/992080005001";

class ItemFault : public testing::TestWithParam<Fault> {};

TEST_P(ItemFault, IsToldWithItsPlace) {
    auto const& fault = GetParam();
    KinshipPack copy;
    copy.change(std::string(folder) + "/" + fault.file, fault.from, fault.to);
    auto read = read_contents(copy.pack());
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code, "pack_has_errors");
    EXPECT_EQ(told(read.error(), std::string(folder) + "/" + fault.place), fault.code) << read.error().detail;
}

/// Files and places are those of the item's folder.
Fault const faults[] = {
    {"code", "item.json", "\"992080005001\"", "\"99208000500X\"", "item.json#/code",
     "item_code_is_malformed"},
    {"folder", "item.json", "\"992080005001\"", "\"992080005002\"", "item.json#/code",
     "item_code_differs_from_folder"},
    {"level", "item.json", "\"level\": \"town\"", "\"level\": \"street\"", "item.json#/level",
     "pack_value_is_not_one_of"},
    {"village", "item.json", "\"level\": \"town\"", "\"level\": \"village\"", "item.json#/level",
     "community_may_not_issue"},
    {"proof_kind", "item.json", "\"kinship\"", "\"friendship\"", "item.json#/proof_kind",
     "proof_kind_is_unknown"},
    {"visits", "item.json", "\"visits\": 0", "\"visits\": 99", "item.json#/visits",
     "pack_number_is_out_of_range"},
    {"theme", "item.json", "\"theme\": \"proof\"", "\"theme\": \"sport\"", "item.json#/theme",
     "theme_is_unknown"},
    {"unit", "item.json", "\"value\": 2, \"unit\": \"working_day\"", "\"value\": 2, \"unit\": \"fortnight\"",
     "item.json#/promise/unit", "pack_value_is_not_one_of"},
    {"longer_than_law", "item.json", "\"statutory_text\"",
     "\"statutory\": {\"value\": 1, \"unit\": \"working_day\"}, \"statutory_text\"", "item.json#/promise",
     "promise_is_longer_than_statutory"},
    {"extension", "item.json", "\"visits_text\"", "\"extension_days_max\": 61, \"visits_text\"",
     "item.json#/extension_days_max", "pack_number_is_out_of_range"},
    {"unknown_key", "item.json", "\"visits_text\"", "\"visit_text\"", "item.json#/visit_text",
     "pack_key_is_unknown"},
    {"condition_outside_the_subset", "item.json", "relation = \\\"spouse\\\"\"",
     "some x in [relation] satisfies x = \\\"spouse\\\"\"", "item.json#/materials/4/when",
     "expression_is_beyond_the_browser"},
    {"condition_unknown_name", "item.json", "\"when\": \"relation = ", "\"when\": \"relatoin = ",
     "item.json#/materials/4/when", "name_is_not_known"},
    {"condition_no_such_choice", "item.json", "\"when\": \"relation = \\\"spouse\\\"",
     "\"when\": \"relation = \\\"wife\\\"", "item.json#/materials/4/when", "condition_names_no_such_choice"},
    {"condition_in_no_such_choice", "item.json", "\\\"mother\\\", \\\"son\\\"", "\\\"mum\\\", \\\"son\\\"",
     "item.json#/materials/3/when", "condition_names_no_such_choice"},
    {"condition_is_a_text", "item.json", "\"when\": \"relation = \\\"spouse\\\"\"", "\"when\": \"relation\"",
     "item.json#/materials/4/when", "condition_is_not_a_boolean"},
    {"way", "item.json", "[\"upload\", \"promise\"]", "[\"post\", \"promise\"]",
     "item.json#/materials/2/ways", "way_is_unknown"},
    {"waived_and_more", "item.json", "[\"waived\"]", "[\"waived\", \"upload\"]",
     "item.json#/materials/0/ways", "waived_stands_alone"},
    {"waived_without_reason", "item.json", "\"waived_because\"", "\"copies\"",
     "item.json#/materials/0/waived_because", "waiver_needs_its_reason"},
    {"promise_without_text", "item.json", "\"promise\": \"household_register\",", "",
     "item.json#/materials/2/promise", "promise_needs_its_text"},
    {"promise_unknown", "item.json", "\"promise\": \"household_register\"", "\"promise\": \"household\"",
     "item.json#/materials/2/promise", "text_is_unknown"},
    {"promise_unused", "item.json", "\"promise\": \"household_register\"", "\"promise\": \"commitment\"",
     "texts.json#/promises/household_register", "text_is_not_used"},
    {"catch_all", "item.json", "\"居民户口簿\"", "\"其他材料\"", "item.json#/materials/2/name",
     "material_is_a_catch_all"},
    {"material_twice", "item.json", "\"key\": \"household_register\"", "\"key\": \"commitment\"",
     "item.json#/materials/2/key", "pack_names_it_twice"},
    {"file_kind", "item.json", "[\"pdf\", \"jpeg\", \"png\"]", "[\"pdf\", \"heic\"]",
     "item.json#/materials/2/accept", "file_kind_is_unknown"},
    {"flow", "item.json", "reviewer:审核", "reviewer", "item.json#/flow", "flow_step_is_malformed"},
    {"collection", "item.json", "\"electronic\"", "\"pigeon\"", "item.json#/collection",
     "collection_is_unknown"},
    {"court", "item.json", "{court}", "法院", "item.json#/remedies", "remedies_name_no_body_or_court"},
    {"face", "item.json", "\"relative_name\": \"other_name\"", "\"relative_name\": \"their_name\"",
     "item.json#/licence_face/relative_name", "name_is_not_known"},
    {"form", "form.json", "\"kind\": \"phone\"", "\"kind\": \"fax\"", "form.json#/pages/1/fields/3/kind",
     "field_kind_is_not_known"},
    {"guide", "guide.json", "\"conditions\"", "\"condition\"", "guide.json#/conditions",
     "pack_value_is_missing"},
    {"text", "texts.json", "\"title\": \"真实性声明\",", "", "texts.json#/declaration/title",
     "pack_value_is_missing"},
};
INSTANTIATE_TEST_SUITE_P(all, ItemFault, testing::ValuesIn(faults), test::fault_name);

TEST(Contents, TellsFaultsOfListsAndStrayFiles) {
    KinshipPack copy;
    copy.change("catalog/pinyin.json", "\"yin hang\"", "\"yinhang\"");
    copy.write(std::string(folder) + "/notes.txt", "x");
    copy.write("catalog/items/992080006001/form.json", "{}");
    auto error = read_contents(copy.pack()).error();
    EXPECT_EQ(told(error, "catalog/pinyin.json#/words/银行"), "pinyin_does_not_fit");
    EXPECT_EQ(told(error, std::string(folder) + "/notes.txt"), "pack_file_is_unknown");
    EXPECT_EQ(told(error, "catalog/items/992080006001/item.json"), "pack_file_is_missing");
}

TEST(Contents, AnItemNamedLikeABannedProofIsBannedAtAVillageWithoutSayingItsKind) {
    KinshipPack copy;
    copy.change(std::string(folder) + "/item.json", "\"proof_kind\": \"kinship\",", "");
    copy.change(std::string(folder) + "/item.json", "\"level\": \"town\"", "\"level\": \"village\"");
    EXPECT_EQ(told(read_contents(copy.pack()).error(), std::string(folder) + "/item.json#/level"),
              "community_may_not_issue");
}

class KinshipProof : public testing::Test {
protected:
    static Item read() {
        KinshipPack copy;
        auto contents = MUST(read_contents(copy.pack()));
        org::Troubles troubles;
        return read_item(contents.items.at(0).content, "item", troubles).item;
    }
    Item item = read();

    Material const& material(std::string_view key) const {
        for (auto const& one : item.materials)
            if (one.key == key) return one;
        throw Bug{"no such material"};
    }
    rules::Verdict asked(std::string_view key, std::string const& relation) const {
        return rules::decide(material(key).when.value(), rules::Context().put("relation", relation)).verdict;
    }
    std::string face(std::string_view key, rules::Context const& answers) const {
        for (auto const& one : item.face)
            if (one.key == key) {
                auto made = rules::evaluate(one.value, answers);
                return made.value && made.value->string() ? *made.value->string() : made.because.code;
            }
        return "no such row";
    }
};

TEST_F(KinshipProof, KeepsWhatTheLawAndThePackSay) {
    EXPECT_EQ(item.promise, (Limit{2, LimitUnit::working_day}));
    EXPECT_EQ(item.acceptance, (Limit{5, LimitUnit::working_day}));
    EXPECT_EQ(item.correction, (Limit{15, LimitUnit::working_day}));
    EXPECT_FALSE(item.statutory);
    EXPECT_EQ(item.level, org::Level::town);
    EXPECT_EQ(item.flow, std::vector<std::string>{"reviewer:审核"});
    EXPECT_GE(item.phrases.size(), 6u);
}

TEST_F(KinshipProof, AsksForPapersByTheRelation) {
    using rules::Verdict;
    EXPECT_EQ(asked("birth_certificate", "mother"), Verdict::yes);
    EXPECT_EQ(asked("birth_certificate", "son"), Verdict::yes);
    EXPECT_EQ(asked("birth_certificate", "spouse"), Verdict::no);
    EXPECT_EQ(asked("marriage_certificate", "spouse"), Verdict::yes);
    EXPECT_EQ(asked("marriage_certificate", "sibling"), Verdict::no);
    EXPECT_EQ(asked("other_paper", "other"), Verdict::yes);
    EXPECT_FALSE(material("household_register").when);
    EXPECT_FALSE(material("other_paper").required);
    EXPECT_EQ(material("id_card").ways, std::vector<Way>{Way::waived});
}

TEST_F(KinshipProof, EveryPaperThatIsRequiredMayBePromised) {
    for (auto const& one : item.materials)
        if (one.required && one.ways.front() != Way::waived) {
            ASSERT_TRUE(one.promise) << one.key;
            EXPECT_EQ(one.promise->hash.size(), 64u);
        }
}

/// Whose sexes are known by their numbers: two women.
rules::Context two_people() {
    return rules::Context()
        .put_path("applicant.id_number", "99010219810725024X")
        .put("other_id_number", "990102195603120029");
}

TEST_F(KinshipProof, WritesTheRelationAsTheCertificateSaysIt) {
    auto of = [](char const* relation) { return two_people().put("relation", relation); };
    EXPECT_EQ(face("relation", of("spouse")), "夫妻");
    EXPECT_EQ(face("relation", of("mother")), "母女");
    EXPECT_EQ(face("relation", of("grandchild")), "祖孙");
    EXPECT_EQ(face("relation", of("other").put("relation_note", "叔侄")), "叔侄");
    EXPECT_EQ(face("relation", of("other")), "name_has_no_value");
    EXPECT_EQ(face("purpose", rules::Context().put("purpose", "bank")), "办理银行业务");
    EXPECT_EQ(face("person_name", rules::Context().put_path("applicant.name", "周桂兰")), "周桂兰");
}

TEST_F(KinshipProof, EveryChoiceOfTheFormHasItsWordsOnTheCertificate) {
    for (auto const* key : {"relation", "purpose"})
        for (auto const& choice : item.form.field(key)->choices) {
            auto answers = two_people().put(key, choice.value).put(std::string(key) + "_note", "自己写的");
            auto words = face(key, answers);
            EXPECT_EQ(words == "自己写的", choice.value == "other") << key << choice.value << words;
        }
}

TEST_F(KinshipProof, TheHashOfATextIsThatOfTitleAndParagraphs) {
    json::array paragraphs;
    for (auto const& one : item.declaration.paragraphs) paragraphs.emplace_back(one);
    auto said = "{\"paragraphs\":" + tongban::to_text(Json(paragraphs)) + ",\"title\":\"真实性声明\"}";
    EXPECT_EQ(item.declaration.hash, sha256_hex(said));
    EXPECT_NE(item.declaration.hash, item.notice.hash);
}

TEST(LimitText, IsSaidInFull) {
    EXPECT_EQ(limit_text({2, LimitUnit::working_day}), "2个工作日");
    EXPECT_EQ(limit_text({15, LimitUnit::natural_day}), "15个自然日");
    EXPECT_EQ(limit_text({24, LimitUnit::hour}), "24小时");
    EXPECT_EQ(limit_text({1, LimitUnit::month}), "1个月");
}

}  // namespace
}  // namespace tongban::catalog
