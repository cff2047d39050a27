#include "db/database.h"

#include "db/statement_text.h"

namespace bursary::db {

Rows Tx::query_composed(std::string_view text, const std::vector<Value>& values) {
  if (dialect() == Dialect::sqlite) return fetch({{}, text}, values.data(), values.size());
  const std::string dollars = to_dollar_placeholders(text);
  return fetch({{}, dollars}, values.data(), values.size());
}

}  // namespace bursary::db
