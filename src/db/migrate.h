// Brings a database to the schema that this binary was built with. Migrations are append-only files in
// migrations/, one transaction each; what has run is kept in table `migration` with its SHA-256, and a file that
// changed after it ran is refused (its statements; comments may change).
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/database.h"

namespace bursary::db {

struct Migration {
  int number;             // 12
  std::string_view name;  // "0012_review_assignment"
  std::string_view sqlite;
  std::string_view postgres;
};
// All migrations, in order; generated from migrations/ (see tools/compile_sql.py).
std::span<const Migration> migrations();

struct MigrationState {
  int have = 0;
  int want = 0;
  std::vector<std::string> pending;
};
// Throws DatabaseBroken when the database is newer than this binary or an applied migration was altered.
MigrationState migration_state(Database& database, std::span<const Migration> known = migrations());
// Names of what was applied. Safe when several nodes start at once.
std::vector<std::string> migrate(Database& database, std::span<const Migration> known = migrations());

}  // namespace bursary::db
