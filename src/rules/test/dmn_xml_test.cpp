#include <gtest/gtest.h>

#include "rules/dmn/definitions.h"
#include "rules/dmn/xml.h"

namespace tongban::rules::dmn {
namespace {

std::string refusal(std::string_view text, XmlLimits const& limits = {}) {
    auto read = read_xml(text, limits);
    return read.ok() ? "read" : read.error().code;
}

std::string nested(int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "<a>";
    for (int i = 0; i < depth; ++i) text += "</a>";
    return text;
}

TEST(Xml, KeepsEverythingThatAnAuthorWrote) {
    std::string const text =
        "<?xml version=\"1.0\"?><!-- 前言 --><?look here?>\n"
        "<d:根 xmlns:d=\"urn:d\" xmlns=\"urn:other\" d:甲=\"1\" 乙=\"a&amp;b&#10;&quot;c&quot;\">"
        "文字 &lt; &#x4F4E;保<x/><!-- 注 --><![CDATA[<raw> & ]]>尾<?pi some?></d:根><!-- 后记 -->";
    auto read = read_xml(text);
    ASSERT_TRUE(read.ok()) << read.error().detail;
    EXPECT_EQ(read->root->space, "urn:d");
    EXPECT_EQ(read->root->attribute("乙"), "a&b\n\"c\"");
    EXPECT_EQ(read->root->text(), "文字 < 低保<raw> & 尾");
    auto const written = write_xml(*read);
    auto again = read_xml(written);
    ASSERT_TRUE(again.ok()) << again.error().detail << "\n" << written;
    EXPECT_EQ(write_xml(*again), written);
    for (auto const* kept : {"前言", "<?look here?>", "后记", "<?pi some?>", "d:甲=\"1\"", "<!-- 注 -->",
                             "<x/>", "xmlns=\"urn:other\"", "低保"})
        EXPECT_NE(written.find(kept), std::string::npos) << kept;
}

TEST(Xml, RefusesBillionLaughsBeforeTheFirstOne) {
    std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"lol\">";
    for (char c = 'b'; c < 'k'; ++c) {
        bomb += std::string("<!ENTITY ") + c + " \"";
        for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
        bomb += "\">";
    }
    EXPECT_EQ(refusal(bomb + "]><d>&j;</d>"), "xml_has_a_document_type");
    EXPECT_EQ(refusal("<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><d/>"), "xml_has_a_document_type");
    EXPECT_EQ(refusal("<!DOCTYPE d [<!ENTITY % p SYSTEM \"http://127.0.0.1/x\"> %p;]><d/>"),
              "xml_has_a_document_type");
    EXPECT_EQ(refusal("<d>&unknown;</d>"), "xml_is_malformed");
}

TEST(Xml, RefusesWhatIsTooMuchByName) {
    EXPECT_EQ(refusal(nested(100)), "read");
    EXPECT_EQ(refusal(nested(121)), "xml_is_too_deep");
    EXPECT_EQ(refusal(nested(100'000)), "xml_is_too_deep");
    EXPECT_EQ(refusal("<d>" + std::string(300'000, 'x') + "</d>"), "xml_text_is_too_long");
    EXPECT_EQ(refusal("<d a=\"" + std::string(300'000, 'x') + "\"/>"), "xml_text_is_too_long");
    EXPECT_EQ(refusal("<d>" + std::string(10'000'000, 'x') + "</d>"), "xml_is_too_large");
    XmlLimits few;
    few.elements = 3;
    EXPECT_EQ(refusal("<a><b/><b/></a>", few), "read");
    EXPECT_EQ(refusal("<a><b/><b/><b/></a>", few), "xml_has_too_many_elements");
    EXPECT_EQ(refusal("<a><!--1--><!--2--><!--3--></a>", few), "xml_has_too_many_elements");
}

TEST(Xml, SaysTheLineOfWhatIsMalformed) {
    for (auto const* text :
         {"", "<", "<a>\n<b>\n</a>", "<a b=1/>", "<a/><b/>", "x", "<p:a/>", "\xff\xfe", "<a>\x01</a>"})
        EXPECT_EQ(refusal(text), "xml_is_malformed") << text;
    EXPECT_NE(read_xml("<a>\n<b>\n</a>").error().detail.find("第 3 行"), std::string::npos);
}

TEST(Definitions, OfEveryVersionAreRead) {
    for (auto const* space :
         {"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
          "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
          "https://www.omg.org/spec/DMN/20230324/MODEL/"}) {
        std::vector<Finding> findings;
        auto read = read_definitions(
            "一.dmn",
            std::string("<definitions xmlns=\"") + space +
                "\" namespace=\"urn:一\" name=\"一\"><extensionElements><x:y "
                "xmlns:x=\"urn:x\"/></extensionElements>"
                "<inputData id=\"i\" name=\"年龄\"><variable name=\"年龄\" typeRef=\"number\"/></inputData>"
                "<decision id=\"d\" name=\"资格\"><variable name=\"资格\"/><informationRequirement>"
                "<requiredInput href=\"#i\"/></informationRequirement><literalExpression><text>年龄 &gt;= "
                "60</text></literalExpression></decision></definitions>",
            {}, findings);
        ASSERT_TRUE(read.ok()) << space;
        EXPECT_TRUE(findings.empty());
        ASSERT_EQ(read->elements.size(), 2U);
        EXPECT_EQ(read->elements[1].inputs.at(0).href, "#i");
        EXPECT_EQ(text_of(read->elements[1].logic), "年龄 >= 60");
        EXPECT_NE(write_xml(read->document).find("<x:y xmlns:x=\"urn:x\"/>"), std::string::npos);
    }
    std::vector<Finding> findings;
    EXPECT_EQ(read_definitions("x", "<definitions xmlns=\"urn:none\"/>", {}, findings).error().code,
              "model_is_not_dmn");
    EXPECT_EQ(read_definitions("x", "<process xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>", {},
                               findings)
                  .error()
                  .code,
              "model_is_not_dmn");
}

TEST(Definitions, FaultsOfDeclarationsAreNamedWithTheirLine) {
    std::vector<Finding> findings;
    auto read = read_definitions("二.dmn",
                                 "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\">\n"
                                 "<inputData id=\"a\" name=\"甲\"/>\n<inputData id=\"b\" name=\"甲\"/>\n"
                                 "<decision id=\"a\" name=\"乙\"/>\n<decision/></definitions>",
                                 {}, findings);
    ASSERT_TRUE(read.ok());
    std::vector<std::pair<std::string, int>> said;
    for (auto const& finding : findings) said.emplace_back(finding.code, finding.where.line);
    EXPECT_EQ(said,
              (std::vector<std::pair<std::string, int>>{
                  {"element_name_is_taken", 3}, {"element_id_is_taken", 4}, {"element_has_no_name", 5}}));
    EXPECT_EQ(findings[0].where.text(), "二.dmn:3 inputData「甲」");
}

}  // namespace
}  // namespace tongban::rules::dmn
