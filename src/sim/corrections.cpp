#include "sim/corrections.h"

#include <algorithm>

#include "sim/numbers.h"

namespace tongban::sim {

namespace {

std::string text_at(json::object const& object, std::string_view key) {
    auto const* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

/// `{"$date":"2026-10-15"}` and `{"$number":"0.5"}` as our registers hold them.
Json as_held(Json const& stated) {
    if (!stated.is_object()) return stated;
    if (auto day = text_at(stated.as_object(), "$date"); !day.empty()) return Json(day);
    if (auto number = text_at(stated.as_object(), "$number"); !number.empty()) {
        auto read = read_json(number);
        return read.ok() ? *read : Json(number);
    }
    return stated;
}

}  // namespace

Result<std::string> Corrections::open(std::string const& source, json::object const& given) {
    Ticket ticket{.ref = {}, .source = source, .ticket = text_at(given, "ticket")};
    ticket.resource = text_at(given, "resource");
    ticket.field = text_at(given, "field");
    ticket.note = text_at(given, "note");
    ticket.at = clock_.now();
    auto const* asked = given.if_contains("asked");
    auto const* stated = given.if_contains("stated");
    if (ticket.ticket.empty() || ticket.field.empty() || asked == nullptr || !asked->is_object() ||
        stated == nullptr) {
        return Error{ErrorKind::bad_request, "ticket_is_malformed", "请求参数有误"};
    }
    for (auto const& [name, value] : asked->as_object()) {
        if (value.is_string()) ticket.asked.emplace(name, value.as_string());
    }
    ticket.stated = as_held(*stated);
    std::lock_guard const lock(mutex_);
    for (auto const& [ref, known] : tickets_) {
        if (known.source == source && known.ticket == ticket.ticket) return ref;
    }
    ticket.ref = source + "-" + padded(++last_, 6);
    auto ref = ticket.ref;
    tickets_.emplace(ref, std::move(ticket));
    return ref;
}

void Corrections::settle(Ticket& ticket, Verdict verdict, std::string words) {
    ticket.state = verdict == Verdict::mended ? "mended" : "rejected";
    ticket.answer = std::move(words);
}

void Corrections::answer_what_is_due() {
    auto now = clock_.now();
    for (auto& [ref, ticket] : tickets_) {
        if (ticket.state != "open" || now.ms - ticket.at.ms < wait_ * std::int64_t{1000}) continue;
        // A list cannot be mended by one word: the household's members, say.
        bool simple = !ticket.stated.is_array() && !ticket.stated.is_object();
        settle(ticket, simple ? Verdict::mended : Verdict::rejected,
               simple ? "已核实，按您说的改了。" : "需要您带证件到窗口核实后才能改。");
    }
}

std::optional<Ticket> Corrections::find(std::string const& source, std::string const& ref) {
    std::lock_guard const lock(mutex_);
    answer_what_is_due();
    auto found = tickets_.find(ref);
    if (found == tickets_.end() || found->second.source != source) return std::nullopt;
    return found->second;
}

bool Corrections::answer(std::string const& ref, Verdict verdict, std::string const& words) {
    std::lock_guard const lock(mutex_);
    auto found = tickets_.find(ref);
    if (found == tickets_.end() || found->second.state != "open") return false;
    auto own = verdict == Verdict::mended ? "已核实，按您说的改了。" : "经核实，登记无误。";
    settle(found->second, verdict, words.empty() ? own : words);
    return true;
}

std::vector<Ticket> Corrections::all() {
    std::lock_guard const lock(mutex_);
    answer_what_is_due();
    std::vector<Ticket> out;
    for (auto const& [ref, ticket] : tickets_) out.push_back(ticket);
    std::ranges::sort(out, [](Ticket const& a, Ticket const& b) { return a.at > b.at; });
    return out;
}

void Corrections::mend(std::string_view resource, Parameters const& asked, json::object& record) {
    std::lock_guard const lock(mutex_);
    answer_what_is_due();
    for (auto const& [ref, ticket] : tickets_) {
        if (ticket.state != "mended" || ticket.resource != resource || ticket.asked != asked) continue;
        record[ticket.field] = ticket.stated;
    }
}

void Corrections::reset() {
    std::lock_guard const lock(mutex_);
    tickets_.clear();
}

}  // namespace tongban::sim
