// SMS through a gateway: written in the verb's transaction, handed over afterwards, again until it is too
// late.
#pragma once

#include <map>
#include <mutex>

#include "notify/api.h"
#include "notify/model.h"
#include "notify/sql.h"

namespace tongban::notify {

/// `notify/sms.json`.
struct Gateway {
    std::string url, receipts, callback, sender, key_name, demo_secret;
    client::Scheme scheme = client::Scheme::none;
    std::string key_id;
    int deadline_ms = 3000;
    bool demo = false;
    std::map<std::string, std::string, std::less<>> codes;  ///< kind → text with {code} {minutes}
};
/// Refuses: pack_has_errors.
Result<Gateway> read_gateway(std::string_view text);

class Sms {
public:
    Sms(store::Store& store, Clock const& clock, std::optional<SmsLine> line)
        : store_(store), clock_(clock), line_(std::move(line)) {}

    Result<void> import(Pack const& pack);  ///< a pack without sms.json has no gateway
    Result<void> load(store::Reader& reader);
    /// There is a gateway and its address is set.
    [[nodiscard]] bool is_connected() const;

    void send(store::Tx& tx, Message const& message, std::string const& text);
    Result<std::string> send_code(store::Tx& tx, Code const& code);
    Result<SmsState> state(store::Reader& reader, std::string_view id) const;

    Result<void> hand_over(std::string const& id);
    Result<void> ask_receipts();
    Result<void> take_receipt(http::Request const& request);
    Result<void> receipts_due(store::Tx& tx) const;
    void erase_old(store::Tx& tx) const;
    Result<SmsStanding> standing(store::Reader& reader) const;
    Result<api::SmsList> list(std::string const& after, Language language) const;

private:
    void add(store::Tx& tx, std::string const& id, PersonId const& person, std::string const& key,
             std::string const& kind, json::object const& sealed, Instant until) const;
    Result<void> make_key(Gateway const& gateway) const;
    Result<std::optional<std::string>> phone_for(store::Row const& row, json::object const& opened,
                                                 store::Reader& reader) const;
    Result<void> done(std::string const& id, SmsState state, std::string const& why) const;
    Result<void> tried(std::string const& id, std::string const& why);
    Result<api::Sms> shown(store::Reader& reader, store::Row const& row, Language language) const;
    [[nodiscard]] std::shared_ptr<Gateway const> gateway() const;
    [[nodiscard]] std::string address_of(std::string const& url) const;
    [[nodiscard]] client::Signing signing(Gateway const& gateway) const;
    [[nodiscard]] bool is_paused() const;

    store::Store& store_;
    Clock const& clock_;
    std::optional<SmsLine> line_;
    mutable std::mutex mutex_{};
    std::shared_ptr<Gateway const> gateway_{};
    int failures_ = 0;
    std::string failure_{};
    std::optional<Instant> failing_since_{}, paused_until_{};
};

}  // namespace tongban::notify
