#include <algorithm>

#include "rules/tree.h"

namespace tongban::rules::detail {

namespace {

constexpr Function functions[] = {
    {"contains", 2, Type::string, Type::boolean},    {"count", 1, Type::list, Type::number},
    {"date", 1, Type::string, Type::date},           {"not", 1, Type::boolean, Type::boolean},
    {"starts with", 2, Type::string, Type::boolean}, {"string length", 1, Type::string, Type::number}};

// The rest of DMN 1.5, 10.3.4. A text that uses one is refused by its name, not as unknown.
constexpr std::string_view later[] = {"abs",
                                      "after",
                                      "all",
                                      "any",
                                      "append",
                                      "before",
                                      "ceiling",
                                      "coincides",
                                      "concatenate",
                                      "context",
                                      "context merge",
                                      "context put",
                                      "date and time",
                                      "day of week",
                                      "day of year",
                                      "decimal",
                                      "distinct values",
                                      "duplicate values",
                                      "duration",
                                      "during",
                                      "ends with",
                                      "even",
                                      "exp",
                                      "finished by",
                                      "finishes",
                                      "flatten",
                                      "floor",
                                      "get entries",
                                      "get value",
                                      "includes",
                                      "index of",
                                      "insert before",
                                      "is",
                                      "list contains",
                                      "list replace",
                                      "log",
                                      "lower case",
                                      "matches",
                                      "max",
                                      "mean",
                                      "median",
                                      "meets",
                                      "met by",
                                      "min",
                                      "mode",
                                      "modulo",
                                      "month of year",
                                      "now",
                                      "number",
                                      "odd",
                                      "overlaps",
                                      "overlaps after",
                                      "overlaps before",
                                      "product",
                                      "range",
                                      "remove",
                                      "replace",
                                      "reverse",
                                      "round down",
                                      "round half down",
                                      "round half up",
                                      "round up",
                                      "sort",
                                      "split",
                                      "sqrt",
                                      "started by",
                                      "starts",
                                      "stddev",
                                      "string",
                                      "string join",
                                      "sublist",
                                      "substring",
                                      "substring after",
                                      "substring before",
                                      "sum",
                                      "time",
                                      "today",
                                      "union",
                                      "upper case",
                                      "week of year",
                                      "years and months duration"};

}  // namespace

Function const* find_function(std::string_view name) {
    auto const found = std::find_if(std::begin(functions), std::end(functions),
                                    [&](Function const& function) { return function.name == name; });
    return found == std::end(functions) ? nullptr : found;
}

bool is_later_function(std::string_view name) {
    return std::find(std::begin(later), std::end(later), name) != std::end(later);
}

}  // namespace tongban::rules::detail
