// The child process: bytes on descriptor 0, the verdict (one line of JSON) and the clean bytes on
// descriptor 1.
#include <sys/stat.h>
#include <unistd.h>

#include "files/confine.h"
#include "files/decide.h"
#include "files/inspect.h"

namespace tongban::files {

namespace {
std::string read_all(int from) {
    std::string bytes, part(1 << 16, '\0');
    for (;;) {
        auto got = ::read(from, part.data(), part.size());
        if (got <= 0) return bytes;
        bytes.append(part, 0, static_cast<std::size_t>(got));
        if (bytes.size() > upload_bytes_max) return bytes;
    }
}

int write_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        auto put = ::write(to, bytes.data(), bytes.size());
        if (put <= 0) return 1;
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return 0;
}

std::string verdict(Result<Checked> const& checked) {
    if (!checked.ok()) return to_text(json::object{{"refused", checked.error().code}}) + "\n";
    json::object facts{{"kind", checked->kind},
                       {"pages", checked->pages},
                       {"width", checked->width},
                       {"height", checked->height}};
    return to_text(facts) + "\n" + checked->bytes;
}
}  // namespace

int check_upload_child() {
    confine_resources();
    auto inspector = Inspector::open();
    if (!inspector.ok()) _exit(3);
    confine_calls();
    auto bytes = read_all(0);
    // Without leaving through main: nothing that hostile bytes may have bent runs at the end.
    _exit(write_all(1, verdict(inspector->inspect(bytes))));
}

}  // namespace tongban::files
