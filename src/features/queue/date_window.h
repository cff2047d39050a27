// Dates as bounds of the queue's order, so that a list of last spring does not walk through everything since. Private.
//
// Rests on this: in the order of queue_id, submitted_at never goes back by more than kDateSlack (both are taken when an
// application is submitted; nodes' clocks may differ by as much). What lies within the slack is told by its own date.
#pragma once
#include <optional>

#include "db/database.h"
#include "features/queue/queue.h"

namespace bursary::queue {

inline constexpr std::chrono::minutes kDateSlack{10};

struct DateWindow {
  std::optional<std::int64_t> from, until;  // queue ids: [from, until)
};

// About sixty looks at an index for each date that the filter has, none for a filter without dates.
DateWindow date_window(db::Tx& tx, const Filter& filter);

}  // namespace bursary::queue
