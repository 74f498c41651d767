// The door of `client`: asking other systems over HTTP. Many calls at once on one thread; every call ends by
// its deadline. Redirects are not followed, proxies of the environment are not believed, certificates are
// checked, compressed answers are not asked for.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/base.h"

namespace tongban::client {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Call {
    std::string method = "GET";
    std::string url;  ///< http://… or https://…, percent-encoded
    Headers headers{};
    std::string body{};
    int deadline_ms = 2000;                   ///< from start() to the last byte of the answer
    std::size_t answer_bytes_max = 1U << 20;  ///< more is not read
};

/// An answer, or why there is none. Failures: timed_out, no_connection, too_large, broken_answer (the bytes
/// are not HTTP, or end early), address_is_wrong, stopped.
struct Reply {
    int status = 0;
    Headers headers{};
    std::string body{};
    std::string failure{};  ///< empty: a whole answer came, whatever its status
    int ms = 0;             ///< how long it took, by the machine's own clock

    [[nodiscard]] bool answered() const { return failure.empty(); }
    [[nodiscard]] std::string header(std::string_view name) const;  ///< "" when absent; case-insensitive
};

class Client {
public:
    Client();  ///< the thread starts with the first call
    ~Client();
    /// On the client's thread, exactly once for each call: must be quick, must not ask().
    using Done = std::function<void(Reply)>;
    void start(Call call, Done done);
    /// Waits for the answer.
    Reply ask(Call call);
    /// What still runs ends as `stopped`; so does what is started later.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// How a call proves who asks. Signed is the text `METHOD\nTARGET\nTIMESTAMP\nNONCE\nBODY`: TARGET is path
/// and query as sent, TIMESTAMP milliseconds since 1970. Sent are X-Key-Id, X-Timestamp, X-Nonce and
/// - hmac_sha256: X-Sign, lower-case hex;
/// - hmac_sm3: X-SM3, lower-case hex (GB/T 32905);
/// - sorted_sm3: no headers, but the parameters key_id, timestamp, nonce and sign, in the query (GET) or in
///   the form (application/x-www-form-urlencoded): `sign` is the lower-case hex of SM3 over the decoded pairs
///   but `sign`, sorted by name, as `name=value&…&key=KEY`;
/// - bearer: Authorization: Bearer KEY, nothing else.
enum class Scheme { none, bearer, hmac_sha256, hmac_sm3, sorted_sm3 };
std::string_view to_text(Scheme scheme);
std::optional<Scheme> read_scheme(std::string_view text);

struct Signing {
    Scheme scheme = Scheme::none;
    std::string key_id{};
    Bytes key{};
};
/// Adds to `call` what the scheme asks for. Call it last: what is signed must not change afterwards.
void sign(Call& call, Signing const& signing, Instant now, std::string_view nonce);

// For those who check (a fake department, tongban-sim).
Bytes sm3(std::string_view bytes);
Bytes hmac_sm3(std::string_view key, std::string_view bytes);
std::string signed_text(std::string_view method, std::string_view target, std::string_view timestamp,
                        std::string_view nonce, std::string_view body);
/// Of `name=value` pairs, decoded, in any order; a pair named `sign` is left out.
std::string sorted_sm3(std::vector<std::pair<std::string, std::string>> pairs, std::string_view key);

std::string percent_encoded(std::string_view text);  ///< all but A–Z a–z 0–9 - . _ ~
std::string percent_decoded(std::string_view text);  ///< `+` is a space; what is malformed stays as it is

}  // namespace tongban::client
