// Functions of the host under the names that models give them: what java.lang offers for numbers and texts.
#include <algorithm>
#include <charconv>
#include <limits>

#include "rules/compare.h"
#include "rules/run.h"

namespace tongban::rules {

namespace {

using Arguments = std::span<Value const>;
using Out = std::optional<Value>;

Decimal const* number_at(Arguments arguments, std::size_t i) {
    return i < arguments.size() ? arguments[i].number() : nullptr;
}

HostFunctions::Body extreme(bool greatest) {
    return [greatest](Arguments arguments) -> Out {
        auto const *a = number_at(arguments, 0), *b = number_at(arguments, 1);
        if (arguments.size() != 2 || a == nullptr || b == nullptr) return std::nullopt;
        return Value((*a > *b) == greatest ? *a : *b);
    };
}

HostFunctions::Body of_number(std::optional<Decimal> (*reckon)(Decimal const& number)) {
    return [reckon](Arguments arguments) -> Out {
        auto const* number = number_at(arguments, 0);
        if (arguments.size() != 1 || number == nullptr) return std::nullopt;
        auto const out = reckon(*number);
        return out ? Out(Value(*out)) : std::nullopt;
    };
}

/// A whole number of so many bits; what does not fit fails, as it would there.
HostFunctions::Body of_text_whole(std::int64_t least, std::int64_t most) {
    return [least, most](Arguments arguments) -> Out {
        auto const* text = arguments.size() == 1 ? arguments[0].string() : nullptr;
        auto const number = text == nullptr ? std::nullopt : Decimal::read(*text);
        auto const whole = number ? number->whole() : std::nullopt;
        if (!whole || *whole < least || *whole > most || text->find_first_of(".eE") != std::string::npos)
            return std::nullopt;
        return Value(*number);
    };
}

HostFunctions::Body of_whole(std::int64_t least, std::int64_t most) {
    return [least, most](Arguments arguments) -> Out {
        auto const* number = arguments.size() == 1 ? number_at(arguments, 0) : nullptr;
        auto const whole = number == nullptr ? std::nullopt : number->whole();
        if (!whole || *whole < least || *whole > most) return std::nullopt;
        return Value(*number);
    };
}

Out decimal_of_text(Arguments arguments) {
    auto const* text = arguments.size() == 1 ? arguments[0].string() : nullptr;
    auto const number = text == nullptr ? std::nullopt : Decimal::read(trimmed(*text));
    return number ? Out(Value(*number)) : std::nullopt;
}

/// The cosine by its series, with the 34 digits of a Decimal; angles far from zero are folded first.
std::optional<Decimal> cosine(Decimal const& angle) {
    auto const turn = *Decimal::read("6.283185307179586476925286766559005768");
    auto const folded = angle.modulo(turn);
    if (!folded) return std::nullopt;
    auto const square = folded->times(*folded);
    auto term = std::optional(Decimal::of(1)), sum = term;
    for (std::int64_t i = 1; i < 60 && term && sum; ++i) {
        auto const next = term->times(*square);
        term = next ? next->over(Decimal::of(-(2 * i - 1) * (2 * i))) : std::nullopt;
        sum = term ? sum->plus(*term) : std::nullopt;
    }
    return sum ? sum->rounded_to(16, Rounding::half_even) : std::nullopt;
}

Out text_of_char(Arguments arguments) {
    auto const* text = arguments.size() == 1 ? arguments[0].string() : nullptr;
    if (text == nullptr || code_points(*text) != 1) return std::nullopt;
    return Value(*text);
}

Out length(Arguments arguments) {
    auto const* text = arguments.size() == 1 ? arguments[0].string() : nullptr;
    if (text == nullptr) return std::nullopt;
    return Value(Decimal::of(static_cast<std::int64_t>(code_points(*text))));
}

/// `%s`, `%d`, `%f` with a width of digits behind the point, `%%`.
Out format(Arguments arguments) {
    auto const* pattern = arguments.empty() ? nullptr : arguments[0].string();
    if (pattern == nullptr) return std::nullopt;
    std::vector<Value> given(arguments.begin() + 1, arguments.end());
    if (given.size() == 1 && given[0].list() != nullptr) given = List(*given[0].list());
    std::string out;
    std::size_t used = 0;
    for (std::size_t i = 0; i < pattern->size(); ++i) {
        char const c = (*pattern)[i];
        if (c != '%') {
            out += c;
            continue;
        }
        if (++i == pattern->size()) return std::nullopt;
        if ((*pattern)[i] == '%') {
            out += '%';
            continue;
        }
        int digits = 6;
        if ((*pattern)[i] == '.') {
            auto const end = pattern->find_first_not_of("0123456789", i + 1);
            if (end == std::string::npos || end == i + 1 || end > i + 3) return std::nullopt;
            std::from_chars(pattern->data() + i + 1, pattern->data() + end, digits);
            i = end;
        }
        if (used == given.size()) return std::nullopt;
        auto const& value = given[used++];
        char const kind = (*pattern)[i];
        if (kind == 's') {
            out += feel_text(value);
        } else if (kind == 'd' && value.number() != nullptr && value.number()->is_whole()) {
            out += value.number()->text();
        } else if (kind == 'f' && value.number() != nullptr) {
            auto const rounded = value.number()->rounded_to(digits, Rounding::half_up);
            if (!rounded) return std::nullopt;
            auto text = rounded->text();
            if (text.find('E') != std::string::npos) return std::nullopt;
            auto const missing = digits - rounded->decimals();
            if (rounded->decimals() == 0 && digits > 0) text += '.';
            out += text + std::string(static_cast<std::size_t>(missing), '0');
        } else {
            return std::nullopt;
        }
    }
    return Value(std::move(out));
}

std::string signature(std::string name, std::vector<std::string> const& types) {
    name += '(';
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (i > 0) name += ',';
        name += types[i];
    }
    name += ')';
    return name;
}

template <class T>
void add_whole(HostFunctions& out, std::string_view class_name, std::string const& primitive,
               std::string const& parse) {
    constexpr std::int64_t least = std::numeric_limits<T>::min(), most = std::numeric_limits<T>::max();
    out.add(class_name, signature("valueOf", {primitive}), of_whole(least, most));
    out.add(class_name, signature("valueOf", {"java.lang.String"}), of_text_whole(least, most));
    out.add(class_name, signature(parse, {"java.lang.String"}), of_text_whole(least, most));
}

HostFunctions make_java_lang() {
    HostFunctions out;
    constexpr std::string_view math = "java.lang.Math";
    for (std::string const type : {"int", "long", "float", "double"}) {
        out.add(math, signature("max", {type, type}), extreme(true));
        out.add(math, signature("min", {type, type}), extreme(false));
        out.add(math, signature("abs", {type}),
                of_number([](Decimal const& n) { return std::optional(n.magnitude()); }));
    }
    out.add(math, "cos(double)", of_number(cosine));
    out.add(math, "sqrt(double)", of_number([](Decimal const& n) { return n.square_root(); }));
    out.add(math, "exp(double)", of_number([](Decimal const& n) { return n.exponential(); }));
    out.add(math, "log(double)", of_number([](Decimal const& n) { return n.logarithm(); }));
    out.add(math, "floor(double)",
            of_number([](Decimal const& n) { return n.rounded_to(0, Rounding::floor); }));
    out.add(math, "ceil(double)",
            of_number([](Decimal const& n) { return n.rounded_to(0, Rounding::ceiling); }));
    out.add(math, "pow(double,double)", [](Arguments arguments) -> Out {
        auto const *a = number_at(arguments, 0), *b = number_at(arguments, 1);
        if (arguments.size() != 2 || a == nullptr || b == nullptr) return std::nullopt;
        auto const power = a->power(*b);
        return power ? Out(Value(*power)) : std::nullopt;
    });
    add_whole<std::int8_t>(out, "java.lang.Byte", "byte", "parseByte");
    add_whole<std::int16_t>(out, "java.lang.Short", "short", "parseShort");
    add_whole<std::int32_t>(out, "java.lang.Integer", "int", "parseInt");
    add_whole<std::int64_t>(out, "java.lang.Long", "long", "parseLong");
    for (auto const* type : {"java.lang.Double", "java.lang.Float"}) {
        out.add(type, "valueOf(java.lang.String)", decimal_of_text);
        out.add(type, "valueOf(double)", of_number([](Decimal const& n) { return std::optional(n); }));
        out.add(type, "valueOf(float)", of_number([](Decimal const& n) { return std::optional(n); }));
    }
    constexpr std::string_view text = "java.lang.String";
    out.add(text, "valueOf(char)", text_of_char);
    out.add(text, "format(java.lang.String,[Ljava.lang.Object;)", format);
    out.add(text, "length()", length);
    return out;
}

}  // namespace

HostFunctions const& HostFunctions::java_lang() {
    static HostFunctions const all = make_java_lang();
    return all;
}

}  // namespace tongban::rules
