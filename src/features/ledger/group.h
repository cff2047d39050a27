// One transaction of a batcher: what waits, in the order of arrival. Private to the ledger.
#pragma once
#include <vector>

#include "features/ledger/batcher.h"

namespace bursary::ledger {

struct GroupOutcome {
  std::vector<Answer> answers;      // one for each claim
  std::vector<TransferId> unknown;  // endings of what was not open
};

// Ends first, so that what they free can be reserved. Error{conflict} with nothing done when the run is over.
Result<GroupOutcome> write_group(db::Tx& tx, RunId run, Instant now, std::span<const Claim* const> claims,
                                 std::span<const Ending> ends, Journal* journal);

}  // namespace bursary::ledger
