#include "db/row_counts.h"

#include "db/row_counts.sql.h"

namespace bursary::db {

std::map<std::string, std::int64_t> row_counts(Database& database) {
  return database.read([](Tx& tx) {
    std::map<std::string, std::int64_t> counts;
    for (const Row table : tx.query(sql::db::row_counts::tables)) {
      // The name comes from the database's own catalogue; ours hold no quote.
      const std::string text = "select count(*) from \"" + table.text(0) + "\"";
      counts[table.text(0)] = tx.query_composed(text, {}).at(0).integer(0);
    }
    return counts;
  });
}

}  // namespace bursary::db
