#include "rules/decimal.h"

#include <algorithm>
#include <array>

namespace tongban::rules {

namespace {

using U64 = std::uint64_t;
using U128 = Decimal::Coefficient;

constexpr int digits_kept = 34;
constexpr int exponent_least = -6176;
constexpr int adjusted_most = 6144;  // the exponent of the first digit

std::string to_digits(U128 value) {
    std::string out;
    do {
        out += static_cast<char>('0' + static_cast<int>(value % 10));
        value /= 10;
    } while (value != 0);
    std::reverse(out.begin(), out.end());
    return out;
}

constexpr auto powers = [] {
    std::array<U128, 39> out{};
    U128 power = 1;
    for (auto& one : out) {
        one = power;
        power *= 10;
    }
    return out;
}();

U128 power_of_ten(int exponent) {
    return powers[static_cast<std::size_t>(exponent)];
}

int digit_count(U128 value) {
    int count = 1;
    while (count <= digits_kept && value >= power_of_ten(count)) ++count;
    return count;
}

/// Takes trailing zeros off; what is odd has none.
int strip_zeros(U128& value) {
    int count = 0;
    while ((value >> 64) != 0 && (value & 1) == 0 && value % 10 == 0) {
        value /= 10;
        ++count;
    }
    if ((value >> 64) != 0) return count;
    auto small = static_cast<U64>(value);
    while ((small & 1) == 0 && small % 10 == 0) {
        small /= 10;
        ++count;
    }
    value = small;
    return count;
}

}  // namespace

// 256 bits, enough for the product of two coefficients (68 digits) and for aligned sums (71 digits).
struct Decimal::Wide {
    std::array<U64, 4> limb{};

    static Wide of(U128 value) {
        Wide out;
        out.limb = {static_cast<U64>(value), static_cast<U64>(value >> 64), 0, 0};
        return out;
    }
    static Wide product(U128 a, U128 b) {
        Wide out;
        std::array<U64, 2> const x{static_cast<U64>(a), static_cast<U64>(a >> 64)};
        std::array<U64, 2> const y{static_cast<U64>(b), static_cast<U64>(b >> 64)};
        for (std::size_t i = 0; i < 2; ++i) {
            U128 carry = 0;
            for (std::size_t j = 0; j < 2; ++j) {
                carry += static_cast<U128>(x[i]) * y[j] + out.limb[i + j];
                out.limb[i + j] = static_cast<U64>(carry);
                carry >>= 64;
            }
            out.limb[i + 2] += static_cast<U64>(carry);
        }
        return out;
    }
    void times_ten(int count) {
        for (; count > 0; --count) {
            U128 carry = 0;
            for (auto& part : limb) {
                carry += static_cast<U128>(part) * 10;
                part = static_cast<U64>(carry);
                carry >>= 64;
            }
        }
    }
    /// Divides by ten and returns the digit that fell off.
    int drop_digit() {
        U128 rest = 0;
        for (std::size_t i = limb.size(); i-- > 0;) {
            rest = (rest << 64) | limb[i];
            limb[i] = static_cast<U64>(rest / 10);
            rest %= 10;
        }
        return static_cast<int>(rest);
    }
    [[nodiscard]] bool is_zero() const {
        return std::all_of(limb.begin(), limb.end(), [](U64 part) { return part == 0; });
    }
    [[nodiscard]] int digits() const {
        int count = 0;
        for (Wide rest = *this; !rest.is_zero(); ++count) (void)rest.drop_digit();
        return count;
    }
    [[nodiscard]] std::strong_ordering compared(Wide const& other) const {
        for (std::size_t i = limb.size(); i-- > 0;) {
            if (limb[i] != other.limb[i]) return limb[i] <=> other.limb[i];
        }
        return std::strong_ordering::equal;
    }
    void add(Wide const& other) {
        U128 carry = 0;
        for (std::size_t i = 0; i < limb.size(); ++i) {
            carry += static_cast<U128>(limb[i]) + other.limb[i];
            limb[i] = static_cast<U64>(carry);
            carry >>= 64;
        }
    }
    void subtract(Wide const& smaller) {
        U64 borrow = 0;
        for (std::size_t i = 0; i < limb.size(); ++i) {
            U128 const taken = static_cast<U128>(smaller.limb[i]) + borrow;
            borrow = static_cast<U128>(limb[i]) < taken ? 1 : 0;
            limb[i] = static_cast<U64>(limb[i] - static_cast<U64>(taken));
        }
    }
    [[nodiscard]] U128 low() const { return (static_cast<U128>(limb[1]) << 64) | limb[0]; }
};

// Round half to even to 34 digits, fewer where the exponent would fall below the least. `inexact` says that
// something nonzero was cut off below the last digit; callers then hand over at least 35 digits.
std::optional<Decimal> Decimal::rounded(Sign sign, Wide digits, int exponent, Rest rest) {
    bool inexact = rest == Rest::some;
    int drop = std::max({digits.digits() - digits_kept, exponent_least - exponent, 0});
    if (drop > 0) {
        int last = 0;
        exponent += drop;
        for (; drop > 0 && !(digits.is_zero() && last == 0); --drop) {
            inexact = inexact || last != 0;
            last = digits.drop_digit();
        }
        if (drop > 0) last = 0;
        bool const odd = (digits.limb[0] & 1) != 0;
        if (last > 5 || (last == 5 && (inexact || odd))) digits.add(Wide::of(1));
    }
    return stripped(sign, digits.low(), exponent);
}

std::optional<Decimal> Decimal::stripped(Sign sign, U128 digits, int exponent) {
    Decimal out;
    if (digits == 0) return out;
    exponent += strip_zeros(digits);
    if (exponent > adjusted_most - digits_kept && exponent + digit_count(digits) - 1 > adjusted_most)
        return std::nullopt;
    out.low_ = static_cast<U64>(digits);
    out.high_ = static_cast<U64>(digits >> 64);
    out.exponent_ = exponent;
    out.negative_ = sign == Sign::minus;
    return out;
}

Decimal Decimal::of(std::int64_t whole) {
    auto const size = whole < 0 ? ~static_cast<U64>(whole) + 1 : static_cast<U64>(whole);
    return *rounded(sign_of(whole < 0), Wide::of(size), 0, Rest::none);
}

std::optional<Decimal> Decimal::read(std::string_view text) {
    bool const negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    Wide digits;
    int taken = 0;
    std::int64_t exponent = 0;
    bool inexact = false, any = false, after_point = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '.' && !after_point) {
            after_point = true;
            continue;
        }
        if (c < '0' || c > '9') break;
        any = true;
        if (taken < 70) {
            digits.times_ten(1);
            digits.add(Wide::of(static_cast<U128>(c - '0')));
            if (taken > 0 || c != '0') ++taken;
            if (after_point) --exponent;
        } else {
            inexact = inexact || c != '0';
            if (!after_point) ++exponent;
        }
    }
    if (!any || text[i - 1] == '.') return std::nullopt;
    if (i < text.size()) {
        if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
        ++i;
        bool const down = i < text.size() && text[i] == '-';
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
        if (i == text.size()) return std::nullopt;
        std::int64_t power = 0;
        for (; i < text.size(); ++i) {
            if (text[i] < '0' || text[i] > '9') return std::nullopt;
            power = std::min<std::int64_t>(power * 10 + (text[i] - '0'), 1'000'000);
        }
        exponent += down ? -power : power;
    }
    if (digits.is_zero()) return Decimal{};
    return rounded(sign_of(negative), digits, static_cast<int>(exponent), rest_of(inexact));
}

std::string Decimal::text() const {
    std::string digits = to_digits(coefficient());
    int const adjusted = exponent_ + static_cast<int>(digits.size()) - 1;
    std::string const sign = negative_ ? "-" : "";
    if (adjusted < -40 || adjusted > 40) {
        std::string out = sign + digits.substr(0, 1);
        if (digits.size() > 1) out += "." + digits.substr(1);
        return out + (adjusted < 0 ? "E-" : "E+") + std::to_string(adjusted < 0 ? -adjusted : adjusted);
    }
    if (exponent_ >= 0) return sign + digits + std::string(static_cast<std::size_t>(exponent_), '0');
    auto const fraction = static_cast<std::size_t>(-exponent_);
    if (digits.size() <= fraction) digits.insert(0, fraction - digits.size() + 1, '0');
    return sign + digits.substr(0, digits.size() - fraction) + "." + digits.substr(digits.size() - fraction);
}

std::optional<std::int64_t> Decimal::whole() const {
    if (exponent_ < 0 || exponent_ > 18 || !is_small()) return std::nullopt;
    U128 const limit = static_cast<U128>(INT64_MAX);
    U128 const size = low_ * power_of_ten(exponent_);
    if (size > limit) return std::nullopt;
    return negative_ ? -static_cast<std::int64_t>(size) : static_cast<std::int64_t>(size);
}

std::optional<std::int64_t> Decimal::truncated() const {
    if (exponent_ >= 0) return whole();
    if (exponent_ <= -digits_kept) return 0;
    U128 const size = coefficient() / power_of_ten(-exponent_);
    if (size > static_cast<U128>(INT64_MAX)) return std::nullopt;
    return negative_ ? -static_cast<std::int64_t>(size) : static_cast<std::int64_t>(size);
}

Decimal Decimal::negated() const {
    Decimal out = *this;
    out.negative_ = !is_zero() && !negative_;
    return out;
}

std::optional<Decimal> Decimal::plus(Decimal const& other) const {
    if (is_zero()) return other;
    if (other.is_zero()) return *this;
    int const gap = exponent_ - other.exponent_;
    if (!is_small() || !other.is_small() || gap > 18 || gap < -18 || exponent_ < -6000)
        return plus_wide(other);
    // Both below 2^64, so that neither side reaches 2^125.
    U128 const a = low_ * power_of_ten(std::max(gap, 0)), b = other.low_ * power_of_ten(std::max(-gap, 0));
    int const exponent = std::min(exponent_, other.exponent_);
    U128 const sum = negative_ == other.negative_ ? a + b : (a > b ? a - b : b - a);
    if (sum >= power_of_ten(digits_kept)) return plus_wide(other);
    bool const negative = a >= b ? negative_ : other.negative_;
    return stripped(sign_of(negative), sum, exponent);
}

std::optional<Decimal> Decimal::plus_wide(Decimal const& other) const {
    Decimal const& high = exponent_ >= other.exponent_ ? *this : other;
    Decimal const& low = exponent_ >= other.exponent_ ? other : *this;
    // The one with the higher exponent is widened, to 70 digits at most; what lies below that can only break
    // a tie.
    int const widen = std::min(high.exponent_ - low.exponent_, 70 - digit_count(high.coefficient()));
    Wide sum = Wide::of(high.coefficient()), rest = Wide::of(low.coefficient());
    sum.times_ten(widen);
    int const exponent = high.exponent_ - widen;
    bool inexact = false;
    for (int gap = exponent - low.exponent_; gap > 0 && !rest.is_zero(); --gap) {
        if (rest.drop_digit() != 0) inexact = true;
    }
    if (high.negative_ == low.negative_) {
        sum.add(rest);
        return rounded(sign_of(high.negative_), sum, exponent, rest_of(inexact));
    }
    if (sum.compared(rest) >= 0) {
        sum.subtract(rest);
        if (inexact) sum.subtract(Wide::of(1));  // what was cut off reaches into the last digit
        return rounded(sign_of(high.negative_), sum, exponent, rest_of(inexact));
    }
    rest.subtract(sum);
    return rounded(sign_of(low.negative_), rest, exponent, Rest::none);
}

std::optional<Decimal> Decimal::minus(Decimal const& other) const {
    return plus(other.negated());
}

std::optional<Decimal> Decimal::times(Decimal const& other) const {
    auto const sign = sign_of(negative_ != other.negative_);
    int const exponent = exponent_ + other.exponent_;
    if (is_small() && other.is_small() && exponent > -6000) {
        U128 const product = static_cast<U128>(low_) * other.low_;
        if (product < power_of_ten(digits_kept)) return stripped(sign, product, exponent);
    }
    return rounded(sign, Wide::product(coefficient(), other.coefficient()), exponent, Rest::none);
}

std::optional<Decimal> Decimal::over(Decimal const& other) const {
    if (other.is_zero()) return std::nullopt;
    if (is_zero()) return Decimal{};
    U128 const by = other.coefficient();
    U128 quotient = coefficient() / by, rest = coefficient() % by;
    int exponent = exponent_ - other.exponent_;
    // 35 digits and whether something follows are enough to round. A rest below 2^64 takes 18 digits at once,
    // a larger one (below 10^34) one digit.
    while (rest != 0 && quotient < power_of_ten(digits_kept)) {
        int const room = digits_kept + 3 - digit_count(quotient);
        int const taken = other.is_small() ? std::min(18, room) : 1;
        rest *= power_of_ten(taken);
        quotient = quotient * power_of_ten(taken) + rest / by;
        rest %= by;
        exponent -= taken;
    }
    return rounded(sign_of(negative_ != other.negative_), Wide::of(quotient), exponent, rest_of(rest != 0));
}

std::optional<Decimal> Decimal::modulo(Decimal const& other) const {
    if (other.is_zero()) return std::nullopt;
    if (is_zero()) return Decimal{};
    U128 by = other.coefficient(), rest = coefficient();
    int exponent = exponent_;
    if (exponent_ >= other.exponent_) {
        rest %= by;
        for (; exponent > other.exponent_ && rest != 0; --exponent) rest = rest * 10 % by;
        exponent = other.exponent_;
    } else {
        // A divisor with more digits than the number leaves the number as it is.
        int const gap = other.exponent_ - exponent_;
        if (digit_count(by) + gap > digits_kept) {
            if (negative_ == other.negative_) return *this;
            return plus(other);
        }
        by *= power_of_ten(gap);
        rest %= by;
    }
    if (rest == 0) return Decimal{};
    if (negative_ != other.negative_) rest = by - rest;
    return stripped(sign_of(other.negative_), rest, exponent);
}

std::optional<Decimal> Decimal::rounded_to(int scale, Rounding mode) const {
    int const drop = -exponent_ - scale;
    if (drop <= 0) return *this;
    bool const beyond = drop > digits_kept;
    U128 const unit = power_of_ten(beyond ? digits_kept : drop);
    U128 kept = beyond ? 0 : coefficient() / unit;
    U128 const rest = beyond ? coefficient() : coefficient() % unit;
    U128 const half = unit / 2;  // what is beyond is always less than half
    bool const over_half = !beyond && rest > half, tie = !beyond && rest == half;
    bool more = false;
    switch (mode) {
        case Rounding::half_even:
            more = over_half || (tie && (kept & 1) != 0);
            break;
        case Rounding::half_up:
            more = over_half || tie;
            break;
        case Rounding::half_down:
            more = over_half;
            break;
        case Rounding::up:
            more = rest != 0;
            break;
        case Rounding::down:
            break;
        case Rounding::floor:
            more = negative_ && rest != 0;
            break;
        case Rounding::ceiling:
            more = !negative_ && rest != 0;
            break;
    }
    if (more) ++kept;
    return stripped(sign_of(negative_), kept, -scale);
}

std::strong_ordering Decimal::operator<=>(Decimal const& other) const {
    auto const less = std::strong_ordering::less;
    auto const greater = std::strong_ordering::greater;
    int const mine = is_zero() ? 0 : (negative_ ? -1 : 1);
    int const theirs = other.is_zero() ? 0 : (other.negative_ ? -1 : 1);
    if (mine != theirs) return mine <=> theirs;
    if (*this == other) return std::strong_ordering::equal;
    auto const larger = mine > 0 ? greater : less, smaller = mine > 0 ? less : greater;
    int const gap = exponent_ - other.exponent_;
    if (is_small() && other.is_small() && gap <= 18 && gap >= -18) {
        U128 const a = low_ * power_of_ten(std::max(gap, 0));
        return a > other.low_ * power_of_ten(std::max(-gap, 0)) ? larger : smaller;
    }
    int const my_height = exponent_ + digit_count(coefficient());
    int const their_height = other.exponent_ + digit_count(other.coefficient());
    if (my_height != their_height) return my_height > their_height ? larger : smaller;
    Wide a = Wide::of(coefficient()), b = Wide::of(other.coefficient());
    a.times_ten(std::max(0, gap));
    b.times_ten(std::max(0, -gap));
    return a.compared(b) > 0 ? larger : smaller;
}

}  // namespace tongban::rules
