// Roots, exponentials, logarithms and powers: reckoned with 80 digits, then rounded to 34. Only here does
// Boost's cpp_dec_float serve, and only as scratch paper: it is no decimal128 (docs/adr).
#include <boost/multiprecision/cpp_dec_float.hpp>

#include "rules/decimal.h"

namespace tongban::rules {

namespace {

using Long =
    boost::multiprecision::number<boost::multiprecision::cpp_dec_float<80>, boost::multiprecision::et_off>;

Long long_of(Decimal const& number) {
    return Long(number.text());
}

std::optional<Decimal> decimal_of(Long const& number) {
    if (!boost::multiprecision::isfinite(number)) return std::nullopt;
    return Decimal::read(number.str(70, std::ios_base::scientific));
}

}  // namespace

std::optional<Decimal> Decimal::square_root() const {
    if (negative_) return std::nullopt;
    if (is_zero()) return Decimal{};
    return decimal_of(boost::multiprecision::sqrt(long_of(*this)));
}

std::optional<Decimal> Decimal::exponential() const {
    // e^14200 lies above the range, e^-14300 below.
    if (*this > Decimal::of(14'200)) return std::nullopt;
    if (*this < Decimal::of(-14'300)) return Decimal{};
    return decimal_of(boost::multiprecision::exp(long_of(*this)));
}

std::optional<Decimal> Decimal::logarithm() const {
    if (negative_ || is_zero()) return std::nullopt;
    if (*this == Decimal::of(1)) return Decimal{};
    return decimal_of(boost::multiprecision::log(long_of(*this)));
}

std::optional<Decimal> Decimal::power(Decimal const& exponent) const {
    auto const one = Decimal::of(1);
    if (exponent.is_zero() || *this == one) return one;
    if (is_zero()) return exponent.is_negative() ? std::nullopt : std::optional(Decimal{});
    auto const whole = exponent.whole();
    if (whole && *whole >= -100'000 && *whole <= 100'000) {
        auto const size = static_cast<long long>(*whole < 0 ? -*whole : *whole);
        Long const raised = boost::multiprecision::pow(long_of(*this), size);
        if (!boost::multiprecision::isfinite(raised) || raised == 0)
            return *whole < 0 ? std::optional(Decimal{}) : std::nullopt;
        return decimal_of(*whole < 0 ? 1 / raised : raised);
    }
    if (negative_ && !exponent.is_whole()) return std::nullopt;
    // b^e = e^(e ln b): the range decides before the reckoning does.
    Long const power = boost::multiprecision::log(long_of(magnitude())) * long_of(exponent);
    if (power > 14'200) return std::nullopt;
    if (power < -14'300) return Decimal{};
    auto out = decimal_of(boost::multiprecision::exp(power));
    bool const odd = negative_ && exponent.modulo(Decimal::of(2)) != Decimal{};
    if (out && odd) return out->negated();
    return out;
}

}  // namespace tongban::rules
