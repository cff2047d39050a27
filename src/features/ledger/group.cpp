#include "features/ledger/group.h"

#include "features/ledger/books.h"

namespace bursary::ledger {

Result<GroupOutcome> write_group(db::Tx& tx, RunId run, Instant now, std::span<const Claim* const> claims,
                                 std::span<const Ending> ends, Journal* journal) {
  if (!beat(tx, run)) return fail(ErrorKind::conflict, "ledger.problem.over");
  std::vector<TransferId> ids;
  ids.reserve(ends.size());
  for (const Ending& end : ends) ids.push_back(end.id);
  Books books(tx, now, ids);
  books.read(claims);

  GroupOutcome outcome;
  std::vector<Ended> ended;
  ended.reserve(ends.size());
  for (const Ending& end : ends) {
    const auto open = books.take(end.id);
    if (!open) {
      outcome.unknown.push_back(end.id);
      continue;
    }
    ended.push_back(books.end(*open, Reason::charged, open->to, end.cost));
    ended.back().note = end.note;
  }
  outcome.answers.reserve(claims.size());
  for (const Claim* claim : claims) outcome.answers.push_back(books.reserve(*claim, run));
  books.write();
  if (journal != nullptr && !ended.empty()) journal->write(tx, ended);
  return outcome;
}

}  // namespace bursary::ledger
