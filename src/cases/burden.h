// What a person had to do for an application, and what was done for them. Pure.
#pragma once

#include "cases/apply.h"

namespace tongban::cases {

/// Fields are counted as answered, those of repeating groups each time. Prefilled: filled by the server (real
/// name, firm, a register) or offered and left as offered; typed: the rest, also what was disputed.
api::Burden burden_of(Ground const& ground, Known const& known, Checked const& checked);

}  // namespace tongban::cases
