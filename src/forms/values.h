// What one field takes: text made clean, identifiers normalised, numbers exact.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "forms/forms.h"

namespace tongban::forms {

/// What is wrong with a value: code, and what fills the {placeholders} of its words.
struct Wrong {
    std::string code;
    std::vector<std::pair<std::string, std::string>> facts{};
    std::string
        detail{};  ///< in place of the code's words: messages of the form, sentences of base/identifiers
};

/// A cleaned value (null: nothing was filled in), or what is wrong.
struct Taken {
    Json value{};
    std::optional<Wrong> wrong{};
};

enum class Lines { one, many };
/// Refuses control characters, marks that turn the direction of writing, broken characters; removes invisible
/// ones and outer white space. `most` is in code points.
Taken clean_text(std::string_view text, Lines lines, std::size_t most);

/// Of a draft: type and length only. Of a submission: everything. Not for groups.
Taken take_value(Field const& field, Json const& raw, Asked const& asked);

/// The value conditions see.
rules::Value rules_value(Field const& field, Json const& taken);

/// The Chinese sentence of what is wrong.
std::string detail_of(Wrong const& wrong, Field const& field);

}  // namespace tongban::forms
