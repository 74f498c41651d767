// A copy of the demonstration pack that a test may spoil; and the way to it from wherever the test was
// started.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/base.h"
#include "kit/kit.h"

namespace tongban::test {

inline std::filesystem::path demo_city() {
    if (auto const* root = std::getenv("TONGBAN_ROOT"))
        return std::filesystem::path(root) / "packs/demo-city";
    for (auto at = std::filesystem::current_path(); at.has_relative_path(); at = at.parent_path())
        if (std::filesystem::exists(at / "src/modules.txt")) return at / "packs/demo-city";
    return "packs/demo-city";
}

class PackCopy {
public:
    explicit PackCopy(std::string const& folder) {
        std::filesystem::copy(demo_city() / folder, path(folder), std::filesystem::copy_options::recursive);
    }
    [[nodiscard]] Pack pack() const { return {directory_.path()}; }
    [[nodiscard]] std::filesystem::path path(std::string const& file) const {
        return std::filesystem::path(directory_.path()) / file;
    }
    [[nodiscard]] std::string read(std::string const& file) const {
        std::ifstream in(path(file), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(std::string const& file, std::string const& text) {
        std::filesystem::create_directories(path(file).parent_path());
        std::ofstream(path(file), std::ios::binary) << text;
    }
    /// Replaces the first `from`, which must be there.
    void change(std::string const& file, std::string_view from, std::string_view to) {
        auto text = read(file);
        auto at = text.find(from);
        ensure(at != std::string::npos, "the text to be changed is in the file");
        write(file, text.replace(at, from.size(), to));
    }

private:
    kit::TempDir directory_{};
};

/// The code told for a place; empty when nothing is told there.
inline std::string told(Error const& error, std::string_view place) {
    for (auto const& field : error.fields)
        if (field.path == place) return field.code;
    return {};
}

}  // namespace tongban::test
