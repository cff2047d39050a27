// Values into SQLite's statements and cells out of them.
#pragma once
#include <sqlite3.h>

#include "db/row.h"

namespace bursary::db {

// Binds views: the values must outlive the statement's run. Throws std::invalid_argument (see check_text) and
// std::logic_error when the statement takes another number of values.
void bind_values(sqlite3_stmt* statement, const Value* values, std::size_t count);
// Of the row that the statement stands on.
Cell read_cell(sqlite3_stmt* statement, int column);

}  // namespace bursary::db
