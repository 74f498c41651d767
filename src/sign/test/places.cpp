#include "places.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tongban::sign::testing {

std::string fonts_dir() {
    return FONTS_DIR;
}
std::string packs_dir() {
    return PACKS_DIR;
}

std::string read_file(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file.good()) << path;
    std::stringstream all;
    all << file.rdbuf();
    return all.str();
}

Scratch::Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "sign-test-XXXXXX").string();
    dir_ = mkdtemp(pattern.data());
}
Scratch::~Scratch() {
    std::filesystem::remove_all(dir_);
}

std::string Scratch::write(std::string const& name, std::string const& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
}

std::string output_of(std::string const& command) {
    auto* pipe = popen((command + " 2>&1").c_str(), "r");
    std::string all;
    std::array<char, 4096> piece{};
    for (std::size_t n = 0; (n = fread(piece.data(), 1, piece.size(), pipe)) > 0;)
        all.append(piece.data(), n);
    int status = pclose(pipe);
    EXPECT_NE(WEXITSTATUS(status), 127) << command << ": " << all;
    return all;
}

}  // namespace tongban::sign::testing
