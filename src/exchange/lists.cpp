// Resources that are fetched whole (库表交换): a CSV file, read line by line into sealed rows that are found
// by blind index. A new list takes the place of the old one in one moment, when all its lines are there.
#include <algorithm>

#include "exchange/state.h"

namespace tongban::exchange {

namespace {
constexpr std::size_t lines_in_a_transaction = 500;
constexpr int pull_deadline_ms = 60'000;
/// A list whose lines are wrong beyond this share is not taken: the old one is better.
constexpr std::size_t wrong_share_max = 10;  // one in ten

struct Line {
    std::string blind;
    json::object fields;
    enum class What { put, drop } what = What::put;
};
struct Lines {
    std::vector<Line> lines;
    std::size_t failed = 0;
};

std::optional<std::size_t> column(std::vector<std::string> const& names, std::string const& name) {
    auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

std::optional<json::object> fields_of(AnswerMap const& map, std::vector<std::string> const& names,
                                      std::vector<std::string> const& cells) {
    json::object fields;
    for (auto const& each : map.fields) {
        auto at = each.at ? column(names, *each.at) : std::nullopt;
        if (!at) return std::nullopt;
        auto value = typed(each, Json(cells[*at]));
        if (!value.ok() || (!*value && each.required)) return std::nullopt;
        if (*value) fields[each.key] = std::move(**value);
    }
    return fields;
}

Result<Lines> read_lines(Endpoint const& endpoint, std::string_view bytes, store::Sealer const& sealer) {
    Error const unreadable{ErrorKind::invalid, "answer_cannot_be_read", "名单不是约定的 CSV。"};
    auto const& list = *endpoint.list;
    if (!is_utf8(bytes)) return unreadable;
    auto rows = read_csv(bytes);
    if (rows.empty()) return unreadable;
    auto names = std::move(rows.front());
    auto key = column(names, list.column);
    auto operation = list.operation.empty() ? std::nullopt : column(names, list.operation);
    if (!key || (!list.operation.empty() && !operation)) return unreadable;
    for (auto const& each : endpoint.answer.fields)
        if (!each.at || !column(names, *each.at)) return unreadable;
    Lines read;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        auto const& cells = rows[i];
        auto who = cells.empty() ? "" : trimmed(cells[*key]);
        auto fields = who.empty() ? std::nullopt : fields_of(endpoint.answer, names, cells);
        bool const gone = operation && !who.empty() && trimmed(cells[*operation]) == "D";
        if (!fields && !gone) {
            ++read.failed;
            continue;
        }
        read.lines.push_back({line_blind(sealer, endpoint.resource, who),
                              std::move(fields).value_or(json::object{}),
                              gone ? Line::What::drop : Line::What::put});
    }
    if (read.failed * wrong_share_max > rows.size())
        return Error{ErrorKind::invalid, "answer_has_a_wrong_value", "名单里读不懂的行太多。"};
    return read;
}

Result<void> write_lines(store::Store& store, Endpoint const& endpoint, std::string const& batch,
                         Lines const& read) {
    auto const& resource = endpoint.resource;
    auto now = store.clock().now();
    for (std::size_t from = 0; from < read.lines.size(); from += lines_in_a_transaction) {
        auto tx = TRY(store.begin());
        auto to = std::min(from + lines_in_a_transaction, read.lines.size());
        for (auto at = from; at < to; ++at) {
            auto const& line = read.lines[at];
            if (endpoint.list->mode == ListMode::changes)
                tx->write(sql::drop_lines_of, resource, batch, line.blind);
            if (line.what == Line::What::drop) continue;
            auto id = make_id(now);
            tx->write(sql::insert_line, resource, batch, line.blind, id,
                      seal_line(store.sealer(), id, line.fields));
        }
        TRY(tx->commit());
    }
    return {};
}

std::string batch_for(Endpoint const& endpoint, std::vector<ListState> const& known, Instant now) {
    for (auto const& list : known)
        if (list.resource == endpoint.resource && endpoint.list->mode == ListMode::changes &&
            !list.batch.empty())
            return list.batch;
    return make_id(now);
}
}  // namespace

Result<void> Exchange::State::pull(std::string const& resource) {
    auto catalogue = catalogue_.load();
    auto const* known = catalogue->resource(resource);
    auto const* endpoint = known == nullptr ? nullptr : catalogue->endpoint(*known);
    if (endpoint == nullptr || !endpoint->list) return {};  // a later pack no longer has it
    auto const& connector = *catalogue->connector(known->source);
    auto failed = [&](std::string const& why) -> Result<void> {
        auto tx = TRY(store_.begin());
        tx->write(sql::note_list_failure, resource, why);
        return tx->commit();
    };
    auto base = base_of(connector, address_);
    if (base.empty()) return failed("address_is_not_set");
    auto call = make_call(connector, *endpoint, base, {});
    call.deadline_ms = pull_deadline_ms;
    client::sign(call, {connector.scheme, connector.key_id, key_of(connector)}, clock_.now(),
                 make_id(clock_.now()));
    auto reply = client_.ask(std::move(call));
    if (reply.failure == "stopped") return stopping();
    if (!reply.answered() || reply.status != 200) {
        auto why = map_reply(*endpoint, {}, reply).why;
        return failed(why.empty() ? "answer_cannot_be_read" : why);
    }
    auto read = read_lines(*endpoint, reply.body, store_.sealer());
    if (!read.ok()) return failed(read.error().code);
    auto lists = [&]() -> Result<std::vector<ListState>> {
        auto reader = TRY(store_.reader());
        return load_lists(*reader);
    }();
    auto now = clock_.now();
    auto batch = batch_for(*endpoint, TRY(std::move(lists)), now);
    TRY(write_lines(store_, *endpoint, batch, *read));
    auto tx = TRY(store_.begin());
    auto counted = TRY(tx->rows(sql::count_lines, resource, batch));
    tx->write(sql::save_list, resource, batch, counted[0].integer("line_count"),
              static_cast<std::int64_t>(read->failed), now, now);
    tx->write(sql::drop_other_lines, resource, batch);
    tx->audit({"system:exchange", "exchange.pull_list", resource, {{"lines", read->lines.size()}}});
    return tx->commit();
}

}  // namespace tongban::exchange
