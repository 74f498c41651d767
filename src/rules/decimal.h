// Exact decimal numbers: IEEE 754 decimal128 (34 digits, exponent -6176 … 6111, round half even), without
// doubles. Values are kept without trailing zeros, so that equal numbers are equal byte for byte and print
// alike.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tongban::rules {

class Decimal {
public:
    __extension__ using Coefficient = unsigned __int128;

    Decimal() = default;
    static Decimal of(std::int64_t whole);
    /// `12`, `-0.5`, `.5`, `1.2e-3`. Nothing for other text or a number outside the range; digits past the
    /// 34th round.
    static std::optional<Decimal> read(std::string_view text);

    [[nodiscard]] std::string text()
        const;  ///< plain (`-0.05`), with an exponent only outside 10^-40 … 10^40
    [[nodiscard]] bool is_zero() const { return coefficient_ == 0; }
    [[nodiscard]] bool is_negative() const { return negative_; }
    [[nodiscard]] int decimals() const { return exponent_ < 0 ? -exponent_ : 0; }  ///< digits after the point
    [[nodiscard]] std::optional<std::int64_t> whole()
        const;  ///< the value, if it is a whole number that fits
    [[nodiscard]] Decimal negated() const;

    // Nothing when the result is out of range, or on division by zero.
    [[nodiscard]] std::optional<Decimal> plus(Decimal const& other) const;
    [[nodiscard]] std::optional<Decimal> minus(Decimal const& other) const;
    [[nodiscard]] std::optional<Decimal> times(Decimal const& other) const;
    [[nodiscard]] std::optional<Decimal> over(Decimal const& other) const;

    bool operator==(Decimal const&) const = default;
    std::strong_ordering operator<=>(Decimal const& other) const;

private:
    struct Wide;
    enum class Sign { plus, minus };
    enum class Rest { none, some };  ///< digits already cut off behind the ones given
    static std::optional<Decimal> rounded(Sign sign, Wide digits, int exponent, Rest rest);
    static Sign sign_of(std::same_as<bool> auto negative) { return negative ? Sign::minus : Sign::plus; }
    static Rest rest_of(std::same_as<bool> auto inexact) { return inexact ? Rest::some : Rest::none; }

    Coefficient coefficient_ = 0;  ///< below 10^34
    std::int32_t exponent_ = 0;
    bool negative_ = false;
};

}  // namespace tongban::rules
