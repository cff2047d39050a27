#include "features/queue/date_window.h"

#include "features/queue/date_window.sql.h"

namespace bursary::queue {
namespace {

namespace statements = sql::queue::date_window;

// The first queue id whose application was submitted at `at` or later; one past the last when there is none.
std::int64_t first_since(db::Tx& tx, Instant at) {
  const auto newest = tx.find(statements::newest);
  if (!newest || newest->instant(1) < at) return newest ? newest->integer(0) + 1 : 0;
  std::int64_t low = 0;
  std::int64_t high = newest->integer(0);  // submitted at `at` or later
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    const auto found = tx.find(statements::from, middle);
    if (!found) break;  // erased meanwhile, which a snapshot does not show
    if (found->instant(1) < at) {
      low = found->integer(0) + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace

DateWindow date_window(db::Tx& tx, const Filter& filter) {
  DateWindow window;
  if (filter.from) window.from = first_since(tx, *filter.from - kDateSlack);
  if (filter.until) window.until = first_since(tx, *filter.until + kDateSlack);
  return window;
}

}  // namespace bursary::queue
