// The rows that a group of reservations and ends changes: locked and read once, decided upon in memory, written once.
// Private to the ledger.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "features/ledger/batcher.h"

namespace bursary::ledger {

// A reservation that was open until this transaction.
struct Open {
  TransferId id;
  AccountId from, to;
  std::int64_t amount = 0;
  std::array<LimitId, kLimits> limits{};
  Instant at;
  std::string note;
};

class Books {
 public:
  // Takes those of `ids` that are open out of the table and keeps them.
  Books(db::Tx& tx, Instant now, std::span<const TransferId> ids);

  // Whom to end; once. Nothing: it is not open.
  std::optional<Open> take(TransferId id);
  // Locks and reads everything that the open ones, `claims` and `accounts` name. Once, before what follows.
  void read(std::span<const Claim* const> claims, std::span<const AccountId> accounts = {});

  Answer reserve(const Claim& claim, RunId run);
  // Ends an open one: `cost` of it, no less than 0 and no more than it holds, goes to `to`.
  Ended end(const Open& open, Reason reason, AccountId to, std::int64_t cost);
  // Writes the sums.
  void write();

 private:
  Answer refusal(const Claim& claim) const;
  db::Tx& tx_;
  Instant now_;
  std::map<TransferId, Open> open_;
  std::map<AccountId, Account> accounts_;
  std::map<LimitId, Limit> limits_;
};

}  // namespace bursary::ledger
