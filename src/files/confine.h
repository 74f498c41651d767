// Takes away from the child process what checking a file does not need.
#pragma once

namespace tongban::files {

/// First thing in the child: no inherited descriptors but 0, 1, 2; dies with its parent; little memory and
/// time.
void confine_resources();

/// Once libraries are loaded: no opening of files, no network, no programs, no new processes (seccomp). Where
/// the kernel refuses the filter, the limit on descriptors still keeps files and sockets shut.
void confine_calls();

}  // namespace tongban::files
