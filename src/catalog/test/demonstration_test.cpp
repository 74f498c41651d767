// What the demonstration's pack holds, item by item: it is what people try the program with.
#include <gtest/gtest.h>

#include "catalog/contents.h"
#include "kinship_pack.h"
#include "reading.h"

namespace tongban::catalog {
namespace {

using test::at, test::read;

class Demonstration : public testing::Test {
protected:
    static std::vector<Content> items() {
        std::vector<Content> all;
        for (auto& one : MUST(read_contents({test::demo_city().string()})).items)
            all.push_back(std::move(one.content));
        return all;
    }
};

TEST_F(Demonstration, EveryTextOfTheDemonstrationCanBeReadInEnglish) {
    for (auto const& content : items()) {
        auto item = read(content);
        SCOPED_TRACE(item.name);
        EXPECT_FALSE(item.name_en.empty());
        EXPECT_NE(item.remedies_en.find("{court}"), std::string::npos);
        for (auto const* text : {&item.notice, &item.declaration}) EXPECT_TRUE(text->en) << text->key;
        EXPECT_TRUE(!item.data_consent || item.data_consent->en);
        for (auto const& material : item.materials) {
            EXPECT_FALSE(material.en.name.empty()) << material.key;
            EXPECT_EQ(material.en.waived_because.empty(), material.waived_because.empty()) << material.key;
            EXPECT_EQ(material.en.not_waived_because.empty(), material.not_waived_because.empty())
                << material.key;
            EXPECT_TRUE(!material.promise || material.promise->en) << material.key;
        }
        for (auto const& datum : item.data) EXPECT_FALSE(datum.why.en.empty()) << datum.key;
        for (auto const& step : item.special_steps)
            for (auto const& finding : step.findings) EXPECT_FALSE(finding.label.en.empty()) << finding.key;
        for (auto const& page : item.form.pages) {
            EXPECT_FALSE(page.title.en.empty()) << page.id;
            EXPECT_EQ(page.hint.en.empty(), page.hint.zh.empty()) << page.id;
            for (auto const& field : page.fields) {
                EXPECT_FALSE(field.label.en.empty()) << field.key;
                EXPECT_EQ(field.hint.en.empty(), field.hint.zh.empty()) << field.key;
                for (auto const& choice : field.choices)
                    EXPECT_FALSE(choice.label.en.empty()) << choice.value;
            }
        }
    }
}

TEST_F(Demonstration, EveryItemSaysOfWhichTypeItIs) {
    for (auto const& content : items()) {
        EXPECT_TRUE(content.item.as_object().contains("type")) << content.code.text;
        EXPECT_EQ(read(content).type == ItemType::permit,
                  at(content.item, "/name").find("许可") != std::string::npos)
            << content.code.text;
    }
}

TEST_F(Demonstration, ReasonsThatStaffReadAreAboutTheApplicantNotToStaff) {
    for (auto const& content : items())
        for (auto const& condition : read(content).instant)
            for (auto const* words : {&condition.staff_yes, &condition.staff_no}) {
                EXPECT_EQ(words->zh.find("您"), std::string::npos) << words->zh;
                EXPECT_EQ((" " + words->en).find(" you "), std::string::npos) << words->en;
            }
}

TEST_F(Demonstration, AGuideIsSaidInEnglishFromEndToEnd) {
    for (auto const& content : items()) {
        auto item = read(content);
        SCOPED_TRACE(item.name);
        Json const zh(item.guide), en(item.guide_en);
        for (auto const* pointer : {"/name", "/summary", "/visits_text", "/fee_text", "/result_name",
                                    "/result_text", "/conditions/0", "/note", "/promise/text"})
            EXPECT_NE(at(zh, pointer), at(en, pointer)) << pointer;
        for (auto const& [list, key] :
             {std::pair{"steps", "name"}, {"basis", "article"}, {"faq", "answer"}, {"materials", "note"}})
            for (std::size_t i = 0; i < zh.at(list).as_array().size(); ++i) {
                auto pointer = "/" + std::string(list) + "/" + std::to_string(i) + "/" + key;
                EXPECT_NE(at(zh, pointer), at(en, pointer)) << pointer;
            }
        Json const asked(item.application_en);
        EXPECT_EQ(at(asked, "/notice/title"), item.notice.en->title);
        EXPECT_EQ(at(asked, "/notice/hash"), item.notice.hash) << "what is agreed to is the Chinese";
    }
}

TEST_F(Demonstration, ItemsHaveAtLeastFourQuestionsAnswered) {
    for (auto const& content : items())
        EXPECT_GE(read(content).guide.at("faq").as_array().size(), 4u) << content.code.text;
}

}  // namespace
}  // namespace tongban::catalog
