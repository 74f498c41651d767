#include "files/decide.h"

#include <gtest/gtest.h>

using namespace tongban;
using namespace tongban::files;

TEST(judge_kind, a_name_may_say_nothing_but_not_something_else) {
    EXPECT_TRUE(judge_kind("户口簿.JPG", "jpeg").ok());
    EXPECT_TRUE(judge_kind("image", "png").ok());
    EXPECT_TRUE(judge_kind("IMG_0001.heic", "jpeg").ok()) << "phones convert and keep the name";
    EXPECT_EQ(judge_kind("a.pdf", "png").error().code, "file_is_not_what_its_name_says");
    EXPECT_EQ(judge_kind("a.pdf", "").error().code, "file_is_not_what_its_name_says");
    EXPECT_EQ(judge_kind("a.heic", "").error().code, "file_kind_is_not_accepted");
}

TEST(clean_name, keeps_what_a_person_meant) {
    EXPECT_EQ(clean_name("C:\\照片\\户口簿 第1页.JPEG", "jpeg"), "户口簿 第1页.jpg");
    EXPECT_EQ(clean_name("../../etc/passwd", "pdf"), "passwd.pdf");
    EXPECT_EQ(clean_name("证明.pdf.exe", "pdf"), "证明.pdf.exe.pdf");
    EXPECT_EQ(clean_name("图\xE2\x80\xAEgpj.exe", "png"), "图gpj.exe.png")
        << "no marks that turn text around";
    EXPECT_EQ(clean_name("a\r\nb\t.png", "png"), "ab.png");
    EXPECT_EQ(clean_name("", "png"), "文件.png");
    EXPECT_EQ(clean_name(".pdf", "pdf"), "文件.pdf");
    EXPECT_EQ(clean_name("\xff\xfe.pdf", "pdf"), "文件.pdf") << "not UTF-8";
}

TEST(clean_name, is_at_most_two_hundred_code_points) {
    std::string longest;
    for (int i = 0; i < 300; ++i) longest += "长";
    auto cleaned = clean_name(longest + ".pdf", "pdf");
    EXPECT_EQ(code_points(cleaned), 200U);
    EXPECT_TRUE(cleaned.ends_with(".pdf"));
}
