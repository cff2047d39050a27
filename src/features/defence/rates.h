// How often something happened within the last hour (or minute), for many names at once, in bounded memory.
//
// A sliding window of two counters: what was counted in the whole window before weighs as much as of it still lies
// within one window back from now. Exact at the edges, at most a few per cent off between them, and two integers a
// name. Not thread-safe.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/instant.h"

namespace bursary::defence {

class Rates {
 public:
  // remembered: most names kept at once; names that counted nothing for two windows are dropped first.
  Rates(Microseconds window, std::size_t remembered) : window_(window), remembered_(remembered) {}

  // Whether `amount` more would stay within `limit`. A new name has room only while there is memory for it.
  // Limit times window (in microseconds) must fit 62 bits: with windows of an hour up to 10⁹.
  bool has_room(std::string_view name, std::int64_t limit, Instant now, std::int64_t amount = 1);
  void count(std::string_view name, Instant now, std::int64_t amount = 1);
  // Events within the last window, rounded down.
  std::int64_t counted(std::string_view name, Instant now) const;
  // Zero when there is room now; else rounded up to whole seconds, at most two windows.
  std::chrono::seconds until_room(std::string_view name, std::int64_t limit, Instant now,
                                  std::int64_t amount = 1) const;
  std::size_t size() const { return names_.size(); }

 private:
  struct Count {
    std::int64_t window = 0;  // number of the current window since 1970
    std::int64_t current = 0, previous = 0;
  };
  // As of the window that `now` lies in.
  Count as_of(std::string_view name, Instant now) const;
  // Events × window length, so that nothing is lost by division.
  std::int64_t weight(const Count& count, Instant now) const;
  void forget_old(Instant now);

  Microseconds window_;
  std::size_t remembered_;
  std::unordered_map<std::string, Count> names_;
  std::int64_t last_swept_ = 0;  // window in which forget_old() last ran
};

}  // namespace bursary::defence
