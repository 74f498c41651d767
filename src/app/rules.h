// `tongban rules`: decision models on the command line. Reads files; what is decided is decided in src/rules.
#pragma once

#include <ostream>
#include <string>

#include "app/arguments.h"
#include "rules/dmn.h"

namespace tongban::app {

/// `rules eval|check|tck …`: 0 done, 1 refused or failed, 2 misused (nothing said yet).
int rules_command(Arguments const& arguments, std::ostream& out, std::ostream& err);

/// Models beside the given one, by their namespace; a location inside the same folder goes first.
rules::dmn::Finder finder_beside(std::string const& file);
/// Refuses file_is_not_readable.
Result<std::string> file_text(std::string const& file);

/// Runs a folder laid out like the TestCases of the DMN TCK (github.com/dmn-tck/tck).
int run_tck(std::string const& folder, std::ostream& out);

}  // namespace tongban::app
