#include "client/client.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace tongban::client {

namespace {
constexpr std::size_t headers_bytes_max = 64 * 1024;
constexpr long connections_per_host_max = 64;
constexpr long connections_max = 512;
constexpr int longest_sleep_ms = 1000;

struct EasyEnd {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListEnd {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

bool same_name(std::string_view a, std::string_view b) {
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

/// One call on its way. Curl keeps pointers into it.
struct Running {
    Call call;
    Client::Done done;
    Reply reply{};
    std::unique_ptr<CURL, EasyEnd> handle{};
    std::unique_ptr<curl_slist, ListEnd> headers{};
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    std::size_t header_bytes = 0;
    bool too_large = false;

    [[nodiscard]] int elapsed_ms() const {
        auto passed = std::chrono::steady_clock::now() - began;
        return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(passed).count());
    }
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* at) {
    auto& running = *static_cast<Running*>(at);
    if (running.reply.body.size() + count > running.call.answer_bytes_max) {
        running.too_large = true;
        return 0;
    }
    running.reply.body.append(bytes, count);
    return count;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* at) {
    auto& running = *static_cast<Running*>(at);
    running.header_bytes += count;
    if (running.header_bytes > headers_bytes_max) {
        running.too_large = true;
        return 0;
    }
    std::string_view line(bytes, count);
    if (line.starts_with("HTTP/")) running.reply.headers.clear();  // an interim answer (RFC 9110, 15.2) ended
    auto colon = line.find(':');
    if (colon != std::string_view::npos && !line.starts_with("HTTP/"))
        running.reply.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    return count;
}

std::string failure_of(CURLcode code, bool too_large) {
    if (too_large) return "too_large";
    switch (code) {
        case CURLE_OK:
            return "";
        case CURLE_OPERATION_TIMEDOUT:
            return "timed_out";
        case CURLE_FILESIZE_EXCEEDED:
            return "too_large";
        case CURLE_URL_MALFORMAT:
            return "address_is_wrong";
        case CURLE_COULDNT_CONNECT:
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_GOT_NOTHING:
            return "no_connection";
        default:
            return "broken_answer";
    }
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
    ensure(curl_easy_setopt(handle, option, value) == CURLE_OK, "this libcurl knows the option");
}

void prepare(Running& running) {
    auto const& call = running.call;
    running.handle.reset(curl_easy_init());
    ensure(running.handle != nullptr, "there is memory for a call");
    auto* handle = running.handle.get();
    for (auto const& [name, value] : call.headers)
        running.headers.reset(curl_slist_append(running.headers.release(), (name + ": " + value).c_str()));
    // Nobody we ask needs to be asked first whether he wants the body.
    running.headers.reset(curl_slist_append(running.headers.release(), "Expect:"));
    set(handle, CURLOPT_URL, call.url.c_str());
    set(handle, CURLOPT_HTTPHEADER, running.headers.get());
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle, CURLOPT_PROXY, "");
    set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(handle, CURLOPT_USERAGENT, "tongban");
    set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(std::max(1, call.deadline_ms)));
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::max(1, call.deadline_ms)));
    set(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(call.answer_bytes_max));
    set(handle, CURLOPT_WRITEFUNCTION, take_body);
    set(handle, CURLOPT_WRITEDATA, &running);
    set(handle, CURLOPT_HEADERFUNCTION, take_header);
    set(handle, CURLOPT_HEADERDATA, &running);
    if (call.method == "GET" && call.body.empty()) return;
    set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    set(handle, CURLOPT_POSTFIELDS, call.body.c_str());
    set(handle, CURLOPT_CUSTOMREQUEST, call.method.c_str());
}

void finish(Running& running, std::string failure) {
    auto reply = std::move(running.reply);
    reply.ms = running.elapsed_ms();
    if (!failure.empty()) reply = {0, {}, {}, std::move(failure), reply.ms};
    running.done(std::move(reply));
}

bool can_be_sent(Call const& call) {
    auto clean = [](std::string const& text) { return text.find_first_of("\r\n") == std::string::npos; };
    return (call.url.starts_with("http://") || call.url.starts_with("https://")) && clean(call.url) &&
           clean(call.method) &&
           std::all_of(call.headers.begin(), call.headers.end(),
                       [&](auto const& header) { return clean(header.first) && clean(header.second); });
}
}  // namespace

std::string Reply::header(std::string_view name) const {
    for (auto const& [each, value] : headers)
        if (same_name(each, name)) return value;
    return "";
}

struct Client::State {
    void put(std::unique_ptr<Running> running);
    void run();
    void take_waiting();
    void read_messages();
    void stop();

    std::mutex mutex_{};
    std::deque<std::unique_ptr<Running>> waiting_{};
    bool stopping_ = false;
    CURLM* multi_ = nullptr;
    std::map<CURL*, std::unique_ptr<Running>> running_{};  // of the thread
    std::thread thread_{};
};

void Client::State::put(std::unique_ptr<Running> running) {
    {
        std::scoped_lock lock(mutex_);
        if (!stopping_) {
            if (multi_ == nullptr) {
                static bool const ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
                ensure(ready, "libcurl begins");
                multi_ = curl_multi_init();
                ensure(multi_ != nullptr, "there is memory for calls");
                curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, connections_per_host_max);
                curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections_max);
                thread_ = std::thread([this] { run(); });
            }
            waiting_.push_back(std::move(running));
            curl_multi_wakeup(multi_);
        }
    }
    if (running) finish(*running, "stopped");
}

void Client::State::take_waiting() {
    std::deque<std::unique_ptr<Running>> taken;
    {
        std::scoped_lock lock(mutex_);
        taken.swap(waiting_);
    }
    for (auto& running : taken) {
        if (!can_be_sent(running->call)) {
            finish(*running, "address_is_wrong");
            continue;
        }
        prepare(*running);
        auto* handle = running->handle.get();
        running_.emplace(handle, std::move(running));
        ensure(curl_multi_add_handle(multi_, handle) == CURLM_OK, "a fresh call can be added");
    }
}

void Client::State::read_messages() {
    int left = 0;
    while (auto* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        auto found = running_.find(message->easy_handle);
        auto code = message->data.result;
        auto running = std::move(found->second);
        running_.erase(found);
        long status = 0;
        curl_easy_getinfo(running->handle.get(), CURLINFO_RESPONSE_CODE, &status);
        running->reply.status = static_cast<int>(status);
        curl_multi_remove_handle(multi_, running->handle.get());
        finish(*running, failure_of(code, running->too_large));
    }
}

void Client::State::run() {
    for (;;) {
        {
            std::scoped_lock lock(mutex_);
            if (stopping_) break;
        }
        take_waiting();
        int active = 0;
        curl_multi_perform(multi_, &active);
        read_messages();
        curl_multi_poll(multi_, nullptr, 0, longest_sleep_ms, nullptr);
    }
    for (auto& [handle, running] : running_) {
        curl_multi_remove_handle(multi_, handle);
        finish(*running, "stopped");
    }
    running_.clear();
}

void Client::State::stop() {
    {
        std::scoped_lock lock(mutex_);
        if (stopping_) return;
        stopping_ = true;
        if (multi_ != nullptr) curl_multi_wakeup(multi_);
    }
    if (thread_.joinable()) thread_.join();
    for (auto& running : waiting_) finish(*running, "stopped");
    waiting_.clear();
    if (multi_ != nullptr) curl_multi_cleanup(multi_);
}

Client::Client() : state_(std::make_unique<State>()) {}
Client::~Client() {
    stop();
}

void Client::start(Call call, Done done) {
    state_->put(std::make_unique<Running>(Running{std::move(call), std::move(done)}));
}

Reply Client::ask(Call call) {
    std::mutex mutex;
    std::condition_variable came;
    std::optional<Reply> answer;
    start(std::move(call), [&](Reply reply) {
        std::scoped_lock lock(mutex);
        answer = std::move(reply);
        came.notify_one();
    });
    std::unique_lock lock(mutex);
    came.wait(lock, [&] { return answer.has_value(); });
    return std::move(*answer);
}

void Client::stop() {
    state_->stop();
}

}  // namespace tongban::client
