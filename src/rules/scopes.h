// Which name means what while an expression is read: names of iterations, entries, parameters and items, in
// the activation of the function that is being read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/tree.h"

namespace tongban::rules::detail {

/// A name that was found, longest first, innermost first.
struct Match {
    enum class Where : std::uint8_t { nowhere, frame, local } where = Where::nowhere;
    std::size_t length = 0;  ///< in tokens
    Slot slot = 0;
    std::vector<std::string> members;  ///< behind the slot's value
    std::string spelling;              ///< as declared
    FeelType type{};
    /// Items that are being filtered, further in than the match, whose members nobody has declared.
    std::vector<Slot> open_items;
};

class Scopes {
public:
    explicit Scopes(std::vector<FunctionLiteral>& functions) : functions_(functions) {}

    struct Name {
        std::vector<std::string> parts;
        std::string spelling;
        FeelType type{};
        Slot slot = 0;
        bool is_member = false;  ///< of the value in the slot
    };
    void open() { scopes_.push_back({{}, std::nullopt, level()}); }
    void close() { scopes_.pop_back(); }
    /// A new slot of the present function.
    Slot new_slot() {
        return activations_.empty() ? outer_slots_++ : functions_[activations_.back()].slots++;
    }
    void put(Name name) { scopes_.back().names.push_back(std::move(name)); }
    Slot put(std::string_view spelling, FeelType type);
    void open_item(Slot slot) { scopes_.back().open_item = slot; }

    void enter_function(std::uint32_t function) { activations_.push_back(function); }
    void leave_function() { activations_.pop_back(); }
    [[nodiscard]] Slot outer_slots() const { return outer_slots_; }

    /// `spelt(parts)` says whether the tokens at hand are this name.
    template <class Spelt>
    Match find(Spelt&& spelt) {
        Match best;
        int found_level = 0;
        std::vector<std::pair<Slot, int>> items;
        for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
            for (auto name = scope->names.rbegin(); name != scope->names.rend(); ++name) {
                if (name->parts.size() <= best.length || !spelt(name->parts)) continue;
                best.where = Match::Where::local;
                best.length = name->parts.size();
                best.slot = name->slot;
                best.members.clear();
                if (name->is_member) best.members = {name->spelling};
                best.spelling = name->spelling;
                best.type = name->type;
                found_level = scope->level;
                best.open_items.clear();
                for (auto const& [slot, level] : items) best.open_items.push_back(slot);
                seen_ = items;
            }
            if (scope->open_item) items.emplace_back(*scope->open_item, scope->level);
        }
        if (best.where == Match::Where::nowhere) {
            for (auto const& [slot, level] : items) best.open_items.push_back(slot);
            seen_ = items;
        } else {
            best.slot = reach(best.slot, found_level);
        }
        for (std::size_t i = 0; i < best.open_items.size(); ++i)
            best.open_items[i] = reach(best.open_items[i], seen_[i].second);
        return best;
    }
    /// The slot of the present function that holds a value of the frame; -1 outside functions, where the
    /// frame is at hand.
    std::optional<Slot> reach_frame(Slot slot);

private:
    struct Scope {
        std::vector<Name> names;
        std::optional<Slot> open_item;
        int level = 0;
    };
    [[nodiscard]] int level() const { return static_cast<int>(activations_.size()); }
    Slot reach(Slot slot, int from_level);
    Slot capture(std::uint32_t function, FunctionLiteral::Capture::From from, Slot source);

    std::vector<FunctionLiteral>& functions_;
    std::vector<Scope> scopes_;
    std::vector<std::uint32_t> activations_;
    std::vector<std::pair<Slot, int>> seen_;
    Slot outer_slots_ = 0;
};

}  // namespace tongban::rules::detail
