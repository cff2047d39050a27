// Values on their way to PostgreSQL and rows on their way back. Numbers and text go as text, whose type the server
// infers from where they stand; bytes go as they are. Everything comes back in binary.
#pragma once
#include <libpq-fe.h>

#include <array>
#include <vector>

#include "db/row.h"

namespace bursary::db {

// The arrays that libpq wants. Points into the values it was made of.
class PostgresParameters {
 public:
  // Throws std::invalid_argument (see check_text).
  PostgresParameters(const Value* values, std::size_t count);
  int count() const { return static_cast<int>(pointers_.size()); }
  const char* const* pointers() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<std::string> texts_;  // libpq wants text to end with a NUL
};

// Throws std::logic_error for a column whose type is none of the five kinds: the statement lacks a cast.
Rows read_rows(const PGresult* result);

}  // namespace bursary::db
