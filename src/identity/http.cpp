#include "identity/rows.h"

namespace tongban::identity {

namespace {
using State = Identity::State;

http::Reply with_cookie(http::Reply reply, std::string cookie) {
    reply.headers.emplace_back("Set-Cookie", std::move(cookie));
    reply.headers.emplace_back("Cache-Control", "no-store");
    return reply;
}

Result<http::Reply> sign_in(State& state, Identity const& identity, http::Request const& request) {
    auto wish = TRY(api::read_sign_in(request.body));
    auto opened = TRY(state.sign_in(request, wish));
    auto me = TRY(state.me(opened.session, identity, request.language()));
    return with_cookie(http::ok(api::write(me)), state.cookie(opened.token));
}

Result<http::Reply> sign_out(State& state, http::Request const& request) {
    TRY(state.sign_out(request));
    return with_cookie(http::no_content(), state.cookie(""));
}

Result<http::Reply> show_me(State& state, Identity const& identity, http::Request const& request) {
    auto session = state.session_of(request);
    if (!session.ok() && session.error().code != "session_ended") return session.error();
    // Asking is not refused when the session has ended: the answer is that nobody is signed in.
    if (!session.ok()) return with_cookie(http::ok(api::write(api::Me{})), state.cookie(""));
    if (!*session) return http::ok(api::write(api::Me{}));
    auto me = TRY(state.me(**session, identity, request.language()));
    return http::ok(api::write(me));
}

Result<http::Reply> choose_post(State& state, Identity const& identity, http::Request const& request) {
    auto choice = TRY(api::read_post_choice(request.body));
    auto session = TRY(state.choose_post(request, PostId{choice.post}));
    auto me = TRY(state.me(session, identity, request.language()));
    return http::ok(api::write(me));
}

api::Post post_of(org::Picture const& picture, org::Post const& post) {
    api::Post out;
    out.id = post.id.text;
    out.title = post.title;
    if (auto const* body = picture.body(post.body)) {
        out.body_name = body->name;
        if (auto const* region = picture.region(body->region)) out.region_name = region->name;
    }
    if (auto const* hall = picture.hall(post.hall)) out.hall_name = hall->name;
    out.roles = post.roles;
    return out;
}

api::Staff staff_of(org::Picture const& picture, org::Staff const& staff, Session const& session) {
    api::Staff out;
    out.number = staff.id.text;
    for (auto const& id : staff.posts) {
        auto const* post = picture.post(id);
        if (post == nullptr) continue;
        out.posts.push_back(post_of(picture, *post));
        if (id == session.post) out.post = out.posts.back();
    }
    if (session.previous_sign_in_at) out.last_sign_in = to_text(*session.previous_sign_in_at);
    return out;
}

Result<http::Reply> my_firms(State& state, Identity const& identity, http::Request const& request) {
    auto reader = TRY(state.store_.reader());
    auto acting = TRY(identity.firms_of(*reader, request.actor.person));
    api::Firms shown;
    for (auto const& each : acting) {
        api::MyFirm firm{
            each.firm.uscc,
            each.firm.name,
            mask_name(each.firm.legal_person),
            each.role == FirmRole::legal_person ? api::MyFirmRole::legal_person : api::MyFirmRole::agent,
            {}};
        if (each.valid_until) firm.valid_until = to_text(*each.valid_until);
        shown.firms.push_back(std::move(firm));
    }
    return http::ok(api::write(shown));
}

/// A village belongs to a town; people are asked for their town.
RegionCode town_of(org::Picture const& picture, RegionCode const& code) {
    auto const* region = picture.region(code);
    return region != nullptr && region->level == org::Level::village ? region->parent : code;
}
}  // namespace

Result<api::Me> Identity::State::me(Session const& session, Identity const& identity,
                                    Language language) const {
    auto const picture = org_.picture();
    api::Me me;
    me.signed_in = true;
    me.csrf = csrf_of(session.token_hash);
    me.ends_at = to_text(session_ends_at(limits_, session));
    if (session.audience == Audience::staff) {
        auto const* staff = working_staff(*picture, session.subject);
        if (staff == nullptr) return session_ended();
        me.kind = api::MeKind::staff;
        me.name = staff->name;
        me.staff = staff_of(picture->in(language), *staff, session);
        if (auto const* post = picture->post(session.post))
            if (auto const* body = picture->body(post->body)) me.region = body->region.text;
        return me;
    }
    auto reader = TRY(store_.reader(store::Snapshot::none));
    auto person = identity.person(*reader, PersonId{session.subject});
    if (!person.ok()) return person.error().code == "person_is_unknown" ? session_ended() : person.error();
    me.kind = api::MeKind::resident;
    me.name = person->name;
    me.masked_id_number = mask_id_number(person->id_number);
    me.masked_phone = mask_phone(person->phone);
    me.real_name_level = person->real_name_level;
    me.region = town_of(*picture, person->region).text;
    return me;
}

namespace {
void own_routes(http::Routes& routes, State& state, Identity const& identity) {
    http::Permission const own{"identity.own"};
    routes.grant(own, {"resident"});
    routes.get("/api/identity/looks", own, [&state](auto const& request) -> Result<http::Reply> {
        auto page =
            TRY(state.looks(request.actor.person, request.asked("after").value_or(""), request.language()));
        return http::ok(api::write(page));
    });
    routes.get("/api/identity/my-code", own, [&state](auto const& request) -> Result<http::Reply> {
        auto code = TRY(state.my_code(request.actor.person));
        return http::ok(api::write(code));
    });
    routes.get("/api/identity/consents", own, [&state](auto const& request) -> Result<http::Reply> {
        auto all = TRY(state.consents(request.actor.person, request.language()));
        return http::ok(api::write(all));
    });
    routes.post(
        "/api/identity/consents/{id}/withdrawal", own, [&state](auto const& request) -> Result<http::Reply> {
            auto all = TRY(state.withdraw_consent(request.actor, request.param("id"), request.language()));
            return http::ok(api::write(all));
        });
    routes.get("/api/identity/firms", own,
               [&state, &identity](auto const& request) { return my_firms(state, identity, request); });
}
}  // namespace

void Identity::routes(http::Routes& routes) {
    auto& state = *state_;
    own_routes(routes, state, *this);
    // A whole hall may stand behind one address at half past eight.
    http::RouteOptions signing{.limit = {.attempts = 60, .within_seconds = 60}, .body_limit = 4096};
    routes.post(
        "/api/identity/sign-in", http::Permission::anyone(),
        [&state, this](auto const& request) { return sign_in(state, *this, request); }, signing);
    routes.post(
        "/api/identity/sign-out", http::Permission::anyone(),
        [&state](auto const& request) { return sign_out(state, request); }, signing);
    routes.get("/api/identity/me", http::Permission::anyone(),
               [&state, this](auto const& request) { return show_me(state, *this, request); });
    routes.post("/api/identity/post", {"identity.choose_post"},
                [&state, this](auto const& request) { return choose_post(state, *this, request); });
    routes.grant({"identity.choose_post"}, {std::string(role_without_post), "clerk", "reviewer", "inspector",
                                            "head", "keeper", "supervisor", "operator", "auditor"});
}

}  // namespace tongban::identity
