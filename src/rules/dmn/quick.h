// Cells of the simplest forms, tested without the evaluator: a table is asked for many rows, and most of its
// cells are ranges of whole numbers, names of places, yes or no. What is not of such a form, and every value
// of another kind, goes to the reference; a test compares the two.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/value.h"

namespace tongban::rules::dmn {

class QuickTest {
public:
    /// Of `[1..5)`, `>= 60`, `7`, `"A", "B"`, `not("A")`, `true`; of anything else one that never answers.
    static QuickTest of(std::string_view text);
    /// An input looked at once for all cells of its column.
    struct Input {
        std::optional<std::int64_t> whole;
        std::string const* text = nullptr;
        bool const* truth = nullptr;
        static Input of(Value const& value);
    };
    /// Nothing: ask the reference.
    [[nodiscard]] std::optional<bool> holds(Input const& input) const {
        if (form_ == Form::range && input.whole) return low_ <= *input.whole && *input.whole <= high_;
        if (form_ == Form::texts && input.text != nullptr) return is_one_of(*input.text);
        if (form_ == Form::truth && input.truth != nullptr) return *input.truth == (low_ != 0);
        return std::nullopt;
    }

private:
    enum class Form : std::uint8_t { none, range, texts, truth };
    [[nodiscard]] bool is_one_of(std::string const& text) const;
    bool read_range(std::string_view text);
    bool read_texts(std::string_view text);

    Form form_ = Form::none;
    bool is_negated_ = false;
    std::int64_t low_ = INT64_MIN, high_ = INT64_MAX;  ///< both included
    std::vector<std::string> texts_;
};

}  // namespace tongban::rules::dmn
