// QR codes, read back by zbar.
#include "sign/qr.h"

#include <gtest/gtest.h>

#include "sample.h"

namespace tongban::sign::testing {

TEST(Qr, on_the_page_is_read_at_the_resolution_of_an_office_printer) {
    Scratch scratch;
    auto file = scratch.write("a.pdf", sealed_proof());
    for (auto const* resolution : {"150", "300"}) {
        output_of(std::string("pdftoppm -png -singlefile -r ") + resolution + " " + file + " " +
                  scratch.path("page"));
        EXPECT_EQ(output_of("zbarimg --nodbus --quiet --raw " + scratch.path("page.png")),
                  "HTTPS://TONGBAN.EXAMPLE/V/990102000017/7KQ2M9XA\n")
            << resolution;
    }
}

TEST(Qr, picture_is_read) {
    Scratch scratch;
    auto file = scratch.write("a.png", MUST(qr_png("https://tongban.example/亮证/abc", 4)));
    EXPECT_EQ(output_of("zbarimg --nodbus --quiet --raw " + file), "https://tongban.example/亮证/abc\n");
}

TEST(Qr, drawing_has_a_quiet_zone_and_dark_modules_only_inside) {
    auto svg = MUST(qr_svg("A"));
    EXPECT_NE(svg.find("viewBox=\"0 0 29 29\""), svg.npos) << svg;  // 21 modules and 4 on each side
    EXPECT_NE(svg.find("M4 4h7v1h-7z"), svg.npos) << svg;           // the first finder pattern's edge
}

TEST(Qr, capitals_give_smaller_codes) {
    std::string const url = "https://tongban.example/v/990102000017/7kq2m9xa";
    EXPECT_EQ(url_for_qr(url), "HTTPS://TONGBAN.EXAMPLE/v/990102000017/7kq2m9xa");
    EXPECT_EQ(url_for_qr("http://a.cn"), "HTTP://A.CN");
    EXPECT_EQ(url_for_qr("http://a.cn?q=b"), "HTTP://A.CN?q=b");
    std::string capitals = url;
    for (auto& c : capitals) c = char(std::toupper(c));
    EXPECT_LT(MUST(qr_modules(capitals)).side, MUST(qr_modules(url)).side);
}

TEST(Qr, too_much_text_is_refused) {
    EXPECT_EQ(qr_svg(std::string(400, 'a')).error().code, "qr_text_is_too_long");
    EXPECT_EQ(qr_png("", 4).error().code, "qr_text_is_too_long");
    EXPECT_TRUE(qr_svg(std::string(213, 'a')).ok());
}

}  // namespace tongban::sign::testing
