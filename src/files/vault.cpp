#include "files/vault.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace tongban::files {

namespace fs = std::filesystem;

namespace {
constexpr std::string_view place = "files_file.bytes";

Error not_written(std::string const& what) {
    log(LogLevel::error, "disk_cannot_be_written", {{"what", what}});
    return {ErrorKind::unavailable,
            "disk_cannot_be_written",
            "现在存不了文件，没有收下。请过几分钟再试。",
            {},
            60};
}

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] bool open() const { return number_ >= 0; }
    [[nodiscard]] bool sync() const { return open() && ::fsync(number_) == 0; }
    [[nodiscard]] bool write(std::string_view bytes) const {
        while (!bytes.empty()) {
            auto put = ::write(number_, bytes.data(), bytes.size());
            if (put <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(put));
        }
        return true;
    }

private:
    int number_;
};

bool sync_folder(fs::path const& folder) {
    return Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)).sync();
}

/// Makes the folder and those above it, each durable in the one that holds it.
bool make_folder(fs::path const& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0) return sync_folder(folder.parent_path());
    if (errno == EEXIST) return true;
    return errno == ENOENT && make_folder(folder.parent_path()) &&
           (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) && sync_folder(folder.parent_path());
}
}  // namespace

/// By hash, for ids begin with the time and would all fall into one folder.
std::string place_of(FileId const& id) {
    auto hash = sha256_hex(id.text);
    return hash.substr(0, 2) + "/" + hash.substr(2, 2) + "/" + id.text;
}

std::string Vault::folder_of(FileId const& id) const {
    return root_ + "/" + place_of(id).substr(0, 5);
}

Result<void> Vault::put(FileId const& id, std::string_view bytes) const {
    auto folder = folder_of(id);
    if (!make_folder(folder)) return not_written("make_folder");
    auto sealed = store_.sealer().seal(place, id.text, bytes);
    auto path = folder + "/" + id.text, part = path + ".part";
    {
        Descriptor file(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!file.open() || !file.write(sealed.bytes) || !file.sync()) {
            ::unlink(part.c_str());
            return not_written("write");
        }
    }
    if (::rename(part.c_str(), path.c_str()) != 0 || !sync_folder(folder)) return not_written("rename");
    return {};
}

Result<Bytes> Vault::get(FileId const& id) const {
    std::ifstream file(folder_of(id) + "/" + id.text, std::ios::binary);
    if (file) {
        std::string sealed(std::istreambuf_iterator<char>(file), {});
        auto opened = store_.sealer().open_sealed(place, id.text, sealed);
        if (opened.ok()) return std::move(*opened);
    }
    log(LogLevel::error, "file_does_not_open", {{"file", id.text}});
    return Error{ErrorKind::unavailable,
                 "file_does_not_open",
                 "这个文件暂时打不开，我们已经知道了，正在处理。",
                 {},
                 600};
}

void Vault::erase(FileId const& id) const {
    ::unlink((folder_of(id) + "/" + id.text).c_str());
}

void Vault::sweep(unsigned folder, Instant before, std::function<bool(FileId const&)> const& belongs) const {
    std::error_code failed;
    auto outer = root_ + "/" + to_hex(std::string(1, static_cast<char>(folder & 0xFF)));
    std::vector<fs::path> old;
    for (fs::recursive_directory_iterator it(outer, failed), end; !failed && it != end;
         it.increment(failed)) {
        struct stat facts {};
        if (::stat(it->path().c_str(), &facts) == 0 && S_ISREG(facts.st_mode) &&
            static_cast<std::int64_t>(facts.st_mtime) * 1000 < before.ms)
            old.push_back(it->path());
    }
    for (auto const& path : old) {
        if (path.extension() == ".part" || !belongs(FileId{path.filename().string()})) ::unlink(path.c_str());
    }
}

}  // namespace tongban::files
