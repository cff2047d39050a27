// Starting an act on many, doing it batch by batch, and taking it back. Private but for BulkJob in queue.h.
#pragma once
#include <map>

#include "features/queue/queue.h"

namespace bursary::queue {

struct Chosen {
  applications::ApplicationId id;
  applications::State seen{};
};
struct BulkOrder {
  std::string_view program;
  std::int64_t person = 0;
  const BulkAction& action;
  std::string argument, query;
};

// What `filter` finds up to the queue id `as_of`, however long that takes; at most `most` + 1, which says that there
// are more.
std::vector<Chosen> choose_all(db::Tx& tx, std::string_view program, Filter filter, std::int64_t as_of,
                               std::size_t most = kMostBulk);

// Rows for all of them, each named once; nothing is done yet.
Result<BulkId> start_bulk(const Parts& parts, const BulkOrder& order, const std::vector<Chosen>& chosen);
// Does or undoes the next batch. False when none is left (or the database takes no writes).
bool run_bulk_batch(const Parts& parts, BulkId id);
// Batches until it is finished or this long has passed; what is left the job goes on with.
void run_bulk(const Parts& parts, BulkId id, std::chrono::milliseconds patience);
// Error{conflict} unless it is done and not undone.
Result<void> undo_bulk(const Parts& parts, BulkId id);

struct BulkRecord {
  BulkId id;
  std::string program, action, argument, query;
  std::int64_t person = 0, total = 0, next = 0;
  BulkState state{};
  Instant created_at;
};
std::optional<BulkRecord> find_bulk(db::Tx& tx, std::string_view program, BulkId id);
const BulkAction* action_named(const Parts& parts, std::string_view name);

}  // namespace bursary::queue
