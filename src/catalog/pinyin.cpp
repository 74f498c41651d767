#include "catalog/pinyin.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>

#include <mutex>
#include <unordered_map>

namespace tongban::catalog {

namespace {
std::unique_ptr<icu::Transliterator> han_latin() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
        "Han-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    ensure(U_SUCCESS(status) != 0 && made != nullptr, "ICU knows Han-Latin");
    return made;
}

bool is_ascii_word(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9');
}
}  // namespace

bool is_han(char32_t c) {
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) != 0;
}

struct Pinyin::State {
    std::map<std::u32string, std::vector<std::string>> words;
    std::size_t longest = 0;
    std::unique_ptr<icu::Transliterator> latin = han_latin();  // not safe for two threads at once
    std::unordered_map<char32_t, std::string> known;
    std::mutex mutex;

    std::string of(char32_t c) {
        std::lock_guard lock(mutex);
        auto found = known.find(c);
        if (found != known.end()) return found->second;
        icu::UnicodeString text(static_cast<UChar32>(c));
        latin->transliterate(text);
        std::string raw, made;
        text.toUTF8String(raw);
        for (char one : raw)
            if (is_ascii_word(static_cast<unsigned char>(one))) made += one;
        return known.emplace(c, made).first->second;
    }
};

Pinyin::Pinyin(std::map<std::string, std::string> const& words) : state_(std::make_unique<State>()) {
    for (auto const& [word, spelt] : words) {
        std::vector<std::string> syllables(1);
        for (char c : spelt) {
            if (c == ' ')
                syllables.emplace_back();
            else
                syllables.back() += c;
        }
        auto key = to_code_points(word);
        state_->longest = std::max(state_->longest, key.size());
        state_->words.emplace(std::move(key), std::move(syllables));
    }
}
Pinyin::~Pinyin() = default;
Pinyin::Pinyin(Pinyin&&) noexcept = default;
Pinyin& Pinyin::operator=(Pinyin&&) noexcept = default;

std::vector<std::string> Pinyin::syllables(std::string_view folded) const {
    std::vector<std::string> out;
    auto text = to_code_points(folded);
    for (std::size_t at = 0; at < text.size();) {
        auto const* word = [&]() -> std::vector<std::string> const* {
            for (auto length = std::min(state_->longest, text.size() - at); length > 0; --length) {
                auto found = state_->words.find(text.substr(at, length));
                if (found != state_->words.end()) return &found->second;
            }
            return nullptr;
        }();
        if (word != nullptr) {
            out.insert(out.end(), word->begin(), word->end());
            at += word->size();
            continue;
        }
        char32_t c = text[at++];
        std::string spelt = is_ascii_word(c) ? std::string(1, static_cast<char>(c))
                            : is_han(c)      ? state_->of(c)
                                             : "";
        if (!spelt.empty()) out.push_back(std::move(spelt));
    }
    return out;
}

std::string folded(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    auto const* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
    ensure(U_SUCCESS(status) != 0, "ICU has NFKC_Casefold");
    auto made = folding->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))),
        status);
    ensure(U_SUCCESS(status) != 0, "ICU folds");
    icu::UnicodeString kept;
    for (int32_t at = 0; at < made.length(); at = made.moveIndex32(at, 1)) {
        auto c = made.char32At(at);
        if (u_isalnum(c) != 0) kept.append(c);
    }
    std::string out;
    kept.toUTF8String(out);
    return out;
}

Spelling spell(Pinyin const& pinyin, std::string_view text) {
    Spelling out{folded(text), {}, {}};
    for (auto const& syllable : pinyin.syllables(out.text)) {
        char first = syllable.front();
        out.initials += first;
        out.letters += first >= 'a' && first <= 'z' ? static_cast<char>(first - 'a' + 'A') : first;
        out.letters += syllable.substr(1);
    }
    return out;
}

}  // namespace tongban::catalog
