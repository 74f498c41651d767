// The names in scope of an expression. A name may hold spaces, digits, keywords and the symbols . / - ' + *
// (DMN 1.5, 10.3.1.2 rules 25 – 29): the longest that fits is taken.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/types.h"

namespace tongban::rules {

/// Number of a value in a Frame.
using Slot = std::uint32_t;

class Names {
public:
    /// Dots make members: `applicant.id_number` is a datum of the context `applicant`. A later one of the
    /// same spelling hides the earlier.
    Names& add(std::string_view path, FeelType type = {});
    /// One name as it stands, in a slot of its own, which is returned. Blanks are normalised.
    Slot declare(std::string_view name, FeelType type = {});
    /// Another spelling of a declared name: `关系` for `relation`. The tree carries the declared one.
    Names& alias(std::string_view name, std::string_view path);
    /// A name for types: of an item definition, `imported.tPerson` too.
    Names& add_type(std::string_view name, FeelType type);

    struct Known {
        std::string path;
        FeelType type{};
    };
    [[nodiscard]] std::optional<Known> find(std::string_view path) const;
    /// The type of that name, declared or built in.
    [[nodiscard]] std::optional<FeelType> find_type(std::string_view name) const;
    /// At most three, best first.
    [[nodiscard]] std::vector<std::string> nearest(std::string_view path) const;
    [[nodiscard]] std::optional<Slot> slot_of(std::string_view name) const;  ///< of a whole name, no dots
    [[nodiscard]] std::size_t slots() const { return roots_.size(); }
    [[nodiscard]] std::string const& root(Slot slot) const { return roots_[slot]; }

    /// For the parser: one spelling, cut into words and symbols.
    struct Spelling {
        std::vector<std::string> parts;
        Known known;
        Slot slot = 0;
        std::vector<std::string> rest;  ///< members behind the root
    };
    /// Those that begin with this word, longest first and later first.
    [[nodiscard]] std::vector<Spelling> const* starting_with(std::string_view word) const;
    [[nodiscard]] std::vector<std::pair<std::vector<std::string>, FeelType>> const& types() const {
        return types_;
    }

private:
    Slot root_slot(std::string_view name);
    void spell(std::string_view spelling, Spelling entry);
    std::vector<std::string> roots_;
    std::map<std::string, std::vector<Spelling>, std::less<>> spellings_;
    std::vector<std::pair<std::vector<std::string>, FeelType>> types_;
};

/// A name with its blanks as FEEL counts them: one between words, none at the ends.
std::string normal_name(std::string_view name);

/// The values of a scope, by slot. Fresh ones are unset.
class Frame {
public:
    Frame() = default;
    explicit Frame(Names const& names) : values_(names.slots(), Value::unset()) {}
    /// By the names of the context's entries; what is not there stays unset.
    Frame(Names const& names, Context const& context);
    void put(Slot slot, Value value);  ///< grows as needed
    [[nodiscard]] Value const& at(Slot slot) const;
    [[nodiscard]] std::size_t size() const { return values_.size(); }

private:
    std::vector<Value> values_;
};

}  // namespace tongban::rules
