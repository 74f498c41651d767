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
    struct English {
        std::string title, agree_label;
        std::vector<std::string> paragraphs;
    };
    std::optional<English> en;  ///< helps to read it; agreed to is the Chinese
};

/// How a paper may come, in the order in which they are offered. licence: a licence of the applicant that the
/// platform holds stands for it; window: brought to the window afterwards.
enum class Way { waived, licence, promise, upload, window };
std::string_view to_text(Way way);

struct Material {
    std::string key, name, note, basis, waived_because, not_waived_because, copies;
    struct {
        std::string name, note, waived_because, not_waived_because;
    } en;  ///< empty where the pack has none
    bool required = true;
    /// With the way waived: waived where it is yes; absent: always.
    std::optional<rules::Expression> waive_when;
    std::string licence_type;               ///< with the way licence: what stands for the paper
    std::vector<Way> ways;                  ///< lawful ways, first is offered first
    std::optional<rules::Expression> when;  ///< absent: always asked
    std::optional<Text> promise;
    int files_max = 5;
    std::vector<std::string> accept;  ///< pdf jpeg png
    std::int64_t size_max = 10 * 1024 * 1024;
    std::vector<std::string> remedies;  ///< suggested words for corrections
};

/// On what a source is asked: the person's consent, or a body's duty by law (个人信息保护法 art. 13).
enum class Basis { consent, duty };

/// One question to a source (共享数据), for one application. What a resource is called and answers is kept
/// with the version, as the pack's exchange/resources.json had it.
struct Datum {
    std::string key, resource;         ///< household; code of the resource
    forms::Words what, provider, why;  ///< 户口簿信息, 公安, 核对住址
    struct Parameter {
        std::string name;
        rules::Expression value;
    };
    std::vector<Parameter> parameters;      ///< asked once all have values
    std::optional<rules::Expression> when;  ///< asked only where yes
    std::optional<rules::Expression> list;  ///< of for_each: asked once for each of these
    std::string each;                       ///< their name in parameters
    Basis basis = Basis::consent;
    std::string basis_text;
    struct Field {
        std::string key;
        forms::Words name;
        rules::Type type = rules::Type::string;
    };
    std::vector<Field> fields;
};

/// What must hold for a decision at once; each is told with its words.
struct Condition {
    std::string key;
    rules::Expression when;
    forms::Words yes, no;              ///< to the applicant
    forms::Words staff_yes, staff_no;  ///< the same about the applicant, for staff
};

/// 事项类型. Decisions on a permit (行政许可) are titled and worded as 行政许可法 art. 38 says.
enum class ItemType { permit, confirmation, benefit, public_service, other };

/// 特殊环节: a site check, a public notice. counts_in_limit false: the clock rests meanwhile.
struct SpecialStep {
    std::string key;
    forms::Words name;
    std::string role;
    int officers = 2;
    Limit limit;
    bool counts_in_limit = false;
    std::string basis;
    struct Finding {
        std::string key;
        forms::Words label;
    };
    std::vector<Finding> findings;
};

enum class Applicant { person, organisation };

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
    std::string name_en, remedies_en, result_name_en;  ///< empty where the pack has none
    std::vector<std::string> flow_en;                  ///< names of the steps of `flow`; empty as well
    Day published_on{};
    Limit promise;  ///< from acceptance, or from the start for natural-day items
    std::optional<Limit> statutory;
    Limit acceptance{5, LimitUnit::working_day};   ///< to accept, ask or refuse; 行政许可法 art. 32
    Limit correction{15, LimitUnit::working_day};  ///< [M] configuration of the item
    int extension_days_max = 10;                   ///< working days, of one 延期; 行政许可法 art. 42
    int real_name_level = 2;
    org::Level level = org::Level::town;  ///< which bodies issue it
    std::string department;  ///< key of org's departments that issue it; empty: the region's own body
    Applicant applicant = Applicant::person;
    ItemType type = ItemType::public_service;
    std::vector<Datum> data;
    std::optional<Text> data_consent;  ///< read and agreed to before any question on consent
    std::vector<Condition> instant;    ///< decided at once when all are yes; empty: never
    std::vector<SpecialStep> special_steps;
    std::optional<forms::Words> card;   ///< a physical thing handed over after issue
    std::optional<Limit> bring_within;  ///< for papers with the way window
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
    json::object guide_en, application_en;  ///< the same in English; Chinese where the pack has none
};

/// 2个工作日, 15个自然日, 24小时, 1个月
std::string limit_text(Limit limit);
/// 2 working days, 15 days, 24 hours, 1 month
std::string limit_text_in_english(Limit limit);
/// The names that conditions over the answers of a form may use: fields, their Chinese names, supplied
/// values, today.
rules::Names names_of(forms::Form const& form,
                      std::vector<forms::Supplied> const& supplied = forms::standard_supplied());
/// What the server supplies to an item's form and conditions: the standard values, firm.* where a firm
/// applies, and of each datum `K.outcome` (text), `K.count` (number), `K.<field>`, and `K.asked_on` (date),
/// `K.asked_at` (2026年10月15日 9:24), the moment of the answer.
std::vector<forms::Supplied> supplied_to(Item const& item);

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
