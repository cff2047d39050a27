#include "features/ledger/limit.h"

#include <algorithm>
#include <chrono>

namespace bursary::ledger {

Instant began(Period period, Instant now) {
  using std::chrono::days;
  using std::chrono::floor;
  const std::chrono::sys_time<Microseconds> at{Microseconds{now.micros}};
  const auto day = floor<days>(at);
  switch (period) {
    case Period::none:
      return {};
    case Period::day:
      return {Microseconds{day.time_since_epoch()}.count()};
    case Period::month: {
      const std::chrono::year_month_day date{day};
      const std::chrono::sys_days first{date.year() / date.month() / 1};
      return {Microseconds{first.time_since_epoch()}.count()};
    }
  }
  return {};
}

void Limit::turn(Instant now) {
  const Instant current = began(period, now);
  if (current <= period_at) return;
  period_at = current;
  period_spent = 0;
}

std::optional<std::int64_t> Limit::left() const {
  std::optional<std::int64_t> left;
  if (cap) left = *cap - spent - held;
  if (period != Period::none && period_cap) {
    const std::int64_t in_period = *period_cap - period_spent - held;
    left = left ? std::min(*left, in_period) : in_period;
  }
  if (left) left = std::max<std::int64_t>(*left, 0);
  return left;
}

}  // namespace bursary::ledger
