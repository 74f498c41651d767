#include "kit/scenario.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tongban::kit {

namespace {

bool same_name(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

bool has(Headers const& headers, std::string_view name) {
    return std::ranges::any_of(headers, [&](auto const& each) { return same_name(each.first, name); });
}

Answer answer_of(http::Reply reply) {
    Answer out{.status = reply.status,
               .type = std::move(reply.type),
               .body = std::move(reply.body),
               .headers = std::move(reply.headers),
               .json = nullptr,
               .code = ""};
    if (out.type.find("json") != std::string::npos && !out.body.empty()) {
        auto read = read_json(out.body);
        EXPECT_TRUE(read.ok()) << "a JSON reply that is no JSON: " << out.body;
        if (read.ok()) out.json = std::move(read).value();
    }
    if (out.type == "application/problem+json") out.code = out.text("/code");
    return out;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
    for (auto const& [key, value] : headers) {
        if (same_name(key, name)) return value;
    }
    return "";
}

Json const* Answer::find(std::string_view pointer) const {
    boost::system::error_code none;
    return json.find_pointer(pointer, none);
}

std::string Answer::text(std::string_view pointer) const {
    auto const* found = find(pointer);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
}

std::int64_t Answer::integer(std::string_view pointer) const {
    auto const* found = find(pointer);
    return found != nullptr && found->is_int64() ? found->get_int64() : -1;
}

std::string Answer::field(std::string_view path) const {
    auto const* fields = find("/fields");
    if (fields == nullptr || !fields->is_array()) return "";
    for (auto const& each : fields->get_array()) {
        if (each.at("path").as_string() == path) return std::string(each.at("code").as_string());
    }
    return "";
}

std::ostream& operator<<(std::ostream& out, Answer const& answer) {
    return out << answer.status << ' ' << answer.type << '\n' << answer.body.substr(0, 4000);
}

Answer Browser::dispatch(http::RawRequest request) {
    std::string jar;
    for (auto const& [name, value] : cookies_) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
    if (!jar.empty() && !has(request.headers, "Cookie")) request.headers.emplace_back("Cookie", jar);
    if (!has(request.headers, "Host")) request.headers.emplace_back("Host", "tongban.test");
    request.peer = address_;
    auto answer = answer_of(dispatcher_->handle(std::move(request)));
    keep(answer);
    return answer;
}

void Browser::keep(Answer const& answer) {
    for (auto const& [name, value] : answer.headers) {
        if (!same_name(name, "Set-Cookie")) continue;
        auto equals = value.find('=');
        auto end = value.find(';');
        if (equals == std::string::npos || equals > end) continue;
        auto cookie = value.substr(0, equals);
        csrf_.clear();  // the token belongs to the session
        if (value.find("Max-Age=0") != std::string::npos)
            cookies_.erase(cookie);
        else
            cookies_[cookie] = value.substr(equals + 1, end == std::string::npos ? end : end - equals - 1);
    }
}

std::string Browser::csrf() {
    if (csrf_.empty() && !cookies_.empty()) csrf_ = dispatch({.target = "/api/identity/me"}).text("/csrf");
    return csrf_;
}

Answer Browser::send(std::string method, std::string url, std::string body, Headers headers) {
    if (!body.empty() && !has(headers, "Content-Type"))
        headers.emplace_back("Content-Type", "application/json");
    if (method != "GET" && method != "HEAD") {
        if (!has(headers, "Sec-Fetch-Site")) headers.emplace_back("Sec-Fetch-Site", "same-origin");
        if (!has(headers, "X-CSRF-Token") && !csrf().empty()) headers.emplace_back("X-CSRF-Token", csrf());
    }
    return dispatch({.method = std::move(method),
                     .target = std::move(url),
                     .headers = std::move(headers),
                     .body = std::move(body)});
}

Answer Browser::get(std::string url, Headers headers) {
    return send("GET", std::move(url), "", std::move(headers));
}

Answer Browser::post(std::string url, Json body, Headers headers) {
    return send("POST", std::move(url), body.is_null() ? "" : to_text(body), std::move(headers));
}

Answer Browser::put(std::string url, Json body, Headers headers) {
    return send("PUT", std::move(url), to_text(body), std::move(headers));
}

Answer Browser::del(std::string url, Headers headers) {
    return send("DELETE", std::move(url), "", std::move(headers));
}

Answer Browser::upload(std::string url, std::string_view field, std::string_view file_name,
                       std::string_view type, std::string_view bytes,
                       std::map<std::string, std::string> const& fields) {
    std::string const boundary = "----browser-of-the-test-kit";
    std::string body;
    for (auto const& [name, value] : fields) {
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" +
                value + "\r\n";
    }
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + std::string(field) +
            "\"; filename=\"" + std::string(file_name) + "\"\r\nContent-Type: " + std::string(type) +
            "\r\n\r\n" + std::string(bytes) + "\r\n--" + boundary + "--\r\n";
    return send("POST", std::move(url), std::move(body),
                {{"Content-Type", "multipart/form-data; boundary=" + boundary}});
}

Answer Browser::sign_in(std::string audience, std::string account, std::string password) {
    return post("/api/identity/sign-in",
                {{"audience", audience}, {"account", account}, {"password", password}});
}

void Browser::forget() {
    cookies_.clear();
    csrf_.clear();
}

void run(http::Dispatcher& dispatcher, std::vector<Scenario> const& scenarios) {
    for (auto const& scenario : scenarios) {
        SCOPED_TRACE(scenario.name);
        Browser nobody(dispatcher);
        auto& browser = scenario.as != nullptr ? *scenario.as : nobody;
        auto answer = browser.send(scenario.method, scenario.url, scenario.body, scenario.headers);
        EXPECT_EQ(answer.status, scenario.status) << answer;
        if (!scenario.code.empty()) {
            EXPECT_EQ(answer.code, scenario.code) << answer;
        }
        for (auto const& text : scenario.contains) {
            EXPECT_NE(answer.body.find(text), std::string::npos) << "lacks " << text << "\n" << answer;
        }
        for (auto const& text : scenario.lacks) {
            EXPECT_EQ(answer.body.find(text), std::string::npos) << "contains " << text << "\n" << answer;
            for (auto const& [name, value] : answer.headers) {
                EXPECT_EQ(value.find(text), std::string::npos) << name << " contains " << text;
            }
        }
    }
}

}  // namespace tongban::kit
