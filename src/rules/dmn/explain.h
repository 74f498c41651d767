// Why a decision came out as it did, for a screen that the person concerned reads.
#pragma once

#include <map>

#include "rules/dmn/program.h"
#include "rules/dmn/witness.h"

namespace tongban::rules::dmn {

/// Gathered while the steps were carried out: which tables belong to which step.
struct Account {
    Recorder recorder;
    struct Made {
        std::uint32_t element = 0;
        Value value{};
        std::size_t tables_before = 0, tables_after = 0;
    };
    std::vector<Made> made;
};

/// The whole account as JSON: docs/rules-developers.md. Sentences have `{value}` where a value of the person
/// goes; the values stand beside them, so that a caller can mask them.
Json explanation_of(Program const& program, Account const& account, Value const& answer);
/// The condition of a cell in words: `>= 60` → 不低于 60.
struct Wording {
    std::string zh, en;
};
Wording wording_of(std::string_view test);
/// A view without the white space around it (that of FEEL's lines; trimmed() of `base` makes a text).
std::string_view trim(std::string_view text);

}  // namespace tongban::rules::dmn
