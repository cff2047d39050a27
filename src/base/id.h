// Ids are 63-bit, time-ordered and distinct types: 41 bits of milliseconds since 2026-01-01, 10 bits of
// node number, 12 bits of sequence. Time order keeps every index appending at its end. An id is not a
// secret and never grants anything; public addresses use random tokens or references.
// Because it holds its time, what was made in a stretch of time is a stretch of ids: see first_id_at.
#pragma once
#include <atomic>
#include <compare>
#include <cstdint>
#include <functional>

#include "base/instant.h"

namespace bursary {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(const Id&) const = default;
};

inline constexpr Instant kIdEpoch{1'767'225'600'000'000};  // 2026-01-01T00:00:00Z

// The smallest id that belongs to the millisecond of `at`. 0 before kIdEpoch, where no id belongs; the largest number
// there is once 41 bits are full, in 2095. By the clock of whoever made the id: between nodes, or when a clock steps
// back, allow for the difference.
std::int64_t first_id_at(Instant at);

// Hands out ids; any thread. Two sources with different node numbers never meet; one source never
// repeats itself, even when the clock steps back (it then goes on counting from the last moment).
class IdSource {
 public:
  // node: 0..1023, from the database (see db/database.h).
  IdSource(const Clock& clock, unsigned node) : clock_(clock), node_(node & 0x3FF) {}

  template <class Tag>
  Id<Tag> next() {
    return {next_value()};
  }
  std::int64_t next_value();

 private:
  const Clock& clock_;
  unsigned node_;
  std::atomic<std::int64_t> last_{0};  // milliseconds << 12 | sequence
};

}  // namespace bursary

template <class Tag>
struct std::hash<bursary::Id<Tag>> {
  std::size_t operator()(const bursary::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
