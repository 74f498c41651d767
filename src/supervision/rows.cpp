#include "supervision/rows.h"

#include "supervision/sql.h"

namespace tongban::supervision {

namespace {

std::string_view unit_text(LimitUnit unit) {
    return unit == LimitUnit::natural_day ? "natural_day" : "working_day";
}

std::optional<std::string> stuck_text(Watched const& w) {
    if (!w.stuck) return std::nullopt;
    return std::string(to_text(w.stuck->code));
}

std::optional<std::string> stuck_about(Watched const& w) {
    return w.stuck ? std::optional(w.stuck->about) : std::nullopt;
}

std::optional<std::string> stuck_about_en(Watched const& w) {
    return w.stuck ? std::optional(w.stuck->about_en) : std::nullopt;
}

std::optional<Instant> stuck_since(Watched const& w) {
    return w.stuck ? std::optional(w.stuck->since) : std::nullopt;
}

std::optional<Day> due_day(Watched const& w) {
    return w.is_open && w.due ? std::optional(w.due->day) : std::nullopt;
}

void write_row(Tx& tx, std::optional<Kept> const& before, Watched const& w) {
    auto provisional = w.due && w.due->provisional;
    if (!before) {
        tx.write(sql::insert_watched, w.id, w.case_no, w.short_no, w.item, w.item_name, w.body, w.region,
                 w.state, w.is_open, due_day(w), provisional, unit_text(w.due_unit), w.statutory,
                 w.received_on, w.answered_on, w.took_days, w.at_once, w.fields_saved, w.papers_saved,
                 stuck_text(w), stuck_about(w), stuck_about_en(w), stuck_since(w));
        return;
    }
    tx.write_expecting(1,
                       Error{ErrorKind::conflict, "case_was_counted_meanwhile", "这件事刚刚被计入，请再试。"},
                       sql::save_watched, w.id, before->revision, w.item, w.item_name, w.body, w.region,
                       w.state, w.is_open, due_day(w), provisional, unit_text(w.due_unit), w.statutory,
                       w.received_on, w.answered_on, w.took_days, w.at_once, w.fields_saved, w.papers_saved,
                       stuck_text(w), stuck_about(w), stuck_about_en(w), stuck_since(w));
}

void write_sums(Tx& tx, Sums const& sums) {
    for (auto const& [key, n] : sums.open) {
        tx.write(sql::add_open, key.region, key.body, key.item, key.due, key.stuck, n);
        if (n < 0) tx.write(sql::forget_empty_open, key.region, key.body, key.item, key.due, key.stuck);
    }
    for (auto const& [key, n] : sums.body_days)
        tx.write(sql::add_body_day, key.day, key.region, key.body, n.received, n.answered);
    for (auto const& [key, n] : sums.item_days)
        tx.write(sql::add_item_day, key.scope, key.day, key.item, n.received, n.answered, n.at_once,
                 n.fields_saved, n.papers_saved);
    for (auto const& [key, n] : sums.spans)
        tx.write(sql::add_span, key.scope, key.day, key.item, key.took_days, n);
}

}  // namespace

Watched read_listed(store::Row const& row) {
    Watched w;
    w.id = row.id<CaseId>("case_id");
    w.case_no = row.text("case_no");
    w.short_no = row.text("short_no");
    w.item = row.id<ItemId>("item");
    w.item_name = row.text("item_name");
    w.body = row.id<BodyId>("body");
    w.region = row.id<RegionCode>("region");
    w.state = row.text("state");
    if (auto day = row.maybe_day("due")) w.due = Due{*day, row.flag("due_provisional")};
    if (row.text("due_unit") == "natural_day") w.due_unit = LimitUnit::natural_day;
    w.statutory = row.maybe_day("statutory");
    if (auto since = row.maybe_instant("stuck_since"))
        w.stuck = Stuck{MUST(read_stuck_code(row.text("stuck"))), row.text("stuck_about"), *since,
                        row.maybe_text("stuck_about_en").value_or("")};
    return w;
}

Result<std::optional<Kept>> load_watched(Reader& reader, CaseId const& id) {
    auto rows = TRY(reader.rows(sql::load_watched, id));
    if (rows.empty()) return std::optional<Kept>{};
    auto row = rows[0];
    Kept kept{read_listed(row), row.integer("revision")};
    auto& w = kept.watched;
    w.is_open = row.flag("is_open");
    w.received_on = row.maybe_day("received_on");
    w.answered_on = row.maybe_day("answered_on");
    w.took_days = static_cast<int>(row.integer("took_days"));
    w.at_once = row.flag("at_once");
    w.fields_saved = static_cast<int>(row.integer("fields_saved"));
    w.papers_saved = static_cast<int>(row.integer("papers_saved"));
    return std::optional(std::move(kept));
}

void keep_watched(Tx& tx, std::optional<Kept> const& before, Watched const& now) {
    if (before && before->watched == now) return;
    write_row(tx, before, now);
    Sums sums;
    if (before) sums.add(before->watched, -1);
    sums.add(now, 1);
    sums.drop_zeros();
    write_sums(tx, sums);
}

void forget_everything(Tx& tx) {
    tx.write(sql::empty_case);
    tx.write(sql::empty_open);
    tx.write(sql::empty_body_day);
    tx.write(sql::empty_item_day);
    tx.write(sql::empty_span);
}

}  // namespace tongban::supervision
