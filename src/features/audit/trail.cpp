#include "features/audit/trail.h"

#include <limits>

#include "features/audit/chain_row.h"
#include "features/audit/trail.sql.h"

namespace bursary::audit {
namespace {

namespace trail_sql = sql::audit::trail;

// An id is made before its event's transaction, by its node's clock.
constexpr std::chrono::hours kClocksApart{1};
// What the index event_by_kind leaves out, because it is in nearly every stretch of time.
constexpr std::string_view kCommonest = "submitted";

TrailRow row_of(const db::Row& row) {
  constexpr std::size_t kAfterEvent = 7;
  return {event_of(row, 0), row.text_or_empty(kAfterEvent), row.text_or_empty(kAfterEvent + 1),
          row.maybe_integer(kAfterEvent + 2)};
}

}  // namespace

std::vector<TrailRow> read_trail(db::Tx& tx, const TrailFilter& filter, std::int64_t before, std::size_t limit) {
  const Instant from = filter.from.value_or(Instant{std::numeric_limits<std::int64_t>::min()});
  const Instant until = filter.until.value_or(Instant{std::numeric_limits<std::int64_t>::max()});
  const std::int64_t lowest = filter.from ? first_id_at(from - kClocksApart) : std::numeric_limits<std::int64_t>::min();
  if (filter.until) before = std::min(before, first_id_at(until + kClocksApart));
  db::Rows rows;
  if (filter.application) {
    rows = tx.query(trail_sql::by_application, *filter.application, before, lowest, from, until, filter.kind,
                    filter.person.value_or(0), limit);
  } else if (filter.person) {
    rows = tx.query(trail_sql::by_person, *filter.person, before, lowest, from, until, filter.kind, limit);
  } else if (!filter.kind.empty() && filter.kind != kCommonest) {
    rows = tx.query(trail_sql::by_kind, filter.kind, before, lowest, from, until, limit);
  } else {
    rows = tx.query(trail_sql::by_time, before, lowest, from, until, filter.kind, limit);
  }
  std::vector<TrailRow> trail;
  trail.reserve(rows.size());
  for (const db::Row row : rows) trail.push_back(row_of(row));
  return trail;
}

}  // namespace bursary::audit
