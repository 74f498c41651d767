// How departments write one record. `Cell` names a field of the catalogue and what the department makes of
// it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace tongban::sim {

using Codes = std::vector<std::pair<std::string_view, std::string_view>>;  ///< ours → theirs

struct Cell {
    std::string_view theirs, ours;
    std::string_view date{};  ///< yyyyMMdd, yyyy/MM/dd, yyyy年MM月dd日 …
    Codes codes{};            ///< booleans as "true" and "false"
};

/// The text of a field: as it is, as a day in their fashion, or as their code. "" when it is not there.
std::string cell_text(json::object const& record, Cell const& cell);
/// A JSON object of the cells whose fields are there; numbers stay numbers, lists stay lists.
std::string json_record(json::object const& record, std::vector<Cell> const& cells);
/// <theirs>text</theirs> for each.
std::string xml_cells(json::object const& record, std::vector<Cell> const& cells);
std::string csv_line(json::object const& record, std::vector<Cell> const& cells);

}  // namespace tongban::sim
