#include "db/postgres_error.h"

#include <fmt/format.h>

#include "db/database.h"

namespace bursary::db {
namespace {

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string{} : std::string(text);
}

ConstraintViolated::Kind constraint_kind(const std::string& state) {
  using Kind = ConstraintViolated::Kind;
  if (state == "23503") return Kind::foreign_key;
  if (state == "23502") return Kind::not_null;
  if (state == "23514") return Kind::check;
  return Kind::unique;
}

}  // namespace

Refusal refusal_of(const PGresult* result, const std::string& statement) {
  return {field(result, PG_DIAG_SQLSTATE), field(result, PG_DIAG_TABLE_NAME),
          fmt::format("PostgreSQL, {}: {} ({})", statement, field(result, PG_DIAG_MESSAGE_PRIMARY),
                      field(result, PG_DIAG_SQLSTATE))};
}

void throw_refusal(const Refusal& refusal, bool reading) {
  const std::string& state = refusal.state;
  const auto of_class = [&](std::string_view code) { return state.starts_with(code); };
  if (of_class("23")) throw ConstraintViolated(constraint_kind(state), refusal.table, refusal.message);
  if (state == "40001" || state == "40P01") throw Conflict(refusal.message);
  // The server shuts down or starts; or it forgot our prepared statements (a proxy in between), or one of them met a
  // table that a migration changed. A new connection has none of it.
  if (of_class("57P") || of_class("08") || state == "26000" || state == "0A000") throw ConnectionLost(refusal.message);
  if (state == "57014" || state == "55P03") throw Overloaded(refusal.message);
  if (state == "25006" && !reading) throw DatabaseBroken("the server is a read-only standby: " + refusal.message);
  if (of_class("53") || of_class("58") || of_class("XX")) throw DatabaseBroken(refusal.message);
  throw std::logic_error(refusal.message);
}

}  // namespace bursary::db
