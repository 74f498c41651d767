// The door of `files`: uploads and made documents. An upload is checked in a child process under limits,
// images are re-encoded, the bytes are sealed on disk (data directory, files/) before the row is committed.
// Nothing is served that was not checked. A file belongs to its uploader until a case attaches it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/base.h"
#include "http/http.h"
#include "store/store.h"

namespace tongban::files {

struct File {
    FileId id;
    std::string name;  ///< as the person named it, cleaned, at most 200 code points
    std::string kind;  ///< pdf | jpeg | png
    std::int64_t size = 0;
    int pages = 1;
    int width = 0, height = 0;
    std::string sha256;       ///< of the stored bytes
    std::string owner;        ///< Actor::text() of the uploader, or `made`
    std::string attached_to;  ///< aggregate id, empty while loose
};

/// Where the sealed bytes lie below <data>/files: ab/cd/<id>.
std::string place_of(FileId const& id);

class Files final : public Module {
public:
    /// `check_program` answers the verb `check-upload` by check_upload_child(): this program itself, unless
    /// told.
    Files(store::Store& store, Clock const& clock, std::string check_program = "/proc/self/exe");
    ~Files() override;
    void routes(http::Routes& routes) override;
    void jobs(
        store::Jobs& jobs) override;  ///< loose uploads are erased after 7 days, with their draft at once
    Result<void> start() override;    ///< plans that job

    /// A document made by the program (licence, letter): sealed, attached. Call outside a transaction for the
    /// bytes, then `attach_made` inside the verb's transaction: the row appears with the verb or not at all.
    Result<File> put_bytes(std::string_view name, std::string_view kind, int pages, std::string_view bytes);
    void attach_made(store::Tx& tx, File const& file, std::string_view aggregate);

    /// Inside a verb: the files become the aggregate's. Refuses: file_is_unknown (also another person's, or
    /// one that belongs elsewhere). A file already attached to the same aggregate is fine.
    Result<std::vector<File>> attach(store::Tx& tx, Actor const& by, std::vector<FileId> const& ids,
                                     std::string_view aggregate);
    /// Looks without attaching: own files, loose or attached (`attached_to` says where). Refuses:
    /// file_is_unknown.
    Result<std::vector<File>> look(store::Reader& reader, Actor const& by,
                                   std::vector<FileId> const& ids) const;
    Result<std::vector<File>> of(store::Reader& reader, std::string_view aggregate) const;
    void foresee_of(store::Reader& reader,
                    std::string_view aggregate) const;                 ///< before of(): Reader::foresee
    Result<File> file(store::Reader& reader, FileId const& id) const;  ///< refuses: file_is_unknown
    Result<Bytes> bytes(File const& file) const;                       ///< refuses: file_does_not_open
    /// The newest that belong to something: for whoever tries whether files open.
    Result<std::vector<File>> newest(store::Reader& reader) const;
    /// Lets go of what the aggregate no longer names: those files are loose again and erased in time.
    Result<void> keep_only(store::Tx& tx, std::string_view aggregate, std::vector<FileId> const& keep);
    void detach_all(store::Tx& tx, std::string_view aggregate);  ///< erased later by the job

    struct State;

private:
    std::unique_ptr<State> state_;
};

/// The child process: `tongban check-upload` reads bytes on stdin, writes the verdict and the clean bytes.
/// `app` routes that verb here before it does anything else. Does not return in a useful way: the process
/// ends inside.
int check_upload_child();

store::Schema schema();

}  // namespace tongban::files
