#include "supervision/state.h"

namespace tongban::supervision {

namespace {
using http::Permission, http::Reply, http::Request;

constexpr Permission watch_over{"supervision.watch"};
}  // namespace

Result<View> read_view(Request const& request, org::Picture const& picture, Day today) {
    View view{request.actor.region, today, request.language()};
    if (auto region = request.asked("region"); region && !region->empty()) view.region = RegionCode{*region};
    if (picture.region(view.region) == nullptr)
        return Error{ErrorKind::not_found, "region_is_unknown", "没有这个区划。"};
    if (!region_contains(request.actor.region, view.region))
        return Error{ErrorKind::forbidden, "region_is_not_yours", "只能看本地区和下级地区。"};
    if (auto day = request.asked("day"); day && !day->empty()) view.day = TRY(read_day(*day));
    return view;
}

void Supervision::routes(http::Routes& routes) {
    auto& state = *state_;
    routes.grant(watch_over, {"supervisor"});
    routes.get("/api/supervision/board", watch_over, [&state](Request const& request) -> Result<Reply> {
        auto view = TRY(read_view(request, *state.org.picture(), state.clock.today()));
        auto board = TRY(state.board(view));
        return http::ok(api::write(board));
    });
    routes.get("/api/supervision/cases", watch_over, [&state](Request const& request) -> Result<Reply> {
        auto view = TRY(read_view(request, *state.org.picture(), state.clock.today()));
        auto page = TRY(state.list(view, request));
        return http::ok(api::write(page));
    });
}

}  // namespace tongban::supervision
