#include "cases/offers.h"

#include <algorithm>

namespace tongban::cases {

namespace {

api::Way shown(catalog::Way way) {
    return MUST(api::read_way(to_text(way)));
}

std::string why_not_waived(Known const& known, catalog::Material const& material,
                           rules::Context const& context, Language language) {
    auto outcome = rules::decide(*material.waive_when, settled_only(known, context));
    if (outcome.verdict == rules::Verdict::no)
        return in(language,
                  material.not_waived_because.empty() ? "查到的情况不符合免交的条件，请按下面的方式提交。"
                                                      : material.not_waived_because,
                  material.not_waived_because.empty()
                      ? "The registers do not bear it out; give the paper as below."
                      : material.en.not_waived_because);
    return unsettled_words(known, *material.waive_when, Audience::applicant, language);
}

}  // namespace

bool is_asked(catalog::Material const& material, rules::Context const& context) {
    return !material.when || rules::decide(*material.when, context).verdict != rules::Verdict::no;
}

bool is_open(Offer const& offer, api::Way way) {
    return std::find(offer.ways.begin(), offer.ways.end(), way) != offer.ways.end();
}

std::string outcome_words(DatumState const& state, Audience audience, Language language) {
    bool zh = language == Language::zh;
    auto what = in(language, state.datum->what.zh, state.datum->what.en);
    if (!state.permitted && audience == Audience::staff)
        return zh ? "申请人没有同意查询“" + what + "”" : "The applicant did not agree to asking: " + what;
    if (!state.permitted)
        return zh ? "您还没有同意查询“" + what + "”" : "You have not agreed to asking: " + what;
    if (state.need == DatumState::Need::not_needed) return zh ? "这次不用查" : "Not needed this time";
    for (auto const& answer : state.answers)
        if (answer.outcome == state.outcome)
            return exchange::outcome_text(answer, zh ? exchange::Language::zh : exchange::Language::en);
    if (state.outcome == exchange::Outcome::none) return zh ? "没有要查的" : "Nothing to ask";
    return zh ? "“" + what + "”还没有查" : "Not asked yet: " + what;
}

std::string unsettled_words(Known const& known, rules::Expression const& condition, Audience audience,
                            Language language) {
    bool zh = language == Language::zh;
    for (auto const& name : condition.names()) {
        auto const* state = datum_of(known, name);
        if (state == nullptr || is_settled(*state) || state->need == DatumState::Need::not_needed) continue;
        auto words = outcome_words(*state, audience, language);
        for (std::string_view stop : {"。", "."})
            if (words.ends_with(stop)) words = words.substr(0, words.rfind(stop));
        return words + (zh ? "。" : ".");
    }
    if (audience == Audience::staff)
        return zh ? "系统不能确定，要由工作人员核对。" : "The rules could not settle it; a person compares.";
    return zh ? "还不能确定，先按下面的方式提交。" : "Not certain yet; give the paper as below.";
}

std::vector<Offer> offers(Ground const& ground, Known const& known, rules::Context const& context,
                          std::vector<api::MaterialGiven> const& given, Language language) {
    std::vector<Offer> all;
    bool zh = language == Language::zh;
    for (auto const& material : ground.item->materials) {
        if (!is_asked(material, context)) continue;
        Offer offer;
        offer.material = &material;
        for (auto way : material.ways) {
            if (way == catalog::Way::waived && material.waive_when) {
                if (rules::decide(*material.waive_when, context).verdict != rules::Verdict::yes) {
                    offer.because = why_not_waived(known, material, context, language);
                    continue;
                }
            }
            if (way == catalog::Way::licence) {
                auto held = known.licences.find(material.licence_type);
                if (held == known.licences.end()) held = known.licences.find("material:" + material.key);
                if (held == known.licences.end()) continue;
                offer.licence = held->second;
            }
            offer.ways.push_back(shown(way));
        }
        ensure(!offer.ways.empty(), "a paper that is asked can be given");
        offer.chosen = offer.ways.front();
        for (auto const& one : given)
            if (one.key == material.key && is_open(offer, one.way) && offer.chosen != api::Way::waived)
                offer.chosen = one.way;
        if (offer.chosen == api::Way::waived)
            offer.because = in(language, material.waived_because, material.en.waived_because);
        if (offer.chosen == api::Way::licence)
            offer.because = zh ? "持有的《" + offer.licence->type_name + "》可以代替，不用交。"
                               : "The licence held stands for it: " +
                                     in(language, offer.licence->type_name, offer.licence->type_name_en) +
                                     ".";
        if (offer.because.empty()) offer.because = in(language, material.note, material.en.note);
        all.push_back(std::move(offer));
    }
    return all;
}

}  // namespace tongban::cases
