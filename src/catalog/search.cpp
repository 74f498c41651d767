#include "catalog/search.h"

#include <algorithm>
#include <set>

#include "catalog/near.h"

namespace tongban::catalog {

namespace {
constexpr std::size_t nearest_most = 3;
constexpr int skipped_most = 4;  ///< syllables left out

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), lower);
    return text;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// Where `word` begins in the pinyin, at the beginning of a syllable.
std::size_t syllable_find(std::string const& letters, std::string const& lower_letters,
                          std::string const& word) {
    auto at = lower_letters.find(word);
    while (at != std::string::npos && letters[at] >= 'a' && letters[at] <= 'z')
        at = lower_letters.find(word, at + 1);
    return at;
}

/// True when `word` can be read as whole or begun syllables, in order, some left out: shipinxuke in
/// 食品经营许可. `skipped` is the number of syllables left out between the first and the last used one.
bool syllables_fit(std::string_view word, std::string_view letters, int& skipped) {
    constexpr int none = 1 << 20;
    std::vector<std::string_view> syllables;
    for (std::size_t at = 0; at < letters.size();) {
        auto end = at + 1;
        while (end < letters.size() && letters[end] >= 'a' && letters[end] <= 'z') ++end;
        syllables.push_back(letters.substr(at, end - at));
        at = end;
    }
    // least[i]: the fewest skipped syllables once i letters of the word are used up, the last by the syllable
    // before.
    std::vector<int> least(word.size() + 1, none), waiting(word.size() + 1, none);
    int best = none;
    for (auto const& syllable : syllables) {
        for (auto& wait : waiting) wait = std::min(wait + 1, none);
        for (std::size_t i = 0; i <= word.size(); ++i) waiting[i] = std::min(waiting[i], least[i]);
        std::fill(least.begin(), least.end(), none);
        waiting[0] = 0;
        for (std::size_t from = 0; from < word.size(); ++from) {
            if (waiting[from] >= none) continue;
            for (std::size_t n = 0; n < syllable.size() && from + n < word.size(); ++n) {
                if (lower(syllable[n]) != word[from + n]) break;
                // Either the initial alone or the whole syllable; the last one may be begun only.
                bool whole = n == 0 || n + 1 == syllable.size() || from + n + 1 == word.size();
                if (whole) least[from + n + 1] = std::min(least[from + n + 1], waiting[from]);
            }
        }
        best = std::min(best, least[word.size()]);
    }
    skipped = best;
    return best < none;
}

std::set<std::u32string> pairs(std::u32string_view text) {
    std::set<std::u32string> out;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) out.emplace(text.substr(i, 2));
    if (text.size() == 1) out.emplace(text);
    return out;
}

/// Parts between white space of any width.
std::vector<std::string> typed_words(std::string_view query) {
    std::vector<std::string> out;
    std::u32string word;
    for (char32_t c : to_code_points(query) + U" ") {
        bool const space = c == U' ' || c == U'\u3000' || c == U'\t' || c == U'\n' || c == U'\r';
        if (!space) {
            word += c;
        } else if (!word.empty()) {
            out.push_back(from_code_points(word));
            word.clear();
        }
    }
    return out;
}

/// Wrong letters forgiven in a typed word of this length.
std::size_t errors_forgiven(std::size_t length) {
    return length < 4 ? 0 : length < 8 ? 1 : 2;
}
}  // namespace

struct Index::Word {
    std::string text;  ///< folded
    std::u32string characters;
    std::string spelt;  ///< its pinyin in lower case; what was typed, when that is letters
    bool has_han = false;
    std::set<std::u32string> pairs;
    std::optional<Approximate<char32_t>> near;
    std::optional<Approximate<char>> near_letters;
};

Index::Word Index::prepare(std::string_view typed) const {
    Word word;
    word.text = folded(typed);
    word.characters = to_code_points(word.text);
    word.has_han = std::any_of(word.characters.begin(), word.characters.end(), is_han);
    if (word.has_han) {
        for (auto const& syllable : pinyin_.syllables(word.text)) word.spelt += syllable;
    } else {
        word.spelt = word.text;
        std::replace(word.spelt.begin(), word.spelt.end(), 'v', 'u');  // 女 is typed nv; no syllable has a v
    }
    word.pairs = pairs(word.characters);
    word.near.emplace(word.characters);
    word.near_letters.emplace(word.spelt);
    return word;
}

Index::Index(std::vector<Card> cards, Pinyin pinyin) : cards_(std::move(cards)), pinyin_(std::move(pinyin)) {
    std::sort(cards_.begin(), cards_.end(), [](Card const& a, Card const& b) {
        auto place = [](Card const& c) { return c.frequent == 0 ? 1 << 20 : c.frequent; };
        return std::tuple(place(a), a.code.text) < std::tuple(place(b), b.code.text);
    });
    entries_.reserve(cards_.size());
    for (auto const& card : cards_) {
        Entry entry;
        entry.card = &card;
        entry.summary = folded(card.summary);
        entry.name_en = folded(card.name_en);
        for (auto const& spelling : card.spellings) {
            entry.lower.push_back(lowered(spelling.letters));
            entry.characters.push_back(to_code_points(spelling.text));
        }
        entries_.push_back(std::move(entry));
    }
}

int Index::exact(Word const& word, Entry const& entry) {
    int best = 0;
    auto offer = [&](int score) { best = std::max(best, score); };
    for (std::size_t i = 0; i < entry.lower.size(); ++i) {
        auto const& spelling = entry.card->spellings[i];
        int const less = i == 0 ? 0 : 50;  // a synonym counts less than the name
        if (spelling.text == word.text)
            offer(1000 - less);
        else if (spelling.text.starts_with(word.text))
            offer(930 - less);
        else if (contains(spelling.text, word.text))
            offer(880 - less);
        else if (entry.characters[i].size() >= 3 && contains(word.text, spelling.text))
            offer(820 - less);
        if (word.has_han) {
            // The same sounds: 正明 for 证明.
            if (word.characters.size() >= 2 &&
                syllable_find(spelling.letters, entry.lower[i], word.spelt) != std::string::npos)
                offer(700 - less);
            continue;
        }
        auto at = syllable_find(spelling.letters, entry.lower[i], word.spelt);
        if (at != std::string::npos && (word.spelt.size() >= 2 || at == 0))
            offer((at == 0 ? 860 : 800) - less);
        if (spelling.initials.starts_with(word.spelt))
            offer(850 - less);
        else if (word.spelt.size() >= 3 && contains(spelling.initials, word.spelt))
            offer(760 - less);
    }
    if (word.text.size() >= 3 && contains(entry.name_en, word.text)) offer(870);
    if (word.text.size() >= 4 && entry.card->code.text.starts_with(word.text)) offer(900);
    if (word.characters.size() >= 2 && contains(entry.summary, word.text)) offer(500);
    return best;
}

int Index::forgiving(Word const& word, Entry const& entry) {
    int best = exact(word, entry);
    auto offer = [&](int score) { best = std::max(best, score); };
    for (std::size_t i = 0; i < entry.lower.size(); ++i) {
        int const less = i == 0 ? 0 : 30;
        int skipped = 0;
        if (word.spelt.size() >= 4 && word.characters.size() >= 3 &&
            syllables_fit(word.spelt, entry.card->spellings[i].letters, skipped) && skipped <= skipped_most)
            offer(450 - 10 * skipped - less);
        auto const forgiven = errors_forgiven(word.spelt.size());
        if (forgiven > 0) {
            auto wrong = word.near_letters->distance(entry.lower[i]);
            if (wrong <= forgiven) offer(400 - 40 * static_cast<int>(wrong) - less);
        }
        // Of Chinese characters one may be wrong in three, two in six.
        if (word.has_han && word.characters.size() >= 3) {
            auto wrong = word.near->distance(entry.characters[i]);
            if (wrong * 3 <= word.characters.size() && wrong <= 2)
                offer(380 - 40 * static_cast<int>(wrong) - less);
        }
    }
    if (!word.has_han && word.text.size() >= 5) {
        Approximate<char> const near(word.text);
        if (!entry.name_en.empty() && near.distance(entry.name_en) <= errors_forgiven(word.text.size()))
            offer(360);
    }
    return best;
}

int Index::likeness(Word const& word, Entry const& entry) {
    if (word.pairs.empty()) return 0;
    int best = 0;
    for (auto const& characters : entry.characters) {
        auto theirs = pairs(characters);
        auto shared = std::count_if(theirs.begin(), theirs.end(),
                                    [&](auto& pair) { return word.pairs.contains(pair); });
        auto all = static_cast<std::ptrdiff_t>(theirs.size() + word.pairs.size());
        if (all > 0) best = std::max(best, static_cast<int>(2000 * shared / all));
    }
    return best >= 150 ? best : 0;
}

std::vector<Card const*> Index::ranked(std::vector<Word> const& words, Fits const& fits,
                                       int (*score)(Word const&, Entry const&)) const {
    std::vector<std::pair<int, Card const*>> found;
    for (auto const& entry : entries_) {
        if (!fits(*entry.card)) continue;
        int sum = 0;
        bool all = true;
        for (auto const& word : words) {
            int one = score(word, entry);
            all = all && one > 0;
            sum += one;
        }
        if (all) found.emplace_back(sum, entry.card);
    }
    // Stable: among equals the frequent ones stay first.
    std::stable_sort(found.begin(), found.end(),
                     [](auto const& a, auto const& b) { return a.first > b.first; });
    std::vector<Card const*> out;
    for (auto const& [sum, card] : found) out.push_back(card);
    return out;
}

Index::Answer Index::find(std::string_view query, Fits const& fits) const {
    std::vector<Word> words;
    for (auto const& typed : typed_words(query))
        if (auto word = prepare(typed); !word.text.empty()) words.push_back(std::move(word));
    Answer answer;
    answer.hits = ranked(words, fits, &Index::exact);
    if (!words.empty() && answer.hits.empty()) answer.hits = ranked(words, fits, &Index::forgiving);
    if (!words.empty() && answer.hits.empty()) {
        // All words as one text: what is shared counts, wherever the spaces were.
        std::vector<Word> whole;
        whole.push_back(prepare(query));
        answer.nearest = ranked(whole, fits, &Index::likeness);
        if (answer.nearest.size() > nearest_most) answer.nearest.resize(nearest_most);
    }
    return answer;
}

namespace {
std::string text_of(json::object const& from, char const* key) {
    auto const& text = from.at(key).as_string();
    return {text.data(), text.size()};
}
}  // namespace

std::string_view to_text(Audience audience) {
    switch (audience) {
        case Audience::person:
            return "person";
        case Audience::organisation:
            return "organisation";
        case Audience::both:
            return "both";
    }
    throw Bug{"no such audience"};
}

std::optional<Audience> read_audience(std::string_view text) {
    for (auto one : {Audience::person, Audience::organisation, Audience::both})
        if (to_text(one) == text) return one;
    return std::nullopt;
}

Json to_json(Card const& card) {
    json::array spellings;
    for (auto const& s : card.spellings) spellings.push_back(json::array{s.text, s.letters, s.initials});
    json::object out;
    out["name"] = card.name;
    out["name_en"] = card.name_en;
    out["summary"] = card.summary;
    out["summary_en"] = card.summary_en;
    out["time_text"] = card.time_text;
    out["fee_text"] = card.fee_text;
    out["time_text_en"] = card.time_text_en;
    out["fee_text_en"] = card.fee_text_en;
    out["theme"] = card.theme;
    out["visits"] = card.visits;
    out["frequent"] = card.frequent;
    out["audience"] = to_text(card.audience);
    out["level"] = org::to_text(card.level);
    if (!card.department.empty()) out["department"] = card.department;
    out["spellings"] = std::move(spellings);
    return out;
}

Card read_card(Json const& stored) {
    auto const& from = stored.as_object();
    auto number = [&](char const* key) { return static_cast<int>(from.at(key).as_int64()); };
    Card card;
    card.name = text_of(from, "name");
    card.name_en = text_of(from, "name_en");
    card.summary = text_of(from, "summary");
    card.summary_en = text_of(from, "summary_en");
    card.time_text = text_of(from, "time_text");
    card.fee_text = text_of(from, "fee_text");
    for (auto [key, into] :
         {std::pair{"time_text_en", &card.time_text_en}, std::pair{"fee_text_en", &card.fee_text_en}})
        if (from.contains(key)) *into = text_of(from, key);  // cards of earlier releases have none
    card.theme = text_of(from, "theme");
    card.visits = number("visits");
    card.frequent = number("frequent");
    card.audience = read_audience(text_of(from, "audience")).value_or(Audience::both);
    card.level = org::read_level(text_of(from, "level")).value_or(org::Level::town);
    if (from.contains("department")) card.department = text_of(from, "department");
    for (auto const& one : from.at("spellings").as_array()) {
        auto part = [&](std::size_t i) {
            auto const& text = one.as_array()[i].as_string();
            return std::string(text.data(), text.size());
        };
        card.spellings.push_back({part(0), part(1), part(2)});
    }
    return card;
}

}  // namespace tongban::catalog
