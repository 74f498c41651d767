#include "rules/builtins.h"

#include <algorithm>
#include <map>

namespace tongban::rules::detail {

// ---- arguments

Value const& Call::value(std::size_t i) const {
    static Value const null;
    return i < arguments_.size() ? arguments_[i] : null;
}

/// A list of one stands for its item where no list is wanted.
Value const* Call::single(std::size_t i) {
    Value const* out = &value(i);
    while (!run.strict() && out->list() != nullptr && out->list()->size() == 1) out = &out->list()->front();
    return out;
}

template <class T>
T const* Call::take(std::size_t i, T const* (Value::*as)() const) {
    T const* out = (value(i).*as)();
    if (out == nullptr) out = (single(i)->*as)();
    if (out == nullptr) wrong_ = i;
    return out;
}

Decimal const* Call::number(std::size_t i) {
    return take(i, &Value::number);
}
std::string const* Call::string(std::size_t i) {
    return take(i, &Value::string);
}
bool const* Call::boolean(std::size_t i) {
    return take(i, &Value::boolean);
}
Context const* Call::context(std::size_t i) {
    return take(i, &Value::context);
}
Range const* Call::range(std::size_t i) {
    return take(i, &Value::range);
}
Function const* Call::function(std::size_t i) {
    return take(i, &Value::function);
}

std::optional<DateTime> Call::moment(std::size_t i) {
    auto const* one = single(i);
    if (auto const* day = one->date()) return DateTime{*day, {}};
    if (auto const* moment = one->date_time()) return *moment;
    wrong_ = i;
    return std::nullopt;
}

std::optional<std::int64_t> Call::whole(std::size_t i) {
    auto const* found = number(i);
    auto const out = found == nullptr ? std::nullopt : found->truncated();
    if (!out) wrong_ = i;
    return out;
}

List const* Call::list(std::size_t i) {
    if (auto const* out = value(i).list()) return out;
    wrong_ = i;
    if (value(i).is_null() || run.strict()) return nullptr;
    made_.push_back(List{value(i)});
    return &made_.back();
}

List const* Call::row() {
    if (arguments_.size() == 1 && (value(0).list() != nullptr || value(0).is_null())) return list(0);
    made_.emplace_back(arguments_.begin(), arguments_.end());
    return &made_.back();
}

Value Call::trouble(std::string_view code) const {
    return run.trouble(code, at, name_, {arguments_.begin(), arguments_.end()});
}

Value Call::wrong() const {
    return trouble(value(wrong_).is_null() ? "datum_is_missing" : "types_do_not_fit");
}

// ---- signatures

std::size_t Signature::least() const {
    return static_cast<std::size_t>(
        std::count_if(parameters.begin(), parameters.end(), [](auto const& one) { return !one.optional; }));
}

Signature const* Builtin::by_count(std::size_t count) const {
    auto const found = std::find_if(signatures.begin(), signatures.end(),
                                    [&](Signature const& one) { return one.takes(count); });
    return found == signatures.end() ? nullptr : &*found;
}

std::optional<Builtin::Order> Builtin::by_names(std::vector<std::string> const& names) const {
    for (auto const& signature : signatures) {
        Order out{&signature, {}};
        std::size_t used = 0;
        bool all = true;
        for (auto const& parameter : signature.parameters) {
            auto const found = std::find(names.begin(), names.end(), parameter.name);
            if (found == names.end()) {
                all = all && parameter.optional;
                out.places.emplace_back(std::nullopt);
                continue;
            }
            ++used;
            out.places.emplace_back(static_cast<std::size_t>(found - names.begin()));
        }
        if (all && used == names.size()) return out;
    }
    return std::nullopt;
}

namespace {

std::string_view trimmed_view(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// `[length]: number`, `items...: any`.
BuiltinParameter parameter_of(std::string_view text, bool& variadic) {
    auto const colon = text.find(':');
    auto name = trimmed_view(text.substr(0, colon));
    BuiltinParameter out;
    out.type = FeelType::named(trimmed_view(text.substr(colon + 1))).value_or(FeelType());
    out.optional = name.starts_with('[');
    if (out.optional) name = name.substr(1, name.size() - 2);
    variadic = name.ends_with("...");
    if (variadic) name.remove_suffix(3);
    out.name = name;
    return out;
}

std::vector<Signature> signatures_of(std::string_view text) {
    std::vector<Signature> out;
    while (true) {
        auto const bar = text.find('|');
        auto one = trimmed_view(text.substr(0, bar));
        Signature signature;
        while (!one.empty()) {
            auto const comma = one.find(',');
            signature.parameters.push_back(
                parameter_of(trimmed_view(one.substr(0, comma)), signature.variadic));
            one = comma == std::string_view::npos ? std::string_view{} : one.substr(comma + 1);
        }
        out.push_back(std::move(signature));
        if (bar == std::string_view::npos) return out;
        text.remove_prefix(bar + 1);
    }
}

std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> out;
    while (!name.empty()) {
        auto const blank = std::min(name.find(' '), name.size());
        out.emplace_back(name.substr(0, blank));
        name.remove_prefix(std::min(blank + 1, name.size()));
    }
    return out;
}

struct Builtins {
    std::vector<Builtin> all;
    std::map<std::string, std::vector<Builtin const*>, std::less<>> by_word;

    Builtins() {
        for (auto const rows :
             {number_builtins(), string_builtins(), list_builtins(), statistics_builtins(),
              context_builtins(), temporal_builtins(), conversion_builtins(), range_builtins()}) {
            for (auto const& row : rows) {
                Builtin one;
                one.name = row.name;
                one.words = words_of(row.name);
                one.signatures = signatures_of(row.signatures);
                one.yields = FeelType::named(row.yields).value_or(FeelType());
                one.body = row.body;
                all.push_back(std::move(one));
            }
        }
        for (auto const& one : all) by_word[one.words[0]].push_back(&one);
        for (auto& [word, some] : by_word) {
            std::sort(some.begin(), some.end(),
                      [](auto const* a, auto const* b) { return a->words.size() > b->words.size(); });
        }
    }
};

Builtins const& table() {
    static Builtins const made;
    return made;
}

std::vector<Parameter> parameters_of(Builtin const& builtin) {
    std::vector<Parameter> out;
    for (auto const& one : builtin.signatures[0].parameters) out.push_back({one.name, one.type});
    return out;
}

class BuiltinFunction final : public Function {
public:
    explicit BuiltinFunction(Builtin const& builtin)
        : Function(builtin.name, parameters_of(builtin), builtin.yields), builtin_(builtin) {}
    Value apply(std::span<Value const> arguments, Run& run, Place at) const override {
        if (builtin_.by_count(arguments.size()) == nullptr)
            return run.trouble("function_has_wrong_arguments", at, name());
        for (auto const& one : arguments) {
            if (one.is_undetermined()) return one;
        }
        Call made(arguments, run, at, name());
        return builtin_.body(made);
    }
    [[nodiscard]] bool checks_arguments() const override { return true; }

private:
    Builtin const& builtin_;
};

}  // namespace

Builtin const* find_builtin(std::string_view name) {
    auto const& all = table().all;
    auto const found =
        std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<Builtin const*> const& builtins_starting_with(std::string_view word) {
    static std::vector<Builtin const*> const none;
    auto const found = table().by_word.find(word);
    return found == table().by_word.end() ? none : found->second;
}

Value builtin_value(Builtin const& builtin) {
    return Value(std::shared_ptr<Function const>(std::make_shared<BuiltinFunction const>(builtin)));
}

}  // namespace tongban::rules::detail
