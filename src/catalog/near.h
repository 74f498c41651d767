// How far a typed word is from a part of a text: the least number of wrong, missing and extra characters.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace tongban::catalog {

/// A word of at most 64 characters, made ready to be looked for in many texts (Myers' bit vectors: one step a
/// character of the text, whatever the length of the word).
template <class Char>
class Approximate {
public:
    static constexpr std::size_t longest = 64;

    explicit Approximate(std::basic_string_view<Char> word) : length_(std::min(word.size(), longest)) {
        for (std::size_t i = 0; i < length_; ++i) {
            auto it = std::lower_bound(places_.begin(), places_.end(), std::pair{word[i], std::uint64_t{0}});
            if (it == places_.end() || it->first != word[i]) it = places_.insert(it, {word[i], 0});
            it->second |= std::uint64_t{1} << i;
        }
    }

    /// The least distance between the word and any part of the text.
    [[nodiscard]] std::size_t distance(std::basic_string_view<Char> text) const {
        if (length_ == 0) return 0;
        std::uint64_t up = ~std::uint64_t{0}, down = 0;
        std::uint64_t const last = std::uint64_t{1} << (length_ - 1);
        std::size_t now = length_, best = length_;
        for (Char c : text) {
            auto const equal = mask(c);
            auto const zero = (((equal & up) + up) ^ up) | equal | down;
            auto const rise = down | ~(zero | up);
            auto const fall = up & zero;
            if ((rise & last) != 0) ++now;
            if ((fall & last) != 0) --now;
            best = std::min(best, now);
            up = (fall << 1) | ~(zero | (rise << 1));
            down = zero & (rise << 1);
        }
        return best;
    }

private:
    [[nodiscard]] std::uint64_t mask(Char c) const {
        auto it = std::lower_bound(places_.begin(), places_.end(), std::pair{c, std::uint64_t{0}});
        return it != places_.end() && it->first == c ? it->second : 0;
    }

    std::size_t length_;
    std::vector<std::pair<Char, std::uint64_t>> places_{};  ///< by character: where it stands in the word
};

}  // namespace tongban::catalog
