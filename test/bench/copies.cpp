// copies DATA DATABASE COUNT: multiplies the cases of a small site until it holds COUNT more. DATABASE is a
// PostgreSQL address or "sqlite". Every row that belongs to a case is copied with ids, numbers and blinds of
// its own, sealed columns are sealed anew under the new ids, the audit is chained and its head signed: the
// program reads a copy like any other case. Of fifty copies forty-nine are of concluded cases, spread over
// the days before.
#include "copies.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

#include "store/keys.h"
#include "store/running.h"

using namespace tongban;
using namespace tongban::bench;

namespace {

constexpr std::size_t id_length = 26;
constexpr int batch = 4000, cases_a_day = 2000;
constexpr std::int64_t day_ms = 86'400'000;

bool is_id(std::string const& text) {
    return text.size() == id_length && text.starts_with("01") &&
           std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) || std::islower(c); });
}
bool is_hash(std::string const& text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

struct Sealed {
    std::string place, id, plain;
};
struct Row {
    Cells cells;
    std::map<std::size_t, Sealed> sealed{};
};
struct Prototype {
    std::string id, case_no, state;
    std::set<std::string> ids{};  ///< of this case and nobody else
    std::map<std::string, std::vector<Row>> rows{};
};

struct Site {
    std::map<std::string, Table> tables{};
    std::vector<Prototype> cases{};
};

std::size_t column(Table const& table, std::string_view name) {
    return std::size_t(std::ranges::find(table.columns, name) - table.columns.begin());
}

bool names(Cells const& row, std::set<std::string> const& ids) {
    return std::ranges::any_of(row, [&](Cell const& cell) {
        if (cell.kind != Cell::Kind::text) return false;
        if (ids.contains(cell.bytes)) return true;
        auto colon = cell.bytes.find(':');  // keys of messages: <case>:received
        return colon == id_length && ids.contains(cell.bytes.substr(0, colon));
    });
}

/// What the case's rows name that was made with it: letters, licence, files, messages.
void gather(Site const& site, Prototype& one, std::set<std::string> const& elsewhere) {
    std::set<std::string> rows_seen;
    for (bool more = true; more;) {
        more = false;
        for (auto const& [name, table] : site.tables)
            for (std::size_t r = 0; r < table.rows.size(); ++r) {
                auto mark = name + std::to_string(r);
                if (rows_seen.contains(mark) || !names(table.rows[r], one.ids)) continue;
                rows_seen.insert(mark);
                one.rows[name].push_back({table.rows[r]});
                for (auto const& cell : table.rows[r])
                    if (cell.kind == Cell::Kind::text && is_id(cell.bytes) && !elsewhere.contains(cell.bytes))
                        more = one.ids.insert(cell.bytes).second || more;
            }
    }
}

/// What a sealed column may be bound to: an id of the case, or the id and a number of the row (a round, a
/// notice).
std::vector<std::string> sealing_ids(Prototype const& one, Cells const& row) {
    std::vector<std::string> ids(one.ids.begin(), one.ids.end());
    for (auto const& cell : row)
        if (cell.kind == Cell::Kind::integer && cell.bytes.size() < 6)
            ids.push_back(one.id + ":" + cell.bytes);
    return ids;
}

void unseal(Site const& site, Prototype& one, store::Sealer const& sealer, std::set<std::string>& closed) {
    for (auto& [name, rows] : one.rows)
        for (auto& row : rows)
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                if (row.cells[i].kind != Cell::Kind::blob) continue;
                auto place = name + "." + site.tables.at(name).columns[i];
                for (auto const& id : sealing_ids(one, row.cells))
                    if (auto plain = sealer.open_sealed(place, id, row.cells[i].bytes); plain.ok())
                        row.sealed[i] = {place, id, *plain};
                if (!row.sealed.contains(i)) closed.insert(place);
            }
}

Site read_site(Database& database, store::Sealer const& sealer) {
    Site site;
    for (auto const& name : database.tables()) site.tables[name] = database.read(name);
    auto const& cases = site.tables.at("cases_case");
    std::set<std::string> elsewhere;  // people and what else was there before any case
    for (auto const& row : site.tables.at("identity_person").rows)
        for (auto const& cell : row)
            if (is_id(cell.bytes)) elsewhere.insert(cell.bytes);
    std::set<std::string> closed;
    for (auto const& row : cases.rows) {
        Prototype one{row[column(cases, "id")].bytes, row[column(cases, "case_no")].bytes,
                      row[column(cases, "state")].bytes};
        one.ids = {one.id};
        gather(site, one, elsewhere);
        unseal(site, one, sealer, closed);
        site.cases.push_back(std::move(one));
    }
    for (auto const& place : closed) std::fprintf(stderr, "copies: %s stays as it is\n", place.c_str());
    return site;
}

/// How one copy differs from its prototype.
class Change {
public:
    Change(Prototype const& from, std::string applicant, int serial)
        : from_(from), applicant_(std::move(applicant)), serial_(serial) {
        char text[16];
        std::snprintf(text, sizeof text, "%012d", serial);
        mark_ = text;
        days_ = from.state == "concluded" ? serial / cases_a_day + 1 : 0;
        auto day = MUST(read_day("2026-01-01")) - std::chrono::days(serial / cases_a_day);
        case_no_ =
            make_case_number(RegionCode{from.case_no.substr(0, 6) + "000000"}, day, serial % cases_a_day + 1);
    }
    [[nodiscard]] std::string id(std::string const& old) const {
        return old.substr(0, id_length - mark_.size()) + mark_;
    }

    [[nodiscard]] Cell cell(Cell const& old, std::string const& column) const {
        if (old.kind == Cell::Kind::integer) return {old.kind, integer(old.bytes)};
        if (old.kind != Cell::Kind::text) return old;
        auto const& text = old.bytes;
        if (from_.ids.contains(text) || text == applicant_) return {old.kind, id(text)};
        if (column == "short_no") return {old.kind, case_no_.substr(10, 4) + "-" + case_no_.substr(14)};
        if (is_hash(text)) return {old.kind, sha256_hex(text + mark_)};
        if (column == "licence_number" || column == "number" || column == "identifier")
            return {old.kind, text + "-" + mark_};
        if (text.size() == 10 && text[4] == '-' && days_ > 0 && read_day(text).ok())
            return {old.kind, to_text(MUST(read_day(text)) - std::chrono::days(days_))};
        return {old.kind, replaced(text)};
    }

private:
    [[nodiscard]] std::string integer(std::string const& text) const {
        auto value = std::strtoll(text.c_str(), nullptr, 10);
        return value > 1'600'000'000'000 ? std::to_string(value - days_ * day_ms) : text;
    }
    [[nodiscard]] std::string replaced(std::string text) const {
        auto each = [&](std::string const& old, std::string const& with) {
            for (auto at = text.find(old); at != text.npos; at = text.find(old, at + with.size()))
                text.replace(at, old.size(), with);
        };
        if (text.size() < 18) return text;
        each(from_.case_no, case_no_);
        if (text.size() >= id_length) {
            for (auto const& one : from_.ids) each(one, id(one));
            each(applicant_, id(applicant_));
        }
        return text;
    }

    Prototype const& from_;
    std::string applicant_, mark_, case_no_;
    int serial_, days_ = 0;
};

/// The chain goes on where it stood.
struct Chain {
    std::int64_t position = 0;
    std::string link = std::string(64, '0');

    void take(Table const& table, Cells& row) {
        auto at = [&](char const* name) -> Cell& { return row[column(table, name)]; };
        auto hash = store::audit_content_hash(
            at("id").bytes, Instant{std::strtoll(at("at").bytes.c_str(), nullptr, 10)}, at("actor").bytes,
            at("verb").bytes, at("aggregate").bytes, at("facts").bytes);
        link = sha256_hex(link + hash);
        at("content_hash") = {Cell::Kind::text, hash};
        at("position") = {Cell::Kind::integer, std::to_string(++position)};
        at("link") = {Cell::Kind::text, link};
    }
};

Chain chain_of(Site const& site) {
    Chain chain;
    auto const& audit = site.tables.at("store_audit");
    for (auto const& row : audit.rows) {
        auto const& at = row[column(audit, "position")];
        if (at.kind == Cell::Kind::null) continue;
        auto position = std::strtoll(at.bytes.c_str(), nullptr, 10);
        if (position > chain.position) chain = {position, row[column(audit, "link")].bytes};
    }
    return chain;
}

void copy_case(Site const& site, Prototype const& from, int serial, store::Sealer const& sealer, Chain& chain,
               std::map<std::string, Table>& out) {
    auto const& cases = site.tables.at("cases_case");
    Change change(from, from.rows.at("cases_case")[0].cells[column(cases, "applicant")].bytes, serial);
    for (auto const& [name, rows] : from.rows) {
        auto const& table = site.tables.at(name);
        auto& to = out[name];
        if (to.name.empty()) to = {name, table.columns, {}};
        for (auto const& row : rows) {
            Cells cells;
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                auto sealed = row.sealed.find(i);
                if (sealed == row.sealed.end())
                    cells.push_back(change.cell(row.cells[i], table.columns[i]));
                else
                    cells.push_back(
                        {Cell::Kind::blob,
                         sealer.seal(sealed->second.place, change.id(sealed->second.id), sealed->second.plain)
                             .bytes});
            }
            if (name == "store_audit") chain.take(table, cells);
            to.rows.push_back(std::move(cells));
        }
    }
}

void sign_head(Database& database, std::string const& data, Chain const& chain, Instant now) {
    auto key = MUST(store::AuditKey::open(data, store::Sealer::Keys::must_exist));
    auto text = "tongban audit\n" + std::to_string(chain.position) + "\n" + chain.link + "\n" +
                std::to_string(now.ms) + "\n";
    database.append({"store_audit_seal",
                     {"position", "link", "sealed_at", "signature"},
                     {{{Cell::Kind::integer, std::to_string(chain.position)},
                       {Cell::Kind::text, chain.link},
                       {Cell::Kind::integer, std::to_string(now.ms)},
                       {Cell::Kind::text, key.sign(text)}}}});
}

}  // namespace

int main(int count, char** words) {
    if (count < 4) {
        std::fprintf(stderr, "copies: DATA DATABASE COUNT\n");
        return 2;
    }
    std::string data = words[1], address = words[2];
    int wanted = std::atoi(words[3]);
    auto sealer = MUST(store::Sealer::open(data, store::Sealer::Keys::must_exist));
    auto database = address == "sqlite" ? open_sqlite(data + "/tongban.db") : open_postgres(address);
    auto site = read_site(*database, sealer);
    std::vector<Prototype const*> concluded, open;
    for (auto const& one : site.cases) (one.state == "concluded" ? concluded : open).push_back(&one);
    if (concluded.empty() || open.empty()) {
        std::fprintf(stderr, "copies: there is no concluded or no open case to copy\n");
        return 1;
    }
    auto chain = chain_of(site);
    for (int serial = 1; serial <= wanted;) {
        std::map<std::string, Table> out;
        for (int i = 0; i < batch && serial <= wanted; ++i, ++serial) {
            auto const& from = serial % 50 == 0 ? *open[std::size_t(serial / 50) % open.size()]
                                                : *concluded[std::size_t(serial) % concluded.size()];
            copy_case(site, from, serial, sealer, chain, out);
        }
        database->begin();
        for (auto const& [name, rows] : out) database->append(rows);
        if (serial > wanted) sign_head(*database, data, chain, SystemClock().now());
        database->commit();
        if (serial / batch % 10 == 0) std::fprintf(stderr, "copies: %d\n", serial - 1);
    }
    database->settle();
    return 0;
}
