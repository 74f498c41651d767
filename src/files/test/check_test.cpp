// Each refusal of an upload, by the file that earns it, through the real child process.
#include "files/check.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "kit/kit.h"
#include "samples.h"

using namespace tongban;
using namespace tongban::files;
using namespace tongban::files::testing;

namespace {
struct Row {
    std::string what, name, bytes, code;
};
void PrintTo(Row const& row, std::ostream* out) {
    *out << row.what;
}

class upload_check : public ::testing::TestWithParam<Row> {};

std::string const js = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
std::vector<Row> hostile() {
    auto whole = pdf(3);
    auto picture = jpeg(400, 300);
    return {
        {"zero bytes", "a.pdf", "", "file_is_empty"},
        {"over 20 MB", "a.pdf", std::string(20 * 1024 * 1024 + 1, 'x'), "file_is_too_large"},
        {"program as PDF", "a.pdf", program(), "file_is_not_what_its_name_says"},
        {"program as itself", "a.exe", program(), "file_kind_is_not_accepted"},
        {"HTML as JPEG", "a.jpg", "<!DOCTYPE html><html><script>alert(1)</script></html>",
         "file_is_not_what_its_name_says"},
        {"SVG as PNG", "a.png", "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
         "file_is_not_what_its_name_says"},
        {"PNG as PDF", "a.pdf", png(20, 20), "file_is_not_what_its_name_says"},
        {"HEIC", "IMG_1.HEIC", heic(), "file_kind_is_not_accepted"},
        {"text", "a.txt", "您好", "file_kind_is_not_accepted"},
        {"truncated PDF", "a.pdf", whole.substr(0, whole.size() * 2 / 3), "file_is_damaged"},
        {"PDF header only", "a.pdf", "%PDF-1.7\n", "file_is_damaged"},
        {"PDF without pages", "a.pdf", pdf(0), "file_is_damaged"},
        {"encrypted PDF", "a.pdf", encrypted_pdf(), "pdf_is_encrypted"},
        {"script at opening", "a.pdf", pdf(1, "/OpenAction " + js), "pdf_has_active_content"},
        {"script in its own object", "a.pdf", pdf(1, "", "", js), "pdf_has_active_content"},
        {"script in an array of an array", "a.pdf", pdf(1, "/X [ [ " + js + " ] ]"),
         "pdf_has_active_content"},
        {"script under a spelt name", "a.pdf", pdf(1, "/X << /J#53 (1) >>"), "pdf_has_active_content"},
        {"inline embedded files", "a.pdf", pdf(1, "/Names << /EmbeddedFiles << /Names [] >> >>"),
         "pdf_has_active_content"},
        {"launch", "a.pdf", pdf(1, "", "/Annots [ << /A << /S /Launch /F (cmd) >> >> ]"),
         "pdf_has_active_content"},
        {"additional action", "a.pdf", pdf(1, "", "/AA << /O << /S /URI >> >>"), "pdf_has_active_content"},
        {"XFA form", "a.pdf", pdf(1, "/AcroForm << /XFA (x) >>"), "pdf_has_active_content"},
        {"51 pages", "a.pdf", pdf(51), "pdf_has_too_many_pages"},
        {"truncated JPEG", "a.jpg", picture.substr(0, picture.size() / 2), "file_is_damaged"},
        {"900 million pixels", "a.png", png_bomb(30'000, 30'000), "image_is_too_large"},
        {"a very long strip", "a.png", png_bomb(30'000, 10), "image_is_too_large"},
        {"PNG without its picture", "a.png", png_bomb(300, 300), "file_is_damaged"},
    };
}
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, upload_check, ::testing::ValuesIn(hostile()),
                         [](auto const& info) { return "n" + std::to_string(info.index); });

TEST_P(upload_check, refuses) {
    Checker checker("/proc/self/exe");
    auto result = checker.check(GetParam().name, GetParam().bytes);
    ASSERT_FALSE(result.ok()) << GetParam().what;
    EXPECT_EQ(result.error().code, GetParam().code) << GetParam().what;
    EXPECT_FALSE(result.error().detail.empty());
}

TEST(upload_check, a_pdf_is_kept_byte_for_byte) {
    auto original = pdf(50, "/OpenAction [ 10 0 R /Fit ] ",
                        "/Annots [ << /A << /S /URI /URI (https://a.example) >> >> ]");
    auto checked = MUST(Checker("/proc/self/exe").check("证明.pdf", original));
    EXPECT_EQ(checked.kind, "pdf");
    EXPECT_EQ(checked.pages, 50);
    EXPECT_EQ(checked.bytes, original);
}

TEST(upload_check, a_picture_is_turned_upright_and_loses_its_place_and_camera) {
    auto original = sideways_jpeg_with_place();
    ASSERT_NE(original.find("GeheimCam"), std::string::npos);
    auto checked = MUST(Checker("/proc/self/exe").check("a.jpg", original));
    EXPECT_EQ(checked.kind, "jpeg");
    EXPECT_EQ(checked.width, 100);
    EXPECT_EQ(checked.height, 200);
    EXPECT_EQ(checked.bytes.find("GeheimCam"), std::string::npos);
    EXPECT_EQ(checked.bytes.find("Exif"), std::string::npos);
    EXPECT_TRUE(checked.bytes.starts_with("\xff\xd8\xff"));
}

TEST(upload_check, a_large_picture_becomes_as_large_as_reading_needs) {
    auto checked = MUST(Checker("/proc/self/exe").check("a.png", png(3000, 1500)));
    EXPECT_EQ(checked.kind, "png");
    EXPECT_EQ(checked.width, 2480);
    EXPECT_EQ(checked.height, 1240);
    auto small = MUST(Checker("/proc/self/exe").check("photo", jpeg(64, 48)));
    EXPECT_EQ(small.width, 64) << "never enlarged";
}

TEST(upload_check, a_program_that_does_not_answer_the_verb_is_no_verdict) {
    EXPECT_EQ(Checker("/bin/true").check("a.png", png(8, 8)).error().code, "file_check_cannot_run");
    EXPECT_EQ(Checker("/bin/false").check("a.png", png(8, 8)).error().code, "file_check_cannot_run");
    EXPECT_EQ(Checker("/nowhere").check("a.png", png(8, 8)).error().code, "file_check_cannot_run");
}

namespace {
/// What a check by a program that behaves like this ends in.
std::string checked_by(std::string const& script) {
    kit::TempDir directory;
    auto path = directory.path() + "/check";
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return Checker(path).check("a.png", png(8, 8)).error().code;
}
}  // namespace

TEST(upload_check, a_child_that_uses_up_its_time_refuses_the_file) {
    EXPECT_EQ(checked_by("kill -XCPU $$"), "file_check_took_too_long");
}

TEST(upload_check, a_child_that_crashes_refuses_the_file_and_no_more) {
    EXPECT_EQ(checked_by("kill -SEGV $$"), "file_is_damaged");
}

TEST(upload_check, a_verdict_that_makes_no_sense_is_not_believed) {
    for (auto const* verdict :
         {"nonsense", "{}", "[1]", "{\"kind\":\"exe\",\"pages\":1,\"width\":1,\"height\":1}",
          "{\"kind\":\"pdf\",\"pages\":9999,\"width\":0,\"height\":0}"})
        EXPECT_EQ(checked_by("echo '" + std::string(verdict) + "'"), "file_check_cannot_run") << verdict;
}

TEST(upload_check, more_than_a_few_at_a_time_wait_or_are_refused) {
    Checker full("/proc/self/exe", 0, std::chrono::milliseconds{0});
    EXPECT_EQ(full.check("a.png", png(8, 8)).error().code, "file_check_is_busy");
}
