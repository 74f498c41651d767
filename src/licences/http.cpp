#include "licences/state.h"

namespace tongban::licences {

namespace {
using Inner = Licences::State_;

constexpr std::size_t checked_file_max = 20 * 1024 * 1024;

Result<http::Reply> mine(Inner& state, http::Request const& request) {
    auto licences = TRY(state.mine(request.actor.person, request.language()));
    return http::ok(api::write(licences));
}

Result<http::Reply> detail(Inner& state, http::Request const& request) {
    auto licence =
        TRY(state.detail(request.actor.person, LicenceId{request.param("id")}, request.language()));
    return http::ok(api::write(licence));
}

Result<http::Reply> download(Inner& state, http::Request const& request) {
    auto [licence, bytes] = TRY(state.download(request.actor, LicenceId{request.param("id")}));
    return http::file(std::move(bytes), "application/pdf", licence.type_name + " " + licence.number + ".pdf");
}

Result<http::Reply> verify_number(Inner& state, http::Request const& request) {
    auto asked = TRY(api::read_verify_number(request.body));
    auto verification = TRY(state.verify_number(asked, request.actor.text(), request.language()));
    return http::ok(api::write(verification));
}

Result<http::Reply> verify_token(Inner& state, http::Request const& request) {
    auto verification =
        TRY(state.verify_token(request.param("token"), request.actor.text(), request.language()));
    return http::ok(api::write(verification));
}

Result<http::Reply> verify_file(Inner& state, http::Request const& request) {
    if (request.uploads.size() != 1 || request.uploads[0].field != "file")
        return Error{ErrorKind::bad_request, "file_is_missing", "没有收到文件，请重新选择。"};
    auto token = request.fields.find("token");
    auto verification =
        TRY(state.verify_file(request.uploads[0].bytes, token == request.fields.end() ? "" : token->second,
                              request.actor.text(), request.language()));
    return http::ok(api::write(verification));
}

Result<http::Reply> find_licence(Inner& state, http::Request const& request) {
    auto licence =
        TRY(state.find_for_desk(request.actor, request.asked("number").value_or(""), request.language()));
    return http::ok(api::write(licence));
}

Result<http::Reply> revoke_licence(Inner& state, http::Request const& request) {
    auto wish = TRY(api::read_revocation(request.body));
    auto licence =
        TRY(state.revoke_at_desk(request.actor, LicenceId{request.param("id")}, wish, request.language()));
    return http::ok(api::write(licence));
}
}  // namespace

void Licences::routes(http::Routes& routes) {
    auto& state = *state_;
    auto with = [&state](Result<http::Reply> (*handler)(Inner&, http::Request const&)) {
        return [&state, handler](http::Request const& request) { return handler(state, request); };
    };
    http::Permission const hold{"licences.hold"}, at_desk{"licences.revoke"};
    http::RouteOptions checking{.limit = {.attempts = 20, .within_seconds = 60}};
    auto checking_file = checking;
    checking_file.body_limit = checked_file_max;
    routes.get("/api/licences/mine", hold, with(mine));
    routes.get("/api/licences/mine/{id}", hold, with(detail));
    routes.get("/api/licences/mine/{id}/file", hold, with(download));
    routes.post("/api/licences/verification", http::Permission::anyone(), with(verify_number), checking);
    routes.get("/api/licences/verification/{token}", http::Permission::anyone(), with(verify_token),
               checking);
    routes.post("/api/licences/verified-file", http::Permission::anyone(), with(verify_file), checking_file);
    routes.get("/api/licences/desk", at_desk, with(find_licence));
    routes.post("/api/licences/desk/{id}/revocation", at_desk, with(revoke_licence));
    routes.grant(hold, {"resident"});
    routes.grant(at_desk, {"keeper", "reviewer"});
}

}  // namespace tongban::licences
