// Reads the files of test/shared.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/base.h"
#include "kit/tree.h"

namespace tongban::test {

using kit::tree_root;

inline std::string bytes_of(std::string const& path) {
    std::ifstream in(tree_root() / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Plain Boost.JSON: trees may nest deeper than a request body may.
inline Json json_of(std::string const& path) {
    std::string const text = bytes_of(path);
    if (text.empty()) return nullptr;
    json::parse_options options;
    options.max_depth = 256;
    return json::parse(text, {}, options);
}

inline bool rebaselines() {
    return std::getenv("TONGBAN_REBASELINE") != nullptr;
}

/// What a reader of the file would not see, or would see in another order, is written as \uXXXX.
inline std::string visible(std::string_view text) {
    std::string out;
    for (char32_t const c : to_code_points(text)) {
        bool const hidden = (c >= 0x7F && c <= 0x9F) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
                            (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
        char code[8];
        std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c & 0xFFFF));
        out += hidden ? std::string(code) : from_code_points({&c, 1});
    }
    return out;
}

/// `{head…,"cases":[` and one case a line, so that a change of one case is one line of a diff.
inline void write_cases(std::string const& path, json::object file) {
    json::value const cases = file["cases"];
    file.erase("cases");
    std::string text = json::serialize(file);
    text.pop_back();
    text += ",\"cases\":[";
    char const* separator = "\n";
    for (auto const& one : cases.as_array()) {
        text += separator + visible(json::serialize(one));
        separator = ",\n";
    }
    std::ofstream(tree_root() / path, std::ios::binary) << text << "\n]}\n";
}

}  // namespace tongban::test
