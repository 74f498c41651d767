// Where the tests find fonts and packs, and how they ask other people's programs for a second opinion.
#pragma once

#include <string>

namespace tongban::sign::testing {

std::string fonts_dir();
std::string packs_dir();
std::string read_file(std::string const& path);

/// A directory of its own for a test, removed with the object.
class Scratch {
public:
    Scratch();
    Scratch(Scratch const&) = delete;
    Scratch& operator=(Scratch const&) = delete;
    ~Scratch();
    std::string path(std::string const& name) const { return dir_ + "/" + name; }
    std::string write(std::string const& name, std::string const& bytes) const;  ///< its path
private:
    std::string dir_;
};

/// What a command prints, standard error too. Fails the test when the program is not installed.
std::string output_of(std::string const& command);

}  // namespace tongban::sign::testing
