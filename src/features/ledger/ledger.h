// The ledger: accounts, immutable transfers, reservations that end once. What always holds, and why:
// docs/formats/ledger.md. Lists as public: features/ledger/account.h, features/ledger/limit.h,
// features/ledger/batcher.h, features/ledger/doubt.h, features/ledger/runs.h,
// features/ledger/verify.h.
//
// Invariants
//   - What a guarded account holds is enough for all that it gave and all that is reserved of it: a constraint of the
//     table, which no caller can pass by.
//   - Sums of an account change in the transaction of the transfer or reservation that changes them.
//   - Locks are taken in this order: run, reservations, accounts and then limits, each by ascending id.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"
#include "db/database.h"
#include "features/ledger/account.h"
#include "features/ledger/limit.h"

namespace bursary::ledger {

struct TransferTag;
using TransferId = Id<TransferTag>;  // a reservation's too: the transfer that ends it takes it over

// The account of this owner; made when there is none. Throws std::logic_error when its currency is not three capitals.
AccountId open_account(db::Tx& tx, IdSource& ids, const Owner& owner);
std::optional<AccountId> account_of(db::Tx& tx, const Owner& owner);
std::optional<Account> find_account(db::Tx& tx, AccountId id);
// Reserves nothing from `at` on, or does so again. What it holds and what moves by order() is not touched.
void close_account(db::Tx& tx, AccountId id, std::optional<Instant> at);

// A transfer that staff, or the program itself, order.
struct Order {
  TransferId id;
  Reason reason = Reason::funded;  // not one that ends a reservation
  AccountId from, to;
  std::int64_t amount = 0;  // nano-units, above 0
  Instant at;
  std::optional<std::int64_t> about = std::nullopt;  // the transfer that it corrects, the tranche that it releases
  std::optional<std::int64_t> by = std::nullopt;     // the person
  std::string request = {};                          // the same request moves once; empty: none
};
// The transfer's id: of the earlier one when `request` was carried out before. Error{limit} ledger.problem.short with
// what is left when the account has not enough, {conflict} ledger.problem.other_request when the request was another.
// Throws std::logic_error for accounts that the reason does not join.
Result<TransferId> carry_out(db::Tx& tx, const Order& order);

struct Transfer {
  TransferId id;
  Reason reason = Reason::funded;
  AccountId from, to;
  std::int64_t amount = 0;
  Instant at;
  std::optional<std::int64_t> reserved;
  std::optional<Instant> reserved_at;
  std::optional<std::int64_t> about, by;
};
// In and out of one account, the newest first. Charges are told where they left, not where they came to.
std::vector<Transfer> statement(db::Tx& tx, AccountId account, std::optional<TransferId> before, std::size_t most);

// A limit with these caps (nano-units; nothing: no cap).
void add_limit(db::Tx& tx, LimitId id, std::optional<std::int64_t> cap, Period period,
               std::optional<std::int64_t> period_cap, Instant now);
// What is spent stays. A cap below it lets nothing through.
void change_limit(db::Tx& tx, LimitId id, std::optional<std::int64_t> cap, Period period,
                  std::optional<std::int64_t> period_cap, Instant now);
// Reserves nothing from `at` on, on any node; nothing: again as its caps say.
void close_limit(db::Tx& tx, LimitId id, std::optional<Instant> at);
std::optional<Limit> find_limit(db::Tx& tx, LimitId id, Instant now);

}  // namespace bursary::ledger
