#include "cases/confirm_views.h"

#include "cases/data_views.h"

namespace tongban::cases {

namespace {

/// English helps to read it; agreed to is the Chinese.
std::string text_given(Known const& known, std::string_view path) {
    auto const* value = known.given.if_contains(path);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

void put_application(api::ToConfirm& view, Draft const& draft, Standing const& standing, Language language) {
    auto const& ground = standing.ground;
    std::vector<Application> const rounds{application_of(draft, standing)};
    view.pages = answer_pages(ground, rounds, Audience::applicant, language);
    for (auto& page : view.pages)
        for (auto& row : page.rows) {
            row.check.reset();  // a note for whoever decides
            auto const* field = ground.item->form.field(row.key);
            bool told_by_hand = field == nullptr || field->locked.empty();
            if (told_by_hand && !rounds.front().sources.contains(row.key)) row.source.reset();
        }
    bool zh = language == Language::zh;
    for (auto const& material : material_views(ground, rounds, {}, {}, language)) {
        bool handed = material.way == api::Way::window;
        view.materials.push_back({material.name, handed ? (zh ? "当面交给窗口" : "Handed over at the window")
                                                        : material.way_text});
    }
    if (draft.collection.empty()) return;
    view.collection_text = collection_words(draft.collection, language);
    if (draft.collection == "courier" && draft.delivery)
        *view.collection_text += (zh ? "：" : ": ") + draft.delivery->recipient + " " +
                                 draft.delivery->phone + " " + draft.delivery->address;
}

}  // namespace

std::string mark_of(Sealer const& sealer, Draft const& draft, Standing const& standing) {
    auto const& item = *standing.ground.item;
    json::array materials;
    for (auto const& material : standing.checked.materials) materials.push_back(api::to_json(material));
    json::object all{{"draft", draft.id},
                     {"version", draft.version},
                     {"answers", standing.checked.answers},
                     {"materials", std::move(materials)},
                     {"notice", item.notice.hash},
                     {"declaration", item.declaration.hash}};
    return sealer.blind("cases_confirmation.shown", canonical_text(all));
}

std::string consent_mark_of(Sealer const& sealer, Draft const& draft, Standing const& standing) {
    auto const& item = *standing.ground.item;
    json::array asks;
    for (auto const& datum : item.data) asks.push_back({datum.key, datum.resource, datum.why.zh});
    json::object all{{"draft", draft.id}, {"asks", std::move(asks)}};
    if (item.data_consent) all["consent"] = item.data_consent->hash;
    return sealer.blind("cases_confirmation.shown", canonical_text(all));
}

std::vector<api::TextToConfirm> texts_to_confirm(Confirmation const& asked, Standing const& standing,
                                                 Language language) {
    using Name = api::TextToConfirmName;
    auto const& item = *standing.ground.item;
    std::vector<api::TextToConfirm> texts;
    if (asked.about == "consent") {
        if (item.data_consent) texts.push_back({Name::consent, text_view(*item.data_consent, language)});
        return texts;
    }
    texts.push_back({Name::notice, text_view(item.notice, language)});
    for (auto const& material : standing.checked.materials) {
        if (material.way != api::Way::promise) continue;
        for (auto const& known : item.materials)
            if (known.key == material.key && known.promise)
                texts.push_back({Name::promise, text_view(*known.promise, language)});
    }
    texts.push_back({Name::declaration, text_view(item.declaration, language)});
    return texts;
}

std::vector<api::TextAgreed> agreed_of(std::vector<api::TextToConfirm> const& texts) {
    std::vector<api::TextAgreed> agreed;
    for (auto const& one : texts) agreed.push_back({one.text.key, one.text.version, one.text.hash});
    return agreed;
}

api::ToConfirm to_confirm(Confirmation const& asked, Draft const& draft, Standing const& standing,
                          std::string const& body_name, Language language) {
    auto const& [ground, known, checked] = standing;
    api::ToConfirm view;
    view.about =
        asked.about == "consent" ? api::ConfirmationAbout::consent : api::ConfirmationAbout::application;
    view.item_name = item_name(*ground.item, language);
    view.body_name = body_name;
    auto const* hall = ground.picture->in(language).hall(draft.hall);
    view.hall_name = hall != nullptr ? hall->name : "";
    view.applicant =
        draft.firm.empty() ? mask_name(text_given(known, "applicant.name")) : text_given(known, "firm.name");
    if (!draft.firm.empty()) view.agent = mask_name(text_given(known, "applicant.name"));
    if (asked.about == "consent")
        view.asks = draft_data(ground, known, body_name, {}, language).asks;
    else
        put_application(view, draft, standing, language);
    view.texts = texts_to_confirm(asked, standing, language);
    view.until = to_text(asked.until);
    return view;
}

}  // namespace tongban::cases
