// A named statement from a .sql file beside its feature. tools/compile_sql.py turns
//
//     -- name: find_draft
//     select id, version from application where id = :id and state = 0
//
// into `constexpr Query<1> find_draft` in a header "<feature>/<file>.sql.h". Placeholders `:name` become ?1 / $1 in
// order of first appearance. `-- name: find_draft (postgres)` gives the same statement for one database alone.
#pragma once
#include <cstddef>
#include <string_view>

namespace bursary::db {

enum class Dialect;

template <std::size_t N>
struct Query {
  std::string_view name;  // "applications/draft.find_draft": the key of the prepared statement, and its metric
  std::string_view sqlite;
  std::string_view postgres;
  constexpr std::string_view text(Dialect dialect) const { return static_cast<int>(dialect) == 0 ? sqlite : postgres; }
};

}  // namespace bursary::db
