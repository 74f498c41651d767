#include <algorithm>

#include "catalog/api.h"
#include "catalog/shelf.h"

namespace tongban::catalog {

namespace {
constexpr std::size_t frequent_most = 5;
constexpr std::size_t hits_most = 50;
constexpr std::size_t query_longest = 60;  // code points, as api.yaml says

std::optional<std::string> maybe(std::string const& text) {
    if (text.empty()) return std::nullopt;
    return text;
}

/// What is said in the language asked for; Chinese where the pack has no English.
std::string const& said(std::string const& zh, std::string const& en, Language language) {
    return language == Language::zh || en.empty() ? zh : en;
}

api::ItemLink link(Card const& card, Language language) {
    return {card.code.text, said(card.name, card.name_en, language), maybe(card.name_en)};
}

api::Hit hit(Card const& card, Language language) {
    return {card.code.text,
            said(card.name, card.name_en, language),
            maybe(card.name_en),
            said(card.summary, card.summary_en, language),
            maybe(card.summary_en),
            said(card.time_text, card.time_text_en, language),
            card.visits,
            said(card.fee_text, card.fee_text_en, language)};
}

Result<RegionCode> asked_region(http::Request const& request, org::Picture const& picture) {
    RegionCode region{request.asked("region").value_or("")};
    if (!region.empty() && picture.region(region) == nullptr)
        return Error{ErrorKind::not_found, "region_is_unknown", "没有这个区划。"};
    return region;
}

/// Whether the region has somebody who issues it; asked once a level and department, not once an item.
class Offered {
public:
    Offered(org::Picture const& picture, RegionCode region) : picture_(picture), region_(std::move(region)) {}
    bool operator()(Card const& card) {
        auto [found, fresh] = known_.try_emplace({card.level, card.department}, false);
        if (fresh) found->second = is_offered(picture_, {card.level, card.department}, region_);
        return found->second;
    }

private:
    org::Picture const& picture_;
    RegionCode region_;
    std::map<std::pair<org::Level, std::string>, bool> known_{};
};

Result<http::Reply> home(Shelf const& shelf, org::Picture const& picture, http::Request const& request) {
    Offered offered(picture, TRY(asked_region(request, picture)));
    auto language = request.language();
    api::Home out;
    std::map<std::string, std::vector<api::ItemLink>> by_theme;
    for (auto const& card : shelf.index.cards()) {
        if (!offered(card)) continue;
        ++out.total;
        if (card.frequent > 0 && out.frequent.size() < frequent_most)
            out.frequent.push_back(link(card, language));
        by_theme[card.theme].push_back(link(card, language));
    }
    for (auto const& theme : shelf.lists.themes) {
        auto found = by_theme.find(theme.id);
        if (found != by_theme.end())
            out.themes.push_back({theme.id, said(theme.name, theme.name_en, language), maybe(theme.name_en),
                                  std::move(found->second)});
    }
    return http::ok(api::write(out));
}

Result<http::Reply> search(Shelf const& shelf, org::Picture const& picture, http::Request const& request) {
    auto query = request.asked("q").value_or("");
    if (!is_utf8(query) || code_points(query) > query_longest)
        return Error{ErrorKind::invalid, "query_is_too_long", "最多输入 60 个字。"};
    std::optional<Audience> audience;
    if (auto asked = request.asked("audience")) {
        audience = read_audience(*asked);
        if (!audience || *audience == Audience::both)
            return Error{ErrorKind::invalid, "audience_is_unknown", "audience 是 person 或 organisation。"};
    }
    Offered offered(picture, TRY(asked_region(request, picture)));
    auto found = shelf.index.find(query, [&](Card const& card) {
        return offered(card) && (!audience || card.audience == Audience::both || card.audience == *audience);
    });
    auto language = request.language();
    api::SearchResult out;
    out.count = static_cast<std::int64_t>(found.hits.size());
    for (std::size_t i = 0; i < std::min(found.hits.size(), hits_most); ++i)
        out.hits.push_back(hit(*found.hits[i], language));
    for (auto const* card : found.nearest) out.nearest.push_back(hit(*card, language));
    return http::ok(api::write(out));
}
}  // namespace

void Catalog::routes(http::Routes& routes) {
    using http::Permission, http::Request, http::Reply;
    routes.get("/api/catalog/home", Permission::anyone(), [this](Request const& request) -> Result<Reply> {
        return home(*state_->shelf.load(), *state_->org.picture(), request);
    });
    routes.get("/api/catalog/search", Permission::anyone(), [this](Request const& request) -> Result<Reply> {
        return search(*state_->shelf.load(), *state_->org.picture(), request);
    });
    routes.get("/api/catalog/items/{code}", Permission::anyone(),
               [this](Request const& request) -> Result<Reply> {
                   auto found = TRY(item(ItemId{request.param("code")}));
                   std::optional<RegionCode> region;
                   if (auto asked = request.asked("region")) region = RegionCode{*asked};
                   auto shelf = state_->shelf.load();
                   auto picture = state_->org.picture();
                   return http::ok(tongban::to_text(Json(TRY(guide_for(
                       *found, shelf->lists, picture->in(request.language()), region, request.language())))));
               });
    routes.get("/api/catalog/items/{code}/application", Permission::anyone(),
               [this](Request const& request) -> Result<Reply> {
                   auto found = TRY(item(ItemId{request.param("code")}));
                   return http::ok(tongban::to_text(Json(
                       request.language() == Language::zh ? found->application : found->application_en)));
               });
}

}  // namespace tongban::catalog
