// Finding items by what people type: words, pinyin, initials, with small errors. All in memory; serves 20,000
// items by scanning, which costs a few milliseconds and needs no upkeep. Forgiving comparisons run only when
// nothing else fits.
#pragma once

#include <functional>

#include "catalog/pinyin.h"
#include "org/org.h"

namespace tongban::catalog {

enum class Audience { person, organisation, both };
std::string_view to_text(Audience audience);
std::optional<Audience> read_audience(std::string_view text);

/// What lists and searches know of an item. Made at import, spelling included.
struct Card {
    ItemId code;
    int version = 0;
    std::string name, name_en, summary, summary_en, time_text, fee_text, theme;
    std::string time_text_en, fee_text_en;  ///< empty where the pack has none
    int visits = 0;
    int frequent = 0;  ///< place among the frequent ones; 0: not among them
    Audience audience = Audience::both;
    org::Level level = org::Level::town;
    std::string department;           ///< of its issuers; empty: the region's own body
    std::vector<Spelling> spellings;  ///< the name first, then synonyms
};
Json to_json(Card const& card);
Card read_card(Json const& stored);

class Index {
public:
    Index() : Index({}, Pinyin({})) {}
    Index(std::vector<Card> cards, Pinyin pinyin);

    using Fits = std::function<bool(Card const&)>;
    struct Answer {
        std::vector<Card const*> hits;     ///< best first
        std::vector<Card const*> nearest;  ///< when there are no hits: at most three
    };
    /// An empty query finds everything.
    [[nodiscard]] Answer find(std::string_view query, Fits const& fits) const;
    [[nodiscard]] std::vector<Card> const& cards() const { return cards_; }

private:
    struct Entry {
        Card const* card = nullptr;
        std::string summary, name_en;            ///< folded
        std::vector<std::string> lower;          ///< letters of each spelling, in lower case
        std::vector<std::u32string> characters;  ///< of each spelling
    };
    struct Word;
    [[nodiscard]] Word prepare(std::string_view typed) const;
    static int exact(Word const& word, Entry const& entry);
    static int forgiving(Word const& word, Entry const& entry);
    static int likeness(Word const& word, Entry const& entry);
    [[nodiscard]] std::vector<Card const*> ranked(std::vector<Word> const& words, Fits const& fits,
                                                  int (*score)(Word const&, Entry const&)) const;
    std::vector<Card> cards_;
    std::vector<Entry> entries_;
    Pinyin pinyin_;
};

}  // namespace tongban::catalog
