// What one object of `supervision` holds, and its inner verbs.
#pragma once

#include "supervision/api.h"
#include "supervision/rows.h"
#include "supervision/supervision.h"
#include "supervision/words.h"

namespace tongban::supervision {

/// What a supervisor asked to see.
struct View {
    RegionCode region;
    Day day{};
    Language language = Language::zh;
};

/// Timed by `project` where an answer may still come.
constexpr std::string_view look_again_job = "supervision.look_again";

struct Supervision::State {
    State(store::Store& given, Clock const& time, org::Org& people, catalog::Catalog& items, Source cases)
        : store(given), clock(time), org(people), catalog(items), source(std::move(cases)) {}

    // project.cpp
    Result<void> project(store::Tx& tx, CaseId const& id) const;
    Result<std::int64_t> rebuild() const;
    Result<void> look_at_posts_again() const;

    // board.cpp
    Result<api::Board> board(View const& view) const;

    // lists.cpp
    Result<std::vector<api::WatchedCase>> stuck(store::Reader& reader, View const& view) const;
    Result<std::vector<api::WatchedCase>> near(store::Reader& reader, View const& view) const;
    Result<std::vector<api::WatchedCase>> late(store::Reader& reader, View const& view) const;
    /// Refuses: list_is_unknown.
    Result<api::WatchedCases> list(View const& view, http::Request const& asked) const;

    [[nodiscard]] Day next_working_day() const;

    store::Store& store;
    Clock const& clock;
    org::Org& org;
    catalog::Catalog& catalog;
    Source source;
};

/// What the request asks for. Refuses: region_is_unknown, region_is_not_yours, day_is_not_a_date.
Result<View> read_view(http::Request const& request, org::Picture const& picture, Day today);

}  // namespace tongban::supervision
