// The inner words of `cases`: states and structs. No I/O, no clock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/base.h"

namespace tongban::cases {

using tongban::to_text;

/// domain.md §3.1. A case filed on line is received the moment it is submitted; where papers must be brought
/// it is submitted only, until the last of them has come.
enum class State {
    submitted,
    received,
    correction,
    accepted,
    approved,
    denied,
    issued,
    concluded,
    not_accepted,
    withdrawn
};
std::string_view to_text(State state);
Result<State> read_state(std::string_view text);
bool is_closed(State state);  ///< concluded, denied, not_accepted, withdrawn

/// 特殊环节 of an item: what it takes and whether its days count (domain.md §3.3).
struct SpecialRule {
    std::string key, role;
    int officers = 2;
    Limit limit;
    bool counts_in_limit = false;
    std::vector<std::string> findings;  ///< what its record must answer
};

/// The limits of the item's pinned version.
struct Limits {
    Limit acceptance;                           ///< to accept, ask or refuse: 行政许可法 art. 32
    Limit correction;                           ///< for the applicant to correct
    Limit promise;                              ///< from acceptance
    std::optional<Limit> statutory;             ///< from acceptance
    std::optional<Limit> bringing{};            ///< for the applicant to bring papers to a window
    Limit service{10, LimitUnit::working_day};  ///< from the decision: 行政许可法 art. 44
    int extension_days_max = 10;                ///< working days: 行政许可法 art. 42
    std::vector<SpecialRule> special{};         ///< in their order, each needed before an approval
    bool has_card = false;                      ///< something is handed over after issue
};

/// Days that do not count: after `from`, through `until`.
struct Pause {
    Day from{}, until{};
    bool operator==(Pause const&) const = default;
};

/// A special procedure under way, told in writing on `from`.
struct SpecialOpen {
    std::string step;
    Day from{};
    Limit limit;
    Due by{};
    bool clock_rests = false;
    bool operator==(SpecialOpen const&) const = default;
};

/// The sum of a case's history: one row of cases_case.
struct Case {
    CaseId id;
    std::string case_no;
    ItemId item;
    int item_version = 0;
    std::string item_name;
    PersonId applicant;
    RegionCode region;  ///< responsible region (属地)
    BodyId body;        ///< responsible body: decides and seals
    HallId hall;        ///< acceptance point
    std::string channel = "online";
    std::string collection = "electronic";  ///< how the result is taken: electronic, window, courier
    State state = State::received;
    Day submitted_on{};  ///< of a case whose papers are brought
    Due bring_by{};
    Instant received_at{};
    Day accept_from{};  ///< the day the five days run from: receipt, or the last correction
    Due accept_by{};
    int notices = 0;  ///< correction notices sent so far
    Day correction_from{};
    Due correction_by{};
    std::optional<Instant> accepted_at;
    Day accepted_on{};    ///< back-dated when deemed accepted
    StaffId accepted_by;  ///< empty when deemed
    Due promised{};
    std::optional<Due> statutory;
    std::string special_role;  ///< whose turn the next special step is; empty when all have passed
    std::vector<std::string> special_passed;
    std::optional<SpecialOpen> special;
    std::vector<Pause> pauses;
    int extension = 0;        ///< working days added by the head's approval
    int extension_asked = 0;  ///< working days that wait for the head's word; 0: none
    Due serve_by{};           ///< of a result that is handed over
    std::string review_role;  ///< role that has it on the table, empty when nobody reviews
    int review_step = 0;
    std::optional<Instant> decided_at;
    StaffId decided_by;
    std::optional<Instant> closed_at;
    LicenceId licence;
    std::string licence_number;
    std::string trouble;  ///< code of what keeps the licence from being made
    Instant changed_at{};
    std::int64_t version = 1;
};

/// What the running clock measures.
enum class ClockKind { none, bringing, acceptance, correction, review, special, service };
struct RunningClock {
    ClockKind kind = ClockKind::none;
    Day from{};
    Due due{};
    std::optional<Due> statutory;
    Limit limit{};
};
/// The last day of a limit whose count rested meanwhile. What was left when a pause began is counted from the
/// day it ended, which, like every first day, is not counted. A pause that begins after the last day heals
/// nothing.
Due due_with_pauses(Calendar const& calendar, Day from, Limit limit, std::vector<Pause> const& pauses);
/// Days of the limit's unit that rested in (from, until].
int rested(Calendar const& calendar, std::vector<Pause> const& pauses, Day from, Day until, LimitUnit unit);
RunningClock running_clock(Case const& found, Limits const& limits);

/// One thing wrong with an application: `material:<key>` or `field:<key>`.
struct Gap {
    std::string key, label, problem, remedy;
};

struct Correction {
    int notice = 1;
    Instant asked_at{};
    Due due{};
    std::vector<Gap> gaps;
    std::optional<Instant> answered_at;
};

enum class ReviewVerdict { agree, send_back, propose_denial };
enum class FinalVerdict { approve, deny };

/// 核查笔录: what officers found on the spot.
enum class Conclusion { pass, fail };
struct SpecialRecord {
    std::vector<StaffId> officers;
    Instant began_at{}, ended_at{};
    std::vector<std::string> findings;  ///< keys answered
    Conclusion conclusion = Conclusion::pass;
};

/// 送达: how the result came to the person.
enum class ServiceMethod { in_person, courier, electronic };
struct ServiceGiven {
    ServiceMethod method = ServiceMethod::in_person;
    std::string recipient;
    Instant at{};
};

/// Why a case was refused at either door. `basis` cites; `remedies` says where to go (行政许可法 arts. 32,
/// 38).
struct Grounds {
    std::string reason, basis, right_body;
};

}  // namespace tongban::cases
