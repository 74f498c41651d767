// What an answer says in our own words. Total: whatever a source sends has an outcome with a name. No I/O.
#pragma once

#include "exchange/document.h"

namespace tongban::exchange {

struct Mapped {
    Outcome outcome = Outcome::wrong;
    std::string why{};    ///< a code, where the outcome is no answer
    std::string field{};  ///< of answer_has_a_wrong_value
    json::object fields{};
    int count = 0;
    std::optional<Instant> data_at{};
};

/// `asked`: the parameters, for the check that the answer is about who was asked about.
Mapped map_reply(Endpoint const& endpoint, json::object const& asked, client::Reply const& reply);

/// True for failures that another try may mend: no connection, 5xx.
bool may_be_tried_again(client::Reply const& reply);

/// A value as the resource has it; nothing for an empty one. Refuses: answer_has_a_wrong_value.
Result<std::optional<Json>> typed(FieldMap const& map, Json const& raw);
/// Text of a scalar, for comparing: numbers without exponent; "" for what is none.
std::string scalar_text(Json const& value);

}  // namespace tongban::exchange
