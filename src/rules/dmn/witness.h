// What is noted on the way to an answer, when an explanation is asked for.
#pragma once

#include <vector>

#include "rules/dmn/table.h"

namespace tongban::rules::dmn {

struct CellTrace {
    Held held = Held::no;
    TestTrace test{};
};
struct RuleTrace {
    Held held = Held::no;
    std::vector<CellTrace> cells;  ///< one per input
};
/// One evaluation of one table. The table lives as long as its program.
struct TableTrace {
    Table const* table = nullptr;
    Spot spot{};
    std::vector<Value> inputs;
    std::vector<RuleTrace> rules;
    Match::Numbers chosen;  ///< rules whose outputs went into the result
    Value result{};
};

/// Gathers the traces of one question; `tables` grows as tables are evaluated.
struct Recorder : Witness {
    std::vector<TableTrace> tables;
    std::size_t tables_most = 1000;  ///< a table in a loop is noted so often only
};

}  // namespace tongban::rules::dmn
