#include "store/postgres_inserts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace tongban::store {

namespace {
/// Few numbers of rows: each is a prepared statement of its own on every connection.
constexpr std::array<std::size_t, 3> rows_together{8, 4, 2};

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Without comments, with one blank where there was space.
std::string tidied(std::string_view sql) {
    std::string out;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql.substr(i).starts_with("--")) i = std::min(sql.find('\n', i), sql.size() - 1);
        bool const space = std::isspace(static_cast<unsigned char>(sql[i])) != 0;
        if (!space)
            out += sql[i];
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (!out.empty() && (out.back() == ' ' || out.back() == ';')) out.pop_back();
    return out;
}

bool is_named(std::string_view sql, std::string_view table) {
    for (auto at = sql.find(table); at != std::string_view::npos; at = sql.find(table, at + 1)) {
        auto end = at + table.size();
        if ((at == 0 || !is_word(sql[at - 1])) && (end == sql.size() || !is_word(sql[end]))) return true;
    }
    return false;
}

std::string word_at(std::string_view sql, std::size_t from) {
    auto end = from;
    while (end < sql.size() && is_word(sql[end])) ++end;
    return std::string(sql.substr(from, end - from));
}

/// `1,2` → 0, 1.
std::vector<std::size_t> indices(std::string_view key) {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < key.size(); at = std::min(key.find(',', at), key.size() - 1) + 1)
        found.push_back(static_cast<std::size_t>(std::atoi(key.data() + at)) - 1);
    return found;
}

/// Where the bracket that opens at `from` closes.
std::size_t closing(std::string_view sql, std::size_t from) {
    int depth = 0;
    for (auto i = from; i < sql.size(); ++i) {
        if (sql[i] == '(') ++depth;
        if (sql[i] == ')' && --depth == 0) return i;
    }
    return std::string_view::npos;
}

/// Each `$n` as `$(n + by)`; the largest n.
int renumbered(std::string_view row, int by, std::string& out) {
    int largest = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        out += row[i];
        if (row[i] != '$') continue;
        int n = 0;
        while (i + 1 < row.size() && std::isdigit(static_cast<unsigned char>(row[i + 1])) != 0)
            n = n * 10 + (row[++i] - '0');
        out += std::to_string(n + by);
        largest = std::max(largest, n);
    }
    return largest;
}
}  // namespace

std::optional<RowInsert> RowInsert::of(std::string_view sql, std::string_view key) {
    constexpr std::string_view start = "INSERT INTO ", middle = " VALUES (", nested = " FROM ";
    auto const text = tidied(sql);
    auto values = text.find(middle);
    if (!text.starts_with(start) || values == std::string::npos || text.find('\'') != std::string::npos ||
        (key.empty() && is_named(text, "SELECT")))
        return std::nullopt;
    auto open = values + middle.size() - 1;
    auto close = closing(text, open);
    if (close == std::string::npos) return std::nullopt;
    RowInsert found;
    found.head = text.substr(0, open);
    found.row = text.substr(open, close + 1 - open);
    found.tail = text.substr(close + 1);
    bool const on_conflict = found.tail.starts_with(" ON CONFLICT");
    found.changes = on_conflict && !found.tail.ends_with("DO NOTHING");
    if (!(found.tail.empty() || on_conflict) || (found.changes && key.empty()) ||
        found.tail.find('$') != std::string::npos)
        return std::nullopt;
    found.named.push_back(word_at(text, start.size()));
    for (auto at = found.row.find(nested); at != std::string::npos; at = found.row.find(nested, at + 1))
        found.named.push_back(word_at(found.row, at + nested.size()));
    found.key = indices(key);
    std::string unused;
    found.parameters = renumbered(found.row, 0, unused);
    return found;
}

std::string RowInsert::for_rows(std::size_t rows) const {
    std::string out = head;
    for (std::size_t i = 0; i < rows; ++i) {
        if (i != 0) out += ", ";
        renumbered(row, static_cast<int>(i) * parameters, out);
    }
    return out + tail;
}

bool PostgresInserts::Known::names(std::string const& table) {
    auto [found, is_new] = naming.try_emplace(table);
    if (is_new) found->second = is_named(text, table);
    return found->second;
}

PostgresInserts::Known& PostgresInserts::known(PostgresStep const& step) {
    auto found = known_.find(step.query.postgres);
    if (found != known_.end()) return found->second;
    auto& [text, made] = *known_.try_emplace(std::string(step.query.postgres)).first;
    made.text = text;
    made.insert = RowInsert::of(text, step.query.key);
    return made;
}

void PostgresInserts::put_together(Known& about, PostgresSteps const& rows, PostgresSteps& out) {
    auto next = rows.begin();
    for (auto const together : rows_together) {
        for (; rows.end() - next >= static_cast<std::ptrdiff_t>(together);
             next += static_cast<std::ptrdiff_t>(together)) {
            auto& text = about.for_rows[together];
            if (text.empty()) text = about.insert->for_rows(together);
            auto& made = made_.emplace_back();
            made.query = Query{(*next)->query.name, {}, text};
            made.rows.assign(next, next + static_cast<std::ptrdiff_t>(together));
            out.push_back(&made);
        }
    }
    out.insert(out.end(), next, rows.end());
}

void PostgresInserts::Group::add(RowInsert const& insert, PostgresStep const& step, std::size_t list) {
    rows.push_back(&step);
    if (insert.key.empty()) return;
    std::string key;
    for (auto at : insert.key) {
        auto const* part = std::get_if<std::string>(&step.parameters.at(at));
        ensure(part != nullptr, "a key is of texts");
        key.append(*part).push_back('\0');  // which no text holds
    }
    auto [found, is_new] = lists_by_key.try_emplace(std::move(key), list);
    collides = collides || (!is_new && (insert.changes || found->second != list));
}

void PostgresInserts::leave_alone(Groups& groups, std::vector<Known*> others) {
    for (auto const& [about, group] : groups)
        if (group.collides) others.push_back(about);
    while (!others.empty()) {
        auto* const other = others.back();
        others.pop_back();
        groups.erase(other);
        for (auto const& [about, group] : groups)
            if (std::ranges::any_of(about->insert->named,
                                    [&](auto const& table) { return other->names(table); }))
                others.push_back(about);
    }
}

PostgresSteps PostgresInserts::joined(std::vector<std::vector<PostgresStep> const*> const& lists) {
    made_.clear();
    std::vector<std::pair<PostgresStep const*, Known*>> all;
    Groups groups;
    std::set<Known*> others;
    for (std::size_t list = 0; list < lists.size(); ++list) {
        for (auto const& step : *lists[list]) {
            auto& about = known(step);
            all.emplace_back(&step, &about);
            if (about.insert && step.guarded.empty())
                groups[&about].add(*about.insert, step, list);
            else
                others.insert(&about);
        }
    }
    leave_alone(groups, {others.begin(), others.end()});
    PostgresSteps out;
    for (auto [step, about] : all) {
        auto found = groups.find(about);
        if (found == groups.end()) {
            out.push_back(step);
            continue;
        }
        auto& [rows, lists_by_key, collides, met] = found->second;
        ++met;
        bool const reads = about->insert->named.size() > 1;
        if (met == (reads ? rows.size() : 1)) put_together(*about, rows, out);
    }
    return out;
}

}  // namespace tongban::store
