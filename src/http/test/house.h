// A small house to knock at: a few routes, and an authenticator that believes the cookie `who`.
#pragma once

#include "http/http.h"

namespace tongban::http {

class BelievesCookies final : public Authenticator {
public:
    Result<Actor> authenticate(Request const& request) override {
        auto who = request.cookie("who");
        Actor actor;
        if (who.empty()) return actor;
        if (who == "ended")
            return Error{ErrorKind::unauthenticated, "session_ended", "登录已过期，请重新登录。"};
        if (who == "broken") return Error{ErrorKind::unavailable, "database_is_away", ""};
        actor.kind = who == "resident" ? ActorKind::resident : ActorKind::staff;
        actor.roles = {who};
        return actor;
    }
    std::string csrf_token(Request const& request) override { return "token-of-" + request.cookie("who"); }
};

struct House {
    SetClock clock{Instant{1'790'000'000'000}};
    BelievesCookies authenticator{};
    Routes routes{};
    Settings settings{};

    House() {
        auto echo = [](Request const& r) -> Result<Reply> {
            json::object out{{"path", r.path},
                             {"body", r.body},
                             {"client", r.client},
                             {"actor", r.actor.kind == ActorKind::anyone ? "anyone" : r.actor.roles.at(0)}};
            for (auto const& [name, value] : r.params) out["param_" + name] = value;
            for (auto const& [name, value] : r.query) out["query_" + name] = value;
            for (auto const& [name, value] : r.fields) out["field_" + name] = value;
            for (auto const& file : r.uploads) out["file_" + file.field] = file.file_name + ":" + file.bytes;
            return ok(to_text(out));
        };
        routes.grant({"house.work"}, {"clerk"});
        routes.get("/api/identity/me", Permission::anyone(), [this](Request const& r) -> Result<Reply> {
            return ok(to_text(json::object{{"csrf", authenticator.csrf_token(r)}}));
        });
        routes.get("/api/house/open", Permission::anyone(), echo);
        routes.post("/api/house/open", Permission::anyone(), echo, {.body_limit = 1000});
        routes.get("/api/house/mine", Permission::signed_in(), echo);
        routes.post("/api/house/mine", Permission::signed_in(), echo);
        routes.get("/api/house/work", {"house.work"}, echo);
        routes.put("/api/house/rooms/{name}", Permission::anyone(), echo);
        routes.get("/api/house/rooms/{name}", Permission::anyone(), echo);
        routes.get("/api/house/rooms/hall", Permission::anyone(), echo);
        routes.get("/api/house/none", {"house.nobody"}, echo);
        routes.post("/api/house/machine", Permission::anyone(), echo, {.csrf = false});
        routes.post("/api/house/letterbox", Permission::anyone(), echo, {.any_body = true});
        routes.post("/api/house/few", Permission::anyone(), echo,
                    {.limit = {.attempts = 2, .within_seconds = 60}});
        add_failures();
    }

    void add_failures() {
        routes.get("/api/house/bug", Permission::anyone(),
                   [](Request const&) -> Result<Reply> { throw Bug{"secret"}; });
        routes.get("/api/house/thrown", Permission::anyone(),
                   [](Request const&) -> Result<Reply> { throw std::runtime_error("secret"); });
        routes.get("/api/house/odd", Permission::anyone(), [](Request const&) -> Result<Reply> { throw 5; });
        routes.get("/api/house/inner", Permission::anyone(), [](Request const&) -> Result<Reply> {
            return Error{ErrorKind::internal, "query_failed", "SELECT secret"};
        });
        routes.get("/api/house/split", Permission::anyone(), [](Request const&) -> Result<Reply> {
            Reply reply = ok("{}");
            reply.headers.emplace_back("X-A", "a\r\nSet-Cookie: b=c");
            return reply;
        });
        routes.get("/api/house/letter", Permission::anyone(),
                   [](Request const&) -> Result<Reply> { return file("%PDF-", "application/pdf", ""); });
        routes.get("/api/house/letter/saved", Permission::anyone(), [](Request const&) -> Result<Reply> {
            return file("%PDF-", "application/pdf", "证明 1.pdf");
        });
    }
};

}  // namespace tongban::http
