#include "features/ledger/ledger.h"
#include "features/ledger/limit.sql.h"
#include "features/ledger/rows.h"

namespace bursary::ledger {
namespace {
namespace limit_sql = sql::ledger::limit;
}

void add_limit(db::Tx& tx, LimitId id, std::optional<std::int64_t> cap, Period period,
               std::optional<std::int64_t> period_cap, Instant now) {
  tx.execute(limit_sql::add, id, cap, period, period_cap, began(period, now));
}

void change_limit(db::Tx& tx, LimitId id, std::optional<std::int64_t> cap, Period period,
                  std::optional<std::int64_t> period_cap, Instant now) {
  tx.execute(limit_sql::change, cap, period_cap, period, began(period, now), id);
}

void close_limit(db::Tx& tx, LimitId id, std::optional<Instant> at) { tx.execute(limit_sql::close, at, id); }

std::optional<Limit> find_limit(db::Tx& tx, LimitId id, Instant now) {
  const auto row = tx.find(limit_sql::by_id, id);
  if (!row) return std::nullopt;
  Limit limit = limit_of_row(*row);
  limit.turn(now);
  return limit;
}

}  // namespace bursary::ledger
