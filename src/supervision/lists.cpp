// The lists of the board: what is stuck, near and late, row by row.
#include "supervision/sql.h"
#include "supervision/state.h"

namespace tongban::supervision {

namespace {

constexpr std::int64_t on_the_board = 20;
constexpr std::size_t page_rows = 50;
constexpr std::string_view first_day = "0000-00-00";

/// Where the page before ended: `2026-10-16|01jc…`.
struct Cursor {
    std::string value, id;
};
Cursor read_cursor(std::string_view text) {
    auto cut = text.find('|');
    if (cut == std::string_view::npos) return {};
    return {std::string(text.substr(0, cut)), std::string(text.substr(cut + 1))};
}

struct Want {
    Cursor after{};
    std::string body{}, item{};
    std::int64_t rows = on_the_board;
};

Result<store::Rows> due_rows(Reader& reader, View const& view, std::string const& from,
                             std::string const& until, Want const& want) {
    return reader.rows(sql::list_due, view.region, last_below(view.region), from, until, want.after.value,
                       want.after.id, want.body, want.item, want.rows);
}

Result<store::Rows> late_rows(Reader& reader, View const& view, Day today, Want const& want) {
    auto until = tongban::to_text(today - std::chrono::days{1});
    return due_rows(reader, view, std::string(first_day), until, want);
}

Result<store::Rows> stuck_rows(Reader& reader, View const& view, Want const& want) {
    std::int64_t since = 0;
    for (char c : want.after.value)
        since = c >= '0' && c <= '9' && since < 1LL << 50 ? since * 10 + (c - '0') : since;
    return reader.rows(sql::list_stuck, view.region, last_below(view.region), Instant{since}, want.after.id,
                       want.body, want.item, want.rows);
}

struct Shown {
    org::Picture const& picture;
    Instant now{};
    Language language = Language::zh;
    catalog::Catalog const& catalog;
};

api::WatchedCase plain(Watched const& watched, Shown const& shown) {
    api::WatchedCase view;
    view.case_no = watched.case_no;
    view.short_no = watched.short_no;
    view.item = watched.item.text;
    view.item_name = watched.item_name;
    if (auto item = shown.catalog.item(watched.item);
        shown.language == Language::en && item.ok() && !(*item)->name_en.empty())
        view.item_name = (*item)->name_en;
    view.body = watched.body.text;
    auto const* body = shown.picture.in(shown.language).body(watched.body);
    view.body_name = body != nullptr ? body->short_name : watched.body.text;
    view.state = watched.state;
    view.state_text = state_words(watched.state, shown.language);
    return view;
}

api::WatchedCase stuck_view(Watched const& watched, Shown const& shown) {
    auto view = plain(watched, shown);
    if (!watched.stuck) return view;
    view.why = why_words(*watched.stuck, shown.language);
    view.why_code = MUST(api::read_stuck_code(to_text(watched.stuck->code)));
    view.since = tongban::to_text(watched.stuck->since);
    view.days =
        std::max<std::int64_t>(0, (beijing_day(shown.now) - beijing_day(watched.stuck->since)).count());
    return view;
}

api::WatchedCase due_view(Watched const& watched, Shown const& shown) {
    auto view = plain(watched, shown);
    if (!watched.due) return view;
    view.due = tongban::to_text(watched.due->day);
    view.due_provisional = watched.due->provisional;
    if (watched.statutory && watched.statutory > watched.due->day)
        view.statutory = tongban::to_text(*watched.statutory);
    view.lamp = lamp_of(watched, beijing_day(shown.now), shown.picture.calendar(), shown.language);
    return view;
}

using Viewer = api::WatchedCase (*)(Watched const&, Shown const&);
std::vector<api::WatchedCase> views(store::Rows const& rows, Viewer viewer, Shown const& shown) {
    std::vector<api::WatchedCase> all;
    for (auto row : rows) all.push_back(viewer(read_listed(row), shown));
    return all;
}

}  // namespace

Day Supervision::State::next_working_day() const {
    return due_after(org.picture()->calendar(), clock.today(), {1, LimitUnit::working_day}).day;
}

Result<std::vector<api::WatchedCase>> Supervision::State::stuck(store::Reader& reader,
                                                                View const& view) const {
    auto rows = TRY(stuck_rows(reader, view, {}));
    return views(rows, stuck_view, {*org.picture(), clock.now(), view.language, catalog});
}

Result<std::vector<api::WatchedCase>> Supervision::State::near(store::Reader& reader,
                                                               View const& view) const {
    auto rows = TRY(
        due_rows(reader, view, tongban::to_text(clock.today()), tongban::to_text(next_working_day()), {}));
    return views(rows, due_view, {*org.picture(), clock.now(), view.language, catalog});
}

Result<std::vector<api::WatchedCase>> Supervision::State::late(store::Reader& reader,
                                                               View const& view) const {
    auto rows = TRY(late_rows(reader, view, clock.today(), {}));
    return views(rows, due_view, {*org.picture(), clock.now(), view.language, catalog});
}

Result<api::WatchedCases> Supervision::State::list(View const& view, http::Request const& asked) const {
    Want want{read_cursor(asked.asked("after").value_or("")), asked.asked("body").value_or(""),
              asked.asked("item").value_or(""), static_cast<std::int64_t>(page_rows) + 1};
    auto name = asked.asked("list").value_or("");
    bool is_stuck = name == "stuck";
    if (!is_stuck && name != "near" && name != "late")
        return Error{ErrorKind::invalid, "list_is_unknown", "没有这张清单：请用 stuck、near 或 late。"};
    auto reader = TRY(store.reader());
    auto found = [&]() -> Result<store::Rows> {
        if (is_stuck) return stuck_rows(*reader, view, want);
        if (name == "late") return late_rows(*reader, view, clock.today(), want);
        return due_rows(*reader, view, tongban::to_text(clock.today()), tongban::to_text(next_working_day()),
                        want);
    }();
    auto rows = TRY(std::move(found));
    api::WatchedCases page;
    auto picture = org.picture();
    page.rows =
        views(rows, is_stuck ? stuck_view : due_view, {*picture, clock.now(), view.language, catalog});
    if (page.rows.size() <= page_rows) return page;
    page.rows.resize(page_rows);
    auto last = rows[page_rows - 1];
    page.next = (is_stuck ? std::to_string(last.integer("stuck_since")) : last.text("due")) + "|" +
                last.text("case_id");
    return page;
}

}  // namespace tongban::supervision
