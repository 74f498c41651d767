// The door of `notify`: messages to people, in the app and, where a template says so, by SMS through a
// gateway. Templates come from packs (`notify/templates.json`, `notify/sms.json`). No title of an item leaves
// the app.
#pragma once

#include <optional>
#include <string>

#include "base/base.h"
#include "client/client.h"
#include "http/http.h"
#include "identity/identity.h"
#include "store/store.h"

namespace tongban::notify {

/// What another module writes inside its own verb: the message appears with the verb or not at all.
struct Message {
    PersonId to;
    std::string kind;          ///< template: `cases.accepted`
    std::string link;          ///< portal path
    json::object values{};     ///< for the template's placeholders; sealed at rest
    std::string key;           ///< the same key twice makes one message
    json::object values_en{};  ///< those that read differently in English
};

/// A one-time code for the person's phone. The code itself is the caller's: made, kept and checked there.
struct Code {
    PersonId person;
    std::string kind;   ///< text in `notify/sms.json`: `confirmation`
    std::string code;   ///< digits
    Instant until{};    ///< afterwards it is not sent any more
    std::string phone;  ///< empty: the person's own
};

/// waiting: not handed over yet. sent: the gateway has it. delivered, failed: its receipt says so, or it
/// refused. given_up: too late to be of use.
enum class SmsState { waiting, sent, delivered, failed, given_up };
using tongban::to_text;
std::string_view to_text(SmsState state);

/// How SMS stand, for operators: nobody is asked.
struct SmsStanding {
    bool has_gateway = false;  ///< the pack names one
    bool has_address = false, has_key = false;
    std::int64_t waiting = 0, failing = 0;  ///< not handed over; of those, tried and failed
    std::optional<Instant> waiting_since;
    std::string failure, failure_en;            ///< of those that failed, in words
    std::int64_t sent_day = 0, failed_day = 0;  ///< of those written in the last 24 hours
};

/// What SMS need. `address` takes the place of `$SIM` in the gateway's address.
struct SmsLine {
    org::Org& org;
    identity::Identity& identity;
    client::Client& client;
    std::string address{};
};

class Notify final : public Module {
public:
    /// Without a line nothing goes by SMS.
    Notify(store::Store& store, Clock const& clock, std::optional<SmsLine> line = std::nullopt);
    ~Notify() override;
    void routes(http::Routes& routes) override;
    void consumers(store::Consumers& consumers) override;
    void jobs(store::Jobs& jobs) override;
    /// Refuses: pack_file_is_wrong, pack_has_errors (sms.json). On demonstration sites the gateway's key is
    /// made from `demo_secret` when it is missing.
    Result<void> import(Pack const& pack) override;
    Result<void> start() override;

    /// A value that is a day (`2026-10-16`) is written out: 10月16日（周五）. A kind without template is
    /// logged and left out, for a missing word must not stop a decision.
    void send(store::Tx& tx, Message const& message);
    /// The code leaves with the verb, a moment after its commit; returns the id of the SMS. Refuses:
    /// sms_is_not_available (no gateway here, or no text for this kind).
    Result<std::string> send_code(store::Tx& tx, Code const& code);
    /// What became of it. Refuses: sms_is_unknown.
    Result<SmsState> sms_state(store::Reader& reader, std::string_view id) const;

    /// Reads rows and the key file only, so also beside a server, and without start().
    Result<SmsStanding> sms_standing(store::Reader& reader) const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

store::Schema schema();

}  // namespace tongban::notify
