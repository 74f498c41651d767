// FEEL in a pack: parsed against the names in scope, and what it compares with must exist.
#pragma once

#include "catalog/catalog.h"

namespace tongban::catalog {

class Conditions {
public:
    /// A condition that the browser reckons too, one that only the server does, or any value.
    enum class Wanted { shown_condition, condition, value };
    /// Nothing is parsed before this: without a readable form every name would be unknown.
    void use(forms::Form const& form, rules::Names names);
    [[nodiscard]] rules::Names const& names() const { return names_; }
    [[nodiscard]] std::optional<rules::Expression> read(org::PackNode const& node, std::string_view key,
                                                        Wanted wanted) const {
        return read(node, key, wanted, names_);
    }
    [[nodiscard]] std::optional<rules::Expression> read(org::PackNode const& node, std::string_view key,
                                                        Wanted wanted, rules::Names const& names) const;

private:
    void check_choices(org::PackNode const& node, std::string_view key, Json const& tree) const;
    forms::Form const* form_ = nullptr;
    rules::Names names_;
};

}  // namespace tongban::catalog
