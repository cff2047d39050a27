#include "features/ledger/account.sql.h"
#include "features/ledger/ledger.h"
#include "features/ledger/rows.h"
#include "features/ledger/transfer.sql.h"

namespace bursary::ledger {
namespace {

namespace account_sql = sql::ledger::account;
namespace transfer_sql = sql::ledger::transfer;

bool ends_reservation(Reason reason) { return reason == Reason::charged || reason == Reason::doubted; }

void check(db::Tx& tx, const Order& order) {
  const auto from = find_account(tx, order.from);
  const auto to = find_account(tx, order.to);
  if (!from || !to || Way{from->owner.kind, to->owner.kind} != way_of(order.reason) ||
      from->owner.currency != to->owner.currency || from->owner.program != to->owner.program ||
      ends_reservation(order.reason) || order.amount <= 0)
    throw std::logic_error("a transfer that its reason does not allow");
}

// The earlier transfer of the same request.
Result<TransferId> earlier(db::Tx& tx, const Order& order) {
  const auto row = tx.find(transfer_sql::of_request, order.request);
  if (!row) throw std::logic_error("a request that is there and is not");
  const bool same = static_cast<Reason>(row->integer(1)) == order.reason && row->id<AccountId>(2) == order.from &&
                    row->id<AccountId>(3) == order.to && row->integer(4) == order.amount;
  if (!same) return fail(ErrorKind::conflict, "ledger.problem.other_request");
  return row->id<TransferId>(0);
}

}  // namespace

Result<TransferId> carry_out(db::Tx& tx, const Order& order) {
  check(tx, order);
  const std::optional<std::string> request =
      order.request.empty() ? std::nullopt : std::optional<std::string>(order.request);
  const db::Null none;
  if (tx.execute(transfer_sql::insert, order.id, order.reason, order.from, order.to, order.amount, order.at, none, none,
                 none, order.about, order.by, request) == 0)
    return earlier(tx, order);
  // In ascending order of the rows, as everybody does.
  const auto take = [&] { return tx.execute(account_sql::take, order.amount, order.from) == 1; };
  const auto give = [&] { return tx.execute(account_sql::give, order.amount, order.to) == 1; };
  const bool moved = order.from < order.to ? take() && give() : give() && take();
  if (!moved) {
    const auto from = find_account(tx, order.from);
    return fail(ErrorKind::limit, Phrase("ledger.problem.short"), fmt::format("{} left", from ? from->free() : 0));
  }
  return order.id;
}

std::vector<Transfer> statement(db::Tx& tx, AccountId account, std::optional<TransferId> before, std::size_t most) {
  std::vector<Transfer> all;
  const std::int64_t end = before ? before->value : INT64_MAX;
  for (const db::Row row : tx.query(transfer_sql::statement, account, end, most)) {
    all.push_back({row.id<TransferId>(0), static_cast<Reason>(row.integer(1)), row.id<AccountId>(2),
                   row.id<AccountId>(3), row.integer(4), row.instant(5), row.maybe_integer(6), row.maybe_instant(7),
                   row.maybe_integer(8), row.maybe_integer(9)});
  }
  return all;
}

}  // namespace bursary::ledger
