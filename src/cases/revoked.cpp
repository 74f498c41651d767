// 撤销: the issuer takes back what a case of ours led to. The decision is a letter of that case; nothing else
// of it changes.
#include "cases/data.h"
#include "cases/desk.h"
#include "cases/follow.h"

namespace tongban::cases {

std::map<std::string, std::string> remedies_against(Opened const& opened) {
    auto limits = MUST(read_json(data::remedies));
    auto limit = [&](char const* way) { return std::string(limits.at(way).at("value").as_string()); };
    auto const* body = opened.ground.picture->body(opened.found.body);
    ensure(body != nullptr, "a case has a body");
    return {{"review_limit", limit("review")},
            {"review_body", body->reconsideration_body},
            {"lawsuit_limit", limit("lawsuit")},
            {"court", body->court}};
}

Result<void> Follow::licence_revoked(Tx& tx, LicenceId const& id) {
    auto revoked = TRY(rooms_.licences.revoked(tx, id));
    auto found = load_case(tx, CaseId{revoked.order_key});
    if (!found.ok()) return found.error().code == "case_is_unknown" ? Result<void>{} : found.error();
    auto opened = TRY(open_case(rooms_, tx, std::move(*found)));
    auto facts = facts_of(opened, opened.found);
    facts.grounds = {revoked.reason, revoked.basis, ""};
    facts.more = remedies_against(opened);
    facts.more["licence_name"] = revoked.type_name;
    facts.more["licence_number"] = revoked.number;
    facts.more["issued_on"] = chinese_date(revoked.issued_on);
    facts.more["effective_on"] = chinese_date(beijing_day(revoked.at));
    order_letter(tx, rooms_.store.sealer(), "revocation", facts);
    return {};
}

}  // namespace tongban::cases
