#include "@name@/@name@.h"
#include "@name@/api.h"

namespace tongban::@name@ {

namespace {
using http::Permission, http::Reply, http::Request;

constexpr Permission work{"@name@.work"};

api::Entry shown(Entry const& entry) {
    return {entry.id, entry.text, to_text(entry.added_at)};
}
}  // namespace

void @Name@::routes(http::Routes& routes) {
    routes.grant(work, {"clerk"});
    routes.get("/api/@name@/entries", work, [this](Request const&) -> Result<Reply> {
        api::Entries list;
        auto all = TRY(entries());
        for (auto const& entry : all) list.entries.push_back(shown(entry));
        return http::ok(api::write(list));
    });
    routes.post("/api/@name@/entries", work, [this](Request const& request) -> Result<Reply> {
        auto wish = TRY(api::read_new_entry(request.body));
        auto entry = TRY(add(request.actor, wish.text));
        return http::created(api::write(shown(entry)));
    });
}

}  // namespace tongban::@name@
