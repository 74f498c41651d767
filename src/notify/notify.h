// The door of `notify`: messages to people, in the app. Other modules emit events that name the person and a
// template; templates come from packs (`notify/templates.json`). No sensitive item leaves its title outside
// the app.
#pragma once

#include <string>

#include "base/base.h"
#include "http/http.h"
#include "identity/identity.h"
#include "store/store.h"

namespace tongban::notify {

/// What another module writes inside its own verb: the message appears with the verb or not at all.
struct Message {
    PersonId to;
    std::string kind;       ///< template: `cases.accepted`
    std::string link;       ///< portal path
    json::object values{};  ///< for the template's placeholders; sealed at rest
    std::string key;        ///< the same key twice makes one message
};

class Notify final : public Module {
public:
    Notify(store::Store& store, Clock const& clock);
    ~Notify() override;
    void routes(http::Routes& routes) override;
    Result<void> import(Pack const& pack) override;
    Result<void> start() override;

    /// A value that is a day (`2026-10-16`) is written out: 10月16日（周五）. A kind without template is
    /// logged and left out, for a missing word must not stop a decision.
    void send(store::Tx& tx, Message const& message);

    struct State;

private:
    std::unique_ptr<State> state_;
};

store::Schema schema();

}  // namespace tongban::notify
