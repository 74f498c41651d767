#include "store/running.h"
#include "store/sql.h"

namespace tongban::store {

namespace {
/// The link before the first row.
std::string const origin(64, '0');

std::string next_link(std::string const& link, std::string const& content_hash) {
    return sha256_hex(link + content_hash);
}

std::string head_text(std::int64_t position, std::string const& link, Instant sealed_at) {
    return "tongban audit\n" + std::to_string(position) + "\n" + link + "\n" + std::to_string(sealed_at.ms) +
           "\n";
}

Error broken(std::string const& what) {
    return {ErrorKind::conflict, "audit_chain_is_broken", "审计记录与链不符：" + what + "。"};
}

std::string place_of(Row const& row) {
    return "第 " + std::to_string(row.integer("position")) + " 行（" + row.text("id") + "，" +
           row.text("verb") + "，" + row.text("aggregate") + "）";
}

struct Head {
    std::int64_t position = 0;
    std::string link = origin;
};

Result<Head> last_head(Reader& reader) {
    auto rows = TRY(reader.rows(sql::last_audit_seal));
    if (rows.empty()) return Head{};
    return Head{rows[0].integer("position"), rows[0].text("link")};
}

std::string hash_of(Row const& row) {
    return audit_content_hash(row.text("id"), row.instant("at"), row.text("actor"), row.text("verb"),
                              row.text("aggregate"), row.text("facts"));
}

/// Checks one row behind `at` and moves `at` on to it.
Result<void> check_row(Row const& row, AuditKey const& key, Head& at) {
    if (row.integer("position") != at.position + 1)
        return broken("缺少第 " + std::to_string(at.position + 1) + " 行");
    if (hash_of(row) != row.text("content_hash")) return broken(place_of(row) + "内容被改动");
    at = {at.position + 1, next_link(at.link, row.text("content_hash"))};
    if (row.text("link") != at.link) return broken(place_of(row) + "与前一行接不上");
    if (row.is_null("signature")) return {};
    auto text = head_text(at.position, row.text("seal_link"), row.instant("sealed_at"));
    if (row.text("seal_link") != at.link || !key.verify(text, row.text("signature")))
        return broken(place_of(row) + "处的签名不符");
    return {};
}
}  // namespace

std::string audit_content_hash(std::string_view id, Instant at, std::string_view actor, std::string_view verb,
                               std::string_view aggregate, std::string_view facts) {
    json::array all{json::string_view(id.data(), id.size()),
                    at.ms,
                    json::string_view(actor.data(), actor.size()),
                    json::string_view(verb.data(), verb.size()),
                    json::string_view(aggregate.data(), aggregate.size()),
                    json::string_view(facts.data(), facts.size())};
    return sha256_hex(canonical_text(Json(std::move(all))));
}

Result<void> RunningStore::seal_audit() {
    for (;;) {
        // Asked of a reader first: an idle sealer never takes the writer's baton.
        if (TRY(unsealed_rows()) == 0) return {};
        auto tx = TRY(begin());
        auto head = TRY(last_head(*tx));
        auto found = TRY(tx->rows(sql::unsealed_audit));
        if (found.empty()) return {};
        // Two sealers at once meet on the position, which is unique: one fails here and comes back a second
        // later.
        Error taken{ErrorKind::conflict, "audit_is_being_sealed", "另一进程正在封存审计记录。"};
        json::array sealed;
        for (auto row : found) {
            if (hash_of(row) != row.text("content_hash"))
                log(LogLevel::error, "audit_row_was_changed_before_sealing", {{"id", row.text("id")}});
            head = {head.position + 1, next_link(head.link, row.text("content_hash"))};
            sealed.push_back({{"aggregate", row.text("aggregate")},
                              {"id", row.text("id")},
                              {"position", head.position},
                              {"link", head.link}});
        }
        // One statement for all: a row for itself would cost four times as much while people wait.
        tx->write_expecting(static_cast<std::int64_t>(found.size()), taken, sql::seal_audit_rows,
                            to_text(Json(std::move(sealed))));
        auto now = clock_.now();
        tx->write(sql::insert_audit_seal, head.position, head.link, now,
                  audit_key_.sign(head_text(head.position, head.link, now)));
        TRY(tx->commit());
    }
}

Result<std::int64_t> RunningStore::unsealed_rows() {
    auto view = TRY(reader());
    auto found = TRY(view->rows(sql::count_unsealed_audit));
    return found[0].integer("n");
}

Result<Store::AuditReport> RunningStore::verify_audit() {
    auto view = TRY(reader());
    auto head = TRY(last_head(*view));
    Head at;
    for (;;) {
        auto page = TRY(view->rows(sql::sealed_audit_page, at.position));
        for (auto row : page) {
            if (row.integer("position") > head.position)
                return broken(place_of(row) + "在签名的链尾之外，是多出来的");
            TRY(check_row(row, audit_key_, at));
        }
        if (page.empty()) break;
    }
    if (at.position != head.position) return broken("缺少第 " + std::to_string(at.position + 1) + " 行");
    auto tail = TRY(view->rows(sql::count_unsealed_audit));
    AuditReport report;
    report.sealed = at.position;
    report.tail = tail[0].integer("n");
    report.rows = report.sealed + report.tail;
    report.head = at.position == 0 ? "" : at.link;
    return report;
}

}  // namespace tongban::store
