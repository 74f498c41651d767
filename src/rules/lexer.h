// Text to tokens, with places in code points.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/rules.h"

namespace tongban::rules::detail {

/// `wrong` is what no rule takes; inside a declared name it may stand all the same.
enum class TokenKind : std::uint8_t { name, number, string, symbol, wrong, end };

struct Token {
    std::string_view text;  ///< as written, in the source
    Place at{};
    std::uint32_t extra = 0;  ///< of string: which of `strings`; of wrong: which of `troubles`
    TokenKind kind = TokenKind::end;
};

struct Tokens {
    std::vector<Token> tokens;         ///< the last is `end`; they point into the text, which must live on
    std::vector<std::string> strings;  ///< what the texts in quotes say
    std::vector<Trouble> troubles;
};
Tokens tokens_of(std::string_view text);

/// A name cut into words, numbers and symbols.
std::vector<std::string> name_parts(std::string_view name);
bool is_space(char32_t c);

}  // namespace tongban::rules::detail
