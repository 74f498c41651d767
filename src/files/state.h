// What one object of `files` holds, and its inner verbs.
#pragma once

#include "files/api.h"
#include "files/check.h"
#include "files/vault.h"

namespace tongban::files {

struct Files::State {
    State(store::Store& store, Clock const& clock, std::string check_program)
        : store_(store), clock_(clock), vault_(store), checker_(std::move(check_program)) {}

    Result<File> upload(Actor const& by, http::Upload const& upload);
    Result<void> drop(Actor const& by, FileId const& id);
    Result<File> read_file(store::Reader& reader, FileId const& id) const;
    /// A row of one's own: refuses file_is_unknown for anybody else's.
    Result<File> own_file(store::Reader& reader, Actor const& by, FileId const& id) const;
    void add_row(store::Tx& tx, File const& file, std::optional<Instant> erase_at) const;
    Result<void> erase_loose(store::Tx& tx) const;

    store::Store& store_;
    Clock const& clock_;
    Vault vault_;
    Checker checker_;
};

}  // namespace tongban::files
