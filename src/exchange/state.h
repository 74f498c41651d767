// What one object of `exchange` holds, and its inner verbs.
#pragma once

#include <array>
#include <atomic>

#include "exchange/api.h"
#include "exchange/engine.h"
#include "exchange/pack.h"

namespace tongban::exchange {

struct Exchange::State {
    State(store::Store& store, Clock const& clock, org::Org& org, identity::Identity& identity,
          client::Client& client, std::string address);

    // service.cpp
    Result<std::vector<std::string>> ask(Purpose const& purpose, std::vector<Ask> const& asks);
    Result<std::vector<Answer>> answers(store::Reader& reader, std::string_view subject) const;
    Result<void> check(std::vector<Ask> const& asks, Catalogue const& catalogue) const;
    /// Each key's newest call, with what only this process knows yet.
    Result<std::map<std::string, Call>> newest(store::Reader& reader, std::string_view subject) const;
    /// Whether a call need not be asked again; `running`: taken before the call was read.
    [[nodiscard]] bool stands(Call const& call, std::string const& blind,
                              std::set<std::string> const& running) const;
    [[nodiscard]] Call new_call(Purpose const& purpose, Ask const& ask, Resource const& resource) const;
    Result<std::optional<Order>> order_or_answer(store::Reader& reader, Call& call,
                                                 Catalogue const& catalogue);
    Result<bool> answer_from_list(store::Reader& reader, Call& call, Endpoint const& endpoint) const;
    Result<bool> answer_from_earlier(store::Reader& reader, Call& call, Connector const& connector) const;
    [[nodiscard]] Bytes key_of(Connector const& connector) const;

    // catalogue.cpp
    Result<void> import(Pack const& pack);
    Result<void> load();
    static Result<std::shared_ptr<Catalogue const>> kept_catalogue(store::Reader& reader);
    Result<void> make_keys(Catalogue const& catalogue) const;
    Result<void> settle();
    void plan_all(store::Tx& tx) const;
    [[nodiscard]] std::shared_ptr<Catalogue const> catalogue() const { return catalogue_.load(); }

    // lists.cpp
    Result<void> pull(std::string const& resource);
    Result<void> list_due(store::Tx& tx, std::string const& resource) const;

    // corrections.cpp
    Result<std::string> dispute(store::Tx& tx, Dispute const& dispute);
    Result<void> send_correction(std::string const& id);
    Result<void> ask_corrections();
    Result<void> ask_correction(Ticket const& ticket);
    Result<std::optional<Ticket>> ticket(std::string const& id) const;
    [[nodiscard]] client::Call correction_call(Connector const& connector, std::string const& method,
                                               std::string const& path, json::object const& body) const;
    Result<void> note_failure(std::string const& id, std::string const& why) const;

    // standing.cpp
    Result<std::vector<Standing>> standings(store::Reader& reader) const;

    // views.cpp
    Result<api::Sources> sources(Language language) const;
    Result<api::Source> source(store::Reader& reader, Connector const& connector, Language language) const;
    Result<api::Calls> calls(std::string const& source, std::string const& after, Language language) const;
    Result<api::Corrections> corrections(std::string const& after, Language language) const;
    [[nodiscard]] api::Resources resources(Language language) const;
    Result<api::Call> shown(store::Reader& reader, Call const& call, Language language) const;
    [[nodiscard]] std::string who(Call const& call, Language language) const;

    store::Store& store_;
    Clock const& clock_;
    org::Org& org_;
    identity::Identity& identity_;
    client::Client& client_;
    std::string address_;
    std::shared_ptr<Engine> engine_;
    std::atomic<std::shared_ptr<Catalogue const>> catalogue_;
    /// One start() at a time for a subject, so that two requests of one page ask once.
    std::array<std::mutex, 64> turns_{};
};

/// Slow work that was interrupted by our own end: nobody's failure, done again after the start.
Error stopping();

constexpr std::string_view list_job = "exchange.list", settle_job = "exchange.settle",
                           purge_job = "exchange.purge", correction_job = "exchange.corrections";

}  // namespace tongban::exchange
