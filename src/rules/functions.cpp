// Functions as values: calling them, native ones, and those of the host.
#include <algorithm>

#include "rules/run.h"

namespace tongban::rules {

namespace {

class NativeFunction final : public Function {
public:
    NativeFunction(std::string name, std::vector<Parameter> parameters, FeelType result, NativeBody body)
        : Function(std::move(name), std::move(parameters), std::move(result)), body_(std::move(body)) {}
    Value apply(std::span<Value const> arguments, Run& run, Place /*at*/) const override {
        return body_(arguments, run);
    }

private:
    NativeBody body_;
};

/// Not nested inside itself beyond the budget; arguments and result converted.
Value apply_converted(Function const& function, std::vector<Value>& arguments, Run& run, Place at) {
    Run::Level const level(run);
    if (run.exhausted() || !run.spend(1)) return run.spent();
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        // What a parameter's type does not take is no argument: the body is not evaluated with null instead.
        auto converted = coerce(arguments[i], function.parameters()[i].type, run, at);
        bool const refused = converted.is_null() && !arguments[i].is_null();
        if (refused || (converted.is_undetermined() && !arguments[i].is_undetermined())) return converted;
        arguments[i] = std::move(converted);
    }
    auto out = function.apply(arguments, run, at);
    if (run.exhausted()) return run.spent();
    return function.converts_result() ? coerce(out, function.result(), run, at) : out;
}

}  // namespace

Value call(Function const& function, std::vector<Value> arguments, Run& run, Place at) {
    if (function.checks_arguments()) {
        Run::Level const level(run);
        if (run.exhausted() || !run.spend(1)) return run.spent();
        return function.apply(arguments, run, at);
    }
    if (arguments.size() != function.parameters().size())
        return run.trouble("function_has_wrong_arguments", at, function.name());
    return apply_converted(function, arguments, run, at);
}

Value call_named(Function const& function, std::vector<std::pair<std::string, Value>> arguments, Run& run,
                 Place at) {
    auto const& parameters = function.parameters();
    std::vector<Value> ordered(parameters.size());
    if (arguments.size() != parameters.size())
        return run.trouble("function_has_wrong_arguments", at, function.name());
    for (auto& [name, value] : arguments) {
        auto const found = std::find_if(parameters.begin(), parameters.end(),
                                        [&, &wanted = name](auto const& one) { return one.name == wanted; });
        if (found == parameters.end()) return run.trouble("function_has_wrong_arguments", at, name);
        ordered[static_cast<std::size_t>(found - parameters.begin())] = std::move(value);
    }
    return call(function, std::move(ordered), run, at);
}

Value native_function(std::string name, std::vector<Parameter> parameters, FeelType result, NativeBody body) {
    return Value(std::make_shared<NativeFunction const>(std::move(name), std::move(parameters),
                                                        std::move(result), std::move(body)));
}

HostFunctions& HostFunctions::add(std::string_view class_name, std::string_view signature, Body body) {
    std::string key = std::string(class_name) + "#";
    for (char const c : signature) {
        if (c != ' ') key += c;
    }
    bodies_.emplace_back(std::move(key), std::move(body));
    return *this;
}

HostFunctions::Body const* HostFunctions::find(std::string_view class_name,
                                               std::string_view signature) const {
    std::string key = std::string(class_name) + "#";
    for (char const c : signature) {
        if (c != ' ') key += c;
    }
    auto const found =
        std::find_if(bodies_.begin(), bodies_.end(), [&](auto const& one) { return one.first == key; });
    return found == bodies_.end() ? nullptr : &found->second;
}

Value external_function(std::vector<Parameter> parameters, Context const& mapping, Run& run, Place at) {
    Value const* java = mapping.find("java");
    Context const* named = java == nullptr ? nullptr : java->context();
    Value const* type = named == nullptr ? nullptr : named->find("class");
    Value const* signature = named == nullptr ? nullptr : named->find("method signature");
    if (type == nullptr || signature == nullptr || type->string() == nullptr ||
        signature->string() == nullptr)
        return run.trouble("host_function_is_not_known", at);
    auto const* hosts = run.settings().hosts;
    auto const* body = hosts == nullptr ? nullptr : hosts->find(*type->string(), *signature->string());
    std::string const name = *type->string() + "." + *signature->string();
    if (body == nullptr) return run.trouble("host_function_is_not_known", at, name);
    return native_function(
        name, std::move(parameters), {},
        [body = *body, name, at](std::span<Value const> arguments, Run& inner) -> Value {
            for (auto const& one : arguments) {
                if (one.is_undetermined()) return one;
            }
            auto out = body(arguments);
            if (out) return std::move(*out);
            return inner.trouble("host_function_failed", at, name, {arguments.begin(), arguments.end()});
        });
}

}  // namespace tongban::rules
