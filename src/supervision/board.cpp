// The board: sums of one region, read row by row from small tables, never from cases.
#include <algorithm>

#include "supervision/decide.h"
#include "supervision/sql.h"
#include "supervision/state.h"

namespace tongban::supervision {

namespace {

constexpr auto days_shown = std::chrono::days{14};
constexpr auto days_of_items = std::chrono::days{30};
constexpr std::size_t rows_most = 100;

struct Loads {
    Load all;
    std::map<std::string, Load> bodies, items;
};

Result<Loads> loads_of(Reader& reader, RegionCode const& region, Day today, Day next) {
    auto rows = TRY(reader.rows(sql::open_sums, region, last_below(region), today, next));
    Loads loads;
    for (auto row : rows) {
        Load const load{row.integer("open"), row.integer("near_due"), row.integer("overdue"),
                        row.integer("stuck")};
        loads.all.add(load);
        loads.bodies[row.text("body")].add(load);
        loads.items[row.text("item")].add(load);
    }
    return loads;
}

/// The most urgent first; where all is quiet, by key.
std::vector<std::pair<std::string, Load>> by_urgency(std::map<std::string, Load> const& loads) {
    std::vector<std::pair<std::string, Load>> sorted(loads.begin(), loads.end());
    std::ranges::stable_sort(sorted,
                             [](auto const& a, auto const& b) { return more_urgent(a.second, b.second); });
    if (sorted.size() > rows_most) sorted.resize(rows_most);
    return sorted;
}

Result<std::map<std::string, DayCounts>> body_counts(Reader& reader, View const& view) {
    auto rows = TRY(reader.rows(sql::body_day_sums, view.day, view.region, last_below(view.region)));
    std::map<std::string, DayCounts> counts;
    for (auto row : rows) counts[row.text("body")] = {row.integer("received"), row.integer("answered")};
    return counts;
}

Result<std::vector<api::DayCount>> day_counts(Reader& reader, View const& view) {
    auto first = view.day - days_shown + std::chrono::days{1};
    auto rows = TRY(reader.rows(sql::day_sums, view.region, first, view.day));
    std::map<std::string, DayCounts> counts;
    for (auto row : rows) counts[row.text("day")] = {row.integer("received"), row.integer("answered")};
    std::vector<api::DayCount> days;
    for (auto day = first; day <= view.day; day += std::chrono::days{1}) {
        auto text = tongban::to_text(day);
        days.push_back({text, counts[text].received, counts[text].answered});
    }
    return days;
}

Result<std::vector<api::StuckReason>> reasons(Reader& reader, RegionCode const& region) {
    auto rows = TRY(reader.rows(sql::stuck_reasons, region, last_below(region)));
    std::vector<api::StuckReason> reasons;
    for (auto row : rows)
        reasons.push_back({MUST(api::read_stuck_code(row.text("stuck"))), row.integer("n")});
    return reasons;
}

struct ItemFigures {
    ItemCounts counts;
    std::optional<std::int64_t> median_days;
};

Result<std::map<std::string, ItemFigures>> item_figures(Reader& reader, View const& view) {
    auto first = view.day - days_of_items + std::chrono::days{1};
    std::map<std::string, ItemFigures> figures;
    auto sums = TRY(reader.rows(sql::item_sums, view.region, first, view.day));
    for (auto row : sums)
        figures[row.text("item")].counts = {0, row.integer("answered"), row.integer("at_once"),
                                            row.integer("fields_saved"), row.integer("papers_saved")};
    auto spans = TRY(reader.rows(sql::spans, view.region, first, view.day));
    std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>> counts;
    for (auto row : spans) counts[row.text("item")].emplace_back(row.integer("took_days"), row.integer("n"));
    for (auto const& [item, spread] : counts) figures[item].median_days = median(spread);
    return figures;
}

std::string item_name(catalog::Catalog const& catalog, std::string const& code, Language language) {
    auto item = catalog.item(ItemId{code});
    if (!item.ok()) return code;
    return language == Language::en && !(*item)->name_en.empty() ? (*item)->name_en : (*item)->name;
}

api::BodyRow body_row(org::Picture const& picture, std::string const& id, Load const& load,
                      std::int64_t answered) {
    auto const* body = picture.body(BodyId{id});
    return {
        id,      body != nullptr ? body->short_name : id, load.open, load.near_due, load.overdue, load.stuck,
        answered};
}

std::vector<api::BoardRegion> regions_of(org::Picture const& picture, RegionCode const& shown) {
    std::vector<api::BoardRegion> regions;
    auto chain = picture.chain(shown);
    for (auto above = chain.rbegin(); above != chain.rend(); ++above)
        regions.push_back({(*above)->code.text, (*above)->name});
    for (auto const& region : picture.regions())
        if (region.parent == shown) regions.push_back({region.code.text, region.name});
    return regions;
}

}  // namespace

Result<api::Board> Supervision::State::board(View const& view) const {
    auto kept = org.picture();
    auto const* picture = &kept->in(view.language);
    auto reader = TRY(store.reader());
    auto loads = TRY(loads_of(*reader, view.region, clock.today(), next_working_day()));
    auto answered = TRY(body_counts(*reader, view));
    auto figures = TRY(item_figures(*reader, view));
    api::Board board;
    board.at = tongban::to_text(clock.now());
    board.region = view.region.text;
    board.region_name = picture->full_name(view.region);
    board.regions = regions_of(*picture, view.region);
    board.day = tongban::to_text(view.day);
    board.totals = {0, 0, loads.all.open, loads.all.near_due, loads.all.overdue, loads.all.stuck};
    for (auto const& [body, counts] : answered) {
        board.totals.received_today += counts.received;
        board.totals.concluded_today += counts.answered;
        loads.bodies[body];  // it did something that day
    }
    board.days = TRY(day_counts(*reader, view));
    for (auto const& body : picture->bodies())
        if (region_contains(view.region, body.region)) loads.bodies[body.id.text];
    for (auto const& [id, load] : by_urgency(loads.bodies))
        board.bodies.push_back(body_row(*picture, id, load, answered[id].answered));
    for (auto const& [code, figure] : figures) loads.items[code];
    for (auto const& [code, load] : by_urgency(loads.items)) {
        auto const& figure = figures[code];
        board.items.push_back({code, item_name(catalog, code, view.language), load.open, load.near_due,
                               load.overdue, load.stuck, figure.counts.answered, figure.median_days,
                               figure.counts.at_once, figure.counts.fields_saved,
                               figure.counts.papers_saved});
    }
    board.stuck = TRY(stuck(*reader, view));
    board.reasons = TRY(reasons(*reader, view.region));
    board.near = TRY(near(*reader, view));
    board.late = TRY(late(*reader, view));
    return board;
}

}  // namespace tongban::supervision
