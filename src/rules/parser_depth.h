#pragma once

#include "rules/parser.h"

namespace tongban::rules::detail {

class Parser::Deeper {
public:
    explicit Deeper(Parser& parser) : parser_(parser) {
        if (++parser_.depth_ > parser_.depth_max_) parser_.fail("expression_is_too_deep", parser_.now());
    }
    ~Deeper() { --parser_.depth_; }
    Deeper(Deeper const&) = delete;
    Deeper& operator=(Deeper const&) = delete;

private:
    Parser& parser_;
};

}  // namespace tongban::rules::detail
