#include "files/decide.h"
#include "files/state.h"

namespace tongban::files {

namespace {
using State = Files::State;

api::File shown(File const& file) {
    api::File out;
    out.id = file.id.text;
    out.name = file.name;
    out.kind = MUST(api::read_file_kind(file.kind));
    out.size = file.size;
    out.pages = file.pages;
    if (file.width > 0) out.width = file.width;
    if (file.height > 0) out.height = file.height;
    return out;
}

Result<http::Reply> upload(State& state, http::Request const& request) {
    if (request.uploads.size() != 1 || request.uploads[0].field != "file") return refusal("file_is_missing");
    auto file = TRY(state.upload(request.actor, request.uploads[0]));
    return http::created(api::write(shown(file)));
}

Result<http::Reply> show(State& state, http::Request const& request) {
    auto reader = TRY(state.store_.reader());
    auto file = TRY(state.own_file(*reader, request.actor, FileId{request.param("id")}));
    reader.reset();
    auto bytes = TRY(state.vault_.get(file.id));
    return http::file(std::move(bytes), type_of(file.kind), "");
}

Result<http::Reply> drop(State& state, http::Request const& request) {
    TRY(state.drop(request.actor, FileId{request.param("id")}));
    return http::no_content();
}
}  // namespace

void Files::routes(http::Routes& routes) {
    auto& state = *state_;
    http::Permission const permission{"files.upload"};
    // The parts around a file of the full size need a little room.
    http::RouteOptions uploading{.limit = {.attempts = 60, .within_seconds = 60},
                                 .body_limit = upload_bytes_max + 64 * 1024};
    routes.post(
        "/api/files/uploads", permission, [&state](auto const& request) { return upload(state, request); },
        uploading);
    routes.get("/api/files/uploads/{id}", permission,
               [&state](auto const& request) { return show(state, request); });
    routes.del("/api/files/uploads/{id}", permission,
               [&state](auto const& request) { return drop(state, request); });
    routes.grant(permission, {"resident", "clerk", "inspector"});
}

}  // namespace tongban::files
