#include "db/pace.h"

#include <algorithm>

namespace bursary::db {
namespace {
constexpr double kBusyWrites = 100;  // a second
constexpr std::chrono::milliseconds kLongestRest{2000};
}  // namespace

void Pace::begin() { began_ = clock_.now(); }

std::chrono::milliseconds Pace::end(std::uint64_t own_writes, int times) {
  using std::chrono::milliseconds;
  const Instant now = clock_.now();
  const std::uint64_t writes = database_.figures().writes;
  const double seconds = std::chrono::duration<double>(now - last_end_).count();
  const auto others = static_cast<double>(writes - last_writes_) - static_cast<double>(own_writes);
  busy_ = seconds > 0 && others / seconds > kBusyWrites;
  last_writes_ = writes;
  last_end_ = now;
  if (!busy_) return milliseconds{0};
  return std::min(kLongestRest, std::chrono::duration_cast<milliseconds>((now - began_) * times));
}

}  // namespace bursary::db
