// Asking the registers for a draft: the consent, the questions in their stages, and everything known so far.
#pragma once

#include <atomic>

#include "cases/known.h"

namespace tongban::cases {

class Asking {
public:
    explicit Asking(Rooms& rooms) : rooms_(rooms) {}

    /// Everything known for the draft with these answers. A firm that may not be acted for any more is left
    /// out.
    Result<Known> known(Reader& reader, Ground const& ground, Draft const& draft) const;

    /// Keeps the consent. Refuses: text_is_not_the_present_version, no_consent_is_needed.
    Result<void> consent(Tx& tx, Actor const& by, Ground const& ground, Draft const& draft,
                         api::TextAgreed const& agreed);

    /// start: asks what was never asked, or too long ago, and goes on. wait: asks again what failed too,
    /// waits a little, and goes on to questions that the answers lead to. Call it outside any transaction.
    /// That a source fails is no refusal.
    enum class Patience { start, wait };
    Result<void> ask(Actor const& by, Ground const& ground, Draft const& draft, Patience patience);

private:
    Result<bool> ask_once(Actor const& by, Ground const& ground, Draft const& draft, Patience patience);
    Rooms& rooms_;
    std::atomic<int> waiting_{0};
};

}  // namespace tongban::cases
