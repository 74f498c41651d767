#include "rules/types.h"

#include <algorithm>

#include "rules/run.h"

namespace tongban::rules {

struct FeelType::Parts {
    std::vector<FeelType> inner;  ///< item; of function: parameters, then the result
    std::vector<Entry> entries;
    Extent extent = Extent::closed;
    std::string name;
    std::optional<Test> test;
};

FeelType FeelType::list(FeelType item) {
    FeelType out(Type::list);
    auto parts = std::make_shared<Parts>();
    parts->inner = {std::move(item)};
    out.parts_ = std::move(parts);
    return out;
}

FeelType FeelType::range(FeelType of) {
    FeelType out = list(std::move(of));
    out.kind_ = Type::range;
    return out;
}

FeelType FeelType::context(std::vector<Entry> entries, Extent extent) {
    FeelType out(Type::context);
    auto parts = std::make_shared<Parts>();
    parts->entries = std::move(entries);
    parts->extent = extent;
    out.parts_ = std::move(parts);
    return out;
}

FeelType FeelType::function(std::vector<FeelType> parameters, FeelType result) {
    FeelType out(Type::function);
    auto parts = std::make_shared<Parts>();
    parts->inner = std::move(parameters);
    parts->inner.push_back(std::move(result));
    out.parts_ = std::move(parts);
    return out;
}

FeelType FeelType::tested(std::string name, Test test) const {
    FeelType out(kind_);
    auto parts = parts_ ? std::make_shared<Parts>(*parts_) : std::make_shared<Parts>();
    if (parts->test) {
        parts->test = [first = *parts->test, then = std::move(test)](Value const& value, Run& run) {
            auto held = first(value, run);
            return held.is_true() ? then(value, run) : held;
        };
    } else {
        parts->test = std::move(test);
    }
    parts->name = std::move(name);
    out.parts_ = std::move(parts);
    return out;
}

std::optional<FeelType> FeelType::named(std::string_view name) {
    static constexpr std::pair<std::string_view, Type> names[] = {
        {"Any", Type::any},
        {"any", Type::any},
        {"Null", Type::null},
        {"null", Type::null},
        {"boolean", Type::boolean},
        {"number", Type::number},
        {"string", Type::string},
        {"date", Type::date},
        {"time", Type::time},
        {"date and time", Type::date_time},
        {"dateTime", Type::date_time},
        {"days and time duration", Type::days_duration},
        {"dayTimeDuration", Type::days_duration},
        {"years and months duration", Type::months_duration},
        {"yearMonthDuration", Type::months_duration},
        {"list", Type::list},
        {"context", Type::context},
        {"range", Type::range},
        {"function", Type::function}};
    for (auto const& [known, type] : names) {
        if (known == name) return FeelType(type);
    }
    return std::nullopt;
}

FeelType FeelType::item() const {
    bool const has = parts_ && !parts_->inner.empty() && (kind_ == Type::list || kind_ == Type::range);
    return has ? parts_->inner[0] : FeelType();
}

std::vector<FeelType::Entry> const& FeelType::entries() const {
    static std::vector<Entry> const none;
    return parts_ ? parts_->entries : none;
}

FeelType const* FeelType::entry(std::string_view name) const {
    auto const& all = entries();
    auto const found =
        std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.first == name; });
    return found == all.end() ? nullptr : &found->second;
}

FeelType::Extent FeelType::extent() const {
    return !parts_ || parts_->extent == Extent::open ? Extent::open : Extent::closed;
}

bool FeelType::has_parameters() const {
    return kind_ == Type::function && parts_ && !parts_->inner.empty();
}

std::vector<FeelType> FeelType::parameters() const {
    if (!has_parameters()) return {};
    return {parts_->inner.begin(), parts_->inner.end() - 1};
}

FeelType FeelType::result() const {
    return has_parameters() ? parts_->inner.back() : FeelType();
}

FeelType::Test const* FeelType::test() const {
    return parts_ && parts_->test ? &*parts_->test : nullptr;
}

std::string FeelType::text() const {
    if (parts_ && !parts_->name.empty()) return parts_->name;
    std::string const word(to_text(kind_));
    if (kind_ == Type::any) return "Any";
    if ((kind_ == Type::list || kind_ == Type::range) && parts_) return word + "<" + item().text() + ">";
    std::string inner;
    if (kind_ == Type::context && parts_) {
        for (auto const& [name, type] : entries())
            inner += (inner.empty() ? "" : ", ") + name + ": " + type.text();
        return word + "<" + inner + ">";
    }
    if (has_parameters()) {
        for (auto const& type : parameters()) inner += (inner.empty() ? "" : ", ") + type.text();
        return word + "<" + inner + "> -> " + result().text();
    }
    return word;
}

bool FeelType::conforms_to(FeelType const& other) const {
    if (other.kind_ == Type::any || kind_ == Type::null) return true;
    if (kind_ != other.kind_) return false;
    switch (kind_) {
        case Type::list:
        case Type::range:
            return item().conforms_to(other.item());
        case Type::context:
            return std::all_of(other.entries().begin(), other.entries().end(), [&](Entry const& wanted) {
                auto const* mine = entry(wanted.first);
                return mine != nullptr && mine->conforms_to(wanted.second);
            });
        case Type::function: {
            if (!other.has_parameters()) return true;
            if (!has_parameters()) return false;
            auto const mine = parameters();
            auto const theirs = other.parameters();
            if (mine.size() != theirs.size()) return false;
            for (std::size_t i = 0; i < mine.size(); ++i) {
                if (!theirs[i].conforms_to(mine[i])) return false;
            }
            return result().conforms_to(other.result());
        }
        default:
            return true;
    }
}

bool FeelType::operator==(FeelType const& other) const {
    if (kind_ != other.kind_) return false;
    if (parts_ == other.parts_) return true;
    return conforms_to(other) && other.conforms_to(*this);
}

FeelType common(FeelType const& a, FeelType const& b) {
    if (a.kind() == Type::null) return b;
    if (b.kind() == Type::null) return a;
    if (a.kind() != b.kind()) return {};
    switch (a.kind()) {
        case Type::list:
            return FeelType::list(common(a.item(), b.item()));
        case Type::range:
            return FeelType::range(common(a.item(), b.item()));
        case Type::context: {
            std::vector<FeelType::Entry> shared;
            for (auto const& [name, type] : a.entries()) {
                if (auto const* other = b.entry(name)) shared.emplace_back(name, common(type, *other));
            }
            return FeelType::context(std::move(shared), FeelType::Extent::open);
        }
        case Type::function:
            return a == b ? a : FeelType(Type::function);
        default:
            return FeelType(a.kind());
    }
}

FeelType type_of(Value const& value) {
    if (auto const* list = value.list()) {
        FeelType item(Type::null);
        for (auto const& one : *list) item = common(item, type_of(one));
        return FeelType::list(list->empty() ? FeelType() : item);
    }
    if (auto const* context = value.context()) {
        std::vector<FeelType::Entry> entries;
        for (auto const& [name, held] : context->entries()) entries.emplace_back(name, type_of(held));
        return FeelType::context(std::move(entries));
    }
    if (auto const* range = value.range())
        return FeelType::range(common(type_of(range->low), type_of(range->high)));
    if (auto const* function = value.function()) {
        std::vector<FeelType> parameters;
        for (auto const& one : function->parameters()) parameters.push_back(one.type);
        return FeelType::function(std::move(parameters), function->result());
    }
    return FeelType(value.type());
}

namespace {

/// `instance of` is about types alone; conversions look at allowed values too (10.3.2.9.4).
enum class Tests : std::uint8_t { asked, ignored };

bool parts_fit(Value const& value, FeelType const& type, Run& run, Tests tests = Tests::asked);

/// Null may stand inside lists and contexts, whatever their types.
bool fits(Value const& value, FeelType const& type, Run& run, Tests tests) {
    if (!run.spend(1)) return false;
    if (value.is_null()) return true;
    if (type.kind() == Type::any && type.test() == nullptr) return true;
    if (!parts_fit(value, type, run, tests)) return false;
    return tests == Tests::ignored || type.test() == nullptr || (*type.test())(value, run).is_true();
}

bool parts_fit(Value const& value, FeelType const& type, Run& run, Tests tests) {
    if (type.kind() == Type::any) return true;
    if (value.type() != type.kind()) return false;
    if (auto const* list = value.list()) {
        auto const item = type.item();
        return std::all_of(list->begin(), list->end(),
                           [&](Value const& one) { return fits(one, item, run, tests); });
    }
    if (auto const* context = value.context()) {
        return std::all_of(type.entries().begin(), type.entries().end(), [&](auto const& wanted) {
            auto const* found = context->find(wanted.first);
            return found != nullptr && fits(*found, wanted.second, run, tests);
        });
    }
    if (auto const* range = value.range())
        return fits(range->low, type.item(), run, tests) && fits(range->high, type.item(), run, tests);
    if (value.function() != nullptr) return type_of(value).conforms_to(type);
    return true;
}

}  // namespace

bool is_instance(Value const& value, FeelType const& type, Run& run) {
    if (value.is_null()) return type.kind() == Type::null;
    return fits(value, type, run, Tests::ignored);
}

Value coerce(Value const& value, FeelType const& type, Run& run, Place at) {
    if (value.is_null() || value.is_undetermined()) return value;
    if (type.kind() == Type::any && type.test() == nullptr) return value;
    Value converted = value;
    bool fit = parts_fit(value, type, run);
    if (!fit && type.kind() == Type::list && value.list() == nullptr) {
        converted = Value(List{value});
        fit = parts_fit(converted, type, run);
    } else if (auto const* list = value.list(); !fit && type.kind() != Type::list && list != nullptr) {
        // One step: the item of a list in a list is a list.
        if (list->size() != 1 || list->front().list() != nullptr)
            return run.trouble("types_do_not_fit", at, type.text(), {value});
        return coerce((*list)[0], type, run, at);
    } else if (!fit && type.kind() == Type::date_time && value.date() != nullptr) {
        converted = Value(DateTime{*value.date(), Time{0, Zone::offset(0)}});
        fit = true;
    }
    if (run.exhausted()) return run.spent();
    if (!fit) return run.trouble("types_do_not_fit", at, type.text(), {value});
    if (type.test() == nullptr) return converted;
    auto const held = (*type.test())(converted, run);
    if (held.is_true()) return converted;
    if (held.is_undetermined()) return held;
    return run.trouble("value_is_not_allowed", at, type.text(), {value});
}

std::optional<Value> read_value(Type type, std::string_view text) {
    auto wrap = [](auto const& read) { return read ? std::optional<Value>(Value(*read)) : std::nullopt; };
    switch (type) {
        case Type::number:
            return wrap(Decimal::read(text));
        case Type::string:
            return Value(std::string(text));
        case Type::boolean:
            if (text == "true" || text == "false") return Value(text == "true");
            return std::nullopt;
        case Type::date:
            return wrap(Date::read(text));
        case Type::time:
            return wrap(Time::read(text));
        case Type::date_time:
            return wrap(DateTime::read(text));
        case Type::days_duration:
        case Type::months_duration: {
            auto const days = DaysDuration::read(text);
            return days ? wrap(days) : wrap(MonthsDuration::read(text));
        }
        default:
            return std::nullopt;
    }
}

}  // namespace tongban::rules
