#include "notify/sms.h"

namespace tongban::notify {

namespace {
constexpr std::string_view sms_place = "notify_sms.sealed";
/// News older than this is no news; the message in the app is there anyway.
constexpr std::chrono::hours message_is_news{24};
constexpr std::chrono::hours receipt_may_come{24};
constexpr std::chrono::days kept_for_operators{90};
/// A gateway that fails in a row is left alone, so that other slow work does not wait for its deadlines.
constexpr int failures_max = 3;
constexpr std::chrono::seconds pause{30};
constexpr std::size_t page = 50;
constexpr std::chrono::minutes clock_difference_max{5};

struct Words {
    std::string_view code, zh, en;
};
constexpr std::array<Words, 6> reasons{
    {{"gateway_does_not_answer", "短信网关没有答复", "the gateway does not answer"},
     {"gateway_has_an_error", "短信网关报错", "the gateway reports an error"},
     {"gateway_refuses", "短信网关拒绝发送", "the gateway refuses"},
     {"phone_is_missing", "没有手机号", "there is no phone number"},
     {"not_delivered", "没有送达手机", "did not reach the phone"},
     {"too_late", "过了时效，不再发送", "too late to be of use"}}};

std::optional<std::string> why_text(std::string_view code, Language language) {
    for (auto const& words : reasons)
        if (words.code == code) return std::string(language == Language::en ? words.en : words.zh);
    return std::nullopt;
}

Error not_yet(char const* code) {
    return {ErrorKind::unavailable, code, "短信还没有发出，稍后自动再发。"};
}

std::optional<SmsState> read_state(std::string_view text) {
    for (auto state :
         {SmsState::waiting, SmsState::sent, SmsState::delivered, SmsState::failed, SmsState::given_up})
        if (to_text(state) == text) return state;
    return std::nullopt;
}
}  // namespace

std::string_view to_text(SmsState state) {
    switch (state) {
        case SmsState::waiting:
            return "waiting";
        case SmsState::sent:
            return "sent";
        case SmsState::delivered:
            return "delivered";
        case SmsState::failed:
            return "failed";
        case SmsState::given_up:
            break;
    }
    return "given_up";
}

void Sms::add(store::Tx& tx, std::string const& id, PersonId const& person, std::string const& key,
              std::string const& kind, json::object const& sealed, Instant until) const {
    tx.write(sql::add_sms, id, person.text, key, kind,
             store_.sealer().seal(sms_place, id, to_text(Json(sealed))), clock_.now(), until);
    tx.emit({"notify.sms_waiting", id, {{"sms", id}}});
}

void Sms::send(store::Tx& tx, Message const& message, std::string const& text) {
    if (text.empty() || !is_connected()) return;
    auto now = clock_.now();
    auto written = write_out({"", text}, message.values, Language::zh, beijing_day(now));
    add(tx, make_id(now), message.to, message.key, message.kind, {{"text", written.text}},
        now + message_is_news);
}

Result<std::string> Sms::send_code(store::Tx& tx, Code const& code) {
    auto present = gateway();
    auto text = present ? present->codes.find(code.kind) : decltype(present->codes.end()){};
    if (!is_connected() || text == present->codes.end())
        return Error{ErrorKind::unavailable, "sms_is_not_available", "这里还不能发短信，请换一种方式。"};
    auto now = clock_.now();
    auto minutes = std::max<std::int64_t>(1, (code.until.ms - now.ms) / 60'000);
    auto written = fill(text->second, [&](std::string_view name) {
        return name == "code" ? code.code : std::to_string(minutes);
    });
    auto id = make_id(now);
    add(tx, id, code.person, "code:" + id, "code." + code.kind, {{"text", written}, {"phone", code.phone}},
        code.until);
    return id;
}

Result<SmsState> Sms::state(store::Reader& reader, std::string_view id) const {
    auto rows = TRY(reader.rows(sql::load_sms, id));
    if (rows.empty()) return Error{ErrorKind::not_found, "sms_is_unknown", "没有这条短信。"};
    return read_state(rows[0].text("state")).value_or(SmsState::failed);
}

bool Sms::is_paused() const {
    std::scoped_lock lock(mutex_);
    return paused_until_ && clock_.now() < *paused_until_;
}

Result<void> Sms::done(std::string const& id, SmsState state, std::string const& why) const {
    auto tx = TRY(store_.begin());
    tx->write(sql::sms_done, id, to_text(state), why, clock_.now());
    return tx->commit();
}

Result<void> Sms::tried(std::string const& id, std::string const& why) {
    auto now = clock_.now();
    {
        std::scoped_lock lock(mutex_);
        failure_ = why;
        if (!failing_since_) failing_since_ = now;
        if (++failures_ >= failures_max) paused_until_ = now + pause;
    }
    auto tx = TRY(store_.begin());
    tx->write(sql::sms_tried, id, why);
    return tx->commit();
}

Result<std::optional<std::string>> Sms::phone_for(store::Row const& row, json::object const& opened,
                                                  store::Reader& reader) const {
    if (auto const* given = opened.if_contains("phone"); given != nullptr && !given->as_string().empty())
        return std::optional<std::string>(std::string(given->as_string()));
    auto person = line_->identity.person(reader, row.id<PersonId>("person"));
    if (!person.ok() || person->phone.empty()) return std::optional<std::string>();
    return std::optional<std::string>(person->phone);
}

Result<void> Sms::hand_over(std::string const& id) {
    auto present = gateway();
    json::object body;
    {
        auto reader = TRY(store_.reader());
        auto rows = TRY(reader->rows(sql::load_sms, id));
        if (rows.empty() || rows[0].text("state") != "waiting") return {};
        auto row = rows[0];
        auto text = TRY(store_.sealer().open_sealed(sms_place, id, row.bytes("sealed")));
        auto opened = TRY(read_json(text));
        auto phone = TRY(phone_for(row, opened.as_object(), *reader));
        auto late = clock_.now() > row.instant("until_at");
        reader.reset();
        if (late) return done(id, SmsState::given_up, "too_late");
        if (!phone) return done(id, SmsState::failed, "phone_is_missing");
        body = {{"id", id}, {"phone", *phone}, {"text", opened.at("text")}};
    }
    if (!is_connected()) return not_yet("sms_is_not_available");
    if (is_paused()) return not_yet("gateway_is_paused");
    body["sign"] = present->sender;
    if (!present->callback.empty()) body["callback"] = address_of(present->callback);
    client::Call call;
    call.method = "POST";
    call.url = address_of(present->url);
    call.headers = {{"Content-Type", "application/json"}};
    call.body = to_text(Json(body));
    call.deadline_ms = present->deadline_ms;
    client::sign(call, signing(*present), clock_.now(), make_id(clock_.now()));
    auto reply = line_->client.ask(std::move(call));
    if (reply.failure == "stopped") return not_yet("program_stopped");
    bool const ours = reply.status == 401 || reply.status == 403 || reply.status == 429;
    if (reply.answered() && reply.status >= 400 && reply.status < 500 && !ours)
        return done(id, SmsState::failed, "gateway_refuses");
    if (!reply.answered() || reply.status < 200 || reply.status > 299) {
        auto const* why = reply.answered() ? "gateway_has_an_error" : "gateway_does_not_answer";
        TRY(tried(id, why));
        return not_yet(why);
    }
    {
        std::scoped_lock lock(mutex_);
        failures_ = 0;
        failure_.clear();
        failing_since_.reset();
        paused_until_.reset();
    }
    auto tx = TRY(store_.begin());
    tx->write(sql::sms_sent, id, clock_.now());
    return tx->commit();
}

Result<void> Sms::receipts_due(store::Tx& tx) const {
    auto present = gateway();
    if (!is_connected() || present->receipts.empty()) return {};
    auto waiting = TRY(tx.rows(sql::sms_without_receipt, clock_.now() - receipt_may_come));
    if (!waiting.empty()) tx.emit({"notify.receipts_due", "notify.receipts", {}});
    return {};
}

Result<void> Sms::ask_receipts() {
    auto present = gateway();
    if (!is_connected() || is_paused()) return {};
    std::vector<std::string> ids;
    {
        auto reader = TRY(store_.reader());
        for (auto const& row : TRY(reader->rows(sql::sms_without_receipt, clock_.now() - receipt_may_come)))
            ids.push_back(row.text("id"));
    }
    for (auto const& id : ids) {
        client::Call call;
        call.url = address_of(fill(present->receipts, [&](std::string_view) { return id; }));
        call.deadline_ms = present->deadline_ms;
        client::sign(call, signing(*present), clock_.now(), make_id(clock_.now()));
        auto reply = line_->client.ask(std::move(call));
        if (!reply.answered() || reply.status >= 500) return {};  // the next round asks again
        auto receipt = reply.status == 200 ? read_json(reply.body) : Result<Json>(Json());
        auto const* state =
            receipt.ok() && receipt->is_object() ? receipt->get_object().if_contains("state") : nullptr;
        if (state == nullptr || !state->is_string()) continue;
        if (state->get_string() == "delivered") TRY(done(id, SmsState::delivered, ""));
        if (state->get_string() == "failed") TRY(done(id, SmsState::failed, "not_delivered"));
    }
    return {};
}

Result<void> Sms::take_receipt(http::Request const& request) {
    Error const wrong{ErrorKind::unauthenticated, "signature_is_wrong", "签名不对。"};
    auto present = gateway();
    if (!is_connected() || present->scheme == client::Scheme::none) return wrong;
    auto timestamp = request.header("X-Timestamp");
    Instant at{std::strtoll(timestamp.c_str(), nullptr, 10)};
    auto difference = std::chrono::milliseconds{std::abs(clock_.now().ms - at.ms)};
    client::Call as_if;
    as_if.method = "POST";
    as_if.url = "http://gateway" + request.path;
    as_if.body = request.body;
    auto key = signing(*present);
    client::sign(as_if, key, at, request.header("X-Nonce"));
    bool proven = !key.key.empty();
    for (auto const& [name, value] : as_if.headers)
        if (name == "X-Sign" || name == "X-SM3" || name == "Authorization")
            proven = proven && equal_in_constant_time(request.header(name), value);
    if (present->scheme != client::Scheme::bearer) proven = proven && difference <= clock_difference_max;
    if (!proven) return wrong;
    auto receipt = TRY(api::read_sms_receipt(request.body));
    {
        auto reader = TRY(store_.reader());
        TRY(state(*reader, receipt.id));
    }
    if (receipt.state == api::ReceiptState::delivered) return done(receipt.id, SmsState::delivered, "");
    if (receipt.state == api::ReceiptState::failed)
        return done(receipt.id, SmsState::failed, "not_delivered");
    return {};
}

void Sms::erase_old(store::Tx& tx) const {
    tx.write(sql::erase_old_sms, clock_.now() - kept_for_operators);
}

Result<api::Sms> Sms::shown(store::Reader& reader, store::Row const& row, Language language) const {
    api::Sms out;
    out.id = row.text("id");
    out.at = to_text(row.instant("made_at"));
    out.kind = row.text("kind");
    auto person = line_->identity.person(reader, row.id<PersonId>("person"));
    if (person.ok()) out.person = mask_name(person->name);
    out.state = TRY(api::read_sms_state(row.text("state")));
    out.tries = row.integer("tries");
    out.failure_text = why_text(row.text("failure"), language);
    if (auto at = row.maybe_instant("done_at")) out.done_at = to_text(*at);
    return out;
}

Result<SmsStanding> Sms::standing(store::Reader& reader) const {
    SmsStanding out;
    auto rows = TRY(reader.rows(sql::gateway));
    if (rows.empty() || !line_) return out;
    auto kept = TRY(read_gateway(rows[0].text("definition")));
    out.has_gateway = true;
    out.has_address = !address_of(kept.url).empty();
    out.has_key = kept.scheme == client::Scheme::none || !signing(kept).key.empty();
    auto counted = TRY(reader.rows(sql::sms_standing, clock_.now() - std::chrono::hours{24}));
    auto row = counted[0];
    out.waiting = row.integer("waiting");
    out.failing = row.integer("failing");
    out.waiting_since = row.maybe_instant("waiting_since");
    auto failure = row.maybe_text("failure").value_or("");
    out.failure = why_text(failure, Language::zh).value_or("");
    out.failure_en = why_text(failure, Language::en).value_or("");
    out.sent_day = row.integer("sent_day");
    out.failed_day = row.integer("failed_day");
    return out;
}

Result<api::SmsList> Sms::list(std::string const& after, Language language) const {
    api::SmsList out;
    auto present = gateway();
    out.gateway.connected = is_connected();
    out.gateway.demo = present && present->demo;
    {
        std::scoped_lock lock(mutex_);
        out.gateway.failure_text = why_text(failure_, language);
        if (failing_since_) out.gateway.failing_since = to_text(*failing_since_);
    }
    if (!line_) return out;
    auto reader = TRY(store_.reader());
    auto counted = TRY(reader->rows(sql::count_waiting_sms));
    out.waiting = counted[0].integer("waiting");
    out.failing = counted[0].integer("failing");
    auto rows = TRY(reader->rows(sql::sms_page, after.empty() ? std::string("~") : after));
    for (std::size_t i = 0; i < std::min(rows.size(), page); ++i)
        out.messages.push_back(TRY(shown(*reader, rows[i], language)));
    if (rows.size() > page) out.next = rows[page - 1].text("id");
    return out;
}

}  // namespace tongban::notify
