#include <algorithm>

#include "cases/desk.h"

namespace tongban::cases {

namespace {

constexpr std::string_view first_day = "0000-00-00";
constexpr char const* nobody = "-";  // a role that none has
constexpr std::string_view last_day = "9999-12-31";

/// A window's queue looks at one state of the own hall; a post's at what one role of the own body has on the
/// table; the head's at what waits for the head's word.
struct Ask {
    enum class Of { hall, post, head, nothing } of = Of::nothing;
    std::string where, what;  ///< hall and state, or body and role
    std::string special;      ///< of a post: the role whose special steps lie there too
    std::string from{first_day}, until{last_day};
};

std::string next_working_day(Ground const& ground) {
    return to_text(due_after(ground.picture->calendar(), ground.day(), {1, LimitUnit::working_day}).day);
}

Ask ask_for(Actor const& by, api::QueueName name, Ground const& ground) {
    bool window = has_role(by, "clerk");
    bool reviews = has_role(by, "reviewer"), inspects = has_role(by, "inspector");
    bool post = reviews || inspects || has_role(by, "head");
    Ask hall{Ask::Of::hall, by.hall.text, "", nobody, std::string(first_day), std::string(last_day)};
    // The head sees what is urgent for whoever reviews.
    Ask body{Ask::Of::post,
             by.body.text,
             reviews || has_role(by, "head") ? "reviewer" : nobody,
             inspects ? "inspector" : nobody,
             std::string(first_day),
             std::string(last_day)};
    switch (name) {
        case api::QueueName::to_receive:
            hall.what = "submitted";
            return window ? hall : Ask{};
        case api::QueueName::to_serve:
            hall.what = "issued";
            return window ? hall : Ask{};
        case api::QueueName::to_accept:
            hall.what = "received";
            return window ? hall : Ask{};
        case api::QueueName::to_correct:
            hall.what = "correction";
            return window ? hall : Ask{};
        case api::QueueName::to_issue:
            hall.what = "approved";
            return window ? hall : Ask{};
        case api::QueueName::to_review:
            return reviews || inspects ? body : Ask{};
        case api::QueueName::to_extend:
            body.of = Ask::Of::head;
            return has_role(by, "head") ? body : Ask{};
        default:
            break;
    }
    Ask urgent = post ? body : hall;
    if (!post) urgent.what = "received";
    if (!post && !window) return {};
    auto today = to_text(ground.day());
    if (name == api::QueueName::near_due) {
        urgent.from = today;
        urgent.until = next_working_day(ground);
    } else {
        urgent.until = to_text(ground.day() - std::chrono::days{1});
    }
    return urgent;
}

Result<std::int64_t> count(Reader& reader, Ask const& ask, std::string_view item) {
    store::Rows rows;
    switch (ask.of) {
        case Ask::Of::nothing:
            return std::int64_t{0};
        case Ask::Of::hall:
            rows = TRY(reader.rows(sql::count_of_hall, ask.where, ask.what, ask.from, ask.until, item));
            break;
        case Ask::Of::post:
            rows = TRY(
                reader.rows(sql::count_of_post, ask.where, ask.what, ask.from, ask.until, item, ask.special));
            break;
        case Ask::Of::head:
            rows = TRY(reader.rows(sql::count_of_head, ask.where, item));
            break;
    }
    return rows[0].integer("n");
}

/// 现场核查待安排, 现场核查中; empty when no special step is due.
std::string special_words(Case const& found, catalog::Item const& item, Language language) {
    if (found.special_role.empty() && !found.special) return {};
    bool zh = language == Language::zh;
    for (auto const& step : item.special_steps) {
        bool passed = std::find(found.special_passed.begin(), found.special_passed.end(), step.key) !=
                      found.special_passed.end();
        if (passed || (found.special && found.special->step != step.key)) continue;
        auto name = zh || step.name.en.empty() ? step.name.zh : step.name.en;
        if (found.special) return name + (zh ? "中" : " under way");
        return name + (zh ? "待安排" : " to be planned");
    }
    return {};
}

}  // namespace

std::string stage_words(Case const& found, catalog::Item const& item, Language language) {
    bool zh = language == Language::zh;
    switch (found.state) {
        case State::submitted:
            return zh ? "待收件" : "Papers to be brought";
        case State::issued:
            return collection_words(found.collection, language);
        case State::received:
            return zh ? "待受理" : "To accept";
        case State::correction:
            return zh ? "待补正" : "To be corrected";
        case State::approved:
            return found.trouble.empty() ? (zh ? "制证" : "Being made")
                                         : (zh ? "制证受阻" : "Making blocked");
        case State::accepted: {
            if (auto special = special_words(found, item, language); !special.empty()) return special;
            auto flow = flow_of(item);
            bool known = flow.ok() && found.review_step < static_cast<int>(flow->size());
            auto name = known ? step_name(item, static_cast<std::size_t>(found.review_step), language)
                              : std::string(zh ? "审查" : "Review");
            if (found.extension_asked > 0) name += zh ? "，待批延期" : ", extension asked";
            return name;
        }
        case State::concluded:
            return zh ? "已办结" : "Concluded";
        case State::denied:
            if (!zh) return "Refused";
            return item.type == catalog::ItemType::permit ? "不予许可" : "不予办理";
        case State::not_accepted:
            return zh ? "不予受理" : "Not accepted";
        case State::withdrawn:
            break;
    }
    if (waited_in_vain(found) == WaitedFor::nothing) return zh ? "申请人已撤回" : "Withdrawn";
    return zh ? "逾期未补，视为撤回" : "Lapsed: counts as withdrawn";
}

namespace {

Result<api::QueueRow> row_view(Rooms& rooms, store::Row const& row, Language language) {
    auto found = read_case(row);
    auto ground = TRY(ground_for(rooms, found.item, found.item_version));
    auto name = TRY(open_name(rooms.store.sealer(), found.id, row.bytes("applicant_name")));
    api::QueueRow view;
    view.case_no = found.case_no;
    view.short_no = short_number(found.case_no);
    view.item = found.item.text;
    view.item_name = item_name(found, ground, language);
    view.applicant = masked_applicant(*ground.item, {{}, name, {}, {}}).name;
    view.step = stage_words(found, *ground.item, language);
    view.source = channel_words(found.channel, language);
    view.received_at = to_text(found.received_at);
    view.state = MUST(api::read_state(to_text(found.state)));
    auto clock = running_clock(found, ground.limits);
    if (clock.kind != ClockKind::none) view.due = due_view(clock.due);
    view.lamp = lamp_view(found, ground, language);
    view.version = found.version;
    return view;
}

/// `2026-10-16|01jc…` : where the page before ended.
std::pair<std::string, std::string> read_cursor(std::string_view after) {
    auto cut = after.find('|');
    if (cut == std::string_view::npos) return {std::string(first_day), ""};
    return {std::string(after.substr(0, cut)), std::string(after.substr(cut + 1))};
}

Result<store::Rows> rows_of(Reader& reader, Ask const& ask, std::string_view item, std::string_view after) {
    auto [day, id] = read_cursor(after);
    if (ask.of == Ask::Of::head) return reader.rows(sql::queue_of_head, ask.where, item, day, id);
    if (ask.of == Ask::Of::hall)
        return reader.rows(sql::queue_of_hall, ask.where, ask.what, ask.from, ask.until, item, day, id);
    return reader.rows(sql::queue_of_post, ask.where, ask.what, ask.from, ask.until, item, day, id,
                       ask.special);
}

constexpr std::size_t page_size = 50;

Result<api::Queue> page(Rooms& rooms, store::Rows const& rows, Language language) {
    api::Queue queue;
    for (auto row : rows) {
        if (queue.rows.size() == page_size) {
            auto const last = rows[page_size - 1];
            queue.next = last.text("due") + "|" + last.text("id");
            break;
        }
        queue.rows.push_back(TRY(row_view(rooms, row, language)));
    }
    queue.total = static_cast<std::int64_t>(queue.rows.size());
    return queue;
}

Ground plain_ground(Rooms& rooms) {
    Ground ground;
    ground.picture = rooms.org.picture();
    ground.now = rooms.clock.now();
    return ground;
}

}  // namespace

bool has_role(Actor const& by, std::string_view role) {
    return std::find(by.roles.begin(), by.roles.end(), role) != by.roles.end();
}

Result<api::Queues> Desk::queues(Actor const& by) {
    using enum api::QueueName;
    auto ground = plain_ground(rooms_);
    auto reader = TRY(rooms_.store.reader());
    std::vector<api::QueueName> names;
    if (has_role(by, "clerk")) names = {to_receive, to_accept, to_correct, to_issue, to_serve};
    if (has_role(by, "reviewer") || has_role(by, "inspector")) names.push_back(to_review);
    if (has_role(by, "head")) names.push_back(to_extend);
    if (!names.empty()) names.insert(names.end(), {near_due, overdue});
    api::Queues all;
    for (auto name : names) all.queues.push_back({name, TRY(count(*reader, ask_for(by, name, ground), ""))});
    return all;
}

Result<api::Queue> Desk::queue(Actor const& by, api::QueueName name, std::string_view item,
                               std::string_view after, Language language) {
    auto ask = ask_for(by, name, plain_ground(rooms_));
    if (ask.of == Ask::Of::nothing) return api::Queue{};
    auto reader = TRY(rooms_.store.reader());
    auto rows = TRY(rows_of(*reader, ask, item, after));
    auto shown = TRY(page(rooms_, rows, language));
    shown.total = TRY(count(*reader, ask, item));
    return shown;
}

Result<api::Queue> Desk::search(Actor const& by, std::string_view asked, Language language) {
    auto text = trimmed(asked);
    auto const& sealer = rooms_.store.sealer();
    auto reader = TRY(rooms_.store.reader());
    store::Rows rows;
    if (auto number = read_case_number(text); number.ok())
        rows = TRY(reader->rows(sql::find_by_number, *number));
    else if (auto id = read_id_number(text, rooms_.clock.today()); id.ok())
        rows = TRY(reader->rows(sql::find_by_id_number, sealer.blind("cases_party.id_number", id->text)));
    else if (auto phone = read_phone(text); phone.ok())
        rows = TRY(reader->rows(sql::find_by_phone, sealer.blind("cases_party.phone", *phone)));
    else if (text.size() == 12 && text[4] == '-')
        rows = TRY(reader->rows(sql::find_by_short_number, text));
    else if (!text.empty())
        rows = TRY(reader->rows(sql::find_by_name, sealer.blind("cases_party.name", text)));
    api::Queue found;
    for (auto row : rows)
        if (in_scope(*reader, by, row.text("case_no")).ok())
            found.rows.push_back(TRY(row_view(rooms_, row, language)));
    found.total = static_cast<std::int64_t>(found.rows.size());
    return found;
}

}  // namespace tongban::cases
