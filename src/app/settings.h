// What options mean for the house and its server. Everything is checked here, before a folder is touched.
#pragma once

#include "app/arguments.h"
#include "app/house.h"

namespace tongban::app {

HouseOptions house_options(Arguments const& arguments);
/// Refuses: option_is_not_a_number, option_is_not_one_of.
Result<http::Settings> read_settings(Arguments const& arguments);

}  // namespace tongban::app
