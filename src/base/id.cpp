#include "base/id.h"

#include <algorithm>

namespace bursary {
namespace {
constexpr std::int64_t kEpochMillis = 1'767'225'600'000;  // 2026-01-01T00:00:00Z
}

std::int64_t IdSource::next_value() {
  const std::int64_t now = std::max<std::int64_t>(0, clock_.now().micros / 1000 - kEpochMillis) << 12;
  std::int64_t last = last_.load(std::memory_order_relaxed);
  std::int64_t mine = 0;
  do {
    mine = std::max(now, last + 1);  // a full sequence borrows from the next millisecond
  } while (!last_.compare_exchange_weak(last, mine, std::memory_order_relaxed));
  return (mine >> 12) << 22 | static_cast<std::int64_t>(node_) << 12 | (mine & 0xFFF);
}

}  // namespace bursary
