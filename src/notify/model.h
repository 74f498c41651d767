// Inner words of `notify`. No I/O.
#pragma once

#include "notify/notify.h"

namespace tongban::notify {

using http::Language;

/// Title and text in one language.
struct Words {
    std::string title, text;
};
struct Template {
    Words zh, en;
    std::string sms{};  ///< empty: not by SMS
};

/// Placeholders of `words` that no message brings.
std::vector<std::string> unknown_placeholders(Words const& words);

/// Placeholders of an SMS that it may not have: no title of an item, no reason, no number of a document
/// leaves the app (个人信息保护法 art. 28: which service somebody asks for may itself be sensitive).
std::vector<std::string> forbidden_in_sms(std::string_view text);

/// The words with the values in them; a day is written as people say it in that language.
Words write_out(Words const& words, json::object const& values, Language language, Day today);

/// 10月16日（周五） or Friday 16 October; the year only when it is not this year.
std::string spoken_day(Day day, Language language, Day today);

}  // namespace tongban::notify
