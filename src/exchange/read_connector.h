// One connector of a pack, read strictly; and whether it can ask its resources rightly.
#pragma once

#include "exchange/model.h"
#include "org/org.h"

namespace tongban::exchange {

Connector read_connector(org::PackNode const& node);
/// Templates name parameters only and stand where values can be escaped; every field of the resource has its
/// place. Codes: template_names_no_parameter, template_stands_where_it_cannot, body_is_malformed,
/// field_is_unknown, field_is_not_mapped, parameter_is_unknown, path_is_malformed, list_is_not_csv.
void check_endpoint(Endpoint const& endpoint, Resource const& resource, std::string const& place,
                    org::Troubles& troubles);
/// Small letters, digits and `_`, a letter first.
bool is_code(std::string_view text);

}  // namespace tongban::exchange
