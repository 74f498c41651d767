// The sentences of `supervision`, Chinese and English side by side.
#pragma once

#include "supervision/api.h"
#include "supervision/model.h"

namespace tongban::supervision {

using http::Language;

std::string state_words(std::string_view state, Language language);  ///< 待受理
std::string why_words(Stuck const& stuck, Language language);
/// Of a due day: today or tomorrow, or how long past. `next` is the next working day.
api::WatchLamp lamp_of(Watched const& watched, Day today, Calendar const& calendar, Language language);

}  // namespace tongban::supervision
