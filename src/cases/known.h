// What the server knows for one application: the applicant, the firm, and what the registers said to the very
// questions that these answers lead to. Pure. A client says nothing of it.
#pragma once

#include "cases/parts.h"
#include "exchange/exchange.h"

namespace tongban::cases {

/// One datum of the item as things stand.
struct DatumState {
    catalog::Datum const* datum = nullptr;
    /// waits: a parameter or condition has no value yet · not_needed: its condition is not met · needed
    enum class Need { waits, not_needed, needed } need = Need::waits;
    bool permitted = true;                  ///< no consent is needed, or it is in force
    std::vector<exchange::Ask> asks;        ///< of needed: one, or one for each; none for an empty list
    std::vector<exchange::Answer> answers;  ///< to these very asks, as far as there are
    exchange::Outcome outcome = exchange::Outcome::not_asked;  ///< of several asks the worst
    std::optional<int> count;                                  ///< of several asks the sum
};

/// `data` points into the item of the Ground it was made from.
struct Known {
    json::object given;     ///< by path: applicant.name, firm.uscc, household.address, household.outcome
    json::object disputed;  ///< 纠错 by field key
    /// By licence type: the newest in force. Of an application handed in, by `material:<key>`: what stood for
    /// it.
    std::map<std::string, licences::Held> licences;
    std::vector<DatumState> data;
    std::string consent;  ///< the one that the questions stand on; empty: none is needed, or none is given
    [[nodiscard]] DatumState const* datum(std::string_view key) const;
};

/// What the server knows about the applicant, by the paths that forms and conditions use.
json::object supplied(identity::Person const& person);
json::object supplied(identity::Firm const& firm);

enum class Consent { in_force, missing };
/// The data of the item over what is given: which questions these answers lead to, and what was said to them.
/// `answers` of an earlier question (another number was typed since) are left alone. Parameters never leave
/// as anything but text.
Known know(Ground const& ground, Sealer const& sealer, json::object given, json::object disputed,
           Json const& form_answers, std::vector<exchange::Answer> const& answers, Consent consent);

/// What was known when the application was handed in: later checks, and the licence, stand on the same.
Known known_of(Application const& application);

/// Which datum a name of a condition belongs to; null for names of the form and the applicant.
DatumState const* datum_of(Known const& known, std::string_view name);
/// Did the source say something to build on (found, none)?
bool is_settled(DatumState const& state);
/// The same without data that no source settled, not even their outcome: what a condition says of this rests
/// on nothing that is down, late or not asked. (`K.outcome = "found"` is no answer about a register that is
/// down.)
rules::Context settled_only(Known const& known, rules::Context context);

}  // namespace tongban::cases
