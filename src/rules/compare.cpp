#include "rules/compare.h"

#include <algorithm>

namespace tongban::rules {

namespace {

Equality equality(bool equal) {
    return equal ? Equality::equal : Equality::different;
}

/// One part that is different decides; one that does not compare leaves it open.
Equality both(Equality a, Equality b) {
    if (a == Equality::different || b == Equality::different) return Equality::different;
    return a == Equality::unfit ? a : b;
}

Equality compare_lists(List const& a, List const& b, Run& run) {
    if (a.size() != b.size()) return Equality::different;
    auto out = Equality::equal;
    for (std::size_t i = 0; i < a.size() && out != Equality::different; ++i)
        out = both(out, compare_equal(a[i], b[i], run));
    return out;
}

Equality compare_contexts(Context const& a, Context const& b, Run& run) {
    if (a.entries().size() != b.entries().size()) return Equality::different;
    if (!run.spend(static_cast<std::int64_t>(a.entries().size() * (1 + b.entries().size() / 16))))
        return Equality::unfit;
    auto out = Equality::equal;
    for (auto const& [name, held] : a.entries()) {
        auto const* found = b.find(name);
        if (found == nullptr) return Equality::different;
        out = both(out, compare_equal(held, *found, run));
        if (out == Equality::different) break;
    }
    return out;
}

Equality compare_ranges(Range const& a, Range const& b, Run& run) {
    if (a.form != b.form || a.low_end != b.low_end || a.high_end != b.high_end) return Equality::different;
    return both(compare_equal(a.low, b.low, run), compare_equal(a.high, b.high, run));
}

Equality same_moment(std::optional<std::strong_ordering> const& order) {
    return order ? equality(*order == 0) : Equality::different;
}

}  // namespace

Equality compare_equal(Value const& a, Value const& b, Run& run) {
    if (!run.spend(1)) return Equality::unfit;
    if (a.is_null() || b.is_null()) return equality(a.is_null() && b.is_null());
    if (a.type() != b.type()) return Equality::unfit;
    switch (a.type()) {
        case Type::number:
            return equality(*a.number() == *b.number());
        case Type::string:
            return equality(*a.string() == *b.string());
        case Type::boolean:
            return equality(*a.boolean() == *b.boolean());
        case Type::time:
            return same_moment(order(*a.time(), *b.time()));
        case Type::date_time:
            return same_moment(order(*a.date_time(), *b.date_time()));
        case Type::list:
            return compare_lists(*a.list(), *b.list(), run);
        case Type::context:
            return compare_contexts(*a.context(), *b.context(), run);
        case Type::range:
            return compare_ranges(*a.range(), *b.range(), run);
        case Type::function:
            return a.function() == b.function() ? Equality::equal : Equality::unfit;
        default:
            return equality(a == b);
    }
}

Value equal(Value const& a, Value const& b, Run& run, Place at) {
    if (a.is_undetermined()) return a;
    if (b.is_undetermined()) return b;
    auto const out = compare_equal(a, b, run);
    if (run.exhausted()) return run.spent();
    if (out == Equality::unfit) return run.trouble("types_do_not_fit", at, {}, {a, b});
    return Value(out == Equality::equal);
}

std::optional<std::strong_ordering> order(Value const& a, Value const& b) {
    if (a.type() != b.type()) return std::nullopt;
    switch (a.type()) {
        case Type::number:
            return *a.number() <=> *b.number();
        case Type::string:
            return a.string()->compare(*b.string()) <=> 0;  // UTF-8 sorts by code point
        case Type::date:
            return *a.date() <=> *b.date();
        case Type::time:
            return order(*a.time(), *b.time());
        case Type::date_time:
            return order(*a.date_time(), *b.date_time());
        case Type::days_duration:
            return *a.days_duration() <=> *b.days_duration();
        case Type::months_duration:
            return *a.months_duration() <=> *b.months_duration();
        default:
            return std::nullopt;
    }
}

namespace {

/// On the inner side of an end; nothing where they do not compare.
std::optional<bool> inside_low(Range const& range, Value const& value) {
    auto const found = order(value, range.low);
    if (!found) return std::nullopt;
    return *found > 0 || (*found == 0 && range.low_end == Range::End::closed);
}

std::optional<bool> inside_high(Range const& range, Value const& value) {
    auto const found = order(value, range.high);
    if (!found) return std::nullopt;
    return *found < 0 || (*found == 0 && range.high_end == Range::End::closed);
}

}  // namespace

Value includes(Range const& range, Value const& value, Run& run, Place at) {
    if (range.form == Range::Form::equal || range.form == Range::Form::not_equal) {
        auto const same = equal(value, range.low, run, at);
        if (same.boolean() == nullptr || range.form == Range::Form::equal) return same;
        return Value(!*same.boolean());
    }
    if (value.is_null()) return run.trouble("datum_is_missing", at);
    auto const low = range.form == Range::Form::below ? true : inside_low(range, value);
    auto const high = range.form == Range::Form::above ? true : inside_high(range, value);
    if ((low && !*low) || (high && !*high)) return Value(false);
    if (low && high) return Value(true);
    bool const missing = (!low && range.low.is_null()) || (!high && range.high.is_null());
    return run.trouble(missing ? "datum_is_missing" : "types_do_not_fit", at, {},
                       {value, range.low, range.high});
}

namespace {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + "\"";
}

std::string inner_text(Value const& value) {
    if (auto const* text = value.string()) return quoted(*text);
    return feel_text(value);
}

/// Bare where it reads as a name.
std::string key_text(std::string const& name) {
    bool const bare = !name.empty() && name.find_first_of("{}[]():,\"\\\n") == std::string::npos;
    return bare ? name : quoted(name);
}

std::string range_text(Range const& range) {
    bool const low_closed = range.low_end == Range::End::closed,
               high_closed = range.high_end == Range::End::closed;
    switch (range.form) {
        case Range::Form::equal:
            return "(= " + inner_text(range.low) + ")";
        case Range::Form::not_equal:
            return "(!= " + inner_text(range.low) + ")";
        case Range::Form::below:
            return (high_closed ? "(<= " : "(< ") + inner_text(range.high) + ")";
        case Range::Form::above:
            return (low_closed ? "(>= " : "(> ") + inner_text(range.low) + ")";
        case Range::Form::interval:
            break;
    }
    return (low_closed ? "[" : "(") + inner_text(range.low) + ".." + inner_text(range.high) +
           (high_closed ? "]" : ")");
}

}  // namespace

std::string feel_text(Value const& value) {
    switch (value.type()) {
        case Type::boolean:
            return *value.boolean() ? "true" : "false";
        case Type::number:
            return value.number()->text();
        case Type::string:
            return *value.string();
        case Type::date:
            return value.date()->text();
        case Type::time:
            return value.time()->text();
        case Type::date_time:
            return value.date_time()->text();
        case Type::days_duration:
            return value.days_duration()->text();
        case Type::months_duration:
            return value.months_duration()->text();
        case Type::range:
            return range_text(*value.range());
        case Type::function:
            return type_of(value).text();
        case Type::list: {
            std::string out;
            for (auto const& item : *value.list()) out += (out.empty() ? "" : ", ") + inner_text(item);
            return "[" + out + "]";
        }
        case Type::context: {
            std::string out;
            for (auto const& [name, held] : value.context()->entries())
                out += (out.empty() ? "" : ", ") + key_text(name) + ": " + inner_text(held);
            return "{" + out + "}";
        }
        default:
            return "null";
    }
}

}  // namespace tongban::rules
