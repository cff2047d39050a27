// For lines that a trouble repeats at every request: one a second is written, the others are counted and told with the
// next. Any thread.
#pragma once
#include <atomic>
#include <cstdint>
#include <optional>

#include "base/instant.h"

namespace bursary::web {

class SparingLog {
 public:
  // Nothing: hold your line. Otherwise write it; the number says how many were held since the last.
  std::optional<std::uint64_t> turn(Instant now) {
    std::int64_t next = next_.load(std::memory_order_relaxed);
    // A clock that was set back must not silence anybody for longer than the pause.
    const bool too_soon = now.micros < next && next - now.micros <= kPause;
    if (too_soon || !next_.compare_exchange_strong(next, now.micros + kPause, std::memory_order_relaxed)) {
      held_.fetch_add(1, std::memory_order_relaxed);
      return std::nullopt;
    }
    return held_.exchange(0, std::memory_order_relaxed);
  }

 private:
  static constexpr std::int64_t kPause = 1'000'000;  // microseconds

  std::atomic<std::int64_t> next_{0};
  std::atomic<std::uint64_t> held_{0};
};

}  // namespace bursary::web
