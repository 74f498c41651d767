#include "rules/decimal.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "rules/test/shared_cases.h"

namespace tongban::rules {
namespace {

Decimal dec(std::string_view text) {
    return *Decimal::read(text);
}

TEST(Decimal, reads_only_numbers) {
    for (auto const* text :
         {"", "-", ".", "1.", "+1", "1e", "1e+", "0x1", "1,0", " 1", "1 ", "NaN", "Infinity", "１", "--1"})
        EXPECT_FALSE(Decimal::read(text).has_value()) << text;
    EXPECT_EQ(dec("007.50").text(), "7.5");
    EXPECT_EQ(dec("-0").text(), "0");
    EXPECT_EQ(dec("-.5").text(), "-0.5");
    EXPECT_EQ(dec("1E3").text(), "1000");
    EXPECT_EQ(dec("0e999999999999").text(), "0");
}

TEST(Decimal, keeps_34_digits_and_rounds_half_to_even) {
    EXPECT_EQ(dec("12345678901234567890123456789012345").text(), "12345678901234567890123456789012340");
    EXPECT_EQ(dec("12345678901234567890123456789012355").text(), "12345678901234567890123456789012360");
    EXPECT_EQ(
        dec("12345678901234567890123456789012345.0000000000000000000000000000000000000000000001").text(),
        "12345678901234567890123456789012350");
    EXPECT_EQ(dec("99999999999999999999999999999999995").text(), "100000000000000000000000000000000000");
}

TEST(Decimal, knows_its_range) {
    EXPECT_EQ(dec("9.999999999999999999999999999999999e6144").text(),
              "9.999999999999999999999999999999999E+6144");
    EXPECT_FALSE(Decimal::read("1e6145").has_value());
    EXPECT_FALSE(Decimal::read("1e99999999999999999999").has_value());
    EXPECT_EQ(dec("1e-6176").text(), "1E-6176");
    EXPECT_EQ(dec("5e-6177").text(), "0");
    EXPECT_EQ(dec("5.1e-6177").text(), "1E-6176");
    EXPECT_EQ(dec("1e-99999999999").text(), "0");
    EXPECT_FALSE(dec("1").over(dec("0")).has_value());
}

TEST(Decimal, tells_whole_numbers) {
    EXPECT_EQ(dec("-9223372036854775807").whole(), -9223372036854775807);
    EXPECT_EQ(dec("1e18").whole(), 1'000'000'000'000'000'000);
    EXPECT_FALSE(dec("1e19").whole().has_value());
    EXPECT_FALSE(dec("9223372036854775808").whole().has_value());
    EXPECT_FALSE(dec("0.5").whole().has_value());
    EXPECT_EQ(Decimal::of(INT64_MIN).text(), "-9223372036854775808");
}

// Made with another implementation of decimal128 (CPython's libmpdec): sums, differences, products and
// quotients of random numbers of all sizes, ties and limits.
TEST(Decimal, agrees_with_the_shared_table) {
    std::istringstream table(test::bytes_of("test/shared/decimals.csv"));
    int rows = 0;
    std::string line;
    std::getline(table, line);
    for (; std::getline(table, line); ++rows) {
        std::istringstream cells(line);
        std::string a, op, b, result;
        std::getline(cells, a, ',');
        std::getline(cells, op, ',');
        std::getline(cells, b, ',');
        std::getline(cells, result, ',');
        auto const x = dec(a), y = dec(b);
        auto const out = op == "+" ? x.plus(y) : op == "-" ? x.minus(y) : op == "*" ? x.times(y) : x.over(y);
        EXPECT_EQ(out ? out->text() : "none", result) << line;
    }
    EXPECT_GT(rows, 600);
}

// What must hold whatever the numbers: an oracle that needs no second implementation.
TEST(Decimal, sums_and_products_of_whole_numbers_are_exact) {
    std::mt19937_64 random(20261015);
    std::uniform_int_distribution<std::int64_t> some(-1'000'000'000'000'000, 1'000'000'000'000'000);
    __extension__ using Big = __int128;
    for (int i = 0; i < 2000; ++i) {
        std::int64_t const a = some(random), b = some(random);
        EXPECT_EQ(Decimal::of(a).plus(Decimal::of(b)), Decimal::of(a + b));
        EXPECT_EQ(Decimal::of(a).minus(Decimal::of(b)), Decimal::of(a - b));
        EXPECT_EQ(Decimal::of(a) <=> Decimal::of(b), a <=> b);
        auto const product = *Decimal::of(a).times(Decimal::of(b));
        Big const exact = static_cast<Big>(a) * b;
        auto const high = Decimal::of(static_cast<std::int64_t>(exact / 1'000'000'000'000'000));
        auto const low = Decimal::of(static_cast<std::int64_t>(exact % 1'000'000'000'000'000));
        EXPECT_EQ(product, *high.times(dec("1e15"))->plus(low));
        if (b != 0) {
            EXPECT_EQ(*product.over(Decimal::of(b)), Decimal::of(a));
        }
    }
}

}  // namespace
}  // namespace tongban::rules
