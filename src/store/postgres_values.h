// Values to and from PostgreSQL's binary forms.
#pragma once

#include <libpq-fe.h>

#include "store/database.h"

namespace tongban::store {

/// One bound parameter: bytes and their format (0 text, 1 binary).
struct PostgresParameter {
    bool is_null = false;
    std::string bytes{};
    int format = 1;
};

/// Refuses with number_is_out_of_range.
Result<PostgresParameter> to_postgres(Value const& value, Oid type);

Rows::Columns columns_of(PGresult const* described);
Rows rows_of(PGresult const* answer, Rows::Columns const& columns);

}  // namespace tongban::store
