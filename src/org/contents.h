// What a pack says about org: read and checked whole, before anything is written.
#pragma once

#include <map>

#include "org/org.h"

namespace tongban::org {

struct Contents {
    Picture picture;
    std::map<int, std::string> years;  ///< canonical JSON of each calendar of the pack
};

/// Refuses: pack_has_errors.
Result<Contents> read_contents(Pack const& pack);

/// Everything but the years, as one text: the same text twice is the same import.
std::string fingerprint(Picture const& picture);

std::string_view to_text(BodyKind kind);
std::optional<BodyKind> read_body_kind(std::string_view text);

}  // namespace tongban::org
