// What screens show of a case: the clock, the sentence of its state, the steps, the answers. Values in, API
// structs out.
#pragma once

#include "cases/parts.h"

namespace tongban::cases {

api::DueDay due_view(Due const& due);
api::Lamp lamp_view(Case const& found, Ground const& ground, Language language);
/// Does the case wait for the applicant: papers to bring, or a correction?
bool waits_for_applicant(Case const& found);
/// The clock as the applicant sees it: while the case waits for them, the days that are left.
api::Clock own_clock_view(Case const& found, Ground const& ground, Language language);
/// Of a case that waits for the applicant: the days that are left.
api::Lamp waiting_lamp(Case const& found, Ground const& ground, Language language);
/// Days past the due day, counted as the limit counts; at least 1. Of a clock that has run out.
std::int64_t days_late(RunningClock const& clock, Ground const& ground);
enum class Ruler { with_days, without_days };
api::Clock clock_view(Case const& found, Ground const& ground, Language language, Ruler ruler);

struct Sentence {
    std::string headline;     ///< what is, and by when
    std::string explanation;  ///< what happens next, what the person must do
};
/// What a case waited for in vain that counts as withdrawn (视为撤回); nothing: the applicant withdrew it.
enum class WaitedFor { nothing, correction, papers };
WaitedFor waited_in_vain(Case const& found);
Sentence sentence_for(Case const& found, Ground const& ground, Language language);
/// Where a case stands, in a few words for staff: 待受理, 审核, 已办结.
std::string stage_words(Case const& found, catalog::Item const& item, Language language);
/// Of a case whose result was taken back afterwards (撤销).
Sentence revoked_sentence(Ground const& ground, Language language);
/// The name the case was filed under; in English that of the item, where its pack has one.
std::string item_name(catalog::Item const& item, Language language);
/// What a look at somebody's data was for: Handling “Proof of kinship”.
std::string handling_in_english(catalog::Item const& item);
std::string result_name(catalog::Item const& item, Language language);
/// Of the review: 审核.
std::string step_name(catalog::Item const& item, std::size_t step, Language language);
/// Who acted, as the history keeps it (示例街道 林静), with the body in the reader's language.
std::string who_words(org::Picture const& picture, std::string const& who, Language language);
std::string item_name(Case const& found, Ground const& ground, Language language);
std::string event_words(std::string_view kind, Language language);
/// What the person at the window did, `code` or `screen`, as the history tells it.
std::string confirmed_words(std::string_view way, Language language);
std::string letter_title(std::string_view kind, Language language);
std::string collection_words(std::string_view collection, Language language);
std::string channel_words(std::string_view channel, Language language);
std::vector<api::TimelineStep> timeline(Case const& found, Ground const& ground,
                                        std::vector<EventRow> const& events,
                                        std::vector<LetterRow> const& letters, Language language);

/// Chinese where there is no English.
std::string in(Language language, std::string const& zh, std::string const& en);
std::string chosen(forms::Words const& words, Language language);

/// For whom the answers are shown: staff see names, numbers and addresses masked; the applicant sees them
/// whole, but identity numbers masked.
enum class Audience { applicant, staff };
/// As that audience may see a value of this kind. Where an organisation applies, addresses are those of its
/// premises, which its licence shows to everybody.
std::string masked_text(catalog::Item const& item, std::string const& value, forms::FieldKind kind,
                        Audience audience);
/// The applicant masked; the name and number of an organisation are public.
Party masked_applicant(catalog::Item const& item, Party applicant);
std::vector<api::AnswerPage> answer_pages(Ground const& ground, std::vector<Application> const& rounds,
                                          Audience reader, Language language);
std::vector<api::CaseMaterial> material_views(Ground const& ground, std::vector<Application> const& rounds,
                                              std::vector<Agreement> const& agreements,
                                              std::vector<files::File> const& attached, Language language);
/// What stood for papers, on the papers' own rows: as staff may see it. `whole_licences`: by the same keys,
/// whole.
void show_licences(std::vector<api::CaseMaterial>& materials, Application const& newest, Language language);
json::object whole_licences(Application const& newest);
api::Letter letter_view(LetterRow const& letter, Language language);
api::CaseRow case_row(Case const& found, Ground const& ground, Language language);
/// Of a case whose result was taken back afterwards (撤销): says so, and there is nothing to download.
api::CaseRow revoked_row(Case const& found, Ground const& ground, Language language);
/// The remedies as they were told; to a reader of English in English.
std::optional<api::Outcome> outcome_view(std::optional<OutcomeRow> const& outcome, Case const& found,
                                         Ground const& ground, Language language);
std::string promise_words(Limit const& limit, Language language);  ///< 受理后2个工作日内办完
api::Gap gap_view(Gap const& gap, Ground const& ground, Language language);

}  // namespace tongban::cases
