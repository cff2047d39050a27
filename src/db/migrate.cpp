#include "db/migrate.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "db/migrate.sql.h"

namespace bursary::db {

namespace detail {
struct ScriptAccess {
  static void run(Tx& tx, std::string_view statements) { tx.run_script(statements); }
};
}  // namespace detail

namespace {

namespace migrate_sql = sql::db::migrate;

// Any number; the same on every node.
constexpr std::int64_t kMigrationKey = 0x6275'7273'6D69'67;

struct Applied {
  std::int64_t number;
  std::string name;
  std::string sha256;
};

std::string fingerprint(const Migration& migration, Dialect dialect) {
  return to_hex(bytes_of(sha256(dialect == Dialect::sqlite ? migration.sqlite : migration.postgres)));
}

std::vector<Applied> applied(Tx& tx) {
  std::vector<Applied> found;
  if (tx.query(migrate_sql::table_exists).at(0).integer(0) == 0) return found;
  for (const Row row : tx.query(migrate_sql::applied)) found.push_back({row.integer(0), row.text(1), row.text(2)});
  return found;
}

// Throws where the database is not a younger self of ours.
void check(const std::vector<Applied>& applied, std::span<const Migration> known, Dialect dialect) {
  for (std::size_t i = 0; i < applied.size(); ++i) {
    const Applied& was = applied[i];
    if (i >= known.size()) {
      throw DatabaseBroken(fmt::format("the database is newer than this binary: it has migration {}", was.name));
    }
    const Migration& is = known[i];
    if (was.number != is.number || was.name != is.name) {
      throw DatabaseBroken(fmt::format("the database has migration {} where this binary has {}", was.name, is.name));
    }
    if (was.sha256 != fingerprint(is, dialect)) {
      throw DatabaseBroken(fmt::format("migration {} was altered after it ran on this database", is.name));
    }
  }
}

// Applies the first migration that is missing; its name, or nothing when none is.
Result<std::string> apply_next(Tx& tx, std::span<const Migration> known) {
  tx.hold(kMigrationKey);
  tx.query(migrate_sql::no_time_limit);
  const std::vector<Applied> have = applied(tx);
  check(have, known, tx.dialect());
  if (have.size() == known.size()) return std::string{};
  const Migration& next = known[have.size()];
  if (have.empty()) tx.execute(migrate_sql::make_table);
  detail::ScriptAccess::run(tx, tx.dialect() == Dialect::sqlite ? next.sqlite : next.postgres);
  tx.execute(migrate_sql::note, next.number, next.name, fingerprint(next, tx.dialect()));
  return std::string(next.name);
}

}  // namespace

MigrationState migration_state(Database& database, std::span<const Migration> known) {
  const auto have = database.read([](Tx& tx) { return applied(tx); });
  check(have, known, database.dialect());
  MigrationState state{static_cast<int>(have.size()), static_cast<int>(known.size()), {}};
  for (const Migration& migration : known.subspan(have.size())) state.pending.emplace_back(migration.name);
  return state;
}

std::vector<std::string> migrate(Database& database, std::span<const Migration> known) {
  std::vector<std::string> names;
  while (!migration_state(database, known).pending.empty()) {
    const Result<std::string> name = database.write([&](Tx& tx) { return apply_next(tx, known); });
    if (!name) throw DatabaseBroken("a migration could not run: " + name.error().detail);
    if (!name->empty()) names.push_back(*name);  // empty: another node was faster
  }
  return names;
}

}  // namespace bursary::db
