// Values from and to JSON.
#include <cmath>

#include "rules/compare.h"
#include "rules/value.h"

namespace tongban::rules {

namespace {

constexpr int json_depth_most = 64;

Error malformed(std::string code, std::string detail) {
    return {ErrorKind::invalid, std::move(code), std::move(detail)};
}

std::optional<Value> marked(std::string_view mark, std::string_view text) {
    static constexpr std::pair<std::string_view, Type> marks[] = {{"$number", Type::number},
                                                                  {"$date", Type::date},
                                                                  {"$time", Type::time},
                                                                  {"$date_time", Type::date_time},
                                                                  {"$duration", Type::days_duration}};
    for (auto const& [known, type] : marks) {
        if (known == mark) return read_value(type, text);
    }
    return std::nullopt;
}

Result<Value> from_json(Json const& value, int depth);

Result<Value> from_object(json::object const& object, int depth) {
    if (object.size() == 1 && object.begin()->key().starts_with('$')) {
        auto const& [key, inner] = *object.begin();
        auto value = inner.is_string() ? marked(key, inner.as_string()) : std::nullopt;
        if (value) return std::move(*value);
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

Json number_json(Decimal const& number) {
    auto const whole = number.whole();
    if (whole && *whole >= -9007199254740991 && *whole <= 9007199254740991) return *whole;
    return json::object{{"$number", number.text()}};
}

}  // namespace

Result<Value> from_json(Json const& value) {
    return from_json(value, 0);
}

Json to_json(Value const& value) {
    switch (value.type()) {
        case Type::boolean:
            return *value.boolean();
        case Type::string:
            return json::string(*value.string());
        case Type::number:
            return number_json(*value.number());
        case Type::date:
            return json::object{{"$date", value.date()->text()}};
        case Type::time:
            return json::object{{"$time", value.time()->text()}};
        case Type::date_time:
            return json::object{{"$date_time", value.date_time()->text()}};
        case Type::days_duration:
            return json::object{{"$duration", value.days_duration()->text()}};
        case Type::months_duration:
            return json::object{{"$duration", value.months_duration()->text()}};
        case Type::range:
        case Type::function:
            return json::string(feel_text(value));
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
        case Type::any:
        case Type::null:
        case Type::undetermined:
            break;
    }
    return nullptr;
}

}  // namespace tongban::rules
