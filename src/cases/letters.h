// 文书: what each act tells in writing (domain.md §3.6). Ordered inside the verb's transaction with all its
// values, made once by a slow consumer, never made again.
#pragma once

#include "cases/parts.h"

namespace tongban::cases {

/// Everything a letter of a case may say. Which of it a kind needs is the template's matter.
struct LetterFacts {
    Case const& found;
    Ground const& ground;
    Party const& applicant;
    std::string query_code;
    std::vector<Gap> gaps{};
    Grounds grounds{};
    std::string remedies{};
    std::vector<api::MaterialGiven> materials{};
    std::string who{};                                      ///< clerk
    std::string agent{};                                    ///< who acts for a firm
    std::map<std::string, std::string> more{};              ///< of this kind only, by the template's names
    std::map<std::string, std::vector<sign::Row>> lists{};  ///< likewise
};

/// Letter kinds: receipt, correction, acceptance, not_accepted, special_notice, site_record, extension,
/// approval, denial, service, withdrawal, lapse, revocation. Each takes a 文号 from one gapless row per
/// body, kind and year. Returns its id.
std::string order_letter(Tx& tx, Sealer const& sealer, std::string_view kind, LetterFacts const& facts);

/// The values as the template reads them, but for the number, which is known once the letter is ordered.
sign::Values letter_values(std::string_view kind, LetterFacts const& facts);
std::string letter_template(std::string_view kind);
/// Words typed by staff as part of a sentence: without the full stop at their end.
std::string clause(std::string_view typed);
/// As the item calls it in Chinese; one it no longer has, by its key.
std::string material_name(catalog::Item const& item, std::string const& key);
/// The kind of the decision's letter: a permit's (行政许可法 art. 38) is not that of a certificate.
std::string denial_letter(catalog::Item const& item);
std::string approval_letter(catalog::Item const& item);

/// Makes an ordered letter. Slow; idempotent. Refuses what licences.letter refuses; the letter is then marked
/// failed.
Result<void> make_letter(Rooms& rooms, CaseId const& id, std::string_view letter);

json::object to_json(sign::Values const& values);
sign::Values read_values(Json const& value);

}  // namespace tongban::cases
