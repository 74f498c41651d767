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

/// One look at a person's data (个人信息保护法 art. 45; architecture §4).
struct Access {
    PersonId person;
    std::string actor;  ///< Actor::text()
    BodyId body;
    std::string purpose;  ///< what for, in words for the person
    std::string basis;    ///< `duty` or `consent`
    std::string case_no;
    std::vector<std::string> what;  ///< kinds of data, not values: `applicant.id_number`
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
    /// By exact ID number or phone (blind index); nullopt when nobody has it.
    Result<std::optional<PersonId>> find(store::Reader& reader, std::string_view id_number_or_phone) const;
    /// The only writer of identity_access.
    void record_access(store::Tx& tx, Access const& access) const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

store::Schema schema();

}  // namespace tongban::identity
