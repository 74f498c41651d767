// Reads the law's tables (*.cases): what happens to a case in the words of the trade, one scenario per `case`
// line.
//
//   case   five_days_skip_the_national_day
//   limits acceptance 5wd, correction 15wd, promise 2wd, statutory 20wd      (these, when not said)
//   given  C1 received on 2026-09-28
//   when   sl001 accepts C1 on 2026-10-09
//   then   accepted
//   and    promised by 2026-10-12
//
// Every word that `when` and `then` know stands in law_reader.cpp. A `when` that is refused must be followed
// by `then refused CODE`, and the case is as before.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tongban::cases::test {

struct Line {
    int number = 0;
    std::vector<std::string> words;
};

struct Scenario {
    std::string file, name;
    std::vector<Line> lines;
};

/// All scenarios of all tables in that folder, in order of file and line.
std::vector<Scenario> read_tables(std::filesystem::path const& folder);

/// Plays it; what is not as told is reported to the running test with file and line.
void play(Scenario const& scenario);

}  // namespace tongban::cases::test
