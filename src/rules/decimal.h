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

/// How digits are given up (DMN 1.5, 10.3.4.5). `down` is towards zero, `floor` towards minus infinity.
enum class Rounding : std::uint8_t { half_even, half_up, half_down, up, down, floor, ceiling };

class Decimal {
public:
    __extension__ using Coefficient = unsigned __int128;

    Decimal() = default;
    static Decimal of(std::int64_t whole);
    /// `12`, `-0.5`, `.5`, `1.2e-3`. Nothing for other text or a number outside the range; digits past the
    /// 34th round.
    static std::optional<Decimal> read(std::string_view text);

    /// Plain (`-0.05`), with an exponent only outside 10^-40 … 10^40.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool is_zero() const { return low_ == 0 && high_ == 0; }
    [[nodiscard]] bool is_negative() const { return negative_; }
    [[nodiscard]] int decimals() const { return exponent_ < 0 ? -exponent_ : 0; }  ///< digits after the point
    [[nodiscard]] bool is_whole() const { return exponent_ >= 0; }
    /// The value, if it is a whole number that fits.
    [[nodiscard]] std::optional<std::int64_t> whole() const;
    /// The part before the point, if it fits.
    [[nodiscard]] std::optional<std::int64_t> truncated() const;
    [[nodiscard]] Decimal negated() const;
    [[nodiscard]] Decimal magnitude() const { return negative_ ? negated() : *this; }

    // Nothing when the result is out of range, or on division by zero.
    [[nodiscard]] std::optional<Decimal> plus(Decimal const& other) const;
    [[nodiscard]] std::optional<Decimal> minus(Decimal const& other) const;
    [[nodiscard]] std::optional<Decimal> times(Decimal const& other) const;
    [[nodiscard]] std::optional<Decimal> over(Decimal const& other) const;
    /// What is left of a division rounded to floor: the sign is the divisor's.
    [[nodiscard]] std::optional<Decimal> modulo(Decimal const& other) const;
    /// With at most so many digits after the point; negative scales round before it.
    [[nodiscard]] std::optional<Decimal> rounded_to(int scale, Rounding mode) const;

    // Correct to all 34 digits (decimal_functions.cpp). Nothing outside the domain or the range.
    [[nodiscard]] std::optional<Decimal> square_root() const;
    [[nodiscard]] std::optional<Decimal> exponential() const;
    [[nodiscard]] std::optional<Decimal> logarithm() const;
    [[nodiscard]] std::optional<Decimal> power(Decimal const& exponent) const;

    bool operator==(Decimal const&) const = default;
    std::strong_ordering operator<=>(Decimal const& other) const;

private:
    struct Wide;
    enum class Sign { plus, minus };
    enum class Rest { none, some };  ///< digits already cut off behind the ones given
    static std::optional<Decimal> rounded(Sign sign, Wide digits, int exponent, Rest rest);
    static std::optional<Decimal> stripped(Sign sign, Coefficient digits, int exponent);
    [[nodiscard]] std::optional<Decimal> plus_wide(Decimal const& other) const;
    static Sign sign_of(std::same_as<bool> auto negative) { return negative ? Sign::minus : Sign::plus; }
    static Rest rest_of(std::same_as<bool> auto inexact) { return inexact ? Rest::some : Rest::none; }
    [[nodiscard]] Coefficient coefficient() const { return (static_cast<Coefficient>(high_) << 64) | low_; }
    [[nodiscard]] bool is_small() const { return high_ == 0; }

    // The coefficient in two words, so that a number needs 24 bytes and no wider alignment.
    std::uint64_t low_ = 0, high_ = 0;  ///< together below 10^34
    std::int32_t exponent_ = 0;
    bool negative_ = false;
};

}  // namespace tongban::rules
