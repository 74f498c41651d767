#include "rules/value.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tongban::rules {

namespace {

constexpr std::int64_t year_most = 999'999'999;
constexpr int json_depth_most = 64;

// Days from 1970-01-01 in the proleptic Gregorian calendar, by eras of 400 years (146,097 days), years from
// March.
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    std::int64_t const era = (year >= 0 ? year : year - 399) / 400;
    std::int64_t const year_of_era = year - era * 400;
    std::int64_t const day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    std::int64_t const day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

int days_in(std::int64_t year, int month) {
    if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::optional<std::int64_t> read_digits(std::string_view text) {
    std::int64_t out = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    bool const digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (error != std::errc{} || end != text.data() + text.size() || !digits) return std::nullopt;
    return out;
}

std::string padded(std::int64_t number, std::size_t width) {
    std::string out = std::to_string(number);
    return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

Error malformed(std::string code, std::string detail) {
    return {ErrorKind::invalid, std::move(code), std::move(detail)};
}

Result<Value> from_json(Json const& value, int depth);

Result<Value> from_object(json::object const& object, int depth) {
    if (object.size() == 1 && object.begin()->key().starts_with('$')) {
        auto const& [key, inner] = *object.begin();
        if (inner.is_string() && key == "$number") {
            if (auto number = Decimal::read(inner.as_string())) return Value(*number);
        }
        if (inner.is_string() && key == "$date") {
            if (auto date = Date::read(inner.as_string())) return Value(*date);
        }
        return malformed("json_value_is_malformed", "既不是数也不是日期：" + std::string(key));
    }
    Context out;
    for (auto const& [key, inner] : object) out.put(key, TRY(from_json(inner, depth + 1)));
    return Value(std::move(out));
}

Result<Value> from_json(Json const& value, int depth) {
    if (depth > json_depth_most) return malformed("json_value_is_malformed", "嵌套太深");
    switch (value.kind()) {
        case json::kind::null:
            return Value();
        case json::kind::bool_:
            return Value(value.as_bool());
        case json::kind::string:
            return Value(std::string(value.as_string()));
        case json::kind::int64:
            return Value(Decimal::of(value.as_int64()));
        case json::kind::uint64:
            return Value(*Decimal::read(std::to_string(value.as_uint64())));
        case json::kind::double_:
            break;
        case json::kind::object:
            return from_object(value.as_object(), depth);
        case json::kind::array: {
            List out;
            for (auto const& item : value.as_array()) out.push_back(TRY(from_json(item, depth + 1)));
            return Value(std::move(out));
        }
    }
    double const number = value.as_double();
    if (std::abs(number) > 9007199254740991.0 || std::trunc(number) != number)
        return malformed("json_value_is_not_exact", "带小数的数请写成 {\"$number\":\"0.1\"}");
    return Value(Decimal::of(static_cast<std::int64_t>(number)));
}

}  // namespace

std::string_view to_text(Type type) {
    switch (type) {
        case Type::any:
            return "any";
        case Type::null:
            return "null";
        case Type::boolean:
            return "boolean";
        case Type::number:
            return "number";
        case Type::string:
            return "string";
        case Type::date:
            return "date";
        case Type::list:
            return "list";
        case Type::context:
            return "context";
    }
    return "any";
}

std::optional<Date> Date::of(std::int64_t year, int month, int day) {
    if (year < -year_most || year > year_most || month < 1 || month > 12) return std::nullopt;
    if (day < 1 || day > days_in(year, month)) return std::nullopt;
    return Date{days_from_civil(year, month, day)};
}

std::optional<Date> Date::read(std::string_view text) {
    bool const before = text.starts_with('-');
    if (before) text.remove_prefix(1);
    if (text.size() < 10 || text.size() > 15) return std::nullopt;
    auto const split = text.size() - 6;
    if (text[split] != '-' || text[split + 3] != '-') return std::nullopt;
    auto const year = read_digits(text.substr(0, split));
    auto const month = read_digits(text.substr(split + 1, 2));
    auto const day = read_digits(text.substr(split + 4));
    if (!year || !month || !day || (split > 4 && text[0] == '0')) return std::nullopt;
    return of(before ? -*year : *year, static_cast<int>(*month), static_cast<int>(*day));
}

std::string Date::text() const {
    std::int64_t const shifted = days + 719'468;
    std::int64_t const era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    std::int64_t const day_of_era = shifted - era * 146'097;
    std::int64_t const year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    std::int64_t const day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    std::int64_t const from_march = (5 * day_of_year + 2) / 153;
    std::int64_t const day = day_of_year - (153 * from_march + 2) / 5 + 1;
    std::int64_t const month = from_march < 10 ? from_march + 3 : from_march - 9;
    std::int64_t const year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    return (year < 0 ? "-" : "") + padded(year < 0 ? -year : year, 4) + "-" + padded(month, 2) + "-" +
           padded(day, 2);
}

Context& Context::put(std::string_view name, Value value) {
    for (auto& [known, held] : entries_) {
        if (known != name) continue;
        held = std::move(value);
        return *this;
    }
    entries_.emplace_back(name, std::move(value));
    return *this;
}

Context& Context::put_path(std::string_view path, Value value) {
    auto const dot = path.find('.');
    if (dot == std::string_view::npos) return put(path, std::move(value));
    Value const* found = find(path.substr(0, dot));
    Context inner = found != nullptr && found->context() != nullptr ? *found->context() : Context{};
    inner.put_path(path.substr(dot + 1), std::move(value));
    return put(path.substr(0, dot), Value(std::move(inner)));
}

Value const* Context::find(std::string_view name) const {
    for (auto const& [known, held] : entries_) {
        if (known == name) return &held;
    }
    return nullptr;
}

Type Value::type() const {
    static constexpr Type types[] = {Type::null, Type::boolean, Type::number, Type::string,
                                     Type::date, Type::list,    Type::context};
    return types[held_.index()];
}

List const* Value::list() const {
    auto const* held = std::get_if<std::shared_ptr<List const>>(&held_);
    return held == nullptr ? nullptr : held->get();
}

Context const* Value::context() const {
    auto const* held = std::get_if<std::shared_ptr<Context const>>(&held_);
    return held == nullptr ? nullptr : held->get();
}

bool Value::operator==(Value const& other) const {
    if (type() != other.type()) return false;
    if (auto const* mine = list()) return *mine == *other.list();
    if (auto const* mine = context()) {
        auto const& theirs = *other.context();
        if (mine->entries().size() != theirs.entries().size()) return false;
        return std::all_of(mine->entries().begin(), mine->entries().end(), [&](auto const& entry) {
            Value const* found = theirs.find(entry.first);
            return found != nullptr && *found == entry.second;
        });
    }
    return held_ == other.held_;
}

Result<Value> from_json(Json const& value) {
    return from_json(value, 0);
}

Json to_json(Value const& value) {
    switch (value.type()) {
        case Type::boolean:
            return *value.boolean();
        case Type::string:
            return json::string(*value.string());
        case Type::date:
            return json::object{{"$date", value.date()->text()}};
        case Type::number: {
            auto const whole = value.number()->whole();
            if (whole && *whole >= -9007199254740991 && *whole <= 9007199254740991) return *whole;
            return json::object{{"$number", value.number()->text()}};
        }
        case Type::list: {
            json::array out;
            for (auto const& item : *value.list()) out.push_back(to_json(item));
            return out;
        }
        case Type::context: {
            json::object out;
            for (auto const& [name, held] : value.context()->entries()) out[name] = to_json(held);
            return out;
        }
        default:
            return nullptr;
    }
}

}  // namespace tongban::rules
