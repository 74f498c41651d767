#include <algorithm>

#include "catalog/api.h"
#include "catalog/shelf.h"

namespace tongban::catalog {

namespace {
api::Body shown(org::Picture const& picture, org::Body const& body) {
    return {body.id.text, body.name,   body.region.text, picture.full_name(body.region),
            body.phone,   body.address};
}

/// 实施编码: the body's credit code, the level it is exercised at (行使层级: 2 province … 6 village), the
/// basic code.
std::string implementation_code(Item const& item, org::Body const& body) {
    return body.id.text + std::to_string(2 + static_cast<int>(item.level)) + item.code.text;
}

/// Where the paper may be handed in: of the body's region and what lies above it, nearest first; anywhere
/// without one.
json::array halls(org::Picture const& picture, std::optional<RegionCode> const& region) {
    json::array out;
    auto show = [&](org::Hall const& hall) {
        out.push_back(api::to_json(api::Place{hall.name, hall.address, hall.phone, hall.hours}));
    };
    if (!region) {
        for (auto const& hall : picture.halls()) show(hall);
        return out;
    }
    for (auto const* above : picture.chain(*region))
        for (auto const& hall : picture.halls())
            if (hall.region == above->code) show(hall);
    return out;
}

org::Body const* body_at(org::Picture const& picture, Issue const& issue, RegionCode const& region) {
    if (issue.department.empty()) return picture.body_of(region);
    return picture.department_of(issue.department, region);
}

/// The regions of the item's level with a body, within `inside` when given.
json::array bodies(org::Picture const& picture, Issue const& issue, std::optional<RegionCode> const& inside) {
    json::array out;
    for (auto const& region : picture.regions()) {
        auto const* body = region.level == issue.level ? body_at(picture, issue, region.code) : nullptr;
        if (body == nullptr || (inside && !region_contains(*inside, region.code))) continue;
        std::string county;
        for (auto const* above : picture.chain(region.code))
            if (above->level == org::Level::county || (county.empty() && above->level < org::Level::county))
                if (county.empty()) county = above->name;
        out.push_back(api::to_json(api::BodyLink{region.code.text, region.name, county, body->name}));
    }
    return out;
}

std::string remedies(Item const& item, org::Body const* body, Language language) {
    bool zh = language == Language::zh || item.remedies_en.empty();
    return fill(zh ? item.remedies : item.remedies_en, [&](std::string_view slot) -> std::string {
        if (slot == "body")
            return body != nullptr ? body->reconsideration_body
                   : zh            ? "作出决定的机关的上一级人民政府"
                                   : "the people's government above the body that decided";
        if (slot == "court")
            return body != nullptr ? body->court : zh ? "有管辖权的人民法院" : "the competent court";
        return "{" + std::string(slot) + "}";
    });
}
}  // namespace

org::Body const* issuer_of(org::Picture const& picture, Issue const& issue, RegionCode const& asked) {
    for (auto const* region : picture.chain(asked))
        if (region->level == issue.level) return body_at(picture, issue, region->code);
    return nullptr;
}

bool is_offered(org::Picture const& picture, Issue const& issue, RegionCode const& region) {
    if (issuer_of(picture, issue, region) != nullptr) return true;
    return std::any_of(picture.regions().begin(), picture.regions().end(), [&](org::Region const& one) {
        return one.level == issue.level && (region.empty() || region_contains(region, one.code)) &&
               body_at(picture, issue, one.code) != nullptr;
    });
}

Result<json::object> guide_for(Item const& item, Lists const& lists, org::Picture const& picture,
                               std::optional<RegionCode> const& region, Language language) {
    auto const* place = region ? picture.region(*region) : nullptr;
    if (region && place == nullptr) return Error{ErrorKind::not_found, "region_is_unknown", "没有这个区划。"};
    Issue const issue{item.level, item.department};
    auto const* body = region ? issuer_of(picture, issue, *region) : nullptr;
    auto out = language == Language::zh ? item.guide : item.guide_en;
    auto const* kept = out.if_contains("theme");
    std::string const theme(kept == nullptr ? json::string_view() : json::string_view(kept->as_string()));
    for (auto const& one : lists.themes)
        if (one.id == theme)
            out["theme_name"] = language == Language::zh || one.name_en.empty() ? one.name : one.name_en;
    // A region above the item's level does not pick a body, but narrows the choice.
    auto inside = place != nullptr && place->level < item.level ? region : std::nullopt;
    auto choice = bodies(picture, issue, inside);
    out["available"] = body != nullptr || ((!region || inside) && !choice.empty());
    out["bodies"] = std::move(choice);
    out["halls"] = halls(picture, region);
    api::Phones phones{picture.site().hotline, picture.site().hotline};
    if (body != nullptr) {
        out["body"] = api::to_json(shown(picture, *body));
        out["implementation_code"] = implementation_code(item, *body);
        phones = {body->phone, body->complaint_phone};
    }
    out["phones"] = api::to_json(phones);
    out["remedies"] = api::to_json(api::Remedies{remedies(item, body, language)});
    return out;
}

}  // namespace tongban::catalog
