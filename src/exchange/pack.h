// Reading a pack's folder exchange/: every wrong place is told with file and pointer. What was imported is
// read again from the database by the same functions. No I/O but the pack.
#pragma once

#include "exchange/model.h"
#include "org/org.h"

namespace tongban::exchange {

/// What was in the pack, as texts to keep, and what it means.
struct Contents {
    std::map<std::string, std::string> resources;   ///< code → JSON
    std::map<std::string, std::string> connectors;  ///< source → JSON
    Catalogue catalogue;
};

/// Refuses: pack_has_errors, naming every wrong place. A pack without exchange/ has empty contents.
Result<Contents> read_contents(Pack const& pack);
/// Of what was kept.
Result<Catalogue> read_catalogue(std::map<std::string, std::string> const& resources,
                                 std::map<std::string, std::string> const& connectors);

}  // namespace tongban::exchange
