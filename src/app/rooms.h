// What every room brings, listed from modules.txt (cmake/app.cmake makes the bodies).
#pragma once

#include <vector>

#include "http/http.h"
#include "store/store.h"

namespace tongban {
std::string_view openapi_text();
}

namespace tongban::app {

std::vector<store::Schema> schemas();
std::vector<http::RouteContract> contracts();

}  // namespace tongban::app
