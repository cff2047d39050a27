#include "features/ledger/doubt.h"

#include <algorithm>

#include "features/ledger/account.sql.h"
#include "features/ledger/books.h"
#include "features/ledger/doubt.sql.h"
#include "features/ledger/limit.sql.h"
#include "features/ledger/rows.h"
#include "features/ledger/runs.sql.h"
#include "features/ledger/transfer.sql.h"

namespace bursary::ledger {
namespace {

namespace account_sql = sql::ledger::account;
namespace doubt_sql = sql::ledger::doubt;
namespace limit_sql = sql::ledger::limit;
namespace runs_sql = sql::ledger::runs;
namespace transfer_sql = sql::ledger::transfer;

// The transfer that made a doubt, and the accounts of its award.
struct Made {
  AccountId award, doubt, spent;
  std::int64_t amount = 0;
  std::array<LimitId, kLimits> limits{};
};

std::optional<Made> find_doubt(db::Tx& tx, TransferId id) {
  const auto row = tx.find(transfer_sql::by_id, id);
  if (!row || static_cast<Reason>(row->integer(1)) != Reason::doubted) return std::nullopt;
  Made made;
  made.award = row->id<AccountId>(2);
  made.doubt = row->id<AccountId>(3);
  made.amount = row->integer(4);
  for (std::size_t i = 0; i < kLimits; ++i) made.limits.at(i) = limit_at(*row, 5 + i);
  const auto spent = account_of(tx, {AccountKind::spent, row->integer(8), row->text(9), row->text(10)});
  if (!spent) throw std::logic_error("an award that has no account of what was spent");
  made.spent = *spent;
  return made;
}

// In ascending order of the rows, as everybody does.
void move(db::Tx& tx, const Made& made, std::int64_t cost) {
  const std::int64_t rest = made.amount - cost;
  std::array<AccountId, 3> order{made.award, made.doubt, made.spent};
  std::ranges::sort(order);
  for (const AccountId id : order) {
    if (id == made.doubt) {
      if (tx.execute(account_sql::take, made.amount, id) != 1) throw std::logic_error("a doubt that its account lacks");
    } else if (const std::int64_t part = id == made.spent ? cost : rest; part > 0) {
      tx.execute(account_sql::give, part, id);
    }
  }
  auto limits = made.limits;
  std::ranges::sort(limits);
  for (const LimitId id : limits) {
    if (id.value != 0 && rest > 0) tx.execute(limit_sql::give_back, rest, id);
  }
}

}  // namespace

std::size_t doubt(db::Tx& tx, RunId run, Instant now, std::size_t limit, Journal* journal) {
  std::vector<TransferId> ids;
  std::vector<AccountId> to;
  for (const db::Row row : tx.query(runs_sql::left_by, run, limit)) {
    ids.push_back(row.id<TransferId>(0));
    to.push_back(row.id<AccountId>(1));
  }
  if (ids.empty()) return 0;
  Books books(tx, now, ids);
  books.read({}, to);
  std::vector<Ended> ended;
  ended.reserve(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (const auto open = books.take(ids.at(i)))
      ended.push_back(books.end(*open, Reason::doubted, to.at(i), open->amount));
  }
  books.write();
  if (journal != nullptr && !ended.empty()) journal->write(tx, ended);
  return ended.size();
}

bool clear_doubt(db::Tx& tx, IdSource& ids, TransferId id, std::int64_t cost, Instant now,
                 std::optional<std::int64_t> by, Journal* journal, std::shared_ptr<const Note> note) {
  const auto made = find_doubt(tx, id);
  if (!made || tx.find(transfer_sql::is_cleared, id)) return false;
  cost = std::clamp<std::int64_t>(cost, 0, made->amount);
  const auto insert = [&](Reason reason, AccountId to, std::int64_t amount) {
    const auto of = [&](std::size_t i) { return stored(made->limits.at(i)); };
    tx.execute(transfer_sql::insert, ids.next_value(), reason, made->doubt, to, amount, now, of(0), of(1), of(2),
               std::optional(id.value), by, db::Null{});
  };
  // The first of the two is unique: who clears the same doubt at the same time breaks that constraint.
  insert(Reason::doubt_charged, made->spent, cost);
  if (cost < made->amount) insert(Reason::doubt_refunded, made->award, made->amount - cost);
  move(tx, *made, cost);
  if (journal != nullptr) {
    const Ended ended{id, Reason::doubt_charged, cost, made->amount, now, {}, {}, std::move(note)};
    journal->write(tx, {&ended, 1});
  }
  return true;
}

std::vector<Doubt> doubts(db::Tx& tx, std::optional<TransferId> after, std::size_t most) {
  std::vector<Doubt> all;
  for (const db::Row row : tx.query(doubt_sql::uncleared, after ? after->value : 0, most))
    all.push_back({row.id<TransferId>(0), row.id<AccountId>(1), row.integer(2), row.instant(3), row.instant(4)});
  return all;
}

}  // namespace bursary::ledger
