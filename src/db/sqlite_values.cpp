#include "db/sqlite_values.h"

#include <fmt/format.h>

#include <stdexcept>

#include "db/statement_text.h"

namespace bursary::db {
namespace {

struct Bind {
  sqlite3_stmt* statement;
  int place;

  int operator()(Null) const { return sqlite3_bind_null(statement, place); }
  int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, place, number); }
  int operator()(double number) const { return sqlite3_bind_double(statement, place, number); }
  int operator()(std::string_view text) const {
    check_text(text);
    // A null pointer would bind NULL.
    return sqlite3_bind_text64(statement, place, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC,
                               SQLITE_UTF8);
  }
  int operator()(BytesView view) const {
    return sqlite3_bind_blob64(statement, place, view.bytes.empty() ? "" : view.bytes.data(), view.bytes.size(),
                               SQLITE_STATIC);
  }
};

}  // namespace

void bind_values(sqlite3_stmt* statement, const Value* values, std::size_t count) {
  const auto wanted = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
  if (wanted != count) {
    throw std::logic_error(fmt::format("{} values for {} placeholders: {}", count, wanted, sqlite3_sql(statement)));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const int code = std::visit(Bind{statement, static_cast<int>(i) + 1}, values[i]);
    if (code != SQLITE_OK) throw std::logic_error(fmt::format("SQLite cannot take value {}: {}", i + 1, code));
  }
}

Cell read_cell(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_NULL:
      return Null{};
    default:
      break;
  }
  // For text this is its UTF-8 as it is stored.
  const void* bytes = sqlite3_column_blob(statement, column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
  return size == 0 ? std::string{} : std::string(static_cast<const char*>(bytes), size);
}

}  // namespace bursary::db
