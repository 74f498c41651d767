// The command line of tongban-sim.
#pragma once

namespace tongban::sim {

int run(int count, char** texts);

}  // namespace tongban::sim
