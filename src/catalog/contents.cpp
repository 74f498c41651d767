#include "catalog/contents.h"

#include <algorithm>
#include <set>

#include "catalog/item_data.h"

namespace tongban::catalog {

namespace {
/// 民发〔2020〕20号: kinds of proof that residents' and villagers' committees may not issue. Data of the
/// pack.
struct Ban {
    std::string basis;
    struct Kind {
        std::string key;
        std::vector<std::string> words;
    };
    std::vector<Kind> kinds;
};

Ban read_ban(Pack const& pack, org::Troubles& troubles) {
    Ban ban;
    std::string const path = "catalog/community_may_not_issue.json";
    auto file = org::read_pack_json(pack, path, troubles);
    if (!file) return ban;
    org::PackNode root(*file, path + "#", troubles);
    root.only({"basis", "note", "kinds"});
    ban.basis = root.text("basis", 60);
    (void)root.text_or("note", "", 200);
    for (auto const& node : root.list("kinds")) {
        node.only({"key", "words"});
        ban.kinds.push_back({node.text("key", 40), node.texts("words", 40)});
    }
    return ban;
}

void check_ban(Ban const& ban, Parsed const& parsed, std::string const& place, org::Troubles& troubles) {
    auto const& item = parsed.item;
    auto known = std::find_if(ban.kinds.begin(), ban.kinds.end(),
                              [&](auto const& kind) { return kind.key == parsed.proof_kind; });
    if (!parsed.proof_kind.empty() && known == ban.kinds.end())
        troubles.add(place + "/item.json#/proof_kind", "proof_kind_is_unknown",
                     "community_may_not_issue.json 里没有 " + parsed.proof_kind + "。");
    if (item.level != org::Level::village) return;
    for (auto const& kind : ban.kinds) {
        bool named = std::any_of(kind.words.begin(), kind.words.end(),
                                 [&](auto const& word) { return item.name.find(word) != std::string::npos; });
        if (named || kind.key == parsed.proof_kind)
            troubles.add(place + "/item.json#/level", "community_may_not_issue",
                         "“" + item.name + "”不由居委会、村委会出具（" + ban.basis + "）。");
    }
}

std::vector<Theme> read_themes(Pack const& pack, org::Troubles& troubles) {
    std::vector<Theme> themes;
    std::string const path = "catalog/themes.json";
    auto file = org::read_pack_json(pack, path, troubles);
    if (!file) return themes;
    org::PackNode root(*file, path + "#", troubles);
    root.only({"themes"});
    std::set<std::string> seen;
    for (auto const& node : root.list("themes")) {
        node.only({"id", "name", "x-en"});
        Theme theme{node.text("id", 40), node.text("name", 20), {}};
        if (auto english = node.maybe("x-en")) {
            english->only({"name"});
            theme.name_en = english->text("name", 60);
        }
        if (!seen.insert(theme.id).second)
            node.wrong("id", "pack_names_it_twice", "主题 " + theme.id + " 重复。");
        themes.push_back(std::move(theme));
    }
    return themes;
}

bool is_spelling(std::string_view text) {
    return !text.empty() && text.front() != ' ' && text.back() != ' ' &&
           text.find("  ") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || (c >= 'a' && c <= 'z'); });
}

std::map<std::string, std::string> read_pinyin(Pack const& pack, org::Troubles& troubles) {
    std::map<std::string, std::string> words;
    std::string const path = "catalog/pinyin.json";
    auto file = org::read_pack_json(pack, path, troubles);
    if (!file) return words;
    org::PackNode root(*file, path + "#", troubles);
    root.only({"words"});
    auto node = root.object("words");
    for (auto const& pair : node.members()) {
        std::string word(pair.key().data(), pair.key().size());
        auto spelt = node.text(word, 60);
        auto syllables = static_cast<std::size_t>(std::count(spelt.begin(), spelt.end(), ' ')) + 1;
        if (!is_spelling(spelt) || word.empty() || syllables != code_points(word))
            node.wrong(word, "pinyin_does_not_fit", "每个字写一个音节，小写，不写声调，用一个空格隔开。");
        else
            words.emplace(std::move(word), std::move(spelt));
    }
    return words;
}

constexpr std::string_view items_folder = "catalog/items";

/// The folders of the items; files that belong to none are told.
std::set<std::string> item_folders(Pack const& pack, org::Troubles& troubles) {
    std::set<std::string> folders;
    for (auto const& path : pack.list(items_folder, "")) {
        auto inner = path.substr(items_folder.size() + 1);
        auto slash = inner.find('/');
        auto name = slash == std::string::npos ? "" : inner.substr(slash + 1);
        if (name == "item.json" || name == "form.json" || name == "guide.json" || name == "texts.json")
            folders.insert(inner.substr(0, slash));
        else
            troubles.add(path, "pack_file_is_unknown",
                         "这里只放 编码/item.json、form.json、guide.json、texts.json。");
    }
    return folders;
}

/// The catalogue of shared data, whose own reader is `exchange`'s; a pack without it shares none.
Json read_resources(Pack const& pack, org::Troubles& troubles) {
    std::string const path = "exchange/resources.json";
    auto const files = pack.list("exchange", ".json");
    if (std::find(files.begin(), files.end(), path) == files.end()) return nullptr;
    return org::read_pack_json(pack, path, troubles).value_or(nullptr);
}

std::optional<Content> read_files(Pack const& pack, std::string const& code, std::string const& place,
                                  Json const& resources, org::Troubles& troubles) {
    auto item = org::read_pack_json(pack, place + "/item.json", troubles);
    auto form = org::read_pack_json(pack, place + "/form.json", troubles);
    auto guide = org::read_pack_json(pack, place + "/guide.json", troubles);
    auto texts = org::read_pack_json(pack, place + "/texts.json", troubles);
    if (!item || !form || !guide || !texts) return std::nullopt;
    auto asked = resources_of(*item, resources);
    return Content{ItemId{code},      std::move(*item),  std::move(*form),
                   std::move(*guide), std::move(*texts), std::move(asked)};
}
}  // namespace

Result<Contents> read_contents(Pack const& pack) {
    Contents out;
    org::Troubles troubles;
    auto ban = read_ban(pack, troubles);
    out.lists.themes = read_themes(pack, troubles);
    out.lists.pinyin = read_pinyin(pack, troubles);
    Pinyin pinyin(out.lists.pinyin);
    auto resources = read_resources(pack, troubles);
    for (auto const& code : item_folders(pack, troubles)) {
        auto place = std::string(items_folder) + "/" + code;
        auto content = read_files(pack, code, place, resources, troubles);
        if (!content) continue;
        auto parsed = read_item(*content, place, troubles);
        check_ban(ban, parsed, place, troubles);
        auto const& themes = out.lists.themes;
        bool known = std::any_of(themes.begin(), themes.end(),
                                 [&](auto& theme) { return theme.id == parsed.card.theme; });
        if (!known && !parsed.card.theme.empty())
            troubles.add(place + "/item.json#/theme", "theme_is_unknown",
                         "themes.json 里没有 " + parsed.card.theme + "。");
        parsed.card.spellings.push_back(spell(pinyin, parsed.item.name));
        for (auto const& synonym : parsed.synonyms) parsed.card.spellings.push_back(spell(pinyin, synonym));
        out.items.push_back({std::move(*content), std::move(parsed.card)});
    }
    TRY(troubles.verdict());
    return out;
}

Json Lists::themes_json() const {
    json::array out;
    for (auto const& theme : themes) out.push_back(json::array{theme.id, theme.name, theme.name_en});
    return out;
}

Json Lists::pinyin_json() const {
    json::object out;
    for (auto const& [word, spelt] : pinyin) out[word] = spelt;
    return out;
}

Lists read_stored_lists(Json const& themes, Json const& pinyin) {
    auto text = [](Json const& value) {
        return std::string(value.as_string().data(), value.as_string().size());
    };
    Lists lists;
    if (themes.is_array())
        for (auto const& one : themes.get_array())
            lists.themes.push_back(
                {text(one.as_array()[0]), text(one.as_array()[1]), text(one.as_array()[2])});
    if (pinyin.is_object())
        for (auto const& pair : pinyin.get_object())
            lists.pinyin.emplace(std::string(pair.key().data(), pair.key().size()), text(pair.value()));
    return lists;
}

}  // namespace tongban::catalog
