#include "files/check.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "base/seats.h"
#include "files/decide.h"

namespace tongban::files {

namespace {
constexpr int wait_ms = 20'000;
constexpr char const* inside_mark = "TONGBAN_CHECKS_UPLOAD=1";

Error broken(char const* what) {
    log(LogLevel::error, "upload_check_cannot_run", {{"what", what}});
    return {ErrorKind::unavailable,
            "file_check_cannot_run",
            "现在检查不了文件，没有收下。请过几分钟再试。",
            {},
            60};
}

/// A file without a name, in memory.
class Memory {
public:
    Memory() : descriptor_(memfd_create("upload", MFD_CLOEXEC)) {}
    Memory(Memory const&) = delete;
    Memory& operator=(Memory const&) = delete;
    ~Memory() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool fill(std::string_view bytes) const {
        while (!bytes.empty()) {
            auto put = ::write(descriptor_, bytes.data(), bytes.size());
            if (put <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(put));
        }
        return ::lseek(descriptor_, 0, SEEK_SET) == 0;
    }
    [[nodiscard]] Bytes read() const {
        struct stat facts {};
        if (::fstat(descriptor_, &facts) != 0) return {};
        Bytes bytes(static_cast<std::size_t>(facts.st_size), '\0');
        auto got = ::pread(descriptor_, bytes.data(), bytes.size(), 0);
        bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
        return bytes;
    }

private:
    int descriptor_;
};

/// Starts `program check-upload` with `in` and `out` as its descriptors 0 and 1; 0 when it cannot be started.
pid_t start(std::string const& program, int in, int out) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    if (posix_spawn_file_actions_init(&actions) != 0) return 0;
    if (posix_spawnattr_init(&attributes) != 0) return 0;
    posix_spawn_file_actions_adddup2(&actions, in, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::string name = program, verb = "check-upload", mark = inside_mark;
    // Nothing of our own environment: it may name databases and keys. Large pictures stay in memory, not in a
    // file.
    std::string locale = "LANG=C.UTF-8", disc = "VIPS_DISC_THRESHOLD=2g";
    std::array<char*, 3> arguments{name.data(), verb.data(), nullptr};
    std::array<char*, 4> environment{mark.data(), locale.data(), disc.data(), nullptr};
    pid_t child = 0;
    if (posix_spawn(&child, program.c_str(), &actions, &attributes, arguments.data(), environment.data()) !=
        0)
        child = 0;
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return child;
}

/// Waits for its end, and makes that end when it takes too long. Gives waitpid's status, or nothing when
/// killed.
std::optional<int> await(pid_t child) {
    auto handle = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
    bool ended = false;
    if (handle >= 0) {
        pollfd wanted{handle, POLLIN, 0};
        int ready = 0;
        do ready = ::poll(&wanted, 1, wait_ms);
        while (ready < 0 && errno == EINTR);
        ended = ready > 0;
        ::close(handle);
    }
    if (!ended) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!ended) return std::nullopt;
    return status;
}

Result<Checked> read_verdict(std::string_view answer, Bytes original) {
    auto end = std::min(answer.find('\n'), answer.size());
    auto verdict = read_json(answer.substr(0, end));
    if (end == answer.size() || !verdict.ok() || !verdict->is_object()) return broken("malformed verdict");
    auto const& facts = verdict->get_object();
    if (auto const* refused = facts.if_contains("refused"); refused != nullptr && refused->is_string())
        return refusal(std::string(refused->get_string()));
    auto number = [&](char const* name) {
        auto const* value = facts.if_contains(name);
        return value != nullptr && value->is_int64() ? static_cast<int>(value->get_int64()) : -1;
    };
    auto const* kind = facts.if_contains("kind");
    Checked checked;
    if (kind != nullptr && kind->is_string()) checked.kind = std::string(kind->get_string());
    checked.pages = number("pages");
    checked.width = number("width");
    checked.height = number("height");
    checked.bytes = checked.kind == "pdf" ? std::move(original) : Bytes(answer.substr(end + 1));
    auto sound = (checked.kind == "pdf" || checked.kind == "jpeg" || checked.kind == "png") &&
                 checked.pages > 0 && checked.pages <= pdf_pages_max && checked.width >= 0 &&
                 checked.height >= 0 && !checked.bytes.empty();
    if (!sound) return broken("malformed verdict");
    return checked;
}
}  // namespace

Result<Bytes> Checker::run_child(std::string_view bytes) const {
    // A program that does not know the verb would come here again, and again.
    ensure(::getenv("TONGBAN_CHECKS_UPLOAD") == nullptr, "the check of an upload checks no uploads itself");
    Memory in, out;
    if (in.descriptor() < 0 || out.descriptor() < 0 || !in.fill(bytes)) return broken("no memory file");
    auto child = start(program_, in.descriptor(), out.descriptor());
    if (child == 0) return broken("child does not start");
    auto status = await(child);
    if (!status || (WIFSIGNALED(*status) && (WTERMSIG(*status) == SIGXCPU || WTERMSIG(*status) == SIGKILL)))
        return refusal("file_check_took_too_long");
    if (WIFSIGNALED(*status)) {
        log(LogLevel::warning, "upload_check_crashed", {{"signal", std::to_string(WTERMSIG(*status))}});
        return refusal("file_is_damaged");
    }
    if (WEXITSTATUS(*status) != 0) return broken("child failed");
    return out.read();
}

Result<Checked> Checker::check(std::string_view name, Bytes bytes) {
    if (bytes.empty()) return refusal("file_is_empty");
    if (bytes.size() > upload_bytes_max) return refusal("file_is_too_large");
    OutOfSeat const others_go_on;
    if (!places_.try_acquire_for(wait_))
        return Error{
            ErrorKind::unavailable, "file_check_is_busy", "现在上传的人很多，请过半分钟再试。", {}, 30};
    auto answer = run_child(bytes);
    places_.release();
    if (!answer.ok()) return answer.error();
    auto checked = read_verdict(*answer, std::move(bytes));
    if (!checked.ok() && checked.error().code != "file_kind_is_not_accepted") {
        // A damaged picture that calls itself a PDF is first of all not a PDF; the child cannot tell, it has
        // no name.
        return checked.error();
    }
    TRY(judge_kind(name, checked.ok() ? checked->kind : ""));
    return checked;
}

}  // namespace tongban::files
