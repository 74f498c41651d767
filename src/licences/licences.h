// The door of `licences`: e-licences and e-proofs (证照, incl. 证明): types, seals, issue, the public check,
// revocation. Law: 国务院令第716号 arts. 8–12 (an e-licence and an e-seal equal paper and physical seal).
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/base.h"
#include "files/files.h"
#include "http/http.h"
#include "identity/identity.h"
#include "notify/notify.h"
#include "org/org.h"
#include "sign/sign.h"
#include "store/store.h"

namespace tongban::licences {

/// One row of the face (照面信息). `shown` says what a stranger at the public check may see.
enum class Shown { whole, masked_name, masked_id_number, hidden };
struct FaceRow {
    std::string key, label, value;
    Shown shown = Shown::hidden;
    std::string label_en{};  ///< of what somebody holds; empty where the pack has none
};
using tongban::to_text;
std::string_view to_text(Shown shown);
Shown read_shown(std::string_view text);  ///< hidden where it is not known

enum class Viewer { holder, staff, stranger };
/// The value as this viewer may see it; nothing for a row that stays hidden.
std::optional<std::string> shown_value(FaceRow const& row, Viewer viewer);
json::array face_json(std::vector<FaceRow> const& face);  ///< to be sealed with what it belongs to
std::vector<FaceRow> read_face(json::array const& kept);

struct Order {
    std::string key;   ///< the same key twice gives the same licence: the case's id
    std::string type;  ///< licence type of the pack
    PersonId holder;
    std::string holder_name, holder_id_number;
    BodyId issuer;
    std::string case_no;
    std::vector<FaceRow> face;  ///< also the template's values, by key
};

enum class State { valid, expired, replaced, revoked };
struct Issued {
    LicenceId id;
    std::string number;      ///< 示街证〔2026〕1号: gapless per body and year
    std::string identifier;  ///< GB/T 36904
    std::string type_name;
    Instant at{};
};

/// A sealed letter (文书): same fonts, seals and signature as a licence, but not one.
struct LetterOrder {
    std::string template_key;  ///< cases/letters/<key>.json of the pack
    BodyId body;
    sign::Values values;
    enum class Seal { sealed, preview } seal = Seal::sealed;
};

/// A licence somebody holds (持有的证照): ours, or of another issuer as its register sent it (证照库).
struct Held {
    LicenceId id;
    std::string type, type_name, number, issuer_name, holder_name;
    Day issued_on{};
    std::optional<Day> valid_until;
    std::vector<FaceRow> face;
    Day as_of{};  ///< of a register of others: the day it was sent; else today
    enum class Origin { ours, register_of_others } origin = Origin::ours;
    std::string type_name_en{}, issuer_name_en{};  ///< empty where the pack has none
};

/// 用证: which licence stood in for which paper of which case.
struct LicenceUse {
    LicenceId licence;
    Actor const& by;
    std::string case_no;
    std::string purpose;  ///< what for, without personal data: 办理居住证，代替“房屋权属证明”
    std::string purpose_en{};  ///< empty: told in Chinese
};

/// The certificate of a body's seal, or, with an empty body, of the site's own authority.
struct Validity {
    BodyId body;
    Instant until{};
};

/// A licence that its issuer revoked, as the decision tells it to the holder (domain.md §3.6).
struct Revoked {
    std::string order_key;  ///< of the Order it was issued by
    std::string type_name, number;
    Day issued_on{};
    Instant at{};
    std::string reason, basis;
};

class Licences final : public Module {
public:
    Licences(store::Store& store, Clock const& clock, org::Org& org, identity::Identity& identity,
             files::Files& files, notify::Notify& notify, std::string fonts_directory);
    ~Licences() override;
    void routes(http::Routes& routes) override;
    /// Types and templates; on a demonstration site seals for the bodies that have none.
    Result<void> import(Pack const& pack) override;
    Result<void> start() override;  ///< warms the rendering thread up

    /// Numbers, renders, seals, stores. Slow: call from a slow consumer, outside any transaction.
    /// Idempotent by `order.key`: number and verify code are taken once, before rendering, and
    /// kept. Refuses: character_cannot_be_drawn, seal_is_missing, …; the number stays reserved for the next
    /// try.
    Result<Issued> issue(Order const& order);
    Result<std::optional<Issued>> of_case(store::Reader& reader, std::string_view order_key) const;
    /// Those of this type that are in force today, newest first. Ours by the holder, others by ID number.
    Result<std::vector<Held>> held(store::Reader& reader, identity::Person const& person,
                                   std::string_view type) const;
    void foresee_held(store::Reader& reader, PersonId const& holder) const;  ///< see Reader::foresee
    /// Of a firm, by its credit code.
    Result<std::vector<Held>> held_by_firm(store::Reader& reader, std::string_view uscc,
                                           std::string_view type) const;
    /// Inside a verb: the log of uses (licence_use), which the holder sees.
    void record_use(store::Tx& tx, LicenceUse const& use) const;

    /// The page that issue() would make: no number, no seal, no effect. Slow.
    Result<Bytes> preview(Order const& order);
    /// Renders a letter; sealed with the body's seal unless a preview. Slow. Refuses: letter_has_no_template,
    /// seal_is_missing, template_has_no_place_for_seal, and what sign refuses.
    Result<Bytes> letter(LetterOrder const& order);
    /// The letters (LetterOrder::template_key) that the packs imported so far have a template for.
    Result<std::set<std::string>> letters_with_template(store::Reader& reader) const;
    /// What the decision to revoke says. Refuses: licence_is_unknown, also for one that is not revoked.
    Result<Revoked> revoked(store::Reader& reader, LicenceId const& id) const;

    /// The certificates (PEM) that readers of our files must trust: of whoever certified the seals.
    Result<std::string> authorities();
    /// Until when what we sign with is valid: every seal, and the site's own authority.
    Result<std::vector<Validity>> validity(store::Reader& reader) const;

    struct State_;

private:
    std::unique_ptr<State_> state_;
};

store::Schema schema();

}  // namespace tongban::licences
