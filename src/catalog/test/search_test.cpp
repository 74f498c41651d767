#include "catalog/search.h"

#include <gtest/gtest.h>

#include "catalog/near.h"

namespace tongban::catalog {
namespace {

std::map<std::string, std::string> const words = {
    {"银行", "yin hang"}, {"重新", "chong xin"}, {"行政", "xing zheng"}};

Card card(Pinyin const& pinyin, std::string code, std::string name,
          std::vector<std::string> const& synonyms = {}, std::string name_en = "") {
    Card made;
    made.code = ItemId{std::move(code)};
    made.name = std::move(name);
    made.name_en = std::move(name_en);
    made.spellings.push_back(spell(pinyin, made.name));
    for (auto const& synonym : synonyms) made.spellings.push_back(spell(pinyin, synonym));
    return made;
}

TEST(Pinyin, ReadsCharactersOneByOneWithoutTones) {
    Pinyin pinyin(words);
    auto spelt = spell(pinyin, "食品经营许可");
    EXPECT_EQ(spelt.letters, "ShiPinJingYingXuKe");
    EXPECT_EQ(spelt.initials, "spjyxk");
}

TEST(Pinyin, TakesTheReadingOfTheWord) {
    Pinyin pinyin(words);
    EXPECT_EQ(spell(pinyin, "银行").letters, "YinHang");
    EXPECT_EQ(spell(pinyin, "行政").letters, "XingZheng");
    EXPECT_EQ(spell(pinyin, "重新").letters, "ChongXin");
}

TEST(Pinyin, WritesTheUmlautAsU) {
    EXPECT_EQ(spell(Pinyin(words), "妇女律师").letters, "FuNuLuShi");
}

TEST(Pinyin, KeepsLettersAndDigitsAndLeavesOutTheRest) {
    auto spelt = spell(Pinyin(words), "ＥＴＣ办理（2类）");
    EXPECT_EQ(spelt.text, "etc办理2类");
    EXPECT_EQ(spelt.letters, "ETCBanLi2Lei");
    EXPECT_EQ(spelt.initials, "etcbl2l");
}

TEST(Approximate, CountsTheLeastErrorsAgainstAnyPart) {
    using Near = Approximate<char>;
    EXPECT_EQ(Near("qinshu").distance("woyaoqinshuguanxi"), 0u);
    EXPECT_EQ(Near("qingshu").distance("woyaoqinshuguanxi"), 1u);
    EXPECT_EQ(Near("qnshu").distance("woyaoqinshuguanxi"), 1u);
    EXPECT_EQ(Near("qinshv").distance("woyaoqinshuguanxi"), 1u);
    EXPECT_EQ(Near("abc").distance(""), 3u);
    EXPECT_EQ(Near("").distance("abc"), 0u);
    EXPECT_EQ(Near(std::string(80, 'a')).distance(std::string(64, 'a')), 0u);
}

class SearchTest : public testing::Test {
protected:
    static Index made() {
        Pinyin pinyin(words);
        std::vector<Card> cards;
        cards.push_back(card(pinyin, "992080005001", "亲属关系情况证明",
                             {"亲属证明", "证明我妈是我妈", "社区开亲属证明"}, "Proof of kinship"));
        cards.push_back(card(pinyin, "992080001001", "管办档案存放情况证明", {"档案证明"}));
        cards.push_back(
            card(pinyin, "990131003001", "食品经营许可", {"开饭店", "餐饮许可证"}, "Food business licence"));
        cards.push_back(card(pinyin, "990511004001", "临时救助", {"家里失火", "大病没钱看"}));
        cards.push_back(card(pinyin, "992030004001", "授权划缴税费协议", {"银行扣税"}));
        cards.push_back(card(pinyin, "992023003001", "妇女儿童保健", {}));
        cards[3].summary = "家里突遇火灾、车祸、重病，可以申请一笔救助金。";
        cards[3].audience = Audience::person;
        cards[2].audience = Audience::organisation;
        cards[3].frequent = 1;
        return Index(std::move(cards), Pinyin(words));
    }
    static std::vector<std::string> names(std::vector<Card const*> const& cards) {
        std::vector<std::string> out;
        for (auto const* one : cards) out.push_back(one->name);
        return out;
    }
    std::string best(std::string_view query) const {
        auto found = index.find(query, [](Card const&) { return true; });
        return found.hits.empty() ? "" : found.hits.front()->name;
    }
    Index index = made();
};

TEST_F(SearchTest, WhatPeopleTypeFindsTheItem) {
    std::pair<char const*, char const*> const queries[] = {
        {"亲属关系情况证明", "亲属关系情况证明"},  // the name
        {"亲属", "亲属关系情况证明"},              // a part
        {"证明我妈是我妈", "亲属关系情况证明"},    // plain words
        {"怎么开亲属证明啊", "亲属关系情况证明"},  // a question around a synonym
        {"亲属 证明", "亲属关系情况证明"},         // two words
        {"亲属\u3000证明", "亲属关系情况证明"},    // a wide space
        {"qinshuguanxi", "亲属关系情况证明"},      // pinyin
        {"QinShu", "亲属关系情况证明"},            // capitals
        {"qsgx", "亲属关系情况证明"},              // initials
        {"ｑｓｇｘ", "亲属关系情况证明"},          // full width letters
        {"gxqk", "亲属关系情况证明"},              // initials from the middle
        {"亲属关系正明", "亲属关系情况证明"},      // the same sound, another character
        {"亲蜀关系证明", "亲属关系情况证明"},      // the same again
        {"qinsuguanxi", "亲属关系情况证明"},       // a missing letter
        {"qingshuguanxi", "亲属关系情况证明"},     // a letter too many
        {"亲戚关系情况证明", "亲属关系情况证明"},  // one wrong character
        {"shipinxuke", "食品经营许可"},            // syllables left out
        {"spxk", "食品经营许可"},                  // initials left out
        {"spjingyingxk", "食品经营许可"},          // mixed
        {"kinship", "亲属关系情况证明"},           // English
        {"kinshp", "亲属关系情况证明"},            // English with an error
        {"990511004", "临时救助"},                 // a code
        {"火灾", "临时救助"},                      // a word of the summary
        {"yinhang", "授权划缴税费协议"},           // 行 read as in 银行
        {"funv", "妇女儿童保健"},                  // ü typed as v
    };
    for (auto const& [query, name] : queries) EXPECT_EQ(best(query), name) << query;
}

TEST_F(SearchTest, AShortOrStrangeWordFindsNothing) {
    for (auto const* query : {"xx", "zzzzzz", "护照", "飞机票", "12", "护照换发"})
        EXPECT_EQ(best(query), "") << query;
}

TEST_F(SearchTest, EveryWordMustFit) {
    EXPECT_EQ(best("亲属 许可"), "");
}

TEST_F(SearchTest, PinyinBeginsAtASyllable) {
    // It stands inside dang, and three letters are too few to forgive an error in.
    EXPECT_EQ(best("ang"), "");
    EXPECT_EQ(best("dang"), "管办档案存放情况证明");
}

TEST_F(SearchTest, TheNameCountsMoreThanASynonymAndASynonymMoreThanTheSummary) {
    auto found = index.find("证明", [](Card const&) { return true; });
    ASSERT_EQ(found.hits.size(), 2u);
    auto help = index.find("救助", [](Card const&) { return true; });
    EXPECT_EQ(names(help.hits), std::vector<std::string>{"临时救助"});
}

TEST_F(SearchTest, NothingTypedShowsEverythingTheFrequentOnesFirst) {
    auto found = index.find("", [](Card const&) { return true; });
    ASSERT_EQ(found.hits.size(), 6u);
    EXPECT_EQ(found.hits.front()->name, "临时救助");
    EXPECT_TRUE(found.nearest.empty());
    EXPECT_EQ(index.find(" ，。", [](Card const&) { return true; }).hits.size(), 6u);
}

TEST_F(SearchTest, WhatDoesNotFitTheFilterIsNeitherFoundNorNear) {
    auto only = [](Audience wanted) {
        return [wanted](Card const& one) { return one.audience == Audience::both || one.audience == wanted; };
    };
    EXPECT_TRUE(index.find("食品经营许可", only(Audience::person)).hits.empty());
    EXPECT_FALSE(index.find("食品经营许可", only(Audience::organisation)).hits.empty());
    EXPECT_EQ(index.find("", only(Audience::person)).hits.size(), 5u);
}

TEST_F(SearchTest, WhenNothingFitsTheThreeNearestAreOffered) {
    auto found = index.find("小区档案材料存放地点变更", [](Card const&) { return true; });
    EXPECT_TRUE(found.hits.empty());
    ASSERT_FALSE(found.nearest.empty());
    EXPECT_LE(found.nearest.size(), 3u);
    EXPECT_EQ(found.nearest.front()->name, "管办档案存放情况证明");
    EXPECT_TRUE(index.find("护照换发", [](Card const&) { return true; }).nearest.empty());
}

TEST_F(SearchTest, CardsAreKeptWhole) {
    auto const& kept = index.cards().front();
    auto again = read_card(to_json(kept));
    EXPECT_EQ(canonical_text(to_json(again)), canonical_text(to_json(kept)));
    EXPECT_EQ(again.frequent, 1);
    EXPECT_EQ(again.audience, Audience::person);
}

/// A whole province's catalogue: the right one is still first.
TEST(SearchAtScale, TwentyThousandItems) {
    Pinyin pinyin(words);
    std::vector<std::string> const places = {"水库", "公路", "港口", "林地", "矿山",
                                             "电梯", "锅炉", "药店", "诊所", "学校"};
    std::vector<std::string> const things = {"建设", "经营", "安全", "卫生", "占用",
                                             "迁移", "验收", "备案", "变更", "注销"};
    std::vector<std::string> const kinds = {"许可", "确认", "登记", "审批", "核准", "补贴", "奖励", "查询"};
    std::vector<Card> cards;
    for (int i = 0; i < 20'000; ++i) {
        auto n = static_cast<std::size_t>(i);
        auto name =
            places[n % 10] + things[n / 10 % 10] + kinds[n / 100 % 8] + "第" + std::to_string(i) + "号";
        cards.push_back(card(pinyin, std::to_string(100'000'000'000 + i), name));
    }
    cards[12'345] = card(pinyin, "992080005001", "亲属关系情况证明", {"亲属证明"}, "Proof of kinship");
    Index index(std::move(cards), Pinyin(words));
    auto any = [](Card const&) { return true; };
    for (auto const* query :
         {"亲属证明", "qsgxqk", "qinshuguanxi", "qinsuguanxi", "kinship", "亲蜀关系", "qinguanxizm"}) {
        auto found = index.find(query, any);
        ASSERT_FALSE(found.hits.empty()) << query;
        EXPECT_EQ(found.hits.front()->code.text, "992080005001") << query;
    }
    auto named = index.find("药店经营许可第17号", any);
    ASSERT_EQ(named.hits.size(), 1u);
    EXPECT_EQ(named.hits.front()->name, "药店经营许可第17号");
    EXPECT_EQ(index.find("水库建设许可", any).hits.size(), 25u);
    EXPECT_EQ(index.find("", any).hits.size(), 20'000u);
    EXPECT_TRUE(index.find("zzqqxxww", any).hits.empty());
}

}  // namespace
}  // namespace tongban::catalog
