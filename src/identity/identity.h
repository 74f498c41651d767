// The door of `identity`: residents, sessions, credentials, and the one record of who saw whose data.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/base.h"
#include "http/http.h"
#include "org/org.h"
#include "store/store.h"

namespace tongban::identity {

/// A resident, opened (unsealed). Never log it.
struct Person {
    PersonId id;
    std::string name;
    std::string id_number;
    std::string phone;
    std::string address;
    RegionCode region;  ///< town or village of registration
    int real_name_level = 0;
};

/// A firm (法人, 统一社会信用代码) as the register knows it. Never log who leads it.
struct Firm {
    std::string uscc, name, address;
    std::string legal_person, legal_person_id_number;
};

/// 法定代表人 by office, 经办人 by a mandate (授权).
enum class FirmRole { legal_person, agent };
using tongban::to_text;
std::string_view to_text(FirmRole role);

/// A person acting for a firm, today.
struct Acting {
    Firm firm;
    FirmRole role = FirmRole::agent;
    Day valid_from{};
    std::optional<Day> valid_until;
};

/// A person without an account who stands at a window with the ID card (当面核验: real-name level 2).
struct WalkIn {
    std::string name, id_number, phone, address;
    RegionCode region;
};

/// One look at a person's data (个人信息保护法 art. 45; architecture §4).
struct Access {
    PersonId person;
    std::string actor;  ///< Actor::text()
    BodyId body;
    std::string purpose;  ///< what for, in words for the person
    std::string basis;    ///< `duty` or `consent`
    std::string case_no;
    std::vector<std::string>
        what;                  ///< kinds of data, not values: `applicant.id_number`, or words as they are
    std::string basis_text{};  ///< law or consent in words; empty: the usual words of `basis`
    std::string purpose_en{};  ///< empty: told in Chinese
    std::vector<std::string> what_en{};  ///< of words in `what`, in the same order
};

/// given: in force. used_up: the application was handed in or dropped; nothing more is asked on it.
enum class ConsentState { given, withdrawn, used_up };
/// That registers may be asked about somebody, for one application (个人信息保护法 arts. 14, 15, 29).
struct Consent {
    std::string id;  ///< made when it is given
    PersonId person;
    std::string subject;  ///< id of the draft, later of the case
    ItemId item;
    std::string item_name;
    std::string text_key, text_version, text_hash, text_title;  ///< what was read
    std::vector<std::string> resources;                         ///< what may be asked, by name
    Instant given_at{};
    ConsentState state = ConsentState::given;
    std::string item_name_en{}, text_title_en{};  ///< empty: told in Chinese
    std::vector<std::string> resources_en{};      ///< in the same order
};

/// secure: the browser sends the session cookie over TLS only.
enum class Cookies { plain, secure };

class Identity final : public Module, public http::Authenticator {
public:
    Identity(store::Store& store, Clock const& clock, org::Org& org, Cookies cookies = Cookies::plain);
    ~Identity() override;
    void routes(http::Routes& routes) override;
    void jobs(store::Jobs& jobs) override;  ///< ended sessions are erased
    Result<void> start() override;          ///< plans that job
    Result<void> import(
        Pack const& pack) override;  ///< `identity/residents.json`, `identity/staff_passwords.json`

    Result<Actor> authenticate(http::Request const& request) override;
    std::string csrf_token(http::Request const& request) override;

    /// Refuses: person_is_unknown.
    Result<Person> person(store::Reader& reader, PersonId const& id) const;
    void foresee_person(store::Reader& reader, PersonId const& id) const;  ///< see Reader::foresee
    /// By exact ID number or phone (blind index); nullopt when nobody has it.
    Result<std::optional<PersonId>> find(store::Reader& reader, std::string_view id_number_or_phone) const;
    /// Whoever is there with that number, else registered now. The card was seen: the level becomes 2 if it
    /// was less; phone and address change only for people without an account. Refuses: id_number_… of base,
    /// phone_is_malformed, person_is_known_by_another_name.
    Result<PersonId> register_walk_in(store::Tx& tx, Actor const& by, WalkIn const& who) const;
    /// Whose code a window scanned or typed; spent by that. Refuses: code_is_unknown_or_old.
    Result<PersonId> spend_code(store::Tx& tx, std::string_view code) const;

    /// Firms the person acts for today, by name; a legal person's office stands before a mandate.
    Result<std::vector<Acting>> firms_of(store::Reader& reader, PersonId const& person) const;
    /// Refuses: firm_is_unknown, mandate_is_missing, mandate_is_not_valid_today.
    Result<Acting> acting_for(store::Reader& reader, PersonId const& person, std::string_view uscc) const;

    /// Returns its id. The person reads and withdraws it under `/api/identity/consents`; a withdrawal emits
    /// `identity.consent_withdrawn` {"subject"} (aggregate: the subject).
    std::string give_consent(store::Tx& tx, Consent const& consent) const;
    /// The newest in force for this subject.
    Result<std::optional<Consent>> consent_for(store::Reader& reader, PersonId const& person,
                                               std::string_view subject) const;
    /// See Reader::foresee.
    void foresee_consent_for(store::Reader& reader, PersonId const& person, std::string_view subject) const;
    void use_up_consents(store::Tx& tx, std::string_view subject) const;

    /// The only writers of identity_access. Every reveal, file opened, decision and exchange call is a row.
    void record_access(store::Tx& tx, Access const& access) const;
    /// A plain view of a masked page: at most one row per actor, case and day. Opens a transaction of its own
    /// when it is the first one; call it outside any.
    Result<void> record_view(Access const& access) const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

store::Schema schema();

}  // namespace tongban::identity
