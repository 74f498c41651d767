// What is sent: templates of a connector, filled and escaped for their place. No I/O.
#pragma once

#include "exchange/model.h"

namespace tongban::exchange {

/// Values by name: the parameters, and what every call knows (call, item, basis, consent, case_no, why).
using Values = std::map<std::string, std::string, std::less<>>;

enum class Escape {
    none,  ///< the value goes into a JSON text or a pair, which are escaped as a whole later
    url,   ///< RFC 3986: all but unreserved characters
    xml    ///< character data and attributes (XML 1.0, 2.4)
};
/// `{{name}}` replaced by the escaped value; a name without value gives nothing.
std::string filled(std::string_view text, Values const& values, Escape escape);
/// Names between `{{` and `}}`, in order, with repetitions.
std::vector<std::string> names_in(std::string_view text);

/// The call a connector makes: address, body, the headers of accountability; not signed yet. `base` is the
/// connector's address with `$SIM` replaced.
client::Call make_call(Connector const& connector, Endpoint const& endpoint, std::string const& base,
                       Values const& values);

/// The address of a source; empty when `$SIM` stands for nothing.
std::string base_of(Connector const& connector, std::string_view address);

}  // namespace tongban::exchange
