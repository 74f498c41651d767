// The command line: a verb, words, and --name value pairs.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/base.h"

namespace tongban::app {

struct Arguments {
    std::vector<std::string> words;              ///< the verb first
    std::map<std::string, std::string> options;  ///< without the dashes
    [[nodiscard]] std::string option(std::string const& name, std::string otherwise = {}) const;
};

/// `flags` take no value: given, they hold "yes". Refuses: option_is_unknown, option_needs_a_value.
Result<Arguments> read_arguments(int count, char** texts, std::set<std::string> const& known,
                                 std::set<std::string> const& flags = {});

}  // namespace tongban::app
