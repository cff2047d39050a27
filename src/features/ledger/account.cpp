#include "features/ledger/account.h"

#include <algorithm>

#include "features/ledger/account.sql.h"
#include "features/ledger/ledger.h"
#include "features/ledger/rows.h"

namespace bursary::ledger {
namespace {

namespace account_sql = sql::ledger::account;

constexpr std::string_view kKinds[] = {"sponsor", "pool", "promised", "award", "doubt", "spent"};
constexpr std::string_view kReasonNames[kReasons] = {"funded",        "withdrawn",      "promised", "returned",
                                                     "released",      "given_back",     "charged",  "doubted",
                                                     "doubt_charged", "doubt_refunded", "refunded"};
// By reason.
constexpr Way kWays[kReasons] = {
    {AccountKind::sponsor, AccountKind::pool},   {AccountKind::pool, AccountKind::sponsor},
    {AccountKind::pool, AccountKind::promised},  {AccountKind::promised, AccountKind::pool},
    {AccountKind::promised, AccountKind::award}, {AccountKind::award, AccountKind::pool},
    {AccountKind::award, AccountKind::spent},    {AccountKind::award, AccountKind::doubt},
    {AccountKind::doubt, AccountKind::spent},    {AccountKind::doubt, AccountKind::award},
    {AccountKind::spent, AccountKind::award}};

}  // namespace

std::string_view to_string(AccountKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view to_string(Reason reason) { return kReasonNames[static_cast<std::size_t>(reason)]; }
Way way_of(Reason reason) { return kWays[static_cast<std::size_t>(reason)]; }
bool is_guarded(AccountKind kind) { return kind != AccountKind::sponsor; }

AccountId open_account(db::Tx& tx, IdSource& ids, const Owner& owner) {
  const bool currency =
      owner.currency.size() == 3 && std::ranges::all_of(owner.currency, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!currency) throw std::logic_error("an account without a currency");
  if (const auto found = account_of(tx, owner)) return *found;
  tx.execute(account_sql::open, ids.next_value(), owner.kind, owner.id, owner.program, owner.currency,
             is_guarded(owner.kind));
  const auto opened = account_of(tx, owner);
  if (!opened) throw std::logic_error("an account that was opened and is not there");
  return *opened;
}

std::optional<AccountId> account_of(db::Tx& tx, const Owner& owner) {
  const auto row = tx.find(account_sql::of_owner, owner.kind, owner.id, owner.program, owner.currency);
  if (!row) return std::nullopt;
  return row->id<AccountId>(0);
}

std::optional<Account> find_account(db::Tx& tx, AccountId id) {
  const auto row = tx.find(account_sql::by_id, id);
  if (!row) return std::nullopt;
  return account_of_row(*row);
}

void close_account(db::Tx& tx, AccountId id, std::optional<Instant> at) { tx.execute(account_sql::close, at, id); }

}  // namespace bursary::ledger
