// The inner words of `cases`: states and structs. No I/O, no clock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/base.h"

namespace tongban::cases {

using tongban::to_text;

/// domain.md §3.1. A case filed on line is received the moment it is submitted.
enum class State {
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

/// The limits of the item's pinned version.
struct Limits {
    Limit acceptance;                ///< to accept, ask or refuse: 行政许可法 art. 32
    Limit correction;                ///< for the applicant to correct
    Limit promise;                   ///< from acceptance
    std::optional<Limit> statutory;  ///< from acceptance
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
    State state = State::received;
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
enum class ClockKind { none, acceptance, correction, review };
struct RunningClock {
    ClockKind kind = ClockKind::none;
    Day from{};
    Due due{};
    std::optional<Due> statutory;
    Limit limit{};
};
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

/// Why a case was refused at either door. `basis` cites; `remedies` says where to go (行政许可法 arts. 32,
/// 38).
struct Grounds {
    std::string reason, basis, right_body;
};

}  // namespace tongban::cases
