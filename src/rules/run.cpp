#include "rules/run.h"

#include <algorithm>

namespace tongban::rules {

Run::Run(Settings settings)
    : settings_(std::move(settings)),
      steps_(settings_.budget.steps),
      next_look_(settings_.stop ? std::max<std::int64_t>(steps_ - steps_between_looks, 0) : 0) {}

Value Run::trouble(std::string_view code, Place at, std::string_view name, std::vector<Value> given) {
    if (exhausted_) return spent();
    Reason reason{std::string(code), at, std::string(name), origin, std::move(given)};
    if (strict()) return Value::undetermined(std::move(reason));
    constexpr std::size_t notes_most = 100;
    if (notes_.size() < notes_most) notes_.push_back(std::move(reason));
    return {};
}

bool Run::look() {
    if (exhausted_) return false;
    if (steps_ < 0) return exhaust_steps();
    if (settings_.stop && settings_.stop()) {
        exhaust("evaluation_was_stopped");
        return false;
    }
    next_look_ = settings_.stop ? std::max<std::int64_t>(steps_ - steps_between_looks, 0) : 0;
    return true;
}

bool Run::exhaust_steps() {
    exhaust("evaluation_is_too_long");
    return false;
}

void Run::exhaust(std::string_view code, Place at) {
    if (!exhausted_) exhausted_ = Reason{std::string(code), at, {}, origin, {}};
    next_look_ = INT64_MAX;  // every further step looks, and finds that there are none
}

Value Run::spent() const {
    return Value::undetermined(exhausted_.value_or(Reason{"evaluation_is_too_long"}));
}

bool Run::hold(std::int64_t bytes) {
    memory_ += bytes;
    if (memory_ > settings_.budget.memory_bytes) exhaust("evaluation_is_too_large");
    return !exhausted_;
}

void Run::enter() {
    // Functions in functions: eight times as deep as a text may nest.
    if (++depth_ > settings_.budget.depth * 8) exhaust("evaluation_is_too_deep");
}

}  // namespace tongban::rules
