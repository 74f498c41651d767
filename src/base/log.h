// Log lines: one JSON object a line on stderr. Ids only, never personal data.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace tongban {

enum class LogLevel { debug, info, warning, error };

/// log(LogLevel::info, "server_started", {{"port", "8080"}});
void log(LogLevel level, std::string_view what,
         std::initializer_list<std::pair<std::string_view, std::string>> facts = {});
void log_threshold(LogLevel least);

}  // namespace tongban
