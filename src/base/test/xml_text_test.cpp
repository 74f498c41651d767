#include "base/xml_text.h"

#include <gtest/gtest.h>

using namespace tongban;

TEST(xml_text, keeps_what_it_means_in_an_element) {
    EXPECT_EQ(xml_text("a<b>&\"c\" 'd'\n\t梁䶮", XmlPlace::element), "a&lt;b&gt;&amp;\"c\" 'd'\n\t梁䶮");
    EXPECT_EQ(xml_text("]]>\r\n", XmlPlace::element), "]]&gt;&#13;\n") << "a bare one would be read as \\n";
}

TEST(xml_text, keeps_line_ends_and_both_quotes_in_an_attribute) {
    EXPECT_EQ(xml_text("\"'\n\t\r<&>", XmlPlace::attribute), "&quot;&#39;&#10;&#9;&#13;&lt;&amp;&gt;");
}

TEST(xml_text, leaves_out_what_xml_cannot_carry) {
    EXPECT_EQ(xml_text(std::string_view("a\0b\x01\x1f"
                                        "c\x7f",
                                        7),
                       XmlPlace::element),
              "abc\x7f");
}
