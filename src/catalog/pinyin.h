// Chinese characters to pinyin without tones: ICU's Han-Latin, and the pack's words where a reading depends
// on the word (行 in 银行, 重 in 重新).
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/base.h"

namespace tongban::catalog {

class Pinyin {
public:
    /// `words`: 银行 → "yin hang", one syllable a character.
    explicit Pinyin(std::map<std::string, std::string> const& words);
    ~Pinyin();
    Pinyin(Pinyin&&) noexcept;
    Pinyin& operator=(Pinyin&&) noexcept;

    /// One syllable a character, lower case, ü as u; letters and digits stand for themselves; the rest is
    /// left out.
    [[nodiscard]] std::vector<std::string> syllables(std::string_view folded) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Compatibility forms and case folded (NFKC_Casefold), everything but letters and digits left out.
std::string folded(std::string_view text);
bool is_han(char32_t c);

/// Two ways to type a text. `letters`: QinShuGuanXi, a capital where a syllable begins; `initials`: qsgx.
struct Spelling {
    std::string text, letters, initials;
};
Spelling spell(Pinyin const& pinyin, std::string_view text);

}  // namespace tongban::catalog
