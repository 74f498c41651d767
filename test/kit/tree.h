// The checkout that the tests read their packs and tables from.
#pragma once

#include <cstdlib>
#include <filesystem>

namespace tongban::kit {

/// Its root, from wherever below it the tests were started, or where TONGBAN_ROOT says.
inline std::filesystem::path tree_root() {
    if (char const* told = std::getenv("TONGBAN_ROOT")) return told;
    for (auto at = std::filesystem::current_path(); at.has_relative_path(); at = at.parent_path())
        if (std::filesystem::exists(at / "src/modules.txt")) return at;
    return ".";
}

}  // namespace tongban::kit
