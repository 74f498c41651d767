#include "rules/value.h"

#include <algorithm>

#include "rules/run.h"

namespace tongban::rules {

std::string_view to_text(Type type) {
    static constexpr std::string_view words[] = {"any",
                                                 "null",
                                                 "boolean",
                                                 "number",
                                                 "string",
                                                 "date",
                                                 "time",
                                                 "date and time",
                                                 "days and time duration",
                                                 "years and months duration",
                                                 "list",
                                                 "context",
                                                 "range",
                                                 "function",
                                                 "undetermined"};
    return words[static_cast<std::size_t>(type)];
}

Value::Value(std::string text) : held_(std::make_shared<std::string const>(std::move(text))) {}

template <class T>
struct Value::Held {
    T value;
    std::int64_t weight = 1;
    std::uint32_t height = 1;
    void take(Value const& part) {
        constexpr std::int64_t most = INT64_MAX / 4;
        weight = std::min(weight + part.weight(), most);
        height = std::max(height, part.height() + 1);
    }
};

Value::Value(List list) {
    Held<List> held{std::move(list)};
    for (auto const& item : held.value) held.take(item);
    held_ = std::make_shared<Held<List> const>(std::move(held));
}

Value::Value(Context context) {
    Held<Context> held{std::move(context)};
    for (auto const& [name, value] : held.value.entries()) held.take(value);
    held_ = std::make_shared<Held<Context> const>(std::move(held));
}

std::int64_t Value::weight() const {
    if (auto const* held = std::get_if<std::shared_ptr<Held<List> const>>(&held_)) return (*held)->weight;
    if (auto const* held = std::get_if<std::shared_ptr<Held<Context> const>>(&held_)) return (*held)->weight;
    if (string() != nullptr) return 1 + static_cast<std::int64_t>(string()->size() / sizeof(Value));
    return range() != nullptr ? range()->low.weight() + range()->high.weight() : 1;
}

std::uint32_t Value::height() const {
    if (auto const* held = std::get_if<std::shared_ptr<Held<List> const>>(&held_)) return (*held)->height;
    if (auto const* held = std::get_if<std::shared_ptr<Held<Context> const>>(&held_)) return (*held)->height;
    if (range() != nullptr) return std::max(range()->low.height(), range()->high.height()) + 1;
    return function() != nullptr ? function()->height() : 0;
}
Value::Value(Range range) : held_(std::make_shared<Range const>(std::move(range))) {}

Value Value::undetermined(Reason reason) {
    Value out;
    out.held_ = std::make_shared<Reason const>(std::move(reason));
    return out;
}

Value Value::unset() {
    Value out;
    out.held_ = std::shared_ptr<Reason const>();
    return out;
}

namespace {

template <class T>
T const* pointed(auto const& held) {
    auto const* found = std::get_if<std::shared_ptr<T const>>(&held);
    return found == nullptr ? nullptr : found->get();
}

}  // namespace

bool Value::is_unset() const {
    return is_undetermined() && reason() == nullptr;
}
std::string const* Value::string() const {
    return pointed<std::string>(held_);
}
List const* Value::list() const {
    auto const* held = pointed<Held<List>>(held_);
    return held == nullptr ? nullptr : &held->value;
}
Context const* Value::context() const {
    auto const* held = pointed<Held<Context>>(held_);
    return held == nullptr ? nullptr : &held->value;
}
Range const* Value::range() const {
    return pointed<Range>(held_);
}
Function const* Value::function() const {
    return pointed<Function>(held_);
}
Reason const* Value::reason() const {
    return pointed<Reason>(held_);
}
std::shared_ptr<Function const> Value::function_held() const {
    auto const* found = std::get_if<std::shared_ptr<Function const>>(&held_);
    return found == nullptr ? nullptr : *found;
}

bool Value::operator==(Value const& other) const {
    if (type() != other.type()) return false;
    if (auto const* mine = string()) return *mine == *other.string();
    if (auto const* mine = list()) return *mine == *other.list();
    if (auto const* mine = range()) return *mine == *other.range();
    if (is_undetermined()) {
        if (reason() == nullptr || other.reason() == nullptr) return reason() == other.reason();
        return *reason() == *other.reason();
    }
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

bool Reason::operator==(Reason const& other) const {
    return code == other.code && place == other.place && name == other.name && origin == other.origin &&
           given == other.given;
}

Context::Context() = default;
Context::Context(std::vector<std::pair<std::string, Value>> entries) : entries_(std::move(entries)) {}

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

}  // namespace tongban::rules
