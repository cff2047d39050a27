// What the server counts. Counting is a relaxed addition in the counting thread's own place; reading adds up.
#pragma once
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace bursary::net {

enum class Count : std::size_t {
  connections_accepted,
  connections_closed,
  connections_refused,  // past a limit on connections
  connections_evicted,  // idle ones closed to make room
  timeouts,
  malformed,     // 400, 408, 414, 431, 501, 505: refused before a route was sought
  shed,          // 503 past the queue's limit
  stored_pages,  // answered from memory, 304 among them
  answers_1xx,   // the classes in order
  answers_2xx,
  answers_3xx,
  answers_4xx,
  answers_5xx,
  bytes_in,
  bytes_out,
  bodies_spooled,
  streams_cut,
  handled,  // answers of handlers, and their microseconds from the request's head to the answer's
  handled_micros,
};
inline constexpr std::size_t kCounts = static_cast<std::size_t>(Count::handled_micros) + 1;

// Upper bounds in microseconds of the duration histogram; one more bucket is without bound.
inline constexpr std::array<std::uint64_t, 14> kDurationBounds = {500,       1'000,     2'500,     5'000,     10'000,
                                                                  25'000,    50'000,    100'000,   250'000,   500'000,
                                                                  1'000'000, 2'500'000, 5'000'000, 10'000'000};

struct FigureValues {
  std::array<std::uint64_t, kCounts> counts{};
  std::array<std::uint64_t, kDurationBounds.size() + 1> durations{};  // answers in each bucket, not cumulative
  std::uint64_t queue_waiting = 0;
  std::uint64_t workers_busy = 0;

  std::uint64_t operator[](Count count) const { return counts[static_cast<std::size_t>(count)]; }
  std::uint64_t connections_open() const {
    return (*this)[Count::connections_accepted] - (*this)[Count::connections_closed];
  }
};

// Any thread. Made before the server, so that the page of metrics can read it; outlives both.
class Figures {
 public:
  // `shard`: the counting thread's number; any number is right, its own is fast.
  void add(std::size_t shard, Count count, std::uint64_t by = 1);
  void add_answer(std::size_t shard, int status);
  void add_duration(std::size_t shard, std::chrono::microseconds took);
  void set_queue(std::uint64_t waiting, std::uint64_t busy);
  FigureValues values() const;

 private:
  static constexpr std::size_t kShards = 16;
  struct alignas(64) Shard {
    std::array<std::atomic<std::uint64_t>, kCounts> counts{};
    std::array<std::atomic<std::uint64_t>, kDurationBounds.size() + 1> durations{};
  };
  std::array<Shard, kShards> shards_;
  std::atomic<std::uint64_t> queue_waiting_{0};
  std::atomic<std::uint64_t> workers_busy_{0};
};

}  // namespace bursary::net
