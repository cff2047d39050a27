#include "db/database.h"

#include "db/statement_text.h"

namespace bursary::db {

Rows Tx::query_composed(std::string_view text, const std::vector<Value>& values, Planned planned) {
  if (dialect() == Dialect::sqlite) return fetch({{}, text, planned}, values.data(), values.size());
  const std::string dollars = to_dollar_placeholders(text);
  return fetch({{}, dollars, planned}, values.data(), values.size());
}

}  // namespace bursary::db
