#include "rules/scopes.h"

#include <algorithm>

#include "rules/lexer.h"

namespace tongban::rules::detail {

using Capture = FunctionLiteral::Capture;

Slot Scopes::put(std::string_view spelling, FeelType type) {
    Name name;
    name.parts = name_parts(spelling);
    name.spelling = spelling;
    name.type = std::move(type);
    name.slot = new_slot();
    put(name);
    return name.slot;
}

Slot Scopes::capture(std::uint32_t function, Capture::From from, Slot source) {
    auto& literal = functions_[function];
    for (auto const& known : literal.captures) {
        if (known.from == from && known.source == source) return known.target;
    }
    literal.captures.push_back({from, source, literal.slots});
    return literal.slots++;
}

Slot Scopes::reach(Slot slot, int from_level) {
    for (auto level = static_cast<std::size_t>(from_level); level < activations_.size(); ++level)
        slot = capture(activations_[level], Capture::From::local, slot);
    return slot;
}

std::optional<Slot> Scopes::reach_frame(Slot slot) {
    if (activations_.empty()) return std::nullopt;
    slot = capture(activations_[0], Capture::From::frame, slot);
    return reach(slot, 1);
}

}  // namespace tongban::rules::detail
