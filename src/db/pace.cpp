#include "db/pace.h"

#include <algorithm>

namespace bursary::db {
namespace {
constexpr double kBusyWrites = 100;  // a second
constexpr double kMostTimes = 40;
constexpr std::chrono::milliseconds kLongestRest{2000};
}  // namespace

void Pace::begin() { began_ = clock_.now(); }

std::chrono::milliseconds Pace::end(std::uint64_t own_writes, bool behind) {
  using std::chrono::milliseconds;
  const Instant now = clock_.now();
  jobs_.count.fetch_add(own_writes, std::memory_order_relaxed);
  const std::uint64_t jobs = jobs_.count.load(std::memory_order_relaxed);
  const std::uint64_t writes = database_.figures().writes;
  const double seconds = std::chrono::duration<double>(now - last_end_).count();
  const auto people = static_cast<double>(writes - last_writes_) - static_cast<double>(jobs - last_jobs_);
  const double busy = seconds > 0 ? people / seconds / kBusyWrites : 0;
  busy_ = busy > 1;
  last_writes_ = writes;
  last_jobs_ = jobs;
  last_end_ = now;
  if (!busy_) return milliseconds{0};
  const double times = behind ? 1 : std::min(busy, kMostTimes);
  return std::min(kLongestRest, std::chrono::duration_cast<milliseconds>((now - began_) * times));
}

}  // namespace bursary::db
