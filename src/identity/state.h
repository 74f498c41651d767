// What one object of `identity` holds, and its inner verbs.
#pragma once

#include "identity/api.h"
#include "identity/decide.h"
#include "identity/password.h"

namespace tongban::identity {

constexpr std::string_view session_cookie = "tb_session";
/// Held by staff in every session, also before they have chosen a post: it lets them choose one.
constexpr std::string_view role_without_post = "staff";

/// A member of staff who holds a post; whoever left holds none. Null otherwise.
org::Staff const* working_staff(org::Picture const& picture, std::string const& number);

/// The account somebody typed, as far as it exists.
struct Account {
    Audience audience = Audience::resident;
    std::string subject;        ///< person id or staff number; empty when nobody has this account
    std::string attempt_key;    ///< what wrong passwords are counted under
    std::string password_hash;  ///< empty when there is nothing to compare with
    std::optional<Instant> last_sign_in_at;
};

/// A session just opened; the token leaves the program once, in a cookie.
struct Opened {
    Session session;
    std::string token;
};

struct Identity::State {
    using Language = http::Language;

    State(store::Store& store, Clock const& clock, org::Org& org, Cookies cookies);

    Result<Opened> sign_in(http::Request const& request, api::SignIn const& wish);
    Result<void> sign_out(http::Request const& request);
    Result<Session> choose_post(http::Request const& request, PostId const& post);
    /// Of the cookie; nullopt without one. Refuses with session_ended.
    Result<std::optional<Session>> session_of(http::Request const& request);
    Result<Actor> actor_of(Session const& session) const;
    Result<api::Me> me(Session const& session, Identity const& identity, Language language) const;
    [[nodiscard]] std::string csrf_of(std::string_view token_hash) const;
    [[nodiscard]] std::string cookie(std::string_view value) const;

    Result<Account> find_account(Audience audience, std::string_view typed) const;
    Result<Attempt> count_attempt(Account const& account);
    Result<bool> password_fits(Account const& account, std::string const& password);
    Error refuse(Account const& account, Attempt const& attempt);
    Result<Opened> open_session(http::Request const& request, Account const& account);
    Result<std::optional<PersonId>> find_person(store::Reader& reader, std::string_view typed) const;

    Result<api::Looks> looks(PersonId const& person, std::string_view after, Language language) const;
    Result<api::Consents> consents(PersonId const& person, Language language) const;
    Result<api::Consents> withdraw_consent(Actor const& by, std::string const& id, Language language);
    Result<api::MyCode> my_code(PersonId const& person);
    void write_access(store::Tx& tx, Access const& access, std::string const& id) const;
    Result<std::vector<Acting>> mandates(store::Reader& reader, Identity const& identity,
                                         PersonId const& person) const;

    Result<void> import(Pack const& pack);
    Result<void> import_firms(Pack const& pack);
    Result<void> erase(store::Tx& tx) const;

    store::Store& store_;
    Clock const& clock_;
    org::Org& org_;
    Cookies cookies_;
    Limits limits_ = Limits::embedded();
    Passwords passwords_;
    Bytes csrf_key_, mark_key_;
};

}  // namespace tongban::identity
