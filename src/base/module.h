// What a module offers to the program that houses it. `app` makes one object per module, in the order of
// modules.txt, and asks each the same questions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace tongban {

namespace http {
class Routes;
}
namespace store {
class Consumers;
class Jobs;
}  // namespace store

/// A region as data: the folder packs/<name>. Each module reads its own sub-folder.
struct Pack {
    std::string directory;
    /// Bytes of `<directory>/<path>`; refuses with pack_file_is_missing.
    [[nodiscard]] Result<std::string> read(std::string_view path) const;
    /// Relative paths of the files below `<directory>/<folder>` whose name ends in `suffix`, sorted.
    [[nodiscard]] std::vector<std::string> list(std::string_view folder, std::string_view suffix) const;
};

class Module {
public:
    virtual ~Module() = default;
    virtual void routes(http::Routes&) {}         ///< its routes and who may call them
    virtual void consumers(store::Consumers&) {}  ///< the events it wants to hear
    virtual void jobs(store::Jobs&) {}            ///< the timed jobs it runs
    /// Takes its part of a pack into the database. Idempotent. The whole pack is read and checked before a
    /// row changes.
    virtual Result<void> import(Pack const&) { return {}; }
    /// Called once the schema is right and before the first request: fills what the module keeps in memory.
    virtual Result<void> start() { return {}; }
};

}  // namespace tongban
