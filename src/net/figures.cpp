#include "net/figures.h"

#include <algorithm>

namespace bursary::net {

void Figures::add(std::size_t shard, Count count, std::uint64_t by) {
  shards_[shard % kShards].counts[static_cast<std::size_t>(count)].fetch_add(by, std::memory_order_relaxed);
}

void Figures::add_answer(std::size_t shard, int status) {
  const auto first = static_cast<std::size_t>(Count::answers_1xx);
  const auto which = static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1);
  shards_[shard % kShards].counts[first + which].fetch_add(1, std::memory_order_relaxed);
}

void Figures::add_duration(std::size_t shard, std::chrono::microseconds took) {
  const auto micros = static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0));
  const auto bound = std::lower_bound(kDurationBounds.begin(), kDurationBounds.end(), micros);
  Shard& own = shards_[shard % kShards];
  own.durations[static_cast<std::size_t>(bound - kDurationBounds.begin())].fetch_add(1, std::memory_order_relaxed);
  add(shard, Count::handled);
  add(shard, Count::handled_micros, micros);
}

void Figures::set_queue(std::uint64_t waiting, std::uint64_t busy) {
  queue_waiting_.store(waiting, std::memory_order_relaxed);
  workers_busy_.store(busy, std::memory_order_relaxed);
}

FigureValues Figures::values() const {
  FigureValues sum;
  for (const Shard& shard : shards_) {
    for (std::size_t i = 0; i < kCounts; ++i) sum.counts[i] += shard.counts[i].load(std::memory_order_relaxed);
    for (std::size_t i = 0; i < sum.durations.size(); ++i)
      sum.durations[i] += shard.durations[i].load(std::memory_order_relaxed);
  }
  sum.queue_waiting = queue_waiting_.load(std::memory_order_relaxed);
  sum.workers_busy = workers_busy_.load(std::memory_order_relaxed);
  return sum;
}

}  // namespace bursary::net
