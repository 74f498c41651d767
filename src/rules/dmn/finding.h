// What is to be said about a model, and about which place in it.
#pragma once

#include <string>
#include <vector>

#include "base/base.h"

namespace tongban::rules::dmn {

struct Where {
    std::string file;          ///< as given with the text
    int line = 0, column = 0;  ///< from 1; 0: the whole file. Of an expression: of the fault in it
    std::string element;       ///< `decision`, `inputEntry` …
    std::string id, name;      ///< as written; may be empty
    std::string owner;         ///< the decision or knowledge model it stands in; may be empty
    [[nodiscard]] std::string text() const;  ///< `低保.dmn:12:5 decision「低保资格」`
};

enum class Severity { error, warning };

/// `code` is a sentence name. An error makes what stands there undetermined when asked; the rest can be used.
struct Finding {
    Severity severity = Severity::error;
    std::string code;
    Where where{};
    std::string zh, en;  ///< one sentence each
};

Json to_json(Where const& where);
Json to_json(Finding const& finding);

}  // namespace tongban::rules::dmn
