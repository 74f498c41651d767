// The verbs of `tongban`. Each returns the process's exit code: 0 done, 1 refused (said on stderr), 2
// misused.
#pragma once

namespace tongban::app {

int run(int count, char** texts);

}  // namespace tongban::app
