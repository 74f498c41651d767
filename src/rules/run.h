// One evaluation with what it may spend, and functions as values.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/types.h"

namespace tongban::rules {

/// What hostile or careless input may spend before it is refused.
struct Budget {
    std::size_t source_bytes = 16 * 1024;  ///< expression_is_too_long
    int depth = 64;  ///< expression_is_too_deep (parsing), evaluation_is_too_deep (calls in calls)
    std::int64_t steps = 100'000;                  ///< evaluation_is_too_long
    std::int64_t memory_bytes = 64 * 1024 * 1024;  ///< made while evaluating: evaluation_is_too_large
};

/// Strict: unknown name, type error, missing datum → undetermined with reason and place, never a silent
/// false. Standard: the nulls of the specification.
enum class Profile : std::uint8_t { strict, standard };

class HostFunctions;

/// Told of what happens on the way (tables that are explained); who puts one knows its real class.
struct Witness {
    virtual ~Witness() = default;
};

struct Settings {
    Budget budget{};
    Profile profile = Profile::strict;
    /// What now() and today() say; without it they have no value.
    std::optional<DateTime> now{};
    /// Asked every few thousand steps; true ends the evaluation with evaluation_was_stopped. No clock here.
    std::function<bool()> stop{};
    /// What `function(..) external {..}` may reach; none when null.
    HostFunctions const* hosts = nullptr;
};

/// The state of one evaluation, for one thread. Everything that is called passes it on, so that nested
/// decisions, functions and tables share one budget.
class Run {
public:
    explicit Run(Settings settings);
    [[nodiscard]] Settings const& settings() const { return settings_; }
    [[nodiscard]] bool strict() const { return settings_.profile == Profile::strict; }

    /// Null (standard) or undetermined (strict), because of trouble with the input.
    Value trouble(std::string_view code, Place at, std::string_view name = {}, std::vector<Value> given = {});
    /// Steps and memory. False: spent, and every further evaluation ends with the same `exhausted` reason, in
    /// both profiles.
    bool spend(std::int64_t steps) {
        steps_ -= steps;
        return steps_ >= next_look_ || look();
    }
    bool hold(std::int64_t bytes);
    /// For callers of functions: one more level while it lives.
    class Level {
    public:
        explicit Level(Run& run) : run_(run) { run_.enter(); }
        ~Level() { --run_.depth_; }
        Level(Level const&) = delete;
        Level& operator=(Level const&) = delete;

    private:
        Run& run_;
    };
    /// The reason why nothing more is evaluated: evaluation_is_too_long, _too_deep, _too_large, _was_stopped,
    /// also in the standard profile. Look here when an evaluation has come back.
    [[nodiscard]] std::optional<Reason> const& exhausted() const { return exhausted_; }
    void exhaust(std::string_view code, Place at = {});
    /// Value of everything once exhausted: undetermined with that reason.
    [[nodiscard]] Value spent() const;

    /// In the standard profile: what was turned into null, first come first, at most 100. For findings.
    [[nodiscard]] std::vector<Reason> const& notes() const { return notes_; }
    [[nodiscard]] std::int64_t steps_left() const { return steps_; }
    /// Places for local names of the expressions that are evaluated now.
    std::vector<Value>& locals() { return locals_; }
    /// Parts within parts that are evaluated now, over all nested calls.
    bool dive() { return ++parts_ <= parts_most || (exhaust("evaluation_is_too_deep"), false); }
    void rise() { --parts_; }
    /// Whether a value, written out, is within the memory of the budget; else evaluation_is_too_large.
    bool bears(Value const& value) {
        return value.weight() <= settings_.budget.memory_bytes / static_cast<std::int64_t>(sizeof(Value)) ||
               (exhaust("evaluation_is_too_large"), false);
    }
    static constexpr std::uint32_t value_height_most = 1000;  ///< of what a loop makes from what it made
    /// Which text is evaluated now; put into reasons. Set it around an evaluation and put it back.
    std::string origin;
    Witness* witness = nullptr;

private:
    static constexpr int parts_most = 4000;  ///< of at most half a kilobyte of stack each
    static constexpr std::int64_t steps_between_looks = 4096;
    void enter();
    bool look();
    bool exhaust_steps();
    Settings settings_;
    std::int64_t steps_;
    std::int64_t next_look_;  ///< asked again when fewer steps are left than this
    std::int64_t memory_ = 0;
    int depth_ = 0;
    int parts_ = 0;
    std::optional<Reason> exhausted_;
    std::vector<Reason> notes_;
    std::vector<Value> locals_;
};

struct Parameter {
    std::string name;
    FeelType type{};
};

/// A function as a value: built in, written in FEEL, or native (a knowledge model, a decision service, a host
/// function).
class Function {
public:
    Function(std::string name, std::vector<Parameter> parameters, FeelType result)
        : name_(std::move(name)), parameters_(std::move(parameters)), result_(std::move(result)) {}
    virtual ~Function() = default;
    Function(Function const&) = delete;
    Function& operator=(Function const&) = delete;

    [[nodiscard]] std::string const& name() const { return name_; }  ///< may be empty
    [[nodiscard]] std::vector<Parameter> const& parameters() const { return parameters_; }
    [[nodiscard]] FeelType const& result() const { return result_; }
    /// With arguments already in order and converted: use call() below.
    virtual Value apply(std::span<Value const> arguments, Run& run, Place at) const = 0;
    /// Built-in functions check arguments themselves, and may take any number of them.
    [[nodiscard]] virtual bool checks_arguments() const { return false; }
    /// Functions written in FEEL declare no result.
    [[nodiscard]] virtual bool converts_result() const { return true; }
    /// Of what it has captured.
    [[nodiscard]] virtual std::uint32_t height() const { return 0; }

private:
    std::string name_;
    std::vector<Parameter> parameters_;
    FeelType result_;
};

/// Arguments by position, converted to the parameters' types; the result converted to the declared one. A
/// wrong number of them is function_has_wrong_arguments.
Value call(Function const& function, std::vector<Value> arguments, Run& run, Place at = {});
/// Arguments by name.
Value call_named(Function const& function, std::vector<std::pair<std::string, Value>> arguments, Run& run,
                 Place at = {});

using NativeBody = std::function<Value(std::span<Value const> arguments, Run& run)>;
/// A function value from a lambda. It captures what it needs by copy; it may be called from several threads.
Value native_function(std::string name, std::vector<Parameter> parameters, FeelType result, NativeBody body);

/// Functions of the host that models may name: `external {java: {class: .., method signature: ..}}`. There is
/// no Java here: names are looked up, and what is not registered is host_function_is_not_known.
class HostFunctions {
public:
    using Body =
        std::function<std::optional<Value>(std::span<Value const> arguments)>;  ///< nothing: it fails
    HostFunctions& add(std::string_view class_name, std::string_view signature, Body body);
    [[nodiscard]] Body const* find(std::string_view class_name, std::string_view signature) const;
    /// Arithmetic, text and conversion of java.lang under their Java names.
    static HostFunctions const& java_lang();

private:
    std::vector<std::pair<std::string, Body>> bodies_;
};
/// The function value of an external definition: `mapping` is the context with `java` or `pmml`.
Value external_function(std::vector<Parameter> parameters, Context const& mapping, Run& run, Place at = {});

}  // namespace tongban::rules
