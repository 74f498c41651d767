#include "org/api.h"
#include "org/contents.h"

namespace tongban::org {

namespace {
/// The last year of the unbroken row of known years that begins at the present one; before it, the last
/// known.
int calendar_until(Calendar const& calendar, int year) {
    while (calendar.has_year(year + 1)) ++year;
    for (int least = year - 100; year > least && !calendar.has_year(year);) --year;
    return year;
}

http::Reply site(Picture const& picture, Clock const& clock) {
    auto const& from = picture.site();
    api::Site out;
    out.name = from.name;
    out.city = from.city;
    out.host_body = from.host_body;
    out.address = from.address;
    out.hotline = from.hotline;
    out.now = to_text(clock.now());
    out.today = tongban::to_text(clock.today());
    out.demonstration = from.demonstration;
    out.calendar_until = calendar_until(picture.calendar(), year_of(clock.today()));
    return http::ok(api::write(out));
}

Result<http::Reply> regions(Picture const& picture) {
    api::Regions out;
    for (auto const& region : picture.regions()) {
        api::Region one;
        one.code = region.code.text;
        one.name = region.name;
        one.level = TRY(api::read_region_level(to_text(region.level)));
        if (!region.parent.empty()) one.parent = region.parent.text;
        out.regions.push_back(std::move(one));
    }
    return http::ok(api::write(out));
}

api::Hall shown(Picture const& picture, Hall const& hall) {
    api::Hall out;
    out.id = hall.id.text;
    out.name = hall.name;
    out.region = hall.region.text;
    out.region_name = picture.full_name(hall.region);
    out.address = hall.address;
    out.phone = hall.phone;
    out.hours = hall.hours;
    return out;
}

Result<http::Reply> halls(Picture const& picture, http::Request const& request) {
    api::Halls out;
    auto asked = request.asked("region");
    if (!asked) {
        for (auto const& hall : picture.halls()) out.halls.push_back(shown(picture, hall));
        return http::ok(api::write(out));
    }
    auto above = picture.chain(RegionCode{*asked});
    if (above.empty()) return Error{ErrorKind::not_found, "region_is_unknown", "没有这个区划。"};
    for (auto const* region : above)
        for (auto const& hall : picture.halls())
            if (hall.region == region->code) out.halls.push_back(shown(picture, hall));
    return http::ok(api::write(out));
}
}  // namespace

void Org::routes(http::Routes& routes) {
    using http::Permission, http::Request, http::Reply;
    routes.get("/api/org/site", Permission::anyone(), [this](Request const& q) -> Result<Reply> {
        return site(picture()->in(q.language()), clock_);
    });
    routes.get("/api/org/regions", Permission::anyone(),
               [this](Request const& q) -> Result<Reply> { return regions(picture()->in(q.language())); });
    routes.get("/api/org/halls", Permission::anyone(), [this](Request const& request) -> Result<Reply> {
        return halls(picture()->in(request.language()), request);
    });
}

}  // namespace tongban::org
