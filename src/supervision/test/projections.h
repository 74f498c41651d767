// What the module keeps of cases, row by row: fed by events and built anew, it must be the same.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "store/store.h"

namespace tongban::supervision::test {

/// Its cells, each followed by a bar; `columns` with commas between them.
inline std::string line(store::Row const& row, std::string columns) {
    std::string text;
    for (columns += ','; !columns.empty(); columns.erase(0, columns.find(',') + 1)) {
        auto const& cell = row.cell(columns.substr(0, columns.find(',')));
        if (auto const* number = std::get_if<std::int64_t>(&cell)) text += std::to_string(*number);
        if (auto const* words = std::get_if<std::string>(&cell)) text += *words;
        text += '|';
    }
    return text;
}

/// Every projected row as text, empty sums left out.
inline std::vector<std::string> projections(store::Store& store) {
    std::vector<std::string> all;
    auto reader = MUST(store.reader());
    auto take = [&](std::string const& columns, std::string const& rest) {
        auto text = "SELECT " + columns + " FROM " + rest;
        for (auto row : MUST(reader->read({"t", text, text}, {}))) all.push_back(line(row, columns));
    };
    take(
        "case_id,case_no,short_no,item,item_name,body,region,state,is_open,due,due_provisional,due_unit,"
        "statutory,received_on,answered_on,took_days,at_once,fields_saved,papers_saved,stuck,stuck_about,"
        "stuck_since",
        "supervision_case ORDER BY case_id");
    take("region,body,item,due,stuck,n",
         "supervision_open WHERE n <> 0 ORDER BY region, body, item, due, stuck");
    take("day,region,body,received,answered",
         "supervision_body_day WHERE received <> 0 OR answered <> 0 ORDER BY day, region, body");
    take("scope,day,item,received,answered,at_once,fields_saved,papers_saved",
         "supervision_item_day WHERE received <> 0 OR answered <> 0 ORDER BY scope, day, item");
    take("scope,day,item,took_days,n", "supervision_span WHERE n <> 0 ORDER BY scope, day, item, took_days");
    return all;
}

}  // namespace tongban::supervision::test
