// The English beside the Chinese: every item of the demonstration has it, and slips are told with their
// place.
#include "catalog/english.h"

#include <gtest/gtest.h>

#include "catalog/contents.h"
#include "kinship_pack.h"
#include "reading.h"

namespace tongban::catalog {
namespace {

using test::at, test::read, test::told, test::KinshipPack;

std::string const texts = "catalog/items/992080005001/texts.json";
std::string const guide = "catalog/items/992080005001/guide.json";

TEST(English, ChineseStaysWhereEnglishIsMissing) {
    KinshipPack copy;
    auto contents = MUST(read_contents(copy.pack()));
    auto item = read(contents.items.at(0).content);
    EXPECT_EQ(item.name_en, "Proof of kinship");
    EXPECT_FALSE(item.notice.en);
    EXPECT_EQ(item.guide_en.at("conditions"), item.guide.at("conditions"));
    EXPECT_EQ(at(Json(item.application_en), "/materials/2/promise/title"), "不交户口簿的承诺");
    EXPECT_EQ(at(Json(item.guide_en), "/promise/text"), "2 working days");
}

TEST(English, SlipsAreToldWithTheirPlace) {
    KinshipPack copy;
    copy.change(texts, "\"title\": \"真实性声明\",",
                R"("title": "真实性声明", "x-en": {"title": "Truth", "paragraphs": ["One line"]},)");
    copy.change(guide, "\"conditions\"", R"("x-en": {"conditions": ["One"], "steps": "none"}, "conditions")");
    copy.change(guide, "\"who\": \"您\"", R"("who": "您", "x-en": {"title": "You"})");
    auto error = read_contents(copy.pack()).error();
    EXPECT_EQ(told(error, texts + "#/declaration/x-en/paragraphs"), "english_has_other_lines");
    EXPECT_EQ(told(error, guide + "#/x-en/conditions"), "english_has_other_lines");
    EXPECT_EQ(told(error, guide + "#/x-en/steps"), "pack_key_is_unknown");
    EXPECT_EQ(told(error, guide + "#/steps/0/x-en/title"), "pack_key_is_unknown");
}

TEST(LimitTextInEnglish, CountsDaysOnesAndMany) {
    EXPECT_EQ(limit_text_in_english({1, LimitUnit::working_day}), "1 working day");
    EXPECT_EQ(limit_text_in_english({15, LimitUnit::natural_day}), "15 days");
    EXPECT_EQ(limit_text_in_english({24, LimitUnit::hour}), "24 hours");
    EXPECT_EQ(limit_text_in_english({1, LimitUnit::month}), "1 month");
}

}  // namespace
}  // namespace tongban::catalog
