// The values FEEL computes with (DMN 1.5, 10.3.2). Cheap to copy (32 bytes): texts, lists, contexts, ranges
// and functions are shared and never change once made.
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
#include "rules/temporal.h"

namespace tongban::rules {

/// The kind of a value. `any` is for a name whose type is not declared; no Value has it. `undetermined` is
/// what the strict profile yields where there is no answer; the standard profile never does.
enum class Type : std::uint8_t {
    any,
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_time,
    days_duration,
    months_duration,
    list,
    context,
    range,
    function,
    undetermined
};
std::string_view to_text(Type type);  ///< as FEEL calls it: `date and time`

/// In the source, both from 1; columns are counted in code points.
struct Place {
    int line = 1;
    int column = 1;
    bool operator==(Place const&) const = default;
};

class Value;
class Function;
struct Range;
struct Reason;
using List = std::vector<Value>;

/// Names with their values, in the order they were put.
class Context {
public:
    Context();
    /// Entries whose names all differ.
    explicit Context(std::vector<std::pair<std::string, Value>> entries);
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
    Value(Date date) : held_(date) {}                      // NOLINT: implicit on purpose
    Value(Time time) : held_(time) {}                      // NOLINT: implicit on purpose
    Value(DateTime moment) : held_(moment) {}              // NOLINT: implicit on purpose
    Value(DaysDuration length) : held_(length) {}          // NOLINT: implicit on purpose
    Value(MonthsDuration length) : held_(length) {}        // NOLINT: implicit on purpose
    Value(std::string text);                               // NOLINT: implicit on purpose
    Value(char const* text) : Value(std::string(text)) {}  // NOLINT: implicit on purpose
    Value(List list);                                      // NOLINT: implicit on purpose
    Value(Context context);                                // NOLINT: implicit on purpose
    Value(Range range);                                    // NOLINT: implicit on purpose
    Value(std::shared_ptr<Function const> function) : held_(std::move(function)) {}  // NOLINT: as above
    static Value undetermined(Reason reason);
    /// Nobody put a value here: reading it is `name_has_no_value`, at the place that reads.
    static Value unset();

    [[nodiscard]] Type type() const { return static_cast<Type>(held_.index() + 1); }
    [[nodiscard]] bool is_null() const { return held_.index() == 0; }
    [[nodiscard]] bool is_undetermined() const { return type() == Type::undetermined; }
    [[nodiscard]] bool is_unset() const;
    [[nodiscard]] bool is_true() const { return boolean() != nullptr && *boolean(); }
    [[nodiscard]] bool is_false() const { return boolean() != nullptr && !*boolean(); }
    [[nodiscard]] bool const* boolean() const { return std::get_if<bool>(&held_); }
    [[nodiscard]] Decimal const* number() const { return std::get_if<Decimal>(&held_); }
    [[nodiscard]] std::string const* string() const;
    [[nodiscard]] Date const* date() const { return std::get_if<Date>(&held_); }
    [[nodiscard]] Time const* time() const { return std::get_if<Time>(&held_); }
    [[nodiscard]] DateTime const* date_time() const { return std::get_if<DateTime>(&held_); }
    [[nodiscard]] DaysDuration const* days_duration() const { return std::get_if<DaysDuration>(&held_); }
    [[nodiscard]] MonthsDuration const* months_duration() const {
        return std::get_if<MonthsDuration>(&held_);
    }
    [[nodiscard]] List const* list() const;
    [[nodiscard]] Context const* context() const;
    [[nodiscard]] Range const* range() const;
    [[nodiscard]] Function const* function() const;
    [[nodiscard]] std::shared_ptr<Function const> function_held() const;
    [[nodiscard]] Reason const* reason() const;  ///< of undetermined; null for unset
    /// How deep lists, contexts and closures lie in each other: 0 of what holds nothing.
    [[nodiscard]] std::uint32_t height() const;
    /// How large it is written out, in units of 32 bytes and as if nothing were shared: lists of lists that
    /// are one and the same in memory double with every level.
    [[nodiscard]] std::int64_t weight() const;
    /// The same value of the same type, all the way down: zones too. FEEL's own `=` is equal() in compare.h.
    bool operator==(Value const& other) const;

private:
    template <class T>
    struct Held;  ///< with its height
    std::variant<std::monostate, bool, Decimal, std::shared_ptr<std::string const>, Date, Time, DateTime,
                 DaysDuration, MonthsDuration, std::shared_ptr<Held<List> const>,
                 std::shared_ptr<Held<Context> const>, std::shared_ptr<Range const>,
                 std::shared_ptr<Function const>, std::shared_ptr<Reason const>>
        held_;
};

/// `[1..5]`, `(1..5)`; `(<5)`, `(>=5)`, `(=5)`, `(!=5)`. What is not bounded on a side has null there, but an
/// interval with a null end is another thing: nobody knows what lies in it.
struct Range {
    enum class End : std::uint8_t { open, closed };
    enum class Form : std::uint8_t { interval, below, above, equal, not_equal };
    Value low{}, high{};  ///< both are the value of (=5) and (!=5)
    End low_end = End::open, high_end = End::open;
    Form form = Form::interval;
    bool operator==(Range const&) const = default;
};

/// Why there is no answer. Codes: README.md.
struct Reason {
    std::string code;
    Place place{};
    std::string name{};                      ///< the datum or function concerned, where there is one
    std::string origin{};                    ///< which text it was, as Run::origin said: a decision, a cell
    std::vector<Value> given{};              ///< the values that did not serve; personal data, never for logs
    [[nodiscard]] std::string text() const;  ///< one Chinese sentence, no values in it
    bool operator==(Reason const& other) const;
};

/// JSON has neither exact numbers nor dates: `{"$number":"0.1"}`, `{"$date":"2026-10-15"}`, and alike
/// `$time`,
/// `$date_time`, `$duration` stand for them; whole numbers stand for themselves. Refuses
/// json_value_is_not_exact (a number with a fraction) and json_value_is_malformed. Ranges and functions leave
/// as the text that FEEL writes.
Result<Value> from_json(Json const& value);
Json to_json(Value const& value);

}  // namespace tongban::rules
