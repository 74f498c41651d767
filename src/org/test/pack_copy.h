// A copy of the demonstration pack that a test may spoil, and what is told of it then.
#pragma once

#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>

#include "base/base.h"
#include "kit/kit.h"
#include "kit/tree.h"

namespace tongban::test {

inline std::filesystem::path demo_city() {
    return kit::tree_root() / "packs/demo-city";
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

/// A pack with one text changed, and the code that must be told for a place: a row of a table of slips.
struct Fault {
    char const* name;
    char const* file;
    char const* from;
    char const* to;
    char const* place;
    char const* code;
};
inline void PrintTo(Fault const& fault, std::ostream* out) {
    *out << fault.name;
}
inline std::string fault_name(testing::TestParamInfo<Fault> const& info) {
    return info.param.name;
}

}  // namespace tongban::test
