#include <set>

#include "catalog/shelf.h"

namespace tongban::catalog {

namespace {
/// Up to here every item in force is parsed beforehand, so that no verb ever waits for it; beyond, when first
/// asked.
constexpr std::size_t parsed_beforehand_most = 4000;
}  // namespace

Result<std::shared_ptr<Item const>> Catalog::State::load(store::Reader& reader, ItemId const& code,
                                                         int version) {
    auto stored = TRY(load_version(reader, code, version));
    org::Troubles troubles;
    auto parsed =
        read_item(stored.content, "catalog_version:" + code.text + ":" + std::to_string(version), troubles);
    auto verdict = troubles.verdict();
    if (!verdict.ok()) {
        log(LogLevel::error, "item_version_is_not_readable",
            {{"item", code.text},
             {"version", std::to_string(version)},
             {"place", verdict.error().fields[0].path}});
        return Error{ErrorKind::internal, "item_version_is_not_readable",
                     "事项的这个版本读不出来，请联系平台运行人员。"};
    }
    auto item = std::move(parsed.item);
    item.version = version;
    item.published_on = stored.published_on;
    for (auto* guide : {&item.guide, &item.guide_en}) {
        (*guide)["version"] = version;
        (*guide)["published_on"] = tongban::to_text(stored.published_on);
    }
    for (auto* application : {&item.application, &item.application_en}) (*application)["version"] = version;
    auto shared = std::make_shared<Item const>(std::move(item));
    std::lock_guard lock(mutex);
    return kept.insert_or_assign({code.text, version}, shared).first->second;
}

Result<std::shared_ptr<Item const>> Catalog::State::item(ItemId const& code, int version) {
    {
        std::lock_guard lock(mutex);
        auto found = kept.find({code.text, version});
        if (found != kept.end()) return found->second;
    }
    auto reader = TRY(store.reader());
    return load(*reader, code, version);
}

Result<void> Catalog::State::reload(store::Reader& reader) {
    auto items = TRY(load_items(reader));
    auto texts = TRY(load_lists(reader));
    Json themes = texts.contains("themes") ? TRY(read_json(texts["themes"])) : Json(nullptr);
    Json pinyin = texts.contains("pinyin") ? TRY(read_json(texts["pinyin"])) : Json(nullptr);
    auto made = std::make_shared<Shelf>();
    made->lists = read_stored_lists(themes, pinyin);
    std::vector<Card> cards;
    for (auto& item : items) {
        if (!item.present) continue;
        made->versions.emplace(item.card.code.text, item.card.version);
        cards.push_back(std::move(item.card));
    }
    if (cards.size() <= parsed_beforehand_most)
        for (auto const& card : cards) TRY(load(reader, card.code, card.version));
    made->index = Index(std::move(cards), Pinyin(made->lists.pinyin));
    shelf.store(std::move(made));
    return {};
}

Catalog::Catalog(store::Store& store, Clock const& clock, org::Org& org)
    : state_(std::make_unique<State>(store, clock, org)) {
    store.memories().add("catalog", [this]() -> Result<void> { return start(); });
}
Catalog::~Catalog() = default;

Result<void> Catalog::start() {
    auto reader = TRY(state_->store.reader());
    return state_->reload(*reader);
}

namespace {
/// What an import did, for the audit and the event.
struct Done {
    int published = 0, withdrawn = 0, recarded = 0, lists = 0;
    [[nodiscard]] bool nothing() const { return published + withdrawn + recarded + lists == 0; }
};

void import_items(store::Tx& tx, Contents& contents, std::vector<StoredItem> const& stored, Day today,
                  Done& done) {
    std::map<std::string, StoredItem const*> known;
    for (auto const& item : stored) known.emplace(item.card.code.text, &item);
    for (auto& one : contents.items) {
        auto found = known.find(one.card.code.text);
        auto const* before = found == known.end() ? nullptr : found->second;
        if (before != nullptr) known.erase(found);
        bool same = before != nullptr && before->hash == one.content.hash();
        one.card.version = before == nullptr ? 1 : same ? before->card.version : before->card.version + 1;
        if (!same) {
            save_version(tx, one.content, one.card.version, today);
            ++done.published;
        }
        // The spelling may have changed although the item did not.
        if (same && before->present && before->card_text == canonical_text(to_json(one.card))) continue;
        save_item(tx, one.card);
        if (same) ++done.recarded;
    }
    for (auto const& [code, item] : known) {
        if (!item->present) continue;
        withdraw_item(tx, ItemId{code});
        ++done.withdrawn;
    }
}

Result<void> import_lists(store::Tx& tx, Lists const& lists, Done& done) {
    auto known = TRY(load_lists(tx));
    for (auto const& [name, content] : {std::pair<std::string, Json>{"themes", lists.themes_json()},
                                        std::pair<std::string, Json>{"pinyin", lists.pinyin_json()}}) {
        auto text = canonical_text(content);
        if (known[name] == text) continue;
        save_list(tx, name, text);
        ++done.lists;
    }
    return {};
}
}  // namespace

Result<void> Catalog::import(Pack const& pack) {
    auto contents = TRY(read_contents(pack));
    {
        auto tx = TRY(state_->store.begin());
        Done done;
        auto stored = TRY(load_items(*tx));
        import_items(*tx, contents, stored, state_->clock.today(), done);
        TRY(import_lists(*tx, contents.lists, done));
        if (!done.nothing()) {
            json::object facts{{"published", done.published}, {"withdrawn", done.withdrawn}};
            tx->audit({Actor::system("import").text(), "catalog.import", "catalog", facts});
            tx->emit({"catalog.imported", "catalog", facts});
            tx->outdate("catalog");
        }
        TRY(tx->commit());
    }
    return start();
}

Result<std::shared_ptr<Item const>> Catalog::item(ItemId const& code) const {
    auto shelf = state_->shelf.load();
    auto found = shelf->versions.find(code.text);
    if (found == shelf->versions.end())
        return Error{ErrorKind::not_found, "item_is_unknown", "没有这个事项，或者它已经停办。"};
    return state_->item(code, found->second);
}

Result<std::shared_ptr<Item const>> Catalog::item(ItemId const& code, int version) const {
    return state_->item(code, version);
}

Result<org::Body> Catalog::issuer(Item const& item, RegionCode const& region) const {
    auto picture = state_->org.picture();
    auto const* body = issuer_of(*picture, {item.level, item.department}, region);
    if (body == nullptr)
        return Error{ErrorKind::conflict, "item_is_not_available_here",
                     "这里还不能办这件事，请另选一个街道或乡镇。"};
    return *body;
}

}  // namespace tongban::catalog
