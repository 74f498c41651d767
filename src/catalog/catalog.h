// The door of `catalog`: service items (事项) with their versions, guides, forms, materials and texts.
// A published version never changes; a case pins the version at submission.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/base.h"
#include "forms/forms.h"
#include "http/http.h"
#include "org/org.h"
#include "rules/rules.h"
#include "store/store.h"

namespace tongban::catalog {

/// A text that people read and agree to. `hash` = SHA-256 of the canonical JSON of {title, paragraphs}.
struct Text {
    std::string key, version, title, agree_label, hash;
    std::vector<std::string> paragraphs;
};

enum class Way { waived, promise, upload };

struct Material {
    std::string key, name, note, basis, waived_because, copies;
    bool required = true;
    std::vector<Way> ways;                  ///< lawful ways, first is offered first
    std::optional<rules::Expression> when;  ///< absent: always asked
    std::optional<Text> promise;
    int files_max = 5;
    std::vector<std::string> accept;  ///< pdf jpeg png
    std::int64_t size_max = 10 * 1024 * 1024;
    std::vector<std::string> remedies;  ///< suggested words for corrections
};

/// One row of the licence's face, from the pack's `licence_face`: evaluated over the answers and the supplied
/// values.
struct Face {
    std::string key;
    rules::Expression value;
};

/// One version of one item, parsed; immutable and shared.
struct Item {
    ItemId code;
    int version = 0;
    std::string name, summary, result_name;
    Day published_on{};
    Limit promise;  ///< from acceptance, or from the start for natural-day items
    std::optional<Limit> statutory;
    Limit acceptance{5, LimitUnit::working_day};   ///< to accept, ask or refuse; 行政许可法 art. 32
    Limit correction{15, LimitUnit::working_day};  ///< [M] configuration of the item
    int real_name_level = 2;
    org::Level level = org::Level::town;  ///< which bodies issue it
    forms::Form form;
    std::vector<Material> materials;
    Text notice, declaration;
    std::vector<std::string> collection;    ///< electronic, window, courier
    std::vector<std::string> flow;          ///< post titles or roles in order: `reviewer:审核岗`
    std::vector<std::string> phrases;       ///< opinion phrases
    std::vector<std::string> bases;         ///< what a refusal or denial may cite
    std::vector<std::string> right_bodies;  ///< who may be the right body instead
    std::string remedies;                   ///< 复议、诉讼 text with {body} {court}
    std::string licence_type;               ///< key of a licence type of `licences`
    json::object licence_face;  ///< face key → FEEL over the answers, see packs/schemas/item.schema.json
    json::object guide;         ///< the rest of the guide, as the API shows it
    std::vector<Face> face;     ///< licence_face, parsed
    json::object application;   ///< what the wizard asks, as the API shows it
};

/// 2个工作日, 15个自然日, 24小时, 1个月
std::string limit_text(Limit limit);
/// The names that conditions over the answers of a form may use: fields, their Chinese names, supplied
/// values, today.
rules::Names names_of(forms::Form const& form);

class Catalog final : public Module {
public:
    /// Kept in memory as "catalog": a running server notices an import done beside it.
    Catalog(store::Store& store, Clock const& clock, org::Org& org);
    ~Catalog() override;
    void routes(http::Routes& routes) override;
    /// An item whose content did not change keeps its version; otherwise the next version is published. An
    /// item that the pack no longer has is withdrawn; its versions stay for the cases that pinned them. After
    /// org's import. Refuses: pack_has_errors, naming every wrong place. Emits `catalog.imported` when
    /// anything changed.
    Result<void> import(Pack const& pack) override;
    Result<void> start() override;

    /// The version in force, or a named one. Refuses: item_is_unknown, item_version_is_unknown.
    Result<std::shared_ptr<Item const>> item(ItemId const& code) const;
    Result<std::shared_ptr<Item const>> item(ItemId const& code, int version) const;
    /// The body that issues this item for a region. Refuses: item_is_not_available_here.
    Result<org::Body> issuer(Item const& item, RegionCode const& region) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

store::Schema schema();

}  // namespace tongban::catalog
