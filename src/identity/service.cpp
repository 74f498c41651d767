#include "identity/rows.h"
#include "identity/sql.h"

namespace tongban::identity {

Identity::State::State(store::Store& store, Clock const& clock, org::Org& org, Cookies cookies)
    : store_(store),
      clock_(clock),
      org_(org),
      cookies_(cookies),
      csrf_key_(store.sealer().derive("identity.csrf")),
      mark_key_(store.sealer().derive("identity.password_mark")) {}

org::Staff const* working_staff(org::Picture const& picture, std::string const& number) {
    auto const* staff = picture.staff(StaffId{number});
    return staff == nullptr || staff->posts.empty() ? nullptr : staff;
}

namespace {
std::string actor_text(Account const& account) {
    if (account.subject.empty()) return Actor{}.text();
    return (account.audience == Audience::staff ? "staff:" : "resident:") + account.subject;
}

void add_audit(store::Tx& tx, Account const& account, std::string verb, json::object facts) {
    tx.audit({actor_text(account), std::move(verb), account.subject, std::move(facts)});
}
}  // namespace

Result<std::optional<PersonId>> Identity::State::find_person(store::Reader& reader,
                                                             std::string_view typed) const {
    auto const& sealer = store_.sealer();
    auto look_up = [&](store::Query const& query, std::string_view place,
                       std::string const& value) -> Result<std::optional<PersonId>> {
        auto found = TRY(reader.maybe_one(query, sealer.blind(place, value)));
        if (!found) return std::optional<PersonId>{};
        return std::optional((*found)[0].id<PersonId>("id"));
    };
    if (auto phone = read_phone(typed); phone.ok())
        return look_up(sql::person_by_phone, "identity_person.phone", *phone);
    if (auto number = read_id_number(typed, clock_.today()); number.ok())
        return look_up(sql::person_by_id_number, "identity_person.id_number", number->text);
    return std::optional<PersonId>{};
}

Result<Account> Identity::State::find_account(Audience audience, std::string_view typed) const {
    auto reader = TRY(store_.reader());
    auto name = trimmed(typed);
    Account account;
    account.audience = audience;
    if (audience == Audience::staff) {
        if (working_staff(*org_.picture(), name) != nullptr) account.subject = name;
    } else {
        auto person = TRY(find_person(*reader, name));
        if (person) account.subject = person->text;
    }
    auto key = account.subject.empty()
                   ? std::string(audience == Audience::staff ? "unknown staff " : "unknown resident ") + name
                   : actor_text(account);
    account.attempt_key = store_.sealer().blind("identity_attempt.account", key);
    if (account.subject.empty()) return account;
    auto found = TRY(reader->maybe_one(sql::credential, actor_text(account)));
    if (!found) return account;
    account.password_hash = (*found)[0].text("password_hash");
    account.last_sign_in_at = (*found)[0].maybe_instant("last_sign_in_at");
    return account;
}

/// Counted before the password is looked at, so that guesses sent at the same time are no way around the
/// limit.
Result<Attempt> Identity::State::count_attempt(Account const& account) {
    auto now = clock_.now();
    auto tx = TRY(store_.begin());
    auto rows = TRY(tx->rows(sql::count_attempt, account.attempt_key, now, now - limits_.lock,
                             limits_.wrong_passwords_max));
    auto attempt = judge_attempt(limits_, static_cast<int>(rows[0].integer("attempts")),
                                 rows[0].instant("last_at"), now);
    if (!attempt.allowed)
        add_audit(*tx, account, "identity.refuse_sign_in", {{"because", "account_is_locked"}});
    TRY(tx->commit());
    return attempt;
}

Result<bool> Identity::State::password_fits(Account const& account, std::string const& password) {
    if (!account.password_hash.empty()) return passwords_.fits(password, account.password_hash);
    TRY(passwords_.pretend(password));
    return false;
}

Error Identity::State::refuse(Account const& account, Attempt const& attempt) {
    auto recorded = [&]() -> Result<void> {
        auto tx = TRY(store_.begin());
        add_audit(*tx, account, "identity.refuse_sign_in",
                  {{"because", "account_or_password_is_wrong"}, {"attempts_left", attempt.left}});
        return tx->commit();
    }();
    if (!recorded.ok()) return recorded.error();
    if (attempt.left == 0) return account_is_locked(attempt.retry_after_seconds);
    return account_or_password_is_wrong(attempt.left, limits_.lock);
}

Result<Opened> Identity::State::open_session(http::Request const& request, Account const& account) {
    auto now = clock_.now();
    Opened opened;
    opened.token = to_base64url(random_bytes(32));
    auto& session = opened.session;
    session.token_hash = sha256_hex(opened.token);
    session.audience = account.audience;
    session.subject = account.subject;
    session.started_at = session.last_seen_at = now;
    session.previous_sign_in_at = account.last_sign_in_at;
    auto const picture = org_.picture();
    auto const* staff =
        account.audience == Audience::staff ? working_staff(*picture, account.subject) : nullptr;
    if (staff != nullptr && staff->posts.size() == 1) session.post = staff->posts[0];

    auto tx = TRY(store_.begin());
    // A token known before the sign-in is worth nothing after it.
    if (auto old = request.cookie(session_cookie); !old.empty()) tx->write(sql::end_session, sha256_hex(old));
    tx->write(sql::forget_attempts, account.attempt_key);
    tx->write(sql::mark_sign_in, actor_text(account), now);
    tx->write(sql::open_session, session.token_hash,
              account.audience == Audience::staff ? "staff" : "resident", session.subject, session.post, now,
              session.previous_sign_in_at);
    add_audit(*tx, account, "identity.sign_in", {});
    TRY(tx->commit());
    return opened;
}

Result<Opened> Identity::State::sign_in(http::Request const& request, api::SignIn const& wish) {
    auto audience = wish.audience == api::SignInAudience::staff ? Audience::staff : Audience::resident;
    auto account = TRY(find_account(audience, wish.account));
    auto attempt = TRY(count_attempt(account));
    if (!attempt.allowed) return account_is_locked(attempt.retry_after_seconds);
    auto fits = TRY(password_fits(account, wish.password));
    if (!fits) return refuse(account, attempt);
    return open_session(request, account);
}

Result<void> Identity::State::sign_out(http::Request const& request) {
    auto token = request.cookie(session_cookie);
    if (token.empty()) return {};
    auto hash = sha256_hex(token);
    auto tx = TRY(store_.begin());
    auto found = TRY(tx->maybe_one(sql::session, hash));
    if (!found) return {};
    auto session = read_session((*found)[0]);
    Account account;
    account.audience = session.audience;
    account.subject = session.subject;
    tx->write(sql::end_session, hash);
    add_audit(*tx, account, "identity.sign_out", {});
    return tx->commit();
}

Result<std::optional<Session>> Identity::State::session_of(http::Request const& request) {
    auto token = request.cookie(session_cookie);
    if (token.empty()) return std::optional<Session>{};
    auto now = clock_.now();
    auto hash = sha256_hex(token);
    std::optional<Session> session;
    {
        auto reader = TRY(store_.reader(store::Snapshot::none));
        auto found = TRY(reader->maybe_one(sql::session, hash));
        if (found) session = read_session((*found)[0]);
    }
    if (!session || session_has_ended(limits_, *session, now)) return session_ended();
    if (wants_touch(*session, now)) {
        auto tx = TRY(store_.begin());
        tx->write(sql::touch_session, hash, now);
        TRY(tx->commit());
        session->last_seen_at = now;
    }
    return session;
}

Result<Actor> Identity::State::actor_of(Session const& session) const {
    Actor actor;
    actor.session = SessionId{session.token_hash};
    if (session.audience == Audience::resident) {
        if (!session.real_name_level) return session_ended();
        actor.kind = ActorKind::resident;
        actor.person = PersonId{session.subject};
        actor.roles = {"resident"};
        actor.real_name_level = *session.real_name_level;
        return actor;
    }
    auto const picture = org_.picture();
    auto const* staff = working_staff(*picture, session.subject);
    if (staff == nullptr) return session_ended();
    actor.kind = ActorKind::staff;
    actor.staff = staff->id;
    actor.roles = {std::string(role_without_post)};
    auto holds = std::find(staff->posts.begin(), staff->posts.end(), session.post) != staff->posts.end();
    auto const* post = holds ? picture->post(session.post) : nullptr;
    if (post == nullptr) return actor;
    actor.post = post->id;
    actor.body = post->body;
    actor.hall = post->hall;
    if (auto const* body = picture->body(post->body)) actor.region = body->region;
    actor.roles.insert(actor.roles.end(), post->roles.begin(), post->roles.end());
    return actor;
}

Result<Session> Identity::State::choose_post(http::Request const& request, PostId const& post) {
    auto session = TRY(session_of(request));
    if (!session) return session_ended();
    auto const picture = org_.picture();
    auto const* staff = working_staff(*picture, session->subject);
    if (session->audience != Audience::staff || staff == nullptr ||
        std::find(staff->posts.begin(), staff->posts.end(), post) == staff->posts.end())
        return Error{ErrorKind::forbidden, "post_is_not_yours",
                     "这个岗位没有分给您，请选自己的岗位或找管理员。"};
    auto tx = TRY(store_.begin());
    tx->write(sql::choose_post, session->token_hash, post);
    tx->audit({request.actor.text(), "identity.choose_post", session->subject, {{"post", post.text}}});
    TRY(tx->commit());
    session->post = post;
    return *session;
}

std::string Identity::State::csrf_of(std::string_view token_hash) const {
    return to_base64url(hmac_sha256(csrf_key_, token_hash));
}

std::string Identity::State::cookie(std::string_view value) const {
    auto text = std::string(session_cookie) + "=" + std::string(value) + "; Path=/; HttpOnly; SameSite=Lax";
    if (value.empty()) text += "; Max-Age=0";
    if (cookies_ == Cookies::secure) text += "; Secure";
    return text;
}

Result<void> Identity::State::erase(store::Tx& tx) const {
    auto now = clock_.now();
    auto idle = std::max(limits_.idle_resident, limits_.idle_staff);
    tx.write(sql::erase_ended_sessions, now - idle, now - limits_.session);
    tx.write(sql::erase_old_attempts, now - limits_.lock);
    tx.write(sql::erase_old_codes, now);
    return {};
}

}  // namespace tongban::identity
