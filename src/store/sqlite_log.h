// SQLite writes each page of its write-ahead log in two calls, a head of 24 bytes and the page; a batch of
// submissions has hundreds of pages, and those calls are a quarter of what its COMMIT costs. Here they are
// gathered, and go to the file in long pieces: at the latest when SQLite asks for what was written to be
// durable, which with synchronous = FULL is the end of every COMMIT, before anybody is told of the new pages
// (sqlite.org/walformat.html, sqlite.org/vfs.html).
#pragma once

namespace tongban::store {

/// The name of a VFS that is SQLite's own but for the log, for the one connection that writes, with
/// synchronous = FULL. nullptr where it cannot be had: then SQLite's own does, slower.
char const* vfs_that_gathers_the_log();

}  // namespace tongban::store
