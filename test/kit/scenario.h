// HTTP in process: a browser that keeps its cookies and CSRF token, and scenarios as plain structs.
//
//     kit::Browser clerk(dispatcher);
//     clerk.sign_in("staff", "C1001", "…");
//     auto accepted = clerk.post("/api/cases/desk/cases/" + no + "/acceptance", {{"version", 1}});
//     EXPECT_EQ(accepted.status, 200) << accepted;
//     EXPECT_EQ(accepted.text("/state"), "accepted");
//
//     kit::run(dispatcher, {{.name = "a stranger sees no queue", .url = "/api/cases/desk/queues", .status =
//     401,
//                            .code = "sign_in_first"}});
#pragma once

#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/http.h"

namespace tongban::kit {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Answer {
    int status = 0;
    std::string type, body;
    Headers headers;
    Json json;         ///< the body, if it is JSON; else null
    std::string code;  ///< of a problem

    [[nodiscard]] std::string header(std::string_view name) const;  ///< "" when absent
    [[nodiscard]] Json const* find(
        std::string_view pointer) const;  ///< `/gaps/0/key`; null pointer when absent
    [[nodiscard]] std::string text(std::string_view pointer) const;      ///< "" when absent or no text
    [[nodiscard]] std::int64_t integer(std::string_view pointer) const;  ///< -1 when absent or no integer
    /// The code of the wrong field, "" when that field is not among the wrong ones.
    [[nodiscard]] std::string field(std::string_view path) const;
};
std::ostream& operator<<(std::ostream& out, Answer const& answer);

/// One browser: what it is told to keep it sends again. With a session it asks GET /api/identity/me for
/// `csrf` and sends that with everything that changes something.
class Browser {
public:
    explicit Browser(http::Dispatcher& dispatcher, std::string address = "127.0.0.1")
        : dispatcher_(&dispatcher), address_(std::move(address)) {}

    Answer get(std::string url, Headers headers = {});
    Answer post(std::string url, Json body = nullptr, Headers headers = {});  ///< a null body sends none
    Answer put(std::string url, Json body, Headers headers = {});
    Answer del(std::string url, Headers headers = {});
    Answer upload(std::string url, std::string_view field, std::string_view file_name, std::string_view type,
                  std::string_view bytes, std::map<std::string, std::string> const& fields = {});
    /// POST /api/identity/sign-in.
    Answer sign_in(std::string audience, std::string account, std::string password);
    /// Any method and body. A header given here replaces what the browser would send by itself.
    Answer send(std::string method, std::string url, std::string body, Headers headers);

    void forget();  ///< closes the browser: cookies are gone
    [[nodiscard]] std::map<std::string, std::string> const& cookies() const { return cookies_; }
    void keep_cookie(std::string name, std::string value) {
        cookies_[std::move(name)] = std::move(value);
        csrf_.clear();
    }

private:
    Answer dispatch(http::RawRequest request);
    void keep(Answer const& answer);
    std::string csrf();

    http::Dispatcher* dispatcher_;
    std::string address_;
    std::map<std::string, std::string> cookies_{};
    std::string csrf_{};
};

/// One request and what must be seen of the answer.
struct Scenario {
    std::string name;
    std::string method = "GET";
    std::string url;
    std::string body{};  ///< JSON unless `headers` has another Content-Type
    Headers headers{};
    Browser* as = nullptr;  ///< whose cookies; nobody's when not set
    int status = 200;
    std::string code{};                   ///< of the problem; "" for any or none
    std::vector<std::string> contains{};  ///< each stands in the body
    std::vector<std::string> lacks{};     ///< none stands in the body or headers
};
void run(http::Dispatcher& dispatcher, std::vector<Scenario> const& scenarios);

}  // namespace tongban::kit
