// Text to tokens, with places in code points. Stops at the first trouble.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rules.h"

namespace tongban::rules::detail {

enum class TokenKind { name, number, string, symbol, end };

struct Token {
    TokenKind kind = TokenKind::end;
    std::string text;     ///< as written; of a string: what it says
    std::string written;  ///< for messages, shortened
    Place at{};
};

struct Tokens {
    std::vector<Token> tokens;       ///< the last is `end`
    std::vector<Trouble> trouble{};  ///< none or one
};
Tokens tokens_of(std::string_view text);

}  // namespace tongban::rules::detail
