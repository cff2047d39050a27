// Every column of the database with what it is for, what it means for a person and how long it stays: docs/schema.md,
// which a test holds against the live schema (src/db/schema_doc_test.cpp).
#pragma once
#include <span>
#include <string_view>

namespace bursary::privacy {

struct Column {
  std::string_view table;
  std::string_view database;  // "SQLite", "PostgreSQL"; empty: both
  std::string_view name, kind, purpose;
  std::string_view data_class;  // "personal", "secret" or "-"
  std::string_view kept;        // "ever", "application", "person" or "short"
};
std::span<const Column> inventory();

}  // namespace bursary::privacy
