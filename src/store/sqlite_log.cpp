#include "store/sqlite_log.h"

#include <sqlite3.h>

#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

namespace tongban::store {

namespace {
constexpr int piece_bytes = 128 * 1024 - 1;  ///< what SQLite's own VFS writes in one call at most

/// SQLite makes room for it, and behind it for the file as its own VFS sees it.
struct LogFile {
    sqlite3_file as_sqlite_sees_it;
    unsigned char* gathered;
    int size;
    sqlite3_int64 from;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    sqlite3_io_methods const& does() { return *real()->pMethods; }
    static LogFile& of(sqlite3_file* file) { return *reinterpret_cast<LogFile*>(file); }

    /// What cannot be written is forgotten: the transaction fails, and the next begins at the same place.
    int write_out() {
        auto const bytes = std::exchange(size, 0);
        return bytes == 0 ? SQLITE_OK : does().xWrite(real(), gathered, bytes, from);
    }
};
static_assert(sizeof(LogFile) % alignof(std::max_align_t) == 0);

/// Calls SQLite's own method once the file holds what was gathered.
template <auto method, class... A>
int after_writing_out(sqlite3_file* file, A... arguments) {
    auto& log = LogFile::of(file);
    auto written = log.write_out();
    return written != SQLITE_OK ? written : (log.does().*method)(log.real(), arguments...);
}

template <auto method, class... A>
int as_it_is(sqlite3_file* file, A... arguments) {
    auto& log = LogFile::of(file);
    return (log.does().*method)(log.real(), arguments...);
}

int gather(sqlite3_file* file, void const* data, int bytes, sqlite3_int64 at) {
    auto& log = LogFile::of(file);
    bool const goes_on = at == log.from + log.size && log.size + bytes <= piece_bytes;
    if (!goes_on) {
        if (auto written = log.write_out(); written != SQLITE_OK) return written;
        log.from = at;
    }
    if (bytes > piece_bytes) return log.does().xWrite(log.real(), data, bytes, at);
    std::memcpy(log.gathered + log.size, data, static_cast<std::size_t>(bytes));
    log.size += bytes;
    return SQLITE_OK;
}

int close(sqlite3_file* file) {
    auto& log = LogFile::of(file);
    (void)log.write_out();  // of a transaction that was not committed, if there is something
    auto closed = log.does().xClose(log.real());
    delete[] log.gathered;
    return closed;
}

using Does = sqlite3_io_methods;
/// Version 1: a log is neither locked, nor shared memory, nor mapped; the database is.
constexpr Does log_does{1,
                        close,
                        after_writing_out<&Does::xRead, void*, int, sqlite3_int64>,
                        gather,
                        after_writing_out<&Does::xTruncate, sqlite3_int64>,
                        after_writing_out<&Does::xSync, int>,
                        after_writing_out<&Does::xFileSize, sqlite3_int64*>,
                        as_it_is<&Does::xLock, int>,
                        as_it_is<&Does::xUnlock, int>,
                        as_it_is<&Does::xCheckReservedLock, int*>,
                        as_it_is<&Does::xFileControl, int, void*>,
                        as_it_is<&Does::xSectorSize>,
                        as_it_is<&Does::xDeviceCharacteristics>,
                        nullptr,
                        nullptr,
                        nullptr,
                        nullptr,
                        nullptr,
                        nullptr};

sqlite3_vfs* own = nullptr;

int open(sqlite3_vfs*, char const* name, sqlite3_file* file, int flags, int* out_flags) {
    if ((flags & SQLITE_OPEN_WAL) == 0) return own->xOpen(own, name, file, flags, out_flags);
    auto& log = LogFile::of(file);
    log = {};
    auto opened = own->xOpen(own, name, log.real(), flags, out_flags);
    if (opened != SQLITE_OK) return opened;
    log.gathered = new (std::nothrow) unsigned char[piece_bytes];
    if (log.gathered == nullptr) {
        log.does().xClose(log.real());
        return SQLITE_NOMEM;
    }
    log.as_sqlite_sees_it.pMethods = &log_does;
    return SQLITE_OK;
}

sqlite3_vfs* registered() {
    static sqlite3_vfs gathering{};
    own = sqlite3_vfs_find(nullptr);
    if (own == nullptr) return nullptr;
    gathering = *own;
    gathering.zName = "tongban-log";
    gathering.szOsFile += static_cast<int>(sizeof(LogFile));
    gathering.xOpen = open;
    gathering.pNext = nullptr;
    return sqlite3_vfs_register(&gathering, 0) == SQLITE_OK ? &gathering : nullptr;
}
}  // namespace

char const* vfs_that_gathers_the_log() {
    static auto const* const vfs = registered();
    return vfs == nullptr ? nullptr : vfs->zName;
}

}  // namespace tongban::store
