// The values FEEL computes with. Cheap to copy: lists and contexts are shared and never change once made.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/base.h"
#include "rules/decimal.h"

namespace tongban::rules {

/// `any` is for a name whose type is not declared; no Value has it.
enum class Type { any, null, boolean, number, string, date, list, context };
std::string_view to_text(Type type);

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01. Years reach beyond what <chrono> can
/// hold.
struct Date {
    std::int64_t days = 0;
    static std::optional<Date> of(std::int64_t year, int month, int day);
    static std::optional<Date> read(
        std::string_view text);  ///< `2026-10-15`; years of 4 to 9 digits, `-` before them
    static Date of(Day day) { return {day.time_since_epoch().count()}; }
    [[nodiscard]] std::string text() const;
    auto operator<=>(Date const&) const = default;
};

class Value;
using List = std::vector<Value>;

/// Names with their values, in the order they were put.
class Context {
public:
    Context& put(std::string_view name, Value value);  ///< replaces the value of a name already there
    /// `applicant.id_number` puts into the context `applicant`, made when absent.
    Context& put_path(std::string_view path, Value value);
    [[nodiscard]] Value const* find(std::string_view name) const;
    [[nodiscard]] std::vector<std::pair<std::string, Value>> const& entries() const { return entries_; }

private:
    std::vector<std::pair<std::string, Value>> entries_;
};

class Value {
public:
    Value() = default;                                     ///< null: it is known that there is nothing
    Value(bool truth) : held_(truth) {}                    // NOLINT: implicit on purpose
    Value(Decimal number) : held_(number) {}               // NOLINT: implicit on purpose
    Value(std::string text) : held_(std::move(text)) {}    // NOLINT: implicit on purpose
    Value(char const* text) : held_(std::string(text)) {}  // NOLINT: implicit on purpose
    Value(Date date) : held_(date) {}                      // NOLINT: implicit on purpose
    Value(List list) : held_(std::make_shared<List const>(std::move(list))) {}  // NOLINT: implicit on purpose
    Value(Context context)
        : held_(std::make_shared<Context const>(std::move(context))) {}  // NOLINT: as above

    [[nodiscard]] Type type() const;
    [[nodiscard]] bool is_null() const { return type() == Type::null; }
    [[nodiscard]] bool const* boolean() const { return std::get_if<bool>(&held_); }
    [[nodiscard]] Decimal const* number() const { return std::get_if<Decimal>(&held_); }
    [[nodiscard]] std::string const* string() const { return std::get_if<std::string>(&held_); }
    [[nodiscard]] Date const* date() const { return std::get_if<Date>(&held_); }
    [[nodiscard]] List const* list() const;
    [[nodiscard]] Context const* context() const;
    bool operator==(Value const& other) const;  ///< the same value of the same type, all the way down

private:
    std::variant<std::monostate, bool, Decimal, std::string, Date, std::shared_ptr<List const>,
                 std::shared_ptr<Context const>>
        held_;
};

/// JSON has neither exact numbers nor dates: `{"$number":"0.1"}` and `{"$date":"2026-10-15"}` stand for them;
/// whole numbers stand for themselves. Refuses json_value_is_not_exact (a number with a fraction) and
/// json_value_is_malformed.
Result<Value> from_json(Json const& value);
Json to_json(Value const& value);

}  // namespace tongban::rules
