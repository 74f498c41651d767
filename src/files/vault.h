// Sealed bytes on disk: <data>/files/ab/cd/<id>. The row in the database is committed after the bytes are
// durable.
#pragma once

#include "files/files.h"

namespace tongban::files {

class Vault {
public:
    explicit Vault(store::Store& store) : store_(store), root_(store.data_directory() + "/files") {}
    /// Durable when it returns. Refuses with disk_cannot_be_written.
    Result<void> put(FileId const& id, std::string_view bytes) const;
    /// Refuses with file_does_not_open.
    [[nodiscard]] Result<Bytes> get(FileId const& id) const;
    void erase(FileId const& id) const;  ///< one that is not there is erased already
    /// In one of the 256 outer folders: erases what was last written before `before` and belongs to no row,
    /// such as the bytes of a verb that was rolled back.
    void sweep(unsigned folder, Instant before, std::function<bool(FileId const&)> const& belongs) const;

private:
    [[nodiscard]] std::string folder_of(FileId const& id) const;

    store::Store& store_;
    std::string root_;
};

}  // namespace tongban::files
