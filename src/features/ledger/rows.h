// Rows of the ledger's tables. Private to the ledger.
#pragma once
#include "db/row.h"
#include "features/ledger/ledger.h"

namespace bursary::ledger {

// Columns as account.sql's by_id lists them.
inline Account account_of_row(const db::Row& row) {
  Account account;
  account.id = row.id<AccountId>(0);
  account.owner = {static_cast<AccountKind>(row.integer(1)), row.integer(2), row.text(3), row.text(4)};
  account.credited = row.integer(5);
  account.debited = row.integer(6);
  account.held = row.integer(7);
  account.closed_at = row.maybe_instant(8);
  return account;
}

// Columns as limit.sql's by_id lists them.
inline Limit limit_of_row(const db::Row& row) {
  Limit limit;
  limit.id = row.id<LimitId>(0);
  limit.cap = row.maybe_integer(1);
  limit.period = static_cast<Period>(row.integer(2));
  limit.period_cap = row.maybe_integer(3);
  limit.period_at = row.instant(4);
  limit.period_spent = row.integer(5);
  limit.spent = row.integer(6);
  limit.held = row.integer(7);
  limit.closed_at = row.maybe_instant(8);
  return limit;
}

// A nullable column of a limit's id.
inline LimitId limit_at(const db::Row& row, std::size_t column) {
  return LimitId{row.maybe_integer(column).value_or(0)};
}
inline std::optional<std::int64_t> stored(LimitId id) { return id.value == 0 ? std::nullopt : std::optional(id.value); }

}  // namespace bursary::ledger
