// The lattice of types (DMN 1.5, 10.3.2.9): what conforms to what, `instance of`, and the conversions that a
// declared type brings about.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/value.h"

namespace tongban::rules {

class Run;

/// Immutable, cheap to copy.
class FeelType {
public:
    using Entry = std::pair<std::string, FeelType>;
    /// A condition on values of a type, as allowedValues make it. True, false, or null/undetermined.
    using Test = std::function<Value(Value const&, Run&)>;
    /// Whether a context may have entries beyond those named. Both conform (10.3.2.9.3); it matters for
    /// names: of an open one every member may be asked.
    enum class Extent : std::uint8_t { closed, open };

    FeelType(Type kind = Type::any) : kind_(kind) {}  // NOLINT: implicit on purpose
    static FeelType list(FeelType item);
    static FeelType range(FeelType of);
    static FeelType context(std::vector<Entry> entries, Extent extent = Extent::closed);
    static FeelType function(std::vector<FeelType> parameters, FeelType result);
    /// Built-in types by the names of FEEL and of typeRef: `number`, `date and time`, `dateTime`,
    /// `dayTimeDuration`, `Any` …; nothing for others.
    static std::optional<FeelType> named(std::string_view name);
    /// The same type with a condition on its values; `name` is for messages.
    [[nodiscard]] FeelType tested(std::string name, Test test) const;

    [[nodiscard]] Type kind() const { return kind_; }
    [[nodiscard]] FeelType item() const;                      ///< of list and range; any where not said
    [[nodiscard]] std::vector<Entry> const& entries() const;  ///< of context
    [[nodiscard]] FeelType const* entry(std::string_view name) const;
    [[nodiscard]] Extent extent() const;        ///< a context without named entries is open
    [[nodiscard]] bool has_parameters() const;  ///< of function: false for the bare word `function`
    [[nodiscard]] std::vector<FeelType> parameters() const;
    [[nodiscard]] FeelType result() const;
    [[nodiscard]] Test const* test() const;
    [[nodiscard]] std::string text() const;  ///< `list<number>`; the name of a tested one

    /// Whether every value of this is one of `other` (10.3.2.9.3).
    [[nodiscard]] bool conforms_to(FeelType const& other) const;
    bool operator==(FeelType const& other) const;
    bool operator==(Type kind) const { return kind_ == kind; }

private:
    struct Parts;
    Type kind_ = Type::any;
    std::shared_ptr<Parts const> parts_;
};
inline std::string to_text(FeelType const& type) {
    return type.text();
}

/// The narrowest type that is surely right for this value.
FeelType type_of(Value const& value);
/// The narrowest type both conform to, as far as worth knowing.
FeelType common(FeelType const& a, FeelType const& b);
/// `value instance of type`: null is only of Null; the tests of tested types do not count.
bool is_instance(Value const& value, FeelType const& type, Run& run);
/// Conversion on a declared type (10.3.2.9.4): as it is when it conforms; a list of one to its item; a value
/// to a list of it; a date to its midnight in UTC. Null stays null. Otherwise null (standard) or undetermined
/// types_do_not_fit (strict), and value_is_not_allowed where a test fails.
Value coerce(Value const& value, FeelType const& type, Run& run, Place at = {});

/// Values of simple types from text: number, string, boolean, date, time, date and time, both durations
/// (`days_duration` and `months_duration` read either). Nothing for malformed text and other types.
std::optional<Value> read_value(Type type, std::string_view text);

}  // namespace tongban::rules
