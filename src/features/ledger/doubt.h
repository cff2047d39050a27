// What a crash left unknown, and how it becomes known (docs/formats/ledger.md).
#pragma once
#include <span>
#include <vector>

#include "features/ledger/batcher.h"

namespace bursary::ledger {

// Makes doubts of what this run left open, at most `limit`, and says how many. Locks as a group does.
std::size_t doubt(db::Tx& tx, RunId run, Instant now, std::size_t limit, Journal* journal);

// Clears a doubt: `cost` of it was spent (nano-units; above what was reserved counts as what was reserved), the rest
// goes back to the award. False, and nothing is changed: there is no such doubt, or it was cleared before.
bool clear_doubt(db::Tx& tx, IdSource& ids, TransferId id, std::int64_t cost, Instant now,
                 std::optional<std::int64_t> by, Journal* journal, std::shared_ptr<const Note> note = nullptr);

// Doubts that nobody cleared, oldest first.
struct Doubt {
  TransferId id;
  AccountId award;
  std::int64_t amount = 0;
  Instant reserved_at, doubted_at;
};
std::vector<Doubt> doubts(db::Tx& tx, std::optional<TransferId> after, std::size_t most);

}  // namespace bursary::ledger
