#include "sim/sms.h"

#include <algorithm>

namespace tongban::sim {

namespace {

constexpr std::size_t messages_most = 2000;

std::string text_at(json::object const& object, std::string_view key) {
    auto const* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

}  // namespace

SmsGateway::SmsGateway(Clock const& clock, client::Client& client, Switches const& switches,
                       client::Signing signing, int receipt_after_ms)
    : clock_(clock),
      client_(client),
      switches_(switches),
      signing_(std::move(signing)),
      wait_(receipt_after_ms),
      thread_([this] { post_receipts(); }) {}

SmsGateway::~SmsGateway() {
    stop();
}

void SmsGateway::stop() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    came_.notify_all();
    if (thread_.joinable()) thread_.join();
}

Result<void> SmsGateway::take(json::object const& given) {
    Sms message{text_at(given, "id"), text_at(given, "phone"), text_at(given, "text"), text_at(given, "sign"),
                text_at(given, "callback")};
    if (message.id.empty() || message.text.empty() || !read_phone(message.phone).ok()) {
        return Error{ErrorKind::bad_request, "message_is_malformed", "请求参数有误"};
    }
    message.at = clock_.now();
    {
        std::lock_guard const lock(mutex_);
        bool known = std::ranges::any_of(messages_, [&](Sms const& each) { return each.id == message.id; });
        if (known) return {};
        waiting_.emplace_back(std::chrono::steady_clock::now() + wait_, message.id);
        messages_.push_front(std::move(message));
        if (messages_.size() > messages_most) messages_.pop_back();
    }
    came_.notify_all();
    return {};
}

std::optional<Sms> SmsGateway::find(std::string const& id) const {
    std::lock_guard const lock(mutex_);
    auto found = std::ranges::find(messages_, id, &Sms::id);
    return found == messages_.end() ? std::nullopt : std::optional(*found);
}

std::vector<Sms> SmsGateway::messages(std::string const& phone) const {
    std::lock_guard const lock(mutex_);
    std::vector<Sms> out;
    for (auto const& each : messages_) {
        if (phone.empty() || each.phone == phone) out.push_back(each);
    }
    return out;
}

void SmsGateway::reset() {
    std::lock_guard const lock(mutex_);
    messages_.clear();
    waiting_.clear();
}

void SmsGateway::post_receipts() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (waiting_.empty()) {
            came_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
            continue;
        }
        auto [due, id] = waiting_.front();
        if (std::chrono::steady_clock::now() < due) {
            came_.wait_until(lock, due);
            continue;
        }
        waiting_.pop_front();
        auto found = std::ranges::find(messages_, id, &Sms::id);
        if (found == messages_.end()) continue;
        auto pressed = switches_.for_call("sms", {});
        bool lost = pressed.mode == Mode::none;
        found->state = lost ? "failed" : "delivered";
        found->why = lost ? "号码不在服务区" : "";
        auto message = *found;
        lock.unlock();
        post(message);
        if (pressed.mode == Mode::twice) post(message);
        lock.lock();
    }
}

void SmsGateway::post(Sms const& message) {
    if (message.callback.empty()) return;
    json::object receipt{{"id", message.id}, {"state", message.state}};
    if (!message.why.empty()) receipt["why"] = message.why;
    client::Call call{.method = "POST", .url = message.callback};
    call.headers.emplace_back("Content-Type", "application/json");
    call.body = to_text(receipt);
    client::sign(call, signing_, clock_.now(), random_code(16));
    client_.start(std::move(call), [](client::Reply const&) {});
}

}  // namespace tongban::sim
