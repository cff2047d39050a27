#include "features/ledger/verify.h"

#include <map>

#include "base/money.h"
#include "features/ledger/ledger.h"
#include "features/ledger/verify.sql.h"

namespace bursary::ledger {
namespace {

namespace verify_sql = sql::ledger::verify;

// Units and rest, brought into one form: what two sums agree on.
struct Sum {
  std::int64_t units = 0, rest = 0;

  Sum() = default;
  Sum(std::int64_t whole, std::int64_t nanos) : units(whole + nanos / kNanosPerUnit), rest(nanos % kNanosPerUnit) {
    if (rest >= 0) return;
    rest += kNanosPerUnit;
    --units;
  }
  explicit Sum(std::int64_t nanos) : Sum(0, nanos) {}
  Sum operator+(const Sum& other) const { return {units + other.units, rest + other.rest}; }
  bool operator==(const Sum&) const = default;
};
using Sums = std::map<std::int64_t, Sum>;

// Columns: id, units, rest.
Sums read_sums(const db::Rows& rows) {
  Sums sums;
  for (const db::Row row : rows) sums.emplace(row.integer(0), Sum{row.integer(1), row.integer(2)});
  return sums;
}
Sum of(const Sums& sums, std::int64_t id) {
  const auto found = sums.find(id);
  return found == sums.end() ? Sum{} : found->second;
}
std::int64_t count_of(const db::Rows& rows, std::size_t column) {
  std::int64_t all = 0;
  for (const db::Row row : rows) all += row.integer(column);
  return all;
}

using Problem = std::optional<std::string>;

Problem check_accounts(db::Tx& tx, Verification& found) {
  const db::Rows gone_rows = tx.query(verify_sql::gone);
  const db::Rows held_rows = tx.query(verify_sql::held);
  found.transfers = count_of(gone_rows, 3);
  found.open = count_of(held_rows, 3);
  const Sums gone = read_sums(gone_rows), come = read_sums(tx.query(verify_sql::come)), held = read_sums(held_rows);
  const Sums doubts = read_sums(tx.query(verify_sql::doubt_left));
  std::map<std::string, std::pair<Sum, Sum>> totals;
  for (const db::Row row : tx.query(verify_sql::accounts)) {
    ++found.accounts;
    const std::int64_t id = row.integer(0), credited = row.integer(6), debited = row.integer(7),
                       reserved = row.integer(8);
    const auto kind = static_cast<AccountKind>(row.integer(1));
    if (Sum(credited) != of(come, id))
      return fmt::format("account {} says that other sums came in than its transfers", id);
    if (Sum(debited) != of(gone, id))
      return fmt::format("account {} says that other sums went out than its transfers", id);
    if (Sum(reserved) != of(held, id)) return fmt::format("account {} holds other sums than its reservations", id);
    if (row.boolean(5) != is_guarded(kind)) return fmt::format("account {} is guarded as its kind is not", id);
    if (is_guarded(kind) && credited - debited < reserved) return fmt::format("account {} gave more than it had", id);
    if (kind == AccountKind::doubt && Sum(credited - debited) != of(doubts, id))
      return fmt::format("account {} holds other doubts than are open", id);
    auto& [in, out] = totals[row.text(4)];
    in = in + Sum(credited);
    out = out + Sum(debited);
  }
  for (const auto& [currency, both] : totals) {
    if (both.first != both.second) return fmt::format("what came in and what went out differ in {}", currency);
  }
  return {};
}

Problem check_transfers(db::Tx& tx) {
  for (const db::Row row : tx.query(verify_sql::ways)) {
    const auto reason = row.integer(0);
    const Way way{static_cast<AccountKind>(row.integer(1)), static_cast<AccountKind>(row.integer(2))};
    if (reason < 0 || reason >= kReasons || way != way_of(static_cast<Reason>(reason)))
      return fmt::format("transfer {} goes where its reason does not lead", row.integer(3));
  }
  if (const auto row = tx.find(verify_sql::strangers))
    return fmt::format("transfer {} joins accounts that do not belong together", row->integer(0));
  if (const auto row = tx.find(verify_sql::above_reserved))
    return fmt::format("transfer {} does not fit what was reserved for it", row->integer(0));
  if (const auto row = tx.find(verify_sql::in_both))
    return fmt::format("reservation {} is open and has ended", row->integer(0));
  if (const auto row = tx.find(verify_sql::orphans))
    return fmt::format("reservation {} belongs to no run that could end it", row->integer(0));
  return {};
}

Problem check_limits(db::Tx& tx, Verification& found) {
  const Sums spent = read_sums(tx.query(verify_sql::limit_spent)), held = read_sums(tx.query(verify_sql::limit_held));
  for (const db::Row row : tx.query(verify_sql::limits)) {
    ++found.limits;
    const std::int64_t id = row.integer(0);
    if (Sum(row.integer(1)) != of(spent, id)) return fmt::format("limit {} says that another sum was spent", id);
    if (Sum(row.integer(2)) != of(held, id)) return fmt::format("limit {} holds other sums than its reservations", id);
  }
  return {};
}

}  // namespace

Verification verify(db::Tx& tx) {
  Verification found;
  if (const auto row = tx.find(verify_sql::doubts)) found.doubts = row->integer(0);
  found.problem = check_accounts(tx, found);
  if (!found.problem) found.problem = check_transfers(tx);
  if (!found.problem) found.problem = check_limits(tx, found);
  return found;
}

Verification verify(db::Database& database) {
  return database.read([](db::Tx& tx) { return verify(tx); });
}

}  // namespace bursary::ledger
