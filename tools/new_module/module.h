// The door of `@name@`: its job in one sentence. README.md tells its words.
#pragma once

#include "base/base.h"
#include "http/http.h"
#include "store/store.h"

namespace tongban::@name@ {

struct Entry {
    std::string id;
    std::string text;
    Instant added_at{};
};

class @Name@ final : public Module {
public:
    @Name@(store::Store& store, Clock const& clock) : store_(store), clock_(clock) {}
    void routes(http::Routes& routes) override;
    /// Refuses: @name@_entry_is_empty.
    Result<Entry> add(Actor const& by, std::string_view text);
    Result<std::vector<Entry>> entries() const;

private:
    store::Store& store_;
    Clock const& clock_;
};

store::Schema schema();

}  // namespace tongban::@name@
