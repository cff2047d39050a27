#include "base/id.h"

#include <algorithm>
#include <limits>

namespace bursary {
namespace {

constexpr int kTimeShift = 22;  // node and sequence lie below the time
constexpr std::int64_t kMostMillis = (std::int64_t{1} << 41) - 1;

std::int64_t millis_since_epoch(Instant at) {
  return std::max<std::int64_t>(0, at.micros / 1000 - kIdEpoch.micros / 1000);
}

}  // namespace

std::int64_t first_id_at(Instant at) {
  const std::int64_t millis = millis_since_epoch(at);
  return millis > kMostMillis ? std::numeric_limits<std::int64_t>::max() : millis << kTimeShift;
}

std::int64_t IdSource::next_value() {
  const std::int64_t now = millis_since_epoch(clock_.now()) << 12;
  std::int64_t last = last_.load(std::memory_order_relaxed);
  std::int64_t mine = 0;
  do {
    mine = std::max(now, last + 1);  // a full sequence borrows from the next millisecond
  } while (!last_.compare_exchange_weak(last, mine, std::memory_order_relaxed));
  return (mine >> 12) << kTimeShift | static_cast<std::int64_t>(node_) << 12 | (mine & 0xFFF);
}

}  // namespace bursary
