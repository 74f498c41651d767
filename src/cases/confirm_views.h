// What the person at a window reads before saying yes, and the mark by which their yes holds for exactly
// that.
#pragma once

#include "cases/confirm.h"
#include "cases/drafts.h"

namespace tongban::cases {

/// A keyed mark of everything handed in with this draft: answers with what registers filled, papers, texts,
/// how it is taken. It differs as soon as anything of it does.
std::string mark_of(Sealer const& sealer, Draft const& draft, Standing const& standing);
/// The same of the consent alone: who asks whom for what.
std::string consent_mark_of(Sealer const& sealer, Draft const& draft, Standing const& standing);

/// The texts the person agrees to: notice, a promise for each paper that has one, declaration; or the
/// consent.
std::vector<api::TextToConfirm> texts_to_confirm(Confirmation const& asked, Standing const& standing,
                                                 Language language = Language::zh);
std::vector<api::TextAgreed> agreed_of(std::vector<api::TextToConfirm> const& texts);

/// `body_name`: the responsible body.
api::ToConfirm to_confirm(Confirmation const& asked, Draft const& draft, Standing const& standing,
                          std::string const& body_name, Language language);

}  // namespace tongban::cases
