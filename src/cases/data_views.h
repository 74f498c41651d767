// What screens show of data and decisions by rules: sources with their age, values filled, offers, reasons.
#pragma once

#include "cases/instant.h"
#include "cases/views.h"

namespace tongban::cases {

/// 市公安局：户口簿信息
std::string source_name(catalog::Datum const& datum, Language language);
/// 2026年10月15日 9:24查到; of a list sent in advance: 数据截至2026年10月1日
std::string age_words(Instant answered_at, Instant data_at, Language language);

enum class Moment { filling_in, handed_in };
std::vector<api::DataSource> source_views(Known const& known, Moment moment, Audience audience,
                                          Language language);
/// Each field that a register fills, with the datum as an answer of it (also where it is disputed).
json::object data_as_answers(Ground const& ground, Known const& known);
/// Identity numbers as screens show them.
Json masked_value(forms::Field const& field, Json const& value);

std::map<std::string, api::LockedValue> locked_values(Ground const& ground, Known const& known,
                                                      Language language);
std::map<std::string, api::Prefilled> prefilled_values(Ground const& ground, Known const& known,
                                                       Language language);
/// What conditions of the form and the papers read beside the answers; no identity numbers, no lists.
json::object known_values(Ground const& ground, Known const& known);
/// A text to read and agree to; agreed to is the Chinese, by its hash.
api::ConsentText text_view(catalog::Text const& text, Language language);
api::DraftData draft_data(Ground const& ground, Known const& known, std::string const& body_name,
                          std::optional<api::TextAgreed> const& consent, Language language);
std::vector<api::MaterialOffer> offer_views(std::vector<Offer> const& offers, Language language);
api::DraftInstant instant_view(std::optional<AtOnce> const& verdict, Language language);
/// The reasons in words for that audience.
api::Decided decided_view(DecidedRow const& decided, Audience audience, Language language);
DecidedRow decided_row(AtOnce const& verdict);

/// The registers as they answer today, for the questions that were handed in.
Result<Known> known_now(Rooms& rooms, Reader& reader, Case const& found, Ground const& ground,
                        Application const& application);

/// What MyCase and DeskCase tell of data alike.
struct DataParts {
    std::vector<api::DataSource> sources;
    std::optional<api::Decided> decided;
    std::optional<api::Burden> burden;
    std::vector<api::DisputeKept> disputes;
};
/// Also adds to `pages` what registers said after the application was handed in.
Result<DataParts> data_parts(Rooms& rooms, Reader& reader, Case const& found, Ground const& ground,
                             Application const& application, std::vector<api::AnswerPage>& pages,
                             Audience audience, Language language);
template <class View>
void put_data(View& view, DataParts parts) {
    if (!parts.sources.empty()) view.data_sources = std::move(parts.sources);
    view.decided = std::move(parts.decided);
    view.burden = std::move(parts.burden);
    if (!parts.disputes.empty()) view.disputes = std::move(parts.disputes);
}

}  // namespace tongban::cases
